"""What a value means on a day: the thresholds that hold then, which of them it reaches, and the next above it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from floodready.frozen import replace
from floodready.season.level import Level, highest
from floodready.season.models import Mark, Station, Threshold
from floodready.season.seasons import Window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Point = tuple[datetime, int]
"""A reading as a point in time: when it was measured (UTC), its value in thousandths."""


def thresholds_on(station: Station, day: date) -> dict[Mark, Threshold]:
    """Give the thresholds of a station that hold on a day, by mark. `Station.problems` keeps them from overlapping."""
    return {threshold.mark: threshold for threshold in station.thresholds if threshold.valid_on(day)}


def reached(station: Station, value: int, day: date) -> list[Threshold]:
    """Give the thresholds that a value meets on a day (equal is met), the highest value first."""
    met = [threshold for threshold in thresholds_on(station, day).values() if value >= threshold.value]
    return sorted(met, key=lambda threshold: (-threshold.value, list(Mark).index(threshold.mark)))


def level_met(station: Station, value: int, day: date) -> Level | None:
    """Give the highest response level whose threshold a value meets on a day, or None.

    A level whose threshold is missing is passed over, never guessed (Xiaolangdi has none for IV and III).
    """
    return highest(*(threshold.mark.level for threshold in reached(station, value, day)))


def next_above(station: Station, value: int, day: date) -> Threshold | None:
    """Give the next threshold above a value on a day, or None."""
    above = [threshold for threshold in thresholds_on(station, day).values() if threshold.value > value]
    return min(above, key=lambda threshold: threshold.value, default=None)


def windows_at_or_above(
    station: Station, mark: Mark, points: Iterable[Point], zone: ZoneInfo, until: datetime
) -> list[Window]:
    """Give the stretches in which a station stood at or above a mark, by its readings up to an instant.

    A reading speaks until the next one; each is judged by the threshold of its own day. Points come in order of time.
    """
    found: list[Window] = []
    begun: datetime | None = None
    for at, value in points:
        threshold = thresholds_on(station, at.astimezone(zone).date()).get(mark)
        above = threshold is not None and value >= threshold.value
        if above and begun is None:
            begun = at
        elif not above and begun is not None:
            found.append((begun, at))
            begun = None
    if begun is not None and begun < until:
        found.append((begun, until))
    return found


_RISING = ((Mark.IV, Mark.III, Mark.II, Mark.I), (Mark.GUARD, Mark.WARNING, Mark.GUARANTEE))
"""Marks whose values rise in this order at every station; a flood limit stands apart from them."""


def out_of_order(station: Station, day: date) -> list[tuple[Threshold, Threshold]]:
    """Give the neighbours of a day of which the lower mark has the higher value; none where all rise as they must."""
    held = thresholds_on(station, day)
    neighbours = (pair for marks in _RISING for pair in pairwise(held[mark] for mark in marks if mark in held))
    return [(lower, higher) for lower, higher in neighbours if lower.value > higher.value]


def put_in(thresholds: tuple[Threshold, ...], new: Threshold) -> tuple[Threshold, ...]:
    """Put a threshold among others: it ends the mark's older value on the day before.

    Without a first day it takes the place of every value of its mark. One that stands there already changes nothing.
    """
    kept = []
    for old in thresholds:
        if old.mark is new.mark:
            if new.valid_from is None or (old.valid_from or date.min) >= new.valid_from:
                continue
            if old.valid_until is None or old.valid_until >= new.valid_from:
                kept.append(replace(old, valid_until=new.valid_from - timedelta(days=1)))
                continue
        kept.append(old)
    same = next((old for old in thresholds if replace(old, source=new.source) == new), None)
    return thresholds if same is not None else (*kept, new)
