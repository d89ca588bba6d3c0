"""The month on paper: a table of days and posts with gaps in place, as HTML to print or as an XLSX workbook."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from html import escape
from io import BytesIO
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.calendar import calendar_of
from floodready.duty.turns import instant_of
from floodready.exchange.spreadsheet_text import write_rows
from floodready.frozen import frozen
from floodready.language import Sentence, current_language, say, verbatim
from floodready.organisation.models import Unit
from floodready.store.contract import View
from floodready.workdays import DayKind

_STYLE = (
    "body{font-family:sans-serif;margin:1.5cm}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #444;padding:3px 6px;text-align:left;vertical-align:top}"
    "tr.free td{background:#eee}td.gap{font-weight:bold}@page{size:A4;margin:1cm}"
)


@frozen
class DayRow:
    """One day of the month: who stands each post, with the times where they are not the whole day."""

    day: date
    is_free: bool
    cells: tuple[tuple[str, bool], ...]
    """Text and whether the post is short of people, post by post."""


@frozen
class Month:
    """A month of a unit, worded."""

    title: Sentence
    heads: tuple[str, ...]
    rows: tuple[DayRow, ...]


def month_of(view: View, unit: str, first: date, zone: ZoneInfo) -> Month:
    """Word the month that begins at `first`; a turn stands on the day on which it begins.

    On the further days of a turn of several days the name stands in brackets: an empty cell would say nobody is there.
    """
    begins = first.replace(day=1)
    count = monthrange(first.year, first.month)[1]
    held_by = calendar_of(view, unit, begins, count, zone, instant_of(begins, time(), zone))
    rows = []
    for day in held_by.days:
        cells = []
        for cell in day.cells:
            told = [_told(span.name, span.start, span.end, zone) for span in cell.begun]
            told += [f"({span.name})" for span in cell.on]
            told += [str(say("✘ {count} missing", count=gap.missing)) for gap in cell.gaps[:1]]
            cells.append((", ".join(dict.fromkeys(told)), bool(cell.gaps)))
        rows.append(DayRow(day=day.day, is_free=day.kind is not DayKind.ORDINARY, cells=tuple(cells)))
    held = view.get(Unit, unit)
    name = verbatim(held.name if held is not None else unit)
    return Month(
        title=say("Duty of {unit}, {month}", unit=name, month=verbatim(f"{first:%Y-%m}")),
        heads=(str(say("Day")), *held_by.posts),
        rows=tuple(rows),
    )


def as_html(month: Month) -> str:
    """Write the month as one HTML page, everything people typed escaped."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in month.heads)
    body = "".join(
        f"<tr{' class=free' if row.is_free else ''}><td>{_day(row.day)}</td>"
        + "".join(f"<td{' class=gap' if short else ''}>{escape(text)}</td>" for text, short in row.cells)
        + "</tr>"
        for row in month.rows
    )
    title = escape(str(month.title))
    language = current_language().replace("_", "-")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def as_xlsx(month: Month) -> bytes:
    """Write the month as a workbook; no text of people becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    lines: list[tuple[str, ...]] = [(str(month.title),), month.heads]
    lines += [(_day(row.day), *(text for text, _ in row.cells)) for row in month.rows]
    write_rows(sheet, lines)
    for cell in (sheet["A1"], *sheet[2]):
        cell.font = Font(bold=True)
    grey = PatternFill("solid", fgColor="EEEEEE")
    for number, row in enumerate(month.rows, start=3):
        for column in range(1, len(month.heads) + 1):
            if row.is_free:
                sheet.cell(number, column).fill = grey
            if column > 1 and row.cells[column - 2][1]:
                sheet.cell(number, column).font = Font(bold=True)
    for column in range(1, len(month.heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14 if column == 1 else 34
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _day(day: date) -> str:
    return f"{day:%m-%d} {day.isoweekday()}"


def _told(name: str, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    whole = end - start >= timedelta(hours=23)
    return name if whole else f"{name} {local_time(start, zone)[11:]}–{local_time(end, zone)[11:]}"
