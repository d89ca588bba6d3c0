"""One durable update: the store against appending and syncing the same bytes, SQLite, and TinyDB as it comes."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB

from benchmarks.store_papers import act, count, filled, folder, in_turns, machine, timed
from floodready.codec import encode
from floodready.store.journal_store import JournalStore
from floodready.store.segments import without_room

_UNTIL_OVERWRITTEN = 1_100
"""Updates after which SQLite writes over its log instead of making it longer, which costs half as much.

A program that was just started makes it longer: SQLite takes its log away when the last program lets go of it.
"""


class Updates:
    """One more update of one document each time, in every store alike."""

    def __init__(self, where: Path, store: JournalStore, size: int) -> None:
        self._number = 0
        self._store = store
        self.checked()
        segment = max((store.folder / "gen-0001").glob("*.jsonl"))
        lines = without_room(segment.read_bytes())
        self._line = lines[lines.rindex(b"\n", 0, -1) + 1 :]
        self._bare = os.open(where / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self._young = _sqlite(where / "young.sqlite", size)
        self._young.execute("PRAGMA wal_autocheckpoint=0")
        self._sqlite = _sqlite(where / "sqlite", size)
        for _ in range(_UNTIL_OVERWRITTEN):
            self.sqlite()

    def _next(self) -> int:
        self._number += 1
        return self._number

    def append_and_sync(self) -> None:
        """Do the least that any store must do."""
        os.write(self._bare, self._line)
        os.fdatasync(self._bare)

    def raw(self) -> None:
        """Update a document as JSON, unchecked, as SQLite and TinyDB do."""
        with self._store.transaction(act(), "benchmark.update") as tx:
            tx.write_raw(
                "benchmark.counts", "C5", {**(tx.raw("benchmark.counts", "C5") or {}), "quantity": self._next()}
            )

    def checked(self) -> None:
        """Run a whole command: the id looked up in all history, the document checked, the answer kept."""
        self._store.run(act(), "benchmark.update", lambda tx: tx.put(count(5, self._next())).quantity, int)

    def sqlite(self) -> None:
        """Update the same document in SQLite, whose log is as long as it becomes."""
        self._in_sqlite(self._sqlite)

    def young_sqlite(self) -> None:
        """Update the same document in SQLite while its log grows, as in its first 1,000 updates."""
        self._in_sqlite(self._young)

    def _in_sqlite(self, base: sqlite3.Connection) -> None:
        document: Any = encode(count(5, self._next()))
        base.execute("UPDATE counts SET document = ? WHERE id = ?", (orjson.dumps(document), "C5"))


def _sqlite(path: Path, size: int) -> sqlite3.Connection:
    """Fill a base and open it as a program that starts does: its log is gone with whoever filled it."""
    rows = ((f"C{number}", orjson.dumps(encode(count(number)))) for number in range(size))
    with sqlite3.connect(path) as filled:
        filled.execute("PRAGMA journal_mode=WAL")
        filled.execute("CREATE TABLE counts (id TEXT PRIMARY KEY, document TEXT)")
        filled.executemany("INSERT INTO counts VALUES (?, ?)", rows)
    filled.close()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA synchronous=FULL")
    return base


def vanilla(where: Path, size: int) -> float:
    """Time TinyDB's own update, which writes everything anew."""
    documents = {str(number + 1): encode(count(number)) for number in range(size)}
    (where / "vanilla.json").write_bytes(orjson.dumps({"counts": documents}))
    table = TinyDB(where / "vanilla.json").table("counts")
    return min(timed(lambda: table.update({"quantity": 1}, doc_ids=[6])) for _ in range(3))


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    print(machine())
    print(
        "| documents | append+sync | update, JSON | ratio | whole command | ratio "
        "| SQLite FULL | ratio | its log growing | ratio | TinyDB | × TinyDB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        with folder() as where, filled(where / "store", size) as store:
            updates = Updates(where, store, size)
            found = in_turns(
                20,
                50,
                bare=updates.append_and_sync,
                raw=updates.raw,
                checked=updates.checked,
                sqlite=updates.sqlite,
                young=updates.young_sqlite,
            )
            bare, raw, checked, sqlite, young = found.values()
            plain = vanilla(where, size)
            print(
                f"| {size:,} | {bare * 1e6:.0f} µs | {raw * 1e6:.0f} µs | {raw / bare:.2f} | {checked * 1e6:.0f} µs | "
                f"{checked / bare:.2f} | {sqlite * 1e6:.0f} µs | {raw / sqlite:.2f} | {young * 1e6:.0f} µs | "
                f"{raw / young:.2f} | {plain * 1e3:.1f} ms | {plain / raw:,.0f} |"
            )


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (1_000, 10_000, 100_000))
