"""The ledger of hazards as XLSX or CSV, in the columns of offices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.clock import local_day
from floodready.exchange.file_writing import write_out
from floodready.exchange.hazard_columns import HEADS
from floodready.exchange.spreadsheet_text import csv_cell, figure_of, write_rows
from floodready.language import Sentence, say, verbatim
from floodready.money import FEN_DECIMALS
from floodready.organisation.lookup import person_names, unit_names
from floodready.rectification.deadlines import days_overdue
from floodready.rectification.models import Finding
from floodready.rectification.standing import standing_on
from floodready.rectification.statistics import By, Period
from floodready.rectification.views_statistics import HEADS as HEADS_OF_STATISTICS
from floodready.rectification.views_statistics import tally_rows
from floodready.refusal import Refused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from openpyxl.worksheet.worksheet import Worksheet

    from floodready.store.contract import Store, View

Row = Sequence[Any]


def ledger_rows(view: View, at: datetime, zone: ZoneInfo, unit: str | None = None) -> list[Row]:
    """Give the ledger's rows in the order of the numbers; meeting tasks stand in it like every record."""
    today = local_day(at, zone)
    people = person_names(view)
    findings: Iterable[Finding] = view.all(Finding) if unit is None else view.find(Finding, unit=unit)
    units = unit_names(view)
    return [_row(finding, people, units, today) for finding in sorted(findings, key=lambda finding: finding.id)]


def write_ledger(
    view: View, file: Path, at: datetime, zone: ZoneInfo, unit: str | None = None, *, overwrite: bool = False
) -> int:
    """Write the ledger as the file's name says (.xlsx or .csv) and give the number of records. Raises Refused."""
    rows = ledger_rows(view, at, zone, unit)
    heads = [str(head) for head in HEADS.values()]
    _write(file, say("Ledger of hazards"), [heads, *rows], overwrite)
    return len(rows)


def write_statistics(
    store: Store, view: View, file: Path, period: Period, at: datetime, zone: ZoneInfo, *, overwrite: bool = False
) -> None:
    """Write the tables of a period by unit, grade, state and source, one under the other. Raises Refused."""
    findings, today = standing_on(store, view, period.last, at, zone), local_day(at, zone)
    rows: list[Row] = [[str(period.first), str(period.last)]]
    for by in By:
        rows += [[str(by.word), *map(str, HEADS_OF_STATISTICS)]]
        rows += [[str(row.word), *row.figures] for row in tally_rows(view, findings, period, by, today)]
    _write(file, say("Statistics of hazards"), rows, overwrite)


def _row(finding: Finding, people: dict[str, str], units: dict[str, str], today: Any) -> Row:
    money = finding.fixes.money if finding.fixes is not None else None
    return (
        finding.id,
        finding.found_on,
        people.get(finding.found_by, finding.found_by),
        str(finding.source.word),
        finding.place,
        finding.kind,
        str(finding.grade.word) if finding.grade else "",
        finding.description,
        finding.harm,
        people.get(finding.responsible, finding.responsible) if finding.responsible else "",
        finding.measures or (finding.fixes.measures if finding.fixes else ""),
        None if money is None else figure_of(money, FEN_DECIMALS),
        finding.deadline_on,
        finding.interim,
        finding.progress[-1].text if finding.progress else str(finding.state.word),
        finding.rounds[-1].conclusion if finding.rounds else "",
        units.get(finding.listing.office, finding.listing.office) if finding.listing is not None else "",
        finding.closed_on,
        days_overdue(finding, today),
    )


def _write(file: Path, title: Sentence, rows: Sequence[Row], overwrite: bool) -> None:
    match file.suffix.lower():
        case ".xlsx":
            content = _workbook(str(title), rows)
        case ".csv":
            content = _csv(rows)
        case _:
            raise Refused(say("Name the file .xlsx or .csv, not {file}.", file=verbatim(file.name)))
    write_out(file, content, overwrite=overwrite)


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([csv_cell(value) for value in row] for row in rows)
    # Excel takes a file without the mark for the local code page and garbles Chinese.
    return text.getvalue().encode("utf-8-sig")


def _workbook(title: str, rows: Sequence[Row]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = title[:31]
    write_rows(sheet, rows)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
