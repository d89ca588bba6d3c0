"""The board by state: one column a state, one card a record; the columns scroll sideways where there is no room."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, verbatim
from floodready.rectification.models import Finding
from floodready.rectification.states import State
from floodready.rectification.transitions import forward_move
from floodready.rectification.views import FindingRow, finding_rows, light_told
from floodready.store.contract import View
from floodready.text import shortened
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.forms import move_form
from floodready.tui.screens.rectification.light_tones import TONES
from floodready.tui.screens.rectification.opening_forms import new_hazard_form
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.theme import mark
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

SHOWN = (State.FOUND, State.GRADED, State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.CLOSED)
NARROWEST = 22
"""Cells that a column needs at least."""
CARD: tuple[Column[FindingRow], ...] = (
    Column(id="number", heading=say("No."), cell=lambda r: f"{mark(r.light.mark)} {r.id.rpartition('-')[2]}", width=6,
           order=lambda r: r.light.rank, tone=lambda r: TONES[r.light]),
    Column(id="what", heading=say("Description"), cell=lambda r: r.description, width=11, grow=1),
    # Read by the filter only: they never have room in a column.
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=60, priority=9),
    Column(id="source", heading=say("Comes from"), cell=lambda r: r.source.word, width=60, priority=9),
    Column(id="id", heading=say("Case number"), cell=lambda r: r.id, width=60, priority=9),
)  # fmt: skip


class StateColumn(VirtualTable[FindingRow]):
    """The cards of one state."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("states.left", "left,h", "screen.column(-1)", say("left"), say("To the column on the left."), shown=False),
        bind("states.right", "right,l", "screen.column(1)", say("right"), say("To the column on the right."),
             shown=False),
    ]  # fmt: skip


@frozen
class BoardFacts:
    """The cards by state, and what the forms need."""

    rows: dict[State, list[FindingRow]]
    records: dict[str, Finding]
    form: FormFacts


class StateBoardScreen(PillarScreen[BoardFacts]):
    """Records by state, as cards in columns."""

    DEFAULT_CSS = """
    StateBoardScreen {
        #states { height: auto; max-height: 2; color: $tone-muted; }
        #columns { height: 1fr; }
        #columns > Vertical { width: 1fr; border-left: solid $panel; }
        #columns .state--title { height: 1; padding: 0 1; background: $surface; text-style: bold; }
        #columns > Vertical:focus-within .state--title { background: $cursor; color: $cursor-text; }
        #card { height: 3; background: $surface; }
    }
    """
    TITLE_WORDS = say("By state")
    HELP_WORDS = say("Left, right or h and l change the column; space makes the move that carries the record on.")
    TABLES = frozenset({"rectification.", "organisation."})
    TIMED = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("states.onward", "space", "onward", say("move on"), say("Make the move that carries the record on.")),
        bind("states.new", "n", "new", say("hazard"), say("Open a record for a hazard that was found.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def body(self) -> ComposeResult:
        yield Words(id="states")
        with Horizontal(id="columns"):
            for state in SHOWN:
                with Vertical(id=f"of-{state.name.lower()}"):
                    yield Words(state.word, classes="state--title")
                    yield StateColumn(CARD, lambda row: row.id, empty=verbatim("–"), id=f"cards-{state.name.lower()}")
        yield Words(id="card")

    def read_facts(self, view: View, room: Room) -> BoardFacts:
        every = finding_rows(view, room.at(), room.zone)
        return BoardFacts(
            rows={state: [row for row in every if row.state is state] for state in SHOWN},
            records={one.id: one for one in view.all(Finding)},
            form=form_facts(view, room),
        )

    def show_facts(self, facts: BoardFacts) -> None:
        first = self.focused is None
        for state in SHOWN:
            column = self._column(state)
            column.show_rows(facts.rows[state])
            title = self.query_one(f"#of-{state.name.lower()} .state--title", Words)
            title.say(say("{state} {count}", state=state.word, count=len(facts.rows[state])))
        if first:
            self._go(next((place for place, state in enumerate(SHOWN) if facts.rows[state]), 0))
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def action_column(self, by: int) -> None:
        """Go to the column beside."""
        self._go(max(0, min(self._at + by, len(SHOWN) - 1)))

    def action_onward(self) -> None:
        """Ask what the move that carries the record on needs."""
        row = self._row()
        if row is None or self.facts is None:
            return
        record = self.facts.records[row.id]
        move = forward_move(record)
        if move is None:
            self.app.push_screen(RecordScreen(row.id))
        else:
            self.app.push_screen(move_form(self.room, move, record, self.facts.form))

    def action_new(self) -> None:
        """Open a record for something found."""
        if self.facts is not None:
            self.app.push_screen(new_hazard_form(self.room, self.facts.form))

    @on(VirtualTable.Opened)
    def open_record(self, opened: VirtualTable.Opened) -> None:
        """Show the record under the cursor."""
        self.app.push_screen(RecordScreen(opened.row.id))

    @on(VirtualTable.Moved)
    def show_card(self) -> None:
        """Tell all of the card under the cursor."""
        self.query_one("#card", Words).say(*self._card())

    def on_descendant_focus(self) -> None:
        """Keep the column with the cursor in sight."""
        for place, state in enumerate(SHOWN):
            if self._column(state).has_focus:
                self._at = place
        self._arrange()
        self.show_card()
        # Textual does not restyle what stands beside the focus: the titles of the columns.
        self.app.update_styles(self.query_one("#columns"))

    def _go(self, place: int) -> None:
        self._at = place
        self._arrange()
        self._column(SHOWN[place]).focus()

    def _arrange(self) -> None:
        """Show as many columns as fit, the one with the cursor among them."""
        many = max(1, min(len(SHOWN), self.size.width // NARROWEST))
        first = max(0, min(self._at - many // 2, len(SHOWN) - many))
        for place, state in enumerate(SHOWN):
            self.query_one(f"#of-{state.name.lower()}").display = first <= place < first + many
        if self.facts is not None:
            counted = [say("{state} {count}", state=s.word, count=len(self.facts.rows[s])) for s in SHOWN]
            left, right = counted[:first], counted[first + many :]
            told = [say("on the left: {states}", states=listed(left))] if left else []
            told += [say("on the right: {states}", states=listed(right))] if right else []
            self.query_one("#states", Words).say(*told)

    def _card(self) -> list[Sentence]:
        row = self._row()
        if row is None:
            return [NOTHING]
        grade = say("meeting task") if row.is_task else row.grade.word if row.grade else say("not yet graded")
        head = say("{id}, {grade}, {light}, {unit}", id=verbatim(row.id), grade=grade, light=light_told(row),
                   unit=verbatim(row.unit_name))  # fmt: skip
        due = say("Deadline {day}, responsible {person}", day=row.deadline_on or "–",
                  person=verbatim(row.responsible or "–"))  # fmt: skip
        return [head, verbatim(shortened(row.description, 150)), due]

    def _row(self) -> FindingRow | None:
        return self._column(SHOWN[self._at]).row

    def _column(self, state: State) -> StateColumn:
        return self.query_one(f"#cards-{state.name.lower()}", StateColumn)
