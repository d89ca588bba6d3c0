"""People, places, items and works are told by their names, on every screen and in every word of stock."""

from __future__ import annotations

import re
from datetime import date

import pytest

from floodready.cli.app import run as spoken
from floodready.materials.commands_transfer import Asked
from floodready.materials.models_counting import CountSession
from floodready.materials.models_equipment import Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.organisation.models import Works, WorksKind
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from tests.materials.conftest import ZONE, Room
from tests.tui.conftest import press, text

IDS = re.compile(r"\b(?:EAST|WEST|wang|zhao|li|D1|D2|I-07)\b")
"""Ids of the furnished room that are in none of its names."""


@pytest.fixture
def busy(duty: Room) -> Room:
    """Something of everything that tells of a person, a place, an item or a works."""
    with duty.store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
        tx.put(Works(id="D1", name="East dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=10))
        tx.put(Works(id="D2", name="West dike", unit="HQ", kind=WorksKind.DIKE, grade="2"))
    row = QuotaRow(works_kind=WorksKind.DIKE.value, grade="2", item="BAG", base="100")
    table = QuotaTable(id="Q", name="Table", source="Order 12", clause="4", in_force_on=date(2026, 1, 1), rows=(row,))
    duty.do("put_quotas", table=table)
    duty.do("put_equipment", equipment=Equipment(id="G-1", name="generator", item="BOAT", place="EAST"))
    duty.do("record_test", by="zhao", zone=ZONE, equipment="G-1", passed=True, minutes=5)
    duty.do("put_set", gear=GearSet(id="S", name="boat", parts=(SetPart(item="BAG", per_set=2),)))
    bags = duty.receive("BAG", 500, by="zhao")
    duty.receive("RING", 50, place="WEST", opening=True)
    duty.do("open_incident", name="Dike 12", id="I-07")
    duty.issue("BAG", 30, to_incident="I-07", by="zhao")
    duty.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=5, purpose="drill")
    lines = (Asked(lot=bags.id, quantity=20),)
    duty.do("send_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
    session = duty.do("open_count", name="spring", places=("EAST",))
    duty.count(session.id, bags.id, "440", by="zhao")
    duty.count(session.id, "STRANGE", "4", by="zhao")
    return duty


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("enter", "Zhao"), ("enter slash i s s u e enter e", "incident Dike 12"), ("p", "East store"),
        ("m", "East store"), ("m e", "(Zhao)"), ("C", "East store"), ("c", "East store"), ("c f7", "East store"),
        ("c f8", "Zhao"), ("o enter", "East dike"), ("o enter", "West dike"), ("w", "West store"),
        ("w e", "编织袋"), ("H", "East store"), ("L", "Label of place East store"), ("u enter", "编织袋"),
        ("y enter", "编织袋"), ("y c", "编织袋 = 2"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("busy")
async def test_a_screen_of_stock_tells_names(app: FloodreadyApp, keys: str, shown: str) -> None:
    async with app.run_test(size=(200, 40)) as pilot:
        await press(pilot, "3", *keys.split())
        told = " ".join(text(app).split())
        assert shown in told
        assert IDS.findall(told.replace("label-EAST.svg", "")) == []


async def test_a_find_elsewhere_names_the_place_of_the_books(busy: Room, app: FloodreadyApp) -> None:
    lot = next(one.lot for one in busy.movements() if one.item == "RING")
    async with app.run_test(size=(200, 40)) as pilot:
        await press(pilot, "3", "c", *lot, "enter", *"3", "enter")
        assert "transfer from West store, where the books have it" in text(app)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("lot {bags}", "Zhao"), ("lot {bags}", "incident Dike 12"), ("papers", "East store"),
        ("equipment", "East store"), ("counts", "East store"), ("codes {count}", "Zhao"), ("codes {count}", "East"),
        ("count-show {count}", "East store"), ("count-show {count}", "编织袋"), ("transfers", "West store"),
        ("reservations", "East store"), ("deliveries", "编织袋"), ("sets", "编织袋"), ("incidents", "编织袋"),
        ("count {count} EAST {ring} 3", "West store"),
    ],
)  # fmt: skip
def test_a_word_of_stock_tells_names(busy: Room, capsys: pytest.CaptureFixture[str], words: str, shown: str) -> None:
    lots = {one.item: one.lot for one in busy.movements()}
    (count,) = (one.id for one in busy.store.all(CountSession))
    asked = words.format(bags=lots["BAG"], ring=lots["RING"], count=count).split()
    assert spoken(["--store", str(busy.store.folder), "--as", "li", "stock", *asked]) == 0
    told = capsys.readouterr().out
    assert shown in told
    assert [id for id in IDS.findall(told) if id != "I-07"] == []
