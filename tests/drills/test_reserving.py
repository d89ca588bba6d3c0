from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from floodready.command import undo_entry
from floodready.drills import commands, planning, reading, surroundings
from floodready.drills.models import Drill, ReservedMaterial
from floodready.duty.models import DutySettings, Group, Leave, PostNeed, Rota, Rotation
from floodready.materials.commands import receive_stock
from floodready.materials.ledger import Stock
from floodready.materials.models import Item, Place
from floodready.materials.models_papers import Incident
from floodready.materials.projections import Balances
from floodready.organisation.models import Post
from floodready.refusal import Refused
from floodready.season.level import Level
from floodready.season.models_level import Declaration
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
    with pytest.raises(Refused, match="no materials left to reserve"):
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


def holdings(room: DutyRoom) -> dict[str, int]:
    balances = room.store.projection(Balances).by_place
    held = {place: sum(lots.values()) for place, lots in balances.items() if place != "supplier"}
    return {place: quantity for place, quantity in held.items() if quantity}


def returned(room: DutyRoom, drill: Drill, **told: Any) -> None:
    commands.return_materials(room.store, room.act("P2"), drill=drill.id, zone=ZONE, item="bag", **told)


def test_what_is_issued_to_a_drill_is_out_until_every_piece_is_accounted_for(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    issued = commands.issue_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE)
    assert holdings(stocked) == {"W1": 200, f"incident/{issued.account}": 300}
    assert available(stocked) == 200
    with pytest.raises(Refused, match="no materials left to issue"):
        commands.issue_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE)
    with pytest.raises(Refused, match="still holds Bag"):
        commands.cancel_drill(stocked.store, stocked.act(), drill=made.id, reason="flood")
    with pytest.raises(Refused, match="issued to the drill"):
        commands.change_drill(stocked.store, stocked.act(), seen=issued, wanted=replace(issued, materials=()))
    returned(stocked, made, good=290, consumed=4, lost=1)
    returned(stocked, made, damaged=5)
    assert available(stocked) == 490
    assert surroundings.materials_out(stocked.store, issued) == {}
    with pytest.raises(Refused, match="holds no Bag"):
        returned(stocked, made, good=1)
    commands.cancel_drill(stocked.store, stocked.act(), drill=made.id, reason="flood")
    account = stocked.store.get(Incident, issued.account or "")
    assert account is not None
    assert account.closed_at is not None


def test_a_drill_is_not_closed_while_its_materials_are_out(stocked: DutyRoom) -> None:
    made = stocked.running(1, materials=(BAGS,))
    commands.issue_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE)
    commands.finish_run(stocked.store, stocked.act(), drill=made.id)
    commands.write_evaluation(stocked.store, stocked.act(), drill=made.id, text="good")
    commands.file_summary(stocked.store, stocked.act(), drill=made.id, summary="good")
    with pytest.raises(Refused, match="Bag of its materials is not accounted for"):
        commands.close_drill(stocked.store, stocked.act(), drill=made.id)
    returned(stocked, made, good=300)
    commands.close_drill(stocked.store, stocked.act(), drill=made.id)
    assert available(stocked) == 500


def test_pieces_of_several_lots_are_told_apart(stocked: DutyRoom) -> None:
    setup = Act(person=SYSTEM, terminal="T1")
    receive_stock(stocked.store, setup, zone=ZONE, item="bag", place="W1", quantity=500)
    all_of_it = replace(BAGS, quantity=800)
    made = stocked.planned(0, materials=(all_of_it,))
    issued = commands.issue_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE)
    with pytest.raises(Refused, match="from several lots"):
        returned(stocked, made, good=799, lost=1)
    lots = surroundings.materials_out(stocked.store, issued)["bag"]
    first = next(iter(lots))
    commands.return_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE, item="bag", lot=first, lost=1)
    returned(stocked, made, good=799)
    assert available(stocked) == 999


def test_an_undone_issue_brings_the_bags_and_the_reservation_back(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    commands.issue_materials(stocked.store, stocked.act("P2"), drill=made.id, zone=ZONE)
    undo_entry(stocked.store, stocked.act("P2"), next(iter(stocked.store.entries_backwards())))
    assert holdings(stocked) == {"W1": 500}
    assert available(stocked) == 200
    assert reading.the_drill(stocked.store, made.id).materials == made.materials


def test_a_participant_on_duty_is_found_by_the_resolver(room: DutyRoom) -> None:
    made = room.planned(0)
    duty = Rotation(
        name="leader", post="leader", groups=(Group(people=("P4",)),), first_on=date(2026, 5, 1), times=(time(8),)
    )
    with room.store.transaction(room.act(), "rota") as tx:
        tx.add(Post(id="leader", name="Leader in charge", unit="U1"))
        tx.add(DutySettings(id="U1", needs=(PostNeed(post="leader", needed=1),), all_year=True))
        tx.add(Rota(id="R1", unit="U1", since_at=at(-60 * 24), rotations=(duty,)))
    found = planning.problems(made, surroundings.facts(room.store, made, ZONE))
    assert str(found[0].sentence) == "Chen Jie is on duty then: Leader in charge. Take another person or time."
    assert found[0].blocks


def declared(room: DutyRoom, level: Level) -> None:
    with room.store.transaction(room.act("P9"), "level") as tx:
        tx.put(Declaration(id=f"L{level}", unit="U1", level=level, authority="Headquarters", reason="rain",
                           starts_at=tx.now, by="P9"))  # fmt: skip


def test_a_declared_level_asks_of_every_drill_that_begins_soon(room: DutyRoom) -> None:
    soon, other = room.planned(0), room.planned(0, unit="U2", name="Elsewhere")
    late = room.planned(0, name="Far off", starts_at=at(60 * 24 * 90))
    room.at(-5 * 24 * 60)
    assert reading.to_postpone(room.store, room.clock.now()) == []
    declared(room, Level.III)
    asked = reading.to_postpone(room.store, room.clock.now(), "U1")
    assert [drill.id for drill, _ in asked] == [soon.id]
    assert str(asked[0][1]).startswith("Response level III is in force. Postpone Dike breach")
    assert {other.id, late.id}.isdisjoint({drill.id for drill, _ in reading.to_postpone(room.store, room.clock.now())})
    commands.keep_drill(room.store, room.act(), drill=soon.id, reason="small tabletop")
    assert reading.to_postpone(room.store, room.clock.now()) == []
    with pytest.raises(Refused, match="No response level"):
        commands.keep_drill(room.store, room.act(), drill=other.id, reason="why not")


def test_a_participant_on_leave_is_found_in_the_duty_books(room: DutyRoom) -> None:
    made = room.planned(0)
    with room.store.transaction(room.act(), "leave") as tx:
        tx.add(Leave(id="L1", person="P4", from_at=at(-60), until_at=at(60), why="family"))
    assert "on-leave" in codes(room, made)


def test_what_is_reserved_moves_with_the_drill(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    later = commands.postpone_drill(
        stocked.store, stocked.act(), drill=made.id, starts_at=made.starts_at + timedelta(days=9), reason="rain"
    )
    stocked.at(8 * 24 * 60)
    assert available(stocked) == 200
    commands.change_drill(
        stocked.store, stocked.act(), seen=later, wanted=replace(later, starts_at=later.starts_at - timedelta(days=1))
    )
    stocked.at(9 * 24 * 60)
    assert available(stocked) == 500


def test_a_drill_that_was_let_pass_reserves_anew(stocked: DutyRoom) -> None:
    made = reserved(stocked)
    stocked.at(3 * 24 * 60)
    later = commands.postpone_drill(
        stocked.store, stocked.act(), drill=made.id, starts_at=made.starts_at + timedelta(days=9), reason="rain"
    )
    assert later.materials == (BAGS,)
    assert available(stocked) == 500


def test_what_the_stock_has_not_is_refused_without_telling_of_emergencies(stocked: DutyRoom) -> None:
    bags = (ReservedMaterial(item="bag", place="W1", quantity=501),)
    made = stocked.planned(0, materials=bags)
    with pytest.raises(Refused, match=r"500 available, 501 needed\. Name less, or another place\."):
        commands.reserve_materials(stocked.store, stocked.act(), drill=made.id, zone=ZONE)


def test_what_is_issued_already_stands_not_in_the_way_of_reserving_the_rest(stocked: DutyRoom) -> None:
    """The bags are out of the store because the drill has them: asked for again they would be short."""
    with stocked.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Place(id="W2", name="West store", unit="U1"))
    receive_stock(stocked.store, Act(person=SYSTEM, terminal="T1"), zone=ZONE, item="bag", place="W2", quantity=50)
    made = stocked.planned(0, materials=(BAGS,))
    issued = commands.issue_materials(stocked.store, stocked.act(), drill=made.id, zone=ZONE)
    more = (*issued.materials, ReservedMaterial(item="bag", place="W2", quantity=50))
    commands.change_drill(stocked.store, stocked.act(), seen=issued, wanted=replace(issued, materials=more))
    held = commands.reserve_materials(stocked.store, stocked.act(), drill=made.id, zone=ZONE)
    assert [bool(material.reservations) for material in held.materials] == [False, True]
    assert "material-short" not in codes(stocked, held)
