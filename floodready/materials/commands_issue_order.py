"""One issue order of several items: all lines are posted or none, each with its own reason and paper."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.command import command
from floodready.document import Line, Positive, record
from floodready.materials.commands_stock import Late, issue_stock
from floodready.materials.models_papers import IssuePaper
from floodready.materials.taking_back import take_back
from floodready.organisation.permissions import Permission
from floodready.store.contract import Transaction


@record
class IssueLine:
    """So much of an item from a place; `quantity` is smallest units, `typed` as it was written."""

    item: str
    place: str
    quantity: Positive
    typed: Line = ""
    reason: Line = ""
    lot: str | None = None
    """The lot that is to go; None takes what expires first."""


@command("materials.issue_order", may=Permission.STOCK_MOVE, undo=take_back)
def issue_order(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    lines: tuple[IssueLine, ...],
    to_incident: str | None = None,
    emergency: bool = False,
    receiver: str = "",
    authority: str = "",
    occurred_at: datetime | None = None,
    late: Late | None = None,
) -> tuple[IssuePaper, ...]:
    """Issue every line, first expired first, or none of them. Raises Refused as `issue_stock` does.

    `authority` is who ordered it; `occurred_at` (UTC) and `late` are for a paper keyed after the goods had gone.
    """
    return tuple(
        issue_stock.within(
            tx, zone=zone, item=line.item, place=line.place, quantity=line.quantity, to_incident=to_incident,
            emergency=emergency, receiver=receiver, typed=line.typed, reason=line.reason, lot=line.lot,
            authority=authority, occurred_at=occurred_at, late=late,
        ) for line in lines
    )  # fmt: skip
