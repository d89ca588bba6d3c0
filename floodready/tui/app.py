"""The app only wires: screens to pillars, keys to actions, commands to the runner, the journal to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual import events
from textual.binding import BindingType

from floodready.clock import Clock
from floodready.language import Sentence, say, verbatim
from floodready.store.contract import Store
from floodready.tui.duty_app import DutyApp
from floodready.tui.form_draft import DraftKeeper
from floodready.tui.journal_look import JournalLook
from floodready.tui.keys import APP_KEYS, Group, bind
from floodready.tui.leaving import leave_soon
from floodready.tui.messages import JournalMoved
from floodready.tui.palette import Commands
from floodready.tui.pillars import PILLARS, pillar_of
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import AnyPillarScreen, PillarScreen
from floodready.tui.starting import collect_again
from floodready.tui.theme import DEFAULT_THEME
from floodready.tui.type_ahead import TypeAhead, plain_space
from floodready.tui.widgets.crumbs import Crumbs
from floodready.tui.work import start

LOOK_EVERY = 1.0
"""Seconds between two looks at the journal of other terminals; a look at an unmoved journal is two `stat`s."""
WARM_AFTER = 2.0
"""Seconds after the start at which what the first write needs is loaded, so that it does not wait for it."""
_PEOPLE = frozenset({"organisation."})
PILLAR_KEYS = [
    bind(
        f"app.{pillar.id}",
        f"{pillar.key},{chr(ord(pillar.key) + 0xFEE0)}",
        f"show_pillar({pillar.id!r})",
        pillar.words,
        say("Go to {pillar}.", pillar=pillar.words),
        group=Group.PROGRAM,
        shown=False,
    )
    for pillar in PILLARS
]


class FloodreadyApp(DutyApp):
    """The screens of one duty room at one terminal."""

    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Any]] = {Commands}
    DEFAULT_MODE = "board"
    MODES: ClassVar[dict[str, str | Callable[[], Any]]] = {pillar.id: pillar.make for pillar in PILLARS}
    HORIZONTAL_BREAKPOINTS = [(110, "-wide")]  # noqa: RUF012 - Textual declares a list
    BINDINGS: ClassVar[list[BindingType]] = [*APP_KEYS, *PILLAR_KEYS]

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        zone: ZoneInfo,
        terminal: str,
        theme: str = DEFAULT_THEME,
        keymap: Mapping[str, str] | None = None,
        notices: list[Sentence] | None = None,
        drafts: DraftKeeper | None = None,
    ) -> None:
        """Take `notices` of the store, to tell, and `drafts`, where what is typed is kept; None keeps nothing."""
        super().__init__(store, clock=clock, zone=zone, terminal=terminal, theme=theme, drafts=drafts)
        self._notices = notices if notices is not None else []
        self.keys = TypeAhead(lambda: self.screen, super().on_event)
        self._journal = JournalLook(self.room)
        self._looking = False
        self._minute = ""
        if keymap:
            self.set_keymap(dict(keymap))

    async def on_mount(self) -> None:
        """Start the runner, learn who is signed in, and look for what other terminals write."""
        start(self, self.room.runner.serve, "runner")
        if await self.room.runner.read(self._first_look):
            self.action_sign_in()
        self.set_interval(LOOK_EVERY, self.look)
        self._tick()
        self.set_timer(WARM_AFTER, lambda: self.run_worker(_warm, thread=True, group="warm"))
        self.set_timer(WARM_AFTER, collect_again)

    async def on_event(self, event: events.Event) -> None:
        """Take keys one after the other, however fast they come; everything else at once."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.keys.take(plain_space(event))
        else:
            await super().on_event(event)

    # The journal

    def _first_look(self) -> bool:
        """Tell whether nobody is entered yet."""
        self._journal.begin()
        self._learn_person()
        return self.room.person is None and nobody_entered(self.room.store)

    def look(self) -> None:
        """Look at the journal, unless a look is under way."""
        if not self._looking and not self.room.runner.unanswered > 1:
            self._looking = True
            start(self, self._look_at_journal, "journal", exclusive=False)

    async def _look_at_journal(self) -> None:
        try:
            found = await self._journal.look()
            moved = JournalMoved(found.entries)
            if found.is_another or moved.touches(_PEOPLE):
                await self.room.runner.read(self._learn_person)
        finally:
            self._looking = False
        self._notices.extend(found.to_know)
        if found.is_mended:
            self.say_in_passing(say("The store can be read again, and written to."))
        while self._notices:
            self.push_screen(Notice(say("Please note"), self._notices.pop(0)))
        if found.is_another:
            self.read_all_anew()
        elif found.entries:
            self.journal_moved.publish(moved)
        self._tick()

    def _learn_person(self) -> None:
        from floodready.organisation.models import Person, Terminal

        room = self.room
        terminal = room.store.get(Terminal, room.terminal)
        room.person = terminal.person if terminal is not None else None
        person = room.store.get(Person, room.person) if room.person else None
        room.person_name = person.name if person is not None else room.person or ""

    def _tick(self) -> None:
        if not self.screen_stack:
            # While the program is being left the screens are gone before the last tick comes.
            return
        for opened in self.screen_stack:
            for crumbs in opened.query(Crumbs):
                crumbs.tick()
        minute = self.room.at().isoformat(timespec="minutes")
        if self._minute and minute != self._minute:
            for screen in self._pillar_screens():
                screen.minute_passed()
        self._minute = minute

    # Places

    def action_show_pillar(self, id: str) -> None:
        self.show_pillar(id)

    def show_pillar(self, id: str) -> AnyPillarScreen:
        """Go to a pillar; windows over it are left as they are."""
        self.switch_mode(id)
        screen = self.screen_stack[0]
        assert isinstance(screen, PillarScreen)
        return screen

    def open_document(self, table: str, id: str) -> None:
        """Go to a document, wherever it is shown."""
        pillar = pillar_of(table)
        if pillar is not None:
            self.show_pillar(pillar.id).reveal(table, id)

    def show_filtered(self, id: str, filter: str) -> None:
        """Go to a pillar and keep only the rows that fit."""
        self.show_pillar(id).filter_when_shown(filter)

    def do_there(self, id: str, action: str) -> None:
        """Go to a pillar and do one of its acts."""
        self.show_pillar(id).do_when_shown(action)

    def _pillar_screens(self) -> list[AnyPillarScreen]:
        return [screen for screen in self.opened_screens() if isinstance(screen, PillarScreen)]

    # Keys

    def action_undo(self) -> None:
        from floodready.tui.screens.undo import ask_to_undo

        start(self, partial(ask_to_undo, self), "undo")

    def action_look_back(self) -> None:
        from floodready.tui.screens.look_back import LookBack

        if self.room.as_of is None:
            self.push_screen(LookBack(self.room))
        else:
            self.show_as_of(None)

    def show_as_of(self, at: datetime | None) -> None:
        """Show a past instant, UTC, on every screen; None shows the present again."""
        self.room.as_of = at
        self.read_all_anew()
        self._tick()

    def read_all_anew(self) -> None:
        """Have every screen read what it shows: the one in front now, the others when they come to the front."""
        for screen in self._pillar_screens():
            screen.read_when_seen()

    def action_sign_in(self) -> None:
        from floodready.tui.screens.sign_in import ask_who_sits_down

        start(self, partial(ask_who_sits_down, self), "sign-in")

    async def action_quit(self) -> None:
        leave_soon(self)

    def on_key(self, event: events.Key) -> None:
        """Say how to go on when a letter that an input method made reached no key."""
        if event.character and event.is_printable and not event.character.isascii():
            self.say_in_passing(
                say(
                    "“{character}” is not a key. The input method is on: switch it to English letters, or use ctrl+p.",
                    character=verbatim(event.character),
                )
            )

    def on_unmount(self) -> None:
        """Give the store's thread back."""
        collect_again()
        self.room.runner.close()
        if self.drafts is not None:
            self.drafts.close()


def nobody_entered(store: Store) -> bool:
    """Tell whether nobody could sign in, because no person is entered. In the store's thread only."""
    from floodready.organisation.models import Person

    return store.count(Person) == 0


def _warm() -> None:
    import pydantic  # noqa: F401 - loaded before somebody waits for it
