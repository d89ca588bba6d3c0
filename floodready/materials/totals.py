"""Totals that mean something: pieces of one item, or figures of one unit; unlike units are never added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from floodready.language import say, verbatim
from floodready.materials.models import Item
from floodready.refusal import Refused


class Measured(NamedTuple):
    """A quantity of an item, in its smallest units."""

    item: Item
    quantity: int


def per_unit(figures: Iterable[Measured]) -> dict[str, tuple[int, int]]:
    """Sum by ledger unit: (quantity, scale) for each unit, in the finest scale met."""
    sums: dict[str, tuple[int, int]] = {}
    for item, quantity in figures:
        held, scale = sums.get(item.unit, (0, 0))
        finest = max(scale, item.scale)
        sums[item.unit] = (held * 10 ** (finest - scale) + quantity * 10 ** (finest - item.scale), finest)
    return sums


def total(figures: Iterable[Measured]) -> tuple[int, int]:
    """Sum figures of one unit as (quantity, scale). Raises Refused where the units differ."""
    sums = per_unit(figures)
    if len(sums) > 1:
        raise Refused(
            say("{units} cannot be added up. Look at the totals per unit.", units=verbatim(", ".join(sorted(sums))))
        )
    return next(iter(sums.values()), (0, 0))
