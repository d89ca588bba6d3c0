"""The answer kept from question to question: after a change only the parts that read it are asked again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from floodready.readiness.assembly import Readiness, answer_of, merged
from floodready.readiness.gathering import OUTLINE, Gathered, Parts, gathered, left_after, speaking
from floodready.readiness.line import Statuses

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.readiness.line import Line
    from floodready.store.contract import Change, Store


class KeptReadiness:
    """The lines of one store as of the last question. Asked by one thread at a time, like the store's own readers."""

    def __init__(
        self,
        store: Store,
        zone: ZoneInfo,
        sources: dict[str, Parts] | None = None,
        remembered: dict[str, Any] | None = None,
    ) -> None:
        self._store = store
        self._zone = zone
        self._seq, self._head = store.seq, store.head
        self.sources = sources or {}
        """What is kept of each source, as of the last question; at first what is known of the store as it is."""
        self.remembered = {} if remembered is None else remembered
        """What took long to work out; see `gathering.Surroundings`."""
        self._statuses = Statuses()

    def readiness(self, at: datetime) -> Readiness:
        """Answer whether the duty room is ready at an instant: the same as `assembly.readiness` of the store."""
        found = answer_of(self._store, self._asked(at), at, self._statuses)
        self._statuses.keep_only(status.line for unit in found.units for status in unit.lines())
        return found

    def lines(self, at: datetime) -> list[Line]:
        """Give the lines of all pillars: the same as `assembly.gather` of the store."""
        return merged(self._store, self._asked(at))

    def _asked(self, at: datetime) -> list[Gathered]:
        self._forget_changed()
        names = speaking(self._store)
        for name in names:
            kept = self.sources.get(name, {})
            if OUTLINE not in kept or not all(part.holds(at) for part in kept.values()):
                self.sources[name] = gathered(name, self._store, at, self._zone, kept, self.remembered)
        return [part for name in names for part in self.sources[name].values()]

    def _forget_changed(self) -> None:
        head, seq = self._store.head, self._store.seq
        if head == self._head and seq == self._seq:
            return
        since = self._changes()
        self._head, self._seq = head, seq
        self.sources = {} if since is None else left_after(self.sources, since)

    def _changes(self) -> list[Change] | None:
        """Give what changed since the last question; None where another history stands in the store now."""
        entries = iter(self._store.entries(self._seq - 1))
        last = next(entries, None)
        if last is None or last.seq != self._seq or last.hash != self._head:
            return None
        return [change for entry in entries for change in entry.changes]
