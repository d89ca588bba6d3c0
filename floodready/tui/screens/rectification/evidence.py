"""What the program measures of meeting tasks: each task, and every line for or against it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.readiness.line import Colour
from floodready.readiness.order_evidence import EvidenceLine, TaskEvidence, task_evidence
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.opening_forms import new_order_form
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable

_TONES = {Colour.GREEN: Tone.GOOD, Colour.AMBER: Tone.WATCH, Colour.RED: Tone.BAD, Colour.GREY: Tone.UNKNOWN}
Measured = tuple[int, EvidenceLine]
TASKS: tuple[Column[TaskEvidence], ...] = (
    Column(id="task", heading=say("Task"), cell=lambda e: e.task, width=16),
    Column(id="what", heading=say("Description"), cell=lambda e: e.description, width=20, grow=2),
    Column(id="measure", heading=say("Measured"), cell=lambda e: e.measure.word, width=12),
    Column(id="ready", heading=say("In order"), cell=lambda e: _in_order(e), width=14,
           order=lambda e: e.lines - e.ready,
           tone=lambda e: Tone.UNKNOWN if not e.lines else Tone.GOOD if e.ready == e.lines else Tone.BAD),
)  # fmt: skip
LINES: tuple[Column[Measured], ...] = (
    Column(id="colour", heading=say("Due light"), cell=lambda m: say("{mark} {light}", mark=m[1].colour.mark,
           light=m[1].colour.word), width=12, tone=lambda m: _TONES[m[1].colour]),
    Column(id="unit", heading=say("Unit"), cell=lambda m: m[1].unit_name, width=10, priority=2),
    Column(id="subject", heading=say("Evidence"), cell=lambda m: m[1].subject, width=22, grow=1),
    Column(id="cause", heading=say("Cause"), cell=lambda m: m[1].cause, width=24, grow=2),
)  # fmt: skip


def _in_order(evidence: TaskEvidence) -> Sentence:
    if not evidence.lines:
        return say("no evidence")
    return say("{ready} of {lines}", ready=evidence.ready, lines=evidence.lines)


@frozen
class EvidenceFacts:
    """What was measured, and what the form chooses from."""

    tasks: list[TaskEvidence]
    form: FormFacts


class EvidenceScreen(PillarScreen[EvidenceFacts]):
    """The measured tasks above, the evidence of the one under the cursor below."""

    DEFAULT_CSS = "EvidenceScreen { #tasks { height: 8; } }"
    TITLE_WORDS = say("Evidence")
    HELP_WORDS = say("Below stands what was measured of the task under the cursor, the worst first.")
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("evidence.order", "n", "order", say("order"), say("Open the tasks of an order, measured by the program.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            TASKS,
            lambda e: e.task,
            empty=say("No task is measured."),
            first=say("Press n to enter an order."),
            id="tasks",
        )
        yield VirtualTable(LINES, lambda m: str(m[0]), empty=say("Nothing can be measured yet."), id="measured")

    def read_facts(self, view: View, room: Room) -> EvidenceFacts:
        return EvidenceFacts(tasks=task_evidence(view, room.at(), room.zone), form=form_facts(view, room))

    def show_facts(self, facts: EvidenceFacts) -> None:
        self.query_one("#tasks", VirtualTable).show_rows(facts.tasks)

    @on(VirtualTable.Moved, "#tasks")
    def show_evidence(self, moved: VirtualTable.Moved) -> None:
        """Show the evidence of the task now under the cursor."""
        task: TaskEvidence | None = moved.row
        self.query_one("#measured", VirtualTable).show_rows(list(enumerate(task.evidence)) if task is not None else [])

    @on(VirtualTable.Opened, "#tasks")
    def open_task(self, opened: VirtualTable.Opened) -> None:
        """Show the task's record."""
        self.app.push_screen(RecordScreen(opened.row.task))

    @on(VirtualTable.Opened, "#measured")
    def show_line(self, opened: VirtualTable.Opened) -> None:
        """Show a line of evidence whole."""
        line: EvidenceLine = opened.row[1]
        self.app.push_screen(Notice(line.subject, verbatim(line.unit), line.cause))

    def action_order(self) -> None:
        """Open the tasks of an order."""
        if self.facts is not None:
            self.app.push_screen(new_order_form(self.room, self.facts.form))
