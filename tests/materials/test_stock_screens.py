"""People at the stock screens: a stock checker with a scanner, a duty officer with an order."""

from __future__ import annotations

from floodready.materials.models import Movement, Place
from floodready.tui.app import FloodreadyApp
from tests.materials.conftest import Room
from tests.tui.conftest import press, text


async def test_an_issue_takes_five_keys_beyond_its_text(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 500)
    duty.do("open_incident", name="Dike", id="I-07")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        assert "编织袋" in text(app)
        await press(pilot, "i", *"12*10", "ctrl+s")
        assert duty.held(lot.id) == 380
        assert duty.held(lot.id, "incident/I-07") == 120
        await press(pilot, "p")
        assert "编织袋" in text(app)
        await press(pilot, "escape", "enter")
        assert "incident" in text(app)
        assert "380 条" in text(app)


async def test_a_refused_issue_keeps_what_was_typed(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 50)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"70", "ctrl+s")
        assert "50 条 left, not 70 (on hand 50" in text(app)
        assert "= 70 条" in text(app), "what was typed stays"
        assert len(list(duty.store.all(Movement))) == 1


async def test_every_list_opens_and_shows_its_empty_state(duty: Room, app: FloodreadyApp) -> None:
    assert duty.store.count(Place) == 2
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        empty = {
            "p": "No paper waits", "m": "No machine", "w": "Nothing is on", "o": "No stock and",
            "b": "Nothing is short", "u": "No incident yet", "H": "Nothing is reserved", "y": "No set is",
            "C": "No count yet",
        }  # fmt: skip
        for key, said in empty.items():
            await press(pilot, key)
            assert said in text(app)
            await press(pilot, "escape")


async def test_a_transfer_is_shipped_and_received_by_keys(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "t", *"60", "ctrl+s")
        assert duty.held(lot.id) == 40
        await press(pilot, "w", "enter", "ctrl+s")
        assert duty.held(lot.id, "WEST") == 60
