"""What must be drilled, by what rule and source, and when next."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.drills.models import Obligation
from floodready.drills.views_year import STANDING, ObligationRow, ended_told, obligation_rows
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.lookup import unit_names
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.drills.forms import oblige_form, rule_form
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import DateField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class ObligationFacts:
    """The obligations, and what their forms need."""

    rows: list[ObligationRow]
    documents: dict[str, Obligation]
    unit_names: dict[str, str]
    today: date


COLUMNS: tuple[Column[ObligationRow], ...] = (
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=12, grow=2),
    Column(id="plan", heading=say("Plan"), cell=lambda r: r.plan, width=14, grow=3),
    Column(id="rule", heading=say("Rule"), cell=lambda r: r.rule, width=22, grow=3),
    Column(id="next", heading=say("Next due"), cell=lambda r: r.next.due_on if r.next else "", width=10),
    Column(id="state", heading=say("State"), cell=lambda r: STANDING[r.next.standing] if r.next else "", width=8,
           grow=1),
    Column(id="source", heading=say("Source"), cell=lambda r: r.source, width=12, grow=3, priority=2,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class ObligationsScreen(PillarScreen[ObligationFacts]):
    """The list of obligations."""

    TITLE_WORDS = say("Drill obligations")
    HELP_WORDS = say("What each unit must drill. A changed rule leaves alone what is overdue, moved or planned.")
    TABLES = frozenset({"drills.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("obligations.new", "n", "new", say("new"), say("Lay down that a unit must drill a plan.")),
        bind("obligations.rule", "c", "rule", say("change rule"), say("Change the rule of the obligation.")),
        bind("obligations.end", "x", "end", say("end"), say("End the obligation from a day on.")),
    ]

    def __init__(self, first: str | None = None) -> None:
        super().__init__()
        self._first = first

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: row.id,
            empty=say("No unit has to drill anything yet."),
            first=say("Press n to lay down the first obligation."),
            id="obligations",
        )

    def read_facts(self, view: View, room: Room) -> ObligationFacts:
        return ObligationFacts(
            rows=obligation_rows(view, room.at(), room.zone),
            documents={obligation.id: obligation for obligation in view.all(Obligation)},
            unit_names=unit_names(view),
            today=local_day(room.at(), room.zone),
        )

    def show_facts(self, facts: ObligationFacts) -> None:
        table = self.query_one("#obligations", VirtualTable)
        table.show_rows(facts.rows)
        if self._first is not None:
            table.go_to(self._first)
            self._first = None

    @on(VirtualTable.Opened, "#obligations")
    def action_rule(self) -> None:
        """Change the rule of the obligation under the cursor."""
        chosen = self._chosen()
        if chosen is not None and self.facts is not None:
            self.app.push_screen(rule_form(self.room, chosen, self.facts.today))

    def action_new(self) -> None:
        """Lay down an obligation."""
        if self.facts is not None:
            self.app.push_screen(oblige_form(self.room, self.facts.unit_names, self.facts.today))

    def action_end(self) -> None:
        """End the obligation under the cursor."""
        chosen = self._chosen()
        if chosen is not None and self.facts is not None:
            self.app.push_screen(_end_form(self.room, chosen, self.facts.today))

    def _chosen(self) -> Obligation | None:
        row: ObligationRow | None = self.query_one("#obligations", VirtualTable).row
        return None if row is None or self.facts is None else self.facts.documents[row.id]


def _end_form(room: Room, obligation: Obligation, today: date) -> Form:
    from floodready.drills import commands

    def do(act: Act, values: Values) -> Sentence:
        made = commands.end_obligation(
            room.store, act, seen=obligation, on=values["ended_on"], zone=room.zone, reason=values["reason"]
        )
        return ended_told(room.store, made)

    intro = say("What is due before that day stays owed. One entered by mistake ends today, with the reason.")
    fields = [
        DateField("ended_on", say("Ends on"), today=today, value=today),
        TextField("reason", say("Reason"), required=False),
    ]
    return Form(
        say("End the obligation to drill {plan}", plan=obligation.plan), fields, do, act=say("End"), intro=intro
    )
