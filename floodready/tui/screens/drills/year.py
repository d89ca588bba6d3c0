"""Drills over the year: what is owed against what is planned and done, by unit and month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.drills import reading
from floodready.drills.models import Drill, DrillState, Settings
from floodready.drills.owed import Standing
from floodready.drills.views_year import MARK, STANDING, OwedRow, UnitYear, year_rows
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import unit_names
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Confirm
from floodready.tui.screens.drills.drill import DrillScreen
from floodready.tui.screens.drills.forms import assign_form, move_due_form, plan_form, settings_form
from floodready.tui.screens.drills.obligations import ObligationsScreen
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words
from floodready.tui.work import start

TONE = {
    Standing.DONE: Tone.GOOD,
    Standing.HELD: Tone.WATCH,
    Standing.PLANNED: Tone.STRONG,
    Standing.MISSED: Tone.WATCH,
    Standing.LATER: Tone.MUTED,
    Standing.DUE: Tone.WATCH,
    Standing.OVERDUE: Tone.BAD,
}
_WORST_FIRST = (
    Standing.OVERDUE,
    Standing.MISSED,
    Standing.DUE,
    Standing.HELD,
    Standing.PLANNED,
    Standing.LATER,
    Standing.DONE,
)


@frozen
class YearFacts:
    """A year as it stands."""

    year: int
    today: date
    units: list[UnitYear]
    unit_names: dict[str, str]
    settings: Settings
    drills: list[Drill]
    """All that are not cancelled."""


def _month(place: int) -> Column[UnitYear]:
    def cell(unit: UnitYear) -> str:
        return "".join(MARK[row.standing] for row in unit.months[place])

    def tone(unit: UnitYear) -> Tone | None:
        standings = {row.standing for row in unit.months[place]}
        return next((TONE[standing] for standing in _WORST_FIRST if standing in standings), None)

    return Column(id=f"month{place + 1}", heading=verbatim(f"{place + 1}"), cell=cell, width=3, tone=tone)


YEAR_COLUMNS: tuple[Column[UnitYear], ...] = (
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=14, grow=1),
    *(_month(place) for place in range(12)),
)
ROW_COLUMNS: tuple[Column[OwedRow], ...] = (
    Column(id="state", heading=say("State"), cell=lambda r: say("{mark} {word}", mark=MARK[r.standing],
           word=STANDING[r.standing]), width=12, grow=1, tone=lambda r: TONE[r.standing],
           order=lambda r: _WORST_FIRST.index(r.standing)),
    Column(id="plan", heading=say("Plan"), cell=lambda r: r.plan, width=18, grow=3),
    Column(id="due", heading=say("Due"), cell=lambda r: r.due_on if r.obligation else "", width=10),
    Column(id="drill", heading=say("Drill on"), cell=lambda r: r.drill_on or "", width=10),
    Column(id="scheduled", heading=say("Scheduled"), cell=lambda r: r.scheduled_on, width=10, priority=3),
    Column(id="reason", heading=say("Reason"), cell=lambda r: r.reason, width=10, grow=2, priority=2,
           tone=lambda _: Tone.MUTED),
    Column(id="source", heading=say("Source"), cell=lambda r: r.source, width=10, grow=2, priority=4,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class DrillsScreen(PillarScreen[YearFacts]):
    """The year by unit and month; below, the drills of the unit under the cursor."""

    TITLE_WORDS = say("Drills")
    HELP_WORDS = say(
        "The year by unit and month. Below stand the unit's drills: enter opens one, or plans what is owed."
    )
    TABLES = frozenset({"drills.", "organisation.", "season."})
    TIMED = True
    DEFAULT_CSS = """
    DrillsScreen { #year { height: 2fr; } #rows { height: 3fr; } #legend { height: 1; color: $tone-muted; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("drills.new", "n", "new", say("new drill"), say("Plan a drill; from an owed row, one that meets it.")),
        bind("drills.plan_year", "p", "plan_year", say("plan year"), say("Plan a drill for all that is owed.")),
        bind("drills.obligations", "o", "obligations", say("obligations"), say("What must be drilled, by what rule.")),
        bind("drills.move_due", "m", "move_due", say("move due day"), say("Give an owed drill another due day.")),
        bind("drills.assign", "a", "assign", say("assign"), say("Say which drill meets an owed one."), shown=False),
        bind("drills.settings", "f", "settings", say("figures"), say("The office's figures for drills."),
             shown=False),
        bind("drills.before", "left_square_bracket,【", "year(-1)", say("year before"), say("Show the year before."),
             shown=False),
        bind("drills.after", "right_square_bracket,】", "year(1)", say("next year"), say("Show the next year."),
             shown=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._year: int | None = None

    def body(self) -> ComposeResult:
        yield VirtualTable(
            YEAR_COLUMNS,
            lambda row: row.unit,
            empty=say("No drill is owed or planned."),
            first=say("Press o to lay down what must be, or n to plan one."),
            id="year",
        )
        yield Words(id="legend")
        yield VirtualTable(
            ROW_COLUMNS,
            lambda row: f"{row.obligation}@{row.scheduled_on}{row.drill or ''}",
            empty=say("No drill of this unit in this year."),
            id="rows",
        )

    def read_facts(self, view: View, room: Room) -> YearFacts:
        today = local_day(room.at(), room.zone)
        year = self._year or today.year
        return YearFacts(
            year=year,
            today=today,
            units=year_rows(view, year, room.at(), room.zone),
            unit_names=unit_names(view),
            settings=reading.settings(view),
            drills=[drill for drill in view.all(Drill) if drill.state is not DrillState.CANCELLED],
        )

    def show_facts(self, facts: YearFacts) -> None:
        self.query_one("#legend", Words).say(_legend(facts.year))
        self.query_one("#year", VirtualTable).show_rows(facts.units)
        self._show_unit()

    def open_document(self, table: str, id: str) -> None:
        """Open a drill; an obligation opens in its list."""
        if table == "drills.drills":
            self.app.push_screen(DrillScreen(id))
        elif table == "drills.obligations":
            self.app.push_screen(ObligationsScreen(id))

    @on(VirtualTable.Moved, "#year")
    def _show_unit(self) -> None:
        unit: UnitYear | None = self.query_one("#year", VirtualTable).row
        rows = [] if unit is None else [row for month in unit.months for row in month]
        self.query_one("#rows", VirtualTable).show_rows(rows)

    @on(VirtualTable.Opened, "#year")
    def go_to_rows(self) -> None:
        """Go to the drills of the unit."""
        self.query_one("#rows", VirtualTable).focus()

    @on(VirtualTable.Opened, "#rows")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Open the drill, or plan one for what is owed."""
        row: OwedRow = opened.row
        if row.drill is not None:
            self.app.push_screen(DrillScreen(row.drill))
        else:
            self.action_new()

    def action_new(self) -> None:
        """Plan a drill."""
        if self.facts is not None:
            row = self._owed_row()
            unit = self.query_one("#year", VirtualTable).row
            owed = row if row is not None and row.drill is None else None
            first = owed.unit if owed else unit.unit if unit is not None else None
            shown = [one for year in self.facts.units for month in year.months for one in month]
            unmet = [one for one in shown if one.drill is None]
            self.app.push_screen(
                plan_form(self.room, self.facts.unit_names, self.facts.settings, first, owed, unmet=unmet)
            )

    def action_move_due(self) -> None:
        """Move the due day of the row under the cursor."""
        row = self._owed_row()
        if row is None or not row.obligation:
            self.duty_app.say_in_passing(say("Go to an owed drill in the lower list first."))
        elif self.facts is not None:
            self.app.push_screen(move_due_form(self.room, row, self.facts.today))

    def action_assign(self) -> None:
        """Say which standing drill meets the owed one under the cursor."""
        row = self._owed_row()
        if row is None or not row.obligation or self.facts is None:
            self.duty_app.say_in_passing(say("Go to an owed drill in the lower list first."))
            return
        fitting = [drill for drill in self.facts.drills if (drill.unit, drill.plan) == (row.unit, row.plan)]
        if fitting:
            self.app.push_screen(assign_form(self.room, row, fitting))
        else:
            self.duty_app.say_in_passing(
                say("No drill of {plan} stands for this unit. Plan one with n.", plan=row.plan)
            )

    def action_settings(self) -> None:
        """Change the office's figures."""
        if self.facts is not None:
            self.app.push_screen(settings_form(self.room, self.facts.settings))

    def action_obligations(self) -> None:
        """Go to the obligations."""
        self.app.push_screen(ObligationsScreen())

    def action_year(self, by: int) -> None:
        """Show another year."""
        if self.facts is not None:
            self._year = self.facts.year + by
            self.read_anew()

    def action_plan_year(self) -> None:
        """Plan the year shown, after a look at how many drills that makes."""
        if self.facts is not None:
            start(self, partial(self._ask_to_plan, self.facts.year, self.facts.unit_names), "plan")

    async def _ask_to_plan(self, year: int, names: Mapping[str, str]) -> None:
        room = self.room
        act = room.act()
        proposed = await room.runner.read(
            lambda: reading.proposed_year(room.store, year, local_day(room.clock.now(), room.zone), room.zone)
        )
        placed = [one for one in proposed if one.on is not None]
        if not proposed:
            self.duty_app.say_in_passing(say("Everything owed in {year} has its drill.", year=year))
            return
        lines: list[Sentence] = [
            say(
                "{day}: {plan}, {unit}, due {due}",
                day=one.on,
                plan=one.obligation.plan,
                unit=names[one.obligation.unit],
                due=one.occurrence.due_on,
            )
            for one in placed
        ]
        lines += [
            say("{plan}, {unit}: {why}", plan=one.obligation.plan, unit=names[one.obligation.unit], why=one.why_not)
            for one in proposed
            if one.on is None
        ]
        confirm = Confirm(say("Plan these drills of {year}?", year=year), *lines, act=say("Plan them"))
        self.app.push_screen(confirm, lambda answer: self._plan(act, year) if answer else None)

    def _plan(self, act: Act, year: int) -> None:
        self.run_command(_planned(self.room, act, year))

    def _owed_row(self) -> OwedRow | None:
        rows = self.query_one("#rows", VirtualTable)
        row: OwedRow | None = rows.row if rows.has_focus else None
        return row


def _planned(room: Room, act: Act, year: int) -> Callable[[], Sentence]:
    from floodready.drills import commands

    return lambda: say(
        "Drills planned: {planned}", planned=len(commands.plan_year(room.store, act, year=year, zone=room.zone))
    )


def _legend(year: int) -> Sentence:
    return say(
        "{year}  {done} done  {held} not evaluated  {planned} planned  {missed} missed  {due} due  {overdue} overdue"
        "  {later} later",
        year=year,
        done=MARK[Standing.DONE],
        held=MARK[Standing.HELD],
        planned=MARK[Standing.PLANNED],
        missed=MARK[Standing.MISSED],
        due=MARK[Standing.DUE],
        overdue=MARK[Standing.OVERDUE],
        later=MARK[Standing.LATER],
    )
