"""Commands of the papers beside the goods: completing and filing issue papers, accepting deliveries."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.language import listed, say
from floodready.materials.models_papers import DELIVERY_CHECKS, PAPER_FIELDS, Delivery, IssuePaper
from floodready.missing import not_there
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("materials.complete_paper", may=Permission.STOCK_APPROVE)
def complete_paper(
    tx: Transaction,
    *,
    paper: str,
    receiver: str,
    receiver_contact: str,
    sender_contact: str,
    approver: str,
    filed_on: date | None = None,
) -> IssuePaper:
    """Complete the paper of an issue; it leaves the open papers. Raises Refused while something is missing."""
    found = tx.get(IssuePaper, paper)
    if found is None:
        raise Refused(not_there("issue paper", paper))
    done = found.changed(
        receiver=receiver or found.receiver,
        receiver_contact=receiver_contact or found.receiver_contact,
        sender_contact=sender_contact or found.sender_contact,
        approver=approver or found.approver,
        filed_on=filed_on or found.filed_on,
    )
    if done.missing():
        raise Refused(say("Still missing: {fields}.", fields=listed([PAPER_FIELDS[name] for name in done.missing()])))
    return tx.put(done.changed(completed_at=found.completed_at or tx.now))


@command("materials.file_paper", may=Permission.STOCK_MOVE)
def file_paper(tx: Transaction, *, zone: ZoneInfo, paper: str, filed_on: date | None = None) -> IssuePaper:
    """File a complete issue paper, today or on a past day. Raises Refused where it is not complete or filed already."""
    found = tx.get(IssuePaper, paper)
    if found is None:
        raise Refused(not_there("issue paper", paper))
    if found.completed_at is None:
        raise Refused(say("Paper {paper} is not complete. Complete it first.", paper=found.id))
    if found.filed_on is not None:
        raise Refused(say("Paper {paper} was filed on {day}.", paper=found.id, day=str(found.filed_on)))
    return tx.put(found.changed(filed_on=_past_day(tx, zone, filed_on, found.issued_at)))


@command("materials.accept_delivery", may=Permission.STOCK_MOVE)
def accept_delivery(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    delivery: str,
    quantity_checked: bool = False,
    spec_checked: bool = False,
    quality_checked: bool = False,
    note: str = "",
    reported: bool = False,
    reported_on: date | None = None,
) -> Delivery:
    """Record what has been checked of a delivery, check by check, and (`reported`) that its report is made.

    Raises Refused for a report before quantity, spec and quality are all checked, or a second one.
    """
    found = tx.get(Delivery, delivery)
    if found is None:
        raise Refused(not_there("materials.deliveries", delivery))
    if found.reported_on is not None:
        raise Refused(say("Delivery {id} was reported on {day}.", id=found.id, day=str(found.reported_on)))
    checked = found.changed(
        quantity_checked=found.quantity_checked or quantity_checked,
        spec_checked=found.spec_checked or spec_checked,
        quality_checked=found.quality_checked or quality_checked,
        note=note or found.note,
    )
    if reported or reported_on is not None:
        if checked.unchecked():
            waiting = listed([DELIVERY_CHECKS[name] for name in checked.unchecked()])
            raise Refused(say("Still to be checked: {fields}.", fields=waiting))
        checked = checked.changed(reported_on=_past_day(tx, zone, reported_on, found.received_at))
    return tx.put(checked)


def _past_day(tx: Transaction, zone: ZoneInfo, day: date | None, begun: datetime) -> date:
    """Give a day, today for none. Raises Refused before the thing began or in the future."""
    today = local_day(tx.now, zone)
    if day is not None and not local_day(begun, zone) <= day <= today:
        raise Refused(say("The day lies between {first} and {last}.", first=str(local_day(begun, zone)),
                          last=str(today)))  # fmt: skip
    return day or today
