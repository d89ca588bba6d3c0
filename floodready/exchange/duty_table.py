"""A hand-made monthly duty table (XLSX or CSV), as offices keep it: one row a day, one column a post.

The first row names the columns: the day (`日期`, `date`), then posts by name or id. A cell holds one or more people, by
name or id, divided by comma, `、`, `/` or spaces. A turn runs from 08:00 to 08:00 of the next day.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from floodready.duty.models import FixedTurn, Rota
from floodready.duty.publishing import rota_with_turns
from floodready.duty.turns import instant_of
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person, Post
from floodready.os_reasons import reason_of
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.text import folded

_HAND_OVER = time(8)
_DAY_HEADS = frozenset({"日期", "date", "day", "值班日期"})
_BETWEEN = re.compile(r"[,，、/;；\s]+")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


def read_table(file: str, unit: str, view: View, zone: ZoneInfo) -> Rota:
    """Read a table as a rota of fixed turns, from its first day to the end of its last.

    Posts without a turn in the table go on as the rota in force has them. Raises Refused naming the row and what
    cannot be understood: no post among the columns, an unknown person, a day that is none.
    """
    rows = _rows(Path(file))
    if len(rows) < 2:
        raise Refused(say("{file} holds no table: a row of heads and a row a day.", file=verbatim(file)))
    day_column, posts = _columns(rows[0], unit, view)
    people = _people(unit, view)
    turns: list[FixedTurn] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = [*cells, *[""] * (len(rows[0]) - len(cells))]
        day = _day(row[day_column], number)
        start, end = instant_of(day, _HAND_OVER, zone), instant_of(day + timedelta(days=1), _HAND_OVER, zone)
        for column, post in posts.items():
            named = tuple(_person(part, people, number) for part in _BETWEEN.split(row[column].strip()) if part)
            if named:
                turns.append(FixedTurn(post=post, people=named, from_at=start, until_at=end))
    if not turns:
        raise Refused(say("{file} names nobody.", file=verbatim(file)))
    return rota_with_turns(view.find(Rota, unit=unit), unit, turns, note=Path(file).name)


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.suffix.lower() == ".xlsx":
            return _xlsx_rows(path)
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(
            say("{file} cannot be read ({problem}).", file=verbatim(str(path)), problem=reason_of(error))
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [list(row) for row in csv.reader(raw.decode(encoding).splitlines())]
        except UnicodeDecodeError:
            continue
    raise Refused(say("{file} is neither UTF-8 nor GB 18030 text.", file=verbatim(str(path))))


def _xlsx_rows(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise Refused(say("{file} is no XLSX workbook.", file=verbatim(str(path)))) from error
    sheet = book.worksheets[0]
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _columns(heads: Sequence[str], unit: str, view: View) -> tuple[int, dict[int, str]]:
    known: dict[str, str] = {}
    for post in view.find(Post, unit=unit):
        known[folded(post.name)] = known[folded(post.id)] = post.id
    found = [folded(head) for head in heads]
    days = [place for place, head in enumerate(found) if head in _DAY_HEADS]
    if len(days) != 1:
        raise Refused(say("The first row must name one column “date” or “日期”."))
    posts = {place: known[head] for place, head in enumerate(found) if head in known}
    if not posts:
        raise Refused(say("No column of the table is a post of the unit. Name the columns as the posts are named."))
    return days[0], posts


def _people(unit: str, view: View) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for person in view.all(Person):
        if not person.active:
            continue
        found[folded(person.id)] = person.id
        name = folded(person.name)
        if name in found and found[name] != person.id and person.unit == unit:
            twice.add(name)
        if name not in found or person.unit == unit:
            found[name] = person.id
    return {name: id for name, id in found.items() if name not in twice}


def _person(text: str, people: dict[str, str], number: int) -> str:
    found = people.get(folded(text))
    if found is None:
        raise Refused(
            say("Row {row}: “{person}” is not on the staff list, or two have that name.", row=number, person=text)
        )
    return found


def _day(text: str, number: int) -> date:
    wrong: Sentence = say("Row {row}: “{text}” is no day. Write 2026-07-01.", row=number, text=verbatim(text))
    match = _DATE.search(text)
    if match is None:
        raise Refused(wrong)
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise Refused(wrong) from error
