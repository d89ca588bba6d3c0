"""What all pillar screens share: header, key line, filter, and reading anew whenever the journal moved.

A pillar's screen says what it shows (`body`), how it reads it (`read_facts`, in the store's thread) and how it puts it
on the screen (`show_facts`, on the loop). It never computes a rule and never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from floodready.language import Sentence, say
from floodready.refusal import FloodreadyError, Refused
from floodready.store.contract import Act, View
from floodready.tui.duty_app import InDutyApp
from floodready.tui.keys import SCREEN_KEYS
from floodready.tui.messages import JournalMoved
from floodready.tui.nothing_there import NOTHING_THEN
from floodready.tui.widgets.crumbs import Crumbs
from floodready.tui.widgets.filter_line import FilterLine
from floodready.tui.widgets.key_line import KeyLine
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.tui.room import Room

F = TypeVar("F")


class PillarScreen(InDutyApp, Screen[None], Generic[F]):
    """A screen that shows facts `F` of the store and stays true to it."""

    DEFAULT_CSS = """
    /* What a screen says above and below its lists stands where their cells begin. */
    PillarScreen > Words { padding: 0 1; }
    """
    TITLE_WORDS: ClassVar[Sentence]
    HELP_WORDS: ClassVar[Sentence] = say("Arrows or j and k move, enter opens, esc goes back.")
    TABLES: ClassVar[frozenset[str]] = frozenset()
    """Tables whose changes make the screen read anew; `season.` stands for all of a pillar."""
    TIMED: ClassVar[bool] = False
    """Whether what is shown changes with the time alone."""

    HEARD_WAITING: ClassVar[frozenset[str]] = frozenset({"escape", "ctrl+q"})
    """Keys that do not wait for the first reading: a store that is slow to answer holds nobody."""

    BINDINGS: ClassVar[list[BindingType]] = [*SCREEN_KEYS]
    AUTO_FOCUS = "VirtualTable, Input"

    def __init__(self) -> None:
        super().__init__()
        self.facts: F | None = None
        """What is shown; None until the first reading has come."""
        self._answered = False
        """Whether the first reading has come, or could not be done."""
        self._stale = True
        self._wanted: tuple[str, str] | None = None
        self._filter_wanted: str | None = None
        self._act_wanted: str | None = None

    # What a pillar fills in

    def body(self) -> ComposeResult:
        """Give the widgets between header and key line."""
        raise NotImplementedError

    def read_facts(self, view: View, room: Room) -> F:
        """Read what is shown. Runs in the store's thread: touch no widget here."""
        raise NotImplementedError

    def show_facts(self, facts: F) -> None:
        """Put what was read on the screen."""
        raise NotImplementedError

    def open_document(self, table: str, id: str) -> None:
        """Show one document of this pillar; where nothing better is known, go to its row in the first list."""
        del table
        for shown in self.query(VirtualTable):
            if shown.go_to(id):
                shown.focus()
                return

    # What a pillar uses

    @property
    def crumb(self) -> Sentence:
        """What the first line of the screen calls it."""
        return self.TITLE_WORDS

    @property
    def room(self) -> Room:
        """Store, clock, terminal and person."""
        return self.duty_app.room

    @property
    def is_waiting(self) -> bool:
        """Whether nothing was read yet: keys that come meanwhile are meant for what will be shown."""
        return not self._answered

    def run_command(self, command: Callable[[], Sentence | None]) -> None:
        """Do something in the store's thread; the receipt comes as a toast, a refusal as a window that stays.

        `command` calls a pillar command with an act made beforehand by `self.room.act()` and gives the receipt.
        """
        self.room.runner.submit(self.duty_app, command)

    def run_act(self, command: Callable[[Act], Sentence | None]) -> bool:
        """Do something as whoever is signed in, as `run_command` does; tells whether anybody may act here now.

        For handlers of messages, too, where nothing above tells a refusal.
        """
        try:
            act = self.room.act()
        except Refused as refusal:
            self.duty_app.tell_refusal(refusal)
            return False
        self.run_command(lambda: command(act))
        return True

    def read_anew(self) -> None:
        """Read the facts again and show them."""
        self._stale = False
        start(self, self._read, "facts")

    # How it works

    def compose(self) -> ComposeResult:
        yield Crumbs(self.room)
        yield from self.body()
        yield FilterLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self.duty_app.journal_moved.subscribe(self, self._journal_moved)

    def minute_passed(self) -> None:
        """Read anew what depends on the time, where TIMED says so."""
        if self.TIMED:
            self.read_when_seen()

    def read_when_seen(self) -> None:
        """Read anew: now where this screen is in front, else as soon as it is."""
        if self.is_current:
            self.read_anew()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        self.query_one(Crumbs).tick()
        if self._stale:
            self.read_anew()

    def retranslate(self) -> None:
        """Show the same facts in the language now chosen."""
        if self.facts is not None:
            self.show_facts(self.facts)

    def reveal(self, table: str, id: str) -> None:
        """Open a document as soon as the facts are there."""
        if self.facts is None or self._stale:
            self._wanted = (table, id)
        else:
            self.open_document(table, id)

    def reveal_anew(self, table: str, id: str) -> None:
        """Read the facts again, and open a document as soon as they are there."""
        self._wanted = (table, id)
        self.read_anew()

    def do_when_shown(self, action: str) -> None:
        """Do one of this screen's acts as soon as the facts are there."""
        if self.facts is None or self._stale:
            self._act_wanted = action
        else:
            self.call_later(self.run_action, action)

    def filter_when_shown(self, text: str) -> None:
        """Keep only the rows of the first list that fit, as soon as the facts are there."""
        self._filter_wanted = text
        if self.facts is not None:
            self._apply_wanted()

    def action_filter(self) -> None:
        tables = list(self.query(VirtualTable))
        if tables:
            focused = self.focused if isinstance(self.focused, VirtualTable) else tables[0]
            self.query_one(FilterLine).open(focused)

    def action_next_part(self) -> None:
        self.focus_next()

    def action_previous_part(self) -> None:
        self.focus_previous()

    def action_back(self) -> None:
        filter_line = self.query_one(FilterLine)
        if filter_line.filtering:
            filter_line.clear()
        elif len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.duty_app.show_pillar("board")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":
            return bool(self.query(VirtualTable))
        if action in ("next_part", "previous_part"):
            return len(self.focus_chain) > 1
        return super().check_action(action, parameters)

    def _journal_moved(self, moved: JournalMoved) -> None:
        if moved.touches(self.TABLES) or not self.TABLES:
            self.read_when_seen()

    async def _read(self) -> None:
        room = self.room
        try:
            facts, nothing_then = await room.runner.read(partial(self._read_now, room))
        except FloodreadyError as error:
            self._answered = True
            self.duty_app.tell_refusal(error)
            return
        if not self.query(Crumbs):
            # While the program is being left the widgets are gone before the last answer comes.
            return
        self.facts = facts
        for table in self.query(VirtualTable).results():
            table.say_past(room.as_of is not None)
            table.say_instead(NOTHING_THEN if nothing_then else None)
        self.show_facts(facts)
        self._answered = True
        self._apply_wanted()

    def _apply_wanted(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.open_document(*wanted)
        if self._act_wanted is not None:
            act, self._act_wanted = self._act_wanted, None
            self.call_later(self.run_action, act)
        tables = list(self.query(VirtualTable))
        if self._filter_wanted is not None and tables:
            self.query_one(FilterLine).show(tables[0], self._filter_wanted)
            self._filter_wanted = None

    def _read_now(self, room: Room) -> tuple[F, bool]:
        view = room.view()
        return self.read_facts(view, room), room.as_of is not None and view.seq == 0


AnyPillarScreen = PillarScreen[Any]
