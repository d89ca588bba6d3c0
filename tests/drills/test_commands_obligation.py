from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from floodready.drills import commands, reading
from floodready.drills.models import Cadence, Drill, DrillState, Obligation, Occurrence, Participant, Role
from floodready.drills.views_year import ended_told, obligation_rows
from floodready.refusal import Invalid, NotAllowed, Refused, Superseded
from tests.drills.conftest import ZONE, DutyRoom

HALF_YEARLY = Cadence(anchor_on=date(2026, 6, 1), months=6)


def obliged(room: DutyRoom, plan: str = "Dike breach", unit: str = "U1", cadence: Cadence = HALF_YEARLY) -> Obligation:
    return commands.oblige(room.store, room.act(), unit=unit, plan=plan, cadence=cadence, source="art. 8", zone=ZONE)


def due(room: DutyRoom, obligation: str) -> list[date]:
    found = reading.owed(room.store, reading.the_obligation(room.store, obligation), date(2026, 1, 1), date(2028, 1, 1))
    return [occurrence.due_on for occurrence in found]


def test_nothing_is_owed_from_before_the_obligation_was_laid_down(room: DutyRoom) -> None:
    long_ago = obliged(room, cadence=Cadence(anchor_on=date(2015, 1, 31), months=12))
    assert due(room, long_ago.id) == [date(2027, 1, 31)]


def test_a_viewer_may_not_lay_down_obligations(room: DutyRoom) -> None:
    with pytest.raises(NotAllowed):
        commands.oblige(
            room.store, room.act("P4"), unit="U1", plan="x", cadence=HALF_YEARLY, source="art. 8", zone=ZONE
        )


def test_one_plan_of_a_unit_is_owed_by_one_rule(room: DutyRoom) -> None:
    obliged(room)
    with pytest.raises(Refused, match="County U1 already has to drill"):
        obliged(room)
    with pytest.raises(Refused, match="There is no unit U7"):
        obliged(room, unit="U7")


def test_a_moved_due_day_needs_its_reason_and_outlives_a_changed_rule(room: DutyRoom) -> None:
    seen = obliged(room)
    moved: dict[str, Any] = {"obligation": seen.id, "scheduled_on": date(2026, 12, 1), "due_on": date(2027, 1, 20)}
    with pytest.raises(Invalid, match="must say why"):
        commands.move_due(room.store, room.act(), reason="", **moved)
    commands.move_due(room.store, room.act(), reason="high water", **moved)
    commands.change_cadence(
        room.store, room.act(), seen=seen, cadence=Cadence(anchor_on=date(2026, 6, 1), months=24), source="b", zone=ZONE
    )
    assert due(room, seen.id) == [date(2026, 6, 1), date(2027, 1, 20)]


def test_a_changed_rule_keeps_what_is_overdue(room: DutyRoom) -> None:
    seen = obliged(room)
    room.at(60 * 24 * 60)
    commands.change_cadence(
        room.store, room.act(), seen=seen, cadence=Cadence(anchor_on=date(2027, 3, 1)), source="b", zone=ZONE
    )
    assert due(room, seen.id) == [date(2026, 6, 1), date(2027, 3, 1)]


def test_an_edit_of_a_rule_that_was_changed_meanwhile_is_refused(room: DutyRoom) -> None:
    seen = obliged(room)
    yearly = Cadence(anchor_on=date(2026, 6, 1))
    commands.change_cadence(room.store, room.act(), seen=seen, cadence=yearly, source="b", zone=ZONE)
    with pytest.raises(Superseded):
        commands.change_cadence(room.store, room.act("P1"), seen=seen, cadence=yearly, source="c", zone=ZONE)


def test_a_day_the_rule_does_not_give_is_refused(room: DutyRoom) -> None:
    seen = obliged(room)
    with pytest.raises(Refused, match="is not scheduled on 2026-06-02"):
        commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=date(2026, 6, 2), drill=None)


def test_a_year_is_planned_in_one_step_and_never_twice(room: DutyRoom) -> None:
    first, second = obliged(room), obliged(room, "Reservoir", unit="U2")
    made = commands.plan_year(room.store, room.act(), year=2026, zone=ZONE)
    drills = [reading.the_drill(room.store, id) for id in made]
    assert sorted((drill.unit, drill.plan) for drill in drills) == [
        ("U1", "Dike breach"),
        ("U1", "Dike breach"),
        ("U2", "Reservoir"),
        ("U2", "Reservoir"),
    ]
    assert all(drill.starts_at.astimezone(ZONE).hour == 9 for drill in drills)
    assert commands.plan_year(room.store, room.act(), year=2026, zone=ZONE) == ()
    assert {o.drill for o in room.store.all(Occurrence)} == set(made)
    assert {o.obligation for o in room.store.all(Occurrence)} == {first.id, second.id}


def test_a_cancelled_drill_is_owed_again(room: DutyRoom) -> None:
    obliged(room)
    made = commands.plan_year(room.store, room.act(), year=2026, zone=ZONE)
    commands.cancel_drill(room.store, room.act(), drill=made[0], reason="flood")
    again = commands.plan_year(room.store, room.act(), year=2026, zone=ZONE)
    assert len(again) == 1
    assert room.store.count(Drill) == 3


def test_a_drill_of_another_plan_does_not_meet_an_obligation(room: DutyRoom) -> None:
    seen, other = obliged(room), room.planned(0, plan="Reservoir")
    with pytest.raises(Refused, match="drills Reservoir at County U1, but what is owed is Dike breach at County U1"):
        commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=date(2026, 6, 1), drill=other.id)


def test_cancelling_and_postponing_need_a_reason(room: DutyRoom) -> None:
    made = room.planned(0)
    with pytest.raises(Refused, match="Say why"):
        commands.cancel_drill(room.store, room.act(), drill=made.id, reason=" ")
    later = commands.postpone_drill(
        room.store, room.act(), drill=made.id, starts_at=room.clock.now(), reason="level III"
    )
    assert (later.state, later.state_reason) == (DrillState.PLANNED, "level III")


def test_one_drill_meets_one_owed_day_of_an_obligation(room: DutyRoom) -> None:
    seen, made = obliged(room), room.planned(0)
    first, second = due(room, seen.id)[:2]
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=first, drill=made.id)
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=first, drill=made.id)
    with pytest.raises(Refused, match="already meets what is owed on 2026-06-01"):
        commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=second, drill=made.id)
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=first, drill=None)
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=second, drill=made.id)


def test_a_drill_that_meets_an_obligation_keeps_its_unit_and_plan(room: DutyRoom) -> None:
    seen, made = obliged(room), room.planned(0)
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=date(2026, 6, 1), drill=made.id)
    for wanted in (replace(made, plan="Reservoir"), replace(made, unit="U2")):
        with pytest.raises(Refused, match=f"meets what is owed under {seen.id}"):
            commands.change_drill(room.store, room.act(), seen=made, wanted=wanted)
    commands.assign_drill(room.store, room.act(), obligation=seen.id, scheduled_on=date(2026, 6, 1), drill=None)
    changed = commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, unit="U2"))
    assert changed.unit == "U2"


def test_a_drill_is_of_a_real_unit_and_of_people_of_the_staff(room: DutyRoom) -> None:
    made = room.planned(0)
    with pytest.raises(Refused, match="There is no unit U7"):
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, unit="U7"))
    stranger = (Participant(person="P77", role=Role.PLAYER),)
    with pytest.raises(Refused, match="There is no person P77"):
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, participants=stranger))
    with pytest.raises(Refused, match="There is no person P77"):
        room.planned(0, participants=stranger)


def test_a_drill_is_not_postponed_to_a_time_that_has_passed(room: DutyRoom) -> None:
    made = room.planned(0)
    past = room.clock.now() - timedelta(minutes=1)
    with pytest.raises(Refused, match="That time has passed"):
        commands.postpone_drill(room.store, room.act(), drill=made.id, starts_at=past, reason="rain")


def test_an_obligation_entered_by_mistake_is_withdrawn_with_a_reason(room: DutyRoom) -> None:
    seen, today = obliged(room), date(2026, 4, 12)
    with pytest.raises(Invalid, match="Say why"):
        commands.end_obligation(room.store, room.act(), seen=seen, on=today, zone=ZONE)
    ended = commands.end_obligation(room.store, room.act(), seen=seen, on=today, zone=ZONE, reason="other county")
    assert (ended.ended_on, ended.ended_because) == (today, "other county")
    assert due(room, seen.id) == []
    assert obligation_rows(room.store, room.clock.now(), ZONE) == []
    assert str(ended_told(room.store, ended)) == f"{ended.id} is withdrawn: nothing is owed by it."
    obliged(room)


def test_an_obligation_that_stood_ends_without_a_reason_but_not_backwards(room: DutyRoom) -> None:
    seen = obliged(room)
    room.at(60 * 24 * 60)
    with pytest.raises(Invalid, match="Say why"):
        commands.end_obligation(room.store, room.act(), seen=seen, on=date(2026, 6, 1), zone=ZONE)
    ended = commands.end_obligation(room.store, room.act(), seen=seen, on=date(2026, 9, 1), zone=ZONE)
    assert due(room, seen.id) == [date(2026, 6, 1)]
    told = obligation_rows(room.store, room.clock.now(), ZONE)[0]
    assert str(told.rule) == "every 6 months from 2026-06-01, until 2026-09-01"
    assert ended.ended_because == ""


def test_an_obligation_whose_new_rule_never_began_ends_and_is_not_told_as_withdrawn(room: DutyRoom) -> None:
    """What the old rule left is owed still: to call that withdrawn would be false."""
    seen = obliged(room)
    room.at(60 * 24 * 60)
    cadence = Cadence(anchor_on=date(2027, 3, 1), months=12)
    changed = commands.change_cadence(room.store, room.act(), seen=seen, cadence=cadence, source="b", zone=ZONE)
    ended = commands.end_obligation(
        room.store, room.act(), seen=changed, on=date(2026, 9, 1), zone=ZONE, reason="works sold"
    )
    assert due(room, seen.id) == [date(2026, 6, 1)]
    assert str(ended_told(room.store, ended)) == f"{ended.id} ends on 2026-09-01."


def test_an_obligation_names_the_clause_it_comes_from(room: DutyRoom) -> None:
    with pytest.raises(Invalid) as refused:
        commands.oblige(room.store, room.act(), unit="U1", plan="x", cadence=HALF_YEARLY, source=" ", zone=ZONE)
    assert set(refused.value.problems) == {"source"}
