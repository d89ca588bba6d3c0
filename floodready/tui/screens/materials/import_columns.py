"""How a ledger file is read: its encoding with three rows to judge it by, and what each column is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.exchange.ledger_import import unread_told
from floodready.exchange.ledger_preview import ENCODINGS, MEANINGS, LedgerColumn, LedgerPreview, preview_ledger
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.commands_import import import_ledger
from floodready.materials.models import Place
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.import_ledger import ImportScreen, Reading
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, FileField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

UNUSED = "-"
"""The choice of a column that is not read."""


class ColumnRow(NamedTuple):
    """A column of the file with what it is now taken for; None is not read."""

    column: LedgerColumn
    meaning: str | None
    chosen: bool


COLUMNS: tuple[Column[ColumnRow], ...] = (
    Column(id="letter", heading=say("Column"), cell=lambda r: r.column.letter, width=6),
    Column(id="head", heading=say("Head"), cell=lambda r: r.column.head, width=14, grow=1),
    Column(id="meaning", heading=say("Taken for"), cell=lambda r: MEANINGS[r.meaning] if r.meaning else say("not read"),
           width=16, tone=lambda r: Tone.GOOD if r.meaning else Tone.MUTED),
    Column(id="by", heading=say("By"), cell=lambda r: say("you") if r.chosen else say("guess"), width=6),
    Column(id="samples", heading=say("First figures"), cell=lambda r: " | ".join(r.column.samples), width=26, grow=2),
)  # fmt: skip


def ask_file(places: Sequence[Place], asked: list[tuple[Path, str]]) -> Form:
    """Ask for the ledger's file and the place its stock stands at; the answer is put into `asked`."""

    def do(act: Act, values: Values) -> Sentence | None:
        del act
        preview_ledger(values["file"])
        asked.append((values["file"], values["place"]))
        return None

    return Form(
        say("Import a ledger"),
        [
            FileField("file", say("File")),
            ChoiceField("place", say("Place"), [(place.id, verbatim(place.name)) for place in places],
                        value=places[0].id if len(places) == 1 else None),
        ],
        do,
        act=say("Look at it"),
        intro=say("CSV or XLSX. Nothing is written before you have seen every row."),
        leads_to=import_ledger,
    )  # fmt: skip


class ImportColumnsScreen(PillarScreen[LedgerPreview]):
    """A ledger file before the dry run: right encoding, right columns."""

    TITLE_WORDS = say("Import: columns")
    HELP_WORDS = say("Look whether the three rows can be read, and what each column is taken for. Then d.")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("columns.dry_run", "d", "dry_run", say("dry run"), say("Show what every row would do; writes nothing.")),
        bind("columns.meaning", "space", "meaning", say("meaning"), say("Say what this column means.")),
        bind("columns.encoding", "c", "encoding", say("encoding"), say("Read the file in the next encoding.")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ImportColumnsScreen {
        #file-told { height: auto; padding: 0 1; }
        #first-rows { height: 3; padding: 0 1; color: $tone-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        #wanting { height: auto; padding: 0 1; }
        #wanting.-refused { color: $tone-bad; text-style: bold; }
    }
    """

    def __init__(self, file: Path, place: str) -> None:
        super().__init__()
        self._file, self._place = file, place
        self._encoding: str | None = None
        self._chosen: dict[int, str | None] = {}
        """What a person said of a column, by its place; None is not read."""

    def body(self) -> ComposeResult:
        with Vertical(id="file-told"):
            yield Words(id="file-figures")
            yield Words(id="first-rows")
            yield Words(id="wanting")
        yield VirtualTable(COLUMNS, lambda row: row.column.letter, empty=say("The file has no columns."), id="columns")

    def read_facts(self, view: View, room: Room) -> LedgerPreview:
        del view, room
        return preview_ledger(self._file, self._encoding)

    def show_facts(self, facts: LedgerPreview) -> None:
        told = say_many(
            "{file}, read as {encoding}: {count} row. It reads:",
            "{file}, read as {encoding}: {count} rows. The first three:",
            facts.row_count,
            file=verbatim(facts.name),
            encoding=facts.encoding,
        )
        self.query_one("#file-figures", Words).say(told, *unread_told(facts.unread))
        self.query_one("#first-rows", Words).say(*(verbatim(" | ".join(row)) for row in facts.first_rows))
        rows = self._rows(facts)
        self.query_one("#columns", VirtualTable).show_rows(rows)
        self._tell_wanting(rows)

    @on(VirtualTable.Opened, "#columns")
    def choose_meaning(self, opened: VirtualTable.Opened) -> None:
        """Ask what a column means."""
        self._ask(opened.row)

    def action_meaning(self) -> None:
        row: ColumnRow | None = self.query_one("#columns", VirtualTable).row
        if row is not None:
            self._ask(row)

    def action_encoding(self) -> None:
        if self.facts is None or self.facts.encoding == "xlsx":
            return
        order = [None, *ENCODINGS]
        self._encoding = order[(order.index(self._encoding) + 1) % len(order)]
        self.read_anew()

    def action_dry_run(self) -> None:
        if self.facts is None:
            return
        used = {row.meaning: row.column.place for row in self._rows(self.facts) if row.meaning}
        if wanting := self._wanting(used):
            told = self.query_one("#wanting", Words)
            told.say(wanting)
            told.add_class("-refused")
            return
        columns = {name: used.get(name, -1) for name in MEANINGS}
        self.app.push_screen(ImportScreen(Reading(self._file, self._place, self._encoding, columns)))

    def _ask(self, row: ColumnRow) -> None:
        def take(act: Act, values: Values) -> Sentence | None:
            del act
            answers.append(values["meaning"])
            return None

        def show(done: bool | None) -> None:
            if done and self.facts is not None:
                self._take(row.column.place, answers[-1])
                self.show_facts(self.facts)

        answers: list[str] = []
        options = [(UNUSED, say("not read")), *MEANINGS.items()]
        self.app.push_screen(
            Form(
                say("Column {letter}, headed “{head}”", letter=row.column.letter, head=verbatim(row.column.head)),
                [ChoiceField("meaning", say("Taken for"), options, value=row.meaning or UNUSED)],
                take,
                act=say("Take it so"),
                intro=say("First figures: {samples}. Arrows go through the meanings.",
                          samples=verbatim(" | ".join(row.column.samples))),
            ),
            show,
        )  # fmt: skip

    def _take(self, place: int, meaning: str) -> None:
        for row in self._rows(self.facts) if self.facts else ():
            if row.meaning == meaning and row.column.place != place:
                self._chosen[row.column.place] = None
        self._chosen[place] = None if meaning == UNUSED else meaning

    def _rows(self, facts: LedgerPreview) -> list[ColumnRow]:
        return [
            ColumnRow(column, self._chosen.get(column.place, column.guess), column.place in self._chosen)
            for column in facts.columns
        ]

    def _tell_wanting(self, rows: Sequence[ColumnRow]) -> None:
        unread = [row.column.head or row.column.letter for row in rows if row.meaning in (None, "note", "number")]
        used = {row.meaning: row.column.place for row in rows if row.meaning}
        told = self.query_one("#wanting", Words)
        told.remove_class("-refused")
        ignored = say("Not taken in: {columns}", columns=verbatim(", ".join(unread)))
        complete = say("Every column is taken in.")
        told.say(self._wanting(used) or (ignored if unread else complete))

    @staticmethod
    def _wanting(used: dict[str, int]) -> Sentence | None:
        missing = [str(MEANINGS[name]) for name in ("name", "quantity") if name not in used]
        if not missing:
            return None
        return say("No column is taken for: {missing}. Press space on the column that holds it.",
                   missing=verbatim(", ".join(missing)))  # fmt: skip
