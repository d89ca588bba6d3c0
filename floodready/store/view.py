"""Reading documents from tables in memory: the same for the present, for a past instant and inside a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock

from floodready.document import D
from floodready.store.tables import Table


class TablesView:
    """Documents of tables. Another thread may move the tables on; each single answer is of one moment."""

    def __init__(self) -> None:
        self._moving = RLock()
        self._tables: dict[str, Table] = {}

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        with self._moving:
            return self._table(kind.table).document(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind, in the order in which they were first written."""
        with self._moving:
            table = self._table(kind.table)
            found = [table.document(kind, id) for id in list(table.documents)]
        return iter([document for document in found if document is not None])

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        with self._moving:
            table = self._table(kind.table)
            found = [table.document(kind, id) for id in table.ids_where(kind, equal)]
        return iter([document for document in found if document is not None])

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        with self._moving:
            return len(self._table(kind.table).documents)

    def _table(self, name: str) -> Table:
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = Table()
        return found
