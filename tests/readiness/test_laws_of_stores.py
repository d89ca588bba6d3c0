"""The laws of readiness over stores in which any act of any pillar was done, in any order."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.clock import start_of
from floodready.readiness.assembly import gather, readiness
from floodready.readiness.forecast import forecast
from floodready.readiness.gathering import gathered, speaking
from floodready.readiness.line import Colour, Kind, LineStatus, status_of
from floodready.refusal import Refused
from tests.readiness.acts import Acting, make_room
from tests.readiness.more_acts import EVERY_ACT, swap

SEEDS = st.integers(0, 1_000_000)
NOBODY_WRITES = frozenset({"organisation.units"})
"""Tables that lines read, and that stand as they are in all these stores."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws") / "store"
    make_room(folder)
    return folder


def lived_in(made: Path, folder: str, seed: int, acts: int) -> Acting:
    """Give a store in which so many random acts were tried."""
    room = Acting(Path(shutil.copytree(made, Path(folder) / "store")), Random(seed))
    for _ in range(acts):
        room.do_something(EVERY_ACT)
    return room


def told(status: LineStatus) -> tuple[Colour, str, str]:
    """Give what is read of a line; reports that are still to come are told together, not by their names."""
    if status.line.kind is Kind.REPORT:
        return status.colour, "", ""
    return status.colour, str(status.cause), str(status.act or "")


@settings(max_examples=6)
@given(SEEDS, st.lists(st.integers(1, 380), min_size=2, max_size=2))
def test_a_day_ahead_reads_today_as_it_will_on_that_day_if_nothing_is_done(
    made: Path, seed: int, ahead: list[int]
) -> None:
    with TemporaryDirectory() as folder, (room := lived_in(made, folder, seed, 40)).store as store:
        now, zone = room.clock.now(), store.zone
        today = {line.id: line for line in gather(store, now, zone)}
        days = {day.on: day for day in forecast(list(today.values()), now, room.today() + timedelta(380), zone)}
        assert days[room.today()].colour is readiness(store, now, zone).colour
        for number in ahead:
            on = room.today() + timedelta(number)
            at = start_of(on, zone)
            then = {line.id: told(status_of(line, at)) for line in gather(store, at, zone)}
            assert {id: told(status_of(today[id], at)) for id in then} == then
            gone = [line for line in today.values() if line.id not in then]
            assert {status_of(line, at).colour for line in gone} <= {Colour.GREEN}, "what ended asks nothing more"
            assert days[on].colour is readiness(store, at, zone).colour


def test_every_table_that_any_line_reads_changes_in_these_stores(made: Path) -> None:
    with TemporaryDirectory() as folder, (room := lived_in(made, folder, 1, 0)).store as store:
        for _ in range(20):
            for act in (swap, swap, *EVERY_ACT):
                with suppress(Refused):
                    act(room)
            if not (unchanged := read_tables(room) - written_tables(room) - NOBODY_WRITES):
                break
        assert not unchanged, store.seq


def written_tables(room: Acting) -> set[str]:
    return {change.table for entry in room.store.entries() for change in entry.changes if entry.terminal == "test"}


def read_tables(room: Acting) -> set[str]:
    store = room.store
    return {
        table
        for name in speaking(store)
        for part in gathered(name, store, room.clock.now(), store.zone).values()
        for table, _, _ in part.reads
    }
