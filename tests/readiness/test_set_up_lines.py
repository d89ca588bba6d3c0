"""An office that has just begun is not ready: what it never entered is not known, and the board says what to enter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.drills.models import Cadence, Obligation
from floodready.materials.models import Lot
from floodready.organisation.models import Chain, Person, Phone, Post, PostKind, Unit
from floodready.readiness.assembly import readiness
from floodready.readiness.kept import KeptReadiness
from floodready.readiness.line import Colour
from floodready.season.models import Mark, Season, Station, StationKind, Threshold
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

AT = datetime(2026, 4, 1, 2, tzinfo=UTC)
"""Before the season: nobody need stand duty, and no report is due."""
ZONE = ZoneInfo("Asia/Shanghai")
YEARLY = Cadence(anchor_on=date(2026, 5, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    """Give an office that has its people, their phones, the chain and posts, and nothing else."""
    with JournalStore.create(tmp_path / "store", clock=FixedClock(AT)) as made:
        phone = Phone(number="13900000001", verified_on=date(2026, 3, 20))
        with made.transaction(Act(person=SYSTEM, terminal="t"), "set up") as tx:
            tx.put(Unit(id="hq", name="Flood office"))
            tx.put(Unit(id="town", name="Town", parent="hq"))
            tx.put(Person(id="li", name="Li Wei", unit="hq", phones=(phone,)))
            for unit in ("hq", "town"):
                tx.put(Chain(id=unit, responsible="li"))
            for kind in (PostKind.LEADER, PostKind.OFFICER):
                tx.put(Post(id=kind.value, name=kind.value, unit="hq", kind=kind))
        yield made


def season() -> Season:
    return Season(id="f1", name="flood", unit="hq", starts_on=date(2026, 6, 1), ends_on=date(2026, 9, 30))


def station(*thresholds: Threshold) -> Station:
    return Station(id="s", name="Gate", unit="hq", kind=StationKind.DISCHARGE, thresholds=thresholds)


def test_what_was_never_entered_is_not_known_and_told_in_the_order_of_entering(store: JournalStore) -> None:
    answer = readiness(store, AT, ZONE)
    assert answer.colour is Colour.GREY
    assert [str(status.act) for status in answer.wrong] == [
        "enter the flood season of Flood office",
        "enter the places and items of Flood office and what is there",
        "enter what Flood office must drill",
        "enter a station of Flood office with the thresholds of the response levels",
    ]
    assert {status.line.unit for status in answer.wrong} == {"hq"}, "a unit below follows"


def test_what_is_entered_is_asked_for_no_longer(store: JournalStore) -> None:
    kept = KeptReadiness(store, ZONE)
    for document in (
        season(),
        Lot(id="L1", item="bags", in_stock_on=date(2026, 3, 1)),
        station(Threshold(mark=Mark.IV, value=4_000_000)),
        Obligation(id="O1", unit="town", plan="dike", cadence=YEARLY, source="plan", applies_from=date(2026, 1, 1)),
    ):
        before = {status.line.id for status in kept.readiness(AT).wrong if status.line.id.startswith("set-up/")}
        with store.transaction(Act(person=SYSTEM, terminal="t"), "enter") as tx:
            tx.put(document)
        left = {status.line.id for status in kept.readiness(AT).wrong if status.line.id.startswith("set-up/")}
        assert len(before - left) == 1
        assert left < before
    assert not left


def test_a_station_without_thresholds_leaves_the_level_unknown(store: JournalStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="t"), "enter") as tx:
        tx.put(station())
    assert "set-up/stations/hq" in {status.line.id for status in readiness(store, AT, ZONE).wrong}


def test_no_rota_is_called_published_and_no_post_filled_where_there_is_none(store: JournalStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="t"), "enter") as tx:
        tx.put(season())
    told = {status.line.id: str(status.cause) for unit in readiness(store, AT, ZONE).units for status in unit.lines()}
    nothing = "no rota is published, and nobody need stand duty now"
    assert (told["duty/rota/hq"], told[f"duty/{PostKind.LEADER.value}/hq"]) == (nothing, nothing)
