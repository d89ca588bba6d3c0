"""The season: stations with their curves, warnings and clocks, the level that is suggested and the one declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Unit
from floodready.season.level import level_word
from floodready.season.measure import figure, shown
from floodready.season.models import FloodWarning, Station, Threshold
from floodready.season.models_report import Report
from floodready.season.projections import Curves
from floodready.season.situation import Situation, reports_for, situation, stations_for
from floodready.season.suggestion import is_higher
from floodready.season.thresholds import Point, next_above, reached, thresholds_on
from floodready.season.warning_clock import awaits_decision, decide_by
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens import season_forms
from floodready.tui.screens.clocks import AHEAD, BEHIND, remaining
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.plot import Across, Plot
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

CURVE = timedelta(days=10)
"""How far back the plot goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRow:
    """One station, worded."""

    station: Station
    points: tuple[Point, ...]
    latest: str
    at: str
    stands: Sentence
    """Which threshold it has reached, or how far the next one is."""
    tone: Tone | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """One warning or report with its clock."""

    key: str
    left: Sentence
    what: Sentence
    tone: Tone | None
    of: FloodWarning | Report


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonFacts:
    """What the screen shows."""

    unit: Unit | None
    now: Situation | None
    stations: list[StationRow]
    clocks: list[ClockRow]


STATION_COLUMNS: tuple[Column[StationRow], ...] = (
    Column(id="station", heading=say("Station"), cell=lambda r: r.station.name, width=20, grow=2),
    Column(id="kind", heading=say("Measures"), cell=lambda r: r.station.kind.word, width=16, priority=4),
    Column(id="value", heading=say("Reading"), cell=lambda r: r.latest, width=13, right=True,
           order=lambda r: r.points[-1][1] if r.points else -1, tone=lambda r: r.tone),
    Column(id="at", heading=say("Time"), cell=lambda r: r.at, width=11, priority=3),
    Column(id="stands", heading=say("Stands"), cell=lambda r: r.stands, width=24, grow=3, tone=lambda r: r.tone),
)  # fmt: skip
CLOCK_COLUMNS: tuple[Column[ClockRow], ...] = (
    Column(id="left", heading=say("Clock"), cell=lambda r: r.left, width=14, tone=lambda r: r.tone),
    Column(id="what", heading=say("Warning or report"), cell=lambda r: r.what, width=30, grow=1),
)


class SeasonScreen(PillarScreen[SeasonFacts]):
    """Stations, warnings and the response level of the unit of whoever is signed in."""

    TITLE_WORDS = say("Season")
    HELP_WORDS = say("A level is suggested by the readings; a person declares it, with authority and reason.")
    TABLES = frozenset({"season.", "organisation."})
    TIMED = True
    DEFAULT_CSS = """
    SeasonScreen {
        #level { padding: 0 1; margin: 0 0 1 0; height: auto; }
        #stations { height: 1fr; }
        #curve { height: 7; }
        #season-clocks { height: 4; }
        &.-wide {
            #below { layout: horizontal; height: 16; }
            #curve { width: 2fr; height: 100%; }
            #season-clocks { width: 1fr; height: 100%; }
        }
        #below { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("season.reading", "r,space", "reading", say("reading"), say("Record what the station showed.")),
        bind("season.declare", "d", "declare", say("declare"), say("Declare a response level.")),
        bind("season.lower", "l", "lower", say("lower"), say("Lower or end the response level.")),
        bind("season.warning", "w", "warning", say("warning"), say("Record a warning that came in.")),
        bind("season.station", "n", "station", say("new station"), say("Add a station."), shown=False),
        bind("season.what_if", "i", "what_if", say("what if"),
             say("Readiness under a response level before it is declared."), shown=False),
        bind("season.explain", "e", "explain", say("explain"), say("Why this level is suggested.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(id="level")
        yield VirtualTable(
            STATION_COLUMNS,
            lambda row: row.station.id,
            empty=say("No station yet. Press n to add the first, or import: floodready import stations FILE"),
            id="stations",
        )
        with Vertical(id="below"):
            yield Plot(self.room.zone, id="curve")
            yield VirtualTable(
                CLOCK_COLUMNS,
                lambda row: row.key,
                empty=say("No decision is owed and no report is due soon."),
                id="season-clocks",
            )

    def read_facts(self, view: View, room: Room) -> SeasonFacts:
        from floodready.organisation.models import Person

        person = view.get(Person, room.person) if room.person else None
        unit = view.get(Unit, person.unit) if person else next((u for u in view.all(Unit) if u.parent is None), None)
        if unit is None:
            return SeasonFacts(unit=None, now=None, stations=[], clocks=[])
        at = room.at()
        return SeasonFacts(
            unit=unit,
            now=situation(view, unit.id, at, room.zone),
            stations=[station_row(view, station, room) for station in stations_for(view, unit.id)],
            clocks=clock_rows(view, unit.id, room),
        )

    def show_facts(self, facts: SeasonFacts) -> None:
        level = self.query_one("#level", Words)
        level.say(*_situation(facts))
        raised = facts.now is not None and is_higher(facts.now.suggestion.level, facts.now.level)
        level.set_class(raised, "-watch")
        self.query_one("#stations", VirtualTable).show_rows(facts.stations)
        self.query_one("#season-clocks", VirtualTable).show_rows(facts.clocks)

    def open_document(self, table: str, id: str) -> None:
        """Go to a station, a warning or a report."""
        shown_in = "#stations" if table == Station.table else "#season-clocks"
        found = self.query_one(shown_in, VirtualTable)
        found.go_to(id)
        found.focus()

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
        """Decide on the warning, or send the report."""
        of = opened.row.of
        form = season_forms.decide if isinstance(of, FloodWarning) else season_forms.send
        self.app.push_screen(form(self.room, of))

    def action_reading(self) -> None:
        row = self.query_one("#stations", VirtualTable).row
        if row is not None:
            self.app.push_screen(season_forms.reading(self.room, row.station))

    def action_declare(self) -> None:
        self._with_situation(season_forms.declare)

    def action_lower(self) -> None:
        self._with_situation(season_forms.lower)

    def action_warning(self) -> None:
        self._with_situation(season_forms.warning)

    def action_station(self) -> None:
        self._with_situation(season_forms.station)

    def action_explain(self) -> None:
        if self.facts is not None and self.facts.now is not None:
            self.app.push_screen(Notice(say("The response level"), *explained(self.facts.now)))

    def action_what_if(self) -> None:
        from floodready.tui.screens.readiness.what_if import WhatIfScreen

        self.app.push_screen(WhatIfScreen())

    def _with_situation(self, form: Callable[[Room, Situation], Form]) -> None:
        if self.facts is not None and self.facts.now is not None:
            self.app.push_screen(form(self.room, self.facts.now))


def station_row(view: View, station: Station, room: Room) -> StationRow:
    """Word a station's last reading and what it means today."""
    at = room.at()
    points = tuple(view.projection(Curves).points(station.id, at - CURVE, at))
    last = points[-1] if points else view.projection(Curves).latest(station.id, at)
    if last is None:
        unknown = say("not known: no reading yet")
        return StationRow(station=station, points=(), latest="", at="", stands=unknown, tone=Tone.UNKNOWN)
    day = local_day(last[0], room.zone)
    met = reached(station, last[1], day)
    stands, tone = _stands(station, last[1], met, next_above(station, last[1], day))
    return StationRow(
        station=station,
        points=points or (last,),
        latest=shown(last[1], station.kind),
        at=local_time(last[0], room.zone).partition("-")[2],
        stands=stands,
        tone=tone,
    )


def clock_rows(view: View, unit: str, room: Room) -> list[ClockRow]:
    """Word the unit's warnings that await a decision and its reports that are due, the most urgent first."""
    at = room.at()
    found: list[tuple[Any, ClockRow]] = []
    for warning in view.find(FloodWarning, unit=unit):
        limit = decide_by(warning)
        if limit is not None and awaits_decision(warning) and warning.received_at <= at:
            what = say("{colour}: {hazard}, {area}, by {issuer}: decide", colour=warning.colour.word,
                       hazard=warning.hazard.word, area=verbatim(warning.area),
                       issuer=verbatim(warning.issuer))  # fmt: skip
            found.append((limit, _clock_row(warning.id, what, limit, room, warning)))
    for report in reports_for(view, unit, at - BEHIND, at + AHEAD, room.zone):
        if report.sent_at is None:
            what = say("{report} to {to}", report=verbatim(report.name), to=verbatim(report.to or "—"))
            found.append((report.due_at, _clock_row(report.id, what, report.due_at, room, report)))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def station_told(row: StationRow, room: Room) -> Iterable[Sentence]:
    """Say a station's thresholds with their days, and its last readings, the newest first."""
    station = row.station
    yield say("{kind}, in {unit}", kind=station.kind.word, unit=verbatim(station.kind.unit))
    for threshold in station.thresholds:
        yield say("{mark}: {value}, {days}", mark=threshold.mark.word, value=shown(threshold.value, station.kind),
                  days=_days(threshold))  # fmt: skip
    yield NOTHING
    for at, value in reversed(row.points[-12:]):
        yield verbatim(f"{local_time(at, room.zone)}  {shown(value, station.kind)}")


def explained(now: Situation) -> Iterable[Sentence]:
    """Say what suggests which level, who declared which, and what it demands."""
    yield now.suggestion.sentence
    for met in now.suggestion.met:
        yield met.sentence
    for station in now.suggestion.unknown:
        yield say("{station}: no reading that still counts", station=verbatim(station.name))
    yield NOTHING
    if now.declaration is None:
        yield level_word(None)
        return
    declared = now.declaration
    yield say("Declared: {level}, by {person}, on the authority of {authority}", level=level_word(declared.level),
              person=verbatim(declared.by), authority=verbatim(declared.authority))  # fmt: skip
    yield say("Reason: {reason}", reason=verbatim(declared.reason))


def _situation(facts: SeasonFacts) -> Iterable[Sentence]:
    now = facts.now
    if now is None or facts.unit is None:
        yield say("No unit yet. Set the store up first: floodready setup")
        return
    season = verbatim(now.season.name) if now.season else say("outside the flood season")
    unit = verbatim(facts.unit.name)
    main = say("main season") if now.main_season else NOTHING
    yield say("{unit}: {season} {main}", unit=unit, season=season, main=main)
    yield say("Declared: {level}", level=level_word(now.level))
    yield say("Suggested: {suggestion}", suggestion=now.suggestion.sentence)


def _stands(
    station: Station, value: int, met: list[Threshold], above: Threshold | None
) -> tuple[Sentence, Tone | None]:
    if met:
        level = next((t for t in met if t.mark.level is not None), met[0])
        tone = Tone.BAD if level.mark.level is not None else Tone.WATCH
        return say("! reached {mark} ({value})", mark=level.mark.word, value=shown(level.value, station.kind)), tone
    if above is None:
        return say("no threshold is set"), Tone.MUTED
    return say("{value} below {mark}", value=shown(above.value - value, station.kind), mark=above.mark.word), None


def _clock_row(key: str, what: Sentence, limit: Any, room: Room, of: FloodWarning | Report) -> ClockRow:
    late = limit < room.at()
    tone = Tone.BAD if late else Tone.WATCH if isinstance(of, FloodWarning) else None
    return ClockRow(key=key, left=remaining(limit, room.at()), what=what, tone=tone, of=of)


def _days(threshold: Threshold) -> Sentence:
    match threshold.valid_from, threshold.valid_until:
        case None, None:
            return say("always")
        case start, None:
            return say("from {day}", day=str(start))
        case None, end:
            return say("until {day}", day=str(end))
        case start, end:
            return say("from {first} to {last}", first=str(start), last=str(end))
