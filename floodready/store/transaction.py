"""A transaction under way: the store's fresh documents, and over them what this transaction has written so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from floodready.codec import decode, encode
from floodready.document import D, Document, checked
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.refusal import Refused, Superseded
from floodready.store.contract import Act, P, Raw
from floodready.store.line import Facts
from floodready.store.superseded import superseded_since
from floodready.store.tables import RawDocument, encoded_defaults, matches

if TYPE_CHECKING:
    from floodready.store.disk import Handle
    from floodready.store.journal_store import JournalStore


class JournalTransaction:
    """What `Transaction` of the contract promises."""

    def __init__(self, store: JournalStore, act: Act, command: str, *, now: datetime, at: str, clock: str) -> None:
        self.act = act
        self.command = command
        self.at = at
        """`now` as text, and `clock` what the clock said, which is earlier where it was set back."""
        self.clock = clock
        self._store = store
        self._now = now
        self.end: tuple[Handle, int]
        """Where the line stands, once it is appended: the file and the line's number."""
        self.made: set[str] = set()
        """Tables that this transaction makes, and `dropped`: takes away; only TinyDB knows empty tables."""
        self.dropped: set[str] = set()
        self._ids: dict[str, int] = {}
        self._written: dict[str, dict[str, Document | RawDocument | None]] = {}

    @property
    def seq(self) -> int:
        """The last transaction before this one."""
        return self._store.seq

    @property
    def now(self) -> datetime:
        """The instant of this transaction, UTC."""
        return self._now

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        written = self._written.get(kind.table)
        if written is not None and id in written:
            return _decoded(kind, written[id])
        return self._store.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind, in the order in which they were first written."""
        return self._over(kind, self._store.all(kind), {})

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        return self._over(kind, self._store.find(kind, **equal), equal)

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        count = self._store.count(kind)
        for id, written in self._written.get(kind.table, {}).items():
            count += (written is not None) - self._store.holds(kind.table, id)
        return count

    def table_names(self) -> list[str]:
        """Name the tables that held anything before this transaction."""
        return self._store.table_names()

    def projection(self, kind: type[P]) -> P:
        """Give a projection as it was before this transaction."""
        return self._store.live_projection(kind)

    def new_id(self, prefix: str) -> str:
        """Make an id that no other document has."""
        count = self._ids[prefix] = self._ids.get(prefix, 0) + 1
        return f"{prefix}{self.seq + 1}" if count == 1 else f"{prefix}{self.seq + 1}-{count}"

    def put(self, document: D) -> D:
        """Write a document; gives it checked."""
        fresh = checked(document)
        self._written.setdefault(fresh.table, {})[fresh.id] = fresh
        return fresh

    def add(self, document: D) -> D:
        """Write a new document."""
        if self.get(type(document), document.id) is not None:
            raise Refused(say("“{id}” is already taken. Choose another.", id=verbatim(document.id)))
        return self.put(document)

    def change(self, seen: D, **values: Any) -> D:
        """Replace fields of a document as it was seen."""
        self._require_as_seen(seen)
        return self.put(replace(seen, **values))

    def remove(self, document: D) -> None:
        """Take a document away."""
        self._require_as_seen(document)
        self._written.setdefault(document.table, {})[document.id] = None

    def write_raw(self, table: str, id: str, after: RawDocument | None) -> None:
        """Put a document in as JSON values, or take it away, unchecked: for images checked once, and for TinyDB."""
        self._written.setdefault(table, {})[id] = after

    def raw(self, table: str, id: str) -> RawDocument | None:
        """Give one document as JSON values. Never change it."""
        written = self._written.get(table, {})
        return encode(written[id]) if id in written else self._store.raw(table, id)

    def raw_ids(self, table: str) -> list[str]:
        """Give the ids of a table's documents, those written here included."""
        written = self._written.get(table, {})
        present = self._store.ids(table)
        if not written:
            return present
        kept = [id for id in present if written.get(id, present) is not None]
        return kept + [id for id, held in written.items() if held is not None and not self._store.holds(table, id)]

    def highest_number(self, table: str) -> int:
        """Give the highest id written here that is a number; 0 for none."""
        return max((int(id) for id in self._written.get(table, {}) if id.isdecimal()), default=0)

    def make_table(self, table: str) -> None:
        """Make a table be there, even with no documents."""
        self.dropped.discard(table)
        if not self._store.has_table(table):
            self.made.add(table)

    def drop_table(self, table: str) -> None:
        """Take a table away with its documents."""
        for id in self.raw_ids(table):
            self.write_raw(table, id, None)
        self.made.discard(table)
        if self._store.has_table(table):
            self.dropped.add(table)

    def superseded(self, table: str, id: str, seen: Raw | None) -> Superseded:
        """Make the refusal that tells who changed a document since it was as `seen`."""
        return superseded_since(self._store, table, id, seen, self.raw(table, id))

    def changes(self) -> list[list[Any]]:
        """Give what was written, as the journal keeps it; what ended as it began is left out."""
        found = []
        for table, documents in self._written.items():
            for id, document in documents.items():
                before = self._store.raw(table, id)
                after = document if document is None or isinstance(document, dict) else encode(document)
                if before != after:
                    found.append([table, id, before, after])
        return found

    def line(self, seq: int, changes: list[list[Any]], answer: Any, *, synced: int) -> Facts:
        """Give the line that the journal keeps of this transaction, up to what the journal itself adds."""
        act = self.act
        facts: Facts = {
            "seq": seq,
            "at": self.at,
            "person": act.person,
            "terminal": act.terminal,
            "command": self.command,
            "command_id": act.command_id,
            "reason": act.reason,
            "answer": answer,
            "changes": changes,
            "synced": synced,
        }
        if self.clock != self.at:
            facts["clock"] = self.clock
        if self.made:
            facts["made"] = sorted(self.made)
        if self.dropped:
            facts["dropped"] = sorted(self.dropped)
        return facts

    def _over(self, kind: type[D], before: Iterator[D], equal: dict[str, object]) -> Iterator[D]:
        written = self._written.get(kind.table)
        if not written:
            return before
        wanted = {name: encode(value) for name, value in equal.items()}
        defaults = encoded_defaults(cast(Any, kind))
        found: dict[str, D | None] = {}
        for document in before:
            found[document.id] = document
        for id, held in written.items():
            fits = held is not None and matches(encode(held), wanted, defaults)
            if fits or id in found:
                found[id] = _decoded(kind, held) if fits else None
        return iter([document for document in found.values() if document is not None])

    def _require_as_seen(self, seen: Document) -> None:
        fresh = self.get(type(seen), seen.id)
        if fresh != seen:
            raise self.superseded(seen.table, seen.id, encode(seen))


def _decoded(kind: type[D], written: Document | RawDocument | None) -> D | None:
    return decode(kind, written) if isinstance(written, dict) else cast("D | None", written)
