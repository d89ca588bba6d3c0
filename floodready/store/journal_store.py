"""The store: documents over a journal; one writer at a time, readers that never lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

import orjson

from floodready.clock import Clock, SystemClock, read_instant, write_instant
from floodready.codec import decode_value, encode
from floodready.document import D
from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store import command_ids
from floodready.store import projections as saved_projections
from floodready.store.contract import Act, Entry, P, R, View
from floodready.store.current import FORMAT, Current, read_current, stamp, write_current
from floodready.store.disk import Disk, RealDisk
from floodready.store.journal import Damage, Journal, gone
from floodready.store.line import Line, read_line, write_transaction
from floodready.store.lock import WriterLock
from floodready.store.past import Past
from floodready.store.projections import Projections
from floodready.store.snapshot import Snapshot, read_snapshot, write_snapshot
from floodready.store.tables import Tables
from floodready.store.transaction import OpenTransaction

SNAPSHOT_EVERY = 2000
"""Transactions since the last snapshot after which leaving the store writes a new one."""


class JournalStore:
    """The store of one duty room, in a folder."""

    def __init__(self, folder: Path, current: Current, disk: Disk, clock: Clock) -> None:
        self.folder = folder
        self.current = current
        self.zone = ZoneInfo(current.zone)
        self.clock = clock
        self.torn: Damage | None = None
        """The end that was never accepted and was set aside when this store first wrote; None for none."""
        self._disk = disk
        self._memory = RLock()
        self._lock = WriterLock(folder / "lock")
        self._journal: Journal
        self._projections: Projections
        self._begin()

    @classmethod
    def create(
        cls, folder: Path, *, clock: Clock | None = None, zone: str = "Asia/Shanghai", disk: Disk | None = None
    ) -> Self:
        """Make an empty store in a folder that has none. Raises StoreProblem."""
        from floodready.store.network_share import refuse_network_share

        disk = disk or RealDisk()
        if "CURRENT" in disk.names(folder):
            raise StoreProblem(
                say(
                    "There is a store in {folder} already. Open it, or name another folder.",
                    folder=verbatim(str(folder)),
                )
            )
        try:
            disk.make_folder(folder)
            refuse_network_share(folder)
            current = Current(format=FORMAT, generation="gen-0001", store_id=uuid4().hex, zone=zone)
            disk.make_folder(folder / current.generation)
            disk.sync_folder(folder)
            write_current(folder, disk, current)
        except OSError as error:
            raise StoreProblem(
                say(
                    "No store can be made in {folder} ({problem}). Choose a folder that you may write.",
                    folder=verbatim(str(folder)),
                    problem=verbatim(error.strerror or str(error)),
                )
            ) from error
        return cls(folder, current, disk, clock or SystemClock())

    @classmethod
    def open(cls, folder: Path, *, clock: Clock | None = None, disk: Disk | None = None) -> Self:
        """Open a store. Raises StoreProblem."""
        disk = disk or RealDisk()
        return cls(folder, read_current(folder, disk), disk, clock or SystemClock())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the store; where much is new, a snapshot is written so that the next opening is quick."""
        if self._since_snapshot >= SNAPSHOT_EVERY:
            # A snapshot only saves time; a folder that cannot be written is told when somebody writes.
            with suppress(OSError):
                self.save_snapshot()
        self._journal.close()
        self._lock.close()

    @property
    def seq(self) -> int:
        """The last transaction this store knows."""
        return self._journal.position.seq

    @property
    def hash(self) -> str:
        """The hash of the last transaction: it stands for the whole history."""
        return self._journal.position.hash

    @property
    def damage(self) -> Damage | None:
        """The first line of the journal that could not be read; nothing can be written while it stands."""
        return self._journal.damage

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        with self._memory:
            return self._tables.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind, in the order in which they were first written."""
        with self._memory:
            return iter(list(self._tables.all(kind)))

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        with self._memory:
            return iter(list(self._tables.find(kind, equal)))

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        with self._memory:
            return len(self._tables[kind.table])

    def projection(self, kind: type[P]) -> P:
        """Give a projection, up to date. Read it only."""
        with self._memory:
            return self._projections.get(kind)

    def refresh(self) -> tuple[Entry, ...]:
        """Take in what other processes wrote since; gives those entries. Raises StoreProblem."""
        with self._memory:
            if self._swapped():
                before = self.seq
                self._reopen()
                return tuple(self.entries(after=min(before, self.seq)))
            return self._take(self._journal.read_new())

    @contextmanager
    def transaction(self, act: Act, command: str) -> Iterator[OpenTransaction]:
        """Write, as the contract says."""
        with self._writing() as tx_at:
            tx = OpenTransaction(self._tables, self._projections, act, tx_at, self.seq + 1, self._superseded_by)
            yield tx
            written = self._write(tx, command)
        if written:
            self._journal.sync(written)

    def run(self, act: Act, command: str, body: Callable[[OpenTransaction], R], answer: Any) -> R:
        """Run a body in a transaction, once for a command id."""
        with self._writing() as tx_at:
            known = self._answer(act.command_id)
            if known is not None:
                written = self.seq
                result: R = decode_value(answer, known[0])
            else:
                tx = OpenTransaction(self._tables, self._projections, act, tx_at, self.seq + 1, self._superseded_by)
                result = body(tx)
                written = self._write(tx, command, answer=encode(result))
        if written:
            self._journal.sync(written)
        return result

    def past(self, at: datetime) -> View:
        """Give the documents as they were known at a past instant, inclusive."""
        return Past.of(entry for entry in self.entries() if entry.at <= at)

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Give transactions in order. Raises StoreProblem at a damaged line."""
        for line in self._journal.lines(after):
            if until is not None and line.seq > until:
                return
            yield line.entry()

    def entries_backwards(self, before: int | None = None) -> Iterator[Entry]:
        """Give transactions from the newest (or from before a number) back."""
        for name in reversed(self._journal.segments()):
            for piece in reversed(self._journal.segment_bytes(name).split(b"\n")):
                line = _readable(piece)
                if line is None or line.closes is not None or line.seq > self.seq:
                    continue
                if before is None or line.seq < before:
                    yield line.entry()

    def history(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, oldest first."""
        mark = b"[%b,%b," % (orjson.dumps(table), orjson.dumps(id))
        for name in self._journal.segments():
            for piece in self._journal.segment_bytes(name).split(b"\n"):
                line = _readable(piece) if mark in piece else None
                if line is None or line.seq > self.seq:
                    continue
                entry = line.entry()
                if any(change.table == table and change.id == id for change in entry.changes):
                    yield entry

    def save_snapshot(self) -> None:
        """Write the snapshot and the projections in use, then compress closed segments. Raises OSError."""
        with self._memory:
            journal = self._journal
            if journal.synced < self.seq:
                journal.sync(self.seq)
            snapshot = Snapshot(
                generation=self.current.generation,
                position=journal.position,
                tables=self._tables,
                last_at=self._last_at,
            )
            write_snapshot(self.folder, self._disk, snapshot)
            for projection in self._projections.in_use().values():
                saved_projections.save(
                    self.folder, self._disk, projection, self.current.generation, self.seq, self.hash
                )
            if self._command_seqs is not None:
                command_ids.save(self.folder, self._disk, self._command_seqs, self.current.generation, self.seq)
            self._since_snapshot = 0
        journal.compress_closed()

    def _begin(self) -> None:
        generation = self.current.generation
        self._stamp = self._disk_stamp()
        snapshot = read_snapshot(self.folder, self._disk, generation)
        self._tables = snapshot.tables if snapshot else Tables()
        self._last_at = snapshot.last_at if snapshot else ""
        self._command_seqs: dict[str, int] | None = None
        self._since_snapshot = 0
        writable = os.access(self.folder, os.W_OK) if isinstance(self._disk, RealDisk) else True
        folder = self.folder / generation
        if snapshot:
            self._journal = Journal(folder, self._disk, snapshot.position, writable=writable)
        else:
            self._journal = Journal(folder, self._disk, writable=writable)
        self._projections = Projections(
            self.entries,
            lambda kind: saved_projections.load(self.folder, self._disk, kind, generation, self.seq),
        )
        self._take(self._journal.read_new())

    @contextmanager
    def _writing(self) -> Iterator[datetime]:
        with self._lock.held():
            with self._memory:
                if self._swapped():
                    self._reopen()
                self._take(self._journal.read_new())
                self.torn = self._journal.mend_torn_end() or self.torn
                self._journal.begin_segment_if_due()
            now = self.clock.now()
            yield max(now, read_instant(self._last_at)) if self._last_at else now

    def _write(self, tx: OpenTransaction, command: str, **more: Any) -> int:
        changes = tx.changes()
        if not changes:
            return 0
        clock = self.clock.now()
        if clock < tx.now:
            more["clock"] = write_instant(clock)
        raw = write_transaction(self.seq + 1, tx.now, tx.act, command, changes, self.hash, self._journal.synced, **more)
        line = read_line(raw[:-1])
        with self._memory:
            self._journal.append(raw, line.seq, line.hash)
            self._take([line])
        return line.seq

    def _take(self, lines: list[Line]) -> tuple[Entry, ...]:
        entries = tuple(line.entry() for line in lines)
        for line, entry in zip(lines, entries, strict=True):
            for change in entry.changes:
                self._tables.apply(change)
            self._last_at = line.body["at"]
            if self._command_seqs is not None:
                self._command_seqs[entry.command_id] = entry.seq
        self._projections.take(entries)
        self._since_snapshot += len(entries)
        return entries

    def _answer(self, command_id: str) -> list[Any] | None:
        """Give the first answer to a command id in a list of one, or None where it is new."""
        if self._command_seqs is None:
            self._command_seqs = command_ids.read(self.folder, self._disk, self._journal, self.current.generation)
        seq = self._command_seqs.get(command_id)
        if seq is None:
            return None
        line = next(self._journal.lines(after=seq - 1))
        return [line.body.get("answer")]

    def _superseded_by(self, table: str, id: str) -> Entry | None:
        touching = (e for e in self.entries_backwards() if any((c.table, c.id) == (table, id) for c in e.changes))
        return next(touching, None)

    def _swapped(self) -> bool:
        return self._disk_stamp() != self._stamp

    def _disk_stamp(self) -> tuple[int, int]:
        if not isinstance(self._disk, RealDisk):
            return (0, 0)
        try:
            return stamp(self.folder)
        except FileNotFoundError as error:
            raise gone(self.folder) from error

    def _reopen(self) -> None:
        self._journal.close()
        self.current = read_current(self.folder, self._disk)
        self._begin()


def _readable(piece: bytes) -> Line | None:
    try:
        return read_line(piece)
    except ValueError:
        return None
