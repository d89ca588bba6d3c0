"""What the screens of all imports share: a dry run that says how far it is, that esc stops and r runs again."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.message import Message

from floodready.language import Sentence, say
from floodready.refusal import Refused
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import Words

if TYPE_CHECKING:
    from floodready.store.contract import View
    from floodready.tui.room import Room

R = TypeVar("R")


class DryRunScreen(PillarScreen[R | Sentence], Generic[R]):
    """A dry run `R`. Its facts are a sentence where there is none: it was stopped, or the file cannot be read.

    A screen says how it reads (`dry_run`, in the store's thread) and how it puts what came out on the screen
    (`show_dry_run`). It holds a line of words, `TOLD`, and a table of the rows, `#rows`.
    """

    TOLD: ClassVar[str]
    """Selects the line that says how far the dry run is, and then what it came to."""

    @dataclass
    class Progressed(Message):
        """So many rows are done."""

        done: int
        rows: int

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()
        self._under_way = False

    # What an import fills in

    def dry_run(self, view: View, room: Room) -> R:
        """Read the file against the store, telling `self.told_row`. Raises Refused for one that cannot be read."""
        raise NotImplementedError

    def show_dry_run(self, run: R) -> None:
        """Put on the screen what the dry run came to."""
        raise NotImplementedError

    def show_writing(self, done: int, rows: int) -> None:
        """Say how far the writing is, where it tells."""

    # What an import uses

    @property
    def is_waiting(self) -> bool:
        """Never: a long dry run hears the key that stops it."""
        return False

    @property
    def ready(self) -> R | None:
        """The dry run, once it is over and gave one."""
        return None if self._under_way or isinstance(self.facts, Sentence) else self.facts

    def told_row(self, done: int, rows: int) -> None:
        """Take note of how far the dry run is. Raises Refused where a person stopped it."""
        # Runs in the store's thread; posting a message is the one thing that is safe here.
        if self._stop.is_set():
            raise Refused(say("Stopped. Nothing was written. Press r to run it again, esc to go back."))
        self.post_message(self.Progressed(done, rows))

    # How it works

    def read_anew(self) -> None:
        self._under_way = True
        self._stop.clear()
        super().read_anew()

    def read_facts(self, view: View, room: Room) -> R | Sentence:
        try:
            return self.dry_run(view, room)
        except Refused as refusal:
            return refusal.sentence

    def show_facts(self, facts: R | Sentence) -> None:
        self._under_way = False
        if isinstance(facts, Sentence):
            self.query_one(self.TOLD, Words).say(facts)
            self.query_one("#rows", VirtualTable).show_rows([])
        else:
            self.show_dry_run(facts)

    def on_dry_run_screen_progressed(self, progressed: Progressed) -> None:
        """Say how far it is."""
        if self._under_way:
            told = say("Row {done} of {rows} … esc stops it.", done=progressed.done, rows=progressed.rows)
            self.query_one(self.TOLD, Words).say(told)
        else:
            self.show_writing(progressed.done, progressed.rows)

    def action_back(self) -> None:
        # Asked twice it goes back all the same: a reading that failed would otherwise hold its reader for good.
        if self._under_way and not self._stop.is_set():
            self._stop.set()
        else:
            super().action_back()

    def action_read_again(self) -> None:
        """Read the file again."""
        self.read_anew()
