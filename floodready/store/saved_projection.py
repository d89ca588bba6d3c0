"""A projection as it is saved: one line of JSON; long texts of its state stand behind it, each read when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from floodready.frozen import frozen, replace
from floodready.json_text import read_json
from floodready.store.contract import HEAD
from floodready.store.disk import Disk, Handle
from floodready.store.snapshot import open_to_read

_FIRST = 1 << 16
"""Bytes read at first: the whole line, where texts stand apart."""


@frozen
class Saved:
    """A projection as saved after the entry `seq` of a generation; `kind` tells its class as module:name."""

    name: str
    version: int
    kind: str
    generation: str
    seq: int
    state: Any
    apart: bool = False
    """Whether the state is lists of texts by name, which stand apart; see `Projection.apart`."""


Instead = Callable[[Saved, str, int], str]
"""Gives a text, by its name and number, that is not as it was written."""


class _Apart:
    """A text that stands behind the line of a file."""

    def __init__(self, head: str, read: Callable[[], bytes], check: int, instead: Callable[[], str]) -> None:
        self.head = head
        self._read, self._check, self._instead = read, check, instead

    def read(self) -> str:
        """Give the whole text."""
        found = self._read()
        return found.decode() if crc32(found) == self._check else self._instead()


def written(saved: Saved) -> bytes:
    """Give the content of the file of a projection."""
    if not saved.apart:
        return _line(saved)
    texts = {name: [text.encode() for text in texts] for name, texts in saved.state.items()}
    places = {
        name: [(text[:HEAD], len(raw), crc32(raw)) for text, raw in zip(saved.state[name], raws, strict=True)]
        for name, raws in texts.items()
    }
    return b"".join((_line(replace(saved, state=places)), b"\n", *(raw for raws in texts.values() for raw in raws)))


def open_saved(disk: Disk, path: Path, instead: Instead) -> Saved | None:
    """Read a saved projection, its texts as they are asked for; None where there is none that can be read."""
    try:
        handle = open_to_read(disk, path)
        content = handle.read(0, _FIRST)
        if b"\n" not in content:
            content += handle.read(_FIRST, handle.size())
        line, _, _ = content.partition(b"\n")
        saved = Saved(**read_json(line))
        return _with_texts(saved, handle, len(line) + 1, instead) if saved.apart else saved
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def read_saved(disk: Disk, path: Path) -> Saved | None:
    """Read a saved projection whole; None where there is none that can be read and is as it was written."""
    saved = open_saved(disk, path, _spoiled)
    if saved is None or not saved.apart:
        return saved
    try:
        return replace(saved, state={name: [one.read() for one in texts] for name, texts in saved.state.items()})
    except (OSError, ValueError):
        return None


def _with_texts(saved: Saved, handle: Handle, place: int, instead: Instead) -> Saved:
    state: dict[str, list[_Apart]] = {}
    for name, places in saved.state.items():
        state[name] = []
        for number, (head, length, check) in enumerate(places):
            read, otherwise = partial(handle.read, place, length), partial(instead, saved, name, number)
            state[name].append(_Apart(head, read, check, otherwise))
            place += length
    return replace(saved, state=state)


def _spoiled(saved: Saved, name: str, number: int) -> str:
    raise ValueError(saved.name, name, number)


def _line(saved: Saved) -> bytes:
    import orjson

    return orjson.dumps(saved, option=orjson.OPT_NON_STR_KEYS)
