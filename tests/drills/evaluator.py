"""An evaluator at a terminal of their own: a program that writes observations of a running drill until it is done."""

from __future__ import annotations

import sys
from pathlib import Path

from floodready.clock import FixedClock
from floodready.drills import commands
from floodready.drills.run_models import Finding, Rating
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from tests.drills.scenes import at, observation


def write(folder: Path, person: str, drill: str, rating: Rating, count: int) -> None:
    """Write observations, one for one; tell each on standard output once it is kept."""
    with JournalStore.open(folder, clock=FixedClock(at(1))) as store:
        for number in range(count):
            finding = Finding.WEAKNESS if rating is Rating.UNABLE else Finding.STRENGTH
            seen = observation("new", rating, drill=drill, run="-", text=f"{person} saw {number}", finding=finding)
            line = number % 2 + 1
            commands.observe(store, Act(person=person, terminal=f"T-{person}"), observation=seen, inject=line)
            print(number, flush=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Rating(sys.argv[4]), int(sys.argv[5]))
