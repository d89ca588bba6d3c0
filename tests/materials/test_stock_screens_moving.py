"""Moving stock at the screens: issue, receive, transfer, set apart, condemn, incidents, reservations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floodready.materials.commands_incident import Outcome
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.models import Item, Lot, Movement, Pack, Place
from floodready.materials.models_counting import VarianceReason
from floodready.materials.models_papers import Incident, Transfer, TransferState
from floodready.refusal import Refused
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from floodready.tui.widgets.words import Words
from tests.materials.conftest import NINE, ZONE, Room
from tests.tui.conftest import press, text


@pytest.mark.parametrize(("act", "typed", "held"), [("i", "120", 380), ("t", "80", 420), ("r", "1000", 1500)])
async def test_a_known_item_takes_six_keys_at_most_beyond_its_text(
    duty: Room, app: FloodreadyApp, act: str, typed: str, held: int
) -> None:
    """From the board to the receipt: the item is found by its name, the figure typed, the rest are keys."""
    for item in ("RING", "JACKET"):
        duty.receive(item, 50)
    duty.receive("BAG", 500)
    before, find, after = ("3", "slash"), "编织袋", ("enter", act)
    assert len((*before, *after, "ctrl+s")) <= 6
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *before, *find, *after, *typed, "ctrl+s")
        assert sum(duty.held(lot.id) for lot in duty.store.all(Lot) if lot.item == "BAG") == held


async def test_one_order_of_two_items_has_a_reason_for_each_line(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 500)
    duty.receive("RING", 30)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "x", "x")
        assert "Marked: " in text(app)
        await press(pilot, "i", *"20", "enter", *"seepage", "enter", *"600", "ctrl+s")
        assert "30 个 left, not 600" in " ".join(text(app).split())
        assert len(list(duty.store.all(Movement))) == 2, "all lines or none"
        await press(pilot, *["backspace"] * 3, "5", "enter", *"patrol", "ctrl+s")
        issued = [(one.quantity, one.reason) for one in duty.store.all(Movement) if one.kind == "issue"]
        assert sorted(issued) == [(5, "patrol"), (20, "seepage")]
        await press(pilot, "z", "left", "enter")
        assert (duty.available("BAG"), duty.available("RING")) == (500, 30)


async def test_a_transfer_arrives_short_damaged_and_over_line_by_line(duty: Room, app: FloodreadyApp) -> None:
    lots = [duty.receive("RING", 30), duty.receive("BAG", 100)]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "x", "x", "t", *"20", "enter", *"100", "ctrl+s")
        (sent,) = duty.store.all(Transfer)
        assert [(line.lot, line.sent) for line in sent.lines] == [(lots[0].id, 20), (lots[1].id, 100)]
        await press(pilot, "w", "enter", "backspace", "backspace", *"21", "enter", "enter", "ctrl+s")
        assert "say why it is" in text(app)
        await press(pilot, *"one more", "enter", *["backspace"] * 3, *"95", "enter", "backspace", "3", "enter")
        await press(pilot, *"3 torn, 5 missing", "enter")
        found = duty.store.get(Transfer, sent.id)
        assert found is not None
        assert [line.reason for line in found.lines] == ["one more", "3 torn, 5 missing"]
        assert duty.held(lots[0].id, "WEST") == 21
        assert (duty.held(lots[1].id, "WEST"), duty.held(lots[1].id, "quarantine/WEST")) == (92, 3)
        assert duty.held(lots[1].id, f"transit/{sent.id}") == 5
        await press(pilot, "e")
        assert "3 torn, 5 missing" in " ".join(text(app).split())
        await press(pilot, "escape", "y", "down", "enter", *"fell off", "enter")
        assert "closed" in text(app)
        assert duty.held(lots[1].id, f"transit/{sent.id}") == 0


async def test_goods_are_set_apart_brought_back_and_condemned(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("RING", 20)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "a", "6", "enter", *"mould", "ctrl+s")
        assert (duty.held(lot.id), duty.held(lot.id, "quarantine/EAST")) == (14, 6)
        await press(pilot, "slash", *"quarantine", "enter", "a", "2", "ctrl+s")
        assert (duty.held(lot.id), duty.held(lot.id, "quarantine/EAST")) == (16, 4)
        await press(pilot, "d", "4", "ctrl+s")
        assert "Give the reason" in text(app)
        await press(pilot, "tab", *"rotten", "ctrl+s")
        assert (duty.held(lot.id), duty.held(lot.id, "quarantine/EAST")) == (16, 0)


async def test_an_incident_runs_from_opening_to_zero(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("JACKET", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "u", "n", *"Dike 12", "enter")
        assert "Dike 12" in text(app)
        await press(pilot, "escape", "i", *"60", "ctrl+s")
        (opened,) = duty.store.all(Incident)
        assert duty.held(lot.id, f"incident/{opened.id}") == 60
        await press(pilot, "u", "enter", "x")
        assert f"Not accounted for yet: 救生衣 {lot.id} 60 件" in " ".join(text(app).split())
        await press(pilot, "escape", "enter")
        for figure in ("50", "6", "0", "4"):
            await press(pilot, "backspace", "backspace", *figure, "enter")
        await press(pilot, *"East", "ctrl+s")
        assert "every piece is accounted for" in text(app)
        assert (duty.held(lot.id), duty.held(lot.id, "quarantine/EAST")) == (90, 6)
        await press(pilot, "x")
        assert "Dike 12: closed" in text(app)


async def test_stock_is_reserved_and_released(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 500)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "h", *"200", "enter", *"drill", "enter", *"+3d", "enter")
        assert duty.available("BAG") == 300
        await press(pilot, "H")
        assert "drill" in text(app)
        await press(pilot, "enter", "enter")
        assert duty.available("BAG") == 500
        assert "Nothing is reserved" in text(app)


async def test_a_movement_is_reversed_from_the_lot_card(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 500)
    duty.issue("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter", "x", *"wrong item", "enter")
        assert duty.held(lot.id) == 500
        assert "reversal" in text(app)


async def test_a_transfer_may_be_ordered_now_and_shipped_later_by_key(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "t", *"20", *["enter"] * 4, "down", "ctrl+s")
        (ordered,) = duty.store.all(Transfer)
        assert (ordered.state, duty.held(lot.id)) == (TransferState.ORDERED, 100)
        await press(pilot, "w", "enter", *"truck 7", "enter")
        assert duty.held(lot.id, f"transit/{ordered.id}") == 20
        shipped = duty.store.get(Transfer, ordered.id)
        assert shipped is not None
        assert (shipped.state, shipped.carrier) == (TransferState.SHIPPED, "truck 7")


async def test_a_paper_keyed_after_the_count_is_put_right_at_the_screen(duty: Room, app: FloodreadyApp) -> None:
    """Case 4: 100 left on paper at 09:00, the count of 10:00 found 900, the paper is keyed at 11:00."""
    duty.at("08:00")
    lot = duty.receive("BAG", 1000)
    duty.at("10:00")
    session = duty.do("open_count", name="c", places=("EAST",))
    duty.count(session.id, lot.id, "900")
    duty.do("post_count", zone=ZONE, session=session.id, reasons={lot.id: VarianceReason.NOT_BOOKED})
    duty.at("11:00")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"100", *["enter"] * 5, *"boss", "enter", "down", "enter", *"09:00", "ctrl+s")
        assert "the count already shows it" in " ".join(text(app).split())
        await press(pilot, "enter", "down", "ctrl+s")
        assert duty.held(lot.id) == 900
        (issued,) = [one for one in duty.store.all(Movement) if one.kind == "issue"]
        assert (issued.authority, issued.occurred_at.hour) == ("boss", 1)


@pytest.fixture
def packs(duty: Room) -> None:
    """A pack of bags that holds 50, and 100 from 4 July; it is 6 July now."""
    packs = (Pack(name="包", numerator=50), Pack(name="包", numerator=100, since=date(2026, 7, 4)))
    bag = duty.store.get(Item, "BAG")
    assert bag is not None
    duty.do("put_item", item=bag.changed(packs=packs))
    duty.receive("BAG", 500)
    duty.clock.instant = NINE + timedelta(days=5)


@pytest.mark.usefixtures("packs")
async def test_an_issue_dated_back_reads_the_packs_of_its_own_day(duty: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"2包")
        assert "= 200 条" in text(app)
        await press(pilot, *["tab"] * 7, *"0702 10")
        form = app.screen
        assert isinstance(form, Form)
        assert "= 100 条" in str(form.query_one("#field-typed-0 .field--told", Words).said[0])
        await press(pilot, "ctrl+s")
        (issued,) = [one for one in duty.store.all(Movement) if one.kind == "issue"]
        assert (issued.quantity, issued.typed) == (100, "2包")


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("act", ["i", "t", "a", "d", "h"])
async def test_no_form_of_stock_opens_over_the_past(app: FloodreadyApp, act: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "f5", *"0702 10", "enter", act)
        assert "F5 comes back to now" in text(app)


async def test_a_long_refusal_leaves_the_buttons_in_sight_on_24_rows(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 1_279_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "i", *"99999999", "ctrl+s")
        assert "emergency mark." in text(app)
        assert "Leave" in text(app)


async def test_what_a_delivery_brings_is_checked_and_echoed_as_it_is_typed(duty: Room, app: FloodreadyApp) -> None:
    packs = (Pack(name="包", numerator=50), Pack(name="包", numerator=100, since=date(2026, 6, 30)))
    bag = duty.store.get(Item, "BAG")
    assert bag is not None
    duty.do("put_item", item=bag.changed(packs=packs))
    duty.receive("BAG", 500)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "r", *"1,5", "enter", *"x")
        assert "“1,5x” is not a number" in text(app)
        await press(pilot, "ctrl+u", "0", "ctrl+s")
        assert "Type a quantity of more than zero." in text(app)
        await press(pilot, "ctrl+u", *"2包")
        assert "= 200 条" in text(app)
        await press(pilot, "enter", "enter", "enter", "enter", *"柴油")
        form = app.screen
        assert isinstance(form, Form)
        assert "“包” is not a unit" in str(form.query_one("#field-typed .field--told", Words).said[0])
        await press(pilot, "ctrl+u", *"编织袋", "enter", "enter", *"0629 8", "ctrl+s")
        assert [one.quantity for one in duty.store.all(Movement)] == [500, 100]


async def test_more_than_an_incident_holds_or_nothing_at_all_is_no_account(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 100)
    incident = duty.do("open_incident", name="Dike 12")
    duty.issue("BAG", 17, to_incident=incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "u", "enter", "enter", "tab", "backspace", "9", *["tab"] * 3, *"East", "ctrl+s")
        assert "together more than the 17 条 that are open" in " ".join(text(app).split())
        await press(pilot, "ctrl+u", "0", "tab", "ctrl+u", "0", "ctrl+s")
        assert "Say of one piece at least what became of it." in " ".join(text(app).split())
        await press(pilot, "ctrl+u", *"17", "ctrl+s")
        assert "every piece is accounted for" in text(app)
    outcomes = (Outcome(lot=lot.id, good=1, consumed=2),)
    with pytest.raises(Refused, match="incident Dike 12 has 0 of lot L"):
        duty.do("account_for", zone=ZONE, incident_id=incident.id, place="EAST", outcomes=outcomes)


async def test_a_transfer_where_there_is_no_other_place_says_what_to_do(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 10)
    west = duty.store.get(Place, "WEST")
    assert west is not None
    duty.do("put_place", place=west.changed(retired=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "t")
        assert "There is no other place to send it to. Add one with N." in " ".join(text(app).split())


@pytest.mark.parametrize("act", ["i", "t", "h"])
async def test_what_is_set_apart_is_not_issued_sent_or_reserved_from_its_row(
    duty: Room, app: FloodreadyApp, act: str
) -> None:
    lot = duty.receive("RING", 20)
    duty.do("set_apart", zone=ZONE, lot=lot.id, place="EAST", quantity=6)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "slash", *"quarantine", "enter", act)
        assert f"Lot {lot.id} is set apart: not available." in " ".join(text(app).split())


async def test_an_account_is_headed_in_chinese_by_what_stock_calls_its_figures(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 100)
    duty.issue("BAG", 17, to_incident=duty.do("open_incident", name="Dike 12").id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "u", "enter", "f3")
        assert [word in text(app) for word in ("出库", "未结")] == [True, True]


async def test_states_are_said_in_chinese_as_stock_says_them(duty: Room, app: FloodreadyApp) -> None:
    lot = duty.receive("BAG", 100)
    duty.do("open_incident", name="Dike 12")
    session = duty.do("open_count", name="spring", places=("EAST",))
    duty.count(session.id, "STRANGE", "4")
    lines = (Asked(lot=lot.id, quantity=1),)
    sent = duty.do("send_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
    duty.do("receive_transfer", zone=ZONE, transfer=sent.id, arrived=(Arrived(lot=lot.id, received=1),))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3", "3")
        for keys, word in (("u", "未结"), ("C", "进行中"), ("w", "已结"), ("c f7", "待查")):
            await press(pilot, *keys.split())
            assert word in text(app)
            assert "打开" not in text(app).split("排序")[0]
            await press(pilot, "escape")
