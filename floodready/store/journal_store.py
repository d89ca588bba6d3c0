"""The store of one duty room: a folder with a journal, and everything that follows from it kept in memory."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Self, cast
from zoneinfo import ZoneInfo

from floodready.clock import Clock, SystemClock, in_utc, read_instant, write_instant
from floodready.codec import decode_value, encode
from floodready.language import Sentence
from floodready.refusal import StoreProblem
from floodready.store.command_ids import CommandIds, first_answer, load_command_ids
from floodready.store.contract import Act, Entry, P, R, Transaction, View
from floodready.store.creation import make_store
from floodready.store.current import NAME, gone, read_current, require_format
from floodready.store.disk import Disk, FileLock, RealDisk
from floodready.store.journal import Journal, Shortened
from floodready.store.limits import Limits
from floodready.store.line import Facts, entry_of
from floodready.store.past import PastView
from floodready.store.projections import Projections
from floodready.store.segments import unreadable
from floodready.store.snapshot import Snapshot
from floodready.store.standing import fitting_snapshot
from floodready.store.transaction import JournalTransaction
from floodready.store.upkeep import COMMAND_IDS, StateToSave, keep_up
from floodready.store.view import TablesView, tables_of


class JournalStore(TablesView):
    """What `Store` of the contract promises, on a folder."""

    def __init__(self, folder: Path, clock: Clock, disk: Disk, limits: Limits) -> None:
        super().__init__()
        self.folder = folder
        self._current_file = folder / NAME
        self.clock = clock
        self.device = disk
        self.limits = limits
        self._foreign: list[int] = []
        self._projections: Projections
        self.notices: list[Sentence] = []
        """What a person should be told about this store, like a torn end that was put aside."""
        self._writing = threading.Lock()
        self._lock: FileLock | None = None
        self._journal: Journal | None = None
        self._snapshot: Snapshot | None = None
        self._load()

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        zone: str = "Asia/Shanghai",
        group: bool = False,
        disk: Disk | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Make a store in a folder that is missing or empty; `group` lets the group read it. Raises StoreProblem."""
        disk = disk or RealDisk(group=group)
        make_store(disk, folder, zone)
        return cls(folder, clock or SystemClock(), disk, limits or Limits())

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock | None = None, disk: Disk | None = None, limits: Limits | None = None
    ) -> Self:
        """Open the store in a folder. Raises StoreProblem."""
        try:
            return cls(folder, clock or SystemClock(), disk or RealDisk.like(folder), limits or Limits())
        except OSError as error:
            raise unreadable(Path(error.filename or folder), error) from error

    def close(self) -> None:
        """Let go of the files."""
        with self._moving:
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def journal(self) -> Journal:
        """The journal of the generation that counts."""
        assert self._journal is not None
        return self._journal

    @property
    def seq(self) -> int:
        """The last transaction taken in."""
        return self.journal.position.seq

    @property
    def head(self) -> str:
        """The hash of the last transaction taken in."""
        return self.journal.position.hash

    @property
    def damage(self) -> StoreProblem | None:
        """What stops writing, if the journal is known to be damaged; reading goes up to there."""
        with self._moving:
            return self.journal.look_for_damage()

    def look_over(self) -> None:
        """Look whether what was read stands on disk as it was written, in the files that changed since the last look.

        `damage` then tells. Costs one `stat` a segment where nothing changed; whoever shows the store asks for it now
        and then, since reading on notices only what happens at the journal's end.
        """
        with self._moving:
            if self.journal.look_over():
                self._load()

    def transaction(self, act: Act, command: str) -> AbstractContextManager[JournalTransaction]:
        """Begin a transaction; see the contract. One that changed nothing leaves no line."""
        return self._transaction(act, command)

    def run(self, act: Act, command: str, body: Callable[[Transaction], R], answer: Any) -> R:
        """Run a body in a transaction, once for a command id; see the contract."""
        lock = self._begin_writing()
        try:
            known = self._entry_of_command(act.command_id)
            if known is not None:
                return cast(R, decode_value(answer, first_answer(known, act, command)))
            tx = self._begin(act, command)
            result = body(tx)
            self._append(tx, tx.changes(), encode(result))
        finally:
            self._end_writing(lock)
        self._confirm(tx)
        return result

    def knows_command(self, command_id: str) -> bool:
        """Tell whether a command id was used, also by what another program has just written."""
        with self._moving:
            self._take_in()
            return self._entry_of_command(command_id) is not None

    def refresh(self) -> tuple[Entry, ...]:
        """Take in what other processes wrote since; gives those entries. Raises StoreProblem where it is gone."""
        with self._moving:
            if not self._writing.locked():  # under our own lock nobody can put another journal in place
                self._require_same_generation()
            self._take_in()
            if not self._foreign:
                return ()
            foreign, self._foreign = set(self._foreign), []
            return tuple(entry_of(facts) for facts in self.lines_after(min(foreign) - 1) if facts["seq"] in foreign)

    def past(self, at: datetime) -> View:
        """Give the documents as they were known at a past instant."""
        self.refresh()
        return PastView(self, in_utc(at))

    def projection(self, kind: type[P]) -> P:
        """Give a projection, up to date with this view. It stays as it is: later changes go to another copy."""
        with self._moving:
            return self._projections.lend(kind, self.seq)

    def live_projection(self, kind: type[P]) -> P:
        """Give a projection to a transaction, which does not keep it."""
        with self._moving:
            return self._projections.live(kind, self.seq)

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Give the transactions after one number, up to and with another, in order."""
        return map(entry_of, self.lines_after(after) if until is None else self.journal.lines(after, until))

    def lines_until(self, at: datetime) -> Iterator[Facts]:
        """Give the lines up to the last at or before an instant."""
        last = write_instant(at)
        return takewhile(lambda facts: facts["at"] <= last, self.journal.lines(0, self.seq))

    def entries_backwards(self, before: int | None = None) -> Iterator[Entry]:
        """Give the transactions from the newest (or from before a number) back."""
        return map(entry_of, self.journal.lines_backwards(self.seq + 1 if before is None else before))

    def history(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, oldest first."""
        return map(entry_of, self.journal.lines_about(table, id))

    def history_backwards(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, newest first."""
        return map(entry_of, self.journal.lines_about(table, id, backwards=True))

    def keep_up(self) -> None:
        """Write snapshot, projections and command ids anew, compress closed segments. Raises OSError, StoreProblem."""
        keep_up(self)

    def state_to_save(self) -> StateToSave:
        """Take everything that upkeep saves, as of one entry that is on disk. Raises StoreProblem."""
        with self._moving:
            end, position = self.journal.end, self.journal.position
            tables = {name: dict(table.documents) for name, table in self._tables.items()}
            dumps = self._projections.dumps(position.seq)
            ids = self._command_ids().saved(self.current.generation)
            self._lines_since_snapshot = 0
        self.journal.sync_now(end, position.seq)
        return StateToSave(position, tables, dumps, ids)

    def lines_after(self, seq: int) -> Iterator[Facts]:
        """Give the lines after a number, from memory where they were read lately."""
        recent = list(self._recent)
        if seq >= self.seq:
            return iter(())
        if recent and recent[0]["seq"] <= seq + 1:
            return iter(recent[seq + 1 - recent[0]["seq"] :])
        return self.journal.lines(seq, self.seq)

    @contextmanager
    def _transaction(self, act: Act, command: str) -> Iterator[JournalTransaction]:
        lock = self._begin_writing()
        try:
            tx = self._begin(act, command)
            yield tx
            changes = tx.changes()
            changed = bool(changes or tx.made or tx.dropped)
            if changed:
                self._append(tx, changes, None)
        finally:
            self._end_writing(lock)
        if changed:
            self._confirm(tx)

    def _begin_writing(self) -> FileLock:
        """Take the lock and everything that was written before. Raises StoreProblem."""
        self._writing.acquire()
        lock = None
        try:
            lock = self._taken_lock()
            with self._moving:
                self._take_in()
                told = self.journal.ready()
                if told is not None:
                    self.notices.append(told)
        except BaseException:
            self._end_writing(lock)
            raise
        return lock

    def _end_writing(self, lock: FileLock | None) -> None:
        try:
            if lock is not None:
                lock.release()
        finally:
            self._writing.release()

    def _taken_lock(self) -> FileLock:
        while True:
            try:
                if self._lock is None:
                    self.device.require_local(self.folder)
                    self._lock = self.device.lock(self.folder / "lock")
                lock = self._lock
                lock.acquire(self.limits.patience, self._take_in)
            except OSError as error:
                if not self.device.exists(self._current_file):
                    raise gone(self.folder) from error
                raise self.journal.cannot_write(error) from error
            try:
                with self._moving:
                    if not self._require_same_generation():
                        return lock
            except BaseException:
                lock.release()
                raise
            # Another store may stand in this folder now, with another lock.
            lock.release()
            lock.close()
            self._lock = None

    def _begin(self, act: Act, command: str) -> JournalTransaction:
        clock, last = self.clock.now(), self.journal.position.at
        at = write_instant(clock)
        if last > at:  # the text of instants is in the order of time
            return JournalTransaction(self, act, command, now=read_instant(last), at=last, clock=at)
        return JournalTransaction(self, act, command, now=clock, at=at, clock=at)

    def _append(self, tx: JournalTransaction, changes: list[list[Any]], answer: Any) -> None:
        with self._moving:
            journal = self.journal
            facts = tx.line(journal.position.seq + 1, changes, answer, synced=journal.synced)
            journal.append(facts)
            self._apply(facts)
            tx.end = (journal.end, facts["seq"])

    def _confirm(self, tx: JournalTransaction) -> None:
        """Wait until a transaction is on disk; the lock is free again, so that others write meanwhile."""
        end, seq = tx.end
        if self.journal.synced < seq:
            with self._moving:
                journal = self.journal
                if end is journal.end:
                    seq = journal.position.seq  # others' lines up to here are synced with mine
            journal.sync_now(end, seq)
        if self._lines_since_snapshot >= self.limits.lines_between_snapshots:
            try:
                keep_up(self)
            except (OSError, StoreProblem):
                # The entry is on disk. Without a snapshot the next opening takes longer, nothing more.
                self._lines_since_snapshot = 0

    def _load(self) -> None:
        self._let_go()
        current = read_current(self.device, self.folder)
        require_format(current, self.folder)
        self._identity = self.device.identity(self._current_file)
        self.current = current
        self.zone = ZoneInfo(current.zone)
        failed = self._journal is not None and self._journal.failed is not None
        self._journal = Journal(self.device, self.folder / current.generation, self.limits)
        if failed:
            self._journal.forget_cache()
        self._recent: deque[Facts] = deque(maxlen=self.limits.lines_in_memory)
        self._foreign = []
        self._lines_since_snapshot = 0
        self._commands: CommandIds | None = None
        self._projections = Projections(self.device, self.folder, current.generation, self.lines_after)
        self._snapshot, cut = fitting_snapshot(self.device, self.folder, current.generation, self.journal.has)
        self._tables = {} if self._snapshot is None else tables_of(self._snapshot, self.journal.lines)
        for facts in self.journal.start(None if self._snapshot is None else self._snapshot.position):
            self._apply(facts)
        for facts in self.journal.new_lines():
            self._apply(facts)
        self.journal.damage = self.journal.damage or cut

    def _let_go(self) -> None:
        if self._journal is not None:
            self._journal.close()
        if self._snapshot is not None:
            self._snapshot.close()
        if self._lock is not None and not self._writing.locked():
            self._lock.close()
            self._lock = None

    def _require_same_generation(self) -> bool:
        """Load anew where another journal counts now, or a sync failed; tells whether. Raises StoreProblem."""
        try:
            same = self.device.identity(self._current_file) == self._identity
        except FileNotFoundError as error:
            raise gone(self.folder) from error
        if same and self.journal.failed is None:
            return False
        self._load()
        return not same

    def _take_in(self) -> None:
        with self._moving:
            try:
                found = self.journal.new_lines()
            except Shortened as shortened:
                lost = self.journal.lost()
                if lost is None:
                    self._load()
                    return
                # What was accepted stands here in memory still: it goes on being shown, and nothing is written.
                self.journal.damage, found = lost, shortened.found
            for facts in found:
                self._apply(facts)
                self._foreign.append(facts["seq"])

    def _apply(self, facts: Facts) -> None:
        self._take_change(facts)
        if self._commands is not None:
            self._commands.add(facts["command_id"], facts["seq"])
        self._projections.apply(facts)
        self._recent.append(facts)
        self._lines_since_snapshot += 1

    def _command_ids(self) -> CommandIds:
        if self._commands is None:
            try:
                saved = self.device.read(self.folder / COMMAND_IDS)
            except OSError:
                saved = None
            self._commands = load_command_ids(saved, self.current.generation, self.seq, self.lines_after)
        return self._commands

    def _entry_of_command(self, command_id: str) -> Facts | None:
        for seq in self._command_ids().entries_of(command_id):
            for facts in self.journal.lines(seq - 1, seq):
                if facts["command_id"] == command_id:
                    return facts
        return None
