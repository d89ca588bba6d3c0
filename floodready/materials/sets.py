"""Whole sets: one boat is hull, engine, fuel and jackets; the scarcest part decides. Substitutes are pooled."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from floodready.materials.models import Item
from floodready.materials.models_equipment import GearSet


class WholeSets(NamedTuple):
    """How many whole sets there are, and the item that limits them."""

    number: int
    limited_by: str


def pooled(item: Item, items: Mapping[str, Item], usable: Mapping[str, int]) -> int:
    """Give an item's usable smallest units with its substitutes at their worth, rounded down at the end."""
    if not item.substitutes:
        return max(0, usable.get(item.id, 0))
    worth = Fraction(max(0, usable.get(item.id, 0)))
    for other in item.substitutes:
        if other.item in items:
            scaled = Fraction(10**item.scale, 10 ** items[other.item].scale)
            worth += max(0, usable.get(other.item, 0)) * scaled * Fraction(other.numerator, other.denominator)
    return int(worth)


def whole_sets(gear: GearSet, usable: Mapping[str, int]) -> WholeSets:
    """Count whole sets: the least of usable // per set over the parts. `usable` holds smallest units, pooled."""
    return min(
        (WholeSets(max(0, usable.get(part.item, 0)) // part.per_set, part.item) for part in gear.parts),
        key=lambda found: found.number,
    )
