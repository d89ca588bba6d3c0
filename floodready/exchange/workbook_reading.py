"""The rows of a workbook as people see them: merged cells, codes with their zeros, and which sheets are not read."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from floodready.frozen import frozen
from floodready.language import say
from floodready.refusal import Refused

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMULA_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""What a spreadsheet writes into a cell whose formula failed."""
_PADDED = re.compile("0+")
"""A number format that shows leading zeros."""


@frozen
class SheetCells:
    """One sheet as text. Places of cells count from 0."""

    rows: tuple[tuple[str, ...], ...]
    merged: dict[tuple[int, int], tuple[int, int]]
    """(row, column) of each cell that a merged one covers from above → (row, column) of the one that holds the text."""
    unread: tuple[str, ...]
    """Names of the other sheets that hold anything."""


def read_workbook(data: bytes) -> SheetCells:
    """Read the first sheet of an XLSX file, to its last row and column that hold anything.

    A formula without a stored result is a blank, never its text. Raises Refused for a file that is none, or damaged.
    """
    from openpyxl import load_workbook

    try:
        # Not read_only: that is no faster and knows nothing of merged cells.
        with catch_warnings():
            simplefilter("ignore")  # it tells the terminal of what it leaves out; a day that is none reads #VALUE!
            first, *others = load_workbook(BytesIO(data), data_only=True).worksheets
        rows = _rows(first)
        unread = tuple(sheet.title for sheet in others if _holds_anything(sheet))
    except Exception as error:
        # A damaged or foreign file makes openpyxl raise whatever it met: ZIP, XML, styles, places of cells.
        raise Refused(say("This workbook cannot be read. Save it again as .xlsx or CSV.")) from error
    return SheetCells(rows=rows, merged=_covered(first), unread=unread)


def _rows(sheet: Worksheet) -> tuple[tuple[str, ...], ...]:
    # Not iter_rows: a stray format in the last corner of a sheet would make it a million rows of empty cells.
    texts = {place: text for place, cell in sheet._cells.items() if (text := _text(cell.value, cell.number_format))}
    height = max((row for row, _ in texts), default=0)
    width = max((column for _, column in texts), default=0)
    return tuple(tuple(texts.get((row, column), "") for column in range(1, width + 1)) for row in range(1, height + 1))


def _covered(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (row - 1, area.min_col - 1): (area.min_row - 1, area.min_col - 1)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, area.max_row + 1)
    }


def _holds_anything(sheet: Any) -> bool:
    # A chart sheet has no rows.
    return any(value is not None for row in getattr(sheet, "values", ()) for value in row)


def _text(value: Any, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # Spreadsheets keep 15 digits: what is behind them is noise of the arithmetic, like 0.30000000000000004.
        text = format(Decimal(f"{value:.15g}"), "f")
        value = int(text) if text.lstrip("-").isdecimal() else text
    if type(value) is int and _PADDED.fullmatch(number_format):
        return str(value).zfill(len(number_format))
    return str(value)
