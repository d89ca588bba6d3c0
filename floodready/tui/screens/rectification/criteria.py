"""The criteria for major hazards: imported lists with their source, and help in grading one hazard by them.

The screen ticks which items hold and shows what the list suggests; a named person decides in the form.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.rectification import commands
from floodready.rectification.grading import Criteria, Criterion, Suggestion, suggest
from floodready.rectification.models import Finding
from floodready.rectification.reading import the_finding
from floodready.rectification.transitions import MoveName, move_named
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.forms import move_form
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import FileField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


@frozen
class ItemRow:
    """One item of a list, and whether it was ticked."""

    criteria: Criteria
    kind: Sentence
    item: Criterion
    holds: bool

    @property
    def key(self) -> str:
        """Names the item among all lists."""
        return f"{self.criteria.id}/{self.item.code}"


@frozen
class CriteriaFacts:
    """The lists, and the hazard that is to be graded by them."""

    criteria: list[Criteria]
    record: Finding | None
    form: FormFacts


COLUMNS: tuple[Column[ItemRow], ...] = (
    Column(id="holds", heading=say("Holds"), cell=lambda r: "[x]" if r.holds else "[ ]", width=5,
           tone=lambda r: Tone.STRONG if r.holds else None),
    Column(id="list", heading=say("List"), cell=lambda r: r.criteria.name, width=12, grow=1),
    Column(id="kind", heading=say("Kind"), cell=lambda r: r.kind, width=16),
    Column(id="code", heading=say("Item"), cell=lambda r: r.item.code, width=6),
    Column(id="text", heading=say("Text"), cell=lambda r: r.item.text, width=24, grow=3),
)  # fmt: skip


class CriteriaScreen(PillarScreen[CriteriaFacts]):
    """The items of all lists; with a hazard, the help in grading it."""

    TITLE_WORDS = say("Criteria")
    HELP_WORDS = say("Space ticks an item that holds; above stands what its list suggests. A named person decides.")
    TABLES = frozenset({"rectification."})
    DEFAULT_CSS = "CriteriaScreen #suggested { height: auto; min-height: 2; color: $accent; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("criteria.tick", "space", "tick", say("tick"), say("Say that an item holds, or that it does not.")),
        bind("criteria.decide", "d", "decide", say("decide"), say("Grade the hazard, beginning with the suggestion.")),
        bind("criteria.import", "I", "import_file", say("import"), say("Import criteria lists from a JSON file.")),
    ]

    def __init__(self, number: str | None = None) -> None:
        """Show the lists; `number` names a hazard to be graded by them."""
        super().__init__()
        self._number = number
        self._holding: set[str] = set()

    def body(self) -> ComposeResult:
        yield Words(id="suggested")
        empty, first = say("There is no criteria list."), say("Press I to import one.")
        yield VirtualTable(COLUMNS, lambda r: r.key, empty=empty, first=first, id="items")

    def read_facts(self, view: View, room: Room) -> CriteriaFacts:
        record = the_finding(view, self._number) if self._number is not None else None
        return CriteriaFacts(criteria=list(view.all(Criteria)), record=record, form=form_facts(view, room))

    def show_facts(self, facts: CriteriaFacts) -> None:
        rows = [ItemRow(criteria=one, kind=kind, item=item, holds=f"{one.id}/{item.code}" in self._holding)
                for one in facts.criteria for kind, item in one.items()]  # fmt: skip
        self.query_one("#items", VirtualTable).show_rows(rows)
        self._show_suggestion()

    @on(VirtualTable.Moved, "#items")
    def _show_suggestion(self) -> None:
        """Show what the list under the cursor suggests from the items that hold."""
        row: ItemRow | None = self.query_one("#items", VirtualTable).row
        told = self.query_one("#suggested", Words)
        if row is None:
            told.say()
            return
        made = self._suggestion(row.criteria)
        told.say(
            say("{list} suggests: {grade} ({why})", list=verbatim(row.criteria.name), grade=made.grade.word,
                why=made.why),
            say("Source: {source}", source=verbatim(made.source)),
        )  # fmt: skip

    @on(VirtualTable.Opened, "#items")
    def show_item(self, opened: VirtualTable.Opened) -> None:
        """Show an item whole."""
        row: ItemRow = opened.row
        title = verbatim(f"{row.criteria.name} {row.item.code}")
        self.app.push_screen(Notice(title, row.kind, verbatim(row.item.text), verbatim(row.criteria.source)))

    def action_tick(self) -> None:
        """Tick the item under the cursor, or untick it."""
        row: ItemRow | None = self.query_one("#items", VirtualTable).row
        if row is not None and self.facts is not None:
            self._holding ^= {row.key}
            self.show_facts(self.facts)

    def action_decide(self) -> None:
        """Grade the hazard; the list under the cursor gives the grade and basis to begin with."""
        row: ItemRow | None = self.query_one("#items", VirtualTable).row
        if row is None or self.facts is None or self.facts.record is None:
            return
        made = self._suggestion(row.criteria)
        basis = say("{list}: {why}. {source}", list=verbatim(row.criteria.name), why=made.why,
                    source=verbatim(made.source))  # fmt: skip
        grade = move_named(MoveName.GRADE)
        form = move_form(self.room, grade, self.facts.record, self.facts.form, (made.grade, str(basis)))
        self.app.push_screen(form, self._leave_when_graded)

    def _leave_when_graded(self, done: bool | None) -> None:
        if done:
            self.dismiss(None)

    def action_import_file(self) -> None:
        """Read criteria lists from a file."""
        self.app.push_screen(_import_form(self.room))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("tick", "decide") and self._number is None:
            return False
        return super().check_action(action, parameters)

    def _suggestion(self, criteria: Criteria) -> Suggestion:
        holding = {key.removeprefix(f"{criteria.id}/") for key in self._holding if key.startswith(f"{criteria.id}/")}
        return suggest(criteria, holding)


def _import_form(room: Room) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        from floodready.exchange.hazard_criteria import read_criteria
        from floodready.exchange.sniff import read_file

        read = read_criteria(read_file(values["file"]))
        made = commands.put_criteria(room.store, act, criteria=read)
        return say("Criteria lists imported: {count}", count=made)

    intro = say("Direct items and comprehensive rules, each list with its source; lists with the same id are replaced.")
    return Form(say("Import criteria"), [FileField("file", say("File"))], do, act=say("Import"), intro=intro)
