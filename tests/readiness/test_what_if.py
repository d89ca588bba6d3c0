from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.language import verbatim
from floodready.materials.models import Place
from floodready.materials.models_equipment import QuotaRow, QuotaTable
from floodready.organisation.models import Works, WorksKind
from floodready.readiness.line import Colour, Importance, LineStatus, Signal, status_of
from floodready.readiness.supposing import SUPPOSED, SupposedView
from floodready.readiness.what_if import turned_between, what_if
from floodready.season.commands_level import declare_level, set_level_table
from floodready.season.level import Level
from floodready.season.models_level import Declaration, LevelRow
from floodready.store.journal_store import JournalStore
from tests.duty.conftest import Room as DutyRoom
from tests.duty.conftest import room as duty_room
from tests.materials.conftest import MINUTE, NINE, ZONE, Room, furnish
from tests.readiness.test_materials_lines import count
from tests.readiness.test_rollup import NOW, line

__all__ = ["duty_room"]

TABLE = (
    LevelRow(level=Level.IV, bulletins=(time(8), time(20))),
    LevelRow(level=Level.III, bulletins=(time(8), time(14), time(20)), forward_stock_percent=(30, 50)),
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(NINE)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        furnish(store)
        made = Room(store, clock)
        with store.transaction(made.act(), "demo.build") as tx:
            tx.put(Works(id="P1", name="risk point", unit="HQ", kind=WorksKind.RISK_POINT, grade="1", size=1))
            tx.put(Place(id="EAST", name="East store", unit="HQ", reach_hours=1))
        rows = (QuotaRow(works_kind="risk point", grade="1", item="BAG", base="100"),)
        made.do("put_quotas", table=QuotaTable(id="Q", name="t", source="test", clause="—",
                                               in_force_on=date(2026, 1, 1), rows=rows))  # fmt: skip
        set_level_table(store, made.act(), unit="HQ", rows=TABLE, source="plan")
        lot = made.receive("BAG", 110)
        count(made, lot.id, "110")
        yield made


def test_level_iii_asks_for_30_percent_more_at_risk_points_and_says_so(room: Room) -> None:
    seen = what_if(room.store, "HQ", Level.III, room.clock.now(), ZONE)
    (bags,) = [one for one in seen.turned if one.after.line.id == "materials/BAG/HQ"]
    assert bags.worse
    assert str(bags.after.cause) == "110 条 usable of 130 条 required"
    assert "Stock at risk points: 30 to 50 percent more" in [str(demand) for demand in seen.demands]
    assert "3 bulletins a day: 08:00, 14:00, 20:00" in [str(demand) for demand in seen.demands]


def test_level_iv_asks_for_nothing_more(room: Room) -> None:
    seen = what_if(room.store, "HQ", Level.IV, room.clock.now(), ZONE)
    assert [one for one in seen.turned if one.after.line.id == "materials/BAG/HQ"] == []


def test_nothing_is_written_and_declaring_brings_what_was_supposed(room: Room) -> None:
    before = room.store.seq
    supposed = what_if(room.store, "HQ", Level.III, room.clock.now(), ZONE)
    assert room.store.seq == before
    assert list(room.store.all(Declaration)) == []
    declare_level(room.store, room.act(), unit="HQ", level=Level.III, authority="chief", reason="rain")
    declared = what_if(room.store, "HQ", Level.III, room.clock.now(), ZONE)
    assert declared.held is Level.III
    assert declared.turned == []
    assert str(declared.now.headline) == str(supposed.then.headline)


def test_supposing_the_end_of_a_level_takes_its_demands_away(room: Room) -> None:
    declare_level(room.store, room.act(), unit="HQ", level=Level.III, authority="chief", reason="rain")
    seen = what_if(room.store, "HQ", None, room.clock.now(), ZONE)
    (bags,) = [one for one in seen.turned if one.after.line.id == "materials/BAG/HQ"]
    assert not bags.worse
    assert seen.demands == []


def test_a_level_asks_for_more_people_at_a_post(duty_room: DutyRoom) -> None:
    from floodready.organisation.models import PostKind
    from floodready.season.models_level import Staffing

    rows = (LevelRow(level=Level.II, staffing=(Staffing(post=PostKind.OFFICER, people=4),)),)
    set_level_table(duty_room.store, duty_room.by("pan"), unit="U", rows=rows, source="plan")
    seen = what_if(duty_room.store, "U", Level.II, duty_room.clock.now(), ZONE)
    officers = next(one for one in seen.turned if one.after.line.id == "duty/officer/U")
    assert officers.worse
    assert officers.after.act is not None


def stand(name: str, colour: Colour, cause: str = "x", importance: Importance = Importance.A) -> LineStatus:
    """Give a line as it stands; green where it has no signal."""
    wrong = Signal(colour=colour, cause=verbatim(cause), act=verbatim("do"))
    return status_of(line(name, *([] if colour is Colour.GREEN else [wrong]), importance=importance), NOW)


@pytest.mark.parametrize(
    ("before", "after", "turns", "worse"),
    [
        (None, (Colour.RED, "x"), True, True),
        (None, (Colour.GREEN, "x"), False, False),
        ((Colour.GREEN, "x"), (Colour.AMBER, "x"), True, True),
        ((Colour.RED, "x"), (Colour.AMBER, "x"), True, False),
        ((Colour.RED, "x"), (Colour.RED, "y"), True, False),
        ((Colour.RED, "x"), (Colour.RED, "x"), False, False),
        ((Colour.RED, "x"), (Colour.GREEN, "x"), True, False),
    ],
)
def test_a_line_turns_with_its_colour_or_the_cause_of_what_is_wrong(
    before: tuple[Colour, str] | None, after: tuple[Colour, str], turns: bool, worse: bool
) -> None:
    now = [] if before is None else [stand("a", *before)]
    found = turned_between(now, [stand("a", *after)])
    assert [one.worse for one in found] == ([worse] if turns else [])
    for one in found:
        assert one.before == (now[0] if now else None)


def test_what_gets_worse_stands_first_then_the_worst_colour_the_class_and_the_name() -> None:
    now = [stand("better", Colour.RED)]
    then = [
        stand("better", Colour.GREY),
        stand("z", Colour.AMBER),
        stand("c", Colour.RED, importance=Importance.C),
        stand("b", Colour.RED),
        stand("a", Colour.RED),
    ]
    assert [one.after.line.id for one in turned_between(now, then)] == ["a", "b", "c", "z", "better"]


def test_supposed_documents_stand_beside_those_that_are_there(room: Room) -> None:
    declare_level(room.store, room.act(), unit="HQ", level=Level.IV, authority="chief", reason="rain")
    at = room.clock.now()
    seen = SupposedView(room.store, "HQ", Level.III, at)
    (held,) = room.store.all(Declaration)
    ended, supposed = seen.all(Declaration)
    assert (ended.id, ended.until_at, supposed.level, supposed.starts_at) == (held.id, at, Level.III, at)
    assert seen.get(Declaration, held.id) == ended
    assert seen.get(Declaration, SUPPOSED) == supposed
    assert seen.get(Declaration, "nobody") is None
    assert list(seen.find(Declaration, unit="HQ", level=Level.III)) == [supposed]
    assert list(seen.find(Declaration, unit="elsewhere")) == []
    assert (seen.count(Declaration), seen.count(Works), seen.seq) == (2, 1, room.store.seq)
    assert seen.get(Works, "P1") == room.store.get(Works, "P1")
    assert list(seen.find(Works, unit="HQ")) == list(room.store.find(Works, unit="HQ"))
    elsewhere = SupposedView(room.store, "V", Level.III, at)
    assert next(elsewhere.all(Declaration)).until_at is None, "another unit's level goes on"
    earlier = SupposedView(room.store, "HQ", Level.III, held.starts_at - MINUTE)
    assert next(earlier.all(Declaration)).until_at is None, "what begins later is not ended before"
