"""What a command needs of its surroundings: the store, who acts at which terminal, the time asked about, the zone."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from floodready.cli.numbers import refuse_too_far
from floodready.cli.times import day_or_instant, instant, near_day
from floodready.clock import Clock, FixedClock, SystemClock, read_instant, read_local, set_back
from floodready.language import Sentence, say, verbatim
from floodready.refusal import NotAllowed, Refused, StoreProblem, WrongUsage

if TYPE_CHECKING:
    import argparse

    from floodready.store.contract import Act, View
    from floodready.store.journal_store import JournalStore


_TELL_OF_DAMAGE = frozenset({"verify", "restore"})
"""Words whose own answer is about it."""


class Desk:
    """The place a command line is spoken at. The store is opened when it is first asked for."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, _: object) -> None:
        try:
            if not isinstance(error, StoreProblem):  # that tells it itself
                self._tell_of_store()
        finally:
            self._open.close()

    def _tell_of_store(self) -> None:
        """Tell on standard error what a person should know of the store that was used, and of the clock."""
        if (store := self.__dict__.get("store")) is None:
            return
        last = store.journal.position.at
        late = set_back(read_instant(last), self.clock.now(), store.zone) if last else None
        for told in (*store.notices, *([late] if late is not None else [])):
            print(told, file=sys.stderr)
        # What stands behind a damaged line is shown nowhere: no answer may pass for the whole.
        if getattr(self.args, "word", None) not in _TELL_OF_DAMAGE and (damage := store.damage) is not None:
            print(damage.sentence, file=sys.stderr)

    @cached_property
    def clock(self) -> Clock:
        """What tells the time here."""
        return clock_of_surroundings()

    @cached_property
    def folder(self) -> Path:
        """The folder of the store: --store, then FLOODREADY_STORE, then the platform's data folder."""
        from floodready.folders import store_folder

        if self.args.store == "":  # a script's variable that holds nothing: another store must not be taken for it
            raise WrongUsage(say("--store names no folder. Leave it out, or give the store's folder."))
        return store_folder(self.args.store)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the folder of the store yet, so that one may be made there."""
        try:
            return not any(self.folder.iterdir())
        except FileNotFoundError:
            return True

    @cached_property
    def store(self) -> JournalStore:
        """The store. Raises StoreProblem, saying what to do, where there is none."""
        from floodready.store.journal_store import JournalStore

        if not self.folder.exists():
            raise StoreProblem(
                say(
                    "There is no store in {folder}. Make one: floodready setup; or look around first: floodready demo",
                    folder=verbatim(str(self.folder)),
                )
            )
        return self._open.enter_context(JournalStore.open(self.folder, clock=self.clock))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the duty room, in which people read and type times."""
        return self.store.zone

    @cached_property
    def at(self) -> datetime:
        """The instant asked about, UTC: --at, or now."""
        return self.clock.now() if self.args.at is None else self.instant(self.args.at)

    @cached_property
    def view(self) -> View:
        """The documents as they were known at the instant asked about; the present ones for now and the future."""
        if self.args.at is not None and self.at < self.clock.now():
            return self.store.past(self.at)
        return self.store

    def require_something_then(self) -> None:
        """Raise Refused where a past instant is asked about at which nothing had been entered.

        An answer would be about nothing, and what it would tell to set up cannot be set up then any more.
        """
        if self.view is not self.store and self.view.seq == 0:
            raise Refused(say("Nothing had been entered at that time. Leave out --at to see what there is now."))

    def nothing(self, fact: Sentence, first: Sentence) -> Refused:
        """Make the refusal that there is nothing to show, with what to do first; in the past nothing can be done."""
        if self.view is not self.store:
            return Refused(say("At that time: {fact} Leave out --at to see what there is now.", fact=fact))
        return Refused(say("{fact} {then}", fact=fact, then=first))

    @cached_property
    def terminal(self) -> str:
        """The name of this terminal: --terminal, then FLOODREADY_TERMINAL, then the machine's name."""
        import socket

        return self.args.terminal or os.environ.get("FLOODREADY_TERMINAL") or socket.gethostname()

    def instant(self, text: str, *, day_means: time = time()) -> datetime:
        """Read a time as people type it, in the duty room's zone; a day alone is a time on it. Raises WrongUsage."""
        return instant(text, self.clock.now(), self.zone, day_means=day_means)

    def instant_given(self, text: str | None, *, day_means: time = time()) -> datetime | None:
        """Read the time behind an option, None where it was left out. Raises WrongUsage."""
        return None if text is None else self.instant(text, day_means=day_means)

    def day_or_instant(self, text: str) -> date | datetime:
        """Read a time in the duty room's zone, or the day where only a day is typed. Raises WrongUsage."""
        return day_or_instant(text, self.clock.now(), self.zone)

    def day(self, text: str) -> date:
        """Read a day as people type it, in the duty room's zone. Raises WrongUsage."""
        return near_day(text, self.clock.now(), self.zone)

    def act(self) -> Act:
        """Say who acts: --as, FLOODREADY_PERSON, or who is signed in at this terminal.

        Raises NotAllowed where nobody is, WrongUsage with --at: it would be taken for the time of the act.
        """
        from floodready.store.contract import SYSTEM, Act

        if self.args.at is not None:
            raise WrongUsage(say("--at only asks what was or will be; nothing can be entered at it. Leave it out."))
        person = self.args.person or os.environ.get("FLOODREADY_PERSON") or self._signed_in()
        if person is None or person == SYSTEM:
            raise NotAllowed(
                say(
                    "Nobody is signed in at {terminal}. Sign in: floodready sign-in PERSON; or say who: --as PERSON",
                    terminal=verbatim(self.terminal),
                )
            )
        known: dict[str, Any] = {"command_id": self.args.command_id} if self.args.command_id else {}
        return Act(person=person, terminal=self.terminal, reason=self.args.reason, **known)

    def _signed_in(self) -> str | None:
        from floodready.organisation.models import Terminal

        terminal = self.store.get(Terminal, self.terminal)
        return terminal.person if terminal is not None else None


def clock_of_surroundings() -> Clock:
    """Give the machine's clock; FLOODREADY_NOW sets it still, for tests and demonstrations. Raises WrongUsage."""
    fixed = os.environ.get("FLOODREADY_NOW")
    if not fixed:
        return SystemClock()
    try:
        found = read_local(fixed, ZoneInfo("UTC"))
    except (ValueError, OverflowError) as error:
        raise WrongUsage(
            say(
                "FLOODREADY_NOW holds no time: “{text}”. Write 2026-07-01T00:00Z, or take it away",
                text=verbatim(fixed),
            )
        ) from error
    refuse_too_far(fixed, found.date())
    return FixedClock(found)
