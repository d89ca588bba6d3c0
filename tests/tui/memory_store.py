"""The store's contract in memory, for tests of screens: no journal on disk, no other process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from floodready.clock import Clock
from floodready.codec import decode, encode
from floodready.document import D, Document, checked
from floodready.language import say
from floodready.refusal import Refused
from floodready.store.contract import Act, Change, Entry, P, R, Raw


class MemoryView:
    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Raw]] = {}
        self.seq = 0

    def get(self, kind: type[D], id: str) -> D | None:
        raw = self.tables.get(kind.table, {}).get(id)
        return None if raw is None else decode(kind, raw)

    def all(self, kind: type[D]) -> Iterator[D]:
        return iter([decode(kind, raw) for raw in self.tables.get(kind.table, {}).values()])

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        return (d for d in self.all(kind) if all(getattr(d, name) == value for name, value in equal.items()))

    def count(self, kind: type[D]) -> int:
        return len(self.tables.get(kind.table, {}))

    def projection(self, kind: type[P]) -> P:
        raise NotImplementedError


class MemoryTransaction(MemoryView):
    def __init__(self, store: MemoryStore, act: Act) -> None:
        super().__init__()
        self.act = act
        self.now: datetime = store.clock.now()
        self.seq = store.seq
        self.tables = {name: dict(table) for name, table in store.tables.items()}
        self.changes: list[Change] = []

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{self.seq + 1}-{len(self.changes)}"

    def put(self, document: D) -> D:
        document = checked(document)
        self._write(document.table, document.id, encode(document))
        return document

    def add(self, document: D) -> D:
        return self.put(document)

    def change(self, seen: D, **values: Any) -> D:
        return self.put(seen.changed(**values))

    def remove(self, document: Document) -> None:
        self._write(document.table, document.id, None)

    def _write(self, table: str, id: str, after: Raw | None) -> None:
        documents = self.tables.setdefault(table, {})
        self.changes.append(Change(table=table, id=id, before=documents.get(id), after=after))
        if after is None:
            documents.pop(id, None)
        else:
            documents[id] = after


class MemoryStore(MemoryView):
    """`disk` is an event that every write waits for: cleared, the disk is slow."""

    def __init__(self, clock: Clock, *documents: Document) -> None:
        super().__init__()
        self.clock = clock
        self.journal: list[Entry] = []
        self.disk = threading.Event()
        self.disk.set()
        for document in documents:
            self.tables.setdefault(document.table, {})[document.id] = encode(document)

    @contextmanager
    def transaction(self, act: Act, command: str) -> Iterator[MemoryTransaction]:
        self.disk.wait(10)
        tx = MemoryTransaction(self, act)
        yield tx
        self.tables = tx.tables
        self.seq += 1
        self.journal.append(
            Entry(
                seq=self.seq,
                at=tx.now,
                person=act.person,
                terminal=act.terminal,
                command=command,
                command_id=act.command_id,
                reason=act.reason,
                changes=tuple(tx.changes),
                hash=f"{self.seq:064d}",
            )
        )

    def run(self, act: Act, command: str, body: Callable[..., R], answer: Any) -> R:
        with self.transaction(act, command) as tx:
            return body(tx)

    def refresh(self) -> tuple[Entry, ...]:
        return ()

    def past(self, at: datetime) -> MemoryView:
        raise Refused(say("must not be empty"))

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        return iter(self.journal[after:until])

    def entries_backwards(self, before: int | None = None) -> Iterator[Entry]:
        return iter(self.journal[: None if before is None else before - 1][::-1])

    def history(self, table: str, id: str) -> Iterator[Entry]:
        return (e for e in self.journal if any(c.table == table and c.id == id for c in e.changes))
