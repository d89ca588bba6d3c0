"""The replenishment list as a workbook, with last prices and suppliers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from floodready.exchange.sheet_writing import write_workbook
from floodready.exchange.spreadsheet_text import figure_of
from floodready.language import say
from floodready.materials.models import Item
from floodready.materials.replenishment import Replenishment
from floodready.money import FEN_DECIMALS


def write_replenishment(
    path: Path, rows: Iterable[Replenishment], items: Mapping[str, Item], *, overwrite: bool = False
) -> None:
    """Write the list. Raises Refused as `write_out` does."""
    heads = (say("Code"), say("Name"), say("Spec"), say("Unit"), say("Why"), say("Quantity"), say("Last price (yuan)"),
             say("Last supplier"))  # fmt: skip
    cells = [
        (row.item, item.name, item.spec, item.unit, str(row.cause.word), figure_of(row.quantity, item.scale),
         None if row.last_price_fen is None else figure_of(row.last_price_fen, FEN_DECIMALS), row.last_supplier)
        for row in rows if (item := items.get(row.item)) is not None
    ]  # fmt: skip
    title = str(say("Materials to replenish"))
    write_workbook(path, title, [str(head) for head in heads], cells, overwrite=overwrite)
