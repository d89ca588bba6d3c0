"""One campaign: stages, scope, milestones and lists; the progress of its units; its issues and tasks."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.rectification import commands
from floodready.rectification.models import Finding
from floodready.rectification.reading import the_campaign
from floodready.rectification.views import FindingRow, light_told, state_told
from floodready.rectification.views_campaign import CampaignSheet, ProgressRow, campaign_sheet
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.campaign_forms import campaign_form, milestone_form, put_form
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable

Line = tuple[int, Sentence, Sentence]
PROGRESS_FIGURES: tuple[Column[ProgressRow], ...] = (
    Column(id="found", heading=say("Found"), cell=lambda r: r.progress.found, width=5, right=True),
    Column(id="fixed", heading=say("Fixed"), cell=lambda r: r.progress.fixed, width=5, right=True),
    Column(id="rate", heading=say("Rate %"), cell=lambda r: "–" if r.rate is None else r.rate, width=6, right=True),
    Column(id="overdue", heading=say("Overdue"), cell=lambda r: r.progress.overdue, width=7, right=True,
           tone=lambda r: Tone.BAD if r.progress.overdue else None),
    Column(id="listed", heading=say("Listed"), cell=lambda r: r.progress.listed, width=6, right=True),
    Column(id="bare", heading=say("Unprotected"), cell=lambda r: r.progress.without_measure, width=11, right=True,
           priority=2, tone=lambda r: Tone.BAD if r.progress.without_measure else None),
)  # fmt: skip
LINES: tuple[Column[Line], ...] = (
    Column(id="what", heading=say("What"), cell=lambda line: line[1], width=15, tone=lambda _: Tone.MUTED),
    Column(id="told", heading=say("Figure"), cell=lambda line: line[2], width=30, grow=1),
)
RECORDS: tuple[Column[FindingRow], ...] = (
    Column(id="id", heading=say("Issues and tasks"), cell=lambda r: r.id, width=16),
    Column(id="light", heading=say("Due light"), cell=lambda r: say("{mark} {light}", mark=r.light.mark,
           light=light_told(r)), width=13, order=lambda r: r.light.rank),
    Column(id="kind", heading=say("Kind"), cell=lambda r: say("meeting task") if r.is_task else
           r.grade.word if r.grade else say("not yet graded"), width=14, priority=2),
    Column(id="state", heading=say("State"), cell=state_told, width=12, grow=1),
    Column(id="what", heading=say("Description"), cell=lambda r: r.description, width=16, grow=3),
)  # fmt: skip


@frozen
class CampaignFacts:
    """One campaign, and what its forms choose from."""

    sheet: CampaignSheet
    outside: dict[str, str]
    """Open records that stand on no campaign's lists."""
    form: FormFacts


class CampaignScreen(PillarScreen[CampaignFacts]):
    """One campaign."""

    DEFAULT_CSS = """
    CampaignScreen { #lines { height: 3fr; } #progress { height: 2fr; } #records { height: 3fr; } }
    """
    TITLE_WORDS = say("Campaign")
    HELP_WORDS = say("Tab goes from the campaign to its units, and to its issues and tasks. Enter opens a record.")
    TABLES = frozenset({"rectification.", "organisation.", "season.seasons"})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("campaign.change", "c", "change", say("change"), say("Change stages, scope, units, lists, milestones.")),
        bind("campaign.milestone", "m", "milestone", say("milestone"), say("Say that a milestone is reached.")),
        bind("campaign.put", "a", "put", say("add record"), say("Put a record on this campaign's lists.")),
        bind("campaign.take_off", "x", "take_off", say("take off"),
             say("Take the record under the cursor off the lists; the record itself stays.")),
    ]  # fmt: skip
    AUTO_FOCUS = "#records"

    def __init__(self, campaign: str) -> None:
        super().__init__()
        self._campaign = campaign

    def body(self) -> ComposeResult:
        unit: Column[ProgressRow] = Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit_name, width=14, grow=1)
        yield VirtualTable(LINES, lambda line: str(line[0]), empty=say("Nothing is known."), id="lines")
        yield VirtualTable((unit, *PROGRESS_FIGURES), lambda r: r.progress.unit, empty=say("No unit takes part."),
                           id="progress")  # fmt: skip
        yield VirtualTable(
            RECORDS,
            lambda r: r.id,
            empty=say("Nothing stands on the lists."),
            first=say("Press a to put a record on them."),
            id="records",
        )

    def read_facts(self, view: View, room: Room) -> CampaignFacts:
        return CampaignFacts(
            sheet=campaign_sheet(view, the_campaign(view, self._campaign), room.at(), room.zone),
            outside={one.id: one.description for one in view.all(Finding) if one.is_open and one.campaign is None},
            form=form_facts(view, room),
        )

    def show_facts(self, facts: CampaignFacts) -> None:
        sheet = facts.sheet
        lines = [(place, head, told) for place, (head, told) in enumerate(sheet.lines)]
        self.query_one("#lines", VirtualTable).show_rows(lines)
        self.query_one("#progress", VirtualTable).show_rows(list(sheet.progress))
        self.query_one("#records", VirtualTable).show_rows([*sheet.issues, *sheet.tasks])

    @on(VirtualTable.Opened, "#records")
    def open_record(self, opened: VirtualTable.Opened) -> None:
        """Show the record under the cursor."""
        self.app.push_screen(RecordScreen(opened.row.id))

    @on(VirtualTable.Opened, "#lines")
    def show_whole_line(self, opened: VirtualTable.Opened) -> None:
        """Show a line that is longer than the screen is wide."""
        self.app.push_screen(Notice(opened.row[1], opened.row[2]))

    def action_change(self) -> None:
        """Change the campaign."""
        if self.facts is not None:
            self.app.push_screen(campaign_form(self.room, self.facts.form, self.facts.sheet.campaign))

    def action_milestone(self) -> None:
        """Say that a milestone is reached."""
        if self.facts is None:
            return
        campaign = self.facts.sheet.campaign
        if all(one.reached_on is not None for one in campaign.milestones):
            self.duty_app.say_in_passing(say("No milestone is still to be reached. Add one with c."))
        else:
            self.app.push_screen(milestone_form(self.room, campaign, self.facts.form.today))

    def action_put(self) -> None:
        """Put a record on the lists."""
        if self.facts is not None:
            self.app.push_screen(put_form(self.room, self.facts.sheet.campaign, self.facts.outside))

    def action_take_off(self) -> None:
        """Take a record off the lists."""
        row: FindingRow | None = self.query_one("#records", VirtualTable).row
        if row is None:
            return
        act, room, number = self.room.act(), self.room, row.id
        name = self.facts.sheet.campaign.name if self.facts is not None else self._campaign

        def take_off() -> Sentence:
            made = commands.put_in_campaign(room.store, act, finding=number, campaign=None)
            return say("{id} is off the lists of {campaign}.", id=made.id, campaign=verbatim(name))

        self.run_command(take_off)
