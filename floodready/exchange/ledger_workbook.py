"""The rows of a workbook as people see them: merged cells, codes with their zeros, and which sheets are not read."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from floodready.language import say, verbatim
from floodready.refusal import Refused

FORMULA_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""What a spreadsheet writes into a cell whose formula failed."""


class _Area(NamedTuple):
    """Merged cells: places from 1, the last ones inclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """One sheet as text. Places of cells count from 0."""

    rows: tuple[tuple[str, ...], ...]
    merged: dict[tuple[int, int], tuple[int, int]]
    """(row, column) of each cell that a merged one covers from above → (row, column) of the one that holds the text."""
    unread: tuple[str, ...]
    """Names of the other sheets that hold anything."""


def read_workbook(path: Path) -> SheetCells:
    """Read the first sheet, to its last row and column that hold anything.

    A formula without a stored result is a blank, never its text. Raises Refused.
    """
    try:
        return _read(path)
    except Exception as error:
        # A damaged or foreign file makes its readers raise whatever they met: ZIP, XML, styles, places of cells.
        raise Refused(say("{file} is no workbook that can be read.", file=verbatim(path.name))) from error


def _read(path: Path) -> SheetCells:
    from openpyxl import load_workbook
    from openpyxl.utils.cell import range_boundaries

    from floodready.exchange.sheet_cells import CellTexts, SheetXml

    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        first: Any
        first, *others = book.worksheets
        sheet = SheetXml(CellTexts(book, first._shared_strings))
        with first._get_source() as source:
            sheet.read(source)
        unread = tuple(other.title for other in others if _holds_anything(other))
    merged = [_Area._make(range_boundaries(area)) for area in sheet.merged]
    _empty_covered(sheet.cells, merged)
    return SheetCells(rows=_rows(sheet.cells), merged=_covered(merged), unread=unread)


def _rows(cells: dict[int, dict[int, str]]) -> tuple[tuple[str, ...], ...]:
    width = max((max(row) for row in cells.values()), default=0)
    empty = ("",) * width
    columns = range(1, width + 1)
    return tuple(
        tuple(cells[number].get(column, "") for column in columns) if number in cells else empty
        for number in range(1, max(cells, default=0) + 1)
    )


def _empty_covered(cells: dict[int, dict[int, str]], merged: Iterable[_Area]) -> None:
    """Forget what stands under a merged cell: nobody sees it."""
    for left, top, right, bottom in merged:
        for number in [row for row in cells if top <= row <= bottom]:
            row = cells[number]
            for column in [one for one in row if left <= one <= right and (number, one) != (top, left)]:
                del row[column]
            if not row:
                del cells[number]


def _covered(merged: Iterable[_Area]) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (row - 1, left - 1): (top - 1, left - 1)
        for left, top, _, bottom in merged
        for row in range(top + 1, bottom + 1)
    }


def _holds_anything(sheet: Any) -> bool:
    # A chart sheet has no rows.
    return any(value is not None for row in getattr(sheet, "values", ()) for value in row)
