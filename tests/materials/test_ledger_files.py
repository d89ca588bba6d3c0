"""Dirty ledgers as offices send them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from floodready.exchange.ledger_import import DryRun, Outcome, commit, dry_run
from floodready.exchange.ledger_rows import read_ledger
from floodready.materials.models import Holder, Item, Life, Lot
from floodready.refusal import Refused
from tests.materials.conftest import ZONE, Room


def staged(room: Room, file: Path) -> DryRun:
    return dry_run(room.store, file, place="EAST", zone=ZONE)


def text(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "ledger.csv"
    file.write_bytes(content.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8-sig", "utf-8-sig"), ("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")]
)
def test_the_encoding_is_told_from_the_bytes_and_three_rows_are_shown(
    room: Room, tmp_path: Path, encoding: str, told: str
) -> None:
    run = staged(room, text(tmp_path, "品名,数量,单位\n草袋,5,条\n铁锹,3,把\n铅丝网,1,张\n", encoding))
    assert run.file.encoding == told
    assert run.file.first_rows == (("品名", "数量", "单位"), ("草袋", "5", "条"), ("铁锹", "3", "把"))
    assert run.count(Outcome.CREATES) == 3


def test_titles_two_row_heads_and_totals_are_told_from_stock(room: Room, tmp_path: Path) -> None:
    rows = (
        "某县防汛物资储备表,,,,\n填报单位：,,,2026年,\n序号,物资,,储备,\n,品名,规格,数量,单位\n"
        "1,草袋,大,100,条\n2,铁锹,,２０,把\n,小 计,,120,\n3,雨衣,,,件\n,,,7,\n合计,,,120,\n"
    )
    run = staged(room, text(tmp_path, rows))
    lines = [(row.line.name, row.line.quantity) for row in run.rows if row.line]
    assert lines == [("草袋", 100), ("铁锹", 20)]
    skipped = [str(row.says) for row in run.rows if row.outcome is Outcome.SKIPPED]
    assert skipped.count("a total, not stock") == 2
    assert "no quantity: blank is not zero" in skipped
    assert "no name in this row" in skipped


def test_a_workbook_with_a_formula_without_a_result_is_blank_there_and_dates_are_dates(
    room: Room, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编码", "品名", "数量", "单位", "有效期"], ["007", "草袋", "=1+2", "条", None],
                ["008", "铁锹", 20.0, "把", datetime(2027, 6, 30)], [9, "雨衣", "３０件", None, "46203"]):  # fmt: skip  # noqa: DTZ001
        sheet.append(row)
    file = tmp_path / "ledger.xlsx"
    book.save(file)
    run = staged(room, file)
    assert run.file.encoding == "xlsx"
    assert [row.outcome for row in run.rows] == [Outcome.SKIPPED, Outcome.CREATES, Outcome.CREATES]
    spade, coat = (row.line for row in run.rows[1:])
    assert spade is not None
    assert coat is not None
    assert (spade.item, spade.quantity, spade.usable_until) == ("008", 20, date(2027, 6, 30))
    assert (coat.item, coat.quantity, coat.usable_until) == ("9", 30, date(2026, 6, 30))


def test_codes_keep_their_zeros_and_a_code_with_another_name_stops_the_row(room: Room, tmp_path: Path) -> None:
    file = text(tmp_path, "编码,品名,数量,单位\n007,草袋,5,条\n")
    commit(room.store, room.act(), staged(room, file), zone=ZONE)
    assert room.store.get(Item, "007") is not None
    run = staged(room, text(tmp_path, "编码,品名,数量,单位\n007,麻袋,5,条\n"))
    assert "Code 007 is 草袋, not 麻袋" in str(run.rows[0].says)


def test_a_near_name_is_suggested_and_never_merged(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "品名,数量,单位\n救生衣服,5,件\n救生圈,3,个\n"))
    assert (run.rows[0].outcome, str(run.rows[0].says)) == (Outcome.CREATES, "new item; did you mean 救生衣?")
    commit(room.store, room.act(), run, zone=ZONE)
    held = {lot.item: room.held(lot.id) for lot in room.store.all(Lot)}
    assert held == {"救生衣服": 5, "RING": 3}


def test_holders_places_and_lives_are_read_by_row(room: Room, tmp_path: Path) -> None:
    rows = (
        "品名,数量,单位,储备方式,仓库,有效期\n草袋,5,条,代储,West store,长期\n草袋,6,条,协议,EAST,2027年6月\n"
        "草袋,7,条,群众号料,,20261231\n草袋,8,条,自储,Nowhere,\n"
    )
    run = staged(room, text(tmp_path, rows))
    lines = [row.line for row in run.rows if row.line]
    assert [(one.holder, one.place, one.life, one.usable_until) for one in lines] == [
        (Holder.ENTRUSTED, "WEST", Life.UNLIMITED, None),
        (Holder.AGREEMENT, "EAST", Life.DATED, date(2027, 6, 30)),
        (Holder.REGISTERED, "EAST", Life.DATED, date(2026, 12, 31)),
    ]
    assert "There is no place Nowhere" in str(run.rows[3].says)


def test_an_item_in_another_unit_stops_its_row(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "品名,数量,单位\n编织袋,5,件\n"))
    assert (run.rows[0].outcome, str(run.rows[0].says)) == (
        Outcome.ERROR, "编织袋 is kept in 条, the file says 件."
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04 no workbook", b"", "甲,乙\n1,2\n".encode()])
def test_what_is_no_ledger_is_refused_with_a_sentence(room: Room, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.csv"
    file.write_bytes(content)
    with pytest.raises(Refused):
        staged(room, file)


def test_the_dry_run_gives_balances_before_and_after(room: Room, tmp_path: Path) -> None:
    file = text(tmp_path, "品名,数量,单位\n草袋,100,条\n铁锹,3,把\n")
    commit(room.store, room.act(), staged(room, file), zone=ZONE)
    run = staged(room, text(tmp_path, "品名,数量,单位\n草袋,90,条\n铁锹,3,把\n雨衣,1,件\n"))
    assert [(row.outcome, row.before, row.after) for row in run.rows] == [
        (Outcome.CHANGES, 100, 90), (Outcome.UNCHANGED, 3, 3), (Outcome.CREATES, None, 1)
    ]  # fmt: skip


def test_progress_is_told_and_may_stop_the_run(room: Room, tmp_path: Path) -> None:
    file = text(tmp_path, "品名,数量,单位\n" + "草袋,1,条\n" * 1200)
    told: list[tuple[int, int]] = []
    dry_run(room.store, file, place="EAST", zone=ZONE, progress=lambda done, rows: told.append((done, rows)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200)]


def test_two_columns_of_figures_are_not_chosen_between_by_chance(tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_text("品名,单位,账面数,实有\n编织袋,条,1000,900\n", "utf-8")
    with pytest.raises(Refused, match="“quantity”: C “账面数”, D “实有”"):
        read_ledger(file)
    read = read_ledger(file, {"quantity": 3})
    assert [read.cell(cells, "quantity") for _, cells in read.rows] == ["900"]
