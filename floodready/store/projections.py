"""Projections at work: loaded when first asked for, kept up to date by each change, saved beside the snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from floodready.store.contract import Entry, P, Projection
from floodready.store.disk import Disk, replace_file

FOLDER = "projections"


class Saved(NamedTuple):
    """A projection as it was saved, and the position of the journal it shows."""

    version: int
    generation: str
    seq: int
    hash: str
    state: Any


class Projections:
    """The projections of one view."""

    def __init__(
        self, entries: Callable[[int], Iterator[Entry]], saved: Callable[[type[Projection]], Saved | None]
    ) -> None:
        self._entries = entries
        self._saved = saved
        self._live: dict[type[Projection], Any] = {}

    def get(self, kind: type[P]) -> P:
        """Give a projection, up to date with all entries."""
        if kind not in self._live:
            saved = self._saved(kind)
            made = kind() if saved is None else kind.load(saved.state)
            for entry in self._entries(0 if saved is None else saved.seq):
                feed(made, entry)
            self._live[kind] = made
        found: P = self._live[kind]
        return found

    def take(self, entries: Iterable[Entry]) -> None:
        """Hand new entries to the projections in use."""
        for entry in entries:
            for projection in self._live.values():
                feed(projection, entry)

    def in_use(self) -> dict[type[Projection], Projection]:
        """Give the projections that were asked for."""
        return dict(self._live)


def feed(projection: Projection, entry: Entry) -> None:
    """Hand one entry's changes to a projection, those of its tables."""
    for change in entry.changes:
        if change.table in projection.tables:
            projection.apply(entry, change)


def save(folder: Path, disk: Disk, projection: Projection, generation: str, seq: int, hash: str) -> None:
    """Put a projection's state beside the snapshot. Raises OSError."""
    disk.make_folder(folder / FOLDER)
    saved = Saved(projection.version, generation, seq, hash, projection.dump())
    replace_file(disk, folder / FOLDER / f"{projection.name}.json", orjson.dumps(saved._asdict()))


def load(folder: Path, disk: Disk, kind: type[Projection], generation: str, seq: int) -> Saved | None:
    """Read a saved state. None where there is none of this meaning, generation and past."""
    try:
        raw = orjson.loads(disk.read(folder / FOLDER / f"{kind.name}.json"))
        saved = Saved(*(raw[field] for field in Saved._fields))
    except (OSError, ValueError, KeyError):
        return None
    fits = saved.version == kind.version and saved.generation == generation and saved.seq <= seq
    return saved if fits else None
