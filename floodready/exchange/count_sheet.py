"""The paper sheet of a count: numbered lines with an empty box, and no book figure where the count is blind."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from floodready.exchange.sheet_writing import write_workbook
from floodready.language import say
from floodready.materials.models import Item, Lot
from floodready.materials.models_counting import CountSession
from floodready.materials.projections import Balances
from floodready.materials.views import life_told, place_names
from floodready.quantity import write_quantity
from floodready.store.contract import View


class SheetRow(NamedTuple):
    """One line of the sheet, worded. `book` is empty in a blind count."""

    number: int
    place: str
    code: str
    name: str
    spec: str
    lot: str
    expiry: str
    unit: str
    book: str


def sheet_rows(view: View, session: CountSession) -> list[SheetRow]:
    """Give the lines of a session's sheet in walking order; the number is what is keyed in: `17 Enter 240 Enter`."""
    names, balances, rows = place_names(view), view.projection(Balances), []
    for number, line in enumerate(session.sheet, 1):
        item, lot = view.get(Item, line.item), view.get(Lot, line.lot)
        if item is None or lot is None:
            continue
        book = "" if session.blind else write_quantity(balances.held(line.lot, line.place), item.scale)
        place = names.get(line.place, line.place)
        rows.append(
            SheetRow(number, place, item.id, item.name, item.spec, lot.id, str(life_told(lot)), item.unit, book)
        )
    return rows


def write_count_sheet(path: Path, view: View, session: CountSession, *, overwrite: bool = False) -> None:
    """Write the sheet as a workbook to print. Raises Refused as `write_out` does."""
    heads = [say("No."), say("Place"), say("Code"), say("Name"), say("Spec"), say("Lot"), say("Usable"), say("Unit")]
    if not session.blind:
        heads.append(say("Book"))
    width = len(heads)
    title = say("Count {session}: {name}", session=session.id, name=session.name)
    cells = [(*row[:width], None) for row in sheet_rows(view, session)]
    write_workbook(path, str(title), [*(str(head) for head in heads), str(say("Counted"))], cells, overwrite=overwrite)
