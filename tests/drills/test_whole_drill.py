from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from floodready.clock import FixedClock
from floodready.drills import commands, reading
from floodready.drills.book import book
from floodready.drills.run_clock import elapsed
from floodready.drills.run_models import Rating, Run
from floodready.store.journal_store import JournalStore
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import at

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
