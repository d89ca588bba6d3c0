"""Stock at 100,000 movements: the balance of an item, a posted count of 1,000 lines, a ledger of 50,000 rows."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from floodready.clock import FixedClock
from floodready.command import undo_entry
from floodready.exchange.ledger_import import commit, dry_run
from floodready.materials.balance import fold
from floodready.materials.commands import observe, open_count, post_count
from floodready.materials.ledger import Stock
from floodready.materials.models import Item, Life, Lot, Movement, MovementKind, Place
from floodready.materials.models_counting import VarianceReason
from floodready.materials.projections import Balances
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

NOW = datetime(2026, 7, 1, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
LOTS, EACH = 1000, 100


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    with JournalStore.create(folder / "store", clock=FixedClock(NOW)) as store:
        with timed("build 100,000 movements"):
            build(store)
        with timed("first balance (fold of the journal)"):
            store.projection(Balances)
        with timed("balance of one item, 100 lots, mean of 100", 100):
            for number in range(100):
                Stock(store, ZONE).spots(f"I{number % 10}")
        with timed("the same by folding all movements, once"):
            fold(movement for movement in store.all(Movement) if movement.item == "I0")
        count(store)
        imports(store, folder)
    shutil.rmtree(folder)


@contextmanager
def timed(what: str, times: int = 1) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    spent, work = (time.perf_counter() - began) * 1000 / times, (time.process_time() - worked) * 1000 / times
    sys.stdout.write(f"{spent:12.3f} ms ({work:.3f} of processor)  {what}\n")


def build(store: JournalStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="bench"), "bench.build") as tx:
        tx.put(Place(id="EAST", name="East"))
        for number in range(10):
            tx.put(Item(id=f"I{number}", name=f"item {number}", unit="条"))
        for number in range(LOTS):
            tx.put(Lot(id=f"LOT{number}", item=f"I{number % 10}", in_stock_on=date(2026, 1, 1), life=Life.UNLIMITED))
    for begin in range(0, LOTS, 50):
        with store.transaction(Act(person=SYSTEM, terminal="bench"), "bench.move") as tx:
            for number in range(begin, begin + 50):
                for _ in range(EACH):
                    tx.put(
                        Movement(
                            id=tx.new_id("M"), item=f"I{number % 10}", lot=f"LOT{number}", source="supplier",
                            target="EAST", quantity=1, kind=MovementKind.RECEIPT, occurred_at=NOW, recorded_at=NOW,
                            seq=tx.seq + 1, by=SYSTEM,
                        )
                    )  # fmt: skip


def count(store: JournalStore) -> None:
    act = Act(person=SYSTEM, terminal="bench")
    session = open_count(store, act, name="all", places=("EAST",))
    with store.transaction(Act(person=SYSTEM, terminal="bench"), "bench.count") as tx:
        for line in session.sheet:
            observe.within(
                tx, zone=ZONE, session=session.id, place="EAST", code=line.lot, typed="99", counted_at=NOW,
                seen_seq=store.seq, replaces=True,
            )  # fmt: skip
    reasons = {line.lot: VarianceReason.UNKNOWN for line in session.sheet}
    with timed("post a count of 1,000 lines, all different"):
        post_count(store, Act(person=SYSTEM, terminal="bench"), zone=ZONE, session=session.id, reasons=reasons)


def imports(store: JournalStore, folder: Path) -> None:
    file = folder / "ledger.csv"
    rows = "".join(f"物资{number % 500},{number},条,规格{number // 500}\n" for number in range(1, 50_001))
    file.write_text("品名,数量,单位,规格\n" + rows, encoding="utf-8")
    act = partial(Act, person=SYSTEM, terminal="bench")
    with timed("dry run of 50,000 ledger rows, all new"):
        run = dry_run(store, file, place="EAST", zone=ZONE)
    with timed("commit of 50,000 ledger rows"):
        commit(store, act(), run, zone=ZONE)
    entry = next(store.entries_backwards())
    with timed("dry run of the same file again, 0 changes"):
        dry_run(store, file, place="EAST", zone=ZONE)
    with timed("undo of 50,000 ledger rows"):
        undo_entry(store, act(), entry)


if __name__ == "__main__":
    main()
