"""A TinyDB table whose costs follow what is touched, not how much there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

import orjson
from tinydb.table import Document, Table

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore
    from floodready.store.tinydb_storage import JournalStorage
    from floodready.store.transaction import JournalTransaction


def doc_id_of(text: str | int) -> Any:
    """Give a document's id as TinyDB knows it: a number where it is one; documents of the pillars have codes."""
    if isinstance(text, str) and text.isdecimal() and (text == "0" or text[0] != "0"):
        return int(text)
    return text


class JournalTable(Table):
    """One table of the store under TinyDB's interface. What it gives is the caller's own, through and through."""

    document_id_class = staticmethod(doc_id_of)  # type: ignore[assignment] # called, never used as a type
    _storage: JournalStorage
    _next_id: int | None  # type: ignore[assignment] # TinyDB gives it its first value only
    _seen_seq = -1

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a new document; its number is free in all programs."""
        with self._storage.transaction("tinydb.insert"):
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert many documents in one transaction."""
        with self._storage.transaction("tinydb.insert_multiple"):
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """Update what matches or insert, in one transaction."""
        with self._storage.transaction("tinydb.upsert"):
            return super().upsert(document, cond)

    def search(self, cond: Any) -> list[Document]:
        """Give the documents that match."""
        return [_own(document) for document in self._freshened(super().search, cond)]

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """Give one document, or a list for `doc_ids`."""
        found = super().get(cond, doc_id, doc_ids)
        return [_own(document) for document in found] if isinstance(found, list) else found and _own(found)

    def __iter__(self) -> Iterator[Document]:
        return map(_own, super().__iter__())

    def _freshened(self, ask: Callable[[Any], list[Document]], cond: Any) -> list[Document]:
        store = self._storage.store
        store.refresh()
        if store.seq != self._seen_seq:
            self.clear_cache()
            self._seen_seq = store.seq
        return ask(cond)

    def _get_next_id(self) -> int:
        # Asked inside the inserting call's transaction, under the writer's lock: what others inserted counts.
        known: int = self._next_id or 1
        number = max(known, self._storage.store.highest_number(self.name) + 1)
        self._next_id = number + 1
        return number

    def _read_table(self) -> Any:
        return Reading(self._storage, self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction("tinydb.update") as tx:
            writing = Writing(self._storage.store, tx, self.name)
            updater(writing)
            writing.finish()
        self.clear_cache()


class Reading(Mapping[str, Any]):
    """The raw documents of a table, read in place: never change one."""

    def __init__(self, storage: JournalStorage, name: str) -> None:
        self._store, self._name = storage.store, name
        self._store.refresh()

    def __getitem__(self, id: str) -> Any:
        found = self._store.raw(self._name, id)
        if found is None:
            raise KeyError(id)
        return found

    def get(self, id: str, default: Any = None) -> Any:
        """Give one raw document."""
        found = self._store.raw(self._name, id)
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.ids(self._name))

    def __len__(self) -> int:
        return len(self._store.ids(self._name))

    def items(self) -> Any:
        """Give the ids with their raw documents."""
        return self._store.raw_items(self._name)


class Writing(MutableMapping[Any, Any]):
    """A table under an updater: a document is copied when it is touched, and only what differs is written."""

    def __init__(self, store: JournalStore, tx: JournalTransaction, name: str) -> None:
        self._store, self._tx, self._name = store, tx, name
        self._touched: dict[str, Any] = {}

    def finish(self) -> None:
        """Hand what differs to the transaction."""
        self._tx.make_table(self._name)
        for id, document in self._touched.items():
            fresh = None if document is None else orjson.loads(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS))
            if fresh != self._tx.raw(self._name, id):
                self._tx.write_raw(self._name, id, fresh)

    def __getitem__(self, id: Any) -> Any:
        key = str(id)
        if key not in self._touched:
            raw = self._tx.raw(self._name, key)
            if raw is None:
                raise KeyError(id)
            self._touched[key] = orjson.loads(orjson.dumps(raw))
        if self._touched[key] is None:
            raise KeyError(id)
        return self._touched[key]

    def __setitem__(self, id: Any, document: Any) -> None:
        self._touched[str(id)] = document

    def __delitem__(self, id: Any) -> None:
        if id not in self:
            raise KeyError(id)
        self._touched[str(id)] = None

    def __contains__(self, id: object) -> bool:
        key = str(id)
        if key in self._touched:
            return self._touched[key] is not None
        return self._tx.raw(self._name, key) is not None

    def __iter__(self) -> Iterator[Any]:
        known = dict.fromkeys(self._tx.raw_ids(self._name))
        known.update(dict.fromkeys(self._touched))
        return (doc_id_of(id) for id in list(known) if self._touched.get(id, known) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _own(document: Document) -> Document:
    return Document(orjson.loads(orjson.dumps(document)), document.doc_id)
