"""Who knew what when of one record, read from the journal up to an instant."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult

from floodready.acts import act_told
from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.rectification.views_incident import KnewRow, knew_rows
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


class WhoKnewScreen(PillarScreen[list[KnewRow]]):
    """Every moment in which somebody came to know, or did something."""

    TITLE_WORDS = say("Who knew what when")
    HELP_WORDS = say("From the journal: who acted, and who was named by another's act from then on.")
    TABLES = frozenset({"rectification.", "organisation."})
    DEFAULT_CSS = "WhoKnewScreen #knew-told { height: auto; color: $accent; }"

    def __init__(self, number: str, until: datetime | None = None, told: Sentence | None = None) -> None:
        """`until` ends the account at an accident; `told` says what it is the account of."""
        super().__init__()
        self._number = number
        self._until = until
        self._told = told or verbatim(number)

    def body(self) -> ComposeResult:
        zone = self.room.zone
        columns: tuple[Column[KnewRow], ...] = (
            Column(id="time", heading=say("Time"), cell=lambda r: local_time(r.at, zone), width=16),
            Column(id="person", heading=say("Person"), cell=lambda r: r.person_name, width=12, grow=2),
            Column(id="how", heading=say("How"), cell=lambda r: r.how, width=6),
            Column(id="what", heading=say("What"), cell=lambda r: act_told(r.command), width=15, grow=1),
            Column(id="state", heading=say("State"), cell=lambda r: r.state.word, width=10, grow=1),
            Column(id="due", heading=say("Deadline"), cell=lambda r: r.deadline_on, width=10),
            Column(id="reason", heading=say("Reason"), cell=lambda r: r.reason, width=10, grow=2, priority=2),
        )
        yield Words(self._told, id="knew-told")
        yield VirtualTable(columns, lambda r: f"{r.seq} {r.person}", empty=say("Nobody knew of it."), id="knew")

    def read_facts(self, view: View, room: Room) -> list[KnewRow]:
        return knew_rows(view, room.store, self._number, self._until or room.at())

    def show_facts(self, facts: list[KnewRow]) -> None:
        self.query_one("#knew", VirtualTable).show_rows(facts)
