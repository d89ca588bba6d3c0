"""Many programs writing to one store at once: the total rate, against SQLite on the same disk.

Beside them the machine's own limit: programs that only take the lock, append as many bytes and wait for the disk.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import struct
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median

import orjson

from benchmarks.store_papers import NO_UPKEEP, Count, act, count, folder, machine
from floodready.codec import encode
from floodready.store.contract import Transaction
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore

SECONDS = 2.0
LINE_BYTES = 700
"""What a line of the journal takes here."""
PLACE = struct.Struct("Q")
"""Where the bare programs write next, at the head of their file."""


def put_count(document: Count, tx: Transaction) -> int:
    return tx.put(document).quantity


def write_store(where: Path, number: int, start: Barrier, done: multiprocessing.Queue[int]) -> None:
    """Run checked commands for the given time; tell how many were accepted."""
    with JournalStore.open(where / "store", limits=NO_UPKEEP) as store:
        store.run(act(), "benchmark.first", lambda tx: tx.put(count(number)).quantity, int)
        start.wait()
        written, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until:
            store.run(act(), "benchmark.update", partial(put_count, count(number, written)), int)
            written += 1
    done.put(written)


def write_sqlite(
    where: Path, number: int, start: Barrier, done: multiprocessing.Queue[int], *, growing: bool = False
) -> None:
    """Update one's own document for the given time; tell how many were committed.

    SQLite writes over its log from about the thousandth update on; `growing` makes it longer all the time, as before.
    """
    base = sqlite3.connect(where / ("young.sqlite" if growing else "sqlite"), isolation_level=None, timeout=30)
    base.execute("PRAGMA synchronous=FULL")
    if growing:
        base.execute("PRAGMA wal_autocheckpoint=0")
    base.execute("INSERT OR REPLACE INTO counts VALUES (?, ?)", (f"C{number}", b"{}"))
    start.wait()
    written, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        base.execute("BEGIN IMMEDIATE")
        document = orjson.dumps(encode(count(number, written)))
        base.execute("UPDATE counts SET document = ? WHERE id = ?", (document, f"C{number}"))
        base.execute("COMMIT")
        written += 1
    done.put(written)


def write_bare(where: Path, _: int, start: Barrier, done: multiprocessing.Queue[int]) -> None:
    """Lock, append a line's bytes, unlock and sync for the given time: nothing is read, checked or told apart."""
    disk = RealDisk()
    lock, end = disk.lock(where / "bare.lock"), disk.open(where / "bare", write=True)
    line = b"x" * LINE_BYTES
    start.wait()
    written, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        lock.acquire(30.0)
        (place,) = PLACE.unpack(end.read(0, PLACE.size))
        end.write(place, line)
        end.write(0, PLACE.pack(place + len(line)))
        lock.release()
        end.sync()
        written += 1
    done.put(written)


WRITERS = (write_store, write_sqlite, partial(write_sqlite, growing=True), write_bare)


def rates(writer: Callable[..., None], where: Path, writers: int) -> tuple[float, float]:
    """Give the accepted writes per second of all together, and of the one that came to write least."""
    spawn = multiprocessing.get_context("spawn")
    start, done = spawn.Barrier(writers), spawn.Queue()
    started = [spawn.Process(target=writer, args=(where, number, start, done)) for number in range(writers)]
    for process in started:
        process.start()
    accepted = [done.get() for _ in started]
    for process in started:
        process.join()
    return sum(accepted) / SECONDS, min(accepted) / SECONDS


def main(counts: tuple[int, ...] = (1, 2, 4, 8), rounds: int = 3) -> None:
    print(machine())
    print(
        "| writers | store | its slowest | SQLite FULL | its slowest | ratio "
        "| its log growing | its slowest | ratio | lock, append, sync alone |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with folder() as where:
        JournalStore.create(where / "store").close()
        for name in ("sqlite", "young.sqlite"):
            with sqlite3.connect(where / name) as base:
                base.execute("PRAGMA journal_mode=WAL")
                base.execute("CREATE TABLE counts (id TEXT PRIMARY KEY, document TEXT)")
            base.close()
        bare = RealDisk().open(where / "bare", write=True, create=True)
        bare.make_room(64 << 20)
        for writers in counts:
            bare.write(0, PLACE.pack(PLACE.size))
            taken = [[one for writer in WRITERS for one in rates(writer, where, writers)] for _ in range(rounds)]
            ours, our_slowest, theirs, their_slowest, young, youngest, alone, _ = (
                median(one) for one in zip(*taken, strict=True)
            )
            print(
                f"| {writers} | {ours:,.0f}/s | {our_slowest:,.0f}/s | {theirs:,.0f}/s | {their_slowest:,.1f}/s | "
                f"{ours / theirs:.2f} | {young:,.0f}/s | {youngest:,.1f}/s | {ours / young:.2f} | {alone:,.0f}/s |"
            )


if __name__ == "__main__":
    main()
