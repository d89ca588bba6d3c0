"""Which readings are asked back before they count: a slip of the finger, another measure. Nothing is ever blocked.

SL/T 247, the rule for compiling hydrological data, has every value held against its station's own course; no regulation
gives figures for a duty room. These are ours: wide enough that the floods on record pass without a word, narrow enough
that a digit too many, a point left out, or metres typed for cubic metres per second, does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from floodready.clock import length_told
from floodready.language import Sentence, say, verbatim
from floodready.season.measure import PER_UNIT, shown
from floodready.season.models import NewReading, Station, StationKind, reading_id
from floodready.season.projections import Curves

if TYPE_CHECKING:
    from floodready.season.thresholds import Point
    from floodready.store.contract import View

_SPEAKS = timedelta(days=3)
"""How long a reading tells what can follow it; older ones say only where the station used to stand."""
_TIMES_ABOVE = 2
"""Huayuankou, whose level I is 15,000 m³/s, carried 22,300 m³/s in July 1958, the most ever measured there."""
_PART_BELOW = 20
"""A level there, some 93 m, typed as a discharge, is less than a twentieth of its level IV, 4,000 m³/s."""
_METRES_ABOVE = 5 * PER_UNIT
"""Rivers have stood two to three metres above their guarantee level in the worst floods."""
_METRES_BELOW = {StationKind.WATER_LEVEL: 25 * PER_UNIT, StationKind.RESERVOIR_LEVEL: 60 * PER_UNIT}
"""The Yangtze at Chongqing stands some 20 m below its warning level in winter; a reservoir is drawn down further."""
_LARGEST = 110_000 * PER_UNIT
"""For stations without thresholds: the flood of 1870 at Yichang, the largest known in China, is put at 105,000 m³/s."""
_LEVELS = (-200 * PER_UNIT, 6_000 * PER_UNIT)
"""The land of China where water is gauged: from the Turpan basin to the sources on the plateau."""
_TIMES_WITHIN = ((timedelta(hours=1), 3), (timedelta(days=1), 5), (_SPEAKS, 8))
"""How many times as much a river carries so soon; always less than ten, so that a digit too many is found."""
_SMALL = 10 * PER_UNIT
"""m³/s by which any creek may change."""
_RISE = (2 * PER_UNIT, PER_UNIT // 2, 10 * PER_UNIT)
"""How far a level moves: so much at once, so much more for each hour, so much at the most."""


def doubt_of(station: Station, point: Point, before: Point | None) -> Sentence | None:
    """Say why a reading is to be asked back, from the station's thresholds of any day and the reading before it.

    None for one that can be taken as it is. What stood out of range before, and was confirmed then, is not asked back
    again: a flood beyond all thresholds costs one confirmation, not one an hour.
    """
    recent = before if before is not None and point[0] - before[0] <= _SPEAKS else None
    for out_of_range in (_below_zero, _too_high, _too_low):
        found = out_of_range(station, point[1])
        stood_so = before is not None and out_of_range(station, before[1]) is not None
        # Where a reading speaks, what is low is told by how far the water fell: a dry season is no slip.
        spoken_for = recent is not None and out_of_range is _too_low
        if found is not None and not stood_so and not spoken_for:
            return found
    return None if recent is None else _jump(station, point, recent)


def doubts(view: View, readings: Iterable[NewReading]) -> dict[str, Sentence]:
    """Say why readings are to be asked back, by the id they would have; held against the store and one another.

    Each is held against the one before it in time, whatever the order they come in. Stations nobody knows are passed
    over, and values already recorded.
    """
    curves = view.projection(Curves)
    found: dict[str, Sentence] = {}
    last: dict[str, Point] = {}
    for new in sorted(readings, key=lambda one: (one.station, one.measured_at)):
        station = view.get(Station, new.station)
        if station is None:
            continue
        known = curves.latest(new.station, new.measured_at)
        if known != (new.measured_at, new.value):
            known = curves.latest(new.station, new.measured_at - timedelta(microseconds=1))
            before = max((p for p in (known, last.get(new.station)) if p is not None), default=None)
            doubt = doubt_of(station, (new.measured_at, new.value), before)
            if doubt is not None:
                found[reading_id(new.station, new.measured_at)] = doubt
        last[new.station] = (new.measured_at, new.value)
    return found


def _below_zero(station: Station, value: int) -> Sentence | None:
    if station.kind is not StationKind.DISCHARGE or value >= 0:
        return None
    return say("{station}: {value} is below zero.", **_told(station, value))


def _too_high(station: Station, value: int) -> Sentence | None:
    discharge = station.kind is StationKind.DISCHARGE
    highest = max(station.thresholds, key=lambda held: held.value, default=None)
    if highest is None or (discharge and highest.value <= 0):
        return _beyond_all(station, value)
    limit = {"mark": highest.mark.word, "limit": verbatim(shown(highest.value, station.kind))}
    if discharge and value > _TIMES_ABOVE * highest.value:
        return say(
            "{station}: {value} is more than twice its highest threshold ({mark} {limit}).",
            **_told(station, value),
            **limit,
        )
    if not discharge and value > highest.value + _METRES_ABOVE:
        return say(
            "{station}: {value} is more than {metres} m above its highest threshold ({mark} {limit}).",
            metres=_METRES_ABOVE // PER_UNIT,
            **_told(station, value),
            **limit,
        )
    return None


def _too_low(station: Station, value: int) -> Sentence | None:
    lowest = min(station.thresholds, key=lambda held: held.value, default=None)
    if lowest is None:
        return None
    limit = {"mark": lowest.mark.word, "limit": verbatim(shown(lowest.value, station.kind))}
    if station.kind is StationKind.DISCHARGE:
        if _PART_BELOW * value >= lowest.value:
            return None
        return say(
            "{station}: {value} is less than a twentieth of its lowest threshold ({mark} {limit}). Is it a level in "
            "metres?",
            **_told(station, value),
            **limit,
        )
    below = _METRES_BELOW[station.kind]
    if value >= lowest.value - below:
        return None
    return say(
        "{station}: {value} is more than {metres} m below its lowest threshold ({mark} {limit}).",
        metres=below // PER_UNIT,
        **_told(station, value),
        **limit,
    )


def _beyond_all(station: Station, value: int) -> Sentence | None:
    """Judge a value of a station without thresholds by what is known of any river."""
    if station.kind is not StationKind.DISCHARGE:
        least, most = _LEVELS
        if least <= value <= most:
            return None
        return say("{station}: no water is gauged at {value}.", **_told(station, value))
    if value <= _LARGEST:
        return None
    return say(
        "{station}: {value} is more than any river of China has been known to carry ({largest}).",
        largest=verbatim(shown(_LARGEST, station.kind)),
        **_told(station, value),
    )


def _jump(station: Station, point: Point, recent: Point) -> Sentence | None:
    """Say that the water would have gone too far since the reading before; that one is no older than `_SPEAKS`."""
    passed, moved = point[0] - recent[0], abs(point[1] - recent[1])
    if station.kind is StationKind.DISCHARGE:
        least = min((held.value for held in station.thresholds), default=0)
        times = next(times for within, times in _TIMES_WITHIN if passed <= within)
        low, high = sorted((point[1], recent[1]))
        if moved <= max(_SMALL, least // 10) or high < times * low:
            return None
    else:
        at_once, an_hour, most = _RISE
        if moved <= min(most, at_once + an_hour * int(passed.total_seconds()) // 3600):
            return None
    return say(
        "{station}: {value} now, {last} {length} before. Water seldom moves so fast.",
        last=verbatim(shown(recent[1], station.kind)),
        length=length_told(passed),
        **_told(station, point[1]),
    )


def _told(station: Station, value: int) -> dict[str, Sentence]:
    return {"station": verbatim(station.name), "value": verbatim(shown(value, station.kind))}
