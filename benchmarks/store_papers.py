"""The documents that the store's benchmarks write: about 200 bytes of JSON, as a count of stock is."""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from floodready.document import Code, Document, Name, Natural, record
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits

NO_UPKEEP = Limits(lines_between_snapshots=1 << 60)
"""Snapshots are timed on their own."""


@record
class Count(Document):
    """Bags counted at a place."""

    table = "benchmark.counts"
    indexes = ("place",)
    place: Code
    item: Name
    quantity: Natural
    counted_by: Code
    remark: Name


def count(number: int, quantity: int = 0) -> Count:
    """Make the document of a number; a place has 10 of them."""
    return Count(
        id=f"C{number}",
        place=f"place-{number // 10}",
        item="woven sandbag 50 × 90 cm",
        quantity=quantity,
        counted_by=f"person-{number % 7}",
        remark="counted in the monthly round, dry, on pallets",
    )


def act() -> Act:
    """Say who acts."""
    return Act(person="benchmark", terminal="benchmark")


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder on this disk (not in memory), taken away afterwards."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".benchmark-") as name:
        yield Path(name)


def filled(where: Path, size: int) -> JournalStore:
    """Make a store with so many documents, and a snapshot."""
    store = JournalStore.create(where, limits=NO_UPKEEP)
    for start in range(0, size, 1000):
        with store.transaction(act(), "benchmark.fill") as tx:
            for number in range(start, min(start + 1000, size)):
                tx.put(count(number))
    store.keep_up()
    return store


def timed(what: Callable[[], Any]) -> float:
    """Give the seconds that a call takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def in_turns(rounds: int, times: int, **candidates: Callable[[], Any]) -> dict[str, float]:
    """Give each candidate's median seconds, measured in turns so that the machine's moods meet all alike."""
    found: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, candidate in candidates.items():
            found[name] += [timed(candidate) for _ in range(times)]
    return {name: statistics.median(measured) for name, measured in found.items()}


def machine() -> str:
    """Describe the machine in one line."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
