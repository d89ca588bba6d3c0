"""The papers that wait for somebody, with their clocks: issue papers to complete and file, deliveries to report on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from floodready.clock import time_left
from floodready.language import Sentence, say, verbatim
from floodready.materials.models_papers import DELIVERY_CHECKS, PAPER_FIELDS
from floodready.materials.views_due import PaperDue, PaperTask, papers_due
from floodready.store.contract import Act, View
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


class PapersScreen(PillarScreen[list[PaperDue]]):
    """Papers that wait, the most urgent first; enter does what the row asks for."""

    TITLE_WORDS = say("Open papers")
    HELP_WORDS = say("Enter completes, files or reports. After a verbal order the paper is completed within 48 hours.")
    TABLES = frozenset({"materials."})
    TIMED = True

    def body(self) -> ComposeResult:
        columns: tuple[Column[PaperDue], ...] = (
            Column(id="left", heading=say("Clock"), cell=lambda r: time_left(r.due_at, self.room.at()), width=11,
                   tone=lambda r: Tone.BAD if r.due_at < self.room.at() else Tone.WATCH),
            Column(id="task", heading=say("Task"), cell=lambda r: r.task.word, width=24),
            Column(id="item", heading=say("Item"), cell=lambda r: r.item, width=10, grow=1),
            Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=12, right=True),
            Column(id="id", heading=say("Paper"), cell=lambda r: r.id, width=7),
            Column(id="place", heading=say("Place"), cell=lambda r: r.place_told, width=10, grow=1, priority=2),
            Column(id="missing", heading=say("Missing"), cell=lambda r: len(r.missing), width=8, right=True,
                   priority=3),
        )  # fmt: skip
        empty = say("No paper waits: every issue and delivery has its papers.")
        yield VirtualTable(columns, lambda row: row.id, empty=empty, id="papers")

    def read_facts(self, view: View, room: Room) -> list[PaperDue]:
        return papers_due(view, room.zone)

    def show_facts(self, facts: list[PaperDue]) -> None:
        self.query_one("#papers", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#papers")
    def do_task(self, opened: VirtualTable.Opened) -> None:
        """Ask for what the paper waits for."""
        row: PaperDue = opened.row
        forms = {PaperTask.COMPLETE: complete_form, PaperTask.FILE: file_form, PaperTask.REPORT: accept_form}
        self.app.push_screen(forms[row.task](self.room, row))


def complete_form(room: Room, row: PaperDue) -> Form:
    """Ask for the fields of an issue paper that are still empty."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import complete_paper

        paper = complete_paper(
            room.store, act, paper=row.id, receiver=values.get("receiver") or "",
            receiver_contact=values.get("receiver_contact") or "", sender_contact=values.get("sender_contact") or "",
            approver=values.get("approver") or "",
        )  # fmt: skip
        return say("Paper {paper} is complete.", paper=paper.id)

    fields = [TextField(name, word) for name, word in PAPER_FIELDS.items() if name in row.missing]
    return Form(say("Complete paper {paper}", paper=row.id), fields, do, act=say("Complete"))


def file_form(room: Room, row: PaperDue) -> Form:
    """Ask on which day a complete paper was filed; today where nothing is typed."""
    from floodready.clock import local_day
    from floodready.tui.widgets.fields import DateField

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands_papers import file_paper

        paper = file_paper(room.store, act, zone=room.zone, paper=row.id, filed_on=values["filed_on"])
        return say("Paper {paper} is filed.", paper=paper.id)

    today = local_day(room.at(), room.zone)
    return Form(
        say("File paper {paper}", paper=row.id), [DateField("filed_on", say("Filed on"), today=today, value=today)], do,
        act=say("File"),
    )  # fmt: skip


def accept_form(room: Room, row: PaperDue) -> Form:
    """Ask what has been checked of a delivery, and whether its report is made."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands_papers import accept_delivery

        found = accept_delivery(
            room.store, act, zone=room.zone, delivery=row.id, note=values["note"] or "", reported=values["reported"],
            **{name: values.get(name, False) for name in DELIVERY_CHECKS},
        )  # fmt: skip
        if found.reported_on is None:
            return say("Delivery {id}: the checks are kept.", id=found.id)
        return say("Delivery {id} is reported.", id=found.id)

    answers = [(True, say("checked")), (False, say("not yet"))]
    waiting = [(name, word) for name, word in DELIVERY_CHECKS.items() if name in row.missing]
    return Form(
        say("Acceptance of {quantity} {item}", quantity=row.told, item=verbatim(row.item)),
        [
            *(ChoiceField(name, word, answers, value=True) for name, word in waiting),
            ChoiceField("reported", say("Report"), [(True, say("made")), (False, say("not yet"))], value=True),
            TextField("note", say("Note"), required=False),
        ],
        do,
        act=say("Keep"),
    )
