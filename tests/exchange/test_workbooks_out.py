"""Workbooks that other programs open, whatever people typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from floodready.exchange.sheet_writing import write_workbook
from floodready.refusal import Refused

TYPED = "a\x00b\x0bc\ud800d\ufffee\ufffff 堤脚"


def test_what_xml_cannot_hold_spoils_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "it.xlsx"
    write_workbook(file, "=1+1", ["头", TYPED], [[TYPED, 5, None], ["+86", -1, "@x"]], overwrite=False)
    sheet = load_workbook(file).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["=1+1", None, None], ["头", "abcdef 堤脚", None], ["abcdef 堤脚", 5, None], ["+86", -1, "@x"]
    ]  # fmt: skip
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_workbook_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Name the file \.xlsx, not it\.csv"):
        write_workbook(tmp_path / "it.csv", "", [], [], overwrite=False)
    assert not list(tmp_path.iterdir())
