"""One record: the moves that are possible now, its chain, clock, rounds and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person
from floodready.rectification.accountability import who_knew
from floodready.rectification.models import Finding
from floodready.rectification.reading import the_finding
from floodready.rectification.states import State
from floodready.rectification.transitions import Move, legal_moves
from floodready.rectification.views import finding_sheet
from floodready.rectification.views_sheet import Told, sheet_lines
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.forms import attach_form, move_form
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """One record in words, and what its forms need."""

    record: Finding
    lines: list[tuple[int, Told]]
    moves: list[Move]
    people: dict[str, str]
    others: dict[str, str]
    """Open records that it may be merged into: number and description."""
    knew: list[Sentence]
    today: date


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
        bind("record.knew", "w", "knew", say("who knew"), say("Who knew what when, from the journal.")),
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
        history = room.store.history(Finding.table, self._number)
        sheet = finding_sheet(view, record, room.at(), room.zone)
        return RecordFacts(
            record=record,
            lines=list(enumerate(sheet_lines(sheet, room.zone))),
            moves=list(legal_moves(record)),
            people={person.id: person.name for person in view.all(Person) if person.active},
            others={
                one.id: one.description
                for one in view.all(Finding)
                if one.is_open and one.id != record.id and not one.is_task
            },
            knew=[
                say("{time} {person}: {command}, {state}", time=local_time(moment.at, room.zone),
                    person=verbatim(moment.person), command=verbatim(moment.command), state=State(moment.state).word)
                for moment in who_knew(history, self._number, room.at())
            ],
            today=local_day(room.at(), room.zone),
        )  # fmt: skip

    def show_facts(self, facts: RecordFacts) -> None:
        self.query_one("#moves", VirtualTable).show_rows(facts.moves)
        self.query_one("#sheet", VirtualTable).show_rows(facts.lines)

    @on(VirtualTable.Opened, "#moves")
    def make_move(self) -> None:
        """Ask what the move under the cursor needs."""
        move: Move | None = self.query_one("#moves", VirtualTable).row
        if move is not None and self.facts is not None:
            form = move_form(self.room, move, self.facts.record, self.facts.people, self.facts.others, self.facts.today)
            self.app.push_screen(form)

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
        if self.facts is not None:
            self.app.push_screen(Notice(say("Who knew what when"), *self.facts.knew))
