"""What every materials screen looks like at 80×24 and 140×40: one duty room, built once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.clock import FixedClock
from floodready.language import use_language
from floodready.materials.commands_transfer import Asked
from floodready.materials.models_equipment import Coefficient, Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.organisation.models import Terminal, Works, WorksKind
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from tests.materials.conftest import NINE, ZONE, Room, furnish
from tests.tui.conftest import press, settle
from tests.tui.frames import SMALL, at_each_size, drawn, frame  # noqa: F401 - the frame is a fixture

YONGNIAN = Path(__file__).parents[2] / "floodready/demo/data/materials-yongnian-2017.csv"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room with a little of everything; the screens of this module only look at it."""
    clock = FixedClock(NINE - timedelta(hours=30))
    with JournalStore.create(tmp_path_factory.mktemp("stocked") / "store", clock=clock) as store:
        furnish(store)
        room = Room(store, clock)
        with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
            tx.put(Terminal(id="duty-room", person="wang", since_at=NINE))
            tx.put(Works(id="D1", name="East dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=12))
        _fill(room)
        clock.instant = NINE
        yield room


def _fill(room: Room) -> None:
    bags = room.receive("BAG", 1_230_000, until=date(2027, 6, 30), supplier="Hengda Plastics")
    room.receive("BAG", 500, until=date(2026, 7, 20))
    jackets = room.receive("JACKET", 60, "WEST")
    rings = room.receive("RING", 100)
    room.receive("WIRE", 2_850, "WEST")
    room.do("set_apart", zone=ZONE, lot=rings.id, place="EAST", quantity=6)
    room.do("open_incident", name="Seepage at km 12, East dike", id="I-07")
    room.issue("JACKET", 20, "WEST", to_incident="I-07")
    room.issue("BAG", 400, to_incident="I-07", receiver="Sun", receiver_contact="138", sender_contact="139",
               approver="Li")  # fmt: skip
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=5_000, purpose="dike drill",
            until_on=date(2026, 7, 9))  # fmt: skip
    ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                      lines=(Asked(lot=bags.id, quantity=1_000), Asked(lot=rings.id, quantity=20)))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    room.do("put_equipment", equipment=Equipment(id="G-1042", name="30 kW generator", item="BOAT", place="EAST",
                                                 test_interval_days=30, next_due_on=date(2026, 6, 28)))  # fmt: skip
    room.do("put_set", gear=GearSet(id="S1", name="Rescue boat", needed=3, parts=(
        SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=8))))  # fmt: skip
    row = QuotaRow(works_kind=WorksKind.DIKE.value, grade="2", item="BAG", base="120000", per=1, coefficients=("k1",))
    room.do("put_quotas", table=QuotaTable(
        id="P1", name="Province table", source="Order 12", clause="4.2", in_force_on=date(2026, 1, 1), rows=(row,),
        coefficients=(Coefficient(name="k1", value="0.9"),)))  # fmt: skip
    session = room.do("open_count", name="spring count", places=("EAST", "WEST"))
    for lot, typed, place in ((bags.id, "1228590", "EAST"), (rings.id, "70", "EAST"), (jackets.id, "38", "WEST")):
        room.count(session.id, lot, typed, place=place)
    room.count(session.id, jackets.id, "39", by="zhao", place="WEST")
    room.count(session.id, "6901234567892", "4")


SCREENS = {
    "stock": "", "stock-marked": "x x", "issue": "i", "receive": "r", "transfer": "t", "lot": "enter", "count": "c",
    "count-sheet": "c f4", "codes": "c f7", "post": "c f8", "counts": "C", "papers": "p", "machines": "m",
    "test-run": "m enter", "sets": "y", "quota": "o", "quota-why": "o enter", "replenish": "b", "transfers": "w",
    "arrived": "w enter", "incidents": "u", "account": "u enter", "outcome": "u enter enter", "reservations": "H",
    "apart": "a", "condemn": "d", "reserve": "h", "new-item": "n", "begin-count": "C n", "import-file": "I",
}  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
async def test_screen(stocked: Room, frame: SnapshotAssertion, screen: str) -> None:  # noqa: F811
    async with _app(stocked).run_test(size=SMALL) as pilot:
        await press(pilot, "3", *SCREENS[screen].split())
        async for size in at_each_size(pilot):
            assert drawn(pilot.app) == frame(name=size)


@pytest.mark.parametrize("step", ["columns", "dry-run"])
async def test_import(stocked: Room, frame: SnapshotAssertion, step: str) -> None:  # noqa: F811
    from floodready.tui.screens.materials.import_columns import ImportColumnsScreen

    app = _app(stocked)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ImportColumnsScreen(YONGNIAN, "EAST"))
        await settle(pilot)
        await press(pilot, *(["d"] if step == "dry-run" else []))
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def test_count_in_chinese(stocked: Room, frame: SnapshotAssertion) -> None:  # noqa: F811
    use_language("zh_CN")
    async with _app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "c")
        assert drawn(pilot.app) == frame


def _app(room: Room) -> FloodreadyApp:
    app = FloodreadyApp(room.store, clock=room.clock, zone=room.store.zone, terminal="duty-room")
    app.animation_level = "none"
    return app
