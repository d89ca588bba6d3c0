from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.drills import commands, reading
from floodready.drills.book import book
from floodready.drills.models import Cadence, InjectStatus
from floodready.drills.owed import Standing
from floodready.drills.run_clock import elapsed
from floodready.drills.run_models import Answer, Rating, Run
from floodready.drills.views_year import owed_rows
from floodready.exchange.drill_reports import after_action_report
from floodready.exchange.paper import as_markdown
from floodready.refusal import Refused
from floodready.store.journal_store import JournalStore
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import START, at

ROOT = Path(__file__).parents[2]


def evaluator(room: DutyRoom, person: str, drill: str, rating: Rating, count: int) -> subprocess.Popen[str]:
    words = [str(room.store.folder), person, drill, rating.value, str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.drills.evaluator", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def ended(program: subprocess.Popen[str]) -> int:
    program.communicate()
    return program.returncode


def test_a_program_killed_in_the_middle_of_a_run_loses_nothing_it_had_confirmed(room: DutyRoom) -> None:
    made = room.running()
    room.at(10)
    commands.pause_run(room.store, room.act(), drill=made.id)
    killed = evaluator(room, "P2", made.id, Rating.PERFORMED, 10_000)
    assert killed.stdout is not None
    confirmed = [killed.stdout.readline() for _ in range(5)]
    killed.kill()
    rest = killed.communicate()[0]
    told = len(confirmed) + rest.count("\n")
    with JournalStore.open(room.store.folder, clock=FixedClock(at(40))) as again:
        kept = reading.observations(again, made.id)
        assert len(kept) >= told >= 5
        assert [o.text for o in kept] == [f"P2 saw {number}" for number in range(len(kept))]
        run = commands.resume_run(again, room.act(), drill=made.id)
        assert elapsed(run, at(45)) == timedelta(minutes=15)


def test_a_whole_drill_from_the_obligation_to_the_next_drills_question(room: DutyRoom) -> None:
    act, store = room.act, room.store
    cadence = Cadence(anchor_on=date(2026, 6, 1))
    owed = commands.oblige(store, act(), unit="U1", plan="Dike breach", cadence=cadence, source="art. 8", zone=ZONE)
    made = room.planned(3)
    commands.assign_drill(store, act(), obligation=owed.id, scheduled_on=date(2026, 6, 1), drill=made.id)
    room.at(0)
    commands.start_run(store, act(), drill=made.id)
    programs = [
        evaluator(room, "P2", made.id, Rating.SOME_CHALLENGES, 4),
        evaluator(room, "P3", made.id, Rating.UNABLE, 1),
    ]
    for pause, number in ((5, 1), (20, 2)):
        room.at(pause)
        commands.release_inject(store, act(), drill=made.id, number=number)
        commands.pause_run(store, act(), drill=made.id)
        room.at(pause + 5)
        commands.resume_run(store, act(), drill=made.id)
        commands.settle_inject(store, act(), drill=made.id, number=number, status=InjectStatus.DONE)
    assert [ended(program) for program in programs] == [0, 0]
    room.at(30)
    run = commands.finish_run(store, act(), drill=made.id)
    assert elapsed(run, at(99)) == timedelta(minutes=20)

    found = book(store, made.id, ZONE)
    assert [rated.rating for rated in found.ratings.capabilities] == [Rating.UNABLE, None]
    assert [slot.status for slot in found.slots(at(30))] == [InjectStatus.DONE, InjectStatus.DONE, InjectStatus.MISSED]
    commands.write_evaluation(store, act(), drill=made.id, text="Radio failed.")
    commands.file_summary(store, act(), drill=made.id, summary="Radio failed.")
    with pytest.raises(Refused, match="has no corrective action"):
        commands.close_drill(store, act(), drill=made.id)
    (weakness,) = found.weaknesses
    commands.open_action(
        store, act(), observation=weakness.id, action="New list", owner="P3", due_on=date(2026, 6, 10), zone=ZONE
    )
    commands.close_drill(store, act(), drill=made.id)
    assert owed_rows(store, date(2026, 1, 1), date(2027, 1, 1), at(31), ZONE)[0].standing is Standing.DONE
    report = as_markdown(after_action_report(book(store, made.id, ZONE)))
    assert "New list" in report
    assert "2026-06-10" in report

    following = room.planned(1, starts_at=START + timedelta(days=365))
    with pytest.raises(Refused, match=rf"left actions: {weakness.id} \(New list"):
        commands.start_run(store, act(), drill=following.id)
    commands.answer_follow_up(store, act(), drill=following.id, observation=weakness.id, answer=Answer.IMPLEMENTED)
    commands.start_run(store, act(), drill=following.id)


def test_two_evaluators_at_once_with_two_pauses_and_a_reset_lose_nothing(room: DutyRoom) -> None:
    made = room.running(3)
    programs = [
        evaluator(room, "P2", made.id, Rating.SOME_CHALLENGES, 25),
        evaluator(room, "P3", made.id, Rating.UNABLE, 25),
    ]
    for minute in (11, 14):
        room.at(minute)
        commands.pause_run(room.store, room.act(), drill=made.id)
        room.at(minute + 2)
        commands.resume_run(room.store, room.act(), drill=made.id)
    assert [ended(program) for program in programs] == [0, 0]
    room.store.refresh()
    found = book(room.store, made.id, ZONE)
    for person in ("P2", "P3"):
        texts = [o.text for o in found.observations if o.evaluator == person]
        assert texts == [f"{person} saw {number}" for number in range(25)]
    assert found.run is not None
    assert elapsed(found.run, at(30)) == timedelta(minutes=26)
    assert found.ratings.objectives[0].rating is Rating.UNABLE
    commands.reset_run(room.store, room.act(), drill=made.id, reason="again")
    run = next(iter(room.store.find(Run, drill=made.id)))
    assert sum(o.run == run.id for o in found.observations) == 50
