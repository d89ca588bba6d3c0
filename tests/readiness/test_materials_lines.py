from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.materials.models import MaterialSettings
from floodready.materials.models_counting import VarianceReason
from floodready.materials.models_equipment import Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.organisation.models import Works, WorksKind
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, Importance, Line, status_of
from floodready.readiness.materials_lines import parts
from floodready.store.journal_store import JournalStore
from tests.materials.conftest import NINE, ZONE, Room, furnish
from tests.readiness.asked import lines_of


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(NINE)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        furnish(store)
        yield Room(store, clock)


def line(room: Room, id: str) -> Line:
    around = Surroundings(room.store, room.clock.now(), ZONE)
    return next(found for found in lines_of(parts, around) if found.id == f"materials/{id}/HQ")


def need(room: Room, bags: int) -> None:
    with room.store.transaction(room.act(), "demo.build") as tx:
        tx.put(Works(id="D1", name="dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=1))
    row = QuotaRow(works_kind="dike", grade="2", item="BAG", base=str(bags))
    table = QuotaTable(id="Q", name="t", source="made up for this test", clause="—", in_force_on=date(2026, 1, 1),
                       rows=(row,))  # fmt: skip
    room.do("put_quotas", table=table)


def count(room: Room, lot: str, typed: str) -> None:
    session = room.do("open_count", name="count", places=("EAST",))
    room.count(session.id, lot, typed)
    room.do("post_count", zone=ZONE, session=session.id, reasons={lot: VarianceReason.UNKNOWN},
            blanks_stay_uncounted=True)  # fmt: skip


def test_stock_without_a_need_is_not_known(room: Room) -> None:
    room.receive("BAG", 100)
    assert status_of(line(room, "BAG"), NINE).colour is Colour.GREY


def test_cover_colours_the_line_and_an_expiry_turns_it_on_its_day(room: Room) -> None:
    need(room, 100)
    lot = room.receive("BAG", 100, until=date(2026, 9, 1))
    assert status_of(line(room, "BAG"), NINE).colour is Colour.GREY
    count(room, lot.id, "100")
    found = line(room, "BAG")
    assert status_of(found, NINE).colour is Colour.GREEN
    end = datetime(2026, 9, 1, 16, tzinfo=UTC)
    assert status_of(found, end - timedelta(days=29)).colour is Colour.AMBER
    assert status_of(found, end).colour is Colour.RED
    assert found.explanation


def test_how_old_a_count_may_be_is_the_office_s_to_say(room: Room) -> None:
    need(room, 100)
    count(room, room.receive("BAG", 100).id, "100")
    importance = line(room, "BAG").importance

    def turns() -> dict[Colour, int]:
        """Give after how many days a count is doubted, and is no longer known."""
        found, days = line(room, "BAG"), dict[Colour, int]()
        for day in range(400):
            days.setdefault(status_of(found, NINE + timedelta(days=day)).colour, day)
        return {colour: day for colour, day in days.items() if colour is not Colour.GREEN}

    usual = dict(zip(Importance, (90, 180, 365), strict=True))[importance]
    assert turns() == {Colour.AMBER: usual + 1, Colour.GREY: 2 * usual + 1}
    room.do("set_figures", settings=MaterialSettings(evidence_days_out_of_season=(10, 10, 10)))
    assert turns() == {Colour.AMBER: 11, Colour.GREY: 21}


def test_more_usable_stock_never_worsens_a_colour(room: Room) -> None:
    need(room, 100)
    before = 9
    for more in (70, 20, 10, 50):
        lot = room.receive("BAG", more)
        count(room, lot.id, str(more))
        severity = status_of(line(room, "BAG"), room.clock.now()).colour.severity
        assert severity <= before
        before = severity
    assert before == 0


def test_an_open_negative_balance_is_red_until_counted(room: Room) -> None:
    need(room, 10)
    lot = room.receive("BAG", 30)
    room.issue("BAG", 50, emergency=True)
    assert "books are short" in str(status_of(line(room, "BAG"), NINE).cause)
    count(room, lot.id, "30")
    assert status_of(line(room, "BAG"), NINE).colour is Colour.GREEN


def test_sets_name_the_part_that_limits_them_and_a_failed_pump_is_red(room: Room) -> None:
    room.receive("BOAT", 10)
    room.receive("JACKET", 31)
    gear = GearSet(id="G", name="boats", needed=10,
                   parts=(SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=5)))  # fmt: skip
    room.do("put_set", gear=gear)
    status = status_of(line(room, "set-G"), NINE)
    assert (status.colour, str(status.cause)) == (Colour.RED, "6 of 10 sets, limited by 救生衣 (31 件 usable of 50 件)")
    assert str(status.act) == "replenish 救生衣 for the sets: 19 件"
    room.do("put_equipment", equipment=Equipment(id="P1", name="pump", item="BOAT", place="EAST",
                                                 test_interval_days=30))  # fmt: skip
    room.do("record_test", by="li", zone=ZONE, equipment="P1", passed=True)
    found = line(room, "equipment-BOAT")
    assert status_of(found, NINE).colour is Colour.GREEN
    assert status_of(found, NINE + timedelta(days=40)).colour is Colour.AMBER
    assert status_of(found, NINE + timedelta(days=70)).colour is Colour.GREY
    room.do("record_test", by="li", zone=ZONE, equipment="P1", passed=False)
    assert status_of(line(room, "equipment-BOAT"), NINE).colour is Colour.RED
