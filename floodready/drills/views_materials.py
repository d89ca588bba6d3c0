"""The materials of a drill as its screen and its word show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.drills import reading, surroundings
from floodready.drills.models import Drill, ReservedMaterial
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_as
from floodready.quantity import write_quantity

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.materials.models import Item
    from floodready.store.contract import View


@frozen
class MaterialRow:
    """One material of a drill; quantities are written in the item's own unit."""

    item: str
    place: str
    item_name: str
    place_name: str
    needed: str
    state: Sentence
    out: str
    """What was issued and is not accounted for, over all lots; empty for nothing."""


def material_rows(view: View, drill: str) -> list[MaterialRow]:
    """Give the materials of a drill in the order in which they were named. Raises Refused where there is no drill."""
    return list(_rows(view, drill))


def _rows(view: View, id: str) -> Iterator[MaterialRow]:
    from floodready.materials.models import Item, Place

    drill = reading.the_drill(view, id)
    out = surroundings.materials_out(view, drill)
    for material in drill.materials:
        item, place = view.get(Item, material.item), view.get(Place, material.place)
        scale = 0 if item is None else item.scale
        held = sum(out.get(material.item, {}).values()) if material.issued else 0
        yield MaterialRow(
            item=material.item,
            place=material.place,
            item_name=material.item if item is None else item.name,
            place_name=material.place if place is None else place.name,
            needed=write_quantity(material.quantity, scale),
            state=_state(material, held),
            out=write_quantity(held, scale) if held else "",
        )


def _state(material: ReservedMaterial, held: int) -> Sentence:
    if material.issued:
        return say("issued") if held else say("accounted for")
    return say("reserved") if material.reservations else say_as("a drill's material", "named")


def typed_material(drill: Drill, item: Item, typed: str, zone: ZoneInfo) -> int:
    """Read a quantity as people type it for a drill, with the packs that hold on its day; gives smallest units.

    Its goods move on that day: a pack that changes before it, or has changed since, is another number of pieces.
    Raises Refused.
    """
    from floodready.materials.typed import typed_quantity

    return typed_quantity(item, typed, local_day(drill.starts_at, zone))
