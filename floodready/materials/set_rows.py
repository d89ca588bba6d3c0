"""Sets in words and figures: how many are whole, of how many needed, and which part limits them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.frozen import frozen
from floodready.materials.models import Item
from floodready.materials.models_equipment import GearSet
from floodready.materials.sets import pooled, whole_sets
from floodready.materials.views import ready_places, told, usable
from floodready.store.contract import View
from floodready.text import alphabetical


@frozen
class PartRow:
    """One part of a set: what one set takes, what is usable with substitutes, and for how many sets that is."""

    name: str
    per_set: str
    usable: str
    enough_for: int


@frozen
class SetRow:
    """A set; `needed` None where nobody has stated a need."""

    id: str
    name: str
    whole: int
    needed: int | None
    limited_by: str
    parts: tuple[PartRow, ...]

    @property
    def short(self) -> bool:
        """Whether fewer are whole than are needed."""
        return self.needed is not None and self.whole < self.needed


def set_rows(view: View, unit: str | None, at: datetime, zone: ZoneInfo) -> list[SetRow]:
    """Give every set as the unit's usable stock makes it."""
    items = {item.id: item for item in view.all(Item)}
    places = ready_places(view, unit)
    sums = {id: sum(usable(view, id, places, at, zone).values()) for id in items}
    pool = {id: pooled(item, items, sums) for id, item in items.items()}
    rows = []
    for gear in view.all(GearSet):
        found = whole_sets(gear, pool)
        parts = tuple(
            PartRow(name=item.name, per_set=told(item, part.per_set), usable=told(item, pool[part.item]),
                    enough_for=max(0, pool[part.item]) // part.per_set)
            for part in gear.parts if (item := items.get(part.item)) is not None
        )  # fmt: skip
        limit = items.get(found.limited_by)
        rows.append(
            SetRow(id=gear.id, name=gear.name, whole=found.number, needed=gear.needed,
                   limited_by=limit.name if limit else found.limited_by, parts=parts)
        )  # fmt: skip
    return sorted(rows, key=lambda row: (not row.short, alphabetical(row.name)))
