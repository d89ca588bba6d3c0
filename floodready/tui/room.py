"""What every screen needs of its surroundings: the store, the time, the terminal and who is signed in at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from floodready.clock import Clock
from floodready.language import say
from floodready.readiness.assembly import Readiness, readiness_then
from floodready.readiness.kept import KeptReadiness
from floodready.refusal import NotAllowed
from floodready.store.contract import Act, Store, View

if TYPE_CHECKING:
    from floodready.tui.runner import CommandRunner


@dataclass(slots=True)
class Room:
    """The duty room as one terminal sees it. `store` is read in the runner's thread only."""

    store: Store
    clock: Clock
    zone: ZoneInfo
    terminal: str
    runner: CommandRunner
    person: str | None = None
    """Id of who is signed in at this terminal; None for nobody."""
    person_name: str = ""
    as_of: datetime | None = None
    """The past instant that is shown, UTC; None for the present."""
    _kept: KeptReadiness | None = field(default=None, init=False)

    def act(self, reason: str = "") -> Act:
        """Say who acts here now. Raises NotAllowed where nobody is signed in or the past is shown."""
        if self.as_of is not None:
            raise NotAllowed(say("The past is shown; nothing can be changed in it. F5 comes back to now."))
        if self.person is None:
            raise NotAllowed(say("Nobody is signed in at this terminal. Sign in with F2."))
        return Act(person=self.person, terminal=self.terminal, reason=reason)

    def at(self) -> datetime:
        """Give the instant that is shown, UTC."""
        return self.as_of or self.clock.now()

    def view(self) -> View:
        """Give the documents as known at the instant that is shown. In the runner's thread only."""
        return self.store if self.as_of is None else self.store.past(self.as_of)

    def readiness(self, view: View, at: datetime) -> Readiness:
        """Answer whether the duty room is ready by a view that `view` gave. In the runner's thread only."""
        if view is not self.store:
            return readiness_then(view, at, self.zone)
        if self._kept is None:
            self._kept = KeptReadiness(self.store, self.zone)
        return self._kept.readiness(at)
