"""One record: the moves that are possible now, its chain, clock, rounds and history."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.rectification.models import Finding
from floodready.rectification.reading import the_finding
from floodready.rectification.transitions import Move, MoveName, forward_move, legal_moves, move_named
from floodready.rectification.views import finding_sheet
from floodready.rectification.views_sheet import Told, sheet_lines
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.criteria import CriteriaScreen
from floodready.tui.screens.rectification.forms import move_form
from floodready.tui.screens.rectification.opening_forms import attach_form, incident_form
from floodready.tui.screens.rectification.who_knew import WhoKnewScreen
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class RecordFacts:
    """One record in words, and what its forms need."""

    record: Finding
    lines: list[tuple[int, Told]]
    moves: list[Move]
    form: FormFacts


class RecordScreen(PillarScreen[RecordFacts]):
    """One record."""

    DEFAULT_CSS = """
    RecordScreen #moves { height: 8; }
    """
    TITLE_WORDS = say("Record")
    HELP_WORDS = say("Above, the moves that are possible now: enter makes one. Below, all that is known of it.")
    TABLES = frozenset({"rectification.", "organisation."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "record.attach", "a", "attach", say("attach"), say("Attach a photo or paper; it is copied into the store.")
        ),
        bind("record.onward", "space", "onward", say("move on"), say("Make the move that carries the record on.")),
        bind("record.criteria", "c", "criteria", say("criteria"), say("Grade it by the items of the criteria lists.")),
        bind("record.knew", "w", "knew", say("who knew"), say("Who knew what when, from the journal.")),
        bind(
            "record.incident",
            "i",
            "incident",
            say("accident"),
            say("Record an accident that this hazard caused."),
        ),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def body(self) -> ComposeResult:
        moves: tuple[Column[Move], ...] = (
            Column(id="move", heading=say("Possible now"), cell=lambda move: move.word, width=30, grow=1),
        )
        facts: tuple[Column[tuple[int, Told]], ...] = (
            Column(id="head", heading=say("What"), cell=lambda line: line[1][0], width=20),
            Column(id="told", heading=say("Figure"), cell=lambda line: line[1][1], width=40, grow=1),
        )
        yield VirtualTable(moves, lambda move: move.name.value, empty=say("No move is possible any more."), id="moves")
        yield VirtualTable(facts, lambda line: str(line[0]), empty=say("Nothing is known."), id="sheet")

    def read_facts(self, view: View, room: Room) -> RecordFacts:
        record = the_finding(view, self._number)
        sheet = finding_sheet(view, record, room.at(), room.zone)
        return RecordFacts(
            record=record,
            lines=list(enumerate(sheet_lines(sheet, room.zone))),
            moves=list(legal_moves(record)),
            form=form_facts(view, room),
        )

    def show_facts(self, facts: RecordFacts) -> None:
        self.query_one("#moves", VirtualTable).show_rows(facts.moves)
        self.query_one("#sheet", VirtualTable).show_rows(facts.lines)
        self.refresh_bindings()

    @on(VirtualTable.Opened, "#moves")
    def make_move(self) -> None:
        """Ask what the move under the cursor needs."""
        move: Move | None = self.query_one("#moves", VirtualTable).row
        if move is not None:
            self._ask(move)

    def action_onward(self) -> None:
        """Make the move that carries the record on."""
        move = forward_move(self.facts.record) if self.facts is not None else None
        if move is not None:
            self._ask(move)

    def _ask(self, move: Move) -> None:
        if self.facts is not None:
            self.app.push_screen(move_form(self.room, move, self.facts.record, self.facts.form))

    @on(VirtualTable.Opened, "#sheet")
    def show_whole_line(self) -> None:
        """Show a line that is longer than the screen is wide."""
        line: tuple[int, Told] | None = self.query_one("#sheet", VirtualTable).row
        if line is not None:
            head, told = line[1]
            self.app.push_screen(Notice(head, told if isinstance(told, Sentence) else verbatim(told)))

    def action_attach(self) -> None:
        """Attach a file."""
        self.app.push_screen(attach_form(self.room, self._number))

    def action_knew(self) -> None:
        """Show who knew what when."""
        self.app.push_screen(WhoKnewScreen(self._number))

    def action_criteria(self) -> None:
        """Help with grading it."""
        self.app.push_screen(CriteriaScreen(self._number))

    def action_incident(self) -> None:
        """Record an accident that it caused."""
        if self.facts is not None:
            self.app.push_screen(incident_form(self.room, self.facts.form, self._number))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "criteria":
            return self.facts is not None and move_named(MoveName.GRADE) in self.facts.moves
        return super().check_action(action, parameters)
