"""The rules of the page that the cases do not show, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.materials.availability import Candidate, Pick, follows_suggestion, suggest
from floodready.materials.balance import Step, first_shortfall, steps
from floodready.materials.commands_incident import Outcome
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.count_due import CountCause, next_count
from floodready.materials.expiry import is_expired, stated_life, warning_days
from floodready.materials.ledger import Stock
from floodready.materials.models import Holder, Item, Life, Lot, Movement, MovementKind, Pack
from floodready.materials.models_equipment import GearSet, SetPart
from floodready.materials.models_papers import TransferState
from floodready.materials.quota import Comparison, Need
from floodready.materials.replenishment import Cause, replenishment
from floodready.materials.sets import whole_sets
from floodready.materials.views import lot_card, ready_places, stock_rows, to_replenish, usable
from floodready.refusal import Refused
from floodready.typed_quantity import read_quantity, unit_factors
from tests.materials.conftest import MINUTE, NINE, ZONE, Room

TODAY = date(2026, 7, 1)


def test_available_is_on_hand_less_reserved_quarantined_and_expired(room: Room) -> None:
    room.receive("BAG", 500, until=TODAY - timedelta(1))
    lot = room.receive("BAG", 300)
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=70, purpose="drill")
    room.do("set_apart", zone=ZONE, lot=lot.id, place="EAST", quantity=30)
    figures = Stock(room.store, ZONE).availability("BAG", {"EAST"}, NINE)
    assert (figures.on_hand, figures.reserved, figures.quarantined, figures.expired) == (800, 70, 30, 500)
    assert figures.available == 200


@pytest.mark.parametrize(
    ("days", "warned"), [(181, None), (180, 180), (91, 180), (90, 90), (30, 30), (0, 30), (-1, None)]
)
def test_expiry_is_warned_of_180_90_and_30_days_ahead(days: int, warned: int | None) -> None:
    lot = Lot(id="L", item="BAG", in_stock_on=TODAY, life=Life.DATED, usable_until=TODAY + timedelta(days))
    assert warning_days(lot, NINE, ZONE, (180, 90, 30)) == warned


def test_the_screen_says_that_a_lot_is_usable_to_the_end_of_its_day_and_lists_an_unknown_life(room: Room) -> None:
    room.receive("BAG", 5, until=date(2026, 7, 20))
    room.do("receive_stock", zone=ZONE, item="RING", place="EAST", quantity=1)
    bag, ring = stock_rows(room.store, NINE, ZONE)
    assert (str(bag.life), str(bag.worry)) == ("to the end of 2026-07-20", "expires within 30 days")
    assert (str(ring.life), str(ring.worry)) == ("life unknown", "life unknown")


LOTS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 5)), st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=6
)


@given(LOTS, st.integers(1, 40))
def test_the_first_to_expire_leaves_first_without_expiry_last_and_ties_by_receipt(
    lots: list[tuple[int | None, int, int]], asked: int
) -> None:
    candidates = [
        Candidate(
            Lot(id=f"L{n}", item="BAG", in_stock_on=TODAY + timedelta(stocked), life=Life.UNKNOWN,
                usable_until=None if until is None else TODAY + timedelta(until)), "EAST", free)
        for n, (until, stocked, free) in enumerate(lots)
    ]  # fmt: skip
    picks = suggest(candidates, asked)
    assert sum(pick.quantity for pick in picks) == min(asked, sum(one.free for one in candidates))
    order = [(pick.lot.usable_until or date.max, pick.lot.in_stock_on) for pick in picks]
    assert order == sorted(order)
    left = {one.lot.id: one.free for one in candidates}
    for pick in picks[:-1]:
        assert pick.quantity == left[pick.lot.id], "a lot is used up before the next one is touched"


def test_a_back_dated_issue_is_refused_by_the_later_day_it_would_empty(room: Room) -> None:
    lot = room.receive("BAG", 100)
    room.do("open_incident", name="Dike", id="I")
    room.clock.instant += timedelta(days=2)
    room.issue("BAG", 90, to_incident="I")
    room.clock.instant += timedelta(days=1)
    room.do("account_for", zone=ZONE, incident_id="I", place="EAST", outcomes=(Outcome(lot=lot.id, good=90),))
    with pytest.raises(Refused, match=f"leave -10 of lot {lot.id} in East store on 2026-07-03"):
        room.issue("BAG", 20, occurred_at=NINE + timedelta(days=1))
    room.issue("BAG", 10, occurred_at=NINE + timedelta(days=1))
    assert room.held(lot.id) == 90


def test_a_movement_in_the_future_is_refused(room: Room) -> None:
    room.receive("BAG", 100)
    with pytest.raises(Refused, match="future"):
        room.issue("BAG", 1, occurred_at=NINE + timedelta(hours=1))


def test_a_lot_at_zero_keeps_its_history_and_leaves_the_pick_lists(room: Room) -> None:
    lot = room.receive("BAG", 10)
    room.issue("BAG", 10)
    assert stock_rows(room.store, NINE, ZONE) == []
    assert [str(row.kind) for row in lot_card(room.store, lot.id)] == ["receipt", "issue"]
    assert [row.balance for row in lot_card(room.store, lot.id, "EAST")] == [10, 0]


def test_more_than_was_sent_is_a_find_at_the_target_with_a_reason_the_sender_sees(room: Room) -> None:
    lot = room.receive("BAG", 100)
    ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                      lines=(Asked(lot=lot.id, quantity=100),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    with pytest.raises(Refused, match="give the reason"):
        room.do("receive_transfer", zone=ZONE, transfer=ordered.id, arrived=(Arrived(lot=lot.id, received=105),))
    came = Arrived(lot=lot.id, received=105, reason="five more in the bale")
    closed = room.do("receive_transfer", zone=ZONE, transfer=ordered.id, arrived=(came,))
    assert (closed.state, closed.lines[0].reason) == (TransferState.CLOSED, "five more in the bale")
    assert (room.held(lot.id, "WEST"), room.held(lot.id, "found")) == (105, -5)


def test_after_a_part_receipt_the_rest_is_received_or_returned(room: Room) -> None:
    lot = room.receive("BAG", 100)
    ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                      lines=(Asked(lot=lot.id, quantity=100),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    for received in (60, 30):
        came = Arrived(lot=lot.id, received=received, reason="second truck")
        room.do("receive_transfer", zone=ZONE, transfer=ordered.id, arrived=(came,))
    closed = room.do("settle_transfer", reason="turned back", zone=ZONE, transfer=ordered.id, returned=True)
    assert closed.state is TransferState.CLOSED
    assert (room.held(lot.id, "EAST"), room.held(lot.id, "WEST")) == (10, 90)


def test_sets_are_recomputed_when_jackets_come_back_damaged(room: Room) -> None:
    boats = GearSet(id="B", name="boat", parts=(SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=10)))

    def sets() -> int:
        room.store.refresh()
        places = ready_places(room.store, "HQ")
        held = {id: sum(usable(room.store, id, places, NINE, ZONE).values()) for id in ("BOAT", "JACKET")}
        return whole_sets(boats, held).number

    room.receive("BOAT", 6)
    jackets = room.receive("JACKET", 60)
    assert sets() == 6
    room.do("open_incident", name="Dike", id="I")
    room.issue("JACKET", 60, to_incident="I")
    assert sets() == 0
    back = Outcome(lot=jackets.id, good=50, damaged=6, lost=4)
    room.do("account_for", zone=ZONE, incident_id="I", place="EAST", outcomes=(back,))
    assert sets() == 5


def test_the_kinds_of_holders_stay_apart_in_what_is_usable(room: Room) -> None:
    room.receive("BAG", 40)
    room.receive("BAG", 30, holder=Holder.AGREEMENT)
    assert usable(room.store, "BAG", {"EAST"}, NINE, ZONE) == {Holder.OWN: 40, Holder.AGREEMENT: 30}


def test_condemned_and_expired_goods_stand_on_the_replenishment_list(room: Room) -> None:
    room.receive("BAG", 50, until=TODAY - timedelta(1), supplier="Li", price_fen=120)
    rings = room.receive("RING", 9)
    room.do("set_apart", zone=ZONE, lot=rings.id, place="EAST", quantity=4)
    found = {(row.item, row.cause): row for row in to_replenish(room.store, "HQ", NINE, ZONE)}
    assert found["BAG", Cause.EXPIRED].quantity == 50
    assert (found["BAG", Cause.EXPIRED].last_price_fen, found["BAG", Cause.EXPIRED].last_supplier) == (120, "Li")
    assert found["RING", Cause.CONDEMNED].quantity == 4


def test_a_pack_is_the_items_own_from_a_day_on_and_changing_it_rewrites_nothing(room: Room) -> None:
    item = room.store.get(Item, "BAG")
    assert item is not None
    packs = (Pack(name="包", numerator=100), Pack(name="包", numerator=50, since=TODAY))
    item = room.do("put_item", item=item.changed(packs=packs[:1]))
    before = read_quantity("12包+30", 0, unit_factors("条", item.packs_on(TODAY)))
    room.receive("BAG", before, typed="12包+30")
    changed = room.do("put_item", item=item.changed(packs=packs))
    assert changed.packs_on(TODAY - timedelta(1)) == {"包": 100}
    assert changed.packs_on(TODAY) == {"包": 50}
    (movement,) = room.movements()
    assert (movement.quantity, movement.typed) == (1230, "12包+30")
    with pytest.raises(Refused, match="not a unit"):
        read_quantity("1包", 0, unit_factors("个", {}))


def test_unit_and_scale_of_an_item_stay_once_it_has_moved(room: Room) -> None:
    bag = room.store.get(Item, "BAG")
    assert bag is not None
    room.do("put_item", item=bag.changed(unit="件"))
    room.do("put_item", item=bag)
    room.receive("BAG", 1)
    with pytest.raises(Refused, match="unit and scale stay"):
        room.do("put_item", item=bag.changed(scale=1))


def test_every_movement_says_who_ordered_it_and_how_it_was_typed(room: Room) -> None:
    room.receive("BAG", 100)
    room.clock.instant += MINUTE
    room.issue("BAG", 30, authority="Chief Wang", typed="30条", by="li")
    out = room.movements()[-1]
    assert (out.kind, out.authority, out.typed, out.by) == (MovementKind.ISSUE, "Chief Wang", "30条", "li")
    assert out.recorded_at == datetime(2026, 7, 1, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "months", "last"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2025, 12, 31), 14, date(2027, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 7, 1), 60, date(2031, 7, 1)),
    ],
)
def test_a_shelf_life_of_months_ends_on_the_day_it_was_made_or_on_the_months_last(
    made: date, months: int, last: date
) -> None:
    item = Item(id="BAG", name="bag", unit="条", life_months=months, life_source="maker")
    assert stated_life(item, made) == (Life.DATED, last)


def test_without_a_stated_shelf_life_or_a_day_of_making_a_life_is_unknown() -> None:
    item = Item(id="BAG", name="bag", unit="条")
    assert stated_life(item, TODAY) == (Life.UNKNOWN, None)
    assert stated_life(item.changed(life_months=12, life_source="maker"), None) == (Life.UNKNOWN, None)


def test_a_lot_is_usable_to_the_last_instant_of_its_day() -> None:
    lot = Lot(id="L", item="BAG", in_stock_on=TODAY, life=Life.DATED, usable_until=TODAY)
    end = datetime(2026, 7, 1, 16, tzinfo=UTC)  # midnight in Shanghai
    assert [is_expired(lot, at, ZONE) for at in (end - timedelta(microseconds=1), end)] == [False, True]
    endless = Lot(id="L", item="BAG", in_stock_on=TODAY, life=Life.DATED, usable_until=date.max)
    assert not is_expired(endless, end, ZONE)


def test_a_count_is_due_at_the_interval_or_on_the_day_before_a_season_whichever_is_earlier() -> None:
    start = date(2026, 7, 1)
    due = next_count(date(2026, 5, 1), 90, [date(2027, 5, 1), start], 30)
    assert (due.due_on, due.cause) == (date(2026, 6, 30), CountCause.SEASON)
    assert [due.overdue(day) for day in (date(2026, 6, 30), start)] == [False, True], "the last day is still in time"
    counted_in_time = next_count(date(2026, 6, 1), 90, [start], 30)
    assert counted_in_time.cause is CountCause.INTERVAL, "exactly the setting before the season is soon enough"
    assert next_count(date(2026, 5, 31), 90, [start], 30).cause is CountCause.SEASON
    assert next_count(date(2026, 5, 1), 10, [start], 30).due_on == date(2026, 5, 11)
    assert next_count(date(2026, 5, 1), 90, [start], None).cause is CountCause.INTERVAL
    assert next_count(None, 90, [start], 30).overdue(date.min)


def lot(id: str, until: date | None = None, stocked: date = TODAY) -> Lot:
    return Lot(id=id, item="BAG", in_stock_on=stocked, life=Life.UNKNOWN, usable_until=until)


def test_a_pick_follows_the_suggestion_where_it_takes_as_much_of_every_last_day() -> None:
    soon, twin, late = lot("L1", TODAY), lot("L2", TODAY, TODAY - timedelta(9)), lot("L3", TODAY + timedelta(9))
    unknown = lot("L4")
    held = [Candidate(one, "EAST", 5) for one in (unknown, late, soon, twin)]
    assert follows_suggestion(held, [Pick(soon, "EAST", 3), Pick(twin, "EAST", 2)])
    assert follows_suggestion(held, [Pick(soon, "EAST", 5), Pick(twin, "EAST", 5), Pick(late, "EAST", 1)])
    assert not follows_suggestion(held, [Pick(soon, "EAST", 5), Pick(late, "EAST", 1)])
    assert not follows_suggestion(held, [Pick(unknown, "EAST", 1)])
    assert suggest([Candidate(soon, "EAST", 0), Candidate(late, "EAST", 5)], 5) == [Pick(late, "EAST", 5)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-5, 5)), max_size=5), st.integers(0, 5), st.integers(-5, 5))
def test_what_is_dated_back_is_short_where_a_later_balance_would_fall_below_zero_by_it(
    history: list[tuple[int, int]], day: int, change: int
) -> None:
    def at(number: int) -> datetime:
        return NINE + timedelta(days=number)

    found = first_shortfall([Step(at(one), quantity) for one, quantity in history], [Step(at(day), change)])
    after = {n: sum(q for one, q in [*history, (day, change)] if one <= n) for n in range(6)}
    wrong = [n for n in sorted({day, *(one for one, _ in history)}) if change < 0 and n >= day and after[n] < 0]
    assert found == (Step(at(wrong[0]), after[wrong[0]]) if wrong else None)


def test_the_changes_of_a_place_stand_in_the_order_in_which_goods_moved() -> None:
    moves = [
        Movement(
            id=f"M{n}", item="BAG", lot="L", source=source, target=target, quantity=n, kind=MovementKind.TRANSFER,
            occurred_at=NINE - timedelta(hours=n % 3), recorded_at=NINE, seq=n, by="li",
        )
        for n, (source, target) in enumerate((("A", "B"), ("B", "C"), ("A", "C"), ("B", "A")), start=1)
    ]  # fmt: skip
    hour = timedelta(hours=1)
    assert [(NINE - step.at, step.change) for step in steps(moves, "B")] == [(2 * hour, -2), (hour, 1), (hour, -4)]


def test_what_is_replenished_stands_by_item_and_cause_with_the_last_known_price_and_supplier() -> None:
    need = Need(item="RING", quantity=9, works=(), source="q", clause="1")
    short = Comparison(item="RING", need=need, usable=4, by_holder={})
    met = Comparison(item="BOAT", need=need, usable=9, by_holder={})
    days = [TODAY - timedelta(n) for n in (0, 1, 2)]
    lots = [
        lot("L1", stocked=days[2]).changed(price_fen=100, supplier="Old"),
        lot("L3", stocked=days[0]),
        lot("L2", stocked=days[1]).changed(price_fen=200, supplier="Li"),
    ]
    found = replenishment([short, met], {"BAG": {Cause.EXPIRED: 0, Cause.CONDEMNED: 1}}, {"RING": lots})
    assert [(row.item, row.cause, row.quantity, row.last_price_fen, row.last_supplier) for row in found] == [
        ("BAG", Cause.CONDEMNED, 1, None, ""),
        ("RING", Cause.SHORT, 5, 200, "Li"),
    ]


def test_a_clock_may_be_five_minutes_ahead_and_no_more(room: Room) -> None:
    room.receive("BAG", 100)
    room.issue("BAG", 1, occurred_at=NINE + 5 * MINUTE)
    with pytest.raises(Refused, match="future"):
        room.issue("BAG", 1, occurred_at=NINE + 5 * MINUTE + timedelta(seconds=1))


def test_what_is_kept_of_a_lot_that_has_expired_is_not_taken_off_twice(room: Room) -> None:
    room.receive("BAG", 100, until=TODAY)
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=30, purpose="drill")
    over = datetime(2026, 7, 1, 16, tzinfo=UTC)  # midnight in Shanghai
    for at, figures in ((over - timedelta(seconds=1), (100, 30, 0, 70)), (over, (100, 0, 100, 0))):
        found = Stock(room.store, ZONE).availability("BAG", {"EAST"}, at)
        assert (found.on_hand, found.reserved, found.expired, found.available) == figures


def test_a_transfer_may_take_exactly_what_is_free(room: Room) -> None:
    held = room.receive("BAG", 100)
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=30, purpose="drill")

    def send(quantity: int) -> None:
        lines = (Asked(lot=held.id, quantity=quantity),)
        ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
        room.do("ship_transfer", zone=ZONE, transfer=ordered.id)

    with pytest.raises(Refused, match="70 free"):
        send(71)
    send(70)
    assert (room.held(held.id), room.available("BAG")) == (30, 0)
