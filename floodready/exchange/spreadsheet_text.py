"""Text from people in spreadsheets: data, never a formula. All exports write their cells through this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write: one such character, and no program opens the workbook any more."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_cell(value: Any) -> str:
    """Give a cell for CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it.

    Numbers keep their sign: only text from people is guarded. Source: OWASP, CSV injection.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def unguarded(text: str) -> str:
    """Give the text that `csv_cell` was given, so that what was exported can be imported again."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_BEGINS_FORMULA) else text


def figure_of(smallest: int, scale: int) -> Decimal:
    """Give a quantity of smallest units as a figure that a spreadsheet can sum up."""
    return Decimal(smallest).scaleb(-scale)


def write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a cell of a workbook: text as text (a formula is never made of it), numbers and days as themselves."""
    from datetime import date

    cell = sheet.cell(row=row, column=column)
    if value is None or isinstance(value, int | float | Decimal | date):
        cell.value = value
        return
    cell.value = _NOT_IN_XML.sub("", str(value))
    cell.data_type = "s"


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows from the first one of a sheet on, as `write_cell` does."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            write_cell(sheet, number, column, value)
