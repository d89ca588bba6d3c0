"""The store as it was known at a past instant: a fold of the journal up to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from floodready.store.contract import Entry, P, Projection
from floodready.store.projections import fold
from floodready.store.view import TablesView

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore


class PastView(TablesView):
    """Documents and projections after the last transaction at or before an instant."""

    def __init__(self, store: JournalStore, at: datetime) -> None:
        super().__init__()
        self._store = store
        self._at = at
        self._seq = 0
        self._folded: dict[type[Projection], Projection] = {}
        for facts in store.lines_until(at):
            self._seq = facts["seq"]
            self._take_change(facts)

    @property
    def seq(self) -> int:
        """The last transaction this view knows."""
        return self._seq

    def projection(self, kind: type[P]) -> P:
        """Give a projection as it stood then."""
        if kind not in self._folded:
            self._folded[kind] = fold(kind(), self._entries())
        return cast(P, self._folded[kind])

    def _entries(self) -> Iterator[Entry]:
        return takewhile(lambda entry: entry.at <= self._at, self._store.entries())
