"""The pillars and the number keys that lead to them. A pillar joins the screens by one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say

if TYPE_CHECKING:
    from floodready.tui.screens.pillar_screen import AnyPillarScreen


@frozen_in_order
class Pillar:
    """One pillar's place among the screens."""

    id: str
    """The first part of the names of its tables."""
    key: str
    words: Sentence
    screen: str
    """`module:Class`; imported when first shown."""

    def make(self) -> AnyPillarScreen:
        """Make the pillar's screen."""
        made: AnyPillarScreen = self.load()()
        return made

    def load(self) -> type[AnyPillarScreen]:
        """Import the screen, by which its keys come into the table."""
        module, _, name = self.screen.partition(":")
        found: type[AnyPillarScreen] = getattr(import_module(f"floodready.tui.screens.{module}"), name)
        return found


PILLARS: tuple[Pillar, ...] = (
    Pillar("board", "1", say("Board"), "board:BoardScreen"),
    Pillar("season", "2", say("Season"), "season:SeasonScreen"),
    Pillar("duty", "4", say("Duty"), "duty.roster:DutyScreen"),
    Pillar("rectification", "6", say("Rectification"), "rectification.records:RectificationScreen"),
    Pillar("materials", "3", say("Stock"), "materials.stock:StockScreen"),
    Pillar("organisation", "7", say("Organisation"), "organisation:OrganisationScreen"),
    Pillar("drills", "5", say("Drills"), "drills.year:DrillsScreen"),
    Pillar("journal", "8", say("Journal"), "journal:JournalScreen"),
)
"""1 board, 2 season, 3 stock, 4 duty, 5 drills, 6 rectification, 7 organisation, 8 journal."""


def pillar_of(table: str) -> Pillar | None:
    """Give the pillar whose documents stand in a table."""
    first = table.partition(".")[0]
    return next((pillar for pillar in PILLARS if pillar.id == first), None)
