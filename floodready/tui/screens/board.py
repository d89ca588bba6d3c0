"""The board: are we ready, why not, who is on duty, which clocks run, what must be done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from floodready.clock import local_day, local_time
from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, verbatim
from floodready.organisation.lookup import unit_names
from floodready.readiness.alike import cause_told, subjects_told, together
from floodready.readiness.assembly import Readiness
from floodready.readiness.forecast import Day, forecast
from floodready.readiness.headline import counts, decisive
from floodready.readiness.line import Colour, Kind, LineStatus
from floodready.readiness.outlook import season_end
from floodready.readiness.overriding import counted
from floodready.readiness.rollup import UnitStatus
from floodready.store.contract import View
from floodready.tui.board_panels import CLOCKS, ON_DUTY, Note, notes
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_UNIT, SET_UP
from floodready.tui.pillars import pillar_of
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.day_strip import DayStrip
from floodready.tui.widgets.light import TONES, Headline, light_told
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

_KINDS = {
    Kind.STOCK: say("stock"),
    Kind.SET: say("sets"),
    Kind.EQUIPMENT: say("equipment"),
    Kind.DUTY: say("duty"),
    Kind.DRILL: say("drills"),
    Kind.HAZARD: say("hazards"),
    Kind.REPORT: say("reports"),
    Kind.SEASON: say("season"),
    Kind.ORGANISATION: say("organisation"),
}
_HEADINGS = {"on-duty": say("On duty"), "clocks": say("Clocks running"), "acts": say("What to do next")}


@frozen
class Light:
    """One row of the lights: a unit with its counts, or one line under it."""

    key: str
    colour: Colour
    what: Sentence
    kind: Sentence = NOTHING
    cause: Sentence = NOTHING
    act: Sentence = NOTHING
    until: str = ""
    status: LineStatus | None = None
    """The line; None for a unit."""
    alike: Sequence[LineStatus] = ()
    """Further lines that say the same, and are told by this one."""
    decisive: LineStatus | None
    """The line that makes the row what it is; None where every line under it is in order."""


@frozen
class Board:
    """Everything the board shows."""

    answer: Readiness
    names: Mapping[str, str]
    """Names of units by id."""
    on_duty: list[Note]
    clocks: list[Note]
    days: Sequence[Day]
    """The forecast to the season's end."""
    room: Room


LIGHT_COLUMNS: tuple[Column[Light], ...] = (
    Column(id="state", heading=say("State"), width=13, tone=lambda r: TONES[r.colour],
           cell=lambda r: light_told(r.status) if r.status else say("{mark} {word}", mark=mark(r.colour.mark),
           word=r.colour.word), order=lambda r: -r.colour.severity),
    Column(id="what", heading=say("Unit and line"), cell=lambda r: r.what, width=20, grow=2,
           tone=lambda r: Tone.STRONG if r.status is None else None),
    Column(id="kind", heading=say("Pillar"), cell=lambda r: r.kind, width=10, priority=3, tone=lambda _: Tone.MUTED),
    Column(id="cause", heading=say("Why"), cell=lambda r: r.cause, width=24, grow=4),
    Column(id="act", heading=say("Next"), cell=lambda r: r.act, width=24, grow=4, priority=2),
    Column(id="until", heading=say("Until"), cell=lambda r: r.until, width=16, priority=4, tone=lambda _: Tone.MUTED),
)  # fmt: skip


class BoardScreen(PillarScreen[Board]):
    """The first screen, and the one on the wall."""

    TITLE_WORDS = say("Board")
    HELP_WORDS = say("Are we ready, and why not. Enter opens what a line speaks of; e shows its arithmetic.")
    TIMED = True
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high"), (30, "-tall")]  # noqa: RUF012 - Textual declares a list
    DEFAULT_CSS = """
    BoardScreen {
        #board { height: 1fr; }
        #headline { padding: 1 1 0 1; }
        #counts { padding: 0 1; color: $tone-muted; }
        #days { margin: 0 1 1 1; }
        #lights { height: 1fr; }
        #detail { display: none; height: 5; padding: 0 1; margin: 1 0 0 0; }
        &.-tall #detail { display: block; }
        /* Of a very small terminal the lights get the rows: what else the board shows is a key away. */
        &.-low #panels, &.-low #days { display: none; }
        #panels { height: auto; max-height: 10; }
        #acts { height: 4; }
        #now VirtualTable { height: 1fr; }
        #now { height: 5; }
        &.-wide {
            #board { layout: horizontal; }
            #main { width: 1fr; height: 1fr; }
            #panels { width: 30%; min-width: 46; max-width: 80; height: 1fr; max-height: 100%; }
            #acts { height: 1fr; }
            #now { layout: vertical; height: 1fr; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("board.explain", "e", "explain", say("explain"), say("Explain the line to its last movement.")),
        bind("board.forecast", "f", "look('forecast')", say("forecast"),
             say("Every day to the season's end: what turns, why, and which act mends most.")),
        bind("board.tree", "t", "look('tree')", say("tree"),
             say("Unit, site, capability and lines, the worst first.")),
        bind("board.what_if", "w", "look('what_if')", say("what if"),
             say("Readiness under a response level before it is declared."), shown=False),
        bind("board.all", "a", "all", say("all lines"),
             say("Show every line for itself, also those in order, or only what is wrong."), shown=False),
        bind("board.checklist", "c", "look('checklist')", say("checklist"),
             say("The pre-season check: all that is not ready, as a campaign of records."), shown=False),
        bind("board.briefs", "b", "look('briefs')", say("briefs"),
             say("Shift brief, daily brief, season report and inspection pack, to read and to print."), shown=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._all = False

    def body(self) -> ComposeResult:
        with Vertical(id="board"):
            with Vertical(id="main"):
                yield Headline(id="headline")
                yield Words(id="counts")
                yield DayStrip(id="days")
                yield VirtualTable(
                    LIGHT_COLUMNS,
                    lambda row: row.key,
                    empty=NO_UNIT,
                    first=SET_UP,
                    id="lights",
                )
                yield Words(id="detail")
            with Vertical(id="panels"):
                if ON_DUTY or CLOCKS:
                    with Horizontal(id="now"):
                        if ON_DUTY:
                            yield _panel("on-duty", say("Nobody is on duty now."))
                        if CLOCKS:
                            yield _panel("clocks", say("No clock is running."))
                yield _panel("acts", say("Nothing has to be done."))

    def read_facts(self, view: View, room: Room) -> Board:
        return read_board(view, room)

    def show_facts(self, facts: Board) -> None:
        answer = facts.answer
        self.query_one(Headline).tell(answer.colour, answer.headline)
        self.query_one("#counts", Words).say(_counts(answer) if answer.units else NOTHING)
        self.query_one(DayStrip).show_days(facts.days)
        self.query_one("#lights", VirtualTable).show_rows(list(lights(facts, all=self._all, one_by_one=self._all)))
        for panel, found in (("on-duty", facts.on_duty), ("clocks", facts.clocks), ("acts", list(acts(facts)))):
            for table in self.query(f"#{panel}").results(VirtualTable):
                table.show_columns([_column(_HEADINGS[panel], len(found))])
                table.show_rows(found)

    @on(VirtualTable.Moved, "#lights")
    def tell_whole(self, moved: VirtualTable.Moved) -> None:
        """Show whole what the columns cut of the line under the cursor, where there is room."""
        self.query_one("#detail", Words).say(*(whole(moved.row) if moved.row is not None else ()))

    def action_explain(self) -> None:
        """Explain the line under the cursor, or the one that makes the unit what it is."""
        from floodready.tui.screens.readiness.explain import open_explanation

        light = self.query_one("#lights", VirtualTable).row
        if light is not None:
            open_explanation(self.duty_app, light.decisive)

    def action_look(self, screen: str) -> None:
        """Open one of the screens behind the board."""
        self.app.push_screen(_behind(screen))

    def action_all(self) -> None:
        self._all = not self._all
        if self.facts is not None:
            self.show_facts(self.facts)

    @on(VirtualTable.Opened)
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Go to what the line speaks of; a line without a document of its own is explained."""
        row = opened.row
        opens = row.opens if isinstance(row, Note) else row.status and row.status.line.opens
        if opens and pillar_of(opens[0]):
            self.duty_app.open_document(*opens)
        elif isinstance(row, Light):
            self.action_explain()


def read_board(view: View, room: Room) -> Board:
    """Read everything the board shows, here and on the wall. In the store's thread only."""
    at = room.at()
    answer = room.readiness(view, at)
    end, _ = season_end(view, local_day(at, room.zone))
    lines = [status.line for unit in answer.units for status in unit.lines()]
    return Board(
        answer=answer,
        days=forecast(lines, at, end, room.zone) if lines else (),
        names=unit_names(view),
        on_duty=notes(ON_DUTY, view, at, room.zone),
        clocks=notes(CLOCKS, view, at, room.zone),
        room=room,
    )


def _panel(id: str, empty: Sentence) -> VirtualTable[Note]:
    return VirtualTable([_column(_HEADINGS[id])], lambda note: str(note.text), empty=empty, id=id)


def _column(heading: Sentence, count: int = 0) -> Column[Note]:
    """Head a panel with how many lines it has: where they do not fit, nobody takes the first for all."""
    counted = say("{heading}: {count}", heading=heading, count=count) if count else heading
    return Column(id="text", heading=counted, cell=lambda n: n.text, width=10, grow=1, tone=lambda n: n.tone)


def lights(board: Board, *, all: bool = False, one_by_one: bool = False) -> Iterator[Light]:
    """Give the units with their counts, and under each its lines, the worst first; green ones only with `all`.

    Many that say the same are one row, unless they are wanted `one_by_one`.
    """
    for unit in board.answer.units:
        yield from _unit_lights(unit, board, all, one_by_one, 0)


def _unit_lights(unit: UnitStatus, board: Board, all: bool, one_by_one: bool, depth: int) -> Iterator[Light]:
    yield Light(
        key=f"unit {unit.unit}",
        colour=unit.colour,
        what=verbatim("  " * depth + board.names.get(unit.unit, unit.unit)),
        cause=counts([unit]),
        decisive=decisive(unit.lines()),
    )
    own = [line for site in unit.sites for capability in site.capabilities for line in capability.lines]
    ordered = sorted(own, key=lambda s: (s.line.importance, -s.colour.severity, s.line.id))
    shown = [status for status in ordered if all or status.colour is not Colour.GREEN or status.overriding is not None]
    for group in [[status] for status in shown] if one_by_one else together(shown):
        yield _line_light(group, board, depth + 1)
    for below in sorted(unit.below, key=lambda u: -u.colour.severity):
        yield from _unit_lights(below, board, all, one_by_one, depth + 1)


def _line_light(group: Sequence[LineStatus], board: Board, depth: int) -> Light:
    status, *alike = group
    line = status.line
    return Light(
        key=line.id,
        colour=status.colour,
        what=say("{indent}{subject}", indent="  " * depth, subject=subjects_told(group)),
        kind=_KINDS[line.kind],
        cause=cause_told(group),
        act=status.act or NOTHING,
        until=local_time(status.until, board.room.zone) if status.until else "",
        status=status,
        alike=alike,
        decisive=status,
    )


def whole(light: Light) -> Iterator[Sentence]:
    """Say a row of the lights whole: why it stands so, what is to be done next, until when."""
    yield say("Why: {cause}", cause=light.cause)
    if light.alike:
        yield say("Alike: {subjects}", subjects=listed([status.line.subject for status in light.alike]))
    if light.act is not NOTHING:
        yield say("Next: {act}", act=light.act)
    if light.until:
        yield say("Until: {time}", time=verbatim(light.until))


def acts(board: Board) -> Iterator[Note]:
    """Give what is to be done, each act once, in the order of what matters most."""
    told: set[str] = set()
    for status in board.answer.wrong:
        if status.act is None or str(status.act) in told:
            continue
        told.add(str(status.act))
        text = say("{mark} {act}", mark=mark(status.colour.mark), act=status.act)
        yield Note(text=text, tone=TONES[status.colour], opens=status.line.opens)


def _counts(answer: Readiness) -> Sentence:
    told = say("{counts}; progress {percent} %", counts=answer.counts, percent=answer.progress)
    overrides = counted(status for unit in answer.units for status in unit.lines())
    return told if overrides is None else say("{told}; {overrides}", told=told, overrides=overrides)


def _behind(screen: str) -> PillarScreen[Any]:
    # Imported when first asked for: the first frame of the board needs none of them.
    from floodready.tui.screens.briefs import BriefsScreen
    from floodready.tui.screens.readiness.checklist import ChecklistScreen
    from floodready.tui.screens.readiness.forecast import ForecastScreen
    from floodready.tui.screens.readiness.tree import TreeScreen
    from floodready.tui.screens.readiness.what_if import WhatIfScreen

    made: dict[str, type[PillarScreen[Any]]] = {
        "forecast": ForecastScreen, "tree": TreeScreen, "what_if": WhatIfScreen, "checklist": ChecklistScreen,
        "briefs": BriefsScreen,
    }  # fmt: skip
    return made[screen]()
