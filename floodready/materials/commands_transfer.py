"""Commands of transfers: order, ship, receive line by line, cancel, settle what never arrived."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.command import command
from floodready.document import Natural, record
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.materials.ledger import Ledger
from floodready.materials.models import MovementKind
from floodready.materials.models_papers import Transfer, TransferLine, TransferState
from floodready.materials.places import FOUND, LOSS, quarantine, transit
from floodready.materials.taking_back import take_back
from floodready.missing import not_there
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@record
class Asked:
    """So many smallest units of a lot."""

    lot: str
    quantity: int


@record
class Arrived:
    """What came of a lot, good and damaged pieces together; `reason` is needed where it is not what was sent."""

    lot: str
    received: Natural
    damaged: Natural = 0
    reason: str = ""


@command("materials.order_transfer", may=Permission.STOCK_MOVE)
def order_transfer(
    tx: Transaction, *, zone: ZoneInfo, source: str, target: str, lines: tuple[Asked, ...], ordered_by: str = ""
) -> Transfer:
    """Order a transfer between two real places. Nothing moves yet. Raises Refused, Invalid."""
    ledger = Ledger(tx, zone)
    ledger.real_place(source)
    ledger.real_place(target)
    return tx.add(
        Transfer(
            id=tx.new_id("T"),
            source=source,
            target=target,
            lines=tuple(
                TransferLine(item=ledger.lot(line.lot).item, lot=line.lot, sent=line.quantity) for line in lines
            ),
            ordered_at=tx.now,
            ordered_by=ordered_by,
        )
    )


@command("materials.ship", may=Permission.STOCK_MOVE, undo=take_back)
def ship_transfer(tx: Transaction, *, zone: ZoneInfo, transfer: str, carrier: str = "") -> Transfer:
    """Put the ordered goods on the way. Raises Refused where they are not there."""
    found = _in_state(tx, transfer, TransferState.ORDERED)
    ledger = Ledger(tx, zone)
    for line in found.lines:
        ledger.post(
            ledger.lot(line.lot), found.source, transit(found.id), line.sent, MovementKind.TRANSFER, paper=found.id
        )
    return tx.put(found.changed(state=TransferState.SHIPPED, shipped_at=tx.now, carrier=carrier))


@command("materials.send_transfer", may=Permission.STOCK_MOVE, undo=take_back)
def send_transfer(
    tx: Transaction, *, zone: ZoneInfo, source: str, target: str, lines: tuple[Asked, ...], carrier: str = ""
) -> Transfer:
    """Order a transfer and ship it at once, or neither. Raises Refused, Invalid, as the two steps do."""
    ordered = order_transfer.within(tx, zone=zone, source=source, target=target, lines=lines)
    return ship_transfer.within(tx, zone=zone, transfer=ordered.id, carrier=carrier)


@command("materials.receive_transfer", may=Permission.STOCK_MOVE, undo=take_back)
def receive_transfer(tx: Transaction, *, zone: ZoneInfo, transfer: str, arrived: tuple[Arrived, ...]) -> Transfer:
    """Take in what came: good pieces to the place, damaged ones to its quarantine, the rest stays on the way.

    More than was sent is a find at the target. Raises Refused without a reason for short, damaged or over.
    """
    found = _in_state(tx, transfer, TransferState.SHIPPED, TransferState.PART_RECEIVED)
    ledger = Ledger(tx, zone)
    lines = {line.lot: line for line in found.lines}
    for came in arrived:
        line = lines.get(came.lot)
        if line is None:
            raise Refused(say("Lot {lot} is not in this transfer. Receive it separately.", lot=verbatim(came.lot)))
        lines[came.lot] = _receive_line(ledger, found, line, came)
    return _put_lines(tx, found, tuple(lines.values()))


@command("materials.cancel_transfer", may=Permission.STOCK_MOVE, undo=take_back)
def cancel_transfer(tx: Transaction, *, zone: ZoneInfo, transfer: str) -> Transfer:
    """Cancel before receipt: everything comes back. Raises Refused after a part receipt."""
    found = _transfer(tx, transfer)
    if found.state is TransferState.PART_RECEIVED:
        raise Refused(say("A part has been received. Receive, return or write off the rest."))
    _in_state(tx, transfer, TransferState.ORDERED, TransferState.SHIPPED)
    ledger = Ledger(tx, zone)
    if found.state is TransferState.SHIPPED:
        for line in found.lines:
            lot = ledger.lot(line.lot)
            ledger.post(lot, transit(found.id), found.source, line.sent, MovementKind.TRANSFER, paper=found.id)
    return tx.put(found.changed(state=TransferState.CANCELLED, closed_at=tx.now))


@command("materials.settle_transfer", may=Permission.STOCK_APPROVE, undo=take_back)
def settle_transfer(tx: Transaction, *, zone: ZoneInfo, transfer: str, returned: bool) -> Transfer:
    """Close a part-received transfer: the rest went back to the sender (`returned`), or is written off.

    Raises Refused without a reason.
    """
    found = _in_state(tx, transfer, TransferState.PART_RECEIVED)
    if not tx.act.reason:
        raise Refused(say("Say why the rest did not arrive."))
    ledger = Ledger(tx, zone)
    lines = []
    for line in found.lines:
        if line.open:
            target = found.source if returned else LOSS
            kind = MovementKind.RETURN if returned else MovementKind.LOST
            ledger.post(ledger.lot(line.lot), transit(found.id), target, line.open, kind, paper=found.id)
            line = replace(line, settled=line.settled + line.open, reason=line.reason or tx.act.reason)
        lines.append(line)
    return _put_lines(tx, found, tuple(lines))


def _receive_line(ledger: Ledger, transfer: Transfer, line: TransferLine, came: Arrived) -> TransferLine:
    if (came.received != line.open or came.damaged) and not came.reason:
        raise Refused(say("Lot {lot}: give the reason for short, damaged or over.", lot=verbatim(came.lot)))
    if came.damaged > came.received:
        raise Refused(say("Lot {lot}: more are damaged than came.", lot=verbatim(came.lot)))
    lot, on_the_way = ledger.lot(came.lot), transit(transfer.id)
    over = max(0, came.received - line.open)
    if over:
        ledger.post(lot, FOUND, on_the_way, over, MovementKind.TRANSFER, paper=transfer.id, reason=came.reason)
    parts = ((transfer.target, came.received - came.damaged), (quarantine(transfer.target), came.damaged))
    for target, quantity in parts:
        if quantity:
            ledger.post(lot, on_the_way, target, quantity, MovementKind.TRANSFER, paper=transfer.id, reason=came.reason)
    return replace(
        line,
        received=line.received + came.received,
        damaged=line.damaged + came.damaged,
        reason=came.reason or line.reason,
    )


def _put_lines(tx: Transaction, transfer: Transfer, lines: tuple[TransferLine, ...]) -> Transfer:
    done = not any(line.open for line in lines)
    state = TransferState.CLOSED if done else TransferState.PART_RECEIVED
    return tx.put(transfer.changed(lines=lines, state=state, closed_at=tx.now if done else None))


def _transfer(tx: Transaction, id: str) -> Transfer:
    found = tx.get(Transfer, id)
    if found is None:
        raise Refused(not_there("materials.transfers", id))
    return found


def _in_state(tx: Transaction, id: str, *states: TransferState) -> Transfer:
    found = _transfer(tx, id)
    if found.state not in states:
        raise Refused(say("Transfer {id} is {state}.", id=verbatim(id), state=found.state.word))
    return found
