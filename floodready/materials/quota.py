"""Storage quotas: round up (base × size × named coefficients), over a unit's works of the kind and grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.materials.models import Holder, Item
from floodready.materials.models_equipment import QuotaTable

if TYPE_CHECKING:
    from floodready.organisation.models import Works


@frozen
class Need:
    """What a unit must hold of an item, in smallest units, and where that stands."""

    item: str
    quantity: int
    works: tuple[str, ...]
    """The works that were summed."""
    without_size: tuple[str, ...] = ()
    """Works of the kind whose size nobody has stated: the true need is higher."""
    source: str
    clause: str


@frozen
class Comparison:
    """An item's need against what is usable, the holders apart; `need` None is *no quota*: not known, never met."""

    item: str
    need: Need | None
    usable: int
    by_holder: Mapping[Holder, int]

    @property
    def shortfall(self) -> int | None:
        """max(0, need − usable), in smallest units; None is not known, never met.

        Not known without a quota, and where what is usable covers the sized works while others have no size.
        """
        if self.need is None:
            return None
        missing = max(0, self.need.quantity - self.usable)
        return missing or (None if self.need.without_size else 0)


def needs(tables: Iterable[QuotaTable], works: Iterable[Works], items: Mapping[str, Item], on: date) -> dict[str, Need]:
    """Give what a unit's works need of every item, by the youngest table in force.

    Each works is rounded up by itself, then summed. Source of the form: SL 298-2004; the figures are the table's own.
    """
    in_force = [table for table in tables if table.in_force_on <= on]
    if not in_force:
        return {}
    table = max(in_force, key=lambda found: found.in_force_on)
    values = {coefficient.name: Fraction(coefficient.value) for coefficient in table.coefficients}
    own = [one for one in works if one.active]
    sums: dict[str, Need] = {}
    for row in table.rows:
        if row.item not in items:
            continue
        fitting = [one for one in own if one.kind.value == row.works_kind and one.grade == row.grade]
        if not fitting:
            continue
        product = Fraction(row.base) / row.per * 10 ** items[row.item].scale
        for name in row.coefficients:
            product *= values[name]
        sized = [(one.id, one.size) for one in fitting if one.size is not None]
        before = sums.get(row.item)
        sums[row.item] = Need(
            item=row.item,
            quantity=(before.quantity if before else 0) + sum(ceil(product * size) for _, size in sized),
            works=(*(before.works if before else ()), *(id for id, _ in sized)),
            without_size=(
                *(before.without_size if before else ()),
                *(one.id for one in fitting if one.size is None),
            ),
            source=f"{table.name}, {table.source}",
            clause=table.clause,
        )
    return sums
