"""What must be bought or replaced: short of quota, expired or soon expiring, condemned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.materials.models import Lot
from floodready.materials.quota import Comparison
from floodready.money import write_yuan


class Cause(StrEnum):
    """Why an item stands on the list."""

    SHORT = "short"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    CONDEMNED = "condemned"

    @property
    def word(self) -> Sentence:
        """The cause in the reader's language."""
        return _CAUSE_WORDS[self]


_CAUSE_WORDS = {
    Cause.SHORT: say("short of quota"),
    Cause.EXPIRED: say("expired"),
    Cause.EXPIRING: say("expiring"),
    Cause.CONDEMNED: say("condemned"),
}


@frozen
class Replenishment:
    """One line of the list. `quantity` is smallest units; price and supplier are the last that were stated."""

    item: str
    cause: Cause
    quantity: int
    last_price_fen: int | None = None
    last_supplier: str = ""

    @property
    def last_price(self) -> str:
        """The last price of one ledger unit in yuan; empty where nobody has stated one."""
        return "" if self.last_price_fen is None else write_yuan(self.last_price_fen)


def replenishment(
    comparisons: Iterable[Comparison],
    aging: Mapping[str, Mapping[Cause, int]],
    lots: Mapping[str, Iterable[Lot]],
) -> list[Replenishment]:
    """List what to replenish. `aging` holds the pieces expired, expiring or condemned by item.

    Pieces that expire are named apart from the shortfall: what has expired is not usable and is in the shortfall
    already; where there is no quota the pieces themselves are what to replace.
    """
    found: dict[tuple[str, Cause], int] = {}
    for comparison in comparisons:
        if comparison.shortfall:
            found[comparison.item, Cause.SHORT] = comparison.shortfall
    for item, causes in aging.items():
        for cause, quantity in causes.items():
            if quantity > 0:
                found[item, cause] = quantity
    listed = []
    for (item, cause), quantity in sorted(found.items()):
        latest = sorted(lots.get(item, ()), key=lambda lot: (lot.in_stock_on, lot.id), reverse=True)
        listed.append(
            Replenishment(
                item=item,
                cause=cause,
                quantity=quantity,
                last_price_fen=next((lot.price_fen for lot in latest if lot.price_fen is not None), None),
                last_supplier=next((lot.supplier for lot in latest if lot.supplier), ""),
            )
        )
    return listed
