"""One entry of the journal opened: every field it changed, before and after, in people's words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.acts import act_told
from floodready.language import Sentence, say, say_many, verbatim
from floodready.tui.keys import bind
from floodready.tui.screens.dialog import Dialog, Notice
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.reports.journal_fields import FieldTold
    from floodready.store.contract import Entry
    from floodready.tui.room import Room

_MOST = 1000
"""Documents of an entry that are worded here: an import changes ten thousand."""

FIELD_COLUMNS: tuple[Column[FieldTold], ...] = (
    Column(id="document", heading=say("Document"), cell=lambda r: r.document, width=16, grow=1),
    Column(id="field", heading=say("Field"), cell=lambda r: r.word, width=12, grow=1, tone=lambda _: Tone.MUTED),
    Column(id="before", heading=say("Before"), cell=lambda r: r.before, width=12, grow=2,
           tone=lambda r: None if r.changed else Tone.MUTED),
    Column(id="after", heading=say("After"), cell=lambda r: r.after, width=12, grow=2,
           tone=lambda r: Tone.STRONG if r.changed else Tone.MUTED),
)  # fmt: skip


def fields_of(room: Room, entry: Entry, *, whole: bool) -> list[FieldTold]:
    """Word the fields of an entry, as many as a window can show. In the runner's thread only."""
    from floodready.reports.journal_fields import fields_told

    return list(fields_told(room.view(), room.zone, islice(entry.changes, _MOST), whole=whole))


class EntryDialog(Dialog[None]):
    """One entry: what it changed, and on request what stayed as it was."""

    DEFAULT_CSS = """
    EntryDialog > Vertical { width: 96%; height: 80%; }
    EntryDialog VirtualTable { margin: 1 0 0 0; background: $surface; }
    """
    AUTO_FOCUS = "VirtualTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("entry.whole", "a", "whole", say("all fields"), say("Show the fields that stayed as they were too."))
    ]

    def __init__(self, entry: Entry, time: str, person: str, room: Room, rows: list[FieldTold]) -> None:
        super().__init__(say("Entry {seq}: {command}", seq=entry.seq, command=act_told(entry.command)))
        self._entry = entry
        self._time = time
        self._person = person
        self._room = room
        self._rows = rows
        self._whole = False

    def body(self) -> ComposeResult:
        yield Words(*self._heads())
        yield VirtualTable(
            FIELD_COLUMNS, lambda row: f"{row.stored} {row.name}", empty=say("No document was changed."), id="fields"
        )

    def on_mount(self) -> None:
        self.query_one("#fields", VirtualTable).show_rows(self._rows)

    def action_whole(self) -> None:
        self._whole = not self._whole
        start(self, self._show_fields, "fields")

    @on(VirtualTable.Opened, "#fields")
    def show_whole_field(self, opened: VirtualTable.Opened) -> None:
        """Show a field whole, before and after: a table's cell has no room for a plan."""
        row: FieldTold = opened.row
        title = say("{document}: {field}", document=row.document, field=row.word)
        before = say("Before: {value}", value=row.before if str(row.before) else verbatim("–"))
        after = say("After: {value}", value=row.after if str(row.after) else verbatim("–"))
        stored = say("Stored as: {name}", name=verbatim(f"{row.stored} {row.name}"))
        self.app.push_screen(Notice(title, before, after, stored))

    async def _show_fields(self) -> None:
        rows = await self._room.runner.read(partial(fields_of, self._room, self._entry, whole=self._whole))
        self.query_one("#fields", VirtualTable).show_rows(rows)

    def _heads(self) -> Iterable[Sentence]:
        entry = self._entry
        yield say(
            "{time} ({zone}), by {person} at {terminal}",
            time=self._time,
            zone=self._room.zone.key,
            person=verbatim(self._person),
            terminal=verbatim(entry.terminal),
        )
        if entry.reason:
            yield say("Reason: {reason}", reason=verbatim(entry.reason))
        if (more := len(entry.changes) - _MOST) > 0:
            yield say_many(
                "{count} more document is not shown here; it is told by: floodready journal {seq}",
                "{count} more documents are not shown here; they are told by: floodready journal {seq}",
                more,
                seq=entry.seq,
            )
