"""Readings by station in order of time, kept as they come: for the latest value, the curve and the windows."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any, ClassVar, Self

from floodready.clock import read_instant, write_instant
from floodready.season.models import Reading
from floodready.store.contract import Change, Entry, Projection, Raw

if TYPE_CHECKING:
    from datetime import datetime

    from floodready.season.thresholds import Point


class Curves(Projection):
    """The curve of each station."""

    name = "season.curves"
    tables: ClassVar[frozenset[str]] = frozenset({Reading.table})

    def __init__(self) -> None:
        self._curves: dict[str, list[list[Any]]] = {}
        # [instant as text, value] by station; text order is time order.

    def apply(self, entry: Entry, change: Change) -> None:  # noqa: ARG002 - the contract's signature
        """Take in one reading, corrected or taken back."""
        if change.before is not None:
            self._take_out(change.before)
        if change.after is not None:
            point = [change.after["measured_at"], change.after["value"]]
            insort(self._curves.setdefault(change.after["station"], []), point)

    def dump(self) -> Any:
        """Give the curves as JSON."""
        return self._curves

    @classmethod
    def load(cls, dumped: Any) -> Self:
        """Rebuild from the dump, which is taken over as it was read: copying 100,000 points would take half as long."""
        made = cls()
        made._curves = dumped
        return made

    def latest(self, station: str, at: datetime | None = None) -> Point | None:
        """Give the latest reading of a station measured up to an instant (None: of all), or None."""
        curve = self._curves.get(station, [])
        place = len(curve) if at is None else bisect_left(curve, [write_instant(at) + "~"])
        return _point(curve[place - 1]) if place else None

    def points(self, station: str, since: datetime | None = None, until: datetime | None = None) -> list[Point]:
        """Give the readings of a station measured in [since, until], in order of time."""
        curve = self._curves.get(station, [])
        start = 0 if since is None else bisect_left(curve, [write_instant(since)])
        end = len(curve) if until is None else bisect_left(curve, [write_instant(until) + "~"])
        return [_point(point) for point in curve[start:end]]

    def _take_out(self, raw: Raw) -> None:
        curve = self._curves[raw["station"]]
        del curve[bisect_left(curve, [raw["measured_at"], raw["value"]])]
        if not curve:
            del self._curves[raw["station"]]


def _point(kept: list[Any]) -> Point:
    return read_instant(kept[0]), kept[1]
