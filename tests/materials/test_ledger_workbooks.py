"""Ledgers as spreadsheets keep them, and ledgers that contradict themselves: nothing is guessed in silence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from floodready.cli.app import run as spoken
from floodready.exchange.ledger_import import Outcome, commit
from floodready.exchange.ledger_preview import column_place, preview_ledger
from floodready.materials.models import Item
from tests.materials.conftest import ZONE, Room
from tests.materials.test_ledger_files import staged, text

HEADS = ["编码", "品名", "规格", "数量", "单位", "仓库"]


def workbook(tmp_path: Path, rows: list[list[Any]], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADS, *rows):
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for number in range(2, len(rows) + 2):
        sheet.cell(number, 1).number_format = "000000"
    file = tmp_path / "ledger.xlsx"
    book.save(file)
    return file


def test_a_merged_cell_stands_for_every_row_it_covers_but_a_merged_quantity_is_one(room: Room, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["A1", "草袋", "大", 100, "条", "WEST"],
        ["A2", None, "小", 50, "条", None],
        ["A3", "锹", "", 7, "把", None],
        ["A4", "灯", "", None, "把", None],
    ]
    run = staged(room, workbook(tmp_path, rows, ["B2:B3", "F2:F3", "D4:D5"]))
    lines = [row.line for row in run.rows if row.line]
    assert [(one.name, one.place, one.quantity) for one in lines] == [
        ("草袋", "WEST", 100), ("草袋", "WEST", 50), ("锹", "EAST", 7)
    ]  # fmt: skip
    assert str(run.rows[3].says) == "no quantity: blank is not zero"


def test_a_code_keeps_the_zeros_that_its_cell_shows(room: Room, tmp_path: Path) -> None:
    run = staged(room, workbook(tmp_path, [[12, "草袋", "", 5, "条", ""]]))
    assert run.rows[0].line is not None
    assert run.rows[0].line.item == "000012"


def test_the_noise_of_a_spreadsheet_s_arithmetic_is_no_figure(room: Room, tmp_path: Path) -> None:
    run = staged(room, workbook(tmp_path, [["A1", "丝甲", "", 0.1 + 0.2, "吨", ""], ["A2", "丝", "", 1e-3, "kg", ""]]))
    assert [row.line.quantity for row in run.rows if row.line] == [300_000, 1]


def test_the_error_of_a_formula_is_neither_a_name_nor_a_figure(room: Room, tmp_path: Path) -> None:
    run = staged(room, workbook(tmp_path, [["A1", "#REF!", "", 5, "条", ""], ["A2", "灯", "", "#N/A", "个", ""]]))
    assert [row.outcome for row in run.rows] == [Outcome.ERROR, Outcome.ERROR]
    assert str(run.rows[0].says) == "“#REF!” cannot be a code or a name. Put the cell right."


def test_sheets_that_are_not_read_are_named(room: Room, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = workbook(tmp_path, [["A1", "灯", "", 5, "个", ""]])
    book = load_workbook(file)
    book.create_sheet("西库").append(["A2", "锹"])
    book.create_sheet("空")
    book.save(file)
    assert [str(note) for note in staged(room, file).notes] == ["Only the first sheet is read. Not read: 西库"]
    assert preview_ledger(file).unread == ("西库",)


def test_a_line_break_in_a_cell_is_one_name_and_imports_again_unchanged(room: Room, tmp_path: Path) -> None:
    file = workbook(tmp_path, [["", "草\n袋", "", 5, "条", ""], ["", "草\n袋", "大", 6, "条", ""]])
    commit(room.store, room.act(), staged(room, file), zone=ZONE)
    assert staged(room, file).count(Outcome.UNCHANGED) == 2


@pytest.mark.parametrize("words", ["本页小计：", "东库合计", "合 计:", "Subtotal"])
def test_totals_are_known_with_what_stands_around_them(room: Room, tmp_path: Path, words: str) -> None:
    run = staged(room, text(tmp_path, f"品名,数量,单位\n灯,5,个\n{words},5,个\n"))
    assert [row.outcome for row in run.rows] == [Outcome.CREATES, Outcome.SKIPPED]


def test_a_remark_about_a_total_makes_no_total_of_a_row(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "品名,数量,单位,备注\n灯,5,个,见小计\n"))
    assert run.rows[0].outcome is Outcome.CREATES


def test_one_code_is_one_thing_in_one_unit_within_a_file(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "编码,品名,数量,单位\nX1,汽油,5,桶\nX1,机油,5,桶\nX1,汽油,5,箱\nX1,汽油,6,桶\n"))
    assert [row.outcome for row in run.rows] == [Outcome.CREATES, Outcome.ERROR, Outcome.ERROR, Outcome.CREATES]
    assert str(run.rows[1].says) == "In row 2 X1 is 汽油 in 桶. Put code, name or unit right."


def test_a_row_that_stands_twice_is_pointed_at(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "品名,数量,单位\n灯,5,个\n锹,5,把\n灯,5,个\n灯,6,个\n"))
    assert [str(row.says) for row in run.rows] == ["", "", "the same as row 2: is it in the file twice?", ""]


def test_another_code_with_a_known_name_is_another_item(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, "编码,品名,规格,数量,单位\nBAG-L,编织袋,大,5,条\n"))
    assert (run.rows[0].outcome, str(run.rows[0].says)) == (
        Outcome.CREATES, "new item; 编织袋 is kept under BAG too"
    )  # fmt: skip
    commit(room.store, room.act(), run, zone=ZONE)
    assert {item.id for item in room.store.all(Item) if item.name == "编织袋"} == {"BAG", "BAG-L"}
    told = staged(room, text(tmp_path, "品名,规格,数量,单位\n编织袋,大,5,条\n编织袋,中,5,条\n"))
    assert told.rows[0].line is not None
    assert told.rows[0].line.item == "BAG-L"
    assert "under several codes: BAG, BAG-L" in str(told.rows[1].says)


def test_a_ledger_that_gains_codes_later_speaks_of_the_same_items(room: Room, tmp_path: Path) -> None:
    commit(room.store, room.act(), staged(room, text(tmp_path, "品名,数量,单位\n草袋,5,条\n")), zone=ZONE)
    run = staged(room, text(tmp_path, "编码,品名,数量,单位\nC9,草袋,5,条\n"))
    assert run.rows[0].outcome is Outcome.UNCHANGED


def test_a_code_too_long_to_be_kept_is_named_in_the_dry_run(room: Room, tmp_path: Path) -> None:
    run = staged(room, text(tmp_path, f"品名,数量,单位\n{'长' * 65},5,条\n"))
    assert run.rows[0].outcome is Outcome.ERROR


def test_columns_and_encoding_are_named_by_word_and_balances_are_told_in_the_ledger_unit(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = text(tmp_path, "甲,乙,丙\n铅丝,1.5,吨\n")
    words = ["--store", str(room.store.folder), "stock", "import", str(file), "--place", "EAST"]
    columns = ["--column", "name=A", "--column", "quantity=B", "--column", "unit=c"]
    assert spoken([*words, *columns, "--encoding", "utf-8"]) == 0
    assert "1,500 kg" in capsys.readouterr().out
    assert spoken([*words, *columns, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["after"] == 1_500_000
    assert spoken([*words, "--column", "nonsense=A"]) == 2
    assert spoken([*words, "--column", "name=7"]) == 2
    assert "Write MEANING=LETTER" in capsys.readouterr().err


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_place(letter) for letter in ("A", "z", "AA", "", "7")] == [0, 25, 26, None, None]
