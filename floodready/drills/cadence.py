"""When drills fall due: scheduled days by the rule, beside those that people have moved or planned.

An occurrence follows from the rule until somebody touches it, so nothing depends on a job that must run, and a changed
rule takes away only what nobody touched. All days are calendar days of the unit's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, date, timedelta

from floodready.drills.models import Cadence, Obligation, Occurrence, Rhythm
from floodready.workdays import day_of_month


def scheduled_days(cadence: Cadence, since: date, until: date, seasons: Sequence[date] = ()) -> list[date]:
    """Give the days the rule schedules in [since, until), never before its anchor.

    `seasons` are the first days of the seasons that are known; only the before-season rhythm reads them. The 29th to
    31st fall on the last day of a shorter month and return to their day in a longer one.
    """
    if cadence.rhythm is Rhythm.BEFORE_SEASON:
        days = (start - timedelta(cadence.days_before) for start in sorted(seasons))
        return [day for day in days if max(since, cadence.anchor_on) <= day < until]
    return [day for day in _recurring(cadence, until) if since <= day]


def occurrence_id(obligation: str, scheduled_on: date) -> str:
    """Name an occurrence by what makes it the one it is."""
    return f"{obligation}@{scheduled_on.isoformat()}"


def occurrences(
    obligation: Obligation,
    touched: Iterable[Occurrence],
    since: date,
    until: date,
    seasons: Sequence[date] = (),
) -> list[Occurrence]:
    """Give the occurrences whose due day lies in [since, until), by due day: the touched ones and those of the rule."""
    kept = {occurrence.id: occurrence for occurrence in touched}
    first = max(since, obligation.applies_from)
    # Also what was touched is owed no more once the obligation has ended.
    end = until if obligation.ended_on is None else min(until, obligation.ended_on)
    for day in scheduled_days(obligation.cadence, first, end, seasons):
        untouched = untouched_occurrence(obligation, day)
        kept.setdefault(untouched.id, untouched)
    found = (occurrence for occurrence in kept.values() if since <= occurrence.due_on < end)
    return sorted(found, key=lambda occurrence: (occurrence.due_on, occurrence.scheduled_on))


def untouched_occurrence(obligation: Obligation, scheduled_on: date) -> Occurrence:
    """Give an occurrence as the rule alone makes it: due on the scheduled day."""
    return Occurrence(
        id=occurrence_id(obligation.id, scheduled_on),
        obligation=obligation.id,
        scheduled_on=scheduled_on,
        due_on=scheduled_on,
    )


def kept_by_a_change(
    obligation: Obligation, touched: Iterable[Occurrence], today: date, seasons: Sequence[date] = ()
) -> list[Occurrence]:
    """Give the untouched occurrences that a change of the rule must keep: those already due.

    A new rule must not make an overdue drill disappear.
    """
    known = {occurrence.id for occurrence in touched}
    past = occurrences(obligation, (), obligation.applies_from, today, seasons)
    return [occurrence for occurrence in past if occurrence.id not in known]


def no_longer_counts_on(held_on: date, cadence: Cadence) -> date:
    """Give the first day on which a drill held on a day is older than its interval."""
    year, month = divmod(_month_number(held_on) + cadence.months, 12)
    return day_of_month(year, month + 1, held_on.day) + timedelta(1)


def _recurring(cadence: Cadence, until: date) -> Iterator[date]:
    for number in range(_month_number(cadence.anchor_on), 12 * (MAXYEAR + 1), cadence.months):
        day = _day_in_month(cadence, *divmod(number, 12))
        if day >= until:
            return
        if day >= cadence.anchor_on:
            yield day


def _month_number(day: date) -> int:
    return 12 * day.year + day.month - 1


def _day_in_month(cadence: Cadence, year: int, month: int) -> date:
    """Give the day of the rule in a month, counted from 0; the last of the month where it has not so many."""
    if cadence.rhythm is not Rhythm.WEEKDAY:
        return day_of_month(year, month + 1, cadence.anchor_on.day)
    begins_on, last = date(year, month + 1, 1).weekday(), day_of_month(year, month + 1, 31).day
    if cadence.nth > 0:
        return date(year, month + 1, 1 + (cadence.weekday - begins_on) % 7 + 7 * (cadence.nth - 1))
    return date(year, month + 1, last - (begins_on + last - 1 - cadence.weekday) % 7 + 7 * (cadence.nth + 1))
