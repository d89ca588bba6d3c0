"""Writing workbooks of plain text and figures: no text becomes a formula, and a full disk is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from floodready.exchange.file_writing import write_out
from floodready.exchange.spreadsheet_text import write_rows
from floodready.language import say, verbatim
from floodready.refusal import Refused


def write_workbook(
    path: Path,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | int | Decimal | None]],
    *,
    overwrite: bool,
) -> None:
    """Write one sheet: a title row, heads, rows. Raises Refused for a name without .xlsx and as `write_out`."""
    from openpyxl import Workbook

    if path.suffix.lower() != ".xlsx":
        # Under any other name the program that opens it takes it for damaged.
        raise Refused(say("Name the file .xlsx, not {file}.", file=verbatim(path.name)))
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    write_rows(sheet, [[title], heads, *rows])
    stream = BytesIO()
    book.save(stream)
    write_out(path, stream.getvalue(), overwrite=overwrite)
