"""The app of the wall: it looks at the journal and turns pages. It has no key that writes, and nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from floodready.language import Sentence
from floodready.os_reasons import refusal_of
from floodready.refusal import FloodreadyError
from floodready.tui.room import Room
from floodready.tui.runner import CommandRunner
from floodready.tui.screens.wall import Wall, WallScreen, read_wall
from floodready.tui.theme import DEFAULT_THEME, PlainScrollBar, dress
from floodready.tui.work import start

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.clock import Clock
    from floodready.store.contract import Store

LOOK_EVERY = 1.0
"""Seconds between two looks at the journal; a look at an unmoved journal is one `stat`."""
PAGE_SECONDS = 15.0


class WallApp(App[None]):
    """A board for a big screen."""

    CSS_PATH = "base.tcss"
    TITLE = "floodready"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        zone: ZoneInfo,
        theme: str = DEFAULT_THEME,
        page_seconds: float = PAGE_SECONDS,
    ) -> None:
        super().__init__()
        dress(self, theme)
        # Nobody is ever signed in here: what would write is refused.
        self.room = Room(store, clock, zone, "wall", CommandRunner(self, self.look))
        self._page_seconds = page_seconds
        self._damage: Sentence | None = None
        """What keeps a part of the journal from being read: it stands across every page."""
        self._looking = False
        self._known: tuple[int, str] | None = None
        self._wall = WallScreen(self.room)

    def on_load(self) -> None:
        """Draw scrollbars from blank cells."""
        PlainScrollBar.install()

    async def on_mount(self) -> None:
        """Read, and from now on look and turn by the clock."""
        await self.push_screen(self._wall)
        self._wall.tick()
        self.look()
        self.set_interval(LOOK_EVERY, self.look)
        self.set_interval(self._page_seconds, self._wall.turn)

    def look(self) -> None:
        """Read anew where the journal moved or a minute passed; say so where it cannot be read.

        A look is never overtaken by the next: what it read would be known and yet not shown.
        """
        if not self._looking:
            self._looking = True
            start(self, self._look, "look", exclusive=False)

    def action_turn(self, by: int) -> None:
        self._wall.turn(by)

    async def _look(self) -> None:
        try:
            facts = await self.room.runner.read(self._read_if_moved)
        except FloodreadyError as error:
            self._tell_trouble(error.sentence)
        except OSError as error:
            self._tell_trouble(refusal_of(error))
        else:
            if facts is not None:
                self._wall.show(facts)
            self._wall.tell_trouble(self._damage)
            self._wall.tick()
        finally:
            self._looking = False

    def _tell_trouble(self, cause: Sentence) -> None:
        self._known = None
        self._wall.tell_trouble(cause)
        self._wall.tick()

    def _read_if_moved(self) -> Wall | None:
        room = self.room
        room.store.refresh()
        now = (room.store.seq, room.at().isoformat(timespec="minutes"))
        if self._known is None or now[1] != self._known[1]:
            room.store.look_over()
        damage = room.store.damage
        self._damage = damage.sentence if damage is not None else None
        if now == self._known:
            return None
        facts = read_wall(room.store, room)
        self._known = now
        return facts

    def on_unmount(self) -> None:
        """Give the store's thread back."""
        self.room.runner.close()
