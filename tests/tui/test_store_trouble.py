"""What happens to the store while a screen is open is told once, clearly, and the screen goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from floodready.clock import FixedClock
from floodready.organisation.commands import add_unit
from floodready.organisation.models import UnitKind
from floodready.store.backup import back_up, restore
from floodready.store.contract import SYSTEM, Act
from floodready.store.segments import without_room
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.board import BoardScreen
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.organisation import OrganisationScreen
from tests.tui.conftest import SlowStore, press, settle, shows, text


def notices(app: FloodreadyApp) -> int:
    return sum(isinstance(screen, Notice) for screen in app.screen_stack)


async def look(pilot: Pilot[None], times: int = 1) -> None:
    """Let the seconds pass after which the screen looks at the journal."""
    app = pilot.app
    assert isinstance(app, FloodreadyApp)
    for _ in range(times):
        app.look()
        await settle(pilot)


async def test_a_store_that_is_gone_is_told_once_and_so_is_its_return(store: SlowStore, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        away = store.folder.with_name("away")
        store.folder.rename(away)
        await look(pilot, times=3)
        assert notices(app) == 1
        assert "Please note" in text(app)
        assert "is gone: somebody moved or deleted it" in text(app)
        await press(pilot, "enter")
        await look(pilot, times=2)
        assert shows(app, BoardScreen)
        away.rename(store.folder)
        await look(pilot)
        assert "can be read again" in text(app)


async def test_the_minute_passes_on_the_screen_while_the_store_is_gone(
    store: SlowStore, app: FloodreadyApp, clock: FixedClock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        store.folder.rename(store.folder.with_name("away"))
        await look(pilot)
        for _ in range(3):
            clock.instant += timedelta(minutes=1)
            await look(pilot)
        assert notices(app) == 1, "what the minute reads anew does not tell it again"
        await press(pilot, "enter")
        assert "08:33" in text(app)


async def test_damage_at_the_end_of_the_journal_is_told_once(store: SlowStore, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        _change(_segment(store), -10)
        await look(pilot, times=3)
        assert notices(app) == 1
        assert "line 1, is not as it was written" in " ".join(text(app).split())


async def test_a_byte_changed_in_what_was_read_is_told_within_a_minute(
    store: SlowStore, app: FloodreadyApp, clock: FixedClock
) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "touch"):
        pass
    add_unit(store, _act(), id="x", name="X", kind=UnitKind.COUNTY, parent="city")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        _change(_segment(store), 40)
        clock.instant += timedelta(minutes=1)
        await look(pilot, times=2)
        assert notices(app) == 1
        assert "line 1, is not as it was written" in " ".join(text(app).split())


async def test_a_restored_store_is_shown_as_it_stands_then(
    store: SlowStore, app: FloodreadyApp, clock: FixedClock
) -> None:
    copy = store.folder.with_name("copy.backup")
    back_up(store, copy)
    add_unit(store, _act(), id="new", name="Newly made", kind=UnitKind.COUNTY, parent="city")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7")
        assert shows(app, OrganisationScreen)
        assert "Newly made" in text(app)
        restore(store.folder, copy, _act(), clock=clock)
        await look(pilot, times=2)
        assert notices(app) == 1
        assert "All is shown as it stands there." in " ".join(text(app).split())
        await press(pilot, "enter")
        assert "Newly made" not in text(app)


def _act() -> Act:
    return Act(person=SYSTEM, terminal="set-up")


def _segment(store: SlowStore) -> Path:
    return store.folder / "gen-0001" / "000000000001.jsonl"


def _change(path: Path, place: int) -> None:
    """Change one byte where it stands; counted from the end of the lines where the place is negative."""
    content = path.read_bytes()
    place += len(without_room(content)) if place < 0 else 0
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([content[place] ^ 1]))
