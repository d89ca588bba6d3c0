"""Readings by station in order of time, kept as they come: for the latest value, the curve and the windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any, ClassVar, Self

from floodready.clock import read_instant, write_instant
from floodready.season.models import Reading
from floodready.store.contract import HEAD, Change, Entry, LateText, Projection, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from floodready.season.thresholds import Point

_LENGTH = 500
"""Readings in a stretch: a question parses one or two of them."""

_TAIL = 4096
"""Characters of a stretch that are looked at first: mostly it is the last readings that are asked for."""

Kept = list[Any]
"""A reading as [instant as text, value]; text order is time order."""


_LAST = "~"
"""Stands behind every instant as text."""


class Curve:
    """One station's readings in order of time, in stretches that stay text, unread, until somebody asks for them."""

    def __init__(self, stretches: Iterable[str | LateText] = ()) -> None:
        self._stretches: list[str | LateText | list[Kept]] = list(stretches)

    def add(self, reading: Kept) -> None:
        """Take in a reading."""
        if not self._stretches:
            self._stretches.append([reading])
            return
        number = max(0, self._behind([*reading]) - 1)
        stretch = self._read(number)
        insort(stretch, reading)
        if len(stretch) >= 2 * _LENGTH:
            self._stretches[number : number + 1] = [stretch[:_LENGTH], stretch[_LENGTH:]]

    def remove(self, reading: Kept) -> None:
        """Take out a reading that was taken in."""
        number = self._behind(reading) - 1
        stretch = self._read(number)
        del stretch[bisect_left(stretch, reading)]
        if not stretch:
            del self._stretches[number]

    def last(self, until: str | None = None) -> Kept | None:
        """Give the latest reading up to an instant (None: of all), or None."""
        number = len(self._stretches) if until is None else self._behind([until + _LAST])
        if not number:
            return None
        stretch = self._read_from(number - 1, until or _LAST)
        return stretch[-1 if until is None else bisect_left(stretch, [until + _LAST]) - 1]

    def between(self, since: str | None, until: str | None) -> Iterator[Kept]:
        """Give the readings within [since, until], in order of time."""
        number = 0 if since is None else max(0, self._behind([since]) - 1)
        behind = len(self._stretches) if until is None else self._behind([until + _LAST])
        for place in range(number, behind):
            stretch = self._read(place) if since is None else self._read_from(place, since)
            start = 0 if since is None else bisect_left(stretch, [since])
            end = len(stretch) if until is None else bisect_left(stretch, [until + _LAST])
            yield from stretch[start:end]

    def packed(self) -> list[str]:
        """Give the stretches as text without a quotation mark, so that JSON holds and gives them as they are."""
        return [_packed(one) if isinstance(one, list) else _text(one) for one in self._stretches]

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def _behind(self, reading: Kept) -> int:
        """Give the number of the first stretch that begins after a reading."""
        return bisect_right(self._stretches, reading, key=_first)

    def _read(self, number: int) -> list[Kept]:
        stretch = self._stretches[number]
        if not isinstance(stretch, list):
            stretch = self._stretches[number] = _unpacked(_text(stretch))
        return stretch

    def _read_from(self, number: int, since: str) -> list[Kept]:
        """Give the end of a stretch: at least its readings after an instant, with the last one up to it."""
        stretch = self._stretches[number]
        if isinstance(stretch, list):
            return stretch
        text = self._stretches[number] = _text(stretch)
        if len(text) <= _TAIL:
            return self._read(number)
        # The first instant in the tail may be cut: begin behind its value.
        tail = text[text.index(" ", text.index("Z ", len(text) - _TAIL) + 2) + 1 :]
        return _unpacked(tail) if tail[: len(since)] < since else self._read(number)


def _first(stretch: str | LateText | list[Kept]) -> Kept:
    if isinstance(stretch, list):
        return stretch[0]
    # An instant of 27 characters and a whole number: the head surely holds one reading.
    at, value, *_ = (stretch[:HEAD] if isinstance(stretch, str) else stretch.head).split(" ", 2)
    return [at, int(value)]


def _text(stretch: str | LateText) -> str:
    return stretch if isinstance(stretch, str) else stretch.read()


def _unpacked(text: str) -> list[Kept]:
    words = text.split()
    return [[at, int(value)] for at, value in zip(words[::2], words[1::2], strict=True)]


def _packed(stretch: list[Kept]) -> str:
    return " ".join(f"{at} {value}" for at, value in stretch)


class Curves(Projection):
    """The curve of each station."""

    name = "season.curves"
    version = 2
    tables: ClassVar[frozenset[str]] = frozenset({Reading.table})
    apart = True

    def __init__(self) -> None:
        self._curves: dict[str, Curve] = {}

    def apply(self, entry: Entry, change: Change) -> None:  # noqa: ARG002 - the contract's signature
        """Take in one reading, corrected or taken back."""
        if change.before is not None:
            self._take_out(change.before)
        if change.after is not None:
            self._curves.setdefault(change.after["station"], Curve()).add(_kept(change.after))

    def dump(self) -> Any:
        """Give the curves as JSON: by station, stretches of `instant value` after `instant value`."""
        return {station: curve.packed() for station, curve in self._curves.items()}

    @classmethod
    def load(cls, dumped: Any) -> Self:
        """Rebuild from the dump."""
        made = cls()
        made._curves = {station: Curve(stretches) for station, stretches in dumped.items()}
        return made

    def latest(self, station: str, at: datetime | None = None) -> Point | None:
        """Give the latest reading of a station measured up to an instant (None: of all), or None."""
        found = self._curves.get(station, _NONE).last(None if at is None else write_instant(at))
        return None if found is None else _point(found)

    def points(self, station: str, since: datetime | None = None, until: datetime | None = None) -> list[Point]:
        """Give the readings of a station measured in [since, until], in order of time."""
        start, end = (None if at is None else write_instant(at) for at in (since, until))
        return [_point(kept) for kept in self._curves.get(station, _NONE).between(start, end)]

    def _take_out(self, raw: Raw) -> None:
        curve = self._curves[raw["station"]]
        curve.remove(_kept(raw))
        if not curve:
            del self._curves[raw["station"]]


_NONE = Curve()


def _kept(raw: Raw) -> Kept:
    return [raw["measured_at"], raw["value"]]


def _point(kept: Kept) -> Point:
    return read_instant(kept[0]), kept[1]
