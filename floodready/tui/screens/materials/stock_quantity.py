"""A quantity of one item as people write it: sums and packs, in the item's own unit, echoed as it was understood."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Item
from floodready.materials.views import told
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.tui.widgets.field import Field, Understood
from floodready.typed_quantity import read_quantity, unit_factors


class Typed(NamedTuple):
    """A quantity in smallest units, the text it was typed as, and how it is written with its unit."""

    quantity: int
    text: str
    told: str


class StockQuantityField(Field):
    """Reads `12*50+30` and `3包+20` of one item; its value is `Typed`."""

    def __init__(
        self, name: str, label: Sentence, item: Item, *, today: date, value: int | None = None, required: bool = True
    ) -> None:
        """`value` is in smallest units; packs are those in force `today`."""
        self._item = item
        self._factors = unit_factors(item.unit, item.packs_on(today))
        text = "" if value is None else write_quantity(value, item.scale).replace(",", "")
        hint = say("in {unit}; sums and packs are read: 12*50+30", unit=verbatim(item.unit))
        super().__init__(name, label, value=text, required=required, hint=hint)

    def understand(self, text: str) -> Understood:
        try:
            quantity = read_quantity(text, self._item.scale, self._factors)
        except Refused as refusal:
            return Understood(problem=refusal.sentence)
        typed = Typed(quantity, text, told(self._item, quantity))
        return Understood(typed, say("= {quantity}", quantity=verbatim(typed.told)))

    @property
    def nothing(self) -> Typed:
        return Typed(0, "", "")
