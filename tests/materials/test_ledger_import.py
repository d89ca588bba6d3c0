from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from floodready.command import undo_entry
from floodready.exchange.ledger_cells import Amount, read_amount, read_day, read_holder
from floodready.exchange.ledger_import import DryRun, Outcome, commit, dry_run
from floodready.materials.models import Holder, Life, Lot
from floodready.materials.projections import Balances, BroughtIn
from floodready.refusal import Refused
from tests.materials.conftest import ZONE, Room

YONGNIAN = Path(__file__).parents[2] / "floodready/demo/data/materials-yongnian-2017.csv"


def staged(room: Room, path: Path = YONGNIAN) -> DryRun:
    return dry_run(room.store, path, place="EAST", zone=ZONE)


def holdings(room: Room) -> dict[tuple[str, Holder], int]:
    return {(lot.item, lot.holder): held for lot in room.store.all(Lot) if (held := room.held(lot.id))}


def test_the_published_figures_come_out_right_with_the_holders_apart(room: Room) -> None:
    run = staged(room)
    assert run.file.encoding == "gb18030"
    assert run.count(Outcome.ERROR) == 0, [str(row.says) for row in run.rows if row.outcome is Outcome.ERROR]
    done = commit(room.store, room.act(), run, zone=ZONE)
    held = holdings(room)
    assert held["BAG", Holder.ENTRUSTED] == 85_000
    assert held["BAG", Holder.REGISTERED] == 1_174_000
    assert held["WIRE", Holder.OWN] == 1_000_000
    assert held["木桩", Holder.REGISTERED] == 135_400
    assert held["电缆", Holder.ENTRUSTED] == 3_000
    assert done.created == 20
    assert any("total" in str(row.says) and row.outcome is Outcome.SKIPPED for row in run.rows)


def test_the_same_file_again_writes_nothing_not_even_a_line_of_the_journal(room: Room) -> None:
    first = staged(room)
    commit(room.store, room.act(), first, zone=ZONE)
    before = room.store.seq
    again = staged(room)
    assert again.count(Outcome.UNCHANGED) == 20
    assert "imported on 2026-07-01" in str(again.imported_before)
    done = commit(room.store, room.act(), again, zone=ZONE)
    assert (done.created, done.batch) == (0, None)
    assert (done.unchanged, room.store.seq) == (20, before)
    assert commit(room.store, room.act(), first, zone=ZONE).batch is None, "what was staged before another took it in"
    lines = tuple(row.line for row in again.rows if row.line is not None)
    with pytest.raises(Refused, match="Nothing new"):
        room.do("import_ledger", zone=ZONE, file_name="x", digest="x", place="EAST", lines=lines)
    assert room.store.seq == before


def test_a_row_of_none_enters_its_item_once(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n草袋,0,条\n", encoding="utf-8")
    assert commit(room.store, room.act(), staged(room, file), zone=ZONE).created == 1
    again = staged(room, file)
    assert [(row.outcome, row.before) for row in again.rows] == [(Outcome.UNCHANGED, 0)]
    assert commit(room.store, room.act(), again, zone=ZONE).batch is None


def test_what_was_brought_in_is_saved_and_loaded_as_it_was(room: Room) -> None:
    commit(room.store, room.act(), staged(room), zone=ZONE)
    kept = room.store.projection(BroughtIn)
    loaded = BroughtIn.load(json.loads(json.dumps(kept.dump())))
    reversed = room.store.projection(Balances).reversed
    assert loaded.by_key.keys() == kept.by_key.keys()
    assert [loaded.standing(key, reversed) for key in kept.by_key] == [lot.id for lot in room.store.all(Lot)]


def test_undo_takes_the_batch_out_as_one_and_it_can_come_in_again(room: Room) -> None:
    commit(room.store, room.act(), staged(room), zone=ZONE)
    undo_entry(room.store, room.act(), next(iter(room.store.entries_backwards())))
    assert holdings(room) == {}
    assert commit(room.store, room.act(), staged(room), zone=ZONE).created == 20


def test_a_changed_figure_goes_into_a_count_and_not_over_the_books(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n草袋,100,条\n", encoding="utf-8")
    commit(room.store, room.act(), staged(room, file), zone=ZONE)
    file.write_text("品名,数量,单位\n草袋,90,条\n", encoding="utf-8")
    done = commit(room.store, room.act(), staged(room, file), zone=ZONE)
    assert (done.created, done.to_count) == (0, 1)
    assert done.session is not None
    assert list(holdings(room).values()) == [100]


def test_wrong_rows_are_named_and_nothing_is_written(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    rows = "编码,品名,数量,单位,有效期\nBAG,救生衣,5,件,\n,草袋,约500,条,\n,铁锹,3,把,26-6-30\n,救生艇,1,艘,\n"
    file.write_text(rows, encoding="utf-8-sig")
    run = staged(room, file)
    assert [row.outcome for row in run.rows] == [Outcome.ERROR, Outcome.ERROR, Outcome.ERROR, Outcome.CREATES]
    with pytest.raises(Refused, match="3 rows are wrong"):
        commit(room.store, room.act(), run, zone=ZONE)


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        ("１２００条", "", Amount(1200, "条", 0)),
        ("35.9万条", "", Amount(359_000, "条", 0)),
        ("1吨", "", Amount(1_000_000, "kg", 3)),
        ("2.85", "吨", Amount(2_850_000, "kg", 3)),
        ("3千米", "", Amount(3000, "m", 0)),
        ("3350", "公斤", Amount(3_350_000, "kg", 3)),
        ("1吨", "kg", Amount(1_000_000, "kg", 3)),
        ("120m³", "", Amount(120_000, "m³", 3)),
        ("120", "立方米", Amount(120_000, "m³", 3)),
        ("120（方）", "", Amount(120_000, "m³", 3)),
        ("5", "（条）", Amount(5, "条", 0)),
        ("3百条", "", Amount(300, "条", 0)),
    ],
)
def test_units_in_cells_are_understood(cell: str, unit: str, amount: Amount) -> None:
    assert read_amount(cell, unit) == amount


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("2", "kg/吨"), ("2", "箱或件"), ("100（含损坏）", "条"), ("1,5", "条"), ("9" * 20, "条"), ("9" * 5000, "条"),
        ("12 50", "条"), ("2条", "件"),
    ],
)  # fmt: skip
def test_a_figure_that_may_be_read_two_ways_is_asked_for(cell: str, unit: str) -> None:
    with pytest.raises(Refused):
        read_amount(cell, unit)


@pytest.mark.parametrize("cell", ["unknown", "社会化", "town hall"])
def test_a_holder_that_nobody_knows_is_asked_for_and_never_taken_for_own(cell: str) -> None:
    with pytest.raises(Refused, match="whose stock"):
        read_holder(cell)
    assert read_holder(" ") is None
    assert read_holder("own stock") is Holder.OWN


def test_days_are_read_year_first_or_asked_for() -> None:
    assert read_day("2027年6月") == (Life.DATED, date(2027, 6, 30))
    assert read_day("2026.12.31") == read_day("20261231") == (Life.DATED, date(2026, 12, 31))
    assert read_day("46203") == (Life.DATED, date(2026, 6, 30))
    assert read_day("2026-06-30 00:00:00") == read_day("2026/6/30 0:00") == (Life.DATED, date(2026, 6, 30))
    assert read_day("长期") == (Life.UNLIMITED, None)
    for unclear in ("26-6-30", "46203x", "明年"):
        with pytest.raises(Refused):
            read_day(unclear)
    with pytest.raises(Refused):
        read_day("46203", serials=False)
