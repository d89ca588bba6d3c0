"""A year's plan from what is owed, in one step: before each due day, spread over the weeks, without conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from floodready.drills.models import Obligation, Occurrence, Settings
from floodready.frozen import frozen
from floodready.language import Sentence, say_many
from floodready.workdays import DayCalendar, is_working_day

if TYPE_CHECKING:
    pass


@frozen
class Placed:
    """A day for one owed drill, or the reason why there is none."""

    occurrence: Occurrence
    obligation: Obligation
    on: date | None
    why_not: Sentence | None = None


def year_plan(
    owed: Iterable[tuple[Obligation, Occurrence]],
    planned: Iterable[tuple[str, date]],
    today: date,
    settings: Settings,
    calendar: DayCalendar,
) -> list[Placed]:
    """Place each owed drill on a working day of the allowed weekdays, after today and not after its due day.

    `planned` are (unit, day) of drills that stand already. Two drills of a unit never share a week while another is
    free; among the rest the least loaded week wins, then the day nearest before the due day. What
    is overdue takes the first free day.
    """
    loads = Counter(_week(day) for _, day in planned)
    of_unit = Counter((unit, _week(day)) for unit, day in planned)
    taken = Counter(planned)
    placed = []
    for obligation, occurrence in sorted(owed, key=lambda pair: (pair[1].due_on, pair[1].id)):
        unit = obligation.unit
        days = [day for day in _window(occurrence, today, settings, calendar) if not taken[unit, day]]
        if not days:
            placed.append(Placed(occurrence=occurrence, obligation=obligation, on=None, why_not=_why_not(settings)))
            continue
        overdue = occurrence.due_on <= today
        on = days[0] if overdue else min(days, key=_burden(unit, occurrence.due_on, loads, of_unit))
        loads[_week(on)] += 1
        of_unit[unit, _week(on)] += 1
        taken[unit, on] += 1
        placed.append(Placed(occurrence=occurrence, obligation=obligation, on=on))
    return placed


def _burden(
    unit: str, due_on: date, loads: Mapping[tuple[int, int], int], of_unit: Mapping[tuple[str, tuple[int, int]], int]
) -> Callable[[date], tuple[int, int, int]]:
    return lambda day: (of_unit.get((unit, _week(day)), 0), loads.get(_week(day), 0), (due_on - day).days)


def _window(occurrence: Occurrence, today: date, settings: Settings, calendar: DayCalendar) -> list[date]:
    span = timedelta(weeks=settings.spread_weeks)
    first = max(today + timedelta(1), occurrence.due_on - span)
    # What is due or overdue already cannot be held before its due day: then the next weeks are open to it.
    last = occurrence.due_on if occurrence.due_on > today else today + span
    days = (first + timedelta(count) for count in range((last - first).days + 1))
    return [day for day in days if day.weekday() in settings.weekdays and is_working_day(day, calendar)]


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _why_not(settings: Settings) -> Sentence:
    return say_many(
        "no free working day in the {count} week before it is due. Allow more weekdays or weeks, or plan it by hand.",
        "no free working day in the {count} weeks before it is due. Allow more weekdays or weeks, or plan it by hand.",
        settings.spread_weeks,
    )
