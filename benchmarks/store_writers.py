"""Many programs writing to one store at once: the total rate, against SQLite on the same disk."""

from __future__ import annotations

import multiprocessing
import sqlite3
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
from floodready.store.journal_store import JournalStore

SECONDS = 2.0


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


def write_sqlite(where: Path, number: int, start: Barrier, done: multiprocessing.Queue[int]) -> None:
    """Update one's own document for the given time; tell how many were committed."""
    base = sqlite3.connect(where / "sqlite", isolation_level=None, timeout=30)
    base.execute("PRAGMA synchronous=FULL")
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


def rate(writer: Callable[..., None], where: Path, writers: int) -> float:
    """Give the accepted writes per second of all together."""
    spawn = multiprocessing.get_context("spawn")
    start, done = spawn.Barrier(writers), spawn.Queue()
    started = [spawn.Process(target=writer, args=(where, number, start, done)) for number in range(writers)]
    for process in started:
        process.start()
    total: int = sum(done.get() for _ in started)
    for process in started:
        process.join()
    return float(total / SECONDS)


def main(counts: tuple[int, ...] = (1, 2, 4, 8), rounds: int = 3) -> None:
    print(machine())
    print("| writers | store | SQLite FULL | ratio |")
    print("| ---: | ---: | ---: | ---: |")
    with folder() as where:
        JournalStore.create(where / "store").close()
        with sqlite3.connect(where / "sqlite") as base:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("CREATE TABLE counts (id TEXT PRIMARY KEY, document TEXT)")
        base.close()
        for writers in counts:
            pairs = [(rate(write_store, where, writers), rate(write_sqlite, where, writers)) for _ in range(rounds)]
            ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
            print(f"| {writers} | {ours:,.0f}/s | {theirs:,.0f}/s | {ours / theirs:.2f} |")


if __name__ == "__main__":
    main()
