from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.command import undo_entry
from floodready.organisation.commands import set_chain
from floodready.organisation.models import Person, Phone, Unit
from floodready.organisation.permissions import Role
from floodready.readiness.assembly import readiness
from floodready.readiness.checklist import points
from floodready.readiness.commands import open_checklist
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.views_campaign import campaign_rows
from floodready.refusal import NotAllowed, Refused
from floodready.season.models import Season
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.materials.conftest import NINE, ZONE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    with JournalStore.create(tmp_path / "store", clock=FixedClock(NINE - timedelta(days=60))) as made:
        with made.transaction(Act(person=SYSTEM, terminal="T1"), "set up") as tx:
            tx.put(Unit(id="HQ", name="Anlan headquarters"))
            tx.put(Unit(id="DIKE", name="Dike office", parent="HQ"))
            phone = Phone(number="139 0000 0001", verified_on=date(2026, 4, 30))
            tx.put(Person(id="li", name="Li Wei", unit="HQ", roles=(Role.LEADER, Role.PLANNER), phones=(phone,)))
            tx.put(Person(id="wang", name="Wang", unit="DIKE", roles=(Role.DUTY_OFFICER,), phones=(phone,)))
            tx.put(Season(id="S", name="flood", unit="HQ", starts_on=date(2026, 7, 1), ends_on=date(2026, 10, 31)))
        yield made


def act(person: str = "li") -> Act:
    return Act(person=person, terminal="T1")


def wrong(store: JournalStore) -> set[str]:
    seen = readiness(store, store.clock.now(), ZONE)
    return {s.line.id for s in seen.wrong}


def test_every_line_that_is_not_ready_becomes_a_record_of_the_campaign(store: JournalStore) -> None:
    expected = wrong(store)
    campaign = open_checklist(store, act(), zone=ZONE)
    found = list(store.find(Finding, campaign=campaign.id))
    assert {one.source_ref.removeprefix("readiness.lines/") for one in found} == expected
    assert {one.deadline_on for one in found} == {date(2026, 6, 30)}
    chain = next(one for one in found if "chain/HQ" in one.source_ref)
    assert chain.description == (
        "chain of responsibility: nobody is named as responsible for Anlan headquarters. "
        "Mend: name the responsible person of Anlan headquarters"
    )
    (headquarters, dike) = campaign_rows(store, campaign, store.clock.now(), ZONE)
    assert headquarters.found + dike.found == len(expected)


def test_a_second_generation_adds_only_what_is_new(store: JournalStore) -> None:
    open_checklist(store, act(), zone=ZONE)
    with pytest.raises(Refused, match="Nothing new to list"):
        open_checklist(store, act(), zone=ZONE)
    before = {one.id for one in store.all(Finding)}
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "set up") as tx:
        tx.put(Unit(id="GATE", name="Gate office", parent="HQ"))
    campaign = open_checklist(store, act(), zone=ZONE)
    assert [one.unit for one in store.all(Finding) if one.id not in before] == ["GATE"]
    assert campaign.units[-1] == "GATE"
    assert len(list(store.all(Campaign))) == 1


def test_what_was_mended_is_not_listed_and_its_record_stays_for_the_re_check(store: JournalStore) -> None:
    set_chain(store, act(), unit="HQ", responsible="li")
    campaign = open_checklist(store, act(), zone=ZONE)
    assert all("chain/HQ" not in one.source_ref for one in store.find(Finding, campaign=campaign.id))


def test_the_points_are_told_before_anything_is_written(store: JournalStore) -> None:
    seen = readiness(store, store.clock.now(), ZONE)
    found = points(store, [status for unit in seen.units for status in unit.lines()])
    assert {one.status.line.id for one in found} == wrong(store)
    assert all(one.record is None for one in found)
    assert list(store.all(Finding)) == []


def test_undo_takes_records_and_campaign_away_and_a_duty_officer_may_not(store: JournalStore) -> None:
    with pytest.raises(NotAllowed):
        open_checklist(store, act("wang"), zone=ZONE)
    open_checklist(store, act(), zone=ZONE)
    undo_entry(store, act(), next(store.entries_backwards()))
    assert (list(store.all(Finding)), list(store.all(Campaign))) == ([], [])
