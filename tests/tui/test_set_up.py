"""A store in which nobody is entered yet leads through being set up, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.clock import FixedClock
from floodready.language import verbatim
from floodready.organisation.models import Person, Terminal, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.set_up import SetUp
from floodready.tui.widgets.field import Field
from tests.tui.conftest import SlowStore, press, settle, shows, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SlowStore]:
    with SlowStore.create(tmp_path / "store", clock=clock) as made:
        yield made


async def test_an_empty_store_is_set_up_by_keys_and_whoever_did_so_is_signed_in(
    app: FloodreadyApp, store: SlowStore, frame: SnapshotAssertion
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert shows(app, SetUp)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)
        await press(pilot, "ctrl+s")
        assert "must not be empty" in text(app)
        await press(
            pilot, *"Zhengzhou HQ", "enter", "enter", *"Li Wei", "enter", "enter", "enter", *"12", "enter", *"13"
        )
        await press(pilot, "ctrl+s")
        assert "is not the same PIN" in text(app)
        await press(pilot, "escape", "tab", "enter")
        assert "Press F2 to set this store up" in text(app)
        await press(pilot, "f2", *"Zhengzhou HQ", "enter", "enter", *"Li Wei", "enter", "enter", *"none", "ctrl+s")
        assert "“none” has no digit" in text(app)
        await press(pilot, *["backspace"] * 4, *"13803710001", "ctrl+s")
        unit, person, terminal = store.get(Unit, "hq"), store.get(Person, "admin"), store.get(Terminal, "duty-room")
        assert unit is not None
        assert (unit.name, unit.kind) == ("Zhengzhou HQ", UnitKind.HEADQUARTERS)
        assert person is not None
        assert (person.name, person.roles) == ("Li Wei", (Role.ADMINISTRATOR,))
        assert [phone.number for phone in person.phones] == ["13803710001"]
        assert terminal is not None
        assert terminal.person == "admin"
        assert "Li Wei" in text(app)
        await press(pilot, "f2")
        assert not shows(app, SetUp)


async def test_each_screen_of_a_store_just_set_up_says_by_which_keys_to_begin(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, *"Zhengzhou HQ", "enter", "enter", *"Li Wei", "ctrl+s", "2")
        assert "no flood season is entered; press y to add one" in text(app)
        await press(pilot, "3")
        assert "First a place (N) and an item (n), then r; or a ledger by I." in text(app)
        await press(pilot, "4")
        assert "First its posts (7, o), then a rotation (o, n)." in text(app)
        await press(pilot, "8")
        assert "system" not in text(app)
        assert "the program" in text(app)


async def test_a_problem_longer_than_its_line_is_read_to_its_end(app: FloodreadyApp) -> None:
    long = "A long sentence that says what is wrong with what was typed, and at its end what to do about it"
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.screen.query(Field).first().object(verbatim(long))
        await settle(pilot)
        assert "what to do about it" in " ".join(text(app).split())


async def test_a_store_set_up_elsewhere_meanwhile_is_not_set_up_again(
    app: FloodreadyApp, store: SlowStore, tmp_path: Path
) -> None:
    from floodready.organisation.commands import set_up
    from floodready.store.contract import SYSTEM, Act

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        act = Act(person=SYSTEM, terminal="other")
        set_up(store, act, unit="city", unit_name="City", person="wang", person_name="Wang")
        await press(pilot, *"HQ", "enter", "enter", *"Li", "ctrl+s")
        assert shows(app, SetUp)
        assert "set up already" in text(app)
    assert store.count(Person) == 1
