"""The records: by light, mine, climbed, meeting tasks, by state; a new one in a few keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.language import Sentence, say
from floodready.organisation.models import Person, Unit
from floodready.rectification.lights import Light
from floodready.rectification.states import State
from floodready.rectification.transitions import listed
from floodready.rectification.views import FindingRow, escalated_rows, finding_rows, my_rows, state_told
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.campaigns import CampaignsScreen
from floodready.tui.screens.rectification.forms import new_hazard_form, new_task_form
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_TONES = {
    Light.OVERDUE: Tone.BAD,
    Light.RED: Tone.BAD,
    Light.AMBER: Tone.WATCH,
    Light.URGED: Tone.WATCH,
    Light.GREEN: Tone.GOOD,
    Light.NONE: Tone.MUTED,
}


class Shown(StrEnum):
    """Which records are shown, in the order in which the key goes through them."""

    OPEN = "open"
    MINE = "mine"
    CLIMBED = "climbed"
    TASKS = "tasks"
    BY_STATE = "by state"

    @property
    def word(self) -> Sentence:
        """What is shown, in the reader's language."""
        return _SHOWN[self]


_SHOWN = {
    Shown.OPEN: say("open, the worst light first"),
    Shown.MINE: say("my items"),
    Shown.CLIMBED: say("escalated or on the supervision list"),
    Shown.TASKS: say("meeting tasks"),
    Shown.BY_STATE: say("all, by state"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsFacts:
    """The rows, and what the forms need."""

    rows: list[FindingRow]
    counts: dict[State, int]
    units: dict[str, str]
    people: dict[str, str]
    today: date


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column(id="light", heading=say("Due light"), cell=lambda r: say("{mark} {light}", mark=r.light.mark,
           light=r.light.word), width=11, order=lambda r: r.light.rank, tone=lambda r: _TONES[r.light]),
    Column(id="id", heading=say("Case number"), cell=lambda r: r.id, width=14, grow=1),
    Column(id="state", heading=say("State"), cell=state_told, width=10, grow=1),
    Column(id="what", heading=say("Description"), cell=lambda r: r.description, width=16, grow=4),
    Column(id="due", heading=say("Deadline"), cell=lambda r: r.deadline_on or "", width=10),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=10, grow=1, priority=3),
    Column(id="source", heading=say("Comes from"), cell=lambda r: r.source.word, width=10, priority=4),
    Column(id="who", heading=say("Responsible"), cell=lambda r: r.responsible, width=10, priority=2),
)  # fmt: skip


class RectificationScreen(PillarScreen[RecordsFacts]):
    """The list of records."""

    TITLE_WORDS = say("Rectification")
    HELP_WORDS = say("What is to be put right by someone by a date. Enter opens a record with its possible moves.")
    TABLES = frozenset({"rectification.", "organisation."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("records.new", "n", "new", say("hazard"), say("Open a record for a hazard that was found.")),
        bind("records.task", "t", "task", say("task"), say("Open a task that a meeting ordered.")),
        bind("records.view", "v", "view", say("view"), say("Open, mine, escalated, meeting tasks, all by state.")),
        bind("records.campaigns", "c", "campaigns", say("campaigns"), say("Campaigns with their progress by unit.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown = Shown.OPEN

    def body(self) -> ComposeResult:
        yield Words(self._shown.word, id="shown")
        yield VirtualTable(
            COLUMNS,
            lambda row: row.id,
            empty=say("Nothing is here. Open a record for a hazard that was found with n; v shows others."),
            id="records",
        )

    def read_facts(self, view: View, room: Room) -> RecordsFacts:
        every = finding_rows(view, room.at(), room.zone)
        return RecordsFacts(
            rows=self._chosen(view, room, every),
            counts={state: sum(row.state is state for row in every) for state in State},
            units={unit.id: unit.name for unit in view.all(Unit) if unit.active},
            people={person.id: person.name for person in view.all(Person) if person.active},
            today=local_day(room.at(), room.zone),
        )

    def show_facts(self, facts: RecordsFacts) -> None:
        counted = ((state.word, count) for state, count in facts.counts.items() if count)
        told = [say("{state} {count}", state=word, count=count) for word, count in counted]
        self.query_one("#shown", Words).say(listed([self._shown.word, *told]))
        self.query_one("#records", VirtualTable).show_rows(facts.rows)

    def open_document(self, table: str, id: str) -> None:
        if table == "rectification.findings":
            self.app.push_screen(RecordScreen(id))

    @on(VirtualTable.Opened, "#records")
    def open_record(self) -> None:
        """Show the record under the cursor."""
        row: FindingRow | None = self.query_one("#records", VirtualTable).row
        if row is not None:
            self.app.push_screen(RecordScreen(row.id))

    def action_new(self) -> None:
        """Open a record for something found."""
        if self.facts is not None:
            self.app.push_screen(new_hazard_form(self.room, self.facts.units, self.facts.today))

    def action_task(self) -> None:
        """Open a meeting task."""
        if self.facts is not None:
            form = new_task_form(self.room, self.facts.units, self.facts.people, self.facts.today)
            self.app.push_screen(form)

    def action_view(self) -> None:
        """Show the next kind of records."""
        every = list(Shown)
        self._shown = every[(every.index(self._shown) + 1) % len(every)]
        self.read_anew()

    def action_campaigns(self) -> None:
        """Show the campaigns."""
        self.app.push_screen(CampaignsScreen())

    def _chosen(self, view: View, room: Room, every: list[FindingRow]) -> list[FindingRow]:
        match self._shown:
            case Shown.MINE:
                return my_rows(view, room.at(), room.zone, room.person) if room.person is not None else []
            case Shown.CLIMBED:
                return escalated_rows(view, room.at(), room.zone)
            case Shown.TASKS:
                return [row for row in every if row.is_task]
            case Shown.BY_STATE:
                return sorted(every, key=lambda row: list(State).index(row.state))
            case _:
                return [row for row in every if row.state.is_open]
