"""Quantities of an item as people type them: packs, sums and the ledger unit."""

from __future__ import annotations

from datetime import date

from floodready.materials.models import Item
from floodready.typed_quantity import read_quantity, unit_factors


def typed_quantity(item: Item, typed: str, on: date) -> int:
    """Read a quantity of an item with the packs that hold on a day; gives smallest units. Raises Refused."""
    return read_quantity(typed, item.scale, unit_factors(item.unit, item.packs_on(on)))
