from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.organisation.commands import add_person, add_unit, set_up
from floodready.organisation.models import Phone, UnitKind
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

MORNING = datetime(2026, 7, 1, 0, tzinfo=UTC)
"""08:00 in Shanghai on the first day of the summer and autumn flood season."""

STAFF = (("li", "李 明", Role.DUTY_OFFICER), ("zhao", "赵", Role.LEADER), ("qian", "钱", Role.PLANNER))


@dataclass(frozen=True, slots=True)
class Office:
    """A duty room with four people, each of one role, and a clock that a test moves."""

    store: JournalStore
    clock: FixedClock

    def by(self, person: str, terminal: str = "desk") -> Act:
        return Act(person=person, terminal=terminal)

    def later(self, span: timedelta) -> None:
        self.clock.instant += span


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = FixedClock(MORNING)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        set_up(
            store,
            Act(person=SYSTEM, terminal="desk"),
            unit="anlan",
            unit_name="安澜市防指",
            person="he",
            person_name="何",
        )
        made = Office(store, clock)
        add_unit(store, made.by("he"), id="heyang", name="Heyang county", kind=UnitKind.COUNTY, parent="anlan")
        for id, name, role in (
            ("li", "李 明", Role.DUTY_OFFICER),
            ("zhao", "赵", Role.LEADER),
            ("qian", "钱", Role.PLANNER),
        ):
            phones = (Phone(number=f"138-{id}"),)
            add_person(store, made.by("he"), id=id, name=name, unit="anlan", roles=(role,), phones=phones)
        yield made
