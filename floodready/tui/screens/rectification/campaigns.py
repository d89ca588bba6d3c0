"""The campaigns with their stage and figures; enter shows one whole."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import say
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.views_campaign import CampaignSheet, ProgressRow, campaign_sheet
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.rectification.campaign import PROGRESS_FIGURES, CampaignScreen
from floodready.tui.screens.rectification.campaign_forms import campaign_form
from floodready.tui.screens.rectification.choices import FormFacts, form_facts
from floodready.tui.widgets.virtual_table import Column, VirtualTable


def _of_the_whole(one: Column[ProgressRow]) -> Column[CampaignSheet]:
    """Give a figure of a campaign's units as that of the whole campaign."""
    return Column(
        id=one.id,
        heading=one.heading,
        cell=lambda sheet: one.cell(sheet.progress[-1]),
        width=one.width,
        right=True,
        priority=one.priority,
        tone=lambda sheet: one.tone(sheet.progress[-1]),
    )


COLUMNS: tuple[Column[CampaignSheet], ...] = (
    Column(id="name", heading=say("Campaign"), cell=lambda s: s.campaign.name, width=14, grow=3),
    Column(id="stage", heading=say("Stage"), cell=lambda s: s.stage, width=12, grow=1),
    *(_of_the_whole(one) for one in PROGRESS_FIGURES),
)  # fmt: skip


@frozen
class CampaignsFacts:
    """The campaigns, and what the form chooses from."""

    sheets: list[CampaignSheet]
    form: FormFacts


class CampaignsScreen(PillarScreen[CampaignsFacts]):
    """Every campaign as a whole."""

    TITLE_WORDS = say("Campaigns")
    HELP_WORDS = say("Enter shows a campaign: its lists, its milestones and the progress of its units.")
    TABLES = frozenset({"rectification.", "organisation.", "season.seasons"})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("campaigns.new", "n", "new", say("new"), say("Open a campaign with its stages, scope and lists.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda s: s.campaign.id,
            empty=say("There is no campaign."),
            first=say("Press n to open one."),
            id="campaigns",
        )

    def read_facts(self, view: View, room: Room) -> CampaignsFacts:
        sheets = [campaign_sheet(view, one, room.at(), room.zone) for one in view.all(Campaign)]
        return CampaignsFacts(sheets=sheets, form=form_facts(view, room))

    def show_facts(self, facts: CampaignsFacts) -> None:
        self.query_one("#campaigns", VirtualTable).show_rows(facts.sheets)

    @on(VirtualTable.Opened, "#campaigns")
    def open_campaign(self, opened: VirtualTable.Opened) -> None:
        """Show the campaign under the cursor."""
        self.app.push_screen(CampaignScreen(opened.row.campaign.id))

    def action_new(self) -> None:
        """Open a campaign."""
        if self.facts is not None:
            self.app.push_screen(campaign_form(self.room, self.facts.form, None))
