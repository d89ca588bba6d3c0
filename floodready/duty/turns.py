"""Turns of a rotation: when each begins and ends in UTC, its number, and who stands it; over every change of clocks.

A handover in a skipped hour falls on the first instant after it; in a repeated hour it happens once, at its first
occurrence. The end of a turn is the start of the next unless the rotation states its own end. Turns are counted from
the anchor and also work before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from floodready.duty.models import Rotation, TurnUnit
from floodready.frozen import frozen_in_order
from floodready.workdays import DayCalendar, day_of_month

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_FAR = 800
"""Days looked through for the next served day before a rotation counts as never served."""


@frozen_in_order
class Turn:
    """One turn of a rotation, half-open [start, end), UTC. Turn 0 begins at the anchor."""

    number: int
    start: datetime
    end: datetime
    people: tuple[str, ...]


@lru_cache(maxsize=65536)
def instant_of(day: date, moment: time, zone: ZoneInfo) -> datetime:
    """Give the instant, UTC, at which a local time of a day comes: the first of two, or the first after a gap."""
    local = datetime.combine(day, moment)
    early = local.replace(tzinfo=zone).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == local:
        return early
    # In the skipped hour the two readings lie on both sides of the change: it is found between them.
    before, after = local.replace(tzinfo=zone, fold=1).astimezone(UTC), early
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def turns(rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo, calendar: DayCalendar) -> Iterator[Turn]:
    """Give the turns that touch [start, end), in order, without those that a change of clocks shortens to nothing."""
    if start >= end or not rotation.times:
        return
    for number, begins, ends in _bounds(rotation, start, end, zone, calendar):
        if begins < ends and begins < end and ends > start:
            yield Turn(number, begins, ends, people_of(rotation, number))


def people_of(rotation: Rotation, number: int) -> tuple[str, ...]:
    """Give who stands a turn by its number."""
    return rotation.groups[number % len(rotation.groups)].people if rotation.groups else ()


def anchor(rotation: Rotation, zone: ZoneInfo) -> datetime:
    """Give the instant at which turn 0 of a rotation begins, where its first day is served; UTC."""
    return instant_of(rotation.first_on, rotation.times[0], zone)


def _bounds(
    rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo, calendar: DayCalendar
) -> Iterator[tuple[int, datetime, datetime]]:
    if rotation.unit is TurnUnit.HOURS:
        yield from _hourly(rotation, start, end, zone)
    elif rotation.unit is TurnUnit.DAYS and rotation.length == 1:
        yield from _daily(rotation, start, end, zone, calendar)
    else:
        yield from _periodic(rotation, start, end, zone)


def _hourly(
    rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[tuple[int, datetime, datetime]]:
    first, step = anchor(rotation, zone), timedelta(hours=rotation.length)
    number = (start - first) // step
    while (begins := first + number * step) < end:
        yield number, begins, begins + step
        number += 1


def _periodic(
    rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[tuple[int, datetime, datetime]]:
    moment = rotation.times[0]
    number = _period_before(rotation, start.astimezone(zone).date())
    begins = instant_of(_period_day(rotation, number), moment, zone)
    while begins < end:
        following = instant_of(_period_day(rotation, number + 1), moment, zone)
        yield number, begins, following
        number, begins = number + 1, following


def _period_day(rotation: Rotation, number: int) -> date:
    first = rotation.first_on
    if rotation.unit is TurnUnit.MONTHS:
        months = first.year * 12 + first.month - 1 + number * rotation.length
        year, month = divmod(months, 12)
        # The anchor's day of the month is kept: after a short month the turn is back on the 31st.
        return day_of_month(year, month + 1, first.day)
    days = rotation.length * (7 if rotation.unit is TurnUnit.WEEKS else 1)
    return first + timedelta(days=number * days)


def _period_before(rotation: Rotation, day: date) -> int:
    """Give a period that certainly begins before a day, and not long before."""
    first = rotation.first_on
    if rotation.unit is TurnUnit.MONTHS:
        return ((day.year - first.year) * 12 + day.month - first.month) // rotation.length - 1
    days = rotation.length * (7 if rotation.unit is TurnUnit.WEEKS else 1)
    return (day - first).days // days - 1


def _daily(
    rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo, calendar: DayCalendar
) -> Iterator[tuple[int, datetime, datetime]]:
    day = _served_before(rotation, start.astimezone(zone).date() - _DAY, calendar)
    if day is None:
        day = start.astimezone(zone).date() - _DAY
    number = _served_between(rotation, day, calendar) * len(rotation.times)
    last = end.astimezone(zone).date() + _DAY
    previous: tuple[int, datetime] | None = None
    while day <= last:
        if _is_served(rotation, day, calendar):
            for moment in rotation.times:
                begins = instant_of(day, moment, zone)
                if rotation.ends is not None:
                    yield number, begins, own_end(rotation.ends, day, moment, zone)
                elif previous is not None:
                    yield previous[0], previous[1], begins
                previous = number, begins
                number += 1
        day += _DAY
    if rotation.ends is None and previous is not None and previous[1] < end:
        following = _served_after(rotation, day, calendar)
        if following is not None:
            yield previous[0], previous[1], instant_of(following, rotation.times[0], zone)


def own_end(ends: time, day: date, moment: time, zone: ZoneInfo) -> datetime:
    """Give the instant, UTC, at which a turn that begins on a day at `moment` comes to its own end `ends`."""
    return instant_of(day if ends > moment else day + _DAY, ends, zone)


def _is_served(rotation: Rotation, day: date, calendar: DayCalendar) -> bool:
    if rotation.weekdays and day.weekday() not in rotation.weekdays:
        return False
    return not rotation.day_kinds or calendar.kind(day) in rotation.day_kinds


def _served_before(rotation: Rotation, day: date, calendar: DayCalendar) -> date | None:
    return next(
        (back for back in (day - n * _DAY for n in range(_FAR)) if _is_served(rotation, back, calendar)),
        None,
    )


def _served_after(rotation: Rotation, day: date, calendar: DayCalendar) -> date | None:
    return next(
        (later for later in (day + n * _DAY for n in range(_FAR)) if _is_served(rotation, later, calendar)),
        None,
    )


def _served_between(rotation: Rotation, day: date, calendar: DayCalendar) -> int:
    """Count the served days from the anchor up to, not with, a day; negative before the anchor."""
    first = rotation.first_on
    if not rotation.day_kinds:
        return _weekdays_between(rotation.weekdays, first, day)
    low, high = sorted((first, day))
    count = sum(_is_served(rotation, low + n * _DAY, calendar) for n in range((high - low).days))
    return count if first <= day else -count


def _weekdays_between(weekdays: tuple[int, ...], first: date, day: date) -> int:
    days = (day - first).days
    if not weekdays:
        return days
    weeks, rest = divmod(days, 7)
    return weeks * len(set(weekdays)) + sum((first.weekday() + n) % 7 in weekdays for n in range(rest))
