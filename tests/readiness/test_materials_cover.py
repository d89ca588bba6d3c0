"""The colour table for stock, sets and machines, rule by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.models import Holder, Importance, Item, Place, Substitute
from floodready.materials.models_equipment import Condition, Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.organisation.models import Works, WorksKind
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, Line, status_of
from floodready.readiness.materials_lines import parts
from tests.materials.conftest import MINUTE, NINE, ZONE, Room
from tests.readiness.asked import lines_of
from tests.readiness.test_materials_lines import count, line, need, room

__all__ = ["room"]


def stocked(room: Room, bags: int, **facts: object) -> str:
    lot = room.receive("BAG", bags, **facts)  # type: ignore[arg-type] # facts of the command's own types
    count(room, lot.id, str(bags))
    room.clock.instant += MINUTE
    return lot.id


def cause(room: Room, id: str = "BAG") -> tuple[Colour, str]:
    status = status_of(line(room, id), room.clock.now())
    return status.colour, str(status.cause)


def told(found: Line) -> str:
    return "\n".join(map(str, found.explanation))


def reset(room: Room, item: str, **facts: object) -> None:
    before = room.store.get(Item, item)
    assert before is not None
    room.do("put_item", item=before.changed(**facts))


def test_the_kinds_of_holders_are_told_apart_and_so_is_what_covers_the_need(room: Room) -> None:
    need(room, 100)
    stocked(room, 40)
    stocked(room, 30, holder=Holder.ENTRUSTED)
    stocked(room, 20, holder=Holder.AGREEMENT)
    stocked(room, 10, holder=Holder.REGISTERED)
    found = line(room, "BAG")
    shares = "40 条 own stock, 30 条 entrusted stock, 20 条 agreement stock, 10 条 registered social stock"
    assert str(found.good) == f"100 条 ({shares}) usable of 100 条 required"
    for sentence in (
        "own stock: 40 条, covers 40 %.", "With entrusted stock: 30 条 more, covers 70 %.",
        "With agreement stock: 20 条 more, covers 90 %.", "With registered social stock: 10 条 more, covers 100 %.",
    ):  # fmt: skip
        assert sentence in told(found)


def test_only_own_stock_needs_no_shares(room: Room) -> None:
    need(room, 100)
    stocked(room, 95)
    assert cause(room) == (Colour.AMBER, "95 条 usable of 100 条 required")


@pytest.mark.parametrize(
    ("importance", "bags", "colour"),
    [("B", 79, Colour.RED), ("B", 80, Colour.AMBER), ("A", 89, Colour.RED), ("A", 90, Colour.AMBER),
     ("A", 100, Colour.GREEN)],
)  # fmt: skip
def test_red_begins_below_80_and_for_class_a_below_90_of_100(
    room: Room, importance: str, bags: int, colour: Colour
) -> None:
    need(room, 100)
    stocked(room, bags)
    reset(room, "BAG", importance=Importance(importance))
    assert cause(room)[0] is colour


def test_a_need_met_only_by_goods_on_the_way_is_amber_and_asks_to_receive_them(room: Room) -> None:
    room.do("put_place", place=Place(id="FAR", name="far", unit=None))
    need(room, 100)
    stocked(room, 85)
    far = room.receive("BAG", 15, "FAR")
    ordered = room.do("order_transfer", zone=ZONE, source="FAR", target="EAST",
                      lines=(Asked(lot=far.id, quantity=15),))  # fmt: skip
    assert cause(room) == (Colour.AMBER, "85 条 usable of 100 条 required")
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    status = status_of(line(room, "BAG"), NINE)
    assert status.colour is Colour.AMBER
    assert f"depends on 15 条 on the way by transfer {ordered.id}" in str(status.cause)
    assert str(status.act) == f"receive transfer {ordered.id} of 编织袋"
    room.do("receive_transfer", zone=ZONE, transfer=ordered.id, arrived=(Arrived(lot=far.id, received=15),))
    count(room, far.id, "15")
    assert cause(room)[0] is Colour.GREEN


def test_goods_on_the_way_never_mend_a_red_line(room: Room) -> None:
    room.do("put_place", place=Place(id="FAR", name="far", unit=None))
    need(room, 100)
    stocked(room, 10)
    far = room.receive("BAG", 90, "FAR")
    ordered = room.do("order_transfer", zone=ZONE, source="FAR", target="EAST",
                      lines=(Asked(lot=far.id, quantity=90),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    assert cause(room)[0] is Colour.RED


def test_stock_too_far_away_is_not_counted_as_ready(room: Room) -> None:
    need(room, 100)
    stocked(room, 100)
    room.do("put_place", place=Place(id="EAST", name="East", unit="HQ", reach_hours=5))
    assert cause(room) == (Colour.RED, "0 条 usable of 100 条 required")


def test_quarantined_and_deployed_pieces_are_not_usable(room: Room) -> None:
    need(room, 100)
    lot = stocked(room, 100)
    room.do("set_apart", zone=ZONE, lot=lot, place="EAST", quantity=5)
    room.do("open_incident", name="Dike", id="I")
    room.issue("BAG", 5, to_incident="I")
    assert cause(room) == (Colour.AMBER, "90 条 usable of 100 条 required")


def test_substitutes_are_pooled_at_their_worth(room: Room) -> None:
    need(room, 100)
    stocked(room, 95)
    ring = room.receive("RING", 11)
    count(room, ring.id, "11")
    reset(room, "BAG", substitutes=(Substitute(item="RING", denominator=2),))
    found = line(room, "BAG")
    assert str(found.good) == "100 条 usable of 100 条 required"
    assert "11 个 of 救生圈 may stand in, each for 1/2." in told(found)


def test_books_that_are_short_count_as_nothing_usable_until_counted(room: Room) -> None:
    need(room, 10)
    room.receive("BAG", 30)
    room.receive("BAG", 30, "WEST")
    room.issue("BAG", 50, emergency=True)
    found = line(room, "BAG")
    assert "books are short" in str(status_of(found, NINE).cause)
    assert str(found.good) == "0 条 usable of 10 条 required"


def test_the_end_of_a_reservation_is_known_ahead_and_todays_forecast_is_that_days_status(room: Room) -> None:
    need(room, 100)
    stocked(room, 100)
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=40, purpose="drill",
            until_on=date(2026, 7, 5))  # fmt: skip
    found, free = line(room, "BAG"), datetime(2026, 7, 5, 16, tzinfo=UTC)
    assert status_of(found, NINE).colour is status_of(found, free - timedelta(seconds=1)).colour is Colour.RED
    assert status_of(found, free).colour is Colour.GREEN
    room.clock.instant = free
    assert cause(room)[0] is Colour.GREEN


def test_a_quota_table_that_comes_into_force_later_turns_the_line_on_its_day(room: Room) -> None:
    need(room, 100)
    stocked(room, 100)
    row = QuotaRow(works_kind="dike", grade="2", item="BAG", base="200")
    table = QuotaTable(id="Q2", name="t", source="made up for this test", clause="—", in_force_on=date(2026, 7, 20),
                       rows=(row,))  # fmt: skip
    room.do("put_quotas", table=table)
    found, begins = line(room, "BAG"), datetime(2026, 7, 19, 16, tzinfo=UTC)
    assert cause(room)[0] is Colour.AMBER
    assert "will fall short within 30 days" in cause(room)[1]
    assert status_of(found, begins - timedelta(days=31)).colour is Colour.GREEN
    assert status_of(found, begins).colour is Colour.RED
    status = status_of(found, begins)
    room.clock.instant = begins
    assert (status.colour, str(status.cause)) == cause(room)


def test_the_movements_behind_a_figure_are_told_with_the_need_and_the_evidence(room: Room) -> None:
    need(room, 100)
    lot = stocked(room, 100)
    room.issue("BAG", 30, to_incident=room.do("open_incident", name="Dike", id="I").id, by="li")
    explained = told(line(room, "BAG"))
    assert "Need 100 条 by t, made up for this test, —, over dike." in explained
    assert f"Lot {lot} in East store: 70 条, own stock, last counted 2026-07-01" in explained
    assert "issue of 30 条, East store to incident Dike, by Li" in explained
    assert "receipt of 100 条, supplier to East store" in explained
    for _ in range(10):
        room.issue("BAG", 1)
    assert "4 earlier movements stand on the cards" in told(line(room, "BAG"))


def boats(room: Room) -> None:
    parts = (SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=5))
    room.do("put_set", gear=GearSet(id="G", name="boats", needed=10, need_source="plan of 2026", parts=parts))


def test_a_set_is_as_well_known_as_its_least_known_part(room: Room) -> None:
    boats(room)
    hulls, jackets = room.receive("BOAT", 10), room.receive("JACKET", 50)
    assert cause(room, "set-G") == (Colour.GREY, "never really counted")
    session = room.do("open_count", name="count", places=("EAST",))
    for lot, typed, by in ((hulls, "10", "wang"), (jackets, "50", "wang"), (jackets, "50", "sun")):
        room.count(session.id, lot.id, typed, by=by)
    room.do("post_count", zone=ZONE, session=session.id, reasons={})
    found = line(room, "set-G")
    assert status_of(found, NINE).colour is Colour.GREEN
    assert status_of(found, NINE + timedelta(days=91)).colour is Colour.AMBER
    assert "10 sets are needed by plan of 2026." in told(found)
    assert "救生衣: 50 件 usable, 5 件 in a set, makes 10 sets." in told(found)


def test_a_set_without_a_need_is_not_known(room: Room) -> None:
    room.receive("BOAT", 10)
    room.do("put_set", gear=GearSet(id="G", name="boats", parts=(SetPart(item="BOAT", per_set=1),)))
    assert cause(room, "set-G") == (Colour.GREY, "10 whole sets; no need is set")
    assert "needed by" not in told(line(room, "set-G"))
    known = room.store.get(GearSet, "G")
    assert known is not None
    with room.store.transaction(room.act(), "test") as tx:
        tx.put(known.changed(needed=10))
    assert "10 sets are needed by —." in told(line(room, "set-G"))


def test_parts_on_the_way_are_named_where_they_would_make_the_sets_whole(room: Room) -> None:
    boats(room)
    room.do("put_place", place=Place(id="FAR", name="far", unit=None))
    room.receive("BOAT", 10)
    room.receive("JACKET", 45)
    far = room.receive("JACKET", 5, "FAR")
    lines_of = (Asked(lot=far.id, quantity=5),)
    ordered = room.do("order_transfer", zone=ZONE, source="FAR", target="EAST", lines=lines_of)
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    found = [signal for signal in line(room, "set-G").signals if signal.colour is Colour.AMBER]
    assert f"depends on parts of 1 set on the way by transfer {ordered.id}" in str(found[0].cause)


def test_a_machine_without_an_interval_ages_by_its_class(room: Room) -> None:
    room.do("put_equipment", equipment=Equipment(id="P1", name="pump", item="BOAT", place="EAST"))
    assert cause(room, "equipment-BOAT") == (Colour.GREY, "P1 was never tested")
    room.do("record_test", by="li", zone=ZONE, equipment="P1", passed=True)
    found = line(room, "equipment-BOAT")
    assert status_of(found, NINE).colour is Colour.GREEN
    assert status_of(found, NINE + timedelta(days=181)).colour is Colour.AMBER
    assert status_of(found, NINE + timedelta(days=361)).colour is Colour.GREY


def test_no_serviceable_machine_is_red_and_a_condemned_one_is_not_asked_about(room: Room) -> None:
    pump = Equipment(id="P1", name="pump", item="BOAT", place="EAST", condition=Condition.REPAIR, last_passed=True,
                     last_tested_at=NINE)  # fmt: skip
    room.do("put_equipment", equipment=pump)
    assert cause(room, "equipment-BOAT") == (Colour.RED, "no serviceable unit")
    room.do("put_equipment", equipment=pump.changed(condition=Condition.CONDEMNED))
    assert not [one for one in lines_of(parts, Surroundings(room.store, NINE, ZONE)) if "equipment" in one.id]


def test_evidence_is_doubted_past_its_limit_and_lost_past_twice_of_it(room: Room) -> None:
    need(room, 100)
    stocked(room, 100)
    found = line(room, "BAG")
    assert status_of(found, NINE + timedelta(days=180)).colour is Colour.GREEN
    assert status_of(found, NINE + timedelta(days=181)).colour is Colour.AMBER
    assert status_of(found, NINE + timedelta(days=361)).colour is Colour.GREY


def test_a_part_that_is_no_item_in_use_makes_no_set_and_is_named_by_its_code(room: Room) -> None:
    boats(room)
    room.receive("BOAT", 10)
    for item in ("BOAT", "JACKET"):
        reset_as_it_is(room, item, retired=True)
    found = line(room, "set-G")
    status = status_of(found, NINE)
    assert status.colour is Colour.RED
    assert str(status.cause) in {f"0 of 10 sets, limited by {item}" for item in ("BOAT", "JACKET")}
    assert str(status.act) in {f"replenish {item} for the sets" for item in ("BOAT", "JACKET")}
    for item in ("BOAT", "JACKET"):
        assert f"{item} is not an item in use: it makes 0 sets." in told(found)


def reset_as_it_is(room: Room, item: str, **facts: object) -> None:
    before = room.store.get(Item, item)
    assert before is not None
    with room.store.transaction(room.act(), "test") as tx:
        tx.put(before.changed(**facts))


def test_a_set_lives_as_long_as_what_stands_in_for_its_parts(room: Room) -> None:
    room.receive("BOAT", 10)
    room.receive("RING", 50, until=date(2026, 7, 10))
    reset(room, "JACKET", substitutes=(Substitute(item="RING"),))
    parts_of = (SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=5))
    gear = GearSet(id="G", name="boats", needed=10, need_source="plan", parts=parts_of, capability="pump out")
    room.do("put_set", gear=gear)
    found, end = line(room, "set-G"), datetime(2026, 7, 10, 16, tzinfo=UTC)
    reds = [signal for signal in found.signals if signal.colour is Colour.RED]
    assert [signal.since for signal in reds] == [end]
    assert "救生衣 (0 件 usable of 50 件)" in str(reds[0].cause)
    assert found.capability.value == "pump out"


def test_machines_stand_where_their_unit_is_and_weigh_as_their_item_does(room: Room) -> None:
    room.do("put_place", place=Place(id="FAR", name="far", unit=None))
    for id, place in (("P1", "EAST"), ("P2", "EAST"), ("P3", "FAR")):
        room.do("put_equipment", equipment=Equipment(id=id, name="pump", item="JACKET", place=place))
    found = line(room, "equipment-JACKET")
    assert (found.importance.value, str(found.subject), str(found.good)) == ("A", "救生衣", "2 of 2 serviceable")
    reset(room, "JACKET", capability="move people by boat")
    assert line(room, "equipment-JACKET").capability.value == "move people by boat"
    reset_as_it_is(room, "JACKET", retired=True)
    found = line(room, "equipment-JACKET")
    assert (found.importance.value, str(found.subject)) == ("B", "JACKET"), "by its code where no item is in use"


def test_a_machine_is_due_by_its_own_interval_and_lost_after_another(room: Room) -> None:
    pump = Equipment(id="P1", name="pump", item="BOAT", place="EAST", test_interval_days=10)
    room.do("put_equipment", equipment=pump)
    room.do("record_test", by="li", zone=ZONE, equipment="P1", passed=True)
    found, second = line(room, "equipment-BOAT"), timedelta(seconds=1)
    due, lost = datetime(2026, 7, 11, 16, tzinfo=UTC), datetime(2026, 7, 21, 16, tzinfo=UTC)
    moments = (due - second, due, lost - second, lost)
    assert [status_of(found, at).colour for at in moments] == [Colour.GREEN, Colour.AMBER, Colour.AMBER, Colour.GREY]
    assert str(status_of(found, due).act) == "test pump P1"
    assert not any("Class" in str(sentence) for sentence in found.explanation)
    room.do("record_test", by="li", zone=ZONE, equipment="P1", passed=False)
    status = status_of(line(room, "equipment-BOAT"), NINE)
    assert (str(status.cause), str(status.act)) == ("no serviceable unit", "repair or replace 冲锋舟")
    room.do("put_equipment", equipment=pump.changed(id="P2"))
    room.do("record_test", by="li", zone=ZONE, equipment="P2", passed=True)
    status = status_of(line(room, "equipment-BOAT"), NINE)
    assert (status.colour, str(status.cause)) == (Colour.RED, "P1 failed its last test")
    assert (str(status.act), status.line.opens) == ("repair and test pump P1", ("materials.equipment", "P1"))
    assert (status.line.capability.value, str(status.line.good)) == ("pump out", "1 of 2 serviceable")


def test_a_need_over_works_whose_size_nobody_stated_is_never_met(room: Room) -> None:
    need(room, 100)
    with room.store.transaction(room.act(), "demo.build") as tx:
        tx.put(Works(id="D2", name="weir", unit="HQ", kind=WorksKind.DIKE, grade="2"))
    assert cause(room) == (Colour.RED, "0 条 usable of 100 条 required"), "what the others need is lacking already"
    stocked(room, 95)
    status = status_of(line(room, "BAG"), room.clock.now())
    assert status.colour is Colour.GREY, "never amber: the true need is higher"
    assert str(status.cause) == "the size of weir is not stated: 95 条 usable of at least 100 条"
    assert str(status.act) == "state the size of weir"
    stocked(room, 500)
    assert cause(room)[0] is Colour.GREY, "more stock makes nothing worse, and nothing known"


def test_the_lot_that_was_counted_longest_ago_says_how_well_an_item_is_known(room: Room) -> None:
    need(room, 100)
    first = stocked(room, 60)
    room.clock.instant += timedelta(days=40)
    second = stocked(room, 60)
    found = line(room, "BAG")
    assert status_of(found, NINE + timedelta(days=180)).colour is Colour.GREEN
    doubted = status_of(found, NINE + timedelta(days=181))
    assert (doubted.colour, str(doubted.cause)) == (Colour.AMBER, "last counted on 2026-07-01: too long ago")
    moves = [
        str(sentence) for sentence in found.explanation if " by " in str(sentence) and ", supplier to " in str(sentence)
    ]
    assert [move[:10] for move in moves] == ["2026-08-10", "2026-07-01"], "the newest first"
    assert "earlier movement" not in told(found)
    assert first != second
