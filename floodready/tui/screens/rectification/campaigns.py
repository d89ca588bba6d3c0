"""Campaigns with their stage and the progress of their units."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult

from floodready.clock import local_day
from floodready.language import Sentence, say, verbatim
from floodready.rectification.campaign import UnitProgress
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.views_campaign import campaign_rows
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A unit's progress in a campaign, with the stage that runs."""

    campaign: Campaign
    stage: Sentence
    unit: UnitProgress


COLUMNS: tuple[Column[CampaignRow], ...] = (
    Column(id="name", heading=say("Campaign"), cell=lambda r: r.campaign.name, width=14, grow=3),
    Column(id="stage", heading=say("Stage"), cell=lambda r: r.stage, width=10, grow=1),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit.unit, width=10, grow=1),
    Column(id="found", heading=say("Found"), cell=lambda r: r.unit.found, width=5, right=True),
    Column(id="fixed", heading=say("Fixed"), cell=lambda r: r.unit.fixed, width=5, right=True),
    Column(id="rate", heading=say("Rate %"), cell=lambda r: "" if r.unit.rate is None else r.unit.rate, width=6,
           right=True),
    Column(id="overdue", heading=say("Overdue"), cell=lambda r: r.unit.overdue, width=7, right=True,
           tone=lambda r: Tone.BAD if r.unit.overdue else None),
    Column(id="listed", heading=say("Listed"), cell=lambda r: r.unit.listed, width=6, right=True, priority=2),
    Column(id="bare", heading=say("Without emergency measure"), cell=lambda r: r.unit.without_measure, width=9,
           right=True, priority=3, tone=lambda r: Tone.BAD if r.unit.without_measure else None),
)  # fmt: skip


class CampaignsScreen(PillarScreen[list[CampaignRow]]):
    """Every unit of every campaign."""

    TITLE_WORDS = say("Campaigns")
    TABLES = frozenset({"rectification.", "season.seasons"})
    TIMED = True

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: f"{row.campaign.id}/{row.unit.unit}",
            empty=say("There is no campaign. Open one: floodready campaign open"),
            id="campaigns",
        )

    def read_facts(self, view: View, room: Room) -> list[CampaignRow]:
        today = local_day(room.at(), room.zone)
        rows: list[CampaignRow] = []
        for campaign in view.all(Campaign):
            stage = campaign.stage_on(today)
            words = stage.kind.word if stage is not None else verbatim("–")
            progress = campaign_rows(view, campaign, room.at(), room.zone)
            rows += [CampaignRow(campaign=campaign, stage=words, unit=unit) for unit in progress]
        return rows

    def show_facts(self, facts: list[CampaignRow]) -> None:
        self.query_one("#campaigns", VirtualTable).show_rows(facts)
