from __future__ import annotations

from dataclasses import replace

import pytest

from floodready.drills import commands, planning, surroundings
from floodready.drills.models import Drill, ReservedMaterial
from floodready.duty.models import Leave
from floodready.materials.commands import receive_stock
from floodready.materials.ledger import Stock
from floodready.materials.models import Item, Place
from floodready.refusal import Refused
from floodready.store.contract import SYSTEM, Act
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import at

BAGS = ReservedMaterial(item="bag", place="W1", quantity=300)


@pytest.fixture
def stocked(room: DutyRoom) -> DutyRoom:
    setup = Act(person=SYSTEM, terminal="T1")
    with room.store.transaction(setup, "setup") as tx:
        tx.add(Item(id="bag", name="Bag", unit="条"))
        tx.add(Place(id="W1", name="East store", unit="U1"))
    receive_stock(room.store, Act(person=SYSTEM, terminal="T1"), zone=ZONE, item="bag", place="W1", quantity=500)
    return room


def available(room: DutyRoom) -> int:
    return Stock(room.store, ZONE).availability("bag", {"W1"}, room.clock.now()).available


def reserved(room: DutyRoom) -> Drill:
    made = room.planned(0, materials=(BAGS,))
    return commands.reserve_materials(room.store, room.act(), drill=made.id, zone=ZONE)


def codes(room: DutyRoom, drill: Drill) -> list[str]:
    return [problem.code for problem in planning.problems(drill, surroundings.facts(room.store, drill, ZONE))]


def test_what_a_drill_needs_is_reserved_in_stock_and_given_back_when_it_is_cancelled(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    assert available(stocked) == 200
    with pytest.raises(Refused, match="no materials that are not reserved"):
        commands.reserve_materials(stocked.store, stocked.act(), drill=made.id, zone=ZONE)
    commands.cancel_drill(stocked.store, stocked.act(), drill=made.id, reason="flood")
    assert available(stocked) == 500


def test_material_taken_out_of_the_plan_is_given_back(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    commands.change_drill(stocked.store, stocked.act(), seen=made, wanted=replace(made, materials=()))
    assert available(stocked) == 500


def test_two_drills_do_not_reserve_the_same_bags(stocked: DutyRoom) -> None:
    reserved(stocked)
    second = stocked.planned(0, materials=(BAGS,))
    assert "material-short" in codes(stocked, second)
    with pytest.raises(Refused, match="200"):
        commands.reserve_materials(stocked.store, stocked.act(), drill=second.id, zone=ZONE)


def test_a_participant_on_leave_is_found_in_the_duty_books(room: DutyRoom) -> None:
    made = room.planned(0)
    with room.store.transaction(room.act(), "leave") as tx:
        tx.add(Leave(id="L1", person="P4", from_at=at(-60), until_at=at(60), why="family"))
    assert "on-leave" in codes(room, made)
