"""Projections kept alive: loaded when first asked for, moved on by every change, saved so that loading is short."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar, cast

from floodready.store.contract import Entry, P, Projection
from floodready.store.disk import Disk
from floodready.store.line import Facts, entry_of
from floodready.store.saved_projection import Saved, open_saved, written

FOLDER = "projections"
AnyProjection = TypeVar("AnyProjection", bound=Projection)


class Projections:
    """The projections that this process has asked for, all as of the same entry."""

    def __init__(self, disk: Disk, folder: Path, generation: str, lines: Callable[[int], Iterable[Facts]]) -> None:
        self._disk = disk
        self._folder = folder / FOLDER
        self._generation = generation
        self._lines = lines
        self._live: dict[type[Projection], Projection] = {}
        self._lent: dict[type[Projection], int] = {}
        self._folded: dict[type[Projection], Any] = {}
        """Dumps that were made from the journal, where a saved text was not as it was written."""

    def live(self, kind: type[P], newest: int) -> P:
        """Give a projection that moves on with the journal."""
        found = self._live.get(kind)
        if found is None:
            saved = self._saved(kind, newest)
            found = kind() if saved is None else kind.load(saved.state)
            tables = kind.tables
            for facts in self._lines(0 if saved is None else saved.seq):
                if any(change[0] in tables for change in facts["changes"]):
                    fold(found, [entry_of(facts)])
            self._live[kind] = found
        return cast(P, found)

    def lend(self, kind: type[P], newest: int) -> P:
        """Give a projection for reading; what another thread commits while it is read goes to a copy."""
        found = self.live(kind, newest)
        self._lent[kind] = threading.get_ident()
        return found

    def apply(self, facts: Facts) -> None:
        """Take in one transaction."""
        if not self._live:
            return
        tables = {change[0] for change in facts["changes"]}
        touched = [kind for kind in self._live if not tables.isdisjoint(kind.tables)]
        if not touched:
            return
        entry = entry_of(facts)
        for kind in touched:
            if self._lent.pop(kind, threading.get_ident()) != threading.get_ident():
                self._live[kind] = copied(self._live[kind])
            fold(self._live[kind], [entry])

    def dumps(self, seq: int) -> dict[str, bytes]:
        """Give the form in which each projection is saved, by name, as of now."""
        return {
            kind.name: written(
                Saved(
                    name=kind.name,
                    version=kind.version,
                    kind=f"{kind.__module__}:{kind.__qualname__}",
                    generation=self._generation,
                    seq=seq,
                    state=projection.dump(),
                    apart=kind.apart,
                )
            )
            for kind, projection in self._live.items()
        }

    def _saved(self, kind: type[Projection], newest: int) -> Saved | None:
        saved = open_saved(self._disk, self._folder / f"{kind.name}.json", partial(self._text, kind))
        if saved is None or saved.generation != self._generation:
            return None
        return saved if saved.version == kind.version and saved.seq <= newest else None

    def _text(self, kind: type[Projection], saved: Saved, name: str, number: int) -> str:
        """Give a text of a saved state as the journal has it."""
        if kind not in self._folded:
            lines = takewhile(lambda facts: facts["seq"] <= saved.seq, self._lines(0))
            self._folded[kind] = fold(kind(), map(entry_of, lines)).dump()
        text: str = self._folded[kind][name][number]
        return text


def fold(projection: AnyProjection, entries: Iterable[Entry]) -> AnyProjection:
    """Hand entries to a projection, each change of its tables once."""
    tables = projection.tables
    for entry in entries:
        for change in entry.changes:
            if change.table in tables:
                projection.apply(entry, change)
    return projection


def copied(projection: AnyProjection) -> AnyProjection:
    """Make a copy through the projection's own dump, which any projection can be rebuilt from."""
    import orjson

    dumped = orjson.loads(orjson.dumps(projection.dump(), option=orjson.OPT_NON_STR_KEYS))
    return type(projection).load(dumped)
