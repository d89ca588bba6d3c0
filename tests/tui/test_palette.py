"""The palette: what can be done here first, then the acts of the other pillars, in either language."""

from __future__ import annotations

from syrupy.assertion import SnapshotAssertion

from floodready.language import use_language
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from tests.tui.conftest import press, settle, shows, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


async def test_an_act_of_another_pillar_is_found_and_begun_there(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "colon", *"season declare")
        await press(pilot, "enter")
        await settle(pilot)
        assert app.current_mode == "season"
        assert shows(app, Form)
        assert "Declare a response level" in text(app)


async def test_english_finds_an_act_while_chinese_is_shown(app: FloodreadyApp) -> None:
    use_language("zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "colon", *"season: declare")
        await press(pilot, "enter")
        await settle(pilot)
        assert app.current_mode == "season"
        assert shows(app, Form)


async def test_what_can_be_done_here_stands_before_what_is_done_elsewhere(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "colon", *"what if")
        found = [line.strip() for line in text(app).splitlines() if "what if" in line]
        assert found[1].startswith("what if (i)"), found


async def test_frame(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "7", "colon", *"declare")
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)
