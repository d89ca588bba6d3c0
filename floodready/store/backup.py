"""Backups: the whole journal and the attached files in one compressed file that proves itself, and putting one back.

Under gzip: a line of JSON that says of what store it is; the journal's lines as they stand; for each attached file a
line with hash and size, and its bytes; last a line with how many there were of each and the last hash. Restoring writes
a new generation beside the old, syncs it, and makes it the one that counts in one step; the old generation stays.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import compressobj
from zlib import error as zlib_error

import orjson

from floodready.clock import Clock, write_instant
from floodready.codec import decode
from floodready.document import D
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused, StoreProblem
from floodready.store.attachments import attached, named_in, put_attached
from floodready.store.contract import Act
from floodready.store.current import (
    ALIKE,
    FORMAT,
    NAME,
    Current,
    generation_name,
    read_current,
    require_format,
    write_current,
)
from floodready.store.disk import Disk, Handle, RealDisk, whole_or_gone, write_all, write_file
from floodready.store.journal_store import JournalStore
from floodready.store.line import FIRST_HASH, Facts, read_line
from floodready.store.segments import lines_as_written, read_segment, segment_name, segment_names

FOLDER = "backups"
_GZIP = 31
_CHUNK = 1 << 20


@frozen
class Backup:
    """What a backup file holds."""

    path: Path
    store: str
    zone: str
    format: int
    at: str
    """When it was made: UTC, ISO 8601."""
    transactions: int
    last_hash: str
    files: int
    """How many attached files it holds."""
    missing: tuple[str, ...]
    """Names of attached files that were missing or spoiled when it was made, so that it cannot hold them."""


@frozen
class Restored:
    """What restoring did: the backup that now counts, and where the journal that counted before still lies."""

    backup: Backup
    kept: Path | None
    """None where there was none."""


def back_up(store: JournalStore, target: Path | None = None) -> Backup:
    """Write a backup of everything that is on disk now; without a target into the store's own folder `backups`.

    Others may write meanwhile; what they write after this began is not in it. Raises Refused where the target is
    taken, StoreProblem.
    """
    store.refresh()
    disk, seq, current = store.device, store.journal.position.seq, store.current
    at = write_instant(store.clock.now())
    target = target or store.folder / FOLDER / f"{at[:19].replace(':', '')}-{seq}.backup"
    try:
        if target.parent == store.folder / FOLDER:
            disk.make_folder(target.parent)
        if disk.exists(target):
            raise Refused(say("{file} is there already. Name another.", file=verbatim(str(target))))
        write_backup(disk, store.folder, target, current, at, _lines_until(disk, store.folder, seq))
    except OSError as error:
        raise StoreProblem(
            say(
                "The backup {file} cannot be written: {reason}. Name a file elsewhere: floodready backup FILE",
                file=verbatim(str(target)),
                reason=reason_of(error),
            )
        ) from error
    return read_backup(target, disk=disk)


def write_backup(
    disk: Disk, folder: Path, target: Path, current: Current, at: str, lines: Iterable[tuple[Facts, bytes]]
) -> None:
    """Write these lines of a store's journal, and the files they attach, as one backup. Raises OSError."""
    temporary = target.with_name(target.name + ".tmp")
    with whole_or_gone(disk, temporary):
        with closing(disk.open(temporary, write=True, create=True)) as handle:
            handle.truncate(0)
            packer, written = compressobj(6, wbits=_GZIP), 0
            for part in _parts_of_backup(disk, folder, {"floodready": "backup", **asdict(current), "at": at}, lines):
                if packed := packer.compress(part):
                    written = write_all(handle, written, packed)
            write_all(handle, written, packer.flush())
            handle.sync()
        disk.rename(temporary, target)
    disk.sync_folder(target.parent)


def read_backup(path: Path, *, disk: Disk | None = None) -> Backup:
    """Prove a backup file from its first byte to its last. Raises StoreProblem, saying what is wrong with it."""
    return _Reading(disk or RealDisk(), path).to_the_end()


def document_in(path: Path, kind: type[D], id: str) -> D | None:
    """Give a document as a backup knows it, or None. Raises StoreProblem."""
    found: Any = None
    reading = _Reading(RealDisk(), path)
    for line in reading.lines():
        for table, changed, _, after in reading.facts["changes"] if id.encode() in line else ():
            if (table, changed) == (kind.table, id):
                found = after
    return None if found is None else decode(kind, found)


def restore(folder: Path, backup: Path, act: Act, *, clock: Clock, disk: Disk | None = None) -> Restored:
    """Put a backup in the place of the store in a folder (or of none, or of one that cannot be opened).

    The journal that was there stays in the folder as the generation it was; files attached since stay too. The act
    stands as the first entry after the restored ones. Programs that have the store open notice. Raises StoreProblem.
    """
    disk = disk or RealDisk.like(folder)
    held = read_backup(backup, disk=disk)
    if held.format not in ALIKE:
        require_format(Current(format=held.format, generation="", store=held.store, zone=held.zone), backup)
    disk.require_local(folder)
    reading, kept = _Reading(disk, backup), _journal_in(disk, folder)

    def made() -> list[bytes]:
        lines = list(reading.lines())
        # Before the swap: an entry that counts never speaks of a file that is not there.
        for digest, data in reading.files():
            put_attached(disk, folder, digest, data)
        return lines

    replace_journal(disk, folder, made, zone=held.zone, store=held.store)
    try:
        with JournalStore.open(folder, clock=clock, disk=disk) as restored:
            restored.run(act, "store.restore", lambda _: backup.name, str)
    except StoreProblem as problem:
        raise StoreProblem(
            say(
                "{file} is put back and counts now, but the journal could not take down that it was: {problem}",
                file=verbatim(str(backup)),
                problem=problem.sentence,
            )
        ) from problem
    return Restored(backup=held, kept=kept)


def replace_journal(disk: Disk, folder: Path, make: Callable[[], list[bytes]], *, zone: str, store: str) -> None:
    """Make the lines that `make` gives, under the writer's lock, the journal that counts.

    They are a new generation, synced whole before the one swap. Raises StoreProblem.
    """
    try:
        disk.make_folder(folder)
        lock = disk.lock(folder / "lock")
        lock.acquire(30.0)
        try:
            lines = make()
            generation = _free_generation(disk, folder)
            try:
                _write_generation(disk, folder / generation, lines)
                write_current(disk, folder, Current(format=FORMAT, generation=generation, store=store, zone=zone))
            except BaseException:
                _take_away(disk, folder, generation)
                raise
        finally:
            lock.release()
            lock.close()
    except OSError as error:
        raise StoreProblem(
            say(
                "{folder} cannot be written: {reason}. The store is as it was.",
                folder=verbatim(str(folder)),
                reason=reason_of(error),
            )
        ) from error


def _write_generation(disk: Disk, folder: Path, lines: list[bytes]) -> None:
    disk.make_folder(folder)
    write_file(disk, folder / segment_name(1), b"".join(line + b"\n" for line in lines))
    disk.sync_folder(folder)
    disk.sync_folder(folder.parent)


def _take_away(disk: Disk, folder: Path, generation: str) -> None:
    """Take away what was written of a generation that does not count: it would keep a full disk full.

    Where it cannot be told which one counts, it stays.
    """
    with suppress(OSError, StoreProblem):
        counts = disk.exists(folder / NAME) and read_current(disk, folder).generation == generation
        if not counts and disk.exists(folder / generation / segment_name(1)):
            disk.unlink(folder / generation / segment_name(1))


def journal_lines(disk: Disk, folder: Path) -> Iterator[tuple[Facts, bytes]]:
    """Give the lines of the journal that counts, parsed and as they stand, whatever its format. Raises StoreProblem."""
    generation = folder / read_current(disk, folder).generation
    for name in segment_names(disk, generation):
        yield from lines_as_written(read_segment(disk, generation, name), generation / name)


def _lines_until(disk: Disk, folder: Path, until: int) -> Iterator[tuple[Facts, bytes]]:
    for facts, line in journal_lines(disk, folder) if until else ():
        yield facts, line
        if facts["seq"] == until:
            break


def _parts_of_backup(disk: Disk, folder: Path, head: Any, lines: Iterable[tuple[Facts, bytes]]) -> Iterator[bytes]:
    yield orjson.dumps(head) + b"\n"
    count, last, named = 0, FIRST_HASH, dict[str, str]()
    for facts, line in lines:
        yield line + b"\n"
        count, last = count + 1, facts["hash"]
        named.update(named_in(line, facts))
    missing: list[str] = []
    for digest, name in named.items():
        data = attached(disk, folder, digest)
        if data is None:
            missing.append(name)
            continue
        yield orjson.dumps({"file": digest, "size": len(data)}) + b"\n"
        yield data + b"\n"
    files = len(named) - len(missing)
    yield orjson.dumps({"transactions": count, "last_hash": last, "files": files, "missing": missing}) + b"\n"


class _Reading:
    """One way through a backup file, proving every line and file of it; raises StoreProblem where it is spoiled."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk, self._path = disk, path
        self.facts: Facts = {}
        """The journal line that `lines` gave last, parsed."""
        self._head: Any = None
        self._transactions, self._last, self._files = 0, FIRST_HASH, 0
        self._next = b""
        self._stream = self._opened()

    def lines(self) -> Iterator[bytes]:
        """Give the journal's lines, without their ends."""
        self._head = self._parsed(self._line())
        while (facts := read_line(line := self._line())) is not None:
            if facts["prev"] != self._last:
                raise _no_backup(self._path, say("its checksums do not match"))
            self.facts, self._last = facts, facts["hash"]
            self._transactions += 1
            yield line
        self._next = line

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give the attached files, by hash; after the lines."""
        while "file" in (named := self._parsed(self._next)):
            size = named.get("size")
            data = self._read(size + 1)[:-1] if isinstance(size, int) else b""
            if hashlib.sha256(data).hexdigest() != named["file"]:
                raise _no_backup(self._path, say("its checksums do not match"))
            self._files += 1
            yield named["file"], data
            self._next = self._line()

    def to_the_end(self) -> Backup:
        """Read everything and give what it says of itself."""
        for _ in self.lines():
            pass
        for _ in self.files():
            pass
        head, tail = self._head, self._parsed(self._next)
        try:
            held = Backup(
                path=self._path,
                store=head["store"],
                zone=head["zone"],
                format=head["format"],
                at=head["at"],
                transactions=tail["transactions"],
                last_hash=tail["last_hash"],
                files=tail.get("files", 0),
                missing=tuple(tail.get("missing", ())),
            )
        except (KeyError, TypeError) as error:
            raise _no_backup(self._path, _why(error)) from error
        told = (held.transactions, held.last_hash, held.files)
        if told != (self._transactions, self._last, self._files) or self._read(1):
            raise _no_backup(self._path, say("its checksums do not match"))
        return held

    def _line(self) -> bytes:
        try:
            line = self._stream.readline()
        except (OSError, EOFError, zlib_error) as error:
            raise _no_backup(self._path, _why(error)) from error
        if not line.endswith(b"\n"):
            raise _no_backup(self._path, say("it ends too early"))
        return line[:-1]

    def _read(self, length: int) -> bytes:
        try:
            return self._stream.read(length)
        except (OSError, EOFError, zlib_error) as error:
            raise _no_backup(self._path, _why(error)) from error

    def _parsed(self, line: bytes) -> dict[str, Any]:
        try:
            found = orjson.loads(line)
        except ValueError as error:
            raise _no_backup(self._path, _why(error)) from error
        if not isinstance(found, dict):
            raise _no_backup(self._path, say("it ends too early"))
        return found

    def _opened(self) -> gzip.GzipFile:
        try:
            handle = self._disk.open(self._path)
        except OSError as error:
            raise _no_backup(self._path, _why(error)) from error
        return gzip.GzipFile(fileobj=io.BufferedReader(_Bytes(handle), _CHUNK))


class _Bytes(io.RawIOBase):
    """A handle of the disk as Python's own streams read one."""

    def __init__(self, handle: Handle) -> None:
        self._handle, self._place = handle, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._handle.read(self._place, len(buffer))
        self._place += len(data)
        buffer[: len(data)] = data
        return len(data)


def _why(error: Exception) -> Sentence:
    # What a decompressor or a decoder says of itself helps nobody choose another backup.
    return reason_of(error) if isinstance(error, OSError) and error.errno else say("its content is damaged")


def _no_backup(path: Path, reason: Sentence) -> StoreProblem:
    return StoreProblem(
        say(
            "{file} is not a whole backup ({reason}). Nothing was changed; try another one.",
            file=verbatim(str(path)),
            reason=reason,
        )
    )


def _journal_in(disk: Disk, folder: Path) -> Path | None:
    try:
        return folder / read_current(disk, folder).generation
    except StoreProblem:
        # A spoiled CURRENT no longer says which one counted: it was the newest.
        found = sorted(name for name in disk.names(folder) if name.startswith("gen-"))
        return folder / found[-1] if found else None


def _free_generation(disk: Disk, folder: Path) -> str:
    # A crash before the swap leaves a generation that nothing points to: its number is not used again.
    numbers = [int(name[4:]) for name in disk.names(folder) if name.startswith("gen-")]
    return generation_name(max(numbers, default=0) + 1)
