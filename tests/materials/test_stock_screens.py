"""People at the stock screens: a stock checker with a scanner, a duty officer with an order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.exchange.labels import payload
from floodready.language import use_language
from floodready.materials.models import Lot, Movement, Place
from floodready.materials.models_counting import Observation, UnresolvedCode, VarianceReason
from floodready.organisation.models import Terminal
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.materials.count import CountScreen
from tests.materials.conftest import NINE, Room, furnish
from tests.tui.conftest import press, settle, text

YONGNIAN = Path(__file__).parents[2] / "floodready/demo/data/materials-yongnian-2017.csv"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    use_language("en")
    clock = FixedClock(NINE)
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        furnish(store)
        with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
            tx.put(Terminal(id="duty-room", person="wang", since_at=NINE))
        yield Room(store, clock)


@pytest.fixture
def app(room: Room) -> FloodreadyApp:
    made = FloodreadyApp(room.store, clock=room.clock, zone=room.store.zone, terminal="duty-room")
    made.animation_level = "none"
    return made


async def test_an_issue_takes_five_keys_beyond_its_text(room: Room, app: FloodreadyApp) -> None:
    lot = room.receive("BAG", 500)
    room.do("open_incident", name="Dike", id="I-07")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        assert "编织袋" in text(app)
        await press(pilot, "i", *"12*10", "ctrl+s")
        assert room.held(lot.id) == 380
        assert room.held(lot.id, "incident/I-07") == 120
        await press(pilot, "p")
        assert "编织袋" in text(app)
        await press(pilot, "escape", "enter")
        assert "incident" in text(app)


async def test_a_refused_issue_keeps_what_was_typed(room: Room, app: FloodreadyApp) -> None:
    room.receive("BAG", 50)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"70", "ctrl+s")
        assert "50 条 left, not 70" in text(app).replace("\n", " ") or "left" in text(app)
        assert len(list(room.store.all(Movement))) == 1


async def test_forty_fast_scans_are_all_right(room: Room, app: FloodreadyApp) -> None:
    lots = [room.receive("RING", 10 + number) for number in range(20)]
    session = room.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        assert isinstance(app.screen, CountScreen)
        for number, lot in enumerate(lots):
            # A wedge scanner does not wait: no settling between the codes.
            await pilot.press(*payload("lot", lot.id), "enter", *str(10 + number), "enter")
        await settle(pilot)
        seen = {one.lot: one.counted for one in room.store.find(Observation, session=session.id)}
        assert seen == {lot.id: 10 + number for number, lot in enumerate(lots)}
        await press(pilot, "f8", "ctrl+s")
        assert "20 equal" in text(app) or room.store.get(type(session), session.id) != session


async def test_the_sheet_order_takes_digits_and_enter_only(room: Room, app: FloodreadyApp) -> None:
    for number in range(3):
        room.receive("RING", 5 + number)
    session = room.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", "f4", "5", "enter", "enter", "7", "enter")
        seen = {one.lot: one.counted for one in room.store.find(Observation, session=session.id)}
        first, _, third = room.store.all(Lot)
        assert seen == {first.id: 5, third.id: 7}
        await press(pilot, "f4", *"2", "enter", *"6", "enter", *"XYZ", "enter", "4", "enter")
        assert len(list(room.store.all(UnresolvedCode))) == 1
        assert len(list(room.store.find(Observation, session=session.id))) == 3
        assert "1 codes unresolved" in text(app)


async def test_a_second_figure_asks_and_replaces_by_a_key(room: Room, app: FloodreadyApp) -> None:
    lot = room.receive("RING", 5)
    session = room.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *lot.id, "enter", "4", "enter", *lot.id, "enter", "5", "enter")
        assert "were counted here already" in text(app)
        await press(pilot, "f5")
        *_, last = room.store.find(Observation, session=session.id)
        assert last.counted == 5


async def test_a_ledger_comes_in_through_the_wizard(room: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "3", "I", *str(YONGNIAN), "enter", *"EAST", "ctrl+s")
        assert "gb18030" in text(app)
        assert "20 new" in text(app)
        await press(pilot, "w")
        assert len(list(room.store.all(Movement))) == 20
        assert "20 unchanged" in text(app)


async def test_every_list_opens_and_shows_its_empty_state(room: Room, app: FloodreadyApp) -> None:
    assert room.store.count(Place) == 2
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        for key, said in (("p", "Every issue"), ("m", "No machine"), ("w", "Nothing is on"), ("o", "No stock and"),
                          ("b", "Nothing is short")):  # fmt: skip
            await press(pilot, key)
            assert said in text(app)
            await press(pilot, "escape")


async def test_a_transfer_is_shipped_and_received_by_keys(room: Room, app: FloodreadyApp) -> None:
    lot = room.receive("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "t", *"60", "enter", *"West", "enter")
        assert room.held(lot.id) == 40
        await press(pilot, "w", "enter", "ctrl+s")
        assert room.held(lot.id, "WEST") == 60


async def test_a_stock_checkers_morning(room: Room, app: FloodreadyApp) -> None:
    """Sixty lines in two warehouses: an unknown code, a find in the wrong place, a class A difference."""
    for number in range(58):
        room.receive("RING", 3 + number % 7, "EAST" if number < 29 else "WEST")
    bags = room.receive("BAG", 100)
    jackets = room.receive("JACKET", 60, "WEST")
    session = room.do("open_count", name="spring", places=("EAST", "WEST"))
    assert len(session.sheet) == 60
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", "f4")
        for line in session.sheet:
            right = room.held(line.lot, line.place)
            figure = {bags.id: 60, jackets.id: 58}.get(line.lot, right)
            await pilot.press(*str(figure), "enter")
        await press(pilot, "f4", *"WEST", "enter", *bags.id, "enter", *"40", "enter")
        assert "EAST" in text(app)
        await press(pilot, *"69012345", "enter", "1", "enter")
        assert len(list(room.store.all(UnresolvedCode))) == 1
        await press(pilot, "f8", "ctrl+s")
        assert "Another person must count" in text(app).replace("\n", " ")
        room.count(session.id, jackets.id, "58", by="zhao", place="WEST")
        await press(pilot, "ctrl+s")
        assert "posted by another person" in " ".join(text(app).split())
        with room.store.transaction(Act(person=SYSTEM, terminal="duty-room"), "organisation.sign_in") as tx:
            tx.put(Terminal(id="duty-room", person="zhou", since_at=NINE))
        await press(pilot, "escape")
    posted = room.do("post_count", by="zhou", zone=room.store.zone, session=session.id,
                     reasons={jackets.id: VarianceReason.THEFT})  # fmt: skip
    assert (posted.moved, posted.different, posted.uncounted, posted.unresolved) == (1, 1, 0, 1)
    assert (room.held(bags.id), room.held(bags.id, "WEST"), room.held(jackets.id, "WEST")) == (60, 40, 58)
