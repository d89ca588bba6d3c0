"""The duty log with quick forms, what is open across shifts, and the handover signed by both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.duty.handover import open_items
from floodready.duty.handover_told import handover_state, handover_told
from floodready.duty.models_shift import FollowUp, Handover, LogEntry, LogKind
from floodready.duty.views import follow_up_cause, log_of
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_people, person_name
from floodready.organisation.models import Person
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Confirm, Notice
from floodready.tui.screens.duty import forms
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words
from floodready.tui.work import start

SHOWN = timedelta(days=3)


@frozen
class ShiftRow:
    """An open item or a line of the log, worded."""

    key: str
    time: str
    kind: Sentence
    text: Sentence
    source: str
    tone: Tone | None = None
    item: FollowUp | None = None
    line: LogEntry | None = None
    more: tuple[Sentence, ...] = ()
    """What else the line holds, for the window of the whole line."""


@frozen
class Shift:
    """What the screen shows."""

    unit: str
    rows: list[ShiftRow]
    handover: Handover | None
    told: Sentence
    people: list[Person]
    at: datetime


COLUMNS: tuple[Column[ShiftRow], ...] = (
    Column(id="time", heading=say("Time, due"), cell=lambda r: r.time, width=16),
    Column(id="kind", heading=say("Kind"), cell=lambda r: r.kind, width=14, tone=lambda r: r.tone),
    Column(id="text", heading=say("Content"), cell=lambda r: r.text, width=30, grow=3),
    Column(id="source", heading=say("Source, owner"), cell=lambda r: r.source, width=14, grow=1, priority=2),
)


class LogScreen(OfUnitScreen[Shift]):
    """What the shift writes down and hands over."""

    TITLE_WORDS = say("Duty log")
    HELP_WORDS = say("Open items stand first, then the log, newest first. A line stays; a further line corrects it.")
    TABLES = frozenset({"duty."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("log.call", "c", "line('call')", say("call"), say("Log a call.")),
        bind("log.danger", "d", "line('danger')", say("danger"), say("Log a danger report; its 1 h clock begins.")),
        bind("log.instruction", "i", "line('instruction')", say("instruction"), say("Log an instruction.")),
        bind("log.hand_over", "h", "hand_over", say("hand over"), say("Begin the handover, or sign it: first the "
             "outgoing side, then, after F2, the incoming.")),
        bind("log.go_through", "t", "go_through", say("go through"), say("What both sides go through: open items, log, "
             "stations.")),
        bind("log.weather", "w", "line('weather')", say("weather"), say("Log the weather."), shown=False),
        bind("log.note", "n", "line('note')", say("note"), say("Log anything else."), shown=False),
        bind("log.assign", "space", "assign", say("owner, due"), say("Give the open item its owner and due time.")),
        bind("log.correct", "a", "correct", say("correct"), say("Add a line that corrects the line of the row."),
             shown=False),
        bind("log.finish", "r", "finish", say("result"), say("Close the open item with its result.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(NOTHING, id="told")
        yield VirtualTable(
            COLUMNS,
            lambda row: row.key,
            empty=say("Nothing is logged yet."),
            first=say("Press c for a call."),
            id="shift",
        )

    def read_facts(self, view: View, room: Room) -> Shift:
        unit, at = self.unit_shown(view, room), room.at()
        if unit is None:
            return Shift(unit="", rows=[], handover=None, told=NOTHING, people=[], at=at)
        handover = next((held for held in view.find(Handover, unit=unit) if held.completed_at is None), None)
        items = [_item(view, item, at, room) for item in open_items(view, unit)]
        lines = [_line(view, line, room) for line in reversed(log_of(view, unit, at - SHOWN))]
        people = active_people(view, unit)
        told = handover_state(view, unit, at, room.zone) or say("No rota goes on: nothing is to be handed over.")
        return Shift(unit=unit, rows=[*items, *lines], handover=handover, told=told, people=people, at=at)

    def show_facts(self, facts: Shift) -> None:
        self.query_one("#told", Words).say(facts.told)
        self.query_one("#shift", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#shift")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Show the whole line."""
        row: ShiftRow = opened.row
        more = [verbatim(part) for part in (row.time, row.source) if part]
        self.app.push_screen(Notice(row.kind, row.text, *more, *row.more))

    def action_line(self, kind: str) -> None:
        if self.facts is not None and self.facts.unit:
            form = forms.log_line(self.room, self.facts.unit, LogKind(kind), self.facts.people, self.room.clock.now())
            self.app.push_screen(form)

    def action_assign(self) -> None:
        item = self._item()
        if item is not None and self.facts is not None:
            self.app.push_screen(forms.assign(self.room, item, self.facts.people, self.facts.at))

    def action_finish(self) -> None:
        item = self._item()
        if item is not None:
            self.app.push_screen(forms.finish(self.room, item))

    def action_correct(self) -> None:
        row: ShiftRow | None = self.query_one("#shift", VirtualTable).row
        if row is None or row.line is None:
            told = say("Only a line of the log is corrected. Choose its row; an open item is changed with space.")
            self.duty_app.tell_refusal(Refused(told))
        else:
            self.app.push_screen(forms.correct(self.room, row.line))

    def action_hand_over(self) -> None:
        facts, room = self.facts, self.room
        if facts is None or not facts.unit:
            return
        act, held = room.act(), facts.handover

        def do() -> Sentence:
            from floodready.duty.commands_shift import begin_handover, sign_handover

            if held is None:
                begun = begin_handover(room.store, act, unit=facts.unit, zone=room.zone)
                return say(
                    "Handover {handover} is begun. Press t for what to go through, h to sign.", handover=begun.id
                )
            signed = sign_handover(room.store, act, held, outgoing=held.signed_out_by is None, zone=room.zone)
            return forms.signed_told(signed)

        if held is None or act.person == held.signed_out_by:
            self.run_command(do)  # who signed for one side is told at once who signs for the other
        elif forms.is_of_another_shift(held, act.person):
            self.app.push_screen(forms.sign_for_others(room, held, facts.people))
        else:
            asked = Confirm(forms.side_told(held), forms.SIGNATURE_STANDS, act=say("Sign"))
            self.app.push_screen(asked, lambda yes: self.run_command(do) if yes else None)

    def action_go_through(self) -> None:
        if self.facts is None or self.facts.handover is None:
            self.duty_app.tell_refusal(Refused(say("No handover is open. Press h at the hour.")))
        else:
            start(self, partial(self._show_handover, self.facts.handover), "handover")

    async def _show_handover(self, held: Handover) -> None:
        room = self.room
        told = await room.runner.read(lambda: list(handover_told(room.view(), held, room.zone)))
        self.app.push_screen(Notice(say("Handover"), *told))

    def _item(self) -> FollowUp | None:
        """Give the open item of the row; where it is none, say which rows are."""
        row: ShiftRow | None = self.query_one("#shift", VirtualTable).row
        if row is not None and row.item is not None:
            return row.item
        told = say(
            "This is not an open item. Open items stand above the log; a line that says what is still to do makes one."
        )
        self.duty_app.tell_refusal(Refused(told))
        return None


def _item(view: View, item: FollowUp, at: datetime, room: Room) -> ShiftRow:
    is_late = item.due_at is not None and item.due_at < at
    return ShiftRow(
        key=item.id,
        time=local_time(item.due_at, room.zone) if item.due_at else "",
        kind=say("✘ overdue") if is_late else say("! open"),
        text=verbatim(item.task) if item.owner and item.due_at else follow_up_cause(item, room.zone),
        source=person_name(view, item.owner or ""),
        tone=Tone.BAD if is_late or item.due_at is None else Tone.WATCH,
        item=item,
    )


def _line(view: View, line: LogEntry, room: Room) -> ShiftRow:
    text = verbatim(line.content.replace("\n", " "))
    return ShiftRow(
        key=line.id,
        line=line,
        time=local_time(line.at, room.zone),
        kind=line.kind.word,
        text=say("corrects {line}: {text}", line=line.corrects, text=text) if line.corrects else text,
        source=" ".join(part for part in (line.source_unit, line.source_person, line.phone) if part),
        more=tuple(_more_told(view, line, room)),
    )


def _more_told(view: View, line: LogEntry, room: Room) -> Iterator[Sentence]:
    """Say what a line holds beside what its row shows."""
    yield line.direction.word
    if line.instruction:
        yield say("Instruction: {text}", text=verbatim(line.instruction))
    if line.handler:
        yield say("Handler: {person}", person=verbatim(person_name(view, line.handler)))
    if line.result:
        yield say("Result: {text}", text=verbatim(line.result))
    if line.closed_at:
        yield say("Closed: {time}", time=verbatim(local_time(line.closed_at, room.zone)))
    yield say(
        "Written by {person}, {time}",
        person=verbatim(person_name(view, line.written_by)),
        time=verbatim(local_time(line.written_at, room.zone)),
    )
