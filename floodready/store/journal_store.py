"""The store of one duty room: a folder with a journal, and everything that follows from it kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Self, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

import orjson

from floodready.clock import Clock, SystemClock, in_utc, read_instant, write_instant
from floodready.codec import decode_value, encode
from floodready.language import say, verbatim
from floodready.refusal import Refused, StoreProblem
from floodready.store.contract import Act, Entry, P, R, View
from floodready.store.disk import Disk, RealDisk, replace_file
from floodready.store.journal import Journal, Shortened
from floodready.store.line import Facts, entry_of
from floodready.store.past import PastView
from floodready.store.projections import Projections
from floodready.store.transaction import JournalTransaction
from floodready.store.view import TablesView

FORMAT = 1
"""The format of the store's files; an older one is upgraded, a newer one refused."""

PATIENCE = 30.0
"""How long a writer waits for another, in seconds."""


class JournalStore(TablesView):
    """What `Store` of the contract promises, on a folder."""

    def __init__(self, folder: Path, *, clock: Clock, disk: Disk) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self._disk = disk
        self._writing = threading.Lock()
        self._finished = False
        self._load()

    @classmethod
    def create(
        cls, folder: Path, *, clock: Clock | None = None, zone: str = "Asia/Shanghai", disk: Disk | None = None
    ) -> Self:
        """Make a new store in a folder that is missing or empty, and open it. Raises StoreProblem."""
        disk = disk or RealDisk()
        if disk.names(folder):
            raise StoreProblem(
                say("{folder} is not empty. A store needs a folder of its own.", folder=verbatim(str(folder)))
            )
        generation = "gen-0001"
        disk.make_folder(folder)
        disk.make_folder(folder / generation)
        current = {"format": FORMAT, "generation": generation, "store": uuid4().hex, "zone": zone}
        replace_file(disk, folder / "CURRENT", orjson.dumps(current, option=orjson.OPT_APPEND_NEWLINE))
        return cls(folder, clock=clock or SystemClock(), disk=disk)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock | None = None, disk: Disk | None = None) -> Self:
        """Open the store in a folder. Raises StoreProblem."""
        return cls(folder, clock=clock or SystemClock(), disk=disk or RealDisk())

    def close(self) -> None:
        """Let go of the files."""
        self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def seq(self) -> int:
        """The last transaction taken in."""
        return self._journal.position.seq

    def transaction(self, act: Act, command: str) -> Any:
        """Begin a transaction; see the contract. One that changed nothing leaves no line."""
        return self._transaction(act, command)

    @contextmanager
    def _transaction(self, act: Act, command: str) -> Iterator[JournalTransaction]:
        with self._writer():
            tx = self._begin(act, command)
            yield tx
            changes = tx.changes()
            changed = bool(changes or tx.made or tx.dropped)
            seq = self._append(tx, changes, None)["seq"] if changed else 0
        if seq:
            self._sync(seq)

    def run(self, act: Act, command: str, body: Callable[[JournalTransaction], R], answer: Any) -> R:
        """Run a body in a transaction, once for a command id; see the contract."""
        with self._writer():
            known = self._commands.get(act.command_id)
            if known is not None:
                return cast(R, self._first_answer(known, command, answer))
            tx = self._begin(act, command)
            result = body(tx)
            facts = self._append(tx, tx.changes(), encode(result))
        self._sync(facts["seq"])
        return result

    def refresh(self) -> tuple[Entry, ...]:
        """Take in what other processes wrote since; gives those entries."""
        with self._moving:
            first, self._foreign = self._foreign, []
            return tuple(entry_of(facts) for facts in first + self._take_in())

    def past(self, at: datetime) -> View:
        """Give the documents as they were known at a past instant."""
        self.refresh()
        return PastView(self, in_utc(at))

    def projection(self, kind: type[P]) -> P:
        """Give a projection, up to date with this view. It stays as it is: later changes go to another copy."""
        with self._moving:
            return self._projections.lend(kind, self._entries)

    def live_projection(self, kind: type[P]) -> P:
        """Give a projection to this transaction, which does not keep it."""
        with self._moving:
            return self._projections.live(kind, self._entries)

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Give the transactions after one number, up to and with another, in order."""
        return map(entry_of, self._journal.lines(after, self.seq if until is None else until))

    def facts_until(self, at: datetime) -> Iterator[Facts]:
        """Give the lines up to the last at or before an instant."""
        last = write_instant(at)
        return takewhile(lambda facts: facts["at"] <= last, self._journal.lines(0, self.seq))

    def entries_backwards(self, before: int | None = None) -> Iterator[Entry]:
        """Give the transactions from the newest (or from before a number) back."""
        return map(entry_of, self._journal.lines_backwards(self.seq + 1 if before is None else before))

    def history(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, oldest first."""
        return (entry for entry in self.entries() if _touches(entry, table, id))

    def history_backwards(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, newest first."""
        return (entry for entry in self.entries_backwards() if _touches(entry, table, id))

    def _entries(self, after: int) -> Iterator[Entry]:
        return self.entries(after)

    def _load(self) -> None:
        current = self._read_current()
        self.zone = ZoneInfo(current["zone"])
        self._current_identity = self._disk.identity(self.folder / "CURRENT")
        self._journal = Journal(self._disk, self.folder / current["generation"], None, writable=True)
        self._tables = {}
        self._projections = Projections()
        self._commands: dict[str, Facts] = {}
        self._foreign: list[Facts] = []
        self._finished = False
        self._take_in()

    def _read_current(self) -> dict[str, Any]:
        try:
            current: dict[str, Any] = orjson.loads(self._disk.read(self.folder / "CURRENT"))
        except FileNotFoundError as error:
            raise StoreProblem(
                say(
                    "There is no store in {folder}. Make one: floodready setup; or look around first: floodready demo",
                    folder=verbatim(str(self.folder)),
                )
            ) from error
        return current

    @contextmanager
    def _writer(self) -> Iterator[None]:
        with self._writing, self._disk.lock(self.folder / "lock", patience=PATIENCE):
            with self._moving:
                if self._finished:
                    self._load()
                self._foreign += self._take_in()
            yield

    def _begin(self, act: Act, command: str) -> JournalTransaction:
        now, last = self.clock.now(), self._journal.position.at
        return JournalTransaction(self, act, command, max(now, read_instant(last)) if last else now)

    def _append(self, tx: JournalTransaction, changes: list[list[Any]], answer: Any) -> Facts:
        with self._moving:
            journal = self._journal
            facts: Facts = {
                "seq": journal.position.seq + 1,
                "at": write_instant(tx.now),
                "person": tx.act.person,
                "terminal": tx.act.terminal,
                "command": tx.command,
                "command_id": tx.act.command_id,
                "reason": tx.act.reason,
                "answer": answer,
                "changes": changes,
                "synced": journal.synced,
            }
            if tx.made:
                facts["made"] = sorted(tx.made)
            if tx.dropped:
                facts["dropped"] = sorted(tx.dropped)
            journal.append(facts)
            self._apply(facts)
            return facts

    def _sync(self, seq: int) -> None:
        try:
            self._journal.sync(seq)
        except StoreProblem:
            self._finished = True
            raise

    def _take_in(self) -> list[Facts]:
        try:
            found = self._journal.new_lines()
        except Shortened:
            self._load()
            return []
        for facts in found:
            self._apply(facts)
        return found

    def _apply(self, facts: Facts) -> None:
        for change in facts["changes"]:
            if change[2] is not None:
                # What stands before is known only as text where this process wrote it; projections need its fields.
                change[2] = self._table(change[0]).raw(change[1])
        self._take_change(facts)
        self._commands.setdefault(facts["command_id"], facts)
        self._projections.apply(facts)

    def _first_answer(self, facts: Facts, command: str, answer: Any) -> Any:
        if facts["command"] != command:
            raise Refused(
                say(
                    "The command id was used before, by “{command}” (entry {seq}). Repeat without the id.",
                    command=verbatim(facts["command"]),
                    seq=facts["seq"],
                )
            )
        return decode_value(answer, facts["answer"])


def _touches(entry: Entry, table: str, id: str) -> bool:
    return any(change.id == id and change.table == table for change in entry.changes)
