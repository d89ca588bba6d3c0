from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.briefs import BriefsScreen
from tests.tui.conftest import press, settle, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


@pytest.fixture
def app(demo: JournalStore) -> FloodreadyApp:
    made = FloodreadyApp(demo, clock=demo.clock, zone=demo.zone, terminal="demo")
    made.animation_level = "none"
    return made


async def test_the_shift_brief_on_the_screen(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, BriefsScreen)
        assert "1/4  shift brief" in text(app)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def test_every_report_is_read_and_written_from_the_board(
    app: FloodreadyApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        for told in ("daily brief", "season report", "inspection pack"):
            await press(pilot, "right_square_bracket")
            assert told in text(app)
        monkeypatch.chdir(tmp_path)
        await press(pilot, "w", "ctrl+s")
        page = tmp_path / "inspection-2026-09-20.html"
        assert "Hash of the chain" in page.read_text(encoding="utf-8")
        page.write_text("what somebody marked by hand")
        await press(pilot, "w", "ctrl+s")
        assert "is there already" in text(app)
        await press(pilot, "enter")
        assert page.read_text() == "what somebody marked by hand"
        await press(pilot, "ctrl+s", "right", "enter")
        assert "Hash of the chain" in page.read_text(encoding="utf-8")
        await press(pilot, "left_square_bracket", "escape")
        assert app.screen is app.screen_stack[0]
