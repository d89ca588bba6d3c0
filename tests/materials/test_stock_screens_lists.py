"""The lists beside stock: papers, machines, quota, files, the catalogue."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from floodready.materials.models import Item, Place
from floodready.materials.models_equipment import Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.materials.models_papers import Delivery, IssuePaper
from floodready.organisation.models import Works, WorksKind
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.materials.kept import SetsScreen
from floodready.tui.screens.materials.lists import MachinesScreen, QuotaScreen
from floodready.tui.screens.materials.stock import StockScreen
from floodready.tui.screens.pillar_screen import AnyPillarScreen
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.materials.conftest import Room
from tests.tui.conftest import press, settle, shows, text


async def test_papers_of_every_kind_are_done_from_their_list(duty: Room, app: FloodreadyApp) -> None:
    duty.receive("BAG", 500)
    duty.issue("BAG", 100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "p", "enter")
        for field in ("Sun", "138", "139", "Li"):
            await press(pilot, *field, "enter")
        (paper,) = duty.store.all(IssuePaper)
        assert paper.completed_at is not None
        await press(pilot, "slash", *"file", "enter", "enter", "ctrl+s")
        (paper,) = duty.store.all(IssuePaper)
        assert paper.filed_on is not None
        await press(pilot, "escape", "enter", "ctrl+s")
        (delivery,) = duty.store.all(Delivery)
        assert delivery.reported_on is not None
        assert "No paper waits" in text(app)


async def test_files_are_written_from_the_screens(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    duty.receive("BAG", 500, until=date(2026, 7, 10))
    duty.do("open_count", name="spring", places=("EAST",))
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, name in (("l", "lot.svg"), ("L", "place.svg"), ("c f6", "sheet.xlsx"), ("b x", "replenish.xlsx")):
            file = tmp_path / name
            await press(pilot, "3", *keys.split(), "ctrl+u", *str(file), "ctrl+s")
            assert file.stat().st_size > 300
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")


async def test_a_quota_table_comes_in_and_the_need_is_explained(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    duty.receive("BAG", 500)
    with duty.store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
        tx.put(Works(id="D1", name="East dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=10))
    row = {"works_kind": WorksKind.DIKE.value, "grade": "2", "item": "BAG", "base": "100", "per": 1}
    table = {"id": "P1", "name": "Province table", "source": "Order 12", "clause": "4.2", "in_force_on": "2026-01-01"}
    file = tmp_path / "quota.json"
    file.write_text(json.dumps({**table, "rows": [row]}), encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "o")
        assert "no quota" in text(app)
        await press(pilot, "I", *str(file), "enter")
        assert "1,000 条" in text(app)
        await press(pilot, "enter")
        assert "Order 12" in text(app)


async def test_a_new_item_and_place_are_entered_from_the_screen(duty: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "n", *"PUMP", "enter", *"pump", "enter", *"台", "ctrl+s")
        assert duty.store.get(Item, "PUMP") is not None
        await press(pilot, "N", *"SOUTH", "enter", *"South", "ctrl+s")
        found = duty.store.get(Place, "SOUTH")
        assert found is not None
        assert found.unit == "HQ"


async def test_the_card_of_a_lot_tells_a_place_whose_code_begins_like_one_of_the_ledgers_own(
    duty: Room, app: FloodreadyApp
) -> None:
    with duty.store.transaction(duty.act(), "demo.build") as tx:
        tx.put(Place(id="foundry", name="The foundry", unit="HQ"))
    duty.receive("BAG", 500, place="foundry")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        assert "The foundry holds 500 条" in text(app)
        assert "supplier holds" not in text(app)


async def test_a_machine_is_tested_and_its_runs_are_shown(duty: Room, app: FloodreadyApp) -> None:
    machine = Equipment(id="G-1", name="generator", item="BOAT", place="EAST", test_interval_days=30)
    duty.do("put_equipment", equipment=machine)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "m", "enter", "enter", *"45", "enter", *"full", "enter", *"ok", "enter")
        assert "2026-07-31" in text(app)
        await press(pilot, "e")
        assert "passed, 45 minutes, full ok" in " ".join(text(app).split())


async def test_a_set_and_a_machine_are_entered_and_changed_by_keys(duty: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "y", "n", *"BOAT", "tab", *"Boat", "tab", *"ring = 4, bag = 2", "ctrl+s")
        assert "“ring = 4” is not a part" in text(app)
        await press(pilot, "ctrl+u", *"RING = 4, BAG = 2", "tab", *"3", "ctrl+s")
        (gear,) = duty.store.all(GearSet)
        assert ([(part.item, part.per_set) for part in gear.parts], gear.needed) == ([("RING", 4), ("BAG", 2)], 3)
        await press(pilot, "c", *"x", "ctrl+s")
        assert [one.name for one in duty.store.all(GearSet)] == ["Boatx"]
        await press(
            pilot, "escape", "m", "n", *"P-01", "tab", *"Pump", "tab", *"RING", "tab", *"East", "tab", "tab", *"30"
        )
        await press(pilot, "ctrl+s")
        (machine,) = duty.store.all(Equipment)
        assert (machine.id, machine.name, machine.place, machine.test_interval_days) == ("P-01", "Pump", "EAST", 30)
        await press(pilot, "n", *"P-01", "tab", *"Other", "tab", "down", "tab", *"East", "ctrl+s")
        assert "There is a machine P-01 already: Pump." in text(app)


@pytest.mark.parametrize(
    ("table", "id", "screen"),
    [
        (Item.table, "BAG", StockScreen), (Item.table, "JACKET", QuotaScreen), (GearSet.table, "BOATS", SetsScreen),
        (Equipment.table, "PU-1", MachinesScreen),
    ],
)  # fmt: skip
async def test_what_a_line_speaks_of_is_opened_where_it_is_shown(
    duty: Room, app: FloodreadyApp, table: str, id: str, screen: type[AnyPillarScreen]
) -> None:
    duty.receive("BAG", 50)
    for number in ("PU-0", "PU-1"):
        duty.do("put_equipment", equipment=Equipment(id=number, name="pump", item="BOAT", place="EAST"))
    for name in ("A", "BOATS"):
        duty.do("put_set", gear=GearSet(id=name, name=name, parts=(SetPart(item="BOAT", per_set=1),)))
    with duty.store.transaction(duty.act(), "demo.build") as tx:
        tx.put(Works(id="D1", name="dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=1))
    row = QuotaRow(works_kind="dike", grade="2", item="JACKET", base="9")
    duty.do("put_quotas", table=QuotaTable(id="Q", name="t", source="made up for this test", clause="—",
                                           in_force_on=date(2026, 1, 1), rows=(row,)))  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(table, id)
        await settle(pilot)
        assert shows(app, screen)
        under = app.screen.query(VirtualTable).first().row
        assert id in str(under)
