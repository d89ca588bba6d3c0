"""A quantity of one item as people write it: sums and packs, in the item's own unit, echoed as it was understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from floodready.clock import local_day
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Item
from floodready.materials.typed import typed_quantity
from floodready.materials.views import told
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.tui.room import Room
from floodready.tui.widgets.field import Field, Understood
from floodready.tui.widgets.fields import MomentField


class Typed(NamedTuple):
    """A quantity in smallest units, the text it was typed as, and how it is written with its unit."""

    quantity: int
    text: str
    told: str


class StockQuantityField(Field):
    """Reads `12*50+30` and `3包+20` of one item; its value is `Typed`, with a quantity of 0 while no item is chosen."""

    def __init__(
        self,
        name: str,
        label: Sentence,
        item: Callable[[], Item | None],
        *,
        on: Callable[[], date],
        value: int | None = None,
        required: bool = True,
    ) -> None:
        """Other fields may change what `item` gives, None while none is chosen, and the day `on` whose packs hold.

        `value` is in smallest units of the item.
        """
        self._item = item
        self._on = on
        known = item()
        text = "" if value is None or known is None else write_quantity(value, known.scale).replace(",", "")
        hint = say("sums and packs are read: 12*50+30")
        if known is not None:
            hint = say("in {unit}; sums and packs are read: 12*50+30", unit=verbatim(known.unit))
        super().__init__(name, label, value=text, required=required, hint=hint)

    def understand(self, text: str) -> Understood:
        item = self._item()
        if item is None:
            return Understood(Typed(0, text, text))
        try:
            quantity = typed_quantity(item, text, self._on())
        except Refused as refusal:
            return Understood(problem=refusal.sentence)
        typed = Typed(quantity, text, told(item, quantity))
        return Understood(typed, say("= {quantity}", quantity=verbatim(typed.told)))

    @property
    def nothing(self) -> Typed:
        return Typed(0, "", "")


def always(item: Item) -> Callable[[], Item]:
    """Give the item of a field that is of this one only."""
    return lambda: item


def day_of(room: Room, moved_at: MomentField | None = None) -> Callable[[], date]:
    """Give the day of what a form writes: that of the moment typed in a field, else of the instant that is shown."""
    return lambda: local_day((moved_at.value if moved_at else None) or room.at(), room.zone)
