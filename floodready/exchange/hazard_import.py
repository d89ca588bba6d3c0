"""A ledger of hazards read from XLSX or CSV: dirty as it is, staged first, written only when a person says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from floodready.exchange.hazard_columns import NAMES
from floodready.exchange.ledger_rows import ends_in_total
from floodready.exchange.sniff import Sniffed, TableRow, below_heads, plain_digits, sniff, unread_heads
from floodready.exchange.spreadsheet_text import unguarded
from floodready.exchange.workbook_reading import read_workbook
from floodready.exchange.written_times import read_day
from floodready.exchange.wrong_rows import refuse_wrong_rows
from floodready.frozen import frozen, replace
from floodready.language import Sentence, listed, say, verbatim
from floodready.organisation.lookup import active_people, known_by, require_unit
from floodready.rectification import commands
from floodready.rectification.ledger_row import LedgerRow
from floodready.rectification.models import Finding, FiveFixes
from floodready.rectification.states import Grade, Source
from floodready.refusal import Refused, existing
from floodready.row_progress import Progress, telling
from floodready.text import folded

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import Act, Store, View

N = TypeVar("N", Source, Grade)
_REQUIRED = ("found on", "description")
_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(万)?元?")
_SOURCES: Mapping[Source, tuple[str, ...]] = {
    Source.PATROL: ("patrol", "巡查", "巡堤", "日常巡查"),
    Source.INSPECTION: ("inspection", "检查", "督查", "专项检查"),
    Source.REPORT: ("report", "举报", "群众举报", "上报", "报告"),
    Source.DRILL: ("drill finding", "演练", "演练发现"),
    Source.STOCK: ("stock variance", "盘点", "物资盘点", "盘点差异"),
    Source.POST_CHECK: ("post check", "查岗"),
    Source.MEETING: ("meeting", "会议", "督办"),
}
_GRADES: Mapping[Grade, tuple[str, ...]] = {
    Grade.GENERAL: ("general", "general hazard", "一般", "一般隐患", "一般事故隐患"),
    Grade.MAJOR: ("major", "major hazard", "重大", "重大隐患", "重大事故隐患"),
}
_CLOSED = frozenset({"是", "已", "已销号", "销号", "已完成", "已闭环", "√", "✓", "yes", "closed"})
_NOT_CLOSED = frozenset(
    {"", "否", "未", "未销号", "未完成", "未闭环", "整改中", "×", "✗", "-", "–", "—", "/", "no", "open"}
)


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    KNOWN = "known"
    CLOSED = "closed"
    PROBLEM = "problem"

    @property
    def word(self) -> Sentence:
        """The outcome in the reader's language."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.NEW: say("new"),
    Outcome.KNOWN: say("there already"),
    Outcome.CLOSED: say("closed in the ledger, not taken"),
    Outcome.PROBLEM: say("problem"),
}


@frozen
class StagedRow:
    """One row of the file and what it would do; `problem` may also be a remark on a row that is taken."""

    number: int
    outcome: Outcome
    told: str
    problem: Sentence | None
    row: LedgerRow | None


def ledger_rows(data: bytes) -> Sequence[TableRow]:
    """Give the rows of a ledger as they stand in the file. Raises Refused for a file without its heads."""
    return below_heads(_rows(data), NAMES, _REQUIRED)


def unread_columns(data: bytes) -> tuple[str, ...]:
    """Give the heads of a ledger that are not read, so that nobody takes them for read. Raises Refused."""
    return unread_heads(_rows(data), NAMES, _REQUIRED)


def stage_ledger(
    view: View, data: bytes, unit: str, file: str, progress: Progress | None = None, *, today: date
) -> list[StagedRow]:
    """Read a ledger against the store; nothing is written. `file` is its name, which stands in the basis of its grades.

    `progress` is told how many rows of how many are done. Raises Refused for a file without these heads.
    """
    require_unit(view, unit)
    people = known_by(active_people(view))
    known = {_same(one.place, one.description, one.found_on) for one in view.find(Finding, unit=unit)}
    numbers = {one.id for one in view.find(Finding, unit=unit)}
    staged = []
    in_file: set[str] = set()
    for row in telling(ledger_rows(data), progress):
        cells = {name: unguarded(text) for name, text in row.cells.items()}
        if not cells["description"] and any(map(ends_in_total, cells.values())):
            continue
        try:
            made = _stage(row, {**cells, "file": file}, unit, people, known, numbers)
            if made.row is not None and made.row.found_on > today:
                raise Refused(say("found on {day}: that day has not come yet", day=made.row.found_on))
            staged.append(_number_told(made, in_file))
        except Refused as error:
            staged.append(_told(row, cells, Outcome.PROBLEM, error.sentence))
    return staged


def apply_rows(store: Store, act: Act, staged: list[StagedRow], zone: ZoneInfo) -> int:
    """Open a record for every new row, all in one transaction, and give their number.

    Raises Refused, also while any row is wrong: a hazard must not stay out unseen. Raises NotAllowed.
    """
    refuse_wrong_rows(sum(row.outcome is Outcome.PROBLEM for row in staged))
    rows = tuple(row.row for row in staged if row.row is not None)
    return commands.import_ledger(store, act, rows=rows, zone=zone)


def _stage(
    row: TableRow,
    cells: Mapping[str, str],
    unit: str,
    people: Callable[[str], str | None],
    known: set[Any],
    numbers: set[str],
) -> StagedRow:
    if not cells["description"]:
        raise Refused(say("no description"))
    if not cells["found on"]:
        raise Refused(say("no day on which it was found"))
    found_on = read_day(_day_only(cells["found on"]))
    if _is_closed(cells["closed"]):
        return _told(row, cells, Outcome.CLOSED, None)
    same = _same(cells["place"], cells["description"], found_on)
    if same in known or cells["number"] in numbers:
        return _told(row, cells, Outcome.KNOWN, None)
    known.add(same)
    deadline_on = read_day(_day_only(cells["deadline"])) if cells["deadline"] else None
    if deadline_on is not None and deadline_on < found_on:
        raise Refused(say("deadline {day}: that is before it was found", day=deadline_on))
    responsible = people(cells["responsible"]) if cells["responsible"] else None
    remarks = []
    if cells["responsible"] and responsible is None:
        remarks.append(say("{person} names nobody, or two people; taken without a responsible person",
                           person=verbatim(cells["responsible"])))  # fmt: skip
    grade = _named(cells["grade"], _GRADES)
    if cells["grade"] and grade is None:
        remarks.append(say("“{grade}” is not a grade; taken ungraded", grade=verbatim(cells["grade"])))
    money = understood_money(cells["money"])
    if cells["money"] and money is None:
        remarks.append(say("“{money}” is not a sum of yuan; taken without money", money=verbatim(cells["money"])))
    if cells["listed"]:
        remarks.append(say("listed by {office} there: that office must list it here", office=verbatim(cells["listed"])))
    made = LedgerRow(
        unit=unit,
        source=_source(cells["source"]),
        source_ref=cells["number"],
        found_on=found_on,
        found_by=cells["found by"],
        place=cells["place"],
        kind=cells["kind"],
        description=cells["description"],
        harm=cells["harm"],
        interim=cells["interim"],
        responsible=responsible,
        deadline_on=deadline_on,
        measures=cells["measures"],
        fixes=None if money is None else FiveFixes(money=money),
        progress=cells["progress"],
        grade=grade,
        basis=_basis(cells) if grade is not None else "",
    )
    return _told(row, cells, Outcome.NEW, listed(remarks) if remarks else None, made)


def _is_closed(text: str) -> bool:
    """Tell whether a ledger calls a hazard closed: by the day, or by a word. Raises Refused for any other."""
    word = folded(plain_digits(text))
    if word in _NOT_CLOSED:
        return False
    if word not in _CLOSED:
        try:
            read_day(_day_only(text))
        except Refused as error:
            raise Refused(
                say("“{text}” does not say whether it is closed: write the day, or leave the cell empty",
                    text=verbatim(text))
            ) from error  # fmt: skip
    return True


def _number_told(staged: StagedRow, in_file: set[str]) -> StagedRow:
    """Remark a number that stood in the file before: the row is taken, and somebody should look at it."""
    number = staged.row.source_ref if staged.row is not None else ""
    if number and number in in_file:
        again = say("number {number} stands in the file before", number=verbatim(number))
        remarks = [staged.problem, again] if staged.problem is not None else [again]
        return replace(staged, problem=listed(remarks))
    in_file.add(number)
    return staged


def _told(
    row: TableRow, cells: Mapping[str, str], outcome: Outcome, problem: Sentence | None, made: LedgerRow | None = None
) -> StagedRow:
    return StagedRow(number=row.number, outcome=outcome, told=cells["description"], problem=problem, row=made)


def _source(text: str) -> Source:
    if not text:
        return Source.INSPECTION
    source = _named(text, _SOURCES)
    return existing(source, say("“{source}” is not a source of a hazard", source=verbatim(text)))


def _named(text: str, names: Mapping[N, tuple[str, ...]]) -> N | None:
    return next((one for one, known in names.items() if folded(text) in map(folded, known)), None)


def _basis(cells: Mapping[str, str]) -> str:
    told = {"file": verbatim(cells["file"]), "number": verbatim(cells["number"] or "–")}
    if cells["graded by"]:
        graded = say("the office's ledger {file}, number {number}, graded there by {person}",
                     **told, person=verbatim(cells["graded by"]))  # fmt: skip
    else:
        graded = say("the office's ledger {file}, number {number}", **told)
    # Stored as a text like every basis that a person types.
    return str(graded)


def understood_money(text: str) -> int | None:
    """Give fen for a sum as ledgers write it: `12000`, `1.2万`, `12,000元`; None where it is none."""
    match = _MONEY.fullmatch(plain_digits(text).replace(",", "").replace(" ", ""))
    if match is None:
        return None
    fen = Decimal(match[1]) * 100 * (10_000 if match[2] else 1)
    return int(fen) if fen == int(fen) else None


def _same(place: str, description: str, found_on: date) -> tuple[str, str, date]:
    return folded(place), folded(description), found_on


def _day_only(text: str) -> str:
    """Give the day of a cell that holds a time too."""
    return text.split("T")[0].split(" ")[0]


def _rows(data: bytes) -> Sniffed:
    if not data.startswith(b"PK\x03\x04"):
        return sniff(data)
    rows = tuple(tuple(cell.strip() for cell in row) for row in read_workbook(data).rows)
    return Sniffed(rows=rows, encoding="xlsx")
