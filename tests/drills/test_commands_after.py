from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from floodready.drills import commands, reading
from floodready.drills.book import book
from floodready.drills.models import DrillState
from floodready.drills.run_models import Answer, CorrectiveAction
from floodready.drills.run_models import Finding as Seen
from floodready.organisation.models import Person
from floodready.rectification.models import Finding
from floodready.rectification.states import Source
from floodready.refusal import Refused
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import START, inject, observation


def held(room: DutyRoom) -> tuple[str, str]:
    """Hold a drill with one weakness; gives the drill's and the weakness's id."""
    made = room.running(1)
    weak = observation("new", drill=made.id, run="-", finding=Seen.WEAKNESS, text="Wrong channel")
    seen = commands.observe(room.store, room.act("P2"), observation=weak, inject=1)
    commands.finish_run(room.store, room.act(), drill=made.id)
    return made.id, seen.id


def mend(room: DutyRoom, weakness: str, **fields: Any) -> CorrectiveAction:
    known: dict[str, Any] = {"action": "New radio list", "owner": "P3", "due_on": date(2026, 6, 1)}
    return commands.open_action(room.store, room.act(), observation=weakness, zone=ZONE, **{**known, **fields})


def closed(room: DutyRoom) -> tuple[str, str]:
    drill, weakness = held(room)
    mend(room, weakness)
    commands.write_evaluation(room.store, room.act(), drill=drill, text="Good.")
    commands.file_summary(room.store, room.act(), drill=drill, summary="Good.")
    commands.close_drill(room.store, room.act(), drill=drill)
    return drill, weakness


def test_a_drill_is_closed_only_when_all_is_done_and_what_is_missing_is_named(room: DutyRoom) -> None:
    drill, weakness = held(room)
    with pytest.raises(Refused) as refused:
        commands.close_drill(room.store, room.act(), drill=drill)
    said = str(refused.value)
    assert all(part in said for part in ("evaluation is not written", weakness, "summary is not filed"))
    with pytest.raises(Refused, match="Write the evaluation first"):
        commands.file_summary(room.store, room.act(), drill=drill, summary="x")
    mend(room, weakness)
    commands.write_evaluation(room.store, room.act(), drill=drill, text="Good.")
    commands.file_summary(room.store, room.act(), drill=drill, summary="Good.")
    assert commands.close_drill(room.store, room.act(), drill=drill).state is DrillState.CLOSED


def test_a_closed_drill_takes_no_more_words(room: DutyRoom) -> None:
    drill, _ = closed(room)
    with pytest.raises(Refused, match="closed"):
        commands.write_evaluation(room.store, room.act(), drill=drill, text="x")
    late = observation("new", drill=drill, run="-")
    with pytest.raises(Refused, match="closed"):
        commands.observe(room.store, room.act("P2"), observation=late, inject=1)


def test_an_action_has_an_owner_of_the_staff_whose_unit_answers(room: DutyRoom) -> None:
    _, weakness = held(room)
    with pytest.raises(Refused, match="not on the staff list"):
        mend(room, weakness, owner="P77")
    action = mend(room, weakness)
    record = room.store.get(Finding, action.record)
    assert record is not None
    assert (record.unit, record.responsible, record.deadline_on) == ("U1", "P3", date(2026, 6, 1))
    assert record.source is Source.DRILL
    with pytest.raises(Refused, match="has its action already"):
        mend(room, weakness)


def test_a_strength_needs_no_action(room: DutyRoom) -> None:
    made = room.running(1)
    seen = commands.observe(
        room.store, room.act("P2"), observation=observation("new", drill=made.id, run="-"), inject=1
    )
    with pytest.raises(Refused, match="not a weakness that stands"):
        mend(room, seen.id)


def test_the_next_drill_does_not_begin_before_it_has_answered_for_the_last(room: DutyRoom) -> None:
    _, weakness = closed(room)
    room.at(400 * 24 * 60)
    following = room.planned(0, starts_at=START + timedelta(days=400), scripted=False)
    with pytest.raises(Refused, match="implemented, or only written"):
        commands.start_run(room.store, room.act(), drill=following.id)
    asked = book(room.store, following.id, ZONE).last_actions
    assert [(last.observation.text, last.answer) for last in asked] == [("Wrong channel", None)]
    with pytest.raises(Refused, match="left no action B9"):
        commands.answer_follow_up(
            room.store, room.act(), drill=following.id, observation="B9", answer=Answer.IMPLEMENTED
        )
    commands.answer_follow_up(
        room.store, room.act(), drill=following.id, observation=weakness, answer=Answer.ONLY_WRITTEN, note="no list"
    )
    commands.start_run(room.store, room.act(), drill=following.id)
    assert reading.the_drill(room.store, following.id).state is DrillState.RUNNING


def test_a_drill_of_another_plan_does_not_ask(room: DutyRoom) -> None:
    closed(room)
    other = room.planned(0, plan="Reservoir", starts_at=START + timedelta(days=400))
    commands.add_inject(room.store, room.act(), inject=inject(1, drill=other.id))
    commands.approve_injects(room.store, room.act("P9"), drill=other.id)
    commands.start_run(room.store, room.act(), drill=other.id)


def test_a_weakness_is_not_to_be_mended_by_a_day_that_has_passed(room: DutyRoom) -> None:
    _, weakness = held(room)
    with pytest.raises(Refused, match="The deadline 2020-01-01 is past"):
        mend(room, weakness, due_on=date(2020, 1, 1))


def test_a_drill_that_is_over_or_cancelled_is_not_told_to_be_started(room: DutyRoom) -> None:
    over, _ = held(room)
    gone = room.planned(0)
    commands.cancel_drill(room.store, room.act(), drill=gone.id, reason="flood")
    with pytest.raises(Refused, match="is cancelled"):
        commands.start_run(room.store, room.act(), drill=gone.id)
    for drill in (over, gone.id):
        with pytest.raises(Refused, match="is over, or cancelled"):
            commands.finish_run(room.store, room.act(), drill=drill)
        with pytest.raises(Refused, match="is over; its script stands"):
            commands.shift_injects(room.store, room.act(), drill=drill, from_offset=0, seconds=60)


def test_an_empty_summary_is_not_filed(room: DutyRoom) -> None:
    drill, _ = held(room)
    commands.write_evaluation(room.store, room.act(), drill=drill, text="Good.")
    with pytest.raises(Refused, match="an empty one is not filed"):
        commands.file_summary(room.store, room.act(), drill=drill, summary=" ")


def test_an_owner_who_left_before_the_closing_is_named(room: DutyRoom) -> None:
    drill, weakness = held(room)
    action = mend(room, weakness)
    owner = room.store.get(Person, "P3")
    assert owner is not None
    with room.store.transaction(room.act("P9"), "leaves") as tx:
        tx.change(owner, active=False)
    found = book(room.store, drill, ZONE)
    assert f"the owner of {action.record} has left" in " ".join(map(str, found.missing))
    assert found.actions[weakness].unit == "County U1"


def test_a_drill_brought_forward_asks_for_what_was_held_before_it_began(room: DutyRoom) -> None:
    closed(room)
    room.at(24 * 60)
    planned_first = room.planned(0, starts_at=START - timedelta(days=1), scripted=False)
    with pytest.raises(Refused, match="implemented, or only written"):
        commands.start_run(room.store, room.act(), drill=planned_first.id)
