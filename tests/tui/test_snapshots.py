"""What the screens look like, as SVG: 80×24 and 140×40, in Chinese, without colour, in ASCII."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.language import use_language
from floodready.organisation.commands import change_unit
from floodready.organisation.models import Unit
from floodready.readiness.line import Colour
from floodready.store.contract import Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dialog import Confirm
from floodready.tui.theme import PALETTES, use_ascii
from floodready.tui.widgets.calendar_grid import CalendarGrid, DayMark
from floodready.tui.widgets.light import ReadinessLight
from tests.tui.conftest import SlowStore, press, settle
from tests.tui.frames import SMALL, at_each_size, drawn, frame
from tests.tui.widget_sheet import WidgetSheet

__all__ = ["frame"]


@pytest.fixture(autouse=True)
def _only_these_pillars(monkeypatch: pytest.MonkeyPatch) -> None:
    # The frames show the screens, not how many pillars have lines to add.
    monkeypatch.setattr("floodready.readiness.gathering.SOURCES", ("organisation",))
    monkeypatch.setattr("floodready.tui.screens.board.ON_DUTY", ())


@pytest.mark.parametrize("id", ["board", "season", "organisation"])
async def test_screen(app: FloodreadyApp, frame: SnapshotAssertion, id: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.show_pillar(id)
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


KEYS = {
    "sign_in": ("f2",),
    "keys_of_season": ("2", "?"),
    "explain_level": ("2", "e"),
    "choose_unit": ("2", "u"),
    "threshold": ("2", "t"),
}
"""What is pressed to come to a screen or window that no number key opens."""


@pytest.mark.parametrize("what", KEYS)
async def test_window(app: FloodreadyApp, frame: SnapshotAssertion, what: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, *KEYS[what])
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def test_journal_and_an_entry_before_and_after(
    app: FloodreadyApp, store: SlowStore, frame: SnapshotAssertion
) -> None:
    unit = store.get(Unit, "zhongmu")
    assert unit is not None
    change_unit(store, Act(person="li", terminal="duty-room", reason="as the notice says"), unit, name="Zhongmu")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.show_pillar("journal")
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=f"list-{size}")
        await press(pilot, "enter")
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=f"entry-{size}")


async def test_explained_line(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "e")
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def test_board_in_chinese(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    use_language("zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert drawn(app) == frame


async def test_board_in_ascii(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    use_ascii(True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert drawn(app) == frame


async def test_board_without_colour(
    store: SlowStore, frame: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = FloodreadyApp(store, clock=store.clock, zone=store.zone, terminal="duty-room")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert drawn(app) == frame


@pytest.mark.parametrize("theme", [palette.name for palette in PALETTES[1:]])
async def test_board_in_theme(app: FloodreadyApp, frame: SnapshotAssertion, theme: str) -> None:
    app.wear(theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert drawn(app) == frame


async def test_form_with_what_is_wrong_beside_its_field(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r")
        await press(pilot, *"12,5x", "tab", *["backspace"] * 16, *"fri 9", "ctrl+s")
        assert drawn(app) == frame


async def test_keys_of_here(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "f1")
        assert drawn(app) == frame


async def test_confirm(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    from floodready.language import say

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(Confirm(say("Undo this?"), say("Recorded: {colour}.", colour="x"), act=say("Record")))
        await settle(pilot)
        assert drawn(app) == frame


async def test_widgets(frame: SnapshotAssertion) -> None:
    app = WidgetSheet()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        app.query_one(CalendarGrid).show_marks({app.day: DayMark("D")})
        assert [light.colour for light in app.query(ReadinessLight)] == list(Colour)
        await pilot.pause()
        assert drawn(app) == frame
