"""What the screens of duty share: they show one unit, the chosen one or that of who is signed in, and how it stands."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, TypeVar

from textual.binding import BindingType

from floodready.duty.roster import units_with_duty
from floodready.language import Sentence, say
from floodready.organisation.models import Person
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_DUTY, POSTS_FIRST, nothing_told
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.work import start

F = TypeVar("F")


class OfUnitScreen(PillarScreen[F]):
    """A screen of one unit's duty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("of_unit.now", "b", "duty_now", say("now"), say("Who is on duty, who comes next, what must be done now.")),
    ]

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

    def action_duty_now(self) -> None:
        start(self, partial(self._show_now, self.room), "now")

    async def _show_now(self, room: Room) -> None:
        self.app.push_screen(Notice(say("Duty now"), *await room.runner.read(lambda: self._now(room))))

    def _now(self, room: Room) -> list[Sentence]:
        """Read the answer. Runs in the store's thread."""
        from floodready.reports.duty_now import duty_now

        view = room.view()
        unit = self.unit_shown(view, room)
        if unit is None:
            return [nothing_told(NO_DUTY, POSTS_FIRST, past=room.as_of is not None)]
        return duty_now(view, unit, room.at(), room.zone, room.person)
