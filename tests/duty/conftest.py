from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.duty.commands import change_settings, publish_rota
from floodready.duty.models import PostNeed, Rota
from floodready.organisation.commands import add_person, add_post, set_up
from floodready.organisation.models import Phone, PostKind
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.duty.rosters import at, rotation

PEOPLE = {
    "an": Role.LEADER,
    "bo": Role.LEADER,
    "cui": Role.LEADER,
    "ding": Role.DUTY_OFFICER,
    "fang": Role.DUTY_OFFICER,
    "geng": Role.DUTY_OFFICER,
    "hao": Role.DUTY_OFFICER,
    "jia": Role.DUTY_OFFICER,
    "kong": Role.DUTY_OFFICER,
    "lu": Role.DUTY_OFFICER,
    "pan": Role.PLANNER,
}


@dataclass(frozen=True, slots=True)
class Room:
    """A duty room at 10:00 on 1 July with a rota of three leaders and three pairs of officers since 08:00."""

    store: JournalStore
    clock: FixedClock

    def by(self, person: str, reason: str = "") -> Act:
        return Act(person=person, terminal="desk", reason=reason)

    def later(self, text: str) -> datetime:
        self.clock.instant = at(text)
        return self.clock.instant

    def rota(self) -> Rota:
        return next(self.store.all(Rota))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(at("2026-07-01 10:00"))
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        made = Room(store, clock)
        set_up(store, Act(person=SYSTEM, terminal="desk"), unit="U", unit_name="安澜", person="he", person_name="何")
        add_post(store, made.by("he"), id="leader", name="Leader in charge", unit="U", kind=PostKind.LEADER)
        add_post(store, made.by("he"), id="officer", name="Duty officer", unit="U", kind=PostKind.OFFICER)
        for id, role in PEOPLE.items():
            posts = ("leader",) if role is Role.LEADER else ("officer",)
            phones = (Phone(number=f"139 0000 {len(id)}{ord(id[0])}"),)
            add_person(
                store, made.by("he"), id=id, name=id.title(), unit="U", roles=(role,), posts=posts, phones=phones
            )
        needs = (PostNeed(post="leader", needed=1), PostNeed(post="officer", needed=2))
        change_settings(store, made.by("pan"), unit="U", needs=needs, all_year=True)
        rotations = (
            rotation("leader", "an bo cui"),
            rotation("officer", "ding+fang geng+hao jia+kong"),
        )
        publish_rota(store, made.by("pan"), unit="U", since_at=at("2026-07-01 08:00"), rotations=rotations)
        yield made
