"""People at the stock screens: a stock checker with a scanner, a duty officer with an order."""

from __future__ import annotations

from floodready.exchange.labels import payload
from floodready.materials.models import Lot, Movement, Place
from floodready.materials.models_counting import Observation, UnresolvedCode, VarianceReason
from floodready.organisation.models import Terminal
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.materials.count import CountScreen
from tests.materials.conftest import NINE, Room
from tests.tui.conftest import press, settle, text


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


async def test_a_refused_issue_keeps_what_was_typed(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 50)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"70", "ctrl+s")
        assert "50 条 left, not 70" in text(app).replace("\n", " ") or "left" in text(app)
        assert len(list(duty.store.all(Movement))) == 1


async def test_forty_fast_scans_are_all_right(duty: Room, app: FloodreadyApp) -> None:
    lots = [duty.receive("RING", 10 + number) for number in range(20)]
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        assert isinstance(app.screen, CountScreen)
        for number, lot in enumerate(lots):
            # A wedge scanner does not wait: no settling between the codes.
            await pilot.press(*payload("lot", lot.id), "enter", *str(10 + number), "enter")
        await settle(pilot)
        seen = {one.lot: one.counted for one in duty.store.find(Observation, session=session.id)}
        assert seen == {lot.id: 10 + number for number, lot in enumerate(lots)}
        await press(pilot, "f8", "ctrl+s")
        assert "20 equal" in text(app) or duty.store.get(type(session), session.id) != session


async def test_the_sheet_order_takes_digits_and_enter_only(duty: Room, app: FloodreadyApp) -> None:
    for number in range(3):
        duty.receive("RING", 5 + number)
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", "f4", "5", "enter", "enter", "7", "enter")
        seen = {one.lot: one.counted for one in duty.store.find(Observation, session=session.id)}
        first, _, third = duty.store.all(Lot)
        assert seen == {first.id: 5, third.id: 7}
        await press(pilot, "f4", *"2", "enter", *"6", "enter", *"XYZ", "enter", "4", "enter")
        assert len(list(duty.store.all(UnresolvedCode))) == 1
        assert len(list(duty.store.find(Observation, session=session.id))) == 3
        assert "1 codes unresolved" in text(app)


async def test_a_second_figure_asks_and_replaces_by_a_key(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 5)
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *lot.id, "enter", "4", "enter", *lot.id, "enter", "5", "enter")
        assert "were counted here already" in text(app)
        await press(pilot, "f5")
        *_, last = duty.store.find(Observation, session=session.id)
        assert last.counted == 5


async def test_every_list_opens_and_shows_its_empty_state(duty: Room, app: FloodreadyApp) -> None:
    assert duty.store.count(Place) == 2
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        for key, said in (("p", "Every issue"), ("m", "No machine"), ("w", "Nothing is on"), ("o", "No stock and"),
                          ("b", "Nothing is short")):  # fmt: skip
            await press(pilot, key)
            assert said in text(app)
            await press(pilot, "escape")


async def test_a_transfer_is_shipped_and_received_by_keys(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "t", *"60", "enter", *"West", "enter")
        assert duty.held(lot.id) == 40
        await press(pilot, "w", "enter", "ctrl+s")
        assert duty.held(lot.id, "WEST") == 60


async def test_a_stock_checkers_morning(duty: Room, app: FloodreadyApp) -> None:
    """Sixty lines in two warehouses: an unknown code, a find in the wrong place, a class A difference."""
    for number in range(58):
        duty.receive("RING", 3 + number % 7, "EAST" if number < 29 else "WEST")
    bags = duty.receive("BAG", 100)
    jackets = duty.receive("JACKET", 60, "WEST")
    session = duty.do("open_count", name="spring", places=("EAST", "WEST"))
    assert len(session.sheet) == 60
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", "f4")
        for line in session.sheet:
            right = duty.held(line.lot, line.place)
            figure = {bags.id: 60, jackets.id: 58}.get(line.lot, right)
            await pilot.press(*str(figure), "enter")
        await press(pilot, "f4", *"WEST", "enter", *bags.id, "enter", *"40", "enter")
        assert "EAST" in text(app)
        await press(pilot, *"69012345", "enter", "1", "enter")
        assert len(list(duty.store.all(UnresolvedCode))) == 1
        await press(pilot, "f8", "ctrl+s")
        assert "Another person must count" in text(app).replace("\n", " ")
        duty.count(session.id, jackets.id, "58", by="zhao", place="WEST")
        await press(pilot, "ctrl+s")
        assert "posted by another person" in " ".join(text(app).split())
        with duty.store.transaction(Act(person=SYSTEM, terminal="duty-room"), "organisation.sign_in") as tx:
            tx.put(Terminal(id="duty-room", person="zhou", since_at=NINE))
        await press(pilot, "escape")
    posted = duty.do("post_count", by="zhou", zone=duty.store.zone, session=session.id,
                     reasons={jackets.id: VarianceReason.THEFT})  # fmt: skip
    assert (posted.moved, posted.different, posted.uncounted, posted.unresolved) == (1, 1, 0, 1)
    assert (duty.held(bags.id), duty.held(bags.id, "WEST"), duty.held(jackets.id, "WEST")) == (60, 40, 58)
