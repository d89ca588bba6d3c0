"""Readings by station in order of time, kept as they come: for the latest value, the curve and the windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any, ClassVar, Self

from floodready.clock import read_instant, write_instant
from floodready.season.models import Reading
from floodready.store.contract import Change, Entry, Projection, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from floodready.season.thresholds import Point

_LENGTH = 500
"""Readings in a stretch: a question parses one or two of them."""

_WIDEST = 64
"""Characters that surely hold one reading as text: an instant of 27 and a whole number."""

Kept = list[Any]
"""A reading as [instant as text, value]; text order is time order."""


class Curve:
    """One station's readings in order of time, in stretches that stay text until somebody asks for them."""

    def __init__(self, stretches: Iterable[str] = ()) -> None:
        self._stretches: list[str | list[Kept]] = list(stretches)

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
        number = len(self._stretches) if until is None else self._behind([until + "~"])
        if not number:
            return None
        stretch = self._read(number - 1)
        return stretch[-1 if until is None else bisect_left(stretch, [until + "~"]) - 1]

    def between(self, since: str | None, until: str | None) -> Iterator[Kept]:
        """Give the readings within [since, until], in order of time."""
        number = 0 if since is None else max(0, self._behind([since]) - 1)
        behind = len(self._stretches) if until is None else self._behind([until + "~"])
        for stretch in map(self._read, range(number, behind)):
            start = 0 if since is None else bisect_left(stretch, [since])
            end = len(stretch) if until is None else bisect_left(stretch, [until + "~"])
            yield from stretch[start:end]

    def packed(self) -> list[str]:
        """Give the stretches as text without a quotation mark, so that JSON holds and gives them as they are."""
        return [one if isinstance(one, str) else _packed(one) for one in self._stretches]

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def _behind(self, reading: Kept) -> int:
        """Give the number of the first stretch that begins after a reading."""
        return bisect_right(self._stretches, reading, key=_first)

    def _read(self, number: int) -> list[Kept]:
        stretch = self._stretches[number]
        if isinstance(stretch, str):
            words = stretch.split()
            stretch = [[at, int(value)] for at, value in zip(words[::2], words[1::2], strict=True)]
            self._stretches[number] = stretch
        return stretch


def _first(stretch: str | list[Kept]) -> Kept:
    if isinstance(stretch, str):
        at, value, *_ = stretch[:_WIDEST].split(" ", 2)
        return [at, int(value)]
    return stretch[0]


def _packed(stretch: list[Kept]) -> str:
    return " ".join(f"{at} {value}" for at, value in stretch)


class Curves(Projection):
    """The curve of each station."""

    name = "season.curves"
    version = 2
    tables: ClassVar[frozenset[str]] = frozenset({Reading.table})

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
