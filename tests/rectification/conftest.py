"""A real store with a county under a city, its people and its chain, and records brought to any state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.document import D
from floodready.organisation.models import Chain, Person, Phone, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.rectification import commands
from floodready.rectification.models import Finding, FiveFixes, SixParts
from floodready.rectification.states import Grade, Source, State
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DEADLINE = date(2026, 6, 1)
STAFF = {
    "viewer": ("County", Role.VIEWER),
    "checker": ("County", Role.STOCK_CHECKER),
    "officer": ("County", Role.DUTY_OFFICER),
    "planner": ("County", Role.PLANNER),
    "leader": ("County", Role.LEADER),
    "admin": ("County", Role.ADMINISTRATOR),
    "rectifier": ("County", Role.DUTY_OFFICER),
    "regulator": ("City", Role.VIEWER),
    "city-leader": ("City", Role.LEADER),
    "city-planner": ("City", Role.PLANNER),
}
FIXES = FiveFixes(responsibility="Li", measures="grout", money=0, time_limit="by June", contingency="plan 7")
PLAN = SixParts(goal="dry toe", method="grout", money_and_goods="20 t", people="team 2", time="May", safety="watch")


@dataclass
class Office:
    """The store, its clock, and who acts in it."""

    store: JournalStore
    clock: FixedClock

    def act(self, person: str = "leader") -> Act:
        return Act(person=person, terminal="T1")

    def on(self, day: date) -> None:
        self.clock.instant = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)

    def later(self, **span: int) -> None:
        self.clock.instant += timedelta(**span)

    def known(self, kind: type[D], id: str) -> D:
        """Give a document that is there."""
        document = self.store.get(kind, id)
        assert document is not None
        return document

    def found(self, **fields: Any) -> Finding:
        given: dict[str, Any] = {
            "unit": "County", "source": Source.PATROL, "description": "Seepage at the toe", "found_on": TODAY,
            "zone": ZONE, **fields
        }  # fmt: skip
        return commands.open_finding(self.store, self.act("officer"), **given)

    def task(self, **fields: Any) -> Finding:
        given: dict[str, Any] = {
            "unit": "County", "meeting": "Special action", "description": "Duty system", "owner": "rectifier",
            "ordered_on": TODAY, "required_on": DEADLINE, **fields,
        }  # fmt: skip
        return commands.open_task(self.store, self.act("leader"), **given)

    def brought_to(self, state: State, grade: Grade = Grade.GENERAL, **fields: Any) -> Finding:
        """Give a record that has come to a state by the ordinary moves."""
        made = self.found(**fields)
        merging = state is State.MERGED
        steps = [State.FOUND, State.GRADED, State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.CLOSED]
        if merging:
            other = self.found()
            return commands.merge(self.store, self.act("leader"), finding=made.id, into=other.id)
        for step in steps[1 : steps.index(state) + 1]:
            made = self.step(made, step, grade)
        return made

    def step(self, made: Finding, to: State, grade: Grade = Grade.GENERAL) -> Finding:
        id, store = made.id, self.store
        match to:
            case State.GRADED:
                return commands.grade(store, self.act("leader"), finding=id, grade=grade, basis="item 3")
            case State.ASSIGNED:
                return commands.assign(
                    store, self.act("leader"), finding=id, responsible="rectifier", deadline_on=DEADLINE, zone=ZONE,
                    fixes=FIXES, plan=PLAN, interim="watch day and night",
                )  # fmt: skip
            case State.RECTIFYING:
                return commands.begin(store, self.act("rectifier"), finding=id)
            case State.SUBMITTED:
                return commands.submit(store, self.act("rectifier"), finding=id, result="grouted")
            case _:
                return self.accept(id)

    def accept(self, id: str, by: str = "leader", **fields: Any) -> Finding:
        given: dict[str, Any] = {
            "on": self.clock.now().astimezone(ZONE).date(), "place": "Dike 3", "conclusion": "sound",
            "evidence": "photo 1", **fields,
        }  # fmt: skip
        return commands.accept(self.store, self.act(by), finding=id, zone=ZONE, **given)


def fill(store: JournalStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Unit(id="City", name="City headquarters", kind=UnitKind.HEADQUARTERS))
        tx.add(Unit(id="County", name="East County", parent="City"))
        for id, (unit, role) in STAFF.items():
            tx.add(Person(id=id, name=id.title(), unit=unit, roles=(role,), phones=(Phone(number=f"1390-{id}"),)))
        tx.add(
            Chain(id="County", responsible="rectifier", regulator="regulator", county="leader",
                  city_leader="city-leader", supervision="city-planner")
        )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = FixedClock(START)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        fill(store)
        yield Office(store, clock)
