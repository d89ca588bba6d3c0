"""An open transaction: reads fresh data under the writer's lock, gathers what is written, refuses stale edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from floodready.codec import encode
from floodready.document import D, Document, checked
from floodready.language import say, verbatim
from floodready.refusal import Refused, Superseded
from floodready.store.contract import Act, Change, Entry, P, Raw
from floodready.store.projections import Projections
from floodready.store.tables import Pending, Tables

LastEntry = Callable[[str, str], Entry | None]


class OpenTransaction:
    """A transaction that is not written yet."""

    def __init__(
        self, tables: Tables, projections: Projections, act: Act, now: datetime, seq: int, last_entry: LastEntry
    ) -> None:
        self.act = act
        self._now = now
        self._seq = seq
        self._pending = Pending(tables)
        self._projections = projections
        self._last_entry = last_entry
        self._ids: dict[str, int] = {}

    @property
    def seq(self) -> int:
        """The number this transaction will have."""
        return self._seq

    @property
    def now(self) -> datetime:
        """The instant of this transaction, UTC."""
        return self._now

    def new_id(self, prefix: str) -> str:
        """Make an id that no other document has."""
        count = self._ids[prefix] = self._ids.get(prefix, 0) + 1
        return f"{prefix}{self._seq}" if count == 1 else f"{prefix}{self._seq}-{count}"

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        return self._pending.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind."""
        return self._pending.all(kind)

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        return self._pending.find(kind, equal)

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        return self._pending.count(kind)

    def projection(self, kind: type[P]) -> P:
        """Give a projection as it was before this transaction."""
        return self._projections.get(kind)

    def put(self, document: D) -> D:
        """Write a document; gives it checked. Raises Invalid."""
        sound = checked(document)
        self._pending.write(sound.table, sound.id, encode(sound), sound)
        return sound

    def add(self, document: D) -> D:
        """Write a new document. Raises Refused where its id is taken, Invalid."""
        if self._pending.raw(document.table, document.id) is not None:
            raise Refused(say("{id} is taken already. Choose another.", id=verbatim(document.id)))
        return self.put(document)

    def change(self, seen: D, **values: Any) -> D:
        """Replace fields of a document as it was seen. Raises Superseded, Invalid."""
        self._refuse_stale(seen)
        return self.put(seen.changed(**values))

    def remove(self, document: Document) -> None:
        """Take a document away. Raises Superseded."""
        self._refuse_stale(document)
        self.remove_raw(document.table, document.id)

    def raw(self, table: str, id: str) -> Raw | None:
        """Give a document in the form in which the journal keeps it."""
        return self._pending.raw(table, id)

    def put_raw(self, table: str, id: str, raw: Raw) -> None:
        """Write a document in the journal's own form: for undo and TinyDB's own interface, which know no classes."""
        self._pending.write(table, id, raw)

    def remove_raw(self, table: str, id: str) -> None:
        """Take a document away by name."""
        self._pending.write(table, id, None)

    def changes(self) -> list[Change]:
        """Give what this transaction changes."""
        return self._pending.changes()

    def last_entry(self, table: str, id: str) -> Entry | None:
        """Give the last committed transaction that touched a document."""
        return self._last_entry(table, id)

    def _refuse_stale(self, seen: Document) -> None:
        now = self._pending.get(type(seen), seen.id)
        if now == seen:
            return
        last = self._last_entry(seen.table, seen.id)
        by = verbatim(last.person if last else "?")
        if now is None:
            raise Superseded(say("{id} was removed meanwhile by {person}.", id=verbatim(seen.id), person=by))
        before, after = encode(seen), encode(now)
        fields = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        raise Superseded(
            say(
                "{id} was changed meanwhile by {person} ({fields}). What you typed is kept: look at the new state, "
                "then do it again.",
                id=verbatim(seen.id),
                person=by,
                fields=verbatim(", ".join(fields)),
            )
        )
