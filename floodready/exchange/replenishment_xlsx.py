"""The replenishment list as a workbook, with last prices and suppliers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from floodready.exchange.sheet_writing import write_workbook
from floodready.language import say
from floodready.materials.models import Item
from floodready.materials.replenishment import Replenishment


def write_replenishment(
    path: Path, rows: Iterable[Replenishment], items: Mapping[str, Item], *, overwrite: bool = False
) -> None:
    """Write the list. Raises Refused as `write_out` does."""
    heads = (say("Code"), say("Name"), say("Spec"), say("Unit"), say("Why"), say("Quantity"), say("Last price (yuan)"),
             say("Last supplier"))  # fmt: skip
    cells = [
        (row.item, item.name, item.spec, item.unit, str(row.cause.word), _figure(row.quantity, item.scale),
         None if row.last_price_fen is None else _figure(row.last_price_fen, 2), row.last_supplier)
        for row in rows if (item := items.get(row.item)) is not None
    ]  # fmt: skip
    title = str(say("Materials to replenish"))
    write_workbook(path, title, [str(head) for head in heads], cells, overwrite=overwrite)


def _figure(smallest: int, scale: int) -> Decimal:
    """Give a quantity of smallest units as a figure that a spreadsheet can sum up."""
    return Decimal(smallest).scaleb(-scale)
