"""The command that takes deliveries and opening balances in, each as a lot of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.language import say
from floodready.materials.expiry import stated_life
from floodready.materials.ledger import Ledger
from floodready.materials.models import Holder, Life, Lot, MovementKind
from floodready.materials.models_papers import Delivery
from floodready.materials.places import OPENING, SUPPLIER
from floodready.materials.taking_back import take_back
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction
from floodready.workdays import DayCorrection, add_working_days, calendar_with


@command("materials.receive", may=Permission.STOCK_MOVE, undo=take_back)
def receive_stock(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    item: str,
    place: str,
    quantity: int,
    opening: bool = False,
    holder: Holder = Holder.OWN,
    holder_name: str = "",
    maker: str = "",
    supplier: str = "",
    made_on: date | None = None,
    life: Life | None = None,
    usable_until: date | None = None,
    price_fen: int | None = None,
    occurred_at: datetime | None = None,
    typed: str = "",
    quality_checked: bool = False,
    spec_checked: bool = False,
) -> Lot:
    """Take a new lot in, from the supplier or as an opening balance.

    `life` None takes the item's shelf life where it has one with a source. A delivery opens its acceptance, whose
    report is due after the working days of the settings. Raises Refused, Invalid.
    """
    ledger = Ledger(tx, zone)
    kind = ledger.item(item)
    if life is None:
        life, usable_until = (Life.DATED, usable_until) if usable_until else stated_life(kind, made_on)
    at = occurred_at or tx.now
    lot = Lot(
        id=tx.new_id("L"), item=item, holder=holder, holder_name=holder_name, maker=maker, supplier=supplier,
        made_on=made_on, in_stock_on=local_day(at, zone), life=life, usable_until=usable_until, price_fen=price_fen,
    )  # fmt: skip
    lot = take_in(ledger, lot, place, quantity, opening=opening, occurred_at=at, typed=typed)
    if not opening:
        due = working_days_after(ledger, at, ledger.settings.acceptance_working_days)
        tx.add(
            Delivery(
                id=tx.new_id("A"), lot=lot.id, received_at=at, quantity_checked=True, spec_checked=spec_checked,
                quality_checked=quality_checked, report_due_on=due,
            )
        )  # fmt: skip
    return lot


def take_in(ledger: Ledger, lot: Lot, place: str, quantity: int, *, opening: bool, **facts: Any) -> Lot:
    """Add a lot and post what came of it to a place, from the supplier or as an opening balance. Raises Refused."""
    ledger.real_place(place)
    if quantity < 1:
        raise Refused(say("Type a quantity of more than zero."))
    added = ledger.tx.add(lot)
    source, why = (OPENING, MovementKind.OPENING) if opening else (SUPPLIER, MovementKind.RECEIPT)
    ledger.post(added, source, place, quantity, why, **facts)
    return added


def working_days_after(ledger: Ledger, at: datetime, days: int | None) -> date | None:
    """Give the last of so many working days after an instant's own; None for a clock that the office does not run."""
    if days is None:
        return None
    return add_working_days(local_day(at, ledger.zone), days, calendar_with(ledger.tx.all(DayCorrection)))
