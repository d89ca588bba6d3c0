"""The dry run of a ledger, row by row with balances before and after; one key writes it, one key takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.exchange.ledger_import import DryRun, Outcome, StagedRow, commit, dry_run
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.commands_import import Imported
from floodready.refusal import Refused
from floodready.store.contract import Entry, Store, View
from floodready.tui.keys import bind
from floodready.tui.messages import CommandAccepted, CommandRefused
from floodready.tui.room import Room
from floodready.tui.screens.dry_run import DryRunScreen
from floodready.tui.screens.undo import ask_to_undo
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words
from floodready.tui.work import start

_TONES = {Outcome.ERROR: Tone.BAD, Outcome.CHANGES: Tone.WATCH, Outcome.SKIPPED: Tone.MUTED}
COLUMNS: tuple[Column[StagedRow], ...] = (
    Column(id="row", heading=say("Row"), cell=lambda r: r.number, width=4, right=True, order=lambda r: r.number),
    Column(id="outcome", heading=say("Outcome"), cell=lambda r: r.outcome.word, width=9,
           tone=lambda r: _TONES.get(r.outcome)),
    Column(id="item", heading=say("Item"), cell=lambda r: r.line.name if r.line else "", width=8, grow=1),
    Column(id="before", heading=say("Before"), cell=lambda r: r.told(r.before), width=12, right=True,
           order=lambda r: r.before or 0),
    Column(id="after", heading=say("After"), cell=lambda r: r.told(r.after), width=12, right=True,
           order=lambda r: r.after or 0),
    Column(id="says", heading=say("Says"), cell=lambda r: r.says if str(r.says) or not r.line else r.line.holder.word,
           width=22, grow=3),
    Column(id="typed", heading=say("Typed"), cell=lambda r: r.line.typed if r.line else "", width=12, right=True,
           priority=3),
    Column(id="holder", heading=say("Holder"), cell=lambda r: r.line.holder.word if r.line else "", width=22,
           priority=2),
)  # fmt: skip


@frozen_in_order
class Reading:
    """What is read, and how: file, the place of stock that names none, encoding and columns as chosen."""

    file: Path
    place: str
    encoding: str | None
    columns: dict[str, int]


class ImportScreen(DryRunScreen[DryRun]):
    """The dry run of a ledger of stock."""

    TITLE_WORDS = say("Import")
    HELP_WORDS = say("w writes what is shown, as one batch; u takes the whole batch back. Wrong rows stop it.")
    TABLES = frozenset({"materials."})
    TOLD = "#import-told"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("import.write", "w,space", "write", say("write it"), say("Write what the dry run shows, as one batch.")),
        bind("import.again", "r", "read_again", say("run again"), say("Read the file again.")),
        bind("import.undo", "u", "undo_batch", say("undo batch"), say("Take this file's batch back whole.")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ImportScreen {
        #import-done { height: auto; max-height: 3; color: $tone-good; text-style: bold; }
        #import-done.-refused { color: $tone-bad; }
    }
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def body(self) -> ComposeResult:
        yield Words(id="import-told")
        yield Words(id="import-done")
        yield VirtualTable(COLUMNS, lambda row: str(row.number), empty=say("No rows to show."), id="rows")

    def dry_run(self, view: View, room: Room) -> DryRun:
        reading = self._reading
        return dry_run(
            view, reading.file, place=reading.place, zone=room.zone, columns=reading.columns,
            encoding=reading.encoding, progress=self.told_row,
        )  # fmt: skip

    def show_dry_run(self, run: DryRun) -> None:
        nothing = [] if _writes(run) or run.count(Outcome.ERROR) else [say("0 changes: nothing to write.")]
        self.query_one(self.TOLD, Words).say(figures_told(run), *nothing, *run.notes)
        self.query_one("#rows", VirtualTable).show_rows(list(run.rows))

    def show_writing(self, done: int, rows: int) -> None:
        self._tell(say("Writing: row {done} of {rows} …", done=done, rows=rows), refused=False)

    def action_write(self) -> None:
        facts, room = self.ready, self.room
        if facts is None:
            return
        try:
            act = room.act()
        except Refused as refusal:
            self._tell(refusal.sentence, refused=True)
            return

        def write() -> Sentence:
            return imported_told(commit(room.store, act, facts, zone=room.zone, progress=self._written))

        self._tell(say_many("Writing {count} row …", "Writing {count} rows …", len(facts.rows)), refused=False)
        room.runner.submit(self, write)

    def action_undo_batch(self) -> None:
        start(self, self._undo_batch, "undo")

    @on(CommandAccepted)
    def tell_written(self, accepted: CommandAccepted) -> None:
        """Say what was written."""
        if accepted.receipt is not None:
            self._tell(accepted.receipt, refused=False)

    @on(CommandRefused)
    def tell_refused(self, refused: CommandRefused) -> None:
        """Say why nothing was written."""
        self._tell(refused.error.sentence, refused=True)

    async def _undo_batch(self) -> None:
        if not isinstance(self.facts, DryRun):
            return
        digest = self.facts.file.digest
        entry = await self.room.runner.read(lambda: batch_entry(self.room.store, digest))
        if entry is None:
            self._tell(say("No batch of this file stands in the books."), refused=True)
        else:
            self._tell(say("The batch is taken back as one."), refused=False)
            await ask_to_undo(self.duty_app, entry)

    def _written(self, done: int, rows: int) -> None:
        self.post_message(self.Progressed(done, rows))

    def _tell(self, sentence: Sentence, *, refused: bool) -> None:
        told = self.query_one("#import-done", Words)
        told.say(sentence)
        told.set_class(refused, "-refused")


def figures_told(run: DryRun) -> Sentence:
    """Say what a dry run came to, by outcome."""
    return say(
        "{file}, read as {encoding}: {new} new, {changes} to be counted, {same} unchanged, {skipped} skipped, "
        "{wrong} wrong",
        file=verbatim(run.file.name), encoding=run.file.encoding, new=run.count(Outcome.CREATES),
        changes=run.count(Outcome.CHANGES), same=run.count(Outcome.UNCHANGED), skipped=run.count(Outcome.SKIPPED),
        wrong=run.count(Outcome.ERROR),
    )  # fmt: skip


def imported_told(done: Imported) -> Sentence:
    """Say what an import wrote."""
    if done.batch is None:
        return say("Nothing new: nothing was written.")
    return say("Imported as {batch}: {created} new, {count} to be counted, {same} unchanged.",
               batch=done.batch, created=done.created, count=done.to_count, same=done.unchanged)  # fmt: skip


def batch_entry(store: Store, digest: str) -> Entry | None:
    """Give the journal entry of the youngest batch of a file that still stands."""
    from floodready.materials.models_papers import LedgerImport

    standing = sorted(store.find(LedgerImport, digest=digest), key=lambda found: found.imported_at)
    return next(iter(store.history(LedgerImport.table, standing[-1].id)), None) if standing else None


def _writes(run: DryRun) -> int:
    return run.count(Outcome.CREATES) + run.count(Outcome.CHANGES)
