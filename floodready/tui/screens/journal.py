"""The journal: who did what, when, at which terminal and why; each entry opens to its documents before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.acts import act_told
from floodready.clock import local_time
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say
from floodready.organisation.lookup import names_of_actors
from floodready.store.contract import Entry, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.journal_entry import EntryDialog, fields_of
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.undo import ask_to_undo
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.reports.journal_words import DocumentNames

AT_ONCE = 2000
"""Entries read at a time; older ones come on request."""


@frozen_in_order
class EntryRow:
    """One entry, worded."""

    entry: Entry
    time: str
    person: str
    documents: Sentence
    """What was changed, in people's words."""
    codes: str
    """The same as the store knows it: a filter finds it by these too."""


ENTRY_COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(id="seq", heading=say("No."), cell=lambda r: r.entry.seq, width=7, right=True, priority=3,
           order=lambda r: r.entry.seq),
    Column(id="time", heading=say("Time"), cell=lambda r: r.time, width=16, order=lambda r: r.entry.at),
    Column(id="person", heading=say("Person"), cell=lambda r: r.person, width=10, grow=1),
    Column(id="what", heading=say("What"), cell=lambda r: act_told(r.entry.command), width=18, grow=2,
           tone=lambda r: Tone.WATCH if r.entry.command.startswith("undo ") else None),
    Column(id="terminal", heading=say("Terminal"), cell=lambda r: r.entry.terminal, width=10, grow=1, priority=4),
    Column(id="documents", heading=say("Documents"), cell=lambda r: r.documents, width=14, grow=2, priority=2),
    Column(id="codes", heading=say("Codes"), cell=lambda r: r.codes, width=14, grow=1, priority=5,
           tone=lambda _: Tone.MUTED),
    Column(id="reason", heading=say("Reason"), cell=lambda r: r.entry.reason, width=10, grow=3, priority=2,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class JournalScreen(PillarScreen[list[EntryRow]]):
    """Every transaction, the newest first."""

    TITLE_WORDS = say("Journal")
    HELP_WORDS = say("Everything that was ever done here. Nothing can be changed in it; undo adds an entry.")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("journal.undo", "u", "undo_entry", say("undo this"), say("Take back the entry under the cursor.")),
        bind("journal.older", "o", "older", say("older"), say("Read older entries too.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._many = AT_ONCE

    def body(self) -> ComposeResult:
        yield VirtualTable(
            ENTRY_COLUMNS,
            lambda row: str(row.entry.seq),
            empty=say("Nothing has been done yet. Whatever anybody does will stand here."),
            id="entries",
        )

    def read_facts(self, view: View, room: Room) -> list[EntryRow]:
        from floodready.reports.journal_words import DocumentNames

        names = names_of_actors(view)
        documents = DocumentNames(view)
        return [entry_row(entry, names, documents, room) for entry in islice(_entries(room), self._many)]

    def show_facts(self, facts: list[EntryRow]) -> None:
        self.query_one("#entries", VirtualTable).show_rows(facts)

    def open_document(self, table: str, id: str) -> None:
        """Show only the entries that touched one document."""
        del table
        self.filter_when_shown(id)

    @on(VirtualTable.Opened, "#entries")
    def open_entry(self, opened: VirtualTable.Opened) -> None:
        """Show the documents of an entry, before and after."""
        start(self, partial(self._open, opened.row), "entry")

    async def _open(self, row: EntryRow) -> None:
        fields = await self.room.runner.read(partial(fields_of, self.room, row.entry, whole=False))
        self.app.push_screen(EntryDialog(row.entry, row.time, row.person, self.room, fields))

    def action_undo_entry(self) -> None:
        row = self.query_one("#entries", VirtualTable).row
        if row is not None:
            start(self, partial(ask_to_undo, self.duty_app, row.entry), "undo")

    def action_older(self) -> None:
        self._many += AT_ONCE
        self.read_anew()


def entry_row(entry: Entry, names: Mapping[str, str], documents: DocumentNames, room: Room) -> EntryRow:
    """Word an entry."""
    return EntryRow(
        entry,
        local_time(entry.at, room.zone),
        names.get(entry.person, entry.person),
        documents.all_told(entry.changes),
        ", ".join(dict.fromkeys(change.id for change in entry.changes[:8])),
    )


def _entries(room: Room) -> Iterator[Entry]:
    until = room.as_of
    return (e for e in room.store.entries_backwards() if until is None or e.at <= until)
