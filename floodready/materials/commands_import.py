"""The command that takes a staged ledger in as one batch, and undo that takes it out as one."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.document import Code, Line, Name, Natural, record
from floodready.language import say, verbatim
from floodready.materials.commands_receiving import take_in
from floodready.materials.ledger import Ledger
from floodready.materials.models import Holder, Item, Life, Lot, Place, Scale
from floodready.materials.models_counting import CountSession, How, Observation, SheetLine
from floodready.materials.models_papers import LedgerImport
from floodready.materials.projections import Balances, BroughtIn
from floodready.materials.taking_back import take_back
from floodready.missing import not_there
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.row_progress import Progress, telling
from floodready.store.contract import Transaction


@record
class LedgerLine:
    """One balance of a ledger file, understood. `key` names the row by what it speaks of, not by its quantity."""

    row: Natural
    key: Code
    item: Code
    name: Name
    unit: Name
    scale: Scale = 0
    spec: Line = ""
    place: Code
    holder: Holder = Holder.OWN
    quantity: Natural
    """Smallest units."""
    typed: Line = ""
    life: Life = Life.UNKNOWN
    usable_until: date | None = None


@record
class Imported:
    """What an import did, in rows."""

    batch: str | None
    """The id of the batch; None where nothing was new, and nothing was written."""
    created: int
    to_count: int
    """Rows whose figure differs from the books: they stand in an open count, for a person to post."""
    unchanged: int
    session: str | None = None


class NothingNew(Refused):
    """Every row of a ledger stands in the books already: there is nothing to write."""


@command("materials.import_ledger", may=Permission.STOCK_IMPORT, undo=take_back)
def import_ledger(
    tx: Transaction, *, zone: ZoneInfo, file_name: str, digest: str, place: str, lines: tuple[LedgerLine, ...],
    progress: Progress | None = None,
) -> Imported:  # fmt: skip
    """Take in a ledger's rows: new ones as openings, differing ones into a count, the same again not at all.

    Raises Refused for an unknown place or an item whose unit is another one, NothingNew where no row has anything to
    write.
    """
    fresh: list[LedgerLine] = []
    differing: list[tuple[LedgerLine, str]] = []
    balances, brought = tx.projection(Balances), tx.projection(BroughtIn)
    for line in lines:
        lot = brought.standing(line.key, balances.reversed)
        if lot is not None:
            if balances.held(lot, line.place) != line.quantity:
                differing.append((line, lot))
        elif line.quantity or not is_kept(tx.get(Item, line.item)):
            fresh.append(line)
    if not fresh and not differing:
        raise NothingNew(say("Nothing new: nothing was written."))
    ledger, today = Ledger(tx, zone), local_day(tx.now, zone)
    for line in telling(fresh, progress):
        _item(tx, line)
        if line.quantity:
            new = Lot(id=tx.new_id("L"), item=line.item, holder=line.holder, in_stock_on=today, life=line.life,
                      usable_until=line.usable_until)  # fmt: skip
            take_in(ledger, new, line.place, line.quantity, opening=True, typed=line.typed, import_key=line.key)
    session = _count(tx, file_name, differing) if differing else None
    batch = tx.add(
        LedgerImport(
            id=tx.new_id("B"), file_name=file_name, digest=digest, imported_at=tx.now, rows=len(lines),
            movements=len(fresh), place=place,
        )
    )  # fmt: skip
    unchanged = len(lines) - len(fresh) - len(differing)
    return Imported(batch=batch.id, created=len(fresh), to_count=len(differing), unchanged=unchanged, session=session)


def is_kept(item: Item | None) -> bool:
    """Tell whether the catalogue holds an item already, so that a row of none of it has nothing to write."""
    return item is not None and not item.retired


def _item(tx: Transaction, line: LedgerLine) -> None:
    found = tx.get(Item, line.item)
    if tx.get(Place, line.place) is None:
        raise Refused(not_there("materials.places", line.place))
    if found is None:
        tx.add(Item(id=line.item, name=line.name, unit=line.unit, scale=line.scale, spec=line.spec))
    elif (found.unit, found.scale) != (line.unit, line.scale):
        raise Refused(
            say("Row {row}: {item} is kept in {unit}, the file says {other}.", row=line.row,
                item=verbatim(found.name), unit=verbatim(found.unit), other=verbatim(line.unit))
        )  # fmt: skip
    elif found.retired:
        tx.put(found.changed(retired=False))


def _count(tx: Transaction, file_name: str, differing: list[tuple[LedgerLine, str]]) -> str:
    sheet = tuple(SheetLine(place=line.place, lot=lot, item=line.item) for line, lot in differing)
    session = tx.add(
        CountSession(
            id=tx.new_id("C"), name=file_name[:120], places=tuple(dict.fromkeys(line.place for line in sheet)),
            opened_at=tx.now, sheet=sheet,
        )
    )  # fmt: skip
    for line, lot in differing:
        tx.add(
            Observation(
                id=tx.new_id("O"), session=session.id, place=line.place, lot=lot, item=line.item,
                counted=line.quantity, typed=line.typed, counter=tx.act.person, counted_at=tx.now, how=How.SHEET,
                seen_seq=tx.seq,
            )
        )  # fmt: skip
    return session.id
