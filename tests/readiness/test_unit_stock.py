"""What of a unit's stock is free at any instant: reservations that end, lots that expire, books that are short."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from floodready.materials.models import Item, Place
from floodready.materials.quota import Need
from floodready.organisation.models import Unit
from floodready.readiness.forward_stock import raised
from floodready.readiness.gathering import Surroundings
from floodready.readiness.unit_stock import UnitStock, stock_of
from floodready.season.level import Level
from floodready.season.level_table import Effects
from tests.materials.conftest import NINE, ZONE, Room
from tests.readiness.test_materials_lines import room

__all__ = ["room"]

SECOND = timedelta(seconds=1)


def stock(room: Room, unit: str = "HQ") -> UnitStock:
    items = {item.id: item for item in room.store.all(Item)}
    return stock_of(Surroundings(room.store, room.clock.now(), ZONE), unit, items)


def free(room: Room, *moments: datetime) -> list[int]:
    held = stock(room)
    return [held.usable_of_all(at).get("BAG", 0) for at in moments]


def end_of(day: int) -> datetime:
    """Give the end of a day of July, as midnight in Shanghai."""
    return datetime(2026, 7, day, 16, tzinfo=UTC)


def reserve(room: Room, quantity: int, until_on: date | None, place: str = "EAST") -> str:
    made = room.do(
        "reserve_stock", zone=ZONE, item="BAG", place=place, quantity=quantity, purpose="x", until_on=until_on
    )
    (id,) = made
    return str(id)


def test_a_reservation_binds_to_the_end_of_its_last_day_or_until_it_is_released(room: Room) -> None:
    room.receive("BAG", 100)
    reserve(room, 40, date(2026, 7, 3))
    reserve(room, 20, date(2026, 7, 5))
    bound = reserve(room, 10, None)
    moments = (NINE, end_of(3) - SECOND, end_of(3), end_of(5) - SECOND, end_of(5), end_of(31))
    assert free(room, *moments) == [30, 30, 70, 70, 90, 90]
    room.do("release_stock", reservation=bound)
    assert free(room, *moments) == [40, 40, 80, 80, 100, 100]


def test_what_expires_while_it_is_reserved_never_becomes_free(room: Room) -> None:
    room.receive("BAG", 100, until=date(2026, 7, 4))
    reserve(room, 40, date(2026, 7, 2))
    reserve(room, 60, date(2026, 7, 8))
    moments = (NINE, end_of(2) - SECOND, end_of(2), end_of(4) - SECOND, end_of(4), end_of(8))
    assert free(room, *moments) == [0, 0, 40, 40, 0, 0]
    assert stock(room).edges(["BAG"])[1:] == [end_of(2), end_of(4)]


def test_a_lot_that_is_reserved_whole_is_asked_about_once_it_may_become_free(room: Room) -> None:
    room.receive("BAG", 100)
    reserve(room, 100, None)
    assert "BAG" not in stock(room).asked()
    room.receive("BAG", 5, "WEST")
    reserve(room, 5, date(2026, 7, 3), "WEST")
    assert "BAG" in stock(room).asked()


def test_only_edges_of_the_items_asked_about_are_given(room: Room) -> None:
    room.receive("BAG", 1, until=date(2026, 7, 4))
    room.receive("RING", 1, until=date(2026, 7, 6))
    held = stock(room)
    assert held.edges(["BAG"])[1:] == [end_of(4)]
    assert held.edges(["RING", "BAG"])[1:] == [end_of(4), end_of(6)]


def test_books_that_are_short_elsewhere_leave_a_unit_its_stock(room: Room) -> None:
    with room.store.transaction(room.act(), "demo.build") as tx:
        tx.put(Unit(id="V", name="Village", parent="HQ"))
        tx.put(Place(id="VS", name="Village store", unit="V", reach_hours=1))
    room.receive("BAG", 10)
    room.receive("BAG", 1, "VS")
    room.issue("BAG", 5, place="VS", emergency=True)
    assert stock(room, "V").short == {"BAG"}
    assert stock(room, "HQ").short == frozenset()
    assert free(room, NINE) == [10]


def test_a_level_raises_the_share_of_the_risk_points_alone_and_rounds_up() -> None:
    def need(quantity: int) -> Need:
        return Need(item="x", quantity=quantity, source="s", clause="c", works=())

    level = Effects(level=Level.III, forward_stock=(30, 50))
    found = raised({"BAG": need(10), "RING": need(5)}, {"BAG": need(4)}, level)
    assert {item: one.quantity for item, one in found.items()} == {"BAG": 12, "RING": 5}, "4 of 10 become 5.2, so 6"
    assert raised({"BAG": need(10)}, {"BAG": need(10)}, Effects())["BAG"].quantity == 10
