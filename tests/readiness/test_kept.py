from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from floodready.readiness import kept
from floodready.readiness.assembly import readiness
from floodready.readiness.gathering import gathered, speaking
from floodready.readiness.kept import KeptReadiness
from floodready.store.backup import back_up, restore
from floodready.store.contract import Act
from tests.readiness.acts import Acting, make_room, reading, receipt


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
            done = room.do_something()
            at = room.clock.now()
            assert warm.readiness(at) == readiness(store, at, room.zone), done


@pytest.mark.parametrize("seed", range(4))
def test_lines_read_the_same_at_every_instant_until_the_one_named(made: Path, tmp_path: Path, seed: int) -> None:
    room = room_of(made, tmp_path / "store", seed)
    with room.store as store:
        for _ in range(12):
            room.do_something()
            at = room.clock.now()
            for name in speaking(store):
                part = gathered(name, store, at, room.zone)
                last = part.until - timedelta(microseconds=1)
                for moment in (at, at + (last - at) * room.random.random(), last):
                    assert gathered(name, store, moment, room.zone).lines == part.lines, (name, at, moment)


def test_only_the_pillars_that_read_what_changed_are_asked_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_of(made, tmp_path / "store", 0)
    asked: list[str] = []

    def noting(name: str, *words: object) -> object:
        asked.append(name)
        return gathered(name, *words)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(kept, "gathered", noting)
    with room.store as store:
        warm = KeptReadiness(store, room.zone)
        warm.lines(room.clock.now())
        asked.clear()
        warm.lines(room.clock.now())
        assert asked == []
        receipt(room)
        warm.lines(room.clock.now())
        assert asked == ["materials"]


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
