"""Documents in memory, as the journal left them; indexes and decoded documents are made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from floodready.codec import decode, encode
from floodready.document import D, Document
from floodready.frozen import REQUIRED, defaults_of
from floodready.json_text import read_json, write_json

RawDocument = dict[str, Any]
Stored = RawDocument | bytes
"""A document, as JSON text until somebody needs its fields."""


class Table:
    """The documents of one table, in the order in which they were first written."""

    def __init__(self, *, load: Callable[[], dict[str, Stored]] | None = None) -> None:
        self._load = load
        self._documents: dict[str, Stored] = {}
        self._changed_before_load: list[tuple[str, RawDocument | None]] = []
        self._decoded: dict[str, Document] = {}
        self._decoded_kind: type[Document] | None = None
        self._indexes: dict[str, Index] = {}
        self._highest: int | None = None

    @property
    def documents(self) -> dict[str, Stored]:
        """The documents by id; read in when they are first asked for."""
        if self._load is not None:
            load, self._load = self._load, None
            self._documents = load()
            for id, after in self._changed_before_load:
                self.set(id, after)
            self._changed_before_load.clear()
        return self._documents

    def raw(self, id: str) -> RawDocument | None:
        """Give one document as JSON values. Never change it."""
        found = self.documents.get(id)
        if isinstance(found, bytes):
            found = self._documents[id] = cast(RawDocument, read_json(_without_key(found)))
        return found

    def document(self, kind: type[D], id: str) -> D | None:
        """Give one document, decoded once for all who ask."""
        if kind is self._decoded_kind:
            known = self._decoded.get(id)
            if known is not None:
                return cast(D, known)
        raw = self.raw(id)
        if raw is None:
            return None
        if self._decoded_kind is None:
            self._decoded_kind = kind
        made = decode(kind, raw)
        if kind is self._decoded_kind:
            self._decoded[id] = made
        return made

    def set(self, id: str, after: RawDocument | None) -> None:
        """Take in what a transaction did to one document."""
        if self._load is not None:
            self._changed_before_load.append((id, after))
            return
        if self._indexes:
            before = self.raw(id)
            for index in self._indexes.values():
                index.move(id, before, after)
        self._decoded.pop(id, None)
        if self._highest is not None and id.isdecimal():
            self._highest = max(self._highest, int(id))
        if after is None:
            self._documents.pop(id, None)
        else:
            self._documents[id] = after

    def ids_where(self, kind: type[Document], equal: dict[str, object]) -> list[str]:
        """Give the ids of the documents whose fields equal the given values, in the order of the table."""
        wanted = {name: encode(value) for name, value in equal.items()}
        by_index = next((name for name in kind.indexes if name in wanted), None)
        defaults = encoded_defaults(cast(Any, kind))
        if by_index is None:
            candidates: Iterator[str] = iter(list(self.documents))
        else:
            candidates = iter(self._index(by_index, defaults.get(by_index)).ids(wanted.pop(by_index)))
        return [id for id in candidates if matches(self.raw(id), wanted, defaults)] if wanted else list(candidates)

    def highest_number(self) -> int:
        """Give the highest id that is or was a number; 0 for none."""
        if self._highest is None:
            self._highest = max((int(id) for id in self.documents if id.isdecimal()), default=0)
        return self._highest

    def _index(self, name: str, default: Any) -> Index:
        found = self._indexes.get(name)
        if found is None:
            documents = self.documents  # read in before the index is there: what changed since would be looked up in it
            found = self._indexes[name] = Index(name, default)
            for id in documents:
                found.move(id, None, self.raw(id))
        return found


class Index:
    """The ids of a table's documents by the value of one field."""

    def __init__(self, name: str, default: Any) -> None:
        self._name = name
        self._default = default
        self._ids: dict[Any, set[str]] = {}
        self._rank: dict[str, int] = {}
        self._next_rank = 0

    def move(self, id: str, before: RawDocument | None, after: RawDocument | None) -> None:
        """Take in a document's change."""
        if before is not None:
            key = self._key(before)
            self._ids[key].discard(id)
            if not self._ids[key]:
                del self._ids[key]
        if after is None:
            self._rank.pop(id, None)
            return
        self._ids.setdefault(self._key(after), set()).add(id)
        if id not in self._rank:
            self._rank[id] = self._next_rank
            self._next_rank += 1

    def ids(self, value: Any) -> list[str]:
        """Give the ids of the documents whose field has this (encoded) value, in the order of the table."""
        return sorted(self._ids.get(_hashable(value), ()), key=self._rank.__getitem__)

    def _key(self, raw: RawDocument) -> Any:
        return _hashable(raw.get(self._name, self._default))


def document_text(stored: Stored) -> bytes:
    """Give a document as JSON text."""
    return _without_key(stored) if isinstance(stored, bytes) else write_json(stored)


def _without_key(text: bytes) -> bytes:
    # A snapshot's line still has its key before it: taking it off 100,000 lines that nobody asks for costs too much.
    return text if text.startswith(b"{") else text.partition(b":")[2]


def matches(raw: RawDocument | None, wanted: dict[str, Any], defaults: dict[str, Any]) -> bool:
    """Tell whether a document's fields have the wanted (encoded) values; a field left out has its default."""
    return raw is not None and all(raw.get(name, defaults.get(name)) == value for name, value in wanted.items())


@cache
def encoded_defaults(kind: Any) -> dict[str, Any]:
    """Give what the fields that `encode` leaves out stand for."""
    return {name: encode(default) for name, default in defaults_of(kind).items() if default is not REQUIRED}


def _hashable(value: Any) -> Any:
    return repr(value) if isinstance(value, list | dict) else value
