"""The duty calendar, the gap list: by keyboard, and what they look like."""

from __future__ import annotations

import asyncio
import threading
from datetime import date

import pytest

from floodready.duty.calendar import calendar_of
from floodready.duty.commands import enter_leave
from floodready.duty.models import Override, OverrideKind
from floodready.tui.screens.duty.post_grid import PostGrid
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at
from tests.duty.test_screens import app_for
from tests.tui.conftest import feed, press, quiet, settle, text


def ding_is_away(room: Room) -> None:
    start, end = at("2026-07-04 08:00"), at("2026-07-05 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)


def test_a_turn_stands_on_the_day_on_which_it_begins_and_a_gap_on_every_day_it_touches(room: Room) -> None:
    ding_is_away(room)
    held = calendar_of(room.store, "U", date(2026, 7, 1), 31, SHANGHAI, room.clock.instant)
    assert held.posts == ("Leader in charge", "Duty officer")
    by_day = {day.day.day: day.cells[1] for day in held.days}
    assert [row.person for row in by_day[7].begun] == ["ding", "fang"]
    assert [row.person for row in by_day[4].begun] == ["fang"]
    assert [bool(by_day[day].gaps) for day in (3, 4, 5, 6)] == [False, True, True, False]
    assert len(held.days) == 31


def test_days_before_the_first_rota_are_no_gaps_but_the_days_until_one_begins_are(room: Room) -> None:
    held = calendar_of(room.store, "U", date(2026, 6, 1), 31, SHANGHAI, room.clock.instant)
    assert not any(cell.gaps for day in held.days for cell in day.cells), "nobody kept a roster of those days here"

    unpublished = at("2026-06-20 09:00")
    held = calendar_of(room.store, "U", date(2026, 6, 1), 31, SHANGHAI, unpublished)
    assert [day.day.day for day in held.days if day.cells[0].gaps] == [*range(20, 31), 1]
    assert held.days[19].cells[0].gaps[0].start == unpublished


async def test_the_calendar_moves_by_day_week_and_month_and_a_gap_is_filled_in_its_place(room: Room) -> None:
    ding_is_away(room)
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "m")
        assert "2026-07-01 to 2026-07-31" in text(app)
        assert "✘ 1 missing; on: Fang" in text(app)
        await press(pilot, "right_square_bracket", "pagedown")
        assert "2026-08-01 to 2026-08-31" in text(app)
        assert app.screen.query_one(PostGrid).day == date(2026, 8, 8)
        await press(pilot, "t", "m")
        assert "2026-06-29 to 2026-07-05" in text(app)
        await press(pilot, "down", "down", "down", "right", "enter")
        assert "Ding is on leave" in text(app)
        await press(pilot, "ctrl+s")
        (made,) = room.store.all(Override)
        assert (made.by, made.from_at) == ("lu", at("2026-07-04 08:00"))
        assert "Fang, Lu" in text(app)


async def test_keys_before_the_calendar_is_read_move_in_it_and_open_the_seat(room: Room) -> None:
    app = app_for(room, "pan")
    gate = threading.Event()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        before = asyncio.create_task(app.room.runner.read(lambda: gate.wait(10)))
        await asyncio.sleep(0)
        feed(app, "m", "right", "down", "enter")
        await quiet(app)
        gate.set()
        await before
        await settle(pilot)
        assert "Duty officer, 2026-07-02" in text(app)


async def test_a_seat_says_why_and_takes_somebody_else(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "m", "down", "down", "right", "enter")
        assert "Jia: rotation" in text(app)
        await press(pilot, "enter", *"lu", "ctrl+s")
        await settle(pilot)
        (made,) = room.store.all(Override)
        assert (made.kind, made.person, made.by) == (OverrideKind.REPLACE, "jia", "lu")


async def test_one_key_in_the_gap_list_fills_the_gap(room: Room) -> None:
    ding_is_away(room)
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "a")
        assert "Lu, Pan" in text(app)
        await press(pilot, "space")
        (made,) = room.store.all(Override)
        assert made.by == "lu"
        assert "No gap for a month" in text(app)


@pytest.mark.parametrize("keys", [("m",), ("m", "m"), ("a",)])
async def test_the_new_screens_fit_80_columns(room: Room, keys: tuple[str, ...]) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", *keys)
        assert not [node for node in app.screen.query("*") if node.region.right > 80]
