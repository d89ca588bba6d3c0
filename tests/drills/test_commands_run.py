from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floodready.clock import FixedClock
from floodready.command import undo_entry
from floodready.drills import commands, reading, run_clock
from floodready.drills.models import DrillState, InjectStatus
from floodready.drills.run_models import Delivery, Finding, Observation, Rating, Run
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.store.journal_store import JournalStore
from tests.drills.conftest import DutyRoom
from tests.drills.scenes import at, drill, inject, observation


def seen(id: str, **fields: Any) -> Observation:
    return observation("new", drill=id, run="-", **fields)


def statuses(room: DutyRoom, id: str) -> dict[int, InjectStatus]:
    run = reading.latest_run(room.store, id)
    assert run is not None
    found = run_clock.slots(run, reading.script(room.store, id), reading.deliveries(room.store, run), room.clock.now())
    return {slot.inject.number: slot.status for slot in found}


def test_a_drill_does_not_start_while_a_line_is_not_approved(room: DutyRoom) -> None:
    made = room.planned(2)
    commands.add_inject(room.store, room.act(), inject=inject(1, drill=made.id))
    with pytest.raises(Refused, match="Not approved yet: inject 3"):
        commands.start_run(room.store, room.act(), drill=made.id)


def test_a_drill_starts_once(room: DutyRoom) -> None:
    made = room.running()
    with pytest.raises(Refused, match="has been started already, by Li Min"):
        commands.start_run(room.store, room.act(), drill=made.id)


def test_the_clock_comes_back_right_after_a_kill_in_the_middle_of_the_run(room: DutyRoom) -> None:
    made = room.running()
    room.at(7)
    commands.pause_run(room.store, room.act(), drill=made.id, reason="traffic")
    # The program is gone without a word; another one opens the folder half an hour later.
    with JournalStore.open(room.store.folder, clock=FixedClock(at(37))) as again:
        run = reading.latest_run(again, made.id)
        assert run is not None
        assert run_clock.paused(run, at(37)) is not None
        assert run_clock.elapsed(run, at(37)) == timedelta(minutes=7)
        commands.resume_run(again, room.act(), drill=made.id)
    room.store.refresh()
    resumed = reading.latest_run(room.store, made.id)
    assert resumed is not None
    assert run_clock.elapsed(resumed, at(40)) == timedelta(minutes=10)


def test_release_done_defer_and_miss_keep_their_instants(room: DutyRoom) -> None:
    made = room.running()
    room.at(1)
    released = commands.release_inject(room.store, room.act(), drill=made.id, number=1)
    room.at(4)
    done = commands.settle_inject(
        room.store, room.act("P2"), drill=made.id, number=1, status=InjectStatus.DONE, note="radio"
    )
    deferred = commands.defer_inject(room.store, room.act(), drill=made.id, number=2, seconds=300)
    commands.settle_inject(room.store, room.act(), drill=made.id, number=3, status=InjectStatus.MISSED)
    assert released.released_at == at(1)
    assert (done.released_at, done.settled_at, done.by, done.note) == (at(1), at(4), "P2", "radio")
    assert deferred.deferred_to == 900
    assert statuses(room, made.id) == {
        1: InjectStatus.DONE,
        2: InjectStatus.DEFERRED,
        3: InjectStatus.MISSED,
    }


def test_what_is_deferred_after_its_time_comes_later_than_now(room: DutyRoom) -> None:
    made = room.running()
    room.at(30)
    assert commands.defer_inject(room.store, room.act(), drill=made.id, number=1, seconds=60).deferred_to == 31 * 60


def test_two_terminals_release_one_line_once(room: DutyRoom) -> None:
    made = room.running()
    with JournalStore.open(room.store.folder, clock=room.clock) as other:
        commands.release_inject(other, room.act("P2"), drill=made.id, number=1)
        with pytest.raises(Refused, match="Wang Fang was quicker: inject 1 is released already"):
            commands.release_inject(room.store, room.act(), drill=made.id, number=1)


def test_two_terminals_defer_one_line_once(room: DutyRoom) -> None:
    made = room.running()
    stood = 600
    with JournalStore.open(room.store.folder, clock=room.clock) as other:
        first = commands.defer_inject(other, room.act("P2"), drill=made.id, number=2, seconds=300, stood=stood)
        with pytest.raises(Superseded, match="Wang Fang deferred inject 2 meanwhile"):
            commands.defer_inject(room.store, room.act(), drill=made.id, number=2, seconds=300, stood=stood)
        assert first.deferred_to == 900
        again = commands.defer_inject(room.store, room.act(), drill=made.id, number=2, seconds=300, stood=900)
        assert again.deferred_to == 1200, "once more on purpose"


def test_a_reset_makes_a_new_run_and_deletes_nothing(room: DutyRoom) -> None:
    made = room.running()
    commands.release_inject(room.store, room.act(), drill=made.id, number=1)
    kept = commands.observe(room.store, room.act("P2"), observation=seen(made.id, rating=Rating.UNABLE), inject=1)
    room.at(20)
    with pytest.raises(Refused, match="Say why"):
        commands.reset_run(room.store, room.act(), drill=made.id, reason="")
    second = commands.reset_run(room.store, room.act(), drill=made.id, reason="radio was down")
    assert (second.number, run_clock.elapsed(second, at(25))) == (2, timedelta(minutes=5))
    assert statuses(room, made.id)[1] is InjectStatus.APPROVED
    assert room.store.get(Observation, kept.id) == kept
    assert reading.observations(room.store, made.id) == []
    assert [run.reset for run in room.store.find(Run, drill=made.id)] == [True, False]


def test_finishing_holds_the_drill_and_marks_what_never_came(room: DutyRoom) -> None:
    made = room.running()
    commands.release_inject(room.store, room.act(), drill=made.id, number=1)
    commands.pause_run(room.store, room.act(), drill=made.id)
    room.at(50)
    run = commands.finish_run(room.store, room.act(), drill=made.id)
    assert reading.the_drill(room.store, made.id).state is DrillState.HELD
    assert run.pauses[-1].until_at == run.finished_at == at(50)
    assert statuses(room, made.id) == {
        1: InjectStatus.RELEASED,
        2: InjectStatus.MISSED,
        3: InjectStatus.MISSED,
    }
    with pytest.raises(Refused, match="is over, or cancelled"):
        commands.release_inject(room.store, room.act(), drill=made.id, number=2)


def test_a_deferred_line_that_never_came_is_missed_too(room: DutyRoom) -> None:
    made = room.running()
    commands.defer_inject(room.store, room.act(), drill=made.id, number=1, seconds=600, note="road is cut")
    room.at(50)
    commands.finish_run(room.store, room.act(), drill=made.id)
    run = reading.latest_run(room.store, made.id)
    assert run is not None
    first = next(
        d for d in reading.deliveries(room.store, run) if d.inject == reading.the_inject(room.store, made.id, 1).id
    )
    assert (first.status, first.deferred_to, first.note) == (InjectStatus.MISSED, 600, "road is cut")


def test_what_an_evaluator_saw_is_theirs_with_its_time(room: DutyRoom) -> None:
    made = room.running()
    room.at(3)
    written = commands.observe(room.store, room.act("P2"), observation=seen(made.id, rating=Rating.PERFORMED), inject=1)
    assert (written.evaluator, written.seen_at, written.objective) == ("P2", at(3), "warn")
    with pytest.raises(Refused, match="Only your own"):
        commands.observe(room.store, room.act("P3"), observation=seen(made.id, replaces=written.id), inject=1)
    better = commands.observe(
        room.store, room.act("P2"), observation=seen(made.id, replaces=written.id, rating=Rating.UNABLE), inject=1
    )
    assert better.replaces == written.id


def test_only_those_who_evaluate_the_drill_observe_it(room: DutyRoom) -> None:
    made = room.running(participants=drill().participants[:2])
    with pytest.raises(NotAllowed, match="does not evaluate"):
        commands.observe(room.store, room.act("P3"), observation=seen(made.id), inject=1)


def test_an_observation_may_be_written_after_the_run(room: DutyRoom) -> None:
    made = room.running()
    commands.finish_run(room.store, room.act(), drill=made.id)
    late = commands.observe(
        room.store, room.act("P2"), observation=seen(made.id, objective="move", finding=Finding.WEAKNESS)
    )
    assert late in reading.observations(room.store, made.id)


def test_a_release_by_mistake_is_undone(room: DutyRoom) -> None:
    made = room.running()
    commands.release_inject(room.store, room.act(), drill=made.id, number=1)
    undo_entry(room.store, room.act(), next(room.store.entries_backwards()))
    assert statuses(room, made.id)[1] is InjectStatus.APPROVED
    assert room.store.count(Delivery) == 0
