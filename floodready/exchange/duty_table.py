"""A hand-made monthly duty table (XLSX or CSV), as offices keep it: one row a day, one column a post.

The first row names the columns: the day (`日期`, `date`), then posts by name or id. A cell holds one or more people, by
name or id, divided by comma, `、`, `/` or spaces. A turn runs from one handover of its post to that of the next
day, at the hour of the post's rotation (see `change_hours`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from floodready.duty.change_hours import ChangeHours, change_hours
from floodready.duty.models import FixedTurn, Rota
from floodready.duty.plan import Plan
from floodready.duty.publishing import rota_with_turns
from floodready.duty.resolver import timeline
from floodready.duty.roster import plan_of
from floodready.duty.turns import instant_of
from floodready.exchange.sniff import column_letter, decode, read_file, separated
from floodready.exchange.workbook_reading import read_workbook
from floodready.horizon import too_far
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Post
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.text import folded

_DAY_HEADS = frozenset({"日期", "date", "day", "值班日期"})
_NOTE_HEADS = frozenset({"备注", "说明", "note", "remarks"})
_BETWEEN = re.compile(r"[,，、/;；\s]+")
_SEPARATORS = ",\t;|，"
_MIDNIGHT = re.compile(r"0?0:00(:00)?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


def read_table(file: str, unit: str, view: View, zone: ZoneInfo, now: datetime | None = None) -> Rota:
    """Read a table as a rota of fixed turns, from its first day to the end of its last.

    Posts without a turn in the table go on as the rota in force has them. With `now` what is past of it is left out.
    Raises Refused naming the row and what
    cannot be understood: no post among the columns, an unknown person, a day that is none.
    """
    rows = _rows(Path(file))
    if len(rows) < 2:
        raise Refused(say("{file} holds no table: a row of heads and a row a day.", file=verbatim(file)))
    top = _heads_at(rows)
    day_column, posts = _columns(rows[top], unit, view)
    people = _people(unit, view)
    _refuse_people_elsewhere(rows[top], rows[top + 1 :], {day_column, *posts}, people)
    plan = plan_of(view, unit, zone)
    hours: dict[str, ChangeHours] = {}
    days: dict[date, int] = {}
    turns: list[FixedTurn] = []
    for number, cells in enumerate(rows[top + 1 :], start=top + 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = [*cells, *[""] * (len(rows[top]) - len(cells))]
        day = _day(row[day_column], number)
        if (first := days.setdefault(day, number)) != number:
            raise Refused(
                say("Row {row}: {day} stands in row {first} too. Give each day one row.", row=number, day=day,
                    first=first)
            )  # fmt: skip
        for column, post in posts.items():
            named = tuple(_person(part, people, number) for part in _BETWEEN.split(row[column].strip()) if part)
            if named:
                own = hours.setdefault(post, change_hours(plan, post, instant_of(day, time(), zone)))
                start, end = own.day_of_duty(day, plan)
                turns.append(FixedTurn(post=post, people=named, from_at=start, until_at=end))
    if not turns:
        raise Refused(say("{file} names nobody.", file=verbatim(file)))
    edges = _edges(plan, turns, hours, min(days), max(days))
    return rota_with_turns(list(view.find(Rota, unit=unit)), unit, [*turns, *edges], Path(file).name, now)


def _edges(
    plan: Plan, turns: Sequence[FixedTurn], hours: Mapping[str, ChangeHours], first: date, last: date
) -> Iterator[FixedTurn]:
    """Let whoever stands a post that changes later than another stay until its hour, and likewise at the end."""
    start, end = min(turn.from_at for turn in turns), max(turn.until_at for turn in turns)
    for post, own in hours.items():
        if own.ends is not None:
            continue
        for low, high in ((start, own.day_of_duty(first, plan)[0]), (own.day_of_duty(last, plan)[1], end)):
            for span in timeline(plan, low, high).spans:
                if span.post == post:
                    yield FixedTurn(post=post, people=(span.person,), from_at=span.start, until_at=span.end)


def _rows(path: Path) -> Sequence[Sequence[str]]:
    data = read_file(path)
    if path.suffix.lower() == ".xlsx":
        return read_workbook(data).rows
    text = decode(data)[0]
    # By the heads alone: people in a cell may be divided by what elsewhere divides columns.
    heads = next((line for line in text.splitlines() if any(head in _DAY_HEADS for head in _cells(line))), "")
    return separated(text, max(_SEPARATORS, key=heads.count))


def _cells(line: str) -> list[str]:
    return [folded(cell).strip('"') for cell in re.split(f"[{_SEPARATORS}]", line)]


def _heads_at(rows: Sequence[Sequence[str]]) -> int:
    """Give the place of the row of heads: titles may stand above it."""
    named = (place for place, row in enumerate(rows[:10]) if any(folded(cell) in _DAY_HEADS for cell in row))
    return next(named, 0)


def _refuse_people_elsewhere(
    heads: Sequence[str], rows: Sequence[Sequence[str]], read: set[int], people: Mapping[str, str]
) -> None:
    """Refuse a column that is no post and yet names people: they would be left out unseen."""
    read = read | {place for place, head in enumerate(heads) if folded(head) in _NOTE_HEADS}
    for row in rows:
        for place, cell in enumerate(row):
            if place not in read and place < len(heads) and folded(cell) in people:
                raise Refused(
                    say("Column {letter}, “{head}”, names people and is not a post of the unit. Head it as the post is "
                        "named, or take the column out.", letter=column_letter(place), head=verbatim(heads[place]))
                )  # fmt: skip


def _columns(heads: Sequence[str], unit: str, view: View) -> tuple[int, dict[int, str]]:
    known: dict[str, str] = {}
    for post in view.find(Post, unit=unit):
        known[folded(post.name)] = known[folded(post.id)] = post.id
    found = [folded(head) for head in heads]
    days = [place for place, head in enumerate(found) if head in _DAY_HEADS]
    if len(days) != 1:
        raise Refused(say("The row of heads must name one column “date” or “日期”."))
    posts = {place: known[head] for place, head in enumerate(found) if head in known}
    if not posts:
        raise Refused(say("No column of the table is a post of the unit. Name the columns as the posts are named."))
    return days[0], posts


def _people(unit: str, view: View) -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for person in active_people(view):
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
    wrong: Sentence = say("Row {row}: “{text}” is not a day. Write 2026-07-01.", row=number, text=verbatim(text))
    match = _DATE.match(text.strip())
    # Behind it may stand the day of the week or the midnight of a spreadsheet, never another day: one row is one day.
    if match is None or any(char.isdigit() for char in _MIDNIGHT.sub("", text.strip()[match.end() :])):
        raise Refused(wrong)
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise Refused(wrong) from error
    if (problem := too_far(day)) is not None:
        raise Refused(say("Row {row}: {day} {problem}", row=number, day=day, problem=problem))
    return day
