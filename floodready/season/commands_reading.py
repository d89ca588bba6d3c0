"""All that writes readings: one by one, from a file, corrected. What looks like a slip is asked back first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from floodready.command import command
from floodready.document import record
from floodready.language import say
from floodready.missing import not_there
from floodready.organisation.permissions import Permission
from floodready.refusal import Doubtful, Refused
from floodready.season.doubtful import doubts
from floodready.season.measure import shown
from floodready.season.models import NewReading, Reading, Station, Trend, reading_id
from floodready.store.contract import Transaction


@record
class Taken:
    """What an import did: so many new readings, so many that were there already."""

    added: int
    unchanged: int


@command("season.add_reading", may=Permission.READING_ADD)
def add_reading(
    tx: Transaction,
    *,
    station: str,
    measured_at: datetime,
    value: int,
    trend: Trend | None = None,
    note: str = "",
    confirmed: bool = False,
) -> Reading:
    """Record what a station showed. The same again changes nothing.

    Raises Refused for an unknown or retired station, an instant to come, or another value at the same instant;
    Doubtful where it looks like a slip and was not `confirmed`.
    """
    new = NewReading(station=station, measured_at=measured_at, value=value, trend=trend, note=note)
    _known(tx, new)  # nobody is asked back about what is refused anyway
    return _take(tx, new, _asked_back(tx, [new], confirmed))


@command("season.import_readings", may=Permission.READING_IMPORT)
def add_readings(tx: Transaction, *, readings: Iterable[NewReading], confirmed: bool = False) -> Taken:
    """Record many readings as one batch, all or none. The same file again changes nothing.

    Raises Refused and Doubtful as `add_reading` does.
    """
    readings = tuple(readings)
    for new in readings:
        _known(tx, new)
    asked_back = _asked_back(tx, readings, confirmed)
    added = unchanged = 0
    for new in readings:
        known = tx.get(Reading, reading_id(new.station, new.measured_at)) is not None
        _take(tx, new, asked_back)
        added, unchanged = added + (not known), unchanged + known
    return Taken(added=added, unchanged=unchanged)


@command("season.correct_reading", may=Permission.READING_ADD)
def correct_reading(
    tx: Transaction, seen: Reading, *, value: int, reason: str, trend: Trend | None = None, confirmed: bool = False
) -> Reading:
    """Put the right value in place of a wrong one; the wrong one stays readable with the reading.

    Raises Refused without a reason or where nothing would change, Doubtful as `add_reading` does, Superseded.
    """
    if not reason.strip():
        raise Refused(say("Say why the reading is corrected."))
    if value == seen.value:
        raise Refused(say("That is the value already recorded. Nothing to correct."))
    right = NewReading(station=seen.station, measured_at=seen.measured_at, value=value)
    return tx.change(
        seen,
        value=value,
        trend=trend or seen.trend,
        note=reason,
        earlier_values=(*seen.earlier_values, seen.value),
        confirmed=seen.id in _asked_back(tx, [right], confirmed),
    )


def _asked_back(tx: Transaction, readings: Sequence[NewReading], confirmed: bool) -> Collection[str]:
    """Give the ids of the readings that look like slips. Raises Doubtful where they are not confirmed."""
    found = doubts(tx, readings)
    if found and not confirmed:
        raise Doubtful(list(found.values()))
    return found


def _take(tx: Transaction, new: NewReading, asked_back: Collection[str]) -> Reading:
    known = _known(tx, new)
    if known is not None:
        return known
    id = reading_id(new.station, new.measured_at)
    return tx.add(
        Reading(
            id=id,
            station=new.station,
            measured_at=new.measured_at,
            value=new.value,
            trend=new.trend,
            recorded_at=tx.now,
            note=new.note,
            confirmed=id in asked_back,
        )
    )


def _known(tx: Transaction, new: NewReading) -> Reading | None:
    """Give the same reading where it is recorded already. Raises Refused for one that cannot be taken."""
    station = tx.get(Station, new.station)
    if station is None:
        raise Refused(not_there("season.stations", new.station))
    if not station.active:
        raise Refused(say("{station} is retired. Choose another station.", station=station.name))
    if new.measured_at > tx.now:
        raise Refused(say("{station}: a reading cannot be from the future. Check the time.", station=station.name))
    known = tx.get(Reading, reading_id(new.station, new.measured_at))
    if known is not None and known.value != new.value:
        raise Refused(
            say(
                "{station} has {known} at that time, not {value}. Correct it: c on its row of the season screen, or "
                "floodready reading correct",
                station=station.name,
                known=shown(known.value, station.kind),
                value=shown(new.value, station.kind),
            )
        )
    return known
