"""The documents in memory: bytes until touched, tables of a snapshot unread until asked for, declared indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from floodready.codec import decode, encode
from floodready.document import D
from floodready.store.contract import Change, Raw

Loader = Callable[[], dict[str, bytes]]


class Table:
    """The documents of one table by id, in the order in which they were first written."""

    def __init__(self, load: Loader | None = None, count: int = 0) -> None:
        self._load = load
        self._count = count
        self._docs: dict[str, bytes] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {}
        self._typed: dict[str, Any] = {}

    @property
    def docs(self) -> dict[str, bytes]:
        """Every document as its JSON bytes; reads the table from the snapshot when first asked."""
        if self._load is not None:
            self._docs = {**self._load(), **self._docs}
            self._load = None
        return self._docs

    def __len__(self) -> int:
        return self._count if self._load is not None else len(self._docs)

    def raw(self, id: str) -> dict[str, Any] | None:
        """Give a fresh copy of one document."""
        held = self.docs.get(id)
        return None if held is None else orjson.loads(held)

    def typed(self, kind: type[D], id: str) -> D | None:
        """Give one document as its class; the same object until it changes."""
        found = self._typed.get(id)
        if isinstance(found, kind):
            return found
        held = self.raw(id)
        if held is None:
            return None
        self._typed[id] = decode(kind, held)
        return self._typed[id]  # type: ignore[no-any-return] # decoded as `kind` one line above

    def ids_where(self, field: str, value: Any) -> list[str]:
        """Give the ids of the documents whose field has a value, by an index made when first asked."""
        if field not in self._indexes:
            index: dict[Any, dict[str, None]] = {}
            for id, held in self.docs.items():
                index.setdefault(_key(orjson.loads(held).get(field)), {})[id] = None
            self._indexes[field] = index
        return list(self._indexes[field].get(_key(value), ()))

    def apply(self, change: Change) -> None:
        """Take in one change."""
        docs = self.docs
        if change.after is None:
            docs.pop(change.id, None)
        else:
            docs[change.id] = orjson.dumps(change.after)
        self._typed.pop(change.id, None)
        for field, index in self._indexes.items():
            if change.before is not None:
                index.get(_key(change.before.get(field)), {}).pop(change.id, None)
            if change.after is not None:
                index.setdefault(_key(change.after.get(field)), {})[change.id] = None


class Tables:
    """All tables."""

    def __init__(self, tables: dict[str, Table] | None = None) -> None:
        self._tables = tables or {}

    def __getitem__(self, name: str) -> Table:
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = Table()
        return table

    def names(self) -> list[str]:
        """Give the names of the tables that hold anything."""
        return [name for name, table in self._tables.items() if len(table)]

    def apply(self, change: Change) -> None:
        """Take in one change."""
        self[change.table].apply(change)

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        return self[kind.table].typed(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind."""
        table = self[kind.table]
        for id in list(table.docs):
            found = table.typed(kind, id)
            if found is not None:
                yield found

    def find(self, kind: type[D], equal: Mapping[str, object]) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        indexed = next((field for field in equal if field in kind.indexes), None)
        if indexed is None:
            found: Iterator[D | None] = iter(self.all(kind))
        else:
            table = self[kind.table]
            found = (table.typed(kind, id) for id in table.ids_where(indexed, encode(equal[indexed])))
        for document in found:
            if document is not None and all(getattr(document, name) == value for name, value in equal.items()):
                yield document


class Pending:
    """What a transaction has written so far, over the tables it began with."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.changed: dict[tuple[str, str], Raw | None] = {}
        self._typed: dict[tuple[str, str], Any] = {}

    def changes(self) -> list[Change]:
        """Give every document that is not as it was, in the order in which they were first written."""
        found = []
        for (table, id), after in self.changed.items():
            before = self._tables[table].raw(id)
            if before != after:
                found.append(Change(table=table, id=id, before=before, after=after))
        return found

    def write(self, table: str, id: str, after: Raw | None, typed: Any = None) -> None:
        """Write or remove one document."""
        self.changed[table, id] = after
        self._typed[table, id] = typed

    def raw(self, table: str, id: str) -> Raw | None:
        """Give one document as the transaction sees it."""
        return self.changed[table, id] if (table, id) in self.changed else self._tables[table].raw(id)

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document as the transaction sees it."""
        key = (kind.table, id)
        if key not in self.changed:
            return self._tables.get(kind, id)
        raw = self.changed[key]
        if raw is None:
            return None
        if self._typed.get(key) is None:
            self._typed[key] = decode(kind, raw)
        return self._typed[key]  # type: ignore[no-any-return] # decoded as `kind`, or written as such

    def mine(self, table: str) -> list[str]:
        """Give the ids written in this transaction."""
        return [id for name, id in self.changed if name == table]

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document as the transaction sees it."""
        mine = set(self.mine(kind.table))
        yield from (document for document in self._tables.all(kind) if document.id not in mine)
        yield from self._own(kind)

    def find(self, kind: type[D], equal: Mapping[str, object]) -> Iterator[D]:
        """Give the documents whose fields equal the given values, as the transaction sees them."""
        mine = set(self.mine(kind.table))
        yield from (document for document in self._tables.find(kind, equal) if document.id not in mine)
        for document in self._own(kind):
            if all(getattr(document, name) == value for name, value in equal.items()):
                yield document

    def count(self, kind: type[D]) -> int:
        """Count the documents as the transaction sees them."""
        docs = self._tables[kind.table].docs
        mine = self.mine(kind.table)
        return len(docs) - sum(id in docs for id in mine) + sum(1 for _ in self._own(kind))

    def _own(self, kind: type[D]) -> Iterator[D]:
        for id in self.mine(kind.table):
            document = self.get(kind, id)
            if document is not None:
                yield document


def _key(value: Any) -> Any:
    return orjson.dumps(value) if isinstance(value, list | dict) else value
