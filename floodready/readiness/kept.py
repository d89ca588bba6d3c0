"""The answer kept from question to question: after a change only the pillars that read what changed are asked again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from floodready.readiness.assembly import Readiness, answer_of, merged
from floodready.readiness.gathering import Gathered, gathered, speaking

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.readiness.line import Line
    from floodready.store.contract import Store


class KeptReadiness:
    """The lines of one store as of the last question. Asked by one thread at a time, like the store's own readers."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        self._store = store
        self._zone = zone
        self._seq, self._head = store.seq, store.head
        self._parts: dict[str, Gathered] = {}

    def readiness(self, at: datetime) -> Readiness:
        """Answer whether the duty room is ready at an instant: the same as `assembly.readiness` of the store."""
        return answer_of(self._store, self._asked(at), at)

    def lines(self, at: datetime) -> list[Line]:
        """Give the lines of all pillars: the same as `assembly.gather` of the store."""
        return merged(self._store, self._asked(at))

    def _asked(self, at: datetime) -> list[Gathered]:
        self._forget_changed()
        names = speaking(self._store)
        for name in names:
            kept = self._parts.get(name)
            if kept is None or not kept.holds(at):
                self._parts[name] = gathered(name, self._store, at, self._zone)
        return [self._parts[name] for name in names]

    def _forget_changed(self) -> None:
        head, seq = self._store.head, self._store.seq
        if head == self._head and seq == self._seq:
            return
        changed = self._changed_tables()
        self._head, self._seq = head, seq
        for name, kept in list(self._parts.items()):
            if changed is None or not changed.isdisjoint(kept.tables):
                del self._parts[name]

    def _changed_tables(self) -> set[str] | None:
        """Give the tables changed since the last question; None where another history stands in the store now."""
        entries = iter(self._store.entries(self._seq - 1))
        last = next(entries, None)
        if last is None or last.seq != self._seq or last.hash != self._head:
            return None
        return {change.table for entry in entries for change in entry.changes}
