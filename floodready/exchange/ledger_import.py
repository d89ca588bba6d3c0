"""A ledger file against the store: the dry run that says what would happen, row by row, and the commit of the same."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from floodready.exchange.ledger_cells import read_amount, read_day, read_holder
from floodready.exchange.ledger_rows import LedgerFile, is_total, read_ledger
from floodready.exchange.workbook_reading import FORMULA_ERRORS
from floodready.exchange.wrong_rows import refuse_wrong_rows
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.materials.commands_import import (
    Imported,
    LedgerLine,
    NothingNew,
    import_ledger,
    is_kept,
)
from floodready.materials.models import Holder, Item, Place
from floodready.materials.models_papers import LedgerImport
from floodready.materials.projections import Balances, BroughtIn
from floodready.missing import not_there
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.row_progress import Progress, telling
from floodready.store.contract import Act, Store, View
from floodready.text import folded


class Outcome(StrEnum):
    """What a row would do."""

    CREATES = "creates"
    CHANGES = "changes"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    ERROR = "error"

    @property
    def word(self) -> Sentence:
        """The outcome in the reader's language."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    Outcome.CREATES: say("new"),
    Outcome.CHANGES: say("to count"),
    Outcome.UNCHANGED: say("unchanged"),
    Outcome.SKIPPED: say("skipped"),
    Outcome.ERROR: say("error"),
}

_NOTHING = verbatim("")
_LONGEST_CODE = 64
"""Characters, as `document.Code` has it; names serve as codes where a ledger has none."""


@frozen
class StagedRow:
    """One row of the file and what would come of it. Balances are smallest units; None where there is none."""

    number: int
    outcome: Outcome
    line: LedgerLine | None = None
    before: int | None = None
    after: int | None = None
    says: Sentence
    """Why it is skipped or wrong, or a near name that may be meant."""

    def told(self, quantity: int | None) -> str:
        """Write a balance in the row's ledger unit; empty where there is none."""
        if self.line is None or quantity is None:
            return ""
        return f"{write_quantity(quantity, self.line.scale)} {self.line.unit}"


@frozen
class DryRun:
    """The whole file, staged; nothing is written yet."""

    file: LedgerFile
    place: str
    rows: tuple[StagedRow, ...]
    imported_before: Sentence | None

    @property
    def notes(self) -> list[Sentence]:
        """Say what concerns the file as a whole: that it came before, and what of it is not read."""
        before = [] if self.imported_before is None else [self.imported_before]
        return [*before, *unread_told(self.file.unread)]

    def count(self, outcome: Outcome) -> int:
        """Count the rows of one outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def unread_told(sheets: tuple[str, ...]) -> list[Sentence]:
    """Say that other sheets of a workbook are not read, naming them; nothing where there are none."""
    if not sheets:
        return []
    return [say("Only the first sheet is read. Not read: {sheets}", sheets=verbatim(", ".join(sheets)))]


def dry_run(
    view: View, path: Path, *, place: str, zone: ZoneInfo, columns: dict[str, int] | None = None,
    encoding: str | None = None, progress: Progress | None = None,
) -> DryRun:  # fmt: skip
    """Stage a ledger file against the store, writing nothing. Raises Refused where it is no ledger.

    `columns` and `encoding` are what a person chose instead of the heads and the bytes.
    """
    file = read_ledger(path, columns, encoding)
    if view.get(Place, place) is None:
        raise Refused(not_there("materials.places", place))
    stage = _Stage(view, file, place)
    rows = []
    for number, cells in telling(file.rows, progress):
        rows.append(stage.row(number, cells))
    before = next(view.find(LedgerImport, digest=file.digest), None)
    told = None
    if before is not None:
        day = before.imported_at.astimezone(zone).date().isoformat()
        told = say("This very file was imported on {day}.", day=day)
    return DryRun(file=file, place=place, rows=tuple(rows), imported_before=told)


def commit(store: Store, act: Act, run: DryRun, *, zone: ZoneInfo, progress: Progress | None = None) -> Imported:
    """Write what the dry run showed, as one batch, where anything is new. Raises Refused while rows are wrong."""
    refuse_wrong_rows(run.count(Outcome.ERROR))
    lines = tuple(row.line for row in run.rows if row.line is not None)
    try:
        return import_ledger(
            store,
            act,
            zone=zone,
            file_name=run.file.name,
            digest=run.file.digest,
            place=run.place,
            lines=lines,
            progress=progress,
        )
    except NothingNew:
        return Imported(batch=None, created=0, to_count=0, unchanged=len(lines))


class _Stage:
    """The catalogue, looked up once for all rows."""

    def __init__(self, view: View, file: LedgerFile, place: str) -> None:
        self._view, self._file, self._place = view, file, place
        self._by_name: dict[str, list[Item]] = {}
        for item in view.all(Item):
            self._by_name.setdefault(folded(item.name), []).append(item)
        self._places = {folded(name): p.id for p in view.all(Place) for name in (p.id, p.name)}
        self._keys: dict[str, int] = {}
        self._items: dict[tuple[str, str, str], tuple[Item | None, Sentence | None]] = {}
        self._new: dict[str, LedgerLine] = {}
        """Code of an item that this file brings → its first row."""
        self._seen: dict[tuple[str, int], int] = {}
        """(what a row speaks of, its quantity) → the first row that said so."""
        self._balances = view.projection(Balances)
        self._holder = Holder.OWN

    def row(self, number: int, cells: tuple[str, ...]) -> StagedRow:
        name, quantity = self._file.cell(cells, "name"), self._file.cell(cells, "quantity")
        if is_total(cells):
            return StagedRow(number=number, outcome=Outcome.SKIPPED, says=say("a total, not stock"))
        if not name:
            return StagedRow(number=number, outcome=Outcome.SKIPPED, says=say("no name in this row"))
        if not quantity:
            return StagedRow(number=number, outcome=Outcome.SKIPPED, says=say("no quantity: blank is not zero"))
        try:
            item, near = self._item(self._file.cell(cells, "code"), name, self._file.cell(cells, "spec"))
            line, twin = self._line(number, cells, item, name, quantity)
            if item is None:
                self._refuse_two_of_one_code(line)
        except Refused as refusal:
            return StagedRow(number=number, outcome=Outcome.ERROR, says=refusal.sentence)
        if twin is not None:
            near = say("the same as row {row}: is it in the file twice?", row=twin)
        before = self._in_the_books(item, line)
        outcome = Outcome.CREATES
        if before is not None:
            outcome = Outcome.UNCHANGED if before == line.quantity else Outcome.CHANGES
        return StagedRow(
            number=number, outcome=outcome, line=line, before=before, after=line.quantity, says=near or _NOTHING
        )

    def _in_the_books(self, item: Item | None, line: LedgerLine) -> int | None:
        """Give the balance that a row speaks of; None where it would be new."""
        # What is not in the catalogue has never come in: no lot need be looked for.
        if item is None:
            return None
        lot = self._brought.standing(line.key, self._balances.reversed)
        if lot is None:
            return 0 if not line.quantity and is_kept(item) else None
        return self._balances.held(lot, line.place)

    @cached_property
    def _brought(self) -> BroughtIn:
        return self._view.projection(BroughtIn)

    def _line(
        self, number: int, cells: tuple[str, ...], item: Item | None, name: str, quantity: str
    ) -> tuple[LedgerLine, int | None]:
        """Give what a row says, and the number of an earlier one that says the very same. Raises Refused."""
        file = self._file
        amount = read_amount(quantity, file.cell(cells, "unit"))
        life, until = read_day(file.cell(cells, "until"))
        place = self._place_of(file.cell(cells, "place"))
        self._holder = read_holder(file.cell(cells, "holder")) or self._holder
        code = item.id if item else file.cell(cells, "code") or name
        if name in FORMULA_ERRORS or len(code) > _LONGEST_CODE:
            wrong = name if name in FORMULA_ERRORS else code
            raise Refused(say("“{text}” cannot be a code or a name. Put the cell right.", text=verbatim(wrong)))
        if item is not None and (item.unit, item.scale) != (amount.unit, amount.scale):
            raise Refused(
                say("{item} is kept in {unit}, the file says {other}.", item=verbatim(item.name),
                    unit=verbatim(item.unit), other=verbatim(amount.unit))
            )  # fmt: skip
        spec = file.cell(cells, "spec")
        key = f"{code}|{place}|{self._holder.value}|{spec}|{until or life.value}"
        self._keys[key] = self._keys.get(key, 0) + 1
        twin = self._seen.setdefault((key, amount.quantity), number)
        line = LedgerLine(
            row=number, key=_short(f"{key}|{self._keys[key]}"), item=code, name=name, unit=amount.unit,
            scale=amount.scale, spec=spec, place=place, holder=self._holder, quantity=amount.quantity,
            typed=quantity, life=life, usable_until=until,
        )  # fmt: skip
        return line, twin if twin != number else None

    def _refuse_two_of_one_code(self, line: LedgerLine) -> None:
        """Hold the rows of a new item to its first one: a code is one thing in one unit within a file too."""
        first = self._new.setdefault(line.item, line)
        if (folded(first.name), first.unit) != (folded(line.name), line.unit):
            raise Refused(
                say("In row {row} {code} is {name} in {unit}. Put code, name or unit right.", row=first.row,
                    code=verbatim(line.item), name=verbatim(first.name), unit=verbatim(first.unit))
            )  # fmt: skip

    def _item(self, code: str, name: str, spec: str) -> tuple[Item | None, Sentence | None]:
        """Give the item a row names, or a near name that may be meant; ledgers name the same things again and again."""
        found = self._items.get((code, name, spec))
        if found is None:
            found = self._items[code, name, spec] = self._looked_up(code, name, spec)
        return found

    def _looked_up(self, code: str, name: str, spec: str) -> tuple[Item | None, Sentence | None]:
        if code and (known := self._view.get(Item, code)) is not None:
            if folded(known.name) != folded(name):
                raise Refused(
                    say("Code {code} is {known}, not {name}. Put code or name right.", code=verbatim(code),
                        known=verbatim(known.name), name=verbatim(name))
                )  # fmt: skip
            return known, None
        named = self._by_name.get(folded(name), [])
        if code and named:
            # A ledger without codes made its names the codes; any other code is another thing of the same name.
            uncoded = next((item for item in named if item.id == item.name), None)
            told = say("new item; {name} is kept under {code} too", name=verbatim(name), code=verbatim(named[0].id))
            return uncoded, None if uncoded is not None else told
        if named:
            return _one_of(named, name, spec), None
        near = get_close_matches(folded(name), self._by_name, n=1, cutoff=0.6)
        if not near:
            return None, None
        return None, say("new item; did you mean {name}?", name=verbatim(self._by_name[near[0]][0].name))

    def _place_of(self, cell: str) -> str:
        if not cell:
            return self._place
        found = self._places.get(folded(cell))
        if found is None:
            raise Refused(not_there("materials.places", cell))
        return found


def _one_of(named: list[Item], name: str, spec: str) -> Item:
    """Choose among items of one name by their spec. Raises Refused where that leaves more than one, or none."""
    fitting = named if len(named) == 1 else [item for item in named if folded(item.spec) == folded(spec)]
    if len(fitting) != 1:
        raise Refused(
            say("{name} is kept under several codes: {codes}. Write the code.", name=verbatim(name),
                codes=verbatim(", ".join(item.id for item in named)))
        )  # fmt: skip
    return fitting[0]


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
