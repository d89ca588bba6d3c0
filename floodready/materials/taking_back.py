"""Undo of stock: goods go back by reversing movements; nothing that moved is ever deleted."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.materials.ledger import Ledger
from floodready.materials.models import Item, Lot, Movement, MovementKind, Place
from floodready.materials.places import ENDS, place_told
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Entry, Transaction
from floodready.store.undo import restore_before_images

_KEPT = frozenset({Item.table, Place.table, Lot.table})
"""What movements speak of stays for their history; at zero a lot leaves the pick lists."""


def reverse(ledger: Ledger, movement: Movement) -> Movement:
    """Post the reversal of a movement, once.

    Raises Refused where it was reversed already, is a reversal itself, or the goods have moved on (saying where to).
    """
    if movement.reverses is not None:
        raise Refused(say("{movement} is a reversal itself. Enter the movement anew.", movement=verbatim(movement.id)))
    earlier = ledger.reversal_of(movement.id)
    if earlier is not None:
        raise Refused(
            say(
                "{movement} was reversed already, by {reversal}.",
                movement=verbatim(movement.id),
                reversal=verbatim(earlier),
            )
        )
    held = ledger.held(movement.lot, movement.target)
    if movement.target not in ENDS and held < movement.quantity:
        scale = ledger.item(movement.item).scale
        now = [
            f"{place_told(ledger.tx, spot.place)} {write_quantity(quantity, scale)}"
            for spot, quantity in ledger.spots(movement.item).items()
            if spot.lot == movement.lot and quantity > 0
        ]
        raise Refused(
            say(
                "The goods have moved on: {target} holds {held} of lot {lot}; the rest is at {places}. Reverse the "
                "later movements first.",
                target=place_told(ledger.tx, movement.target),
                held=write_quantity(held, scale),
                lot=verbatim(movement.lot),
                places=verbatim(", ".join(now) or "—"),
            )
        )
    return ledger.post(
        ledger.lot(movement.lot),
        movement.target,
        movement.source,
        movement.quantity,
        MovementKind.REVERSAL,
        reverses=movement.id,
        paper=movement.paper,
    )


def take_back(tx: Transaction, entry: Entry) -> None:
    """Undo a stock entry: reverse its movements that still stand, put its papers back as they were.

    Raises Refused where goods have moved on, Superseded where a paper has changed since.
    """
    ledger = Ledger(tx, ZoneInfo("UTC"))
    moved = [change.id for change in entry.changes if change.table == Movement.table and change.after is not None]
    if not moved:
        restore_before_images(tx, entry)
        return
    # What was reversed by itself before has come back; only where all of it has, there is nothing to take back.
    rest = [id for id in moved if ledger.reversal_of(id) is None] or moved
    for id in reversed(rest):
        movement = tx.get(Movement, id)
        if movement is not None:
            reverse(ledger, movement)
    for change in entry.changes:
        made = tx.get(Item, change.id) if change.table == Item.table and change.before is None else None
        if made is not None:
            tx.put(made.changed(retired=True))
    papers = tuple(change for change in entry.changes if change.table != Movement.table and change.table not in _KEPT)
    restore_before_images(tx, replace(entry, changes=papers))
