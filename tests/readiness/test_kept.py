from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from floodready.duty.coverage import gaps
from floodready.duty.resolver import timeline
from floodready.duty.roster import plan_of
from floodready.readiness import gathering
from floodready.readiness.assembly import readiness
from floodready.readiness.duty_ahead import AHEAD, roster_from
from floodready.readiness.gathering import Gathered, Part, gathered, speaking
from floodready.readiness.kept import KeptReadiness
from floodready.refusal import Refused
from floodready.store.backup import back_up, restore
from floodready.store.contract import Act
from tests.readiness.acts import (
    CITY,
    Acting,
    leave,
    leave_withdrawn,
    level,
    make_room,
    phone,
    post_check,
    reading,
    receipt,
    removal_from_duty,
    retirement,
    task,
    warning,
)
from tests.readiness.more_acts import EVERY_ACT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "store"
    make_room(folder)
    return folder


def room_of(made: Path, folder: Path, seed: int) -> Acting:
    shutil.copytree(made, folder)
    return Acting(folder, Random(seed))


@pytest.mark.parametrize("seed", range(8))
def test_the_kept_answer_is_the_answer_from_nothing_after_every_act_of_any_pillar(
    made: Path, tmp_path: Path, seed: int
) -> None:
    room = room_of(made, tmp_path / "store", seed)
    with room.store as store:
        warm = KeptReadiness(store, room.zone)
        for _ in range(30):
            done = room.do_something(EVERY_ACT)
            at = room.clock.now()
            assert warm.readiness(at) == readiness(store, at, room.zone), done


@pytest.mark.parametrize("seed", range(4))
def test_lines_read_the_same_at_every_instant_until_the_one_named(made: Path, tmp_path: Path, seed: int) -> None:
    room = room_of(made, tmp_path / "store", seed)
    with room.store as store:
        for _ in range(12):
            room.do_something(EVERY_ACT)
            at = room.clock.now()
            for name in speaking(store):
                parts = gathered(name, store, at, room.zone)
                last = min(part.until for part in parts.values()) - timedelta(microseconds=1)
                for moment in (at, at + (last - at) * room.random.random(), last):
                    later = gathered(name, store, moment, room.zone)
                    for part, then in parts.items():
                        assert later[part].lines == then.lines, (name, part, at, moment)
                for part, then in parts.items():
                    moment = then.until - timedelta(microseconds=1)
                    assert gathered(name, store, moment, room.zone)[part].lines == then.lines, (name, part, moment)


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        (receipt, {"anlan"}),
        (task, {"all"}),
        (phone, {"chain/", "phones/", "all"}),
        (post_check, {"checks/anlan", "all"}),
        (warning, {"warnings/anlan", "level/anlan", "posts/anlan"}),
        (reading, {"stations/", "level/", "reports/", "posts/"}),
    ],
)
def test_only_the_parts_that_read_what_changed_are_asked_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Acting], None], asked: set[str]
) -> None:
    room = room_of(made, tmp_path / "store", 0)
    noted: list[str] = []
    ask = gathering._asked

    def noting(part: Part, *words: object) -> Gathered:
        noted.append(part.name)
        return ask(part, *words)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(gathering, "_asked", noting)
    with room.store as store:
        warm = KeptReadiness(store, room.zone)
        warm.lines(room.clock.now())
        noted.clear()
        warm.lines(room.clock.now())
        assert noted == []
        act(room)
        warm.lines(room.clock.now())
        assert noted
        assert {one for one in noted if not one.startswith(tuple(asked))} == set(), noted


@pytest.mark.parametrize("seed", range(3))
def test_a_roster_taken_over_in_pieces_has_the_gaps_of_one_resolved_at_once(
    made: Path, tmp_path: Path, seed: int
) -> None:
    room = room_of(made, tmp_path / "store", seed)
    since = room.clock.now()
    with room.store as store:
        for _ in range(25):
            with suppress(Refused):
                room.random.choice([leave, leave, leave_withdrawn, removal_from_duty, level, retirement])(room)
            plan = plan_of(store, CITY, room.zone)
            roster, at_once = roster_from(plan, since), gaps(plan, since, since + AHEAD)
            ends = since, since + AHEAD
            assert [replace(gap, start=max(gap.start, ends[0]), end=min(gap.end, ends[1])) for gap in roster.gaps] == (
                at_once
            )
            assert set(roster.near) == {span.person for span in timeline(plan, since, since + AHEAD).spans}


def test_another_history_in_the_same_folder_is_answered_from_nothing(made: Path, tmp_path: Path) -> None:
    room = room_of(made, tmp_path / "store", 0)
    with room.store as store:
        saved = tmp_path / "saved.backup"
        back_up(store, saved)
        warm = KeptReadiness(store, room.zone)
        reading(room)
        warm.lines(room.clock.now())
        restore(store.folder, saved, Act(person="he", terminal="test"), clock=room.clock)
        store.refresh()
        reading(room)
        receipt(room)
        at = room.clock.now()
        assert warm.readiness(at) == readiness(store, at, room.zone)
