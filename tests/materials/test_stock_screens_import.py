"""The import wizard as a duty officer walks through it: file, columns, dry run, write, take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from floodready.materials.models import Holder, Lot, Movement
from floodready.organisation.models import Person
from floodready.organisation.permissions import Role
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from floodready.tui.screens.materials.import_columns import ImportColumnsScreen
from floodready.tui.screens.materials.import_ledger import ImportScreen
from tests.materials.conftest import Room
from tests.tui.conftest import held_at_each_telling, press, shows, stopped_half_way, text

YONGNIAN = Path(__file__).parents[2] / "floodready/demo/data/materials-yongnian-2017.csv"


def holdings(room: Room) -> dict[tuple[str, Holder], int]:
    return {(lot.item, lot.holder): held for lot in room.store.all(Lot) if (held := room.held(lot.id))}


def opening(file: Path) -> tuple[str, ...]:
    """The keys from the board to the screen of columns."""
    return ("3", "I", *str(file), "enter", *"EAST", "ctrl+s")


async def test_the_published_ledger_comes_in_with_every_figure(duty: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *opening(YONGNIAN))
        assert shows(app, ImportColumnsScreen)
        told = text(app)
        assert "read as gb18030: 22 rows" in told
        assert "永年区防汛物资储备情况统计表" in told
        assert "Not taken in: 序号, 备注" in told
        await press(pilot, "d")
        told = " ".join(text(app).split())
        assert "20 new, 0 to be counted, 0 unchanged, 2 skipped, 0 wrong" in told
        assert "85,000 条" in told
        await press(pilot, "G")
        assert "a total, not stock" in text(app)
        assert not list(duty.store.all(Movement))
        await press(pilot, "w")
        assert "20 new" in text(app)
        held = holdings(duty)
        assert held["BAG", Holder.ENTRUSTED] == 85_000
        assert held["BAG", Holder.REGISTERED] == 1_174_000
        assert held["BAG", Holder.OWN] == 20_000
        assert held["WIRE", Holder.OWN] == 1_000_000, "grams"
        assert held["木桩", Holder.REGISTERED] == 135_400
        assert held["电缆", Holder.ENTRUSTED] == 3_000
        assert {holder for _, holder in held} == {Holder.OWN, Holder.ENTRUSTED, Holder.REGISTERED}

        await press(pilot, "escape", "d")
        told = " ".join(text(app).split())
        assert "0 changes: nothing to write" in told
        assert "imported on 2026-07-01" in told
        before = duty.store.seq
        await press(pilot, "w")
        assert "Nothing new" in text(app)
        assert len(list(duty.store.all(Movement))) == 20
        assert duty.store.seq == before

        await press(pilot, "u", "left", "enter")
        assert holdings(duty) == {}
        assert "20 new" in " ".join(text(app).split())


async def test_a_column_that_no_head_names_is_chosen(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("防汛物资,,\n什么,多少,说明\n草袋,100条,新\n铁锹,30把,\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *opening(file))
        assert "No column is taken for: name, quantity" in text(app)
        await press(pilot, "d")
        assert shows(app, ImportColumnsScreen)
        for down, meaning in ((0, "name"), (1, "quantity")):
            await press(pilot, *["j"] * down, "space", *["backspace"] * 10, *meaning, "enter")
        assert "Not taken in: 说明" in text(app)
        await press(pilot, "d", "w")
        assert holdings(duty) == {("草袋", Holder.OWN): 100, ("铁锹", Holder.OWN): 30}


async def test_the_encoding_is_changed_by_a_key(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_bytes("品名,數量,單位\n草袋,100,條\n".encode("big5"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *opening(file))
        assert "草袋" not in text(app)
        await press(pilot, "c")
        assert "Choose another encoding" in text(app)
        await press(pilot, "escape", "c", "c", "escape", "c")
        assert "read as big5" in text(app)
        assert "草袋" in text(app)


async def test_a_file_that_is_not_there_keeps_the_form(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "I", *"nowhere.csv", "enter", *"EAST", "ctrl+s")
        assert "cannot be read" in text(app)
        assert "nowhere.csv" in text(app)
        assert not list(duty.store.all(Movement))


async def test_wrong_rows_stop_the_writing(duty: Room, app: FloodreadyApp, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n草袋,约500,条\n铁锹,30,把\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *opening(file), "d", "w")
        assert "1 row is wrong" in text(app)
        assert not list(duty.store.all(Movement))


async def test_a_long_dry_run_shows_how_far_it_is_and_stops(
    duty: Room, app: FloodreadyApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n" + "".join(f"物资{n},5,件\n" for n in range(1200)), encoding="utf-8")
    gate = held_at_each_telling(monkeypatch, ImportScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *opening(file))
        await stopped_half_way(pilot, "d", gate)
        assert shows(app, ImportScreen)
        await press(pilot, "r")
        assert "1200 new" in text(app)


async def test_who_may_not_import_a_ledger_is_told_before_a_file_is_named(duty: Room, app: FloodreadyApp) -> None:
    with duty.store.transaction(duty.act(), "set up") as tx:
        tx.put(Person(id="wang", name="Wang", unit="HQ", roles=(Role.STOCK_CHECKER,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "I")
        assert not shows(app, Form)
        assert "Wang may not do this (import a ledger of stock)" in " ".join(text(app).split())
