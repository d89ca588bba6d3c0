"""Backups: the whole journal in one compressed file that proves itself, and putting one in a store's place.

A backup is lines of JSON under gzip: first what store it is of, then the journal as it stands, last how many lines and
the last hash. Restoring writes a new generation beside the old, syncs it, and makes it the one that counts in one step;
the old generation stays.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import compressobj
from zlib import error as zlib_error

import orjson

from floodready.clock import Clock, write_instant
from floodready.language import say, verbatim
from floodready.refusal import Refused, StoreProblem
from floodready.store.contract import Act
from floodready.store.current import FORMAT, Current, generation_name, read_current, require_format, write_current
from floodready.store.disk import Disk, RealDisk, write_all
from floodready.store.journal_store import JournalStore
from floodready.store.line import FIRST_HASH, Facts, read_line
from floodready.store.segments import lines_as_written, read_segment, segment_name, segment_names

FOLDER = "backups"
_GZIP = 31


@dataclass(frozen=True, slots=True, kw_only=True)
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


def back_up(store: JournalStore, target: Path | None = None) -> Backup:
    """Write a backup of everything that is on disk now; without a target into the store's own folder `backups`.

    Others may write meanwhile; what they write after this began is not in it. Raises Refused where the target is
    taken, StoreProblem.
    """
    store.refresh()
    disk, position, current = store.device, store.journal.position, store.current
    at = write_instant(store.clock.now())
    if target is None:
        disk.make_folder(store.folder / FOLDER)
        target = store.folder / FOLDER / f"{at[:19].replace(':', '')}-{position.seq}.backup"
    if disk.exists(target):
        raise Refused(say("{file} is there already. Name another.", file=verbatim(str(target))))
    head = {"floodready": "backup", **asdict(current), "at": at}
    tail = {"transactions": position.seq, "last_hash": position.hash}
    try:
        temporary = target.with_name(target.name + ".tmp")
        handle = disk.open(temporary, write=True, create=True)
        handle.truncate(0)
        packer, written = compressobj(6, wbits=_GZIP), 0
        for line in _lines_of_backup(store, head, position.seq, tail):
            if packed := packer.compress(line):
                written = write_all(handle, written, packed)
        write_all(handle, written, packer.flush())
        handle.sync()
        handle.close()
        disk.rename(temporary, target)
        disk.sync_folder(target.parent)
    except OSError as error:
        raise StoreProblem(
            say(
                "The backup {file} cannot be written: {reason}.",
                file=verbatim(str(target)),
                reason=verbatim(error.strerror or str(error)),
            )
        ) from error
    return read_backup(target, disk=disk)


def read_backup(path: Path, *, disk: Disk | None = None) -> Backup:
    """Prove a backup file from its first line to its last. Raises StoreProblem, saying what is wrong with it."""
    return _read(disk or RealDisk(), path)[0]


def restore(folder: Path, backup: Path, act: Act, *, clock: Clock, disk: Disk | None = None) -> Backup:
    """Put a backup in the place of the store in a folder (or of none); what was there is kept beside it.

    The act stands as the first entry after the restored ones. Programs that have the store open notice.
    Raises StoreProblem.
    """
    disk = disk or RealDisk.like(folder)
    held, lines = _read(disk, backup)
    if held.format != FORMAT:
        require_format(Current(format=held.format, generation="", store=held.store, zone=held.zone), backup)
    disk.require_local(folder)
    replace_journal(disk, folder, lambda: lines, zone=held.zone, store=held.store)
    with JournalStore.open(folder, clock=clock, disk=disk) as restored:
        restored.run(act, "store.restore", lambda _: backup.name, str)
    return held


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
            disk.make_folder(folder / generation)
            handle = disk.open(folder / generation / segment_name(1), write=True, create=True)
            write_all(handle, 0, b"".join(line + b"\n" for line in lines))
            handle.sync()
            handle.close()
            disk.sync_folder(folder / generation)
            disk.sync_folder(folder)
            write_current(disk, folder, Current(format=FORMAT, generation=generation, store=store, zone=zone))
        finally:
            lock.release()
            lock.close()
    except OSError as error:
        raise StoreProblem(
            say(
                "{folder} cannot be written: {reason}. The store is as it was.",
                folder=verbatim(str(folder)),
                reason=verbatim(error.strerror or str(error)),
            )
        ) from error


def journal_lines(disk: Disk, folder: Path) -> Iterator[tuple[Facts, bytes]]:
    """Give the lines of the journal that counts, parsed and as they stand, whatever its format. Raises StoreProblem."""
    generation = folder / read_current(disk, folder).generation
    for name in segment_names(disk, generation):
        yield from lines_as_written(read_segment(disk, generation, name), generation / name)


def _lines_of_backup(store: JournalStore, head: Any, until: int, tail: Any) -> Iterator[bytes]:
    yield orjson.dumps(head) + b"\n"
    for facts, line in journal_lines(store.device, store.folder) if until else ():
        yield line + b"\n"
        if facts["seq"] == until:
            break
    yield orjson.dumps(tail) + b"\n"


def _read(disk: Disk, path: Path) -> tuple[Backup, list[bytes]]:
    try:
        text = gzip.decompress(disk.read(path))
        head_line, *lines, tail_line = text.splitlines()
        head, tail = orjson.loads(head_line), orjson.loads(tail_line)
        held = Backup(
            path=path,
            store=head["store"],
            zone=head["zone"],
            format=head["format"],
            at=head["at"],
            transactions=tail["transactions"],
            last_hash=tail["last_hash"],
        )
    except OSError as error:
        raise _no_backup(path, error.strerror or str(error)) from error
    except (EOFError, ValueError, KeyError, TypeError, zlib_error) as error:
        raise _no_backup(path, str(error)) from error
    last = FIRST_HASH
    for line in lines:
        facts = read_line(line)
        if facts is None or facts["prev"] != last:
            raise _no_backup(path, "hash")
        last = facts["hash"]
    if last != held.last_hash or len(lines) != held.transactions:
        raise _no_backup(path, "hash")
    return held, lines


def _no_backup(path: Path, reason: str) -> StoreProblem:
    return StoreProblem(
        say(
            "{file} is no whole backup ({reason}). Nothing was changed; try another one.",
            file=verbatim(str(path)),
            reason=verbatim(reason),
        )
    )


def _free_generation(disk: Disk, folder: Path) -> str:
    # A crash before the swap leaves a generation that nothing points to: its number is not used again.
    numbers = [int(name[4:]) for name in disk.names(folder) if name.startswith("gen-")]
    return generation_name(max(numbers, default=0) + 1)
