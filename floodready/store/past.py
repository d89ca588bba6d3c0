"""The store as it was known at a past instant, told from the first line or from the snapshot, whichever is nearer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from weakref import finalize

from floodready.clock import read_instant, write_instant
from floodready.store.contract import P
from floodready.store.line import Facts
from floodready.store.projections import Projections
from floodready.store.snapshot import Snapshot, open_snapshot
from floodready.store.tables import Table
from floodready.store.view import TablesView, folded, tables_of

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore


class PastView(TablesView):
    """Documents and projections after the last transaction at or before an instant."""

    def __init__(self, store: JournalStore, at: datetime) -> None:
        super().__init__()
        self._store = store
        self._last = write_instant(at)
        self._seq = 0
        self._projections = Projections(
            store.device, store.folder, store.current.generation, lambda after: store.journal.lines(after, self._seq)
        )
        snapshot = self._nearer_snapshot(at)
        if snapshot is None:
            self._go_on(store.lines_until(at))
        else:
            self._go_from(snapshot)

    @property
    def seq(self) -> int:
        """The last transaction this view knows."""
        return self._seq

    def projection(self, kind: type[P]) -> P:
        """Give a projection as it stood then."""
        with self._moving:
            return self._projections.live(kind, self._seq)

    def _nearer_snapshot(self, at: datetime) -> Snapshot | None:
        """Open the snapshot where the instant is nearer to it than to the first line; None where it is not."""
        store = self._store
        first = next(store.lines_until(at), None)
        found = open_snapshot(store.device, store.folder, store.current.generation) if first is not None else None
        if first is None or found is None:
            return None
        position = found.position
        # Another process may have saved more than this one has read.
        fits = position.seq <= store.seq and store.journal.has(position)
        if fits and abs(read_instant(position.at) - at) < at - read_instant(first["at"]):
            return found
        found.close()
        return None

    def _go_from(self, snapshot: Snapshot) -> None:
        finalize(self, snapshot.close)
        start = snapshot.position.seq
        self._tables = tables_of(snapshot, self._store.journal.lines)
        self._seq = start
        if snapshot.position.at <= self._last:
            lines = self._store.journal.lines(start, self._store.seq)
            self._go_on(facts for facts in lines if facts["at"] <= self._last)
        else:
            self._go_back(start, {name: place["count"] for name, place in snapshot.places.items()})

    def _go_on(self, lines: Iterable[Facts]) -> None:
        for facts in lines:
            self._seq = facts["seq"]
            self._take_change(facts)

    def _go_back(self, start: int, counts: dict[str, int]) -> None:
        """Put back what every line after the instant found, the newest first; `counts` are the documents by table."""
        again: set[str] = set()
        self._seq = 0
        for facts in self._store.journal.lines_backwards(start + 1):
            if facts["at"] <= self._last:
                self._seq = facts["seq"]
                break
            again.update(facts.get("dropped", ()))
            for table, id, before, after in facts["changes"]:
                counts[table] = counts.get(table, 0) + (before is not None) - (after is not None)
                if after is None:
                    again.add(table)
                elif table not in again:
                    self._table_to_write(table).set(id, before)
        for name in again:
            # Where in its table a document stood that was taken away, only the lines before tell.
            self._tables[name] = Table(load=partial(folded, name, partial(self._store.journal.lines, 0, self._seq)))
        for name, count in counts.items():
            if not count:
                self._tables.pop(name, None)
