"""Counting at the screen: the scanner that does not wait, the sheet, and a stock checker's whole morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from floodready.clock import FixedClock
from floodready.exchange.labels import payload
from floodready.materials.models import Lot, Movement, MovementKind, Place
from floodready.materials.models_counting import CountLine, CountSession, Observation, SessionState, UnresolvedCode
from floodready.organisation.models import Terminal
from floodready.store.contract import SYSTEM, Act, R
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.materials.count import CountScreen
from floodready.tui.screens.materials.count_posting import PostingScreen
from tests.materials.conftest import NINE, ZONE, Room, furnish
from tests.tui.conftest import feed, press, settle, shows, text

CODES_PER_SAVE = 10
"""A code every 15 ms and 150 ms for a save: ten codes come while one is saved."""


class PacedStore(JournalStore):
    """A store whose every write waits for a permit: the test, not a clock, says how slow the disk is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.permits = Semaphore(1_000_000)
        super().__init__(*args, **kwargs)

    def run(self, act: Act, command: str, body: Callable[..., R], answer: Any) -> R:
        assert self.permits.acquire(timeout=20)
        return super().run(act, command, body, answer)


@pytest.fixture
def paced(tmp_path: Path) -> Iterator[Room]:
    clock = FixedClock(NINE)
    with PacedStore.create(tmp_path / "paced", clock=clock) as store:
        furnish(store)
        with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
            tx.put(Terminal(id="duty-room", person="wang", since_at=NINE))
        yield Room(store, clock)


async def test_two_hundred_lines_are_right_while_each_save_takes_ten_codes(paced: Room) -> None:
    lots = [paced.receive("RING", 10 + number % 80) for number in range(200)]
    session = paced.do("open_count", name="spring", places=("EAST",))
    app = FloodreadyApp(paced.store, clock=paced.clock, zone=paced.store.zone, terminal="duty-room")
    app.animation_level = "none"
    store = paced.store
    assert isinstance(store, PacedStore)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        assert shows(app, CountScreen)
        store.permits = Semaphore(0)
        codes = 0
        for number, lot in enumerate(lots):
            digits = str(10 + number % 80)
            typed = [*digits, "enter"]
            assert len(typed) == len(digits) + 1, "keys of a counted line"
            for keys in ([*payload("lot", lot.id), "enter"], typed):
                feed(app, *keys)
                codes += 1
                if codes % CODES_PER_SAVE == 0:
                    store.permits.release()
        await pilot.pause()
        saved = len(list(store.find(Observation, session=session.id)))
        assert saved <= codes // CODES_PER_SAVE, "the scanner is far ahead of the disk"
        store.permits.release(1_000_000)
        await settle(pilot)
        seen = [(one.lot, one.counted, one.typed) for one in store.find(Observation, session=session.id)]
        assert seen == [(lot.id, 10 + n % 80, str(10 + n % 80)) for n, lot in enumerate(lots)]
        assert "200 lines; unknown codes: 0" in text(app)


async def test_pasted_scans_are_taken_one_by_one(duty: Room, app: FloodreadyApp) -> None:
    lots = [duty.receive("RING", 5 + number) for number in range(3)]
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        pasted = "".join(f"{payload('lot', lot.id)}\r\n{5 + number}\r\n" for number, lot in enumerate(lots))
        app.post_message(events.Paste(pasted))
        await settle(pilot)
        seen = {one.lot: one.counted for one in duty.store.find(Observation, session=session.id)}
        assert seen == {lot.id: 5 + number for number, lot in enumerate(lots)}


async def test_an_input_method_is_named_until_a_clean_entry(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 12)
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *lot.id, "enter", "１", "２", "enter")
        assert "The input method is on" in text(app)
        (one,) = duty.store.find(Observation, session=session.id)
        assert one.counted == 12, "full-width digits are digits all the same"
        await press(pilot, *"编织袋", "enter")
        assert "The input method is on" in text(app)
        await press(pilot, *lot.id, "enter")
        assert "The input method is on" not in text(app)
        assert [code.code for code in duty.store.all(UnresolvedCode)] == ["编织袋"]


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
        assert "unknown codes: 1" in text(app)


async def test_a_second_figure_asks_and_replaces_by_a_key(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 5)
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *lot.id, "enter", "4", "enter", *lot.id, "enter", "5", "enter")
        assert "were counted here already" in " ".join(text(app).split())
        await press(pilot, "f5")
        *_, last = duty.store.find(Observation, session=session.id)
        assert last.counted == 5
        assert "counted here already" not in text(app)


async def test_every_lot_that_a_colleague_was_quicker_at_is_named(duty: Room, app: FloodreadyApp) -> None:
    lots = [duty.receive("RING", 5 + number).id for number in range(5)]
    session = duty.do("open_count", name="spring", places=("EAST",))
    for lot in lots:
        duty.do("observe", by="sun", zone=ZONE, session=session.id, place="EAST", code=lot, typed="3",
                counted_at=duty.clock.instant, seen_seq=duty.store.seq)  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        for lot in lots:
            feed(app, *lot, "enter", "4", "enter")
        await settle(pilot)
        shown = " ".join(text(app).split())
        assert f"Not taken: {', '.join(lots)}." in shown
        assert "3 were counted here already, by" in shown


async def test_a_refused_entry_comes_back_into_the_field(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 5)
    session = duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *lot.id, "enter", *"1..2", "enter")
        assert "was not taken" in text(app)
        await press(pilot, "backspace", "backspace", "backspace", "enter")
        (one,) = duty.store.find(Observation, session=session.id)
        assert (one.lot, one.counted) == (lot.id, 1)
        assert "was not taken" not in text(app)


async def test_two_codes_in_a_row_are_never_a_number(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 5)
    duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        await type_in(pilot, *"6901234567892", "enter", *"6909876543210", "enter", "4", "enter")
        await type_in(pilot, *lot.id, "enter", *"6901234567892", "enter", *lot.id, "enter")
        assert [(one.code, one.typed) for one in duty.store.all(UnresolvedCode)] == [
            ("6901234567892", ""), ("6909876543210", "4"), ("6901234567892", ""),
        ]  # fmt: skip
        assert not list(duty.store.all(Observation))


async def test_a_number_without_its_lot_is_no_code(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 5)
    duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *"50", "enter")
        assert "50 is not a line of the sheet (1 to 1)" in text(app)
        await press(pilot, *lot.id, "enter", *"50", "enter")
        assert [one.counted for one in duty.store.all(Observation)] == [50]
        assert not list(duty.store.all(UnresolvedCode))


async def type_in(pilot: Pilot[None], *keys: str) -> None:
    """Type where the cursor is, without a pause, then wait for what it brings."""
    assert isinstance(pilot.app, FloodreadyApp)
    feed(pilot.app, *keys)
    await settle(pilot)


async def sit_down(pilot: Pilot[None], person: str) -> None:
    """Hand the terminal over by keys."""
    await press(pilot, "f2", *person, "enter", "enter")


async def scan(pilot: Pilot[None], lot: str, figure: str) -> None:
    """Scan a lot's label and type its number."""
    await type_in(pilot, *payload("lot", lot), "enter", *figure, "enter")


async def test_a_stock_checkers_morning_by_keys_alone(duty: Room, app: FloodreadyApp) -> None:
    """Spring count of two warehouses, 60 lines: one unknown code, one find in the wrong place, one class A variance."""
    for number in range(58):
        duty.receive("RING", 3 + number % 7, "EAST" if number < 29 else "WEST")
    bags = duty.receive("BAG", 100)
    jackets = duty.receive("JACKET", 60, "WEST")
    stray = duty.receive("RING", 4, "EAST")
    duty.do("set_apart", zone=duty.store.zone, lot=stray.id, place="EAST", quantity=4)
    books = {lot.id: duty.held(lot.id, place) for lot in duty.store.all(Lot) for place in ("EAST", "WEST")
             if duty.held(lot.id, place)}  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        # Wang begins the count of both warehouses and goes down the sheet.
        await press(pilot, "3", "c", *"East, West", "ctrl+s")
        assert shows(app, CountScreen)
        (session,) = duty.store.all(CountSession)
        assert (session.places, len(session.sheet), session.blind) == (("EAST", "WEST"), 60, True)
        await press(pilot, "f4")
        for line in session.sheet:
            figure = {bags.id: 60, jackets.id: 58}.get(line.lot, books[line.lot])
            feed(app, *str(figure), "enter")
        await settle(pilot)
        assert "The sheet is done" in text(app)
        assert "60 lines; unknown codes: 0" in text(app)

        # Forty bags stand in the other warehouse; a code there is nobody's.
        await press(pilot, "f4", *payload("place", "WEST"), "enter")
        await scan(pilot, bags.id, "40")
        assert "can be posted as a transfer" in text(app)
        await type_in(pilot, *"69012345", "enter", "4", "enter")
        assert "unknown codes: 1" in text(app)

        # The unknown code was an old tag.
        await press(pilot, "f7")
        assert "69012345" in text(app)
        await press(pilot, "enter", "tab", "tab")
        await type_in(pilot, *"an old tag", "ctrl+s")
        assert "old tag" in text(app)
        (code,) = duty.store.all(UnresolvedCode)
        assert code.answer == "an old tag"
        await press(pilot, "escape")

        # Class A is counted twice; the two disagree; a third one recounts.
        await press(pilot, "f8", "w")
        assert "Another person must count" in " ".join(text(app).split())
        await press(pilot, "escape")
        await sit_down(pilot, "zhao")
        await scan(pilot, jackets.id, "57")
        assert "third person recounts" in text(app)
        await sit_down(pilot, "sun")
        await scan(pilot, jackets.id, "58")

        # Sun counted, so Sun does not post.
        await press(pilot, "f8")
        told = " ".join(text(app).split())
        assert "58 equal, 3 to look at, 1 without a reason" in told
        assert "to West store" in told
        await press(pilot, "w")
        assert "store differs. Give a reason" in " ".join(text(app).split())
        await press(pilot, "a", *"theft", "enter", "w")
        assert "posted by another person" in " ".join(text(app).split())
        await sit_down(pilot, "zhou")
        assert shows(app, PostingScreen)
        await press(pilot, "w")
        assert shows(app, CountScreen)
        assert "This count is posted" in text(app)

    posted = duty.store.get(CountSession, session.id)
    assert posted is not None
    assert (posted.state, posted.posted_by) == (SessionState.POSTED, "zhou")
    assert (duty.held(bags.id), duty.held(bags.id, "WEST"), duty.held(jackets.id, "WEST")) == (60, 40, 58)
    assert len(list(duty.store.find(CountLine, session=session.id))) == 61, "equal counts are kept too"
    moved = [one for one in duty.store.all(Movement) if one.paper == session.id]
    assert sorted((one.kind, one.quantity) for one in moved) == [(MovementKind.COUNT, 2), (MovementKind.TRANSFER, 40)]
    assert duty.store.count(Place) == 2


async def test_the_differences_stand_before_the_blanks_and_their_reasons_outlast_the_screen(
    duty: Room, app: FloodreadyApp
) -> None:
    for _ in range(30):
        duty.receive("RING", 5)
    last = duty.receive("RING", 5)
    duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *last.id, "enter", "4", "enter", "f8")
        assert "reason?" in text(app)
        await press(pilot, "a", *"theft", "ctrl+s")
        assert "0 without a reason" in text(app)
        await press(pilot, "escape", "escape", "c", "f8")
        assert "0 without a reason" in text(app)


async def test_a_number_without_its_lot_is_refused_in_a_sentence_that_fits_80_columns(
    duty: Room, app: FloodreadyApp
) -> None:
    duty.receive("RING", 5)
    duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c", *"1230", "enter")
        assert "1230 is not a line of the sheet (1 to 1). Scan its lot, then type it." in text(app)
