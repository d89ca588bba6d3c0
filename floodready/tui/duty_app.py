"""The app as its screens know it: the room they share, what they may say, and where they may ask to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast
from zoneinfo import ZoneInfo

from textual import on
from textual.app import App
from textual.screen import Screen
from textual.signal import Signal

from floodready.clock import Clock
from floodready.language import Sentence, say
from floodready.refusal import FloodreadyError
from floodready.store.contract import Store
from floodready.tui.form_draft import DraftKeeper
from floodready.tui.kept_typing import KeptTyping
from floodready.tui.messages import CommandAccepted, CommandRefused, JournalMoved
from floodready.tui.room import Room
from floodready.tui.runner import CommandRunner
from floodready.tui.screens.dialog import Notice
from floodready.tui.spoken_app import SpokenApp

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode


class DutyApp(SpokenApp[None]):
    """What every screen may ask of the app it is in; which pillars there are it does not know."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        zone: ZoneInfo,
        terminal: str,
        theme: str,
        drafts: DraftKeeper | None,
    ) -> None:
        """Take `drafts`, where what is typed is kept; None keeps nothing."""
        super().__init__(theme)
        self.room = Room(store, clock, zone, terminal, CommandRunner(self, self.look))
        self.journal_moved: Signal[JournalMoved] = Signal(self, "journal_moved")
        self.kept_typing = KeptTyping()
        self.drafts = drafts

    # What the app with the pillars fills in

    def look(self) -> None:
        """Look soon at what the journal says that was not taken in yet."""
        raise NotImplementedError

    def show_pillar(self, id: str) -> Screen[None]:
        """Go to a pillar; windows over it are left as they are."""
        raise NotImplementedError

    def open_document(self, table: str, id: str) -> None:
        """Go to a document, wherever it is shown."""
        raise NotImplementedError

    def show_filtered(self, id: str, filter: str) -> None:
        """Go to a pillar and keep only the rows that fit."""
        raise NotImplementedError

    def do_there(self, id: str, action: str) -> None:
        """Go to a pillar and do one of its acts."""
        raise NotImplementedError

    def show_as_of(self, at: datetime | None) -> None:
        """Show a past instant, UTC, on every screen; None shows the present again."""
        raise NotImplementedError

    def action_sign_in(self) -> None:
        """Ask who sits down at this terminal."""
        raise NotImplementedError

    # What is told

    def say_in_passing(self, sentence: Sentence) -> None:
        """Show a toast: a receipt, never an error. The last one only: more would cover what they speak of."""
        self.clear_notifications()
        self.notify(str(sentence), markup=False, timeout=6)

    def tell_refusal(self, error: FloodreadyError) -> None:
        """Show an error in a window that stays until it is read."""
        self.clear_notifications()
        if not any(isinstance(shown, Notice) and shown.says(error.sentence) for shown in self.screen_stack):
            self.push_screen(Notice(say("This was not done"), error.sentence))

    # Answers of commands whose screen has been closed, or which a pillar's screen sent here

    @on(CommandAccepted)
    def show_receipt(self, accepted: CommandAccepted) -> None:
        """Say what was done, in passing."""
        if accepted.receipt is not None:
            self.say_in_passing(accepted.receipt)

    @on(CommandRefused)
    def show_refusal(self, refused: CommandRefused) -> None:
        """Say why nothing was done, in a window that stays until it is read."""
        self.tell_refusal(refused.error)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for; a refusal (nobody is signed in, the past is shown) is told in a window."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except FloodreadyError as error:
            self.tell_refusal(error)
            return True

    def opened_screens(self) -> list[Screen[Any]]:
        """Give every screen of every pillar, and the windows over them."""
        return [screen for stack in self._screen_stacks.values() for screen in stack]


class _InAnApp(Protocol):
    @property
    def app(self) -> App[object]: ...


class InDutyApp:
    """What stands in this app and uses it: screens, their widgets, the palette."""

    @property
    def duty_app(self: _InAnApp) -> DutyApp:
        """The app, in its own type."""
        return cast(DutyApp, self.app)
