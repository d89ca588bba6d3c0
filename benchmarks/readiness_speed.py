"""Readiness of a large store in one process: asked again, asked after one change, and 150 days ahead.

`python -m benchmarks.readiness_speed [STORE]`; without a store the demo's with 100,000 more readings is made.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from floodready.clock import SystemClock, local_day
from floodready.demo.build import build
from floodready.duty.commands import enter_leave
from floodready.materials.commands_receiving import receive_stock
from floodready.materials.models import Item, Life, Place
from floodready.organisation.commands import verify_phone
from floodready.organisation.models import Person
from floodready.readiness.forecast import forecast
from floodready.readiness.kept import KeptReadiness
from floodready.season.commands import add_reading
from floodready.season.models import Station
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

RUNS = 15
SCALE = 100_000
DAYS = 150
CHANGES = ("reading", "stock", "phone", "leave")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "store"
        if not place.exists():
            build(place, SystemClock().now(), SCALE).close()
        with JournalStore.open(place) as store:
            measure(store)


def measure(store: JournalStore) -> None:
    kept = KeptReadiness(store, store.zone)
    now = store.clock.now

    def asked() -> None:
        kept.readiness(now())

    print(f"the first answer             {timed(asked):8.2f} ms")
    print(f"asked again                  {median(timed(asked) for _ in range(RUNS)):8.2f} ms  (aim: 5)")
    for name in CHANGES:
        times = []
        for number in range(RUNS):
            change(store, name, number)
            times.append(timed(asked))
        print(f"after one change: {name:8}   {median(times):8.2f} ms  (aim: 5)")
    lines = kept.lines(now())
    until = local_day(now(), store.zone) + timedelta(DAYS)

    def ahead() -> None:
        forecast(lines, now(), until, store.zone)

    print(f"forecast of {DAYS} days         {median(timed(ahead) for _ in range(RUNS)):8.2f} ms  (aim: 150)")


def change(store: JournalStore, name: str, number: int) -> None:
    """Enter something of one pillar."""
    act, now = Act(person=SYSTEM, terminal="benchmark", reason="benchmark"), store.clock.now()
    people = [person for person in store.all(Person) if person.phones]
    person = people[number % len(people)]
    if name == "reading":
        add_reading(store, act, station=next(store.all(Station)).id, measured_at=now, value=1_000_000 + number,
                    confirmed=True)  # fmt: skip
    elif name == "stock":
        receive_stock(
            store, act, zone=store.zone, item=next(store.all(Item)).id, place=next(store.all(Place)).id,
            quantity=1 + number, life=Life.UNLIMITED,
        )  # fmt: skip
    elif name == "phone":
        verify_phone(store, act, person=person.id, number=person.phones[0].number, on=local_day(now, store.zone))
    else:
        begins = now + timedelta(days=10 + number)
        enter_leave(store, act, person=person.id, from_at=begins, until_at=begins + timedelta(hours=30))


def timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
