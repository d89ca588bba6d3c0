from __future__ import annotations

from re import search

from floodready.organisation.commands_terminals import set_pin
from floodready.organisation.models import Terminal
from floodready.season.level import Level
from floodready.season.models_level import Declaration
from floodready.store.contract import Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.board import BoardScreen
from floodready.tui.screens.season import SeasonScreen
from tests.tui.conftest import SlowStore, press, settle, shows, text


async def test_the_day_of_a_duty_officer(app: FloodreadyApp, store: SlowStore) -> None:
    """Sign in, read the board, log a reading that crosses level IV, see the suggestion, declare, hand over."""
    set_pin(store, Act(person="wang", terminal="duty-room"), person="wang", pin="47112")
    with store.transaction(Act(person="system", terminal="duty-room"), "sign out") as tx:
        tx.put(Terminal(id="duty-room"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "nobody signed in: F2" in text(app)

        await press(pilot, "f2")
        await press(pilot, *"li", "enter", "enter")
        assert "李伟 Li Wei" in text(app)
        assert shows(app, BoardScreen)
        assert "decide on orange warning" in text(app)

        await press(pilot, "2")
        assert shows(app, SeasonScreen)
        assert "no response level" in text(app)
        await press(pilot, "r")
        await press(pilot, *"4250", "enter", "enter", *"ris", "enter")
        assert "花园口 Huayuankou 4,250 m³/s meets level IV" in text(app)

        await press(pilot, "d")
        await press(pilot, "enter", *"Commander Zhao", "enter", "enter")
        assert "no response level becomes level IV." in text(app)
        await press(pilot, "right", "enter")
        assert "In force: level IV" in text(app)
        (declared,) = store.all(Declaration)
        assert (declared.level, declared.by, declared.authority) == (Level.IV, "li", "Commander Zhao")

        await press(pilot, "f2")
        assert "Hand over this terminal" in text(app)
        await press(pilot, *"wang", "enter", *"0000", "enter")
        assert "The PIN is wrong" in text(app)
        await press(pilot, *["backspace"] * 4, *"47112", "enter")
        assert "Wang Fang" in text(app)
        assert [entry.command for entry in store.entries()][-1] == "organisation.hand_over"


async def test_a_refused_form_keeps_what_was_typed(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r")
        await press(pilot, *"4250", "tab", *["backspace"] * 16, *"now", "ctrl+s")
        await press(pilot, "r")
        await press(pilot, *"9999", "ctrl+s")
        shown = text(app)
        assert "9999" in shown
        assert "4,250" in shown, "the refusal names the value that stands there"


async def test_a_warning_is_decided_from_the_board(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tab", "tab", "enter")
        assert shows(app, SeasonScreen)
        await press(pilot, "enter")
        await press(pilot, *"do not", "enter", *"dry ground", "enter", "enter")
        assert search("in effect +orange warning", text(app))


async def test_typing_ahead_of_a_slow_disk_is_not_lost(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r")
        store.gate.clear()
        await pilot.press(*"4300", "ctrl+s")
        await pilot.pause()
        assert "Waiting for the disk" in text(app)
        await pilot.press("ctrl+s", "escape")
        store.gate.set()
        await settle(pilot)
        assert "4,300 m³/s" in text(app), "the answer came although its form was closed"
        assert sum(entry.command == "season.add_reading" for entry in store.entries()) == 1
