"""The first line of every screen: where I am, who is signed in, at which terminal, what time it is, which language."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from floodready.clock import local_time
from floodready.language import LANGUAGES, Sentence, current_language, say
from floodready.tui.room import Room
from floodready.tui.theme import mark


class Crumbs(Widget):
    """Where, who, when. What does not fit goes from the least needed on."""

    DEFAULT_CSS = """
    Crumbs { dock: top; height: 1; width: 100%; background: $panel; color: $foreground; padding: 0 1; }
    Crumbs.-past { background: $tone-watch; color: $background; text-style: bold; }
    """

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._drawn = ""

    def tick(self) -> None:
        """Draw anew where the minute, the person or anything else told here has changed."""
        self.set_class(self._room.as_of is not None, "-past")
        if self._line() != self._drawn:
            self.refresh()

    def render(self) -> RenderResult:
        self._drawn = self._line()
        return Content(self._drawn)

    def _line(self) -> str:
        where = f" {mark('›')} ".join(str(words) for words in self._where())
        room = self.content_size.width
        facts = [str(fact) for fact in self._facts()]
        while facts and cell_len(where) + 3 + cell_len(" | ".join(facts)) > room:
            facts.pop(0)
        told = " | ".join(facts)
        return set_cell_size(where, max(0, room - cell_len(told))) + told

    def _where(self) -> list[Sentence]:
        words = (getattr(screen, "crumb", None) for screen in self.app.screen_stack)
        return [title for title in words if title is not None]

    def _facts(self) -> list[object]:
        room = self._room
        time = local_time(room.at(), room.zone)
        shown = time if room.as_of is None else say("as known on {time}", time=time)
        return [
            LANGUAGES[current_language()],
            room.terminal,
            room.person_name or say("nobody signed in: F2"),
            shown,
        ]
