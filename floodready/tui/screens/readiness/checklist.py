"""The pre-season checklist: what is not ready, and the key that makes it a campaign of rectification."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.language import Sentence, say, say_many, verbatim
from floodready.readiness.checklist import Point, points
from floodready.rectification.models import Finding
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.readiness.explain import ExplainScreen
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.fields import DateField
from floodready.tui.widgets.light import TONES
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

COLUMNS: tuple[Column[Point], ...] = (
    Column(id="state", heading=say("State"), width=13, tone=lambda p: TONES[p.status.computed],
           cell=lambda p: say("{mark} {word}", mark=mark(p.status.computed.mark), word=p.status.computed.word)),
    Column(id="class", heading=say("Class"), cell=lambda p: p.status.line.importance.value, width=5, priority=3),
    Column(id="unit", heading=say("Unit"), cell=lambda p: p.status.line.unit, width=10, priority=4),
    Column(id="line", heading=say("Line"), cell=lambda p: p.status.line.subject, width=16, grow=2),
    Column(id="cause", heading=say("Why"), cell=lambda p: p.status.cause, width=24, grow=4),
    Column(id="act", heading=say("Next"), cell=lambda p: p.status.act or NOTHING, width=24, grow=3, priority=2,
           tone=lambda _: Tone.MUTED),
    Column(id="record", heading=say("Record"), cell=lambda p: p.record or say("new"), width=16,
           tone=lambda p: None if p.record else Tone.WATCH),
)  # fmt: skip


class ChecklistScreen(PillarScreen[list[Point]]):
    """Every line that is not ready, with the record that puts it right."""

    TITLE_WORDS = say("Pre-season check")
    HELP_WORDS = say("Every line that is not ready is a point. A second generation lists only what is new.")
    TIMED = True
    DEFAULT_CSS = """
    ChecklistScreen {
        #told { padding: 1; }
        #points { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("checklist.open", "n", "generate", say("open records"),
             say("Open a record for each new point, on the list of this year's pre-season campaign.")),
        bind("checklist.explain", "e", "explain", say("explain"), say("Explain the line to its last movement.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(id="told")
        yield VirtualTable(
            COLUMNS, lambda point: point.status.line.id, empty=say("Every line is ready: nothing to list."), id="points"
        )

    def read_facts(self, view: View, room: Room) -> list[Point]:
        answer = room.readiness(view, room.at())
        return points(view, [status for unit in answer.units for status in unit.lines()])

    def show_facts(self, facts: list[Point]) -> None:
        new = sum(point.record is None for point in facts)
        told = say_many(
            "{count} point, {new} of them without a record.",
            "{count} points, {new} of them without a record.",
            len(facts),
            new=new,
        )
        self.query_one("#told", Words).say(told)
        self.query_one("#points", VirtualTable).show_rows(facts)

    def action_generate(self) -> None:
        self.app.push_screen(_form(self.room))

    @on(VirtualTable.Opened, "#points")
    def open_record(self, opened: VirtualTable.Opened) -> None:
        """Go to the record of a point; a point without one is explained."""
        if opened.row.record is not None:
            self.dismiss(None)
            self.duty_app.open_document(Finding.table, opened.row.record)
        else:
            self.action_explain()

    def action_explain(self) -> None:
        row: Point | None = self.query_one("#points", VirtualTable).row
        if row is not None:
            self.app.push_screen(ExplainScreen(row.status.line.id))


def _form(room: Room) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        from floodready.readiness.commands import open_checklist

        before = {one.id for one in room.store.all(Finding)}
        campaign = open_checklist(room.store, act, zone=room.zone, until_on=values["until_on"])
        made = sum(one.id not in before for one in room.store.all(Finding))
        return say_many("{campaign}: {count} record opened.", "{campaign}: {count} records opened.", made,
                        campaign=verbatim(campaign.id))  # fmt: skip

    today = local_day(room.clock.now(), room.zone)
    return Form(
        say("Open a record for each new point"),
        [DateField("until_on", say("Put right by"), today=today, required=False)],
        do,
        act=say("Open records"),
        intro=say("Without a day, all must be right the day before the next season."),
    )
