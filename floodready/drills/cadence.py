"""When drills fall due: scheduled days by the rule, beside those that people have moved or planned.

An occurrence follows from the rule until somebody touches it, so nothing depends on a job that must run, and a changed
rule takes away only what nobody touched. All days are calendar days of the unit's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from floodready.drills.models import Cadence, Obligation, Occurrence, Rhythm


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
    last = until if obligation.ended_on is None else min(until, obligation.ended_on)
    for day in scheduled_days(obligation.cadence, first, last, seasons):
        untouched = untouched_occurrence(obligation, day)
        kept.setdefault(untouched.id, untouched)
    found = (occurrence for occurrence in kept.values() if since <= occurrence.due_on < until)
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
    from dateutil.relativedelta import relativedelta

    return held_on + relativedelta(months=cadence.months) + timedelta(1)


def _recurring(cadence: Cadence, until: date) -> Iterator[date]:
    from dateutil.rrule import MONTHLY, rrule, weekday

    anchor = cadence.anchor_on
    start = datetime(anchor.year, anchor.month, 1)  # noqa: DTZ001 - a calendar day: no clock and no zone is involved
    if cadence.rhythm is Rhythm.WEEKDAY:
        rule = rrule(MONTHLY, dtstart=start, interval=cadence.months, byweekday=weekday(cadence.weekday, cadence.nth))
    else:
        # Of the days 28 … n the month has, the last: the 31st is the 30th in June and the 31st again in July.
        days = range(28, anchor.day + 1) if anchor.day > 28 else (anchor.day,)
        rule = rrule(MONTHLY, dtstart=start, interval=cadence.months, bymonthday=tuple(days), bysetpos=-1)
    for moment in rule:
        day = moment.date()
        if day >= until:
            return
        if day >= anchor:
            yield day
