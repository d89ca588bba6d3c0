"""Ledgers as spreadsheets keep them, and ledgers that contradict themselves: nothing is guessed in silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from floodready.cli.app import run as spoken
from floodready.exchange.ledger_import import Outcome, commit
from floodready.exchange.ledger_preview import column_place, preview_ledger
from floodready.exchange.workbook_reading import read_workbook
from floodready.materials.models import Item
from floodready.refusal import Refused
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
    assert spoken([*words, *columns, "--encoding", "utf-8"]) == 4
    assert "1,500 kg" in capsys.readouterr().out
    assert spoken([*words, *columns, "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["rows"][0]["after"] == 1_500_000
    assert spoken([*words, "--column", "nonsense=A"]) == 2
    assert spoken([*words, "--column", "name=7"]) == 2
    assert "Write MEANING=LETTER" in capsys.readouterr().err


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_place(letter) for letter in ("A", "z", "AA", "", "7")] == [0, 25, 26, None, None]


def _spoiled(file: Path, name: str, spoil: Callable[[bytes], bytes]) -> None:
    """Write a workbook anew with one of its parts changed, or added."""
    with ZipFile(file) as whole:
        parts = {part: whole.read(part) for part in whole.namelist()}
    with ZipFile(file, "w") as whole:
        for part, held in {name: b"", **parts}.items():
            whole.writestr(part, spoil(held) if part == name else held)


def test_every_kind_of_cell_is_read_as_a_spreadsheet_shows_it(tmp_path: Path) -> None:
    """Each row holds a value, its number format, and the text of it; the whole sheet is read as openpyxl reads it."""
    kinds: list[tuple[Any, str, str]] = [
        ("  编织袋 <&> ", "General", "  编织袋 <&> "), (1200, "General", "1200"), (0.1 + 0.2, "0.00", "0.3"),
        (1e-3, "General", "0.001"), (5e20, "General", "500000000000000000000"), (12, "000000", "000012"),
        (-7, "General", "-7"), (True, "General", "True"), (date(2027, 6, 30), "yyyy-mm-dd", "2027-06-30"),
        (datetime(2027, 6, 30, 8, 15),  # noqa: DTZ001 # a sheet knows no zone
         "yyyy-mm-dd hh:mm", "2027-06-30"), (time(8, 15), "hh:mm", "08:15:00"),
        ("#DIV/0!", "General", "#DIV/0!"), ("=1+1", "General", ""), (None, "000", ""), (46203, "d-mmm", "2026-06-30"),
        (99999999, "d-mmm", "#VALUE!"), (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, (value, shown, _) in enumerate(kinds, 3):
        sheet.cell(number, 2, value).number_format = shown
    sheet.cell(40, 4, "last")
    sheet.cell(3, 3, "under a merged cell")
    sheet.merge_cells("B3:C3")
    book.create_sheet("empty")
    book.create_sheet("other").append([1])
    file = tmp_path / "kinds.xlsx"
    book.save(file)
    found = read_workbook(file.read_bytes())
    assert [row[1] for row in found.rows[2 : 2 + len(kinds)]] == [text for _, _, text in kinds]
    assert (len(found.rows), {len(row) for row in found.rows}, found.rows[39][3]) == (40, {4}, "last")
    assert (found.rows[2][2], found.unread) == ("", ("other",))


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _sheet(file: Path, cells: str) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    _spoiled(file, "xl/worksheets/sheet1.xml", lambda _: sheet.encode())


def test_strings_that_stand_in_their_cells_and_rows_without_numbers_are_read_too(tmp_path: Path) -> None:
    file = workbook(tmp_path, [])
    named = '<r><t>品</t></r><r><t>名</t></r><rPh sb="0" eb="1"><t>pin</t></rPh>'
    _sheet(
        file,
        f'<row><c t="inlineStr"><is><t>编码</t></is></c><c t="inlineStr"><is>{named}</is></c></row>'
        '<row><c t="str"><f>A1</f><v>公式</v></c><c><v>3</v></c></row>',
    )
    assert read_workbook(file.read_bytes()).rows == (("编码", "品名"), ("公式", "3"))


def test_strings_that_cells_share_are_read_from_their_own_part(room: Room, tmp_path: Path) -> None:
    file = workbook(tmp_path, [])
    heads, stock = ["品名", "数量", "单位"], ["草袋", "条"]
    strings = "".join(f"<si><t>{text}</t></si>" for text in [*heads, *stock])
    shared = f'<sst xmlns="{MAIN}" count="5" uniqueCount="5">{strings}</sst>'
    _spoiled(file, "xl/sharedStrings.xml", lambda _: shared.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    _spoiled(file, "[Content_Types].xml", lambda held: held.replace(b"</Types>", named))
    row = '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>12</v></c><c r="C2" t="s"><v>{unit}</v></c></row>'
    head = "".join(f'<c r="{column}1" t="s"><v>{at}</v></c>' for at, column in enumerate("ABC"))
    _sheet(file, f'<row r="1">{head}</row>' + row.format(unit=4))
    (line,) = (one.line for one in staged(room, file).rows)
    assert line is not None
    assert (line.name, line.quantity, line.unit) == ("草袋", 12, "条")
    _sheet(file, f'<row r="1">{head}</row>' + row.format(unit=99))
    with pytest.raises(Refused, match="This workbook cannot be read"):
        staged(room, file)


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("xl/worksheets/sheet1.xml", lambda held: held[: len(held) // 2]),
        ("xl/worksheets/sheet1.xml", lambda held: held.replace(b'r="B1"', b'r="?"')),
        ("xl/worksheets/sheet1.xml", lambda held: held.replace(b"<v>100</v>", b"<v>1OO</v>")),
        ("xl/styles.xml", lambda held: held.replace(b"count", b"strange")),
        ("xl/workbook.xml", lambda held: held[:200]),
    ],
)
def test_a_damaged_workbook_is_refused_in_a_sentence(
    room: Room, tmp_path: Path, part: str, spoil: Callable[[bytes], bytes]
) -> None:
    file = workbook(tmp_path, [["A1", "草袋", "大", 100, "条", ""]])
    _spoiled(file, part, spoil)
    with pytest.raises(Refused, match="This workbook cannot be read"):
        staged(room, file)


def test_a_stray_format_in_the_last_corner_of_a_sheet_makes_no_million_rows(room: Room, tmp_path: Path) -> None:
    file = workbook(tmp_path, [["A1", "草袋", "大", 100, "条", ""]])
    corner = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    _spoiled(file, "xl/worksheets/sheet1.xml", lambda held: held.replace(b"</sheetData>", corner))
    assert len(staged(room, file).rows) == 1
