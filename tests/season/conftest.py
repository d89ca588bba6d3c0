from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.organisation.commands import add_person, add_unit, set_up
from floodready.organisation.models import UnitKind
from floodready.organisation.permissions import Role
from floodready.season.commands import add_station
from floodready.season.models import Mark, StationKind, Threshold
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 7, 1, 0, tzinfo=UTC)
"""08:00 in Shanghai on the first day of the summer and autumn flood season."""
HUAYUANKOU = {Mark.IV: 4000, Mark.III: 6000, Mark.II: 8000, Mark.I: 15000}


@dataclass(frozen=True, slots=True)
class Room:
    """A city duty room with a county below it and the station Huayuankou; the clock is moved by the test."""

    store: JournalStore
    clock: FixedClock

    def by(self, person: str) -> Act:
        return Act(person=person, terminal="desk")

    def later(self, **span: float) -> datetime:
        self.clock.instant += timedelta(**span)
        return self.clock.instant


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(MORNING)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        made = Room(store, clock)
        first = Act(person=SYSTEM, terminal="desk")
        set_up(store, first, unit="anlan", unit_name="安澜市防指", person="he", person_name="何")
        add_unit(store, made.by("he"), id="heyang", name="Heyang county", kind=UnitKind.COUNTY, parent="anlan")
        for id, role in (("li", Role.DUTY_OFFICER), ("qian", Role.PLANNER), ("wu", Role.STOCK_CHECKER)):
            add_person(store, made.by("he"), id=id, name=id.title(), unit="anlan", roles=(role,))
        marks = tuple(Threshold(mark=mark, value=value * 1000) for mark, value in HUAYUANKOU.items())
        kind = StationKind.DISCHARGE
        add_station(
            store, made.by("qian"), id="hyk", name="Huayuankou", unit="anlan", kind=kind, key=True, thresholds=marks
        )
        yield made
