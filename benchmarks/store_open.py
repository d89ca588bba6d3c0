"""Opening a store, its first answers, indexed look-ups and memory, against parsing the same snapshot whole."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import orjson

from benchmarks.store_papers import Count, filled, folder, in_turns, machine
from floodready.store.journal_store import JournalStore

_MEMORY = """
import re, sys
from pathlib import Path
if sys.argv[1] == "store":
    from benchmarks.store_papers import Count
    from floodready.store.journal_store import JournalStore
    held = JournalStore.open(Path(sys.argv[2]))
    held.get(Count, "C5")
elif sys.argv[1] == "orjson":
    import orjson
    held = orjson.loads((Path(sys.argv[2]) / "store.json").read_bytes())
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def peak_memory(what: str, where: Path) -> float:
    """Give the peak megabytes of a program that opens the store, parses the snapshot, or does nothing. Linux only."""
    run = subprocess.run([sys.executable, "-c", _MEMORY, what, str(where)], capture_output=True, text=True, check=True)
    return int(run.stdout) / 1024


def open_only(where: Path) -> None:
    JournalStore.open(where).close()


def first_answer(where: Path) -> None:
    """Open, and read one document of the large table."""
    with JournalStore.open(where) as store:
        assert store.get(Count, "C5") is not None


def every_document(where: Path) -> None:
    """Open, and decode everything."""
    with JournalStore.open(where) as store:
        assert sum(1 for _ in store.all(Count)) == store.count(Count)


def parsed_whole(snapshot: Path) -> object:
    return orjson.loads(snapshot.read_bytes())


def found_by_index(store: JournalStore) -> Count:
    return next(store.find(Count, place="place-3"))


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    print(machine())
    print(
        "| documents | orjson.loads | open | ratio | open + first document | ratio | open + all decoded "
        "| find by index | get | peak memory | orjson's |"
    )
    print("| ---: " * 11 + "|")
    for size in sizes:
        with folder() as place, filled(place / "store", size) as store:
            where = store.folder
            snapshot = where / "store.json"
            found = in_turns(
                3 if size >= 1_000_000 else 7,
                1,
                parse=partial(parsed_whole, snapshot),
                open=partial(open_only, where),
                first=partial(first_answer, where),
                all=partial(every_document, where),
            )
            list(store.find(Count, place="place-1"))
            quick = in_turns(
                5,
                200,
                find=partial(found_by_index, store),
                get=partial(store.get, Count, "C5"),
            )
            parse = found["parse"]
            print(
                f"| {size:,} | {parse * 1e3:.1f} ms | {found['open'] * 1e3:.1f} ms | {found['open'] / parse:.2f} | "
                f"{found['first'] * 1e3:.1f} ms | {found['first'] / parse:.2f} | {found['all'] * 1e3:.0f} ms | "
                f"{quick['find'] * 1e6:.0f} µs | {quick['get'] * 1e6:.1f} µs | "
                f"{peak_memory('store', where) - peak_memory('nothing', where):.0f} MB | "
                f"{peak_memory('orjson', where) - peak_memory('nothing', where):.0f} MB |"
            )


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (1_000, 10_000, 100_000))
