from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from floodready.codec import decode, encode
from floodready.frozen import defaults_of
from floodready.readiness import duty_ahead, gathering, kept_on_disk, saved
from floodready.readiness.assembly import Readiness, gather, readiness
from floodready.readiness.gathering import Gathered, Part
from floodready.readiness.kept import KeptReadiness
from floodready.readiness.line import Line, LineStatus
from floodready.readiness.saved_line import saved_line
from floodready.store.backup import back_up, restore
from floodready.store.contract import Act
from floodready.store.upkeep import keep_up
from tests.readiness.acts import Acting, make_room, phone, reading, receipt
from tests.readiness.more_acts import EVERY_ACT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "store"
    make_room(folder)
    return folder


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Iterable[Acting]:
    shutil.copytree(made, tmp_path / "store")
    acting = Acting(tmp_path / "store", Random(3))
    with acting.store:
        yield acting


def told(answer: Readiness) -> list[Any]:
    """Everything of an answer as people and machines are told it."""
    statuses = [status for unit in answer.units for status in unit.lines()]
    return [str(answer.headline), str(answer.counts), answer.colour, answer.progress, answer.until,
            *map(_told, statuses), *map(_told, answer.wrong)]  # fmt: skip


def _told(status: LineStatus) -> tuple[Any, ...]:
    line = status.line
    signals = [(one.colour, str(one.cause), str(one.act), one.since, one.until) for one in line.signals]
    return (line.id, line.unit, line.site, line.capability, line.importance, line.kind, str(line.subject), line.opens,
            status.colour, str(status.cause), str(status.act), status.until, signals, str(line.good),
            [str(one) for one in line.explanation])  # fmt: skip


def answered(room: Acting, at: datetime) -> Readiness:
    """Answer as the next program start would, and save what it knows then."""
    kept = KeptReadiness(room.store, room.zone, *kept_on_disk.kept_on_disk(room.store))
    answer = kept.readiness(at)
    kept_on_disk.keep_on_disk(room.store, kept)
    return answer


@pytest.mark.parametrize("seed", range(3))
def test_each_start_after_any_act_answers_as_from_nothing(room: Acting, seed: int) -> None:
    room.random.seed(seed)
    for _ in range(20):
        done = room.do_something(EVERY_ACT)
        if room.random.random() < 0.1:
            keep_up(room.store)
        at = room.clock.now()
        assert told(answered(room, at)) == told(readiness(room.store, at, room.zone)), done


def test_a_saved_line_reads_as_it_was(room: Acting) -> None:
    seen = set()
    for _ in range(30):
        room.do_something(EVERY_ACT)
        for line in gather(room.store, room.clock.now(), room.zone):
            raw = orjson.loads(orjson.dumps(encode(replace(line, overridings=())), default=str))
            saved = saved_line(raw)
            whole = decode(Line, raw)
            for one, other in [(whole, saved), *zip(whole.signals, saved.signals, strict=True)]:
                for name in defaults_of(type(one)):
                    if name != "signals":
                        assert getattr(other, name) == getattr(one, name)
            seen |= {name for name, default in defaults_of(Line).items() if getattr(whole, name) != default}
            assert [one.id for one in replace(saved, overridings=line.overridings).overridings] == [
                one.id for one in line.overridings
            ]
    assert seen >= {"signals", "explanation", "evidence", "opens", "good_later"}


def test_only_what_an_entry_touched_is_asked_at_the_next_start(room: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = gathering._asked

    def noting(part: Part, *words: object) -> Gathered:
        asked.append(part.name)
        return ask(part, *words)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(gathering, "_asked", noting)
    answered(room, room.clock.now())
    asked.clear()
    answered(room, room.clock.now())
    assert asked == []
    receipt(room)
    answered(room, room.clock.now())
    assert asked == ["anlan"]


@pytest.mark.parametrize("act", [reading, phone])
def test_who_stands_when_is_not_worked_out_again_after_an_entry_that_does_not_touch_it(
    room: Acting, monkeypatch: pytest.MonkeyPatch, act: Callable[[Acting], None]
) -> None:
    answered(room, room.clock.now())
    act(room)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(duty_ahead, "_piece", never)
    answered(room, room.clock.now())


def test_what_another_history_said_is_not_said_again(room: Acting, tmp_path: Path) -> None:
    store = room.store
    copy = tmp_path / "copy.backup"
    back_up(store, copy)
    phone(room)
    answered(room, room.clock.now())
    restore(store.folder, copy, Act(person="he", terminal="test"), clock=room.clock)
    store.refresh()
    assert kept_on_disk.kept_on_disk(store).sources == {}
    reading(room)
    phone(room)
    assert kept_on_disk.kept_on_disk(store).sources == {}


@pytest.mark.parametrize("place", [0, 9, 700, -3])
def test_damage_is_as_if_nothing_were_saved(room: Acting, place: int) -> None:
    answered(room, room.clock.now())
    file = room.store.folder / kept_on_disk.NAME
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert kept_on_disk.kept_on_disk(room.store).sources == {}


def test_another_program_begins_from_nothing(room: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(room, room.clock.now())
    assert kept_on_disk.kept_on_disk(room.store).sources
    monkeypatch.setattr(saved, "_program", ["other"])
    assert kept_on_disk.kept_on_disk(room.store).sources == {}
