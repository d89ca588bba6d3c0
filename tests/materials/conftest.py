"""A duty room with two terminals, two warehouses and a few items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.materials import commands
from floodready.materials.ledger import Stock
from floodready.materials.models import Importance, Item, Life, Lot, Movement, Place
from floodready.materials.projections import Balances
from floodready.organisation.models import Person, Terminal, Unit
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from tests.tui.conftest import SlowStore

NINE = datetime(2026, 7, 1, 1, tzinfo=UTC)
"""09:00 in the duty room."""
ZONE = ZoneInfo("Asia/Shanghai")


class Room:
    """A duty room's store, seen from one terminal."""

    def __init__(self, store: JournalStore, clock: FixedClock, person: str = SYSTEM, terminal: str = "T1") -> None:
        self.store, self.clock, self.person, self.terminal = store, clock, person, terminal

    def act(self, reason: str = "test", person: str | None = None) -> Act:
        return Act(person=person or self.person, terminal=self.terminal, reason=reason)

    def at(self, clock: str) -> None:
        hour, minute = map(int, clock.split(":"))
        self.clock.instant = NINE.replace(hour=hour - 8, minute=minute)

    def do(self, command_name: str, /, *, reason: str = "test", by: str | None = None, **facts: Any) -> Any:
        command = getattr(commands, command_name)
        return command(self.store, self.act(reason, by), **facts)

    def receive(self, item: str, quantity: int, place: str = "EAST", until: date | None = None, **facts: Any) -> Lot:
        life = Life.DATED if until else Life.UNLIMITED
        found: Lot = self.do("receive_stock", zone=ZONE, item=item, place=place, quantity=quantity, life=life,
                             usable_until=until, **facts)  # fmt: skip
        return found

    def issue(self, item: str, quantity: int, place: str = "EAST", **facts: Any) -> Any:
        return self.do("issue_stock", zone=ZONE, item=item, place=place, quantity=quantity, **facts)

    def held(self, lot: str, place: str = "EAST") -> int:
        self.store.refresh()
        return self.store.projection(Balances).held(lot, place)

    def available(self, item: str, place: str = "EAST") -> int:
        self.store.refresh()
        return Stock(self.store, ZONE).availability(item, {place}, self.clock.now()).available

    def movements(self) -> list[Movement]:
        self.store.refresh()
        return list(self.store.all(Movement))

    def count(self, session: str, lot: str, typed: str, by: str = "wang", place: str = "EAST", **facts: Any) -> Any:
        now = self.clock.now()
        facts = {"counted_at": now, "seen_seq": self.store.seq, **facts}
        return self.do("observe", by=by, zone=ZONE, session=session, place=place, code=lot, typed=typed, **facts)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NINE)


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        furnish(store)
        yield Room(store, clock)


@pytest.fixture
def terminals(room: Room, clock: FixedClock) -> Iterator[tuple[Room, Room]]:
    with ExitStack() as stack:
        other = stack.enter_context(JournalStore.open(room.store.folder, clock=clock))
        yield Room(room.store, clock, "li"), Room(other, clock, "zhao", "T2")


@pytest.fixture
def duty(tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    """A furnished room for the screens, at whose terminal Wang is signed in."""
    with SlowStore.create(tmp_path / "store", clock=clock) as store:
        furnish(store)
        with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
            tx.put(Terminal(id="duty-room", person="wang", since_at=NINE))
        yield Room(store, clock)


@pytest.fixture
def app(duty: Room) -> FloodreadyApp:
    made = FloodreadyApp(duty.store, clock=duty.clock, zone=duty.store.zone, terminal="duty-room")
    made.animation_level = "none"
    return made


def furnish(store: JournalStore) -> None:
    """Put units, people, places and items into a new store."""
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
        tx.put(Unit(id="HQ", name="Anlan headquarters"))
        for name in ("li", "wang", "zhao", "sun", "zhou"):
            tx.put(Person(id=name, name=name.title(), unit="HQ", roles=tuple(Role)))
        for place in ("EAST", "WEST"):
            tx.put(Place(id=place, name=f"{place.title()} store", unit="HQ", reach_hours=1))
        tx.put(Item(id="BAG", name="编织袋", unit="条"))
        tx.put(Item(id="JACKET", name="救生衣", unit="件", importance=Importance.A))
        tx.put(Item(id="RING", name="救生圈", unit="个"))
        tx.put(Item(id="BOAT", name="冲锋舟", unit="艘"))
        tx.put(Item(id="DIESEL", name="柴油", unit="L", scale=3))
        tx.put(Item(id="WIRE", name="铅丝", unit="kg", scale=3))


MINUTE = timedelta(minutes=1)
