"""Reading documents from tables in memory: the same for the present, for a past instant and inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from threading import RLock

from floodready.document import D
from floodready.store.line import Facts
from floodready.store.snapshot import Snapshot, lazy_table
from floodready.store.tables import RawDocument, Stored, Table


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

    def raw(self, table: str, id: str) -> RawDocument | None:
        """Give one document as JSON values. Never change it."""
        with self._moving:
            return self._table(table).raw(id)

    def raw_items(self, table: str) -> list[tuple[str, RawDocument]]:
        """Give a table's ids and documents as JSON values. Never change one."""
        with self._moving:
            found = self._table(table)
            return [(id, raw) for id in list(found.documents) if (raw := found.raw(id)) is not None]

    def ids(self, table: str) -> list[str]:
        """Give the ids of a table's documents, in the order in which they were first written."""
        with self._moving:
            return list(self._table(table).documents)

    def holds(self, table: str, id: str) -> bool:
        """Tell whether a document exists."""
        with self._moving:
            return id in self._table(table).documents

    def has_table(self, table: str) -> bool:
        """Tell whether a table was ever written to, or made, and not dropped."""
        with self._moving:
            return table in self._tables

    def table_names(self) -> list[str]:
        """Give the names of the tables, in the order in which they were first written to."""
        with self._moving:
            return list(self._tables)

    def highest_number(self, table: str) -> int:
        """Give the highest id in a table that is a number; 0 for none."""
        with self._moving:
            return self._table(table).highest_number()

    def _take_change(self, facts: Facts) -> None:
        """Do to the tables what a transaction did."""
        for table, id, _, after in facts["changes"]:
            self._table_to_write(table).set(id, after)
        for name in facts.get("made", ()):
            self._table_to_write(name)
        for name in facts.get("dropped", ()):
            self._tables.pop(name, None)

    def _table_to_write(self, name: str) -> Table:
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = Table()
        return found

    def _table(self, name: str) -> Table:
        # Reading does not make a table: its name would then be listed.
        return self._tables.get(name) or Table()


def folded(name: str, lines: Callable[[], Iterable[Facts]]) -> dict[str, Stored]:
    """Make a table from lines of the journal alone."""
    made = TablesView()
    for facts in lines():
        made._take_change(facts)
    return made._table(name).documents


def tables_of(snapshot: Snapshot, lines: Callable[[int, int], Iterable[Facts]]) -> dict[str, Table]:
    """Give a snapshot's tables, each read when it is first touched; from the journal where the snapshot is spoiled.

    `lines` gives the journal's lines after one number, up to and with another.
    """
    until = snapshot.position.seq
    return {
        name: lazy_table(snapshot, name, partial(folded, name, partial(lines, 0, until))) for name in snapshot.places
    }
