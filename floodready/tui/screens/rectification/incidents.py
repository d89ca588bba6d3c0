"""Accidents: each with the hazard that caused it or the absence of one, and who knew of it before."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.frozen import frozen
from floodready.language import say, verbatim
from floodready.rectification.models import IncidentCause
from floodready.rectification.views_incident import IncidentRow, incident_rows
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.opening_forms import incident_form, link_form
from floodready.tui.screens.rectification.who_knew import WhoKnewScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable

_TONES = {IncidentCause.NOT_FOUND: Tone.BAD, IncidentCause.NOT_RECTIFIED: Tone.BAD}


@frozen
class IncidentsFacts:
    """The accidents, and what the forms choose from."""

    rows: list[IncidentRow]
    form: FormFacts


class IncidentsScreen(PillarScreen[IncidentsFacts]):
    """Every accident, the latest first."""

    TITLE_WORDS = say("Accidents")
    HELP_WORDS = say("Enter shows who knew what of the hazard before the accident, from the journal.")
    TABLES = frozenset({"rectification.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "incidents.new",
            "n",
            "new",
            say("accident"),
            say("Record an accident, with its hazard or without one."),
        ),
        bind("incidents.link", "l", "link", say("link"), say("Say which hazard caused it, or that nobody found it.")),
    ]

    def body(self) -> ComposeResult:
        zone = self.room.zone
        columns: tuple[Column[IncidentRow], ...] = (
            Column(id="time", heading=say("Time"), cell=lambda r: local_time(r.incident.happened_at, zone), width=16),
            Column(id="what", heading=say("Description"), cell=lambda r: r.incident.description, width=14, grow=2),
            Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=10, grow=1, priority=2),
            Column(id="hazard", heading=say("Hazard"), cell=lambda r: r.incident.finding or "–", width=16),
            Column(id="cause", heading=say("Cause"), cell=lambda r: r.cause.brief, width=22, grow=1,
                   tone=lambda r: _TONES.get(r.cause)),
        )  # fmt: skip
        yield VirtualTable(
            columns,
            lambda r: r.incident.id,
            empty=say("No accident is recorded."),
            first=say("Press n to record one."),
            id="incidents",
        )

    def read_facts(self, view: View, room: Room) -> IncidentsFacts:
        return IncidentsFacts(rows=incident_rows(view, room.store, room.zone), form=form_facts(view, room))

    def show_facts(self, facts: IncidentsFacts) -> None:
        self.query_one("#incidents", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#incidents")
    def show_account(self, opened: VirtualTable.Opened) -> None:
        """Show who knew what before it, or that nobody had found the hazard."""
        row: IncidentRow = opened.row
        told = say("{incident}: {cause}", incident=verbatim(row.incident.description), cause=row.cause.word)
        if row.incident.finding is None:
            self.app.push_screen(Notice(verbatim(row.incident.id), told))
        else:
            self.app.push_screen(WhoKnewScreen(row.incident.finding, row.incident.happened_at, told))

    def action_new(self) -> None:
        """Record an incident."""
        if self.facts is not None:
            self.app.push_screen(incident_form(self.room, self.facts.form))

    def action_link(self) -> None:
        """Link the accident under the cursor to a hazard."""
        row: IncidentRow | None = self.query_one("#incidents", VirtualTable).row
        if row is not None and self.facts is not None:
            self.app.push_screen(link_form(self.room, self.facts.form, row.incident))
