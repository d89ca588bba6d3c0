"""The records: by light, mine, climbed, meeting tasks, by unit and source; a new one in a few keys."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.frozen import frozen, replace
from floodready.language import Sentence, listed, say
from floodready.rectification.models import RectificationSettings
from floodready.rectification.reading import settings_of
from floodready.rectification.states import Source, State
from floodready.rectification.views import FindingRow, escalated_rows, finding_rows, light_told, my_rows, state_told
from floodready.store.contract import View
from floodready.text import alphabetical
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.campaigns import CampaignsScreen
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.criteria import CriteriaScreen
from floodready.tui.screens.rectification.evidence import EvidenceScreen
from floodready.tui.screens.rectification.incidents import IncidentsScreen
from floodready.tui.screens.rectification.ledger_import import LedgerImportScreen, ask_ledger
from floodready.tui.screens.rectification.light_tones import TONES
from floodready.tui.screens.rectification.opening_forms import new_hazard_form, new_task_form, settings_form
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.screens.rectification.state_board import StateBoardScreen
from floodready.tui.screens.rectification.statistics import StatisticsScreen, ledger_form
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


class Shown(StrEnum):
    """Which records are shown, in the order in which the key goes through them."""

    OPEN = "open"
    MINE = "mine"
    CLIMBED = "climbed"
    TASKS = "tasks"
    BY_UNIT = "by unit"
    BY_SOURCE = "by source"
    ALL = "all"

    @property
    def word(self) -> Sentence:
        """What is shown, in the reader's language."""
        return _SHOWN[self]


_SHOWN = {
    Shown.OPEN: say("open, the worst light first"),
    Shown.MINE: say("my items"),
    Shown.CLIMBED: say("escalated, listed or overdue"),
    Shown.TASKS: say("meeting tasks"),
    Shown.BY_UNIT: say("open, by unit"),
    Shown.BY_SOURCE: say("open, by source"),
    Shown.ALL: say("all, also the closed"),
}


@frozen
class RecordsFacts:
    """The rows, and what the forms need."""

    rows: list[FindingRow]
    counts: dict[State, int]
    form: FormFacts
    held: RectificationSettings


_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column(id="light", heading=say("Due light"), cell=lambda r: say("{mark} {light}", mark=r.light.mark,
           light=light_told(r)), width=13, order=lambda r: r.light.rank, tone=lambda r: TONES[r.light]),
    Column(id="id", heading=say("Case number"), cell=lambda r: r.id, width=16),
    Column(id="state", heading=say("State"), cell=state_told, width=10, grow=1),
    Column(id="what", heading=say("Description"), cell=lambda r: r.description, width=16, grow=4),
    Column(id="due", heading=say("Deadline"), cell=lambda r: r.deadline_on or "", width=10),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=10, grow=1, priority=3),
    Column(id="source", heading=say("Comes from"), cell=lambda r: r.source.word, width=10, priority=4),
    Column(id="who", heading=say("Responsible"), cell=lambda r: r.responsible, width=10, priority=2),
)  # fmt: skip
_BY_ID = {column.id: column for column in _COLUMNS}
_LEADING = {Shown.BY_UNIT: "unit", Shown.BY_SOURCE: "source"}


def columns_of(shown: Shown) -> tuple[Column[FindingRow], ...]:
    """Give the columns of a kind of list: what it is ordered by stands first and always stays, then the state goes."""
    leading = _LEADING.get(shown)
    if leading is None:
        return _COLUMNS
    rest = [replace(c, priority=2) if c.id == "state" else c for c in _COLUMNS if c.id != leading]
    return (replace(_BY_ID[leading], priority=1, grow=1), *rest)


class RectificationScreen(PillarScreen[RecordsFacts]):
    """The list of records."""

    TITLE_WORDS = say("Rectification")
    HELP_WORDS = say("What is to be put right by someone by a date. Enter opens a record with its possible moves.")
    TABLES = frozenset({"rectification.", "organisation."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("records.new", "n", "new", say("hazard"), say("Open a record for a hazard that was found.")),
        bind("records.task", "t", "task", say("task"), say("Open a task that a meeting ordered.")),
        bind("records.view", "v", "view", say("view"), say("Open, mine, escalated, tasks, by unit, by source, all.")),
        bind("records.board", "b", "board", say("by state"), say("The board: one column a state.")),
        bind("records.campaigns", "c", "campaigns", say("campaigns"), say("Campaigns with their progress by unit.")),
        bind("records.evidence", "m", "evidence", say("measured"), say("What the program measures of the tasks.")),
        bind("records.figures", "f", "figures", say("statistics"), say("Monthly and quarterly tables, to export.")),
        bind("records.incidents", "i", "incidents", say("accidents"),
             say("Accidents, and who knew of the hazard.")),
        bind("records.criteria", "r", "criteria", say("criteria"), say("The criteria lists for major hazards.")),
        bind("records.import", "I", "import_ledger", say("import"), say("Import a ledger of hazards: dry run first.")),
        bind("records.export", "x", "export", say("export"), say("Write the ledger as XLSX or CSV."), shown=False),
        bind("records.settings", "o", "settings", say("figures"), say("The office's own figures: days and rounds."),
             shown=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._shown = Shown.OPEN
        self._opened: list[str] = []
        """Numbers of records opened here, on whose rows the cursor is still to go."""

    def body(self) -> ComposeResult:
        yield Words(self._shown.word, id="shown")
        yield VirtualTable(
            columns_of(self._shown),
            lambda row: row.id,
            empty=say("Nothing is here."),
            first=say("Press n to record a hazard; v shows other lists."),
            id="records",
        )

    def read_facts(self, view: View, room: Room) -> RecordsFacts:
        every = finding_rows(view, room.at(), room.zone)
        rows = self._chosen(view, room, every)
        return RecordsFacts(
            rows=rows,
            counts={state: sum(row.state is state for row in rows) for state in State},
            form=form_facts(view, room),
            held=settings_of(view),
        )

    def show_facts(self, facts: RecordsFacts) -> None:
        counted = ((state.word, count) for state, count in facts.counts.items() if count)
        told = [say("{state} {count}", state=word, count=count) for word, count in counted]
        shown = self._shown.word
        self.query_one("#shown", Words).say(
            say("{shown}: {counts}", shown=shown, counts=listed(told)) if told else shown
        )
        table = self.query_one("#records", VirtualTable)
        table.show_rows(facts.rows)
        if self._opened and table.go_to(self._opened[-1]):
            self._opened.clear()

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
            self.app.push_screen(new_hazard_form(self.room, self.facts.form, self._opened))

    def action_task(self) -> None:
        """Open a meeting task."""
        if self.facts is not None:
            self.app.push_screen(new_task_form(self.room, self.facts.form))

    def action_view(self) -> None:
        """Show the next kind of records."""
        every = list(Shown)
        self._shown = every[(every.index(self._shown) + 1) % len(every)]
        self.query_one("#records", VirtualTable).show_columns(columns_of(self._shown))
        self.read_anew()

    def action_campaigns(self) -> None:
        """Show the campaigns."""
        self.app.push_screen(CampaignsScreen())

    def action_board(self) -> None:
        """Show the board by state."""
        self.app.push_screen(StateBoardScreen())

    def action_evidence(self) -> None:
        """Show what is measured of the tasks."""
        self.app.push_screen(EvidenceScreen())

    def action_figures(self) -> None:
        """Show the statistics."""
        self.app.push_screen(StatisticsScreen(local_day(self.room.at(), self.room.zone)))

    def action_incidents(self) -> None:
        """Show the incidents."""
        self.app.push_screen(IncidentsScreen())

    def action_criteria(self) -> None:
        """Show the criteria lists."""
        self.app.push_screen(CriteriaScreen())

    def action_import_ledger(self) -> None:
        """Ask for a ledger and show what it would do."""
        asked: list[tuple[Path, str]] = []

        def show(_: bool | None) -> None:
            if asked:
                self.app.push_screen(LedgerImportScreen(*asked[0]))

        if self.facts is not None:
            self.app.push_screen(ask_ledger(self.facts.form, asked), show)

    def action_export(self) -> None:
        """Write the ledger."""
        self.app.push_screen(ledger_form(self.room))

    def action_settings(self) -> None:
        """Set the office's own figures."""
        if self.facts is not None:
            self.app.push_screen(settings_form(self.room, self.facts.held))

    def _chosen(self, view: View, room: Room, every: list[FindingRow]) -> list[FindingRow]:
        open_ones = [row for row in every if row.state.is_open]
        match self._shown:
            case Shown.MINE:
                return my_rows(view, room.at(), room.zone, room.person) if room.person is not None else []
            case Shown.CLIMBED:
                return escalated_rows(view, room.at(), room.zone)
            case Shown.TASKS:
                return [row for row in every if row.is_task]
            case Shown.BY_UNIT:
                return sorted(open_ones, key=lambda row: alphabetical(row.unit_name))
            case Shown.BY_SOURCE:
                return sorted(open_ones, key=lambda row: list(Source).index(row.source))
            case Shown.ALL:
                return every
            case _:
                return open_ones
