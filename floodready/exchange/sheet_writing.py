"""Writing workbooks of plain text and figures: no text becomes a formula, and a full disk is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from floodready.exchange.file_writing import write_out


def write_workbook(
    path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int | None]], *, overwrite: bool
) -> None:
    """Write one sheet: a title row, heads, rows. Raises Refused as `write_out` does."""
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
    stream = BytesIO()
    book.save(stream)
    write_out(path, stream.getvalue(), overwrite=overwrite)
