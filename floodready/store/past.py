"""The documents as they were known at a past instant: the journal folded up to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from floodready.document import D
from floodready.store.contract import Entry, P
from floodready.store.projections import Projections
from floodready.store.tables import Tables


class Past:
    """A view of the past; it never moves."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._tables = Tables()
        for entry in entries:
            for change in entry.changes:
                self._tables.apply(change)
        self._seq = entries[-1].seq if entries else 0
        self._projections = Projections(lambda after: (e for e in entries if e.seq > after), lambda _: None)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Fold entries, from the first on."""
        return cls(tuple(entries))

    @property
    def seq(self) -> int:
        """The last transaction this view knows."""
        return self._seq

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        return self._tables.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind."""
        return self._tables.all(kind)

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        return self._tables.find(kind, equal)

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        return len(self._tables[kind.table])

    def projection(self, kind: type[P]) -> P:
        """Give a projection as of this view."""
        return self._projections.get(kind)
