"""Writing workbooks of plain text and figures: no text becomes a formula, and a full disk is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from floodready.language import say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused


def write_workbook(path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> None:
    """Write one sheet: a title row, heads, rows. Raises Refused where the file cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    lines: list[Sequence[str | int | None]] = [[title], heads, *rows]
    for number, row in enumerate(lines, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                # A name that begins with = stays a name.
                cell.data_type = "s"
    try:
        book.save(path)
    except OSError as error:
        raise Refused(
            say("{file} cannot be written ({problem}).", file=verbatim(str(path)),
                problem=reason_of(error))
        ) from error  # fmt: skip
