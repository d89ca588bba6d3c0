"""The import of a ledger of hazards: the file and its unit, the dry run row by row, then one key writes it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.exchange.hazard_import import (
    Outcome,
    StagedRow,
    apply_rows,
    ledger_rows,
    stage_ledger,
    unread_columns,
)
from floodready.exchange.sniff import read_file, unread_told
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.rectification.commands import import_ledger
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.dry_run import DryRunScreen
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.rectification.choices import FormFacts, choice
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import FileField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_TONES = {Outcome.PROBLEM: Tone.BAD, Outcome.KNOWN: Tone.MUTED, Outcome.CLOSED: Tone.MUTED, Outcome.NEW: Tone.GOOD}
COLUMNS: tuple[Column[StagedRow], ...] = (
    Column(id="row", heading=say("Row"), cell=lambda r: r.number, width=5, right=True, order=lambda r: r.number),
    Column(id="outcome", heading=say("Outcome"), cell=lambda r: r.outcome.word, width=12,
           tone=lambda r: _TONES[r.outcome]),
    Column(id="grade", heading=say("Grade"), cell=lambda r: r.row.grade.word if r.row and r.row.grade else "",
           width=14),
    Column(id="what", heading=say("Description"), cell=lambda r: r.told, width=16, grow=2),
    Column(id="problem", heading=say("Problem"), cell=lambda r: r.problem or "", width=20, grow=3,
           tone=lambda r: Tone.BAD if r.outcome is Outcome.PROBLEM else Tone.WATCH),
)  # fmt: skip


def ask_ledger(facts: FormFacts, asked: list[tuple[Path, str]]) -> Form:
    """Ask for the ledger's file and the unit whose hazards it holds; the answer is put into `asked`."""

    def do(act: Act, values: Values) -> Sentence | None:
        del act
        # Refuses here what cannot be read, with the path still typed; the rows are the dry run's, which can be stopped.
        ledger_rows(read_file(values["file"]))
        asked.append((values["file"], values["unit"]))
        return None

    fields = [
        FileField("file", say("File")),
        choice("unit", say("Unit"), facts.units, value=next(iter(facts.units), None)),
    ]
    intro = say("CSV or XLSX. Nothing is written before you have seen every row.")
    return Form(
        say("Import a ledger"), fields, do, act=say("Show what it would do"), intro=intro, leads_to=import_ledger
    )


@frozen
class LedgerRun:
    """A dry run: what each row would do, and the columns that nothing is taken from."""

    rows: list[StagedRow]
    unread: tuple[str, ...]


class LedgerImportScreen(DryRunScreen[LedgerRun]):
    """A dry run, row by row."""

    TITLE_WORDS = say("Import")
    HELP_WORDS = say("w opens a record for each new row, all or none; z takes it back. Grades are taken as decided.")
    TABLES = frozenset({"rectification.", "organisation."})
    TOLD = "#ledger-told"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("ledger_import.write", "w,space", "write", say("write it"), say("Open a record for each new row.")),
        bind("ledger_import.again", "r", "read_again", say("run again"), say("Read the file again.")),
    ]

    def __init__(self, file: Path, unit: str) -> None:
        super().__init__()
        self._file, self._unit = file, unit

    def body(self) -> ComposeResult:
        yield Words(say("Reading {file} …", file=verbatim(self._file.name)), id="ledger-told")
        yield VirtualTable(COLUMNS, lambda row: str(row.number), empty=say("The file has no rows."), id="rows")

    def dry_run(self, view: View, room: Room) -> LedgerRun:
        today = local_day(room.clock.now(), room.zone)
        data = read_file(self._file)
        rows = stage_ledger(view, data, self._unit, self._file.name, self.told_row, today=today)
        return LedgerRun(rows=rows, unread=unread_columns(data))

    def show_dry_run(self, run: LedgerRun) -> None:
        counts = {outcome: sum(row.outcome is outcome for row in run.rows) for outcome in Outcome}
        graded = sum(row.row is not None and row.row.grade is not None for row in run.rows)
        taken = [
            say_many("{count} grade is taken as the office's own decision; you answer for taking it.",
                     "{count} grades are taken as the office's own decision; you answer for taking them.", graded)
        ] if graded else []  # fmt: skip
        self.query_one(self.TOLD, Words).say(
            say("{file}: {new} new, {known} there already, {closed} closed in the ledger, {wrong} wrong",
                file=verbatim(self._file.name), new=counts[Outcome.NEW], known=counts[Outcome.KNOWN],
                closed=counts[Outcome.CLOSED], wrong=counts[Outcome.PROBLEM]),
            *taken,
            *([unread_told(run.unread)] if run.unread else []),
        )  # fmt: skip
        self.query_one("#rows", VirtualTable).show_rows(run.rows)

    @on(VirtualTable.Opened, "#rows")
    def show_row(self, opened: VirtualTable.Opened) -> None:
        """Show a row whole."""
        row: StagedRow = opened.row
        basis = [verbatim(row.row.basis)] if row.row is not None and row.row.basis else []
        problem = [row.problem] if row.problem is not None else []
        self.app.push_screen(Notice(row.outcome.word, verbatim(row.told), *basis, *problem))

    def action_write(self) -> None:
        """Open a record for each new row."""
        staged, room = self.ready, self.room
        if staged is None:
            return
        act = room.act()
        self.run_command(
            lambda: say_many(
                "Written: {count} record.",
                "Written: {count} records.",
                apply_rows(room.store, act, staged.rows, room.zone),
            )
        )
