"""A real store with one unit and its people, and the clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.drills import commands
from floodready.drills.models import Drill
from floodready.organisation.models import Person, Unit
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.drills.scenes import START, drill, inject

ZONE = ZoneInfo("Asia/Shanghai")
STAFF = {
    "P1": ("Li Min", Role.PLANNER),
    "P2": ("Wang Fang", Role.DUTY_OFFICER),
    "P3": ("Zhao Lei", Role.DUTY_OFFICER),
    "P4": ("Chen Jie", Role.VIEWER),
    "P9": ("Sun Wei", Role.LEADER),
}


@dataclass
class DutyRoom:
    """The store, its clock, and who acts in it."""

    store: JournalStore
    clock: FixedClock

    def act(self, person: str = "P1", reason: str = "") -> Act:
        return Act(person=person, terminal="T1", reason=reason)

    def at(self, minutes: float, second: datetime = START) -> None:
        self.clock.instant = second + timedelta(minutes=minutes)

    def planned(self, lines: int = 3, **fields: Any) -> Drill:
        """Plan a drill with some approved injects, ten minutes apart."""
        made = commands.plan_drill(self.store, self.act(), drill=drill(**fields))
        for number in range(1, lines + 1):
            line = inject(number, 10 * (number - 1), drill=made.id)
            commands.add_inject(self.store, self.act(), inject=line)
        if lines:
            commands.approve_injects(self.store, self.act("P9"), drill=made.id)
        return made

    def running(self, lines: int = 3, **fields: Any) -> Drill:
        made = self.planned(lines, **fields)
        self.at(0)
        commands.start_run(self.store, self.act(), drill=made.id)
        return made


def fill(store: JournalStore) -> None:
    """Give the store its unit and staff."""
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        for unit in ("U1", "U2"):
            tx.add(Unit(id=unit, name=f"County {unit}"))
        for id, (name, role) in STAFF.items():
            tx.add(Person(id=id, name=name, unit="U1", roles=(role,)))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DutyRoom]:
    clock = FixedClock(START - timedelta(days=30))
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        fill(store)
        yield DutyRoom(store, clock)
