from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from floodready.drills import commands, injects, reading
from floodready.drills.models import Inject, InjectStatus, Objective
from floodready.organisation.models import Person
from floodready.organisation.permissions import Role
from floodready.refusal import Invalid, NotAllowed, Refused, Superseded
from tests.drills.conftest import DutyRoom
from tests.drills.scenes import START, drill, inject


def lines(room: DutyRoom, id: str) -> list[Inject]:
    return injects.in_order(reading.script(room.store, id))


def test_a_changed_line_needs_approval_anew_and_its_changer_is_its_author(room: DutyRoom) -> None:
    made = room.planned(1)
    seen = lines(room, made.id)[0]
    assert seen.status is InjectStatus.APPROVED
    changed = commands.change_inject(room.store, room.act("P1"), seen=seen, wanted=replace(seen, text="Other"))
    assert (changed.status, changed.author) == (InjectStatus.DRAFT, "P1")


def test_an_unchanged_form_changes_nothing(room: DutyRoom) -> None:
    made = room.planned(1)
    seen = lines(room, made.id)[0]
    assert commands.change_inject(room.store, room.act(), seen=seen, wanted=seen).approver == "P9"


def test_two_planners_do_not_overwrite_each_other(room: DutyRoom) -> None:
    made = room.planned(1)
    seen = lines(room, made.id)[0]
    commands.change_inject(room.store, room.act(), seen=seen, wanted=replace(seen, text="First"))
    with pytest.raises(Superseded):
        commands.change_inject(room.store, room.act(), seen=seen, wanted=replace(seen, text="Second"))


def test_the_author_does_not_approve_and_neither_does_a_planner(room: DutyRoom) -> None:
    made = room.planned(0)
    commands.add_inject(room.store, room.act("P1"), inject=inject(1, drill=made.id))
    with pytest.raises(NotAllowed):
        commands.approve_injects(room.store, room.act("P1"), drill=made.id)
    seen = lines(room, made.id)[0]
    with room.store.transaction(room.act("P9"), "a leader writes it") as tx:
        tx.put(replace(seen, author="P9"))
    with pytest.raises(Refused, match="You wrote inject 1 yourself"):
        commands.approve_injects(room.store, room.act("P9"), drill=made.id)
    with pytest.raises(Refused, match="You wrote inject 1 yourself"):
        commands.approve_injects(room.store, room.act("P9"), drill=made.id, numbers=(1,))


def test_a_new_line_takes_the_next_number_and_a_taken_one_is_refused(room: DutyRoom) -> None:
    made = room.planned(3)
    added = commands.add_inject(room.store, room.act(), inject=inject(1, 5, drill=made.id))
    assert (added.number, added.approver) == (4, None)
    with pytest.raises(Refused, match="already has an inject 2"):
        commands.add_inject(room.store, room.act(), inject=inject(1, drill=made.id), number=2)


def test_moving_shifting_and_renumbering_keep_approvals(room: DutyRoom) -> None:
    made = room.planned(4)
    last = lines(room, made.id)[3]
    assert commands.move_inject(room.store, room.act(), inject=last, place=0) == 4
    assert [line.number for line in lines(room, made.id)] == [4, 1, 2, 3]
    assert commands.renumber_injects(room.store, room.act(), drill=made.id) == 4
    assert commands.shift_injects(room.store, room.act(), drill=made.id, from_offset=1200, seconds=90) == 2
    after = lines(room, made.id)
    assert [(line.number, line.offset) for line in after] == [(1, 0), (2, 600), (3, 1290), (4, 1890)]
    assert not injects.unapproved(after)


def test_a_line_serves_an_objective_that_the_drill_has(room: DutyRoom) -> None:
    made = room.planned(0)
    with pytest.raises(Refused, match=r"has no objective sing\. It has: warn, move, call"):
        commands.add_inject(room.store, room.act(), inject=inject(1, drill=made.id, objective="sing"))


def test_an_objective_in_use_is_not_dropped(room: DutyRoom) -> None:
    made = room.planned(1)
    only = (Objective(id="move", text="Move people", capability="shelter"),)
    with pytest.raises(Refused, match=r"still serves the objective warn \(.+\)"):
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, objectives=only))


def test_a_drill_is_changed_field_by_field(room: DutyRoom) -> None:
    made = room.planned(0)
    changed = commands.change_drill(
        room.store, room.act(), seen=made, wanted=drill(id="other", place="Liu village", name="New")
    )
    assert (changed.id, changed.place, changed.name) == (made.id, "Liu village", "New")


def test_in_a_run_only_what_has_not_come_can_be_changed(room: DutyRoom) -> None:
    made = room.running(2)
    commands.release_inject(room.store, room.act(), drill=made.id, number=1)
    first, second = lines(room, made.id)
    with pytest.raises(Refused, match="Inject 1 has already come"):
        commands.change_inject(room.store, room.act(), seen=first, wanted=replace(first, text="x"))
    commands.change_inject(room.store, room.act(), seen=second, wanted=replace(second, text="x"))
    with pytest.raises(Refused, match="nothing more"):
        commands.release_inject(room.store, room.act(), drill=made.id, number=2)
    with pytest.raises(Refused, match="defer single injects"):
        commands.shift_injects(room.store, room.act(), drill=made.id, from_offset=0, seconds=60)


def test_a_removed_line_is_gone_from_the_script_and_stays_in_the_journal(room: DutyRoom) -> None:
    made = room.planned(2)
    commands.remove_inject(room.store, room.act(), seen=lines(room, made.id)[0])
    assert [line.number for line in lines(room, made.id)] == [2]
    assert next(room.store.entries_backwards()).changes[0].before is not None


def test_an_approved_line_keeps_who_approved_it_first(room: DutyRoom) -> None:
    made = room.planned(2)
    with room.store.transaction(room.act(), "another leader") as tx:
        tx.add(Person(id="P8", name="Guo Tao", unit="U1", roles=(Role.LEADER,)))
    commands.add_inject(room.store, room.act(), inject=inject(3, 30, drill=made.id))
    with pytest.raises(Refused, match="Inject 2 is approved already, by Sun Wei"):
        commands.approve_injects(room.store, room.act("P8"), drill=made.id, numbers=(3, 2))
    assert [line.approver for line in lines(room, made.id)] == ["P9", "P9", None]


def test_another_start_of_an_approved_drill_needs_its_reason_as_postponing_does(room: DutyRoom) -> None:
    made, later = room.planned(1), START + timedelta(days=7)
    with pytest.raises(Invalid, match="Say why"):
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, starts_at=later))
    past = replace(made, starts_at=room.clock.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="That time has passed"):
        commands.change_drill(room.store, room.act(), seen=made, wanted=past, reason="hall is taken")
    moved = commands.change_drill(
        room.store, room.act(), seen=made, wanted=replace(made, starts_at=later), reason="hall is taken"
    )
    assert (moved.starts_at, moved.state_reason) == (later, "hall is taken")
    named = commands.change_drill(room.store, room.act(), seen=moved, wanted=replace(moved, name="Other"))
    assert named.state_reason == "hall is taken"


def test_a_length_no_clock_can_hold_is_refused_at_its_field(room: DutyRoom) -> None:
    made = room.planned(0)
    with pytest.raises(Invalid) as refused:
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, minutes=99_999_999_999))
    assert set(refused.value.problems) == {"minutes"}


def test_a_drill_that_nobody_has_approved_is_moved_freely(room: DutyRoom) -> None:
    made = room.planned(0)
    commands.add_inject(room.store, room.act(), inject=inject(1, drill=made.id))
    later = START + timedelta(days=7)
    assert (
        commands.change_drill(room.store, room.act(), seen=made, wanted=replace(made, starts_at=later)).starts_at
        == later
    )


def test_another_time_asks_anew_whether_it_is_held_under_a_level(room: DutyRoom) -> None:
    made = room.planned(1)
    with room.store.transaction(room.act(), "kept") as tx:
        kept = tx.change(made, kept_under="III", state_reason="small")
    wanted = replace(kept, starts_at=START + timedelta(days=7))
    moved = commands.change_drill(room.store, room.act(), seen=kept, wanted=wanted, reason="hall")
    assert moved.kept_under == ""


def test_another_time_of_a_drill_that_nobody_has_approved_drops_what_was_said_of_the_old_one(room: DutyRoom) -> None:
    """The reason of an earlier postponement, and the decision to hold it under a level, spoke of another time."""
    made = room.planned(0)
    with room.store.transaction(room.act(), "kept") as tx:
        kept = tx.change(made, kept_under="III", state_reason="small")
    wanted = replace(kept, starts_at=START + timedelta(days=7))
    moved = commands.change_drill(room.store, room.act(), seen=kept, wanted=wanted)
    assert (moved.kept_under, moved.state_reason) == ("", "")


def test_a_line_is_watched_by_somebody_of_the_staff(room: DutyRoom) -> None:
    made = room.planned(1)
    with pytest.raises(Refused, match="There is no person zz"):
        commands.add_inject(room.store, room.act(), inject=inject(2, drill=made.id, evaluator="zz"))
    seen = lines(room, made.id)[0]
    with pytest.raises(Refused, match="There is no person zz"):
        commands.change_inject(room.store, room.act(), seen=seen, wanted=replace(seen, evaluator="zz"))
