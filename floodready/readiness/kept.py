"""The answer kept from question to question: after a change only the parts that read it are asked again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from floodready.readiness.assembly import Readiness, answer_of, merged
from floodready.readiness.gathering import OUTLINE, Gathered, Parts, Read, gathered, speaking, touched

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
        self._sources: dict[str, Parts] = {}

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
            kept = self._sources.get(name, {})
            if OUTLINE not in kept or not all(part.holds(at) for part in kept.values()):
                self._sources[name] = gathered(name, self._store, at, self._zone, kept)
        return [part for name in names for part in self._sources[name].values()]

    def _forget_changed(self) -> None:
        head, seq = self._store.head, self._store.seq
        if head == self._head and seq == self._seq:
            return
        changed = self._changed()
        self._head, self._seq = head, seq
        if changed is None:
            self._sources.clear()
            return
        for name, parts in self._sources.items():
            left = {part: kept for part, kept in parts.items() if changed.isdisjoint(kept.reads)}
            if len(left) < len(parts):
                left.pop(OUTLINE, None)
                self._sources[name] = left

    def _changed(self) -> set[Read] | None:
        """Name what changed since the last question; None where another history stands in the store now."""
        entries = iter(self._store.entries(self._seq - 1))
        last = next(entries, None)
        if last is None or last.seq != self._seq or last.hash != self._head:
            return None
        return touched(change for entry in entries for change in entry.changes)
