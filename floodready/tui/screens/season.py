"""The season: stations with their curves, warnings and clocks, the level that is suggested and the one declared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_as, verbatim
from floodready.organisation.lookup import active_units
from floodready.organisation.models import Person, Unit
from floodready.season.measure import figure
from floodready.season.models import Season, Station
from floodready.season.models_level import LevelTable
from floodready.season.models_report import SeasonSettings
from floodready.season.settings import seasons_for
from floodready.season.situation import Situation, situation, stations_for
from floodready.season.suggestion import is_higher
from floodready.season.thresholds import thresholds_on
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import no_unit
from floodready.tui.room import Room
from floodready.tui.screens import season_forms, season_reading_forms
from floodready.tui.screens.choose_unit import ChooseUnit
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.pillar_screen import AnyPillarScreen, PillarScreen
from floodready.tui.screens.season_calendar import SeasonsScreen
from floodready.tui.screens.season_call_out import show_call_out
from floodready.tui.screens.season_import import SeasonImportScreen, Source, ask_file
from floodready.tui.screens.season_levels import LevelTableScreen
from floodready.tui.screens.season_reports import ReportClocksScreen
from floodready.tui.screens.season_rows import (
    ClockRow,
    StationRow,
    clock_rows,
    explained,
    situation_told,
    station_row,
    station_told,
    unit_of_document,
)
from floodready.tui.widgets.plot import Across, Plot
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words
from floodready.tui.work import start


@frozen
class SeasonFacts:
    """What the screen shows."""

    units: list[Unit]
    """All there are, in their tree, for choosing one."""
    unit: Unit | None
    now: Situation | None
    why: tuple[Sentence, ...]
    """Why this level is suggested, who declared which, and on whose authority."""
    stations: list[StationRow]
    clocks: list[ClockRow]
    has_seasons: bool = False
    """Whether the unit, or one above it, has any flood season entered."""


STATION_COLUMNS: tuple[Column[StationRow], ...] = (
    Column(id="station", heading=say("Station"), cell=lambda r: r.station.name, width=20, grow=1),
    Column(id="kind", heading=say_as("station", "Measures"), cell=lambda r: r.station.kind.word, width=16, priority=4),
    Column(id="value", heading=say("Reading"), cell=lambda r: r.latest, width=13, right=True,
           order=lambda r: r.points[-1][1] if r.points else -1, tone=lambda r: r.tone),
    Column(id="at", heading=say("Time"), cell=lambda r: r.at, width=11, priority=3),
    Column(id="stands", heading=say("Stands"), cell=lambda r: r.stands, width=24, grow=3, tone=lambda r: r.tone),
)  # fmt: skip
CLOCK_COLUMNS: tuple[Column[ClockRow], ...] = (
    Column(id="left", heading=say("Clock"), cell=lambda r: r.left, width=14, tone=lambda r: r.tone),
    Column(id="what", heading=say("Warning, action or report"), cell=lambda r: r.what, width=30, grow=1),
)


SET_UP_ON: dict[str, Callable[[str], AnyPillarScreen]] = {
    Season.table: SeasonsScreen,
    SeasonSettings.table: ReportClocksScreen,
    LevelTable.table: LevelTableScreen,
}
"""Which screen shows the documents of a table, for a unit."""


class SeasonScreen(PillarScreen[SeasonFacts]):
    """Stations, warnings and the response level of the unit of whoever is signed in, or of another one."""

    TITLE_WORDS = say("Season")
    HELP_WORDS = say("A level is suggested by the readings; a person declares it, with authority and reason.")
    TABLES = frozenset({"season.", "organisation."})
    TIMED = True
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - Textual declares a list
    DEFAULT_CSS = """
    SeasonScreen {
        #level { margin: 0 0 1 0; height: auto; }
        #stations { height: 1fr; }
        #curve { height: 7; }
        #season-clocks { height: 4; }
        &.-wide {
            #below { layout: horizontal; height: 16; }
            #curve { width: 2fr; height: 100%; }
            #season-clocks { width: 1fr; height: 100%; }
        }
        #below { height: auto; }
        /* Of a very small terminal the stations get the rows that their curve would take. */
        &.-low #curve { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("season.reading", "r,space", "reading", say("reading"), say("Record what the station showed.")),
        bind("season.declare", "d", "declare", say("declare"), say("Declare a response level.")),
        bind("season.lower", "l", "lower", say("lower"), say("Lower or end the response level.")),
        bind("season.warning", "w", "warning", say("warning"), say("Record a warning that came in.")),
        bind("season.unit", "u", "unit", say("unit"), say("Show another unit.")),
        bind("season.threshold", "t", "threshold", say("threshold"),
             say("Set a threshold of the station, from a day on."), shown=False),
        bind("season.correct", "c", "correct", say("correct"), say("Correct the last reading of the station."),
             shown=False),
        bind("season.change", "m", "change", say("change station"), say("Change the station, or take it out of use."),
             shown=False),
        bind("season.event", "v", "event", say("event"), say("Something happened: start its report clocks."),
             shown=False),
        bind("season.station", "n", "station", say("new station"), say("Add a station."), shown=False),
        bind("season.what_if", "i", "what_if", say("what if"),
             say("Readiness under a response level before it is declared."), shown=False),
        bind("season.seasons", "y", "seasons", say("seasons"), say("The flood seasons of the unit, year by year."),
             shown=False),
        bind("season.clocks", "o", "report_clocks", say("report clocks"), say("By which clocks reports are due."),
             shown=False),
        bind("season.levels", "b", "levels", say("level table"), say("What each response level demands of the unit."),
             shown=False),
        bind("season.call_out", "p", "call_out", say("call out"), say("Whom the level in force calls out."),
             shown=False),
        bind("season.import", "I", "import_file", say("import"),
             say("Import readings or stations from a file: dry run first."), shown=False),
        bind("season.answer", "a", "answer", say("decide, send"),
             say("Decide on the warning, finish the action or send the report of the clock under the cursor."),
             shown=False),
        bind("season.explain", "e", "explain", say("explain"), say("Why this level is suggested.")),
    ]  # fmt: skip

    chosen: str | None = None
    """The unit that was chosen; None for that of whoever is signed in."""

    def body(self) -> ComposeResult:
        yield Words(id="level")
        yield VirtualTable(
            STATION_COLUMNS,
            lambda row: row.station.id,
            empty=say("No station yet."),
            first=say("Press n to add the first, or I to import them from a file."),
            id="stations",
        )
        with Vertical(id="below"):
            yield Plot(self.room.zone, id="curve")
            yield VirtualTable(
                CLOCK_COLUMNS,
                lambda row: row.key,
                empty=say("No clock is running."),
                id="season-clocks",
            )

    def read_facts(self, view: View, room: Room) -> SeasonFacts:
        units = active_units(view)
        person = view.get(Person, room.person) if room.person else None
        wanted = self.chosen or (person.unit if person else None)
        unit = next((unit for unit in units if unit.id == wanted), units[0] if units else None)
        if unit is None:
            return SeasonFacts(units=[], unit=None, now=None, why=(), stations=[], clocks=[])
        now = situation(view, unit.id, room.at(), room.zone)
        return SeasonFacts(
            units=units,
            unit=unit,
            now=now,
            has_seasons=bool(seasons_for(view, unit.id)),
            why=tuple(explained(view, now)),
            stations=[station_row(view, station, room) for station in stations_for(view, unit.id)],
            clocks=clock_rows(view, unit.id, room),
        )

    def show_facts(self, facts: SeasonFacts) -> None:
        level = self.query_one("#level", Words)
        level.say(*situation_told(facts.unit, facts.now, no_unit(self.room), has_seasons=facts.has_seasons))
        raised = facts.now is not None and is_higher(facts.now.suggestion.level, facts.now.level)
        level.set_class(raised, "-watch")
        self.query_one("#stations", VirtualTable).show_rows(facts.stations)
        self.query_one("#season-clocks", VirtualTable).show_rows(facts.clocks)

    def open_document(self, table: str, id: str) -> None:
        """Go to a station, a warning or a report, showing its unit; to what is set up on the screen it is set on."""
        found = self.query_one("#stations" if table == Station.table else "#season-clocks", VirtualTable)
        if found.go_to(id):
            found.focus()
        else:
            start(self, partial(self._go_to_unit_of, table, id), "unit-of")

    async def _go_to_unit_of(self, table: str, id: str) -> None:
        unit = await self.room.runner.read(partial(unit_of_document, self.room, table, id))
        if self.facts is None or unit not in {one.id for one in self.facts.units}:
            return
        if self.facts.unit is None or self.facts.unit.id != unit:
            self.chosen = unit
            self.reveal_anew(table, id)
        elif table in SET_UP_ON:
            screen = SET_UP_ON[table](unit)
            screen.reveal(table, id)
            self.app.push_screen(screen)

    @on(VirtualTable.Moved, "#stations")
    def draw_curve(self, moved: VirtualTable.Moved) -> None:
        """Show the curve of the station under the cursor."""
        row = moved.row
        if row is None:
            return
        day = local_day(self.room.at(), self.room.zone)
        lines = [Across(t.mark.word, t.value) for t in thresholds_on(row.station, day).values()]
        kind = row.station.kind
        self.query_one(Plot).draw(row.points, lines, lambda value: figure(value, kind))

    @on(VirtualTable.Opened, "#stations")
    def open_station(self, opened: VirtualTable.Opened) -> None:
        """Show the thresholds and the last readings of a station."""
        self.app.push_screen(Notice(verbatim(opened.row.station.name), *station_told(opened.row, self.room)))

    @on(VirtualTable.Opened, "#season-clocks")
    def answer_clock(self, opened: VirtualTable.Opened) -> None:
        """Decide on the warning or record that it was lifted, finish the action, or send the report."""
        self.app.push_screen(season_forms.answer(self.room, opened.row.of))

    def action_answer(self) -> None:
        """Answer the clock under the cursor, from wherever the focus is; it is the most urgent one unless moved."""
        row = self.query_one("#season-clocks", VirtualTable).row
        if row is None:
            self.duty_app.say_in_passing(say("No clock is running."))
        else:
            self.app.push_screen(season_forms.answer(self.room, row.of))

    def action_reading(self) -> None:
        self._with_station(lambda row: season_reading_forms.reading(self.room, row.station))

    def action_unit(self) -> None:
        if self.facts is not None and self.facts.unit is not None:
            self.app.push_screen(ChooseUnit(self.facts.units, self.facts.unit), self._show_unit)

    def action_threshold(self) -> None:
        self._with_station(lambda row: season_forms.threshold(self.room, row.station))

    def action_correct(self) -> None:
        self._with_station(self._correction)

    def action_change(self) -> None:
        self._with_station(lambda row: season_forms.change_station(self.room, row.station))

    def action_event(self) -> None:
        self._with_situation(season_forms.event)

    def action_declare(self) -> None:
        if self.facts is not None and self.facts.now is not None:
            form = season_forms.declare(self.room, self.facts.now)
            self.app.push_screen(form, partial(self._call_out, self.facts.now.unit))

    def action_call_out(self) -> None:
        if self.facts is not None and self.facts.now is not None:
            show_call_out(self, self.facts.now.unit)

    def action_seasons(self) -> None:
        self._for_unit(SeasonsScreen)

    def action_report_clocks(self) -> None:
        self._for_unit(ReportClocksScreen)

    def action_import_file(self) -> None:
        """Ask for a file; show what it would do once it can be read."""
        if self.facts is None or self.facts.unit is None:
            return
        asked: list[Source] = []

        def show(read: bool | None) -> None:
            if read:
                self.app.push_screen(SeasonImportScreen(asked[-1]))

        self.app.push_screen(ask_file(self.room, self.facts.unit.id, asked.append), show)

    def action_levels(self) -> None:
        self._for_unit(LevelTableScreen)

    def action_lower(self) -> None:
        self._with_situation(season_forms.lower)

    def action_warning(self) -> None:
        self._with_situation(season_forms.warning)

    def action_station(self) -> None:
        self._with_situation(season_forms.station)

    def action_explain(self) -> None:
        if self.facts is not None and self.facts.now is not None:
            self.app.push_screen(Notice(say("The response level"), *self.facts.why))

    def _show_unit(self, unit: str | None) -> None:
        if unit is not None:
            self.chosen = unit
            self.read_anew()

    def _call_out(self, unit: str, declared: bool | None) -> None:
        if declared:
            show_call_out(self, unit, on_request=False)

    def _for_unit(self, screen: Callable[[str], AnyPillarScreen]) -> None:
        if self.facts is not None and self.facts.unit is not None:
            self.app.push_screen(screen(self.facts.unit.id))

    def _correction(self, row: StationRow) -> Form | None:
        return season_reading_forms.correct(self.room, row.station, row.last) if row.last is not None else None

    def _with_station(self, form: Callable[[StationRow], Form | None]) -> None:
        row = self.query_one("#stations", VirtualTable).row
        made = form(row) if row is not None else None
        if made is not None:
            self.app.push_screen(made)

    def action_what_if(self) -> None:
        from floodready.tui.screens.readiness.what_if import WhatIfScreen

        self.app.push_screen(WhatIfScreen())

    def _with_situation(self, form: Callable[[Room, Situation], Form]) -> None:
        if self.facts is not None and self.facts.now is not None:
            self.app.push_screen(form(self.room, self.facts.now))
