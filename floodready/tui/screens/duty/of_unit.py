"""What the screens of duty share: they show one unit, the one chosen or that of who is signed in."""

from __future__ import annotations

from typing import TypeVar

from floodready.duty.roster import units_with_duty
from floodready.organisation.models import Person
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen

F = TypeVar("F")


class OfUnitScreen(PillarScreen[F]):
    """A screen of one unit's duty."""

    def __init__(self, chosen: str | None = None) -> None:
        super().__init__()
        self.chosen = chosen
        """The unit somebody chose, by id; None for that of who is signed in."""

    def unit_shown(self, view: View, room: Room) -> str | None:
        """Give, of the units that keep duty, the chosen one, that of who is signed in, or the first; None for none."""
        units = [unit.id for unit in units_with_duty(view)]
        own = view.get(Person, room.person) if room.person is not None else None
        wanted = (self.chosen, own.unit if own is not None else None)
        return next((unit for unit in wanted if unit in units), units[0] if units else None)
