"""Rotas, exceptions, figures and the generator: by keyboard."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from textual.widgets import Input

from floodready.duty.commands import publish_rota
from floodready.duty.models import DutySettings, Rota, TemporaryRota, Wish
from floodready.duty.resolver import on_duty
from floodready.duty.roster import plan_of
from floodready.duty.rotation_text import read_groups, read_times, write_groups, write_times
from floodready.refusal import Refused
from floodready.tui.screens.duty.generator import GeneratorScreen
from floodready.tui.screens.form import Form
from floodready.workdays import DayCorrection
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation
from tests.duty.test_screens import app_for
from tests.tui.conftest import press, settle, shows, text


async def test_a_rotation_is_changed_from_an_instant_after_the_difference_is_shown(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o")
        assert "an bo cui" in text(app)
        await press(pilot, "enter", "enter", "enter", *["backspace"] * 4, "ctrl+s")
        assert "+ 2026-07-03 08:00  Leader in charge  An" in text(app), "the difference is shown first"
        assert room.rota().rotations[0].groups[-1].people == ("cui",)
        await press(pilot, "right", "enter")
        await settle(pilot)
        assert len(list(room.store.all(Rota))) == 2
        assert on_duty(plan_of(room.store, "U", SHANGHAI), at("2026-07-03 09:00"))[0].person == "an"


async def test_a_rotation_published_from_another_terminal_meanwhile_is_not_overwritten(room: Room) -> None:
    """The refusal names the person, and what was typed stays."""
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "enter", "enter", "enter", *["backspace"] * 4)
        publish_rota(
            room.store, room.by("an"), unit="U", since_at=at("2026-07-02 08:00"), rotations=room.rota().rotations
        )
        await press(pilot, "ctrl+s", "right", "enter")
        shown = " ".join(text(app).split())
        assert "An published rota" in shown
        assert "an bo " in shown
        assert len(list(room.store.all(Rota))) == 2


async def test_what_taking_a_rotation_off_changes_is_told_by_names(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "x", "ctrl+s")
        assert "Leader in charge  An" in text(app)


async def test_who_is_unknown_is_said_beside_the_field(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "n", *"x", "enter", "enter", *"nobody", "ctrl+s")
        assert "“nobody” is not on the staff list" in text(app)


async def test_a_temporary_rota_a_wish_a_day_and_a_figure_by_keyboard_and_taken_back(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "t", *"crest", "enter", "enter", *"lu", "enter", "enter", *"III", "ctrl+s")
        (extra,) = room.store.all(TemporaryRota)
        assert (extra.levels, extra.beside, extra.rotations[0].post) == (("III",), True, "leader")
        await press(pilot, "w", *["backspace"] * 3, *"lu", "enter", *"2026-07-20", "enter")
        (wish,) = room.store.all(Wish)
        assert wish.person == "lu"
        await press(pilot, "d", *"2026-07-10", "ctrl+s")
        assert [day.id for day in room.store.all(DayCorrection)] == ["2026-07-10"]
        await press(pilot, "f", "tab", "tab", *["backspace"] * 2, *"36", "ctrl+s")
        held = room.store.get(DutySettings, "U")
        assert held is not None
        assert held.rest_hours == 36
        table: Any = app.screen.query_one("#plan")
        table.go_to(extra.id)
        await press(pilot, "x")
        (extra,) = room.store.all(TemporaryRota)
        assert extra.withdrawn


async def test_a_new_rotation_and_a_temporary_rota_begin_with_the_hours_of_the_post(room: Room) -> None:
    late = rotation("leader", "an bo cui", times=(time(9, 30),))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-01 10:00"), rotations=(late,))
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o")
        for key in ("n", "t"):
            await press(pilot, key)
            times = app.screen.query_one("#field-times Input", Input)
            assert times.value == "09:30", key
            await press(pilot, "escape")


async def test_a_proposal_is_shown_beside_its_bounds_and_published_only_when_accepted(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p")
        assert shows(app, GeneratorScreen)
        await press(pilot, "n", *["enter"] * 5, *["backspace"] * 3, *"no", "enter")
        await settle(pilot)
        assert "spread of weekend" in text(app)
        assert "Press p to publish it" in text(app)
        assert len(list(room.store.all(Rota))) == 1
        app.room.as_of = room.clock.now()
        await press(pilot, "p")
        assert "F5 comes back to now" in text(app)
        app.room.as_of = None
        await press(pilot, "escape", "p", "right", "enter")
        await settle(pilot)
        assert len(list(room.store.all(Rota))) == 3, "the proposed one, and the rotation again after it"


async def test_who_may_not_publish_a_rota_is_told_before_one_is_proposed(room: Room) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p", "n")
        assert not shows(app, Form)
        assert "Ding may not do this (plan rotas, leave, swaps of all)" in " ".join(text(app).split())


async def test_a_proposal_that_may_not_be_published_yet_is_kept(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p", "n", *["enter"] * 5, *["backspace"] * 3, *"no", "enter")
        await settle(pilot)
        await press(pilot, "f2", *"ding", "enter", "enter", "p", "right", "enter")
        assert "Ding may not do this" in text(app)
        await press(pilot, "enter", "f2", *"pan", "enter", "enter", "p", "right", "enter")
        await settle(pilot)
        assert len(list(room.store.all(Rota))) == 3


async def test_a_proposal_is_not_lost_by_going_back(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p", "n", *["enter"] * 5, *["backspace"] * 3, *"no", "enter")
        await settle(pilot)
        await press(pilot, "escape")
        assert "The proposal is not published" in text(app)
        await press(pilot, "enter")
        assert shows(app, GeneratorScreen)
        await press(pilot, "escape", "right", "enter")
        assert not shows(app, GeneratorScreen)


async def test_what_asks_for_no_rota_stays_in_the_form(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p", "n", "tab", "tab", "ctrl+u", *"0702 8", "ctrl+s")
        assert "must be after the start" in text(app)
        assert "0702 8" in text(app)


async def test_why_no_rota_exists_is_said_with_window_and_names(room: Room) -> None:
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "o", "p", "n", "tab", "tab", "tab", *"9", "ctrl+s")
        await settle(pilot)
        shown = " ".join(text(app).split())
        assert shows(app, Form), "what was asked for stays to be mended"
        assert "No rota exists from 2026-07-02 08:00" in shown
        assert ": An, Bo, Cui)" in shown


async def test_stopped_work_publishes_nothing(room: Room) -> None:
    screen = GeneratorScreen()
    assert screen._watch(screen.TITLE_WORDS)
    screen.action_stop()
    assert not screen._watch(screen.TITLE_WORDS)


def test_groups_and_times_are_written_as_they_are_read() -> None:
    known = {"ding": "ding", "fang": "fang", "geng": "geng"}
    groups = read_groups("ding+fang，geng -", known.get)
    assert [group.people for group in groups] == [("ding", "fang"), ("geng",), ()]
    assert write_groups(groups) == "ding+fang geng -"
    assert write_times(read_times("17：30 08:30")) == "08:30 17:30"
    with pytest.raises(Refused, match="nobody"):
        read_groups("nobody", known.get)
    with pytest.raises(Refused, match="times of day"):
        read_times("8h")
