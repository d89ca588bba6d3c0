"""The import of a ledger: the file and its place, then the dry run row by row, then one key writes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.exchange.ledger_import import DryRun, Outcome, StagedRow, commit, dry_run
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Place
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_TONES = {Outcome.ERROR: Tone.BAD, Outcome.CHANGES: Tone.WATCH, Outcome.SKIPPED: Tone.MUTED}
COLUMNS: tuple[Column[StagedRow], ...] = (
    Column(id="row", heading=say("Row"), cell=lambda r: r.number, width=5, right=True, order=lambda r: r.number),
    Column(id="outcome", heading=say("Outcome"), cell=lambda r: r.outcome.word, width=12,
           tone=lambda r: _TONES.get(r.outcome)),
    Column(id="item", heading=say("Item"), cell=lambda r: r.line.name if r.line else "", width=12, grow=1),
    Column(id="holder", heading=say("Holder"), cell=lambda r: r.line.holder.word if r.line else "", width=16,
           priority=2),
    Column(id="typed", heading=say("Typed"), cell=lambda r: r.line.typed if r.line else "", width=12, right=True),
    Column(id="says", heading=say("Says"), cell=lambda r: r.says, width=20, grow=2),
)  # fmt: skip


def ask_file(places: Sequence[Place], asked: list[tuple[str, str]]) -> Form:
    """Ask for the ledger's file and the place its stock stands at; the answer is put into `asked`."""

    def do(act: Act, values: Values) -> Sentence | None:
        del act
        asked.append((values["file"], values["place"]))
        return None

    return Form(
        say("Import a ledger"),
        [
            TextField("file", say("File")),
            ChoiceField("place", say("Place"), [(place.id, verbatim(place.name)) for place in places]),
        ],
        do,
        act=say("Show what it would do"),
        intro=say("CSV or XLSX. Nothing is written before you have seen every row."),
    )


class ImportScreen(PillarScreen[DryRun]):
    """A dry run, row by row."""

    TITLE_WORDS = say("Import")
    HELP_WORDS = say("w writes what is shown, as one batch that z takes back. Wrong rows stop it.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("import.write", "w,space", "write", say("write it"), say("Write what the dry run shows, as one batch.")),
    ]
    DEFAULT_CSS = "ImportScreen #import-told { height: auto; padding: 0 1; }"

    def __init__(self, file: str, place: str) -> None:
        super().__init__()
        self._file, self._place = Path(file).expanduser(), place

    def body(self) -> ComposeResult:
        yield Words(id="import-told")
        yield VirtualTable(COLUMNS, lambda row: str(row.number), empty=say("The file has no rows."), id="rows")

    def read_facts(self, view: View, room: Room) -> DryRun:
        return dry_run(view, self._file, place=self._place, zone=room.zone)

    def show_facts(self, facts: DryRun) -> None:
        figures = say(
            "{file}, read as {encoding}: {new} new, {changes} to be counted, {same} unchanged, {skipped} skipped, "
            "{wrong} wrong",
            file=verbatim(facts.file.name), encoding=facts.file.encoding, new=facts.count(Outcome.CREATES),
            changes=facts.count(Outcome.CHANGES), same=facts.count(Outcome.UNCHANGED),
            skipped=facts.count(Outcome.SKIPPED), wrong=facts.count(Outcome.ERROR),
        )  # fmt: skip
        first = [verbatim(" | ".join(row)) for row in facts.file.first_rows]
        before = [facts.imported_before] if facts.imported_before is not None else []
        self.query_one("#import-told", Words).say(figures, *before, *first)
        self.query_one("#rows", VirtualTable).show_rows(list(facts.rows))

    def action_write(self) -> None:
        facts, room = self.facts, self.room
        if facts is None:
            return
        act = room.act()

        def write() -> Sentence:
            done = commit(room.store, act, facts, zone=room.zone)
            if done.batch is None:
                return say("0 changes.")
            return say("Imported as {batch}: {created} new, {count} to be counted, {same} unchanged.",
                       batch=done.batch, created=done.created, count=done.to_count, same=done.unchanged)  # fmt: skip

        self.run_command(write)
