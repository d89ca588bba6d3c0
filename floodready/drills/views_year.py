"""What is owed against what is planned and done, in rows ready to be shown, printed or exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from floodready.clock import WEEKDAYS, local_day
from floodready.drills import reading
from floodready.drills.models import Cadence, Drill, DrillState, Obligation, Rhythm
from floodready.drills.owed import Standing, planned_standing, standing_of
from floodready.drills.run_models import Evaluation
from floodready.drills.words import DRILL_STATE
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many
from floodready.organisation.lookup import unit_names
from floodready.text import alphabetical

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

STANDING = {
    Standing.DONE: say("done"),
    Standing.HELD: say("held, not evaluated"),
    Standing.PLANNED: say("planned"),
    Standing.MISSED: say("missed"),
    Standing.LATER: say("later"),
    Standing.DUE: say("due"),
    Standing.OVERDUE: say("overdue"),
}
MARK = {
    Standing.DONE: "✔",
    Standing.HELD: "~",
    Standing.PLANNED: "+",
    Standing.MISSED: "?",
    Standing.LATER: ".",
    Standing.DUE: "!",
    Standing.OVERDUE: "✘",
}
"""One cell beside the word, of neutral width."""
_SINCE = date(1970, 1, 1)


def state_told(drill: Drill, at: datetime) -> Sentence:
    """Say the state of a drill at an instant; one that was planned and never begun is missed."""
    missed = planned_standing(drill, at) is Standing.MISSED
    return STANDING[Standing.MISSED] if missed else DRILL_STATE[drill.state]


@frozen
class OwedRow:
    """One owed drill, with how it stands."""

    obligation: str
    unit: str
    unit_name: str
    plan: str
    scheduled_on: date
    due_on: date
    reason: str
    standing: Standing
    drill: str | None
    drill_on: date | None
    source: str

    @property
    def shown_on(self) -> date:
        """The day under which a calendar shows it: that of its drill, else its due day."""
        return self.drill_on or self.due_on


@frozen
class ObligationRow:
    """One obligation, with its rule in words and the drill that it asks for next."""

    id: str
    unit: str
    unit_name: str
    plan: str
    rule: Sentence
    source: str
    next: OwedRow | None


@frozen
class UnitYear:
    """A unit's year: for each month what is owed, planned or done in it; drills that nothing asks for too."""

    unit: str
    unit_name: str
    months: tuple[tuple[OwedRow, ...], ...]
    """Twelve, January first."""


def rule_words(cadence: Cadence) -> Sentence:
    """Say the rule of an obligation."""
    match cadence.rhythm:
        case Rhythm.MONTHS:
            return say_many(
                "every month from {day}", "every {count} months from {day}", cadence.months, day=cadence.anchor_on
            )
        case Rhythm.WEEKDAY:
            return _weekday_words(cadence)
        case Rhythm.BEFORE_SEASON:
            return say_many("{count} day before each season", "{count} days before each season", cadence.days_before)


def owed_rows(view: View, since: date, until: date, at: datetime, zone: ZoneInfo) -> list[OwedRow]:
    """Give what is owed with a due day in [since, until), by due day, as it stands at an instant."""
    names = unit_names(view)
    rows = [
        row for obligation in view.all(Obligation) for row in _rows(view, obligation, since, until, at, zone, names)
    ]
    return sorted(rows, key=lambda row: (row.due_on, row.unit, row.plan))


def open_rows(view: View, at: datetime, zone: ZoneInfo) -> list[OwedRow]:
    """Give what is owed and not done until a year from an instant, the most overdue first."""
    today = local_day(at, zone)
    rows = owed_rows(view, _SINCE, date(today.year + 1, today.month, 1), at, zone)
    return [row for row in rows if row.standing is not Standing.DONE]


def obligation_rows(view: View, at: datetime, zone: ZoneInfo) -> list[ObligationRow]:
    """Give the obligations that stand, by unit and plan."""
    names, today = unit_names(view), local_day(at, zone)
    made = []
    for obligation in view.all(Obligation):
        if obligation.ended_on is not None and obligation.ended_on <= today:
            continue
        rows = _rows(view, obligation, _SINCE, date(today.year + 4, 1, 1), at, zone, names)
        made.append(
            ObligationRow(
                id=obligation.id,
                unit=obligation.unit,
                unit_name=names.get(obligation.unit, obligation.unit),
                plan=obligation.plan,
                rule=_rule_told(obligation),
                source=obligation.source,
                next=next((row for row in rows if row.standing not in (Standing.DONE, Standing.HELD)), None),
            )
        )
    return sorted(made, key=lambda row: (alphabetical(row.unit_name), row.plan))


def year_rows(view: View, year: int, at: datetime, zone: ZoneInfo) -> list[UnitYear]:
    """Give a year by unit and month, for every unit that owes or plans anything in it."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    rows = [row for row in owed_rows(view, _SINCE, date(year + 2, 1, 1), at, zone) if first <= row.shown_on < last]
    rows += _unasked(view, rows, year, at, zone)
    units = dict.fromkeys(row.unit for row in sorted(rows, key=lambda row: alphabetical(row.unit_name)))
    return [_unit_year([row for row in rows if row.unit == unit]) for unit in units]


def ended_told(view: View, ended: Obligation) -> Sentence:
    """Say from when an ended obligation asks nothing, or that it never asked anything.

    An end before the first day of a changed rule withdraws that rule only: what fell due by the one before stays owed.
    """
    end = ended.ended_on or date.max
    if end <= ended.applies_from and not reading.owed(view, ended, _SINCE, end):
        return say("{id} is withdrawn: nothing is owed by it.", id=ended.id)
    return say("{id} ends on {day}.", id=ended.id, day=end)


def _rule_told(obligation: Obligation) -> Sentence:
    rule = rule_words(obligation.cadence)
    return rule if obligation.ended_on is None else say("{rule}, until {day}", rule=rule, day=obligation.ended_on)


def _rows(
    view: View,
    obligation: Obligation,
    since: date,
    until: date,
    at: datetime,
    zone: ZoneInfo,
    names: dict[str, str],
) -> list[OwedRow]:
    settings, today = reading.settings(view), local_day(at, zone)
    rows = []
    for occurrence in reading.owed(view, obligation, since, until):
        drill = reading.drill_of(view, occurrence)
        standing = standing_of(occurrence, drill, at, today, settings, evaluated=_evaluated(view, drill))
        rows.append(
            OwedRow(
                obligation=obligation.id,
                unit=obligation.unit,
                unit_name=names.get(obligation.unit, obligation.unit),
                plan=obligation.plan,
                scheduled_on=occurrence.scheduled_on,
                due_on=occurrence.due_on,
                reason=occurrence.reason,
                standing=standing,
                drill=occurrence.drill,
                drill_on=None if drill is None else reading.day_of(view, drill, zone),
                source=obligation.source,
            )
        )
    return rows


def _unasked(view: View, rows: list[OwedRow], year: int, at: datetime, zone: ZoneInfo) -> Iterator[OwedRow]:
    met = {row.drill for row in rows}
    names = unit_names(view)
    for drill in view.all(Drill):
        on = reading.day_of(view, drill, zone)
        if drill.id in met or on.year != year or drill.state is DrillState.CANCELLED:
            continue
        held = drill.state in (DrillState.HELD, DrillState.CLOSED)
        evaluated = Standing.DONE if _evaluated(view, drill) else Standing.HELD
        yield OwedRow(
            obligation="",
            unit=drill.unit,
            unit_name=names.get(drill.unit, drill.unit),
            plan=drill.plan,
            scheduled_on=on,
            due_on=on,
            reason="",
            standing=evaluated if held else planned_standing(drill, at),
            drill=drill.id,
            drill_on=on,
            source="",
        )


def _unit_year(rows: list[OwedRow]) -> UnitYear:
    ordered = sorted(rows, key=lambda row: (row.shown_on, row.plan))
    months = tuple(tuple(row for row in ordered if row.shown_on.month == month) for month in range(1, 13))
    return UnitYear(unit=rows[0].unit, unit_name=rows[0].unit_name, months=months)


def _evaluated(view: View, drill: Drill | None) -> bool:
    return drill is not None and view.get(Evaluation, drill.id) is not None


def _weekday_words(cadence: Cadence) -> Sentence:
    weekday = WEEKDAYS[cadence.weekday]
    if cadence.nth == -1:
        return say_many(
            "the last {weekday} of the month, every month from {month}",
            "the last {weekday} of the month, every {count} months from {month}",
            cadence.months,
            weekday=weekday,
            month=cadence.anchor_on.strftime("%Y-%m"),
        )
    if cadence.nth < 0:
        return say_many(
            "{weekday} number {nth} from the month's end, every month from {month}",
            "{weekday} number {nth} from the month's end, every {count} months from {month}",
            cadence.months,
            weekday=weekday,
            nth=-cadence.nth,
            month=cadence.anchor_on.strftime("%Y-%m"),
        )
    return say_many(
        "{weekday} number {nth} of the month, every month from {month}",
        "{weekday} number {nth} of the month, every {count} months from {month}",
        cadence.months,
        weekday=weekday,
        nth=cadence.nth,
        month=cadence.anchor_on.strftime("%Y-%m"),
    )
