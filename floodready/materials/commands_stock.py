"""Commands that move stock: receive, issue, reserve, set apart, condemn, reverse."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import length_told, local_day
from floodready.command import command
from floodready.frozen import frozen
from floodready.language import say, verbatim
from floodready.materials.availability import Pick, follows_suggestion, suggest
from floodready.materials.commands_receiving import working_days_after
from floodready.materials.expiry import is_expired
from floodready.materials.ledger import Ledger
from floodready.materials.models import Item, Lot, Movement, MovementKind, Place, Reservation
from floodready.materials.models_counting import CountLine, CountSession
from floodready.materials.models_papers import Incident, IssuePaper, Transfer
from floodready.materials.places import CONSUMED, FOUND, LOSS, QUARANTINE, incident, inside, place_told, quarantine
from floodready.materials.projections import Balances
from floodready.materials.taking_back import reverse, take_back
from floodready.missing import not_there
from floodready.organisation.lookup import person_name
from floodready.organisation.permissions import Permission, permitted
from floodready.quantity import write_quantity
from floodready.refusal import NotAllowed, Refused
from floodready.store.contract import SYSTEM, Transaction


class Late(StrEnum):
    """What a paper keyed after a count means for the count."""

    COUNT_SHOWS_IT = "the count already shows it"


@frozen
class _Wanted:
    """What an issue asks for, in smallest units; `at` is when the goods went, UTC."""

    item: Item
    place: str
    places: set[str]
    """The place and all below it."""
    quantity: int
    at: datetime
    lot: str | None
    """The lot that was named, by a person or by a paper keyed late."""
    emergency: bool
    late: Late | None


@command("materials.issue", may=Permission.STOCK_MOVE, undo=take_back)
def issue_stock(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    item: str,
    place: str,
    quantity: int,
    to_incident: str | None = None,
    lot: str | None = None,
    emergency: bool = False,
    occurred_at: datetime | None = None,
    late: Late | None = None,
    authority: str = "",
    receiver: str = "",
    receiver_contact: str = "",
    sender_contact: str = "",
    approver: str = "",
    typed: str = "",
    reason: str = "",
) -> IssuePaper:
    """Issue stock to an incident, or as consumed; first expired first, from a place and all below it.

    Raises Refused beyond what is available, with the figures and who took the last; an emergency issue is posted in
    full instead and opens a discrepancy. The paper of a verbal order is due within the hours of the settings.
    `quantity` is in smallest units; `occurred_at` (UTC, None for now) is when the goods left. `reason` is the line's
    own; where it is empty the act's reason holds.
    """
    ledger = Ledger(tx, zone)
    kind = ledger.item(item)
    ledger.real_place(place)
    _positive(quantity)
    if emergency:
        _require_emergency(tx)
    at = occurred_at or tx.now
    target = CONSUMED if to_incident is None else _incident_place(tx, to_incident)
    wanted = _Wanted(item=kind, place=place, places=inside(tx.all(Place), place), quantity=quantity, at=at, lot=lot,
                     emergency=emergency, late=late)  # fmt: skip
    picks, otherwise = _picks(ledger, wanted, reason or tx.act.reason)
    paper = _paper(ledger, wanted, receiver=receiver, receiver_contact=receiver_contact, sender_contact=sender_contact,
                   approver=approver)  # fmt: skip
    facts = {"paper": paper.id, "authority": authority, "typed": typed, "picked_otherwise": otherwise}
    for pick in picks:
        _post_issue(ledger, wanted, pick, target, facts | ({"reason": reason} if reason else {}))
    return paper


@command("materials.reserve", may=Permission.STOCK_MOVE)
def reserve_stock(
    tx: Transaction, *, zone: ZoneInfo, item: str, place: str, quantity: int, purpose: str,
    until_on: date | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Keep stock for a purpose, first expired first; gives the reservations' ids. Raises Refused beyond available."""
    ledger = Ledger(tx, zone)
    kind = ledger.item(item)
    _positive(quantity)
    if until_on is not None and until_on < local_day(tx.now, zone):
        raise Refused(say("{day} has passed. Type the last day on which it is kept.", day=str(until_on)))
    places = inside(tx.all(Place), ledger.real_place(place).id)
    picks = suggest(ledger.candidates(item, places, tx.now), quantity)
    if sum(pick.quantity for pick in picks) < quantity:
        raise _not_available(ledger, kind, places, quantity, tx.now)
    return tuple(
        tx.add(
            Reservation(
                id=tx.new_id("R"), item=item, lot=pick.lot.id, place=pick.place, quantity=pick.quantity,
                purpose=purpose, made_at=tx.now, until_on=until_on,
            )
        ).id
        for pick in picks
    )  # fmt: skip


@command("materials.release", may=Permission.STOCK_MOVE)
def release_stock(tx: Transaction, *, reservation: str) -> Reservation:
    """Release a reservation. Raises Refused where it is not open."""
    found = tx.get(Reservation, reservation)
    if found is None or found.released_at is not None:
        raise Refused(not_there("open reservation", reservation))
    return tx.put(found.changed(released_at=tx.now))


@command("materials.set_apart", may=Permission.STOCK_MOVE, undo=take_back)
def set_apart(tx: Transaction, *, zone: ZoneInfo, lot: str, place: str, quantity: int, back: bool = False) -> Movement:
    """Put goods in quarantine at their place, or (`back`) from there into stock again. Raises Refused."""
    ledger = Ledger(tx, zone)
    ledger.real_place(place)
    source, target = (quarantine(place), place) if back else (place, quarantine(place))
    return ledger.post(ledger.lot(lot), source, target, quantity, MovementKind.QUARANTINE)


@command("materials.condemn", may=Permission.STOCK_APPROVE, undo=take_back)
def condemn_stock(tx: Transaction, *, zone: ZoneInfo, lot: str, place: str, quantity: int) -> Movement:
    """Write condemned goods off, from a place or its quarantine. Raises Refused without a reason or the goods."""
    ledger = Ledger(tx, zone)
    ledger.real_place(place.removeprefix(f"{QUARANTINE}/"))
    if not tx.act.reason:
        raise Refused(say("Give the reason for condemning."))
    return ledger.post(ledger.lot(lot), place, LOSS, quantity, MovementKind.CONDEMNED)


@command(
    "materials.reverse", may=Permission.STOCK_REVERSE, irreversible=say("A reversal stays. Enter the movement anew.")
)
def reverse_movement(tx: Transaction, *, zone: ZoneInfo, movement: str) -> Movement:
    """Reverse one movement, once.

    Raises Refused where the goods have moved on, saying where they are, and for one step of a transfer or a count.
    """
    found = tx.get(Movement, movement)
    if found is None:
        raise Refused(not_there("materials.movements", movement))
    _refuse_step(tx, found)
    return reverse(Ledger(tx, zone), found)


def _refuse_step(tx: Transaction, movement: Movement) -> None:
    """Refuse a single movement of a transfer or a count: the paper would go on saying what is no longer so."""
    if movement.paper is None:
        return
    if tx.get(Transfer, movement.paper) is not None:
        raise Refused(
            say("{movement} is a step of transfer {transfer}. Cancel or close the transfer, or undo that step whole.",
                movement=movement.id, transfer=movement.paper)
        )  # fmt: skip
    if tx.get(CountSession, movement.paper) is not None:
        raise Refused(
            say("{movement} was posted by count {count}. Count again, or undo the posting whole.",
                movement=movement.id, count=movement.paper)
        )  # fmt: skip


def _positive(quantity: int) -> None:
    if quantity < 1:
        raise Refused(say("Type a quantity of more than zero."))


def _require_emergency(tx: Transaction) -> None:
    from floodready.organisation.models import Person

    person = tx.get(Person, tx.act.person)
    if tx.act.person != SYSTEM and (person is None or not permitted(person.roles, Permission.STOCK_EMERGENCY)):
        raise NotAllowed(say("An emergency issue is made by a duty officer or a leader. Ask one to sign in."))


def _incident_place(tx: Transaction, id: str) -> str:
    found = tx.get(Incident, id)
    if found is None or found.closed_at is not None:
        raise Refused(not_there("open incident", id))
    return incident(id)


def _picks(ledger: Ledger, wanted: _Wanted, reason: str) -> tuple[list[Pick], bool]:
    """Choose what goes out, and tell whether it departs from first expired, first out. Raises Refused."""
    lot, asked, late = wanted.lot, wanted.quantity, wanted.late
    candidates = ledger.candidates(wanted.item.id, wanted.places, wanted.at)
    picks = usual = suggest(candidates, asked) if late is None else []
    otherwise = False
    if lot is not None:
        picks = _picked(ledger, wanted, lot)
        otherwise = late is None and not follows_suggestion(candidates, picks)
    if otherwise and not reason:
        raise Refused(
            say(
                "First expired goes first: lot {lot}. Take that, or give the reason for another.",
                lot=verbatim(", ".join(pick.lot.id for pick in usual)),
            )
        )
    short = asked - sum(pick.quantity for pick in picks)
    if lot is not None and not (wanted.emergency or late):
        short = max(short, asked - sum(c.free for c in candidates if c.lot.id == lot))
    if short <= 0:
        return picks, otherwise
    if late is not None:
        raise Refused(say("Say which lot the paper names: the count of that lot is put right by it."))
    if not wanted.emergency:
        raise _not_available(ledger, wanted.item, wanted.places, asked, wanted.at)
    more = Pick(_lot_for_more(ledger, wanted.item, wanted.place, picks), wanted.place, short)
    return [*picks, more], otherwise


def _post_issue(ledger: Ledger, wanted: _Wanted, pick: Pick, target: str, facts: dict[str, Any]) -> None:
    """Post one pick; a paper keyed late puts the count right that has seen the goods gone already. Raises Refused."""
    counted = _posted_count_after(ledger.tx, pick.lot.id, pick.place, wanted.at)
    if counted is not None and wanted.late is None:
        raise Refused(
            say(
                "Lot {lot} was counted in {place} after that, and posted. Choose: the count already shows it, or "
                "it happened after the count (then put the time right).",
                lot=verbatim(pick.lot.id),
                place=place_told(ledger.tx, pick.place),
            )
        )
    if counted is not None:
        _take_out_of_variance(ledger, counted, pick)
    kind = MovementKind.EMERGENCY if wanted.emergency else MovementKind.ISSUE
    beyond = wanted.emergency or counted is not None
    ledger.post(pick.lot, pick.place, target, pick.quantity, kind, occurred_at=wanted.at, beyond=beyond, **facts)


def _picked(ledger: Ledger, wanted: _Wanted, lot: str) -> list[Pick]:
    """Take all of it from the named lot, where most of it lies. Raises Refused where the lot has expired."""
    found = ledger.lot(lot)
    if is_expired(found, wanted.at, ledger.zone) and not wanted.emergency and wanted.late is None:
        raise Refused(
            say(
                "Lot {lot} was usable until the end of {day}. Take another.",
                lot=verbatim(lot),
                day=verbatim(str(found.usable_until)),
            )
        )
    held = {spot: q for spot, q in ledger.spots(found.item).items() if spot.lot == lot and spot.place in wanted.places}
    spot_place = max(held, key=lambda spot: held[spot]).place if held else wanted.place
    return [Pick(found, spot_place, wanted.quantity)]


def _not_available(ledger: Ledger, item: Item, places: set[str], asked: int, at: datetime) -> Refused:
    """Say what is left, and who took the last ones, to where and how long ago."""
    figures = ledger.availability(item.id, places, at)
    values = {
        "left": write_quantity(figures.available, item.scale),
        "unit": verbatim(item.unit),
        "asked": write_quantity(asked, item.scale),
        "hand": write_quantity(figures.on_hand, item.scale),
        "reserved": write_quantity(figures.reserved, item.scale),
        "apart": write_quantity(figures.quarantined, item.scale),
        "expired": write_quantity(figures.expired, item.scale),
    }
    last = ledger.tx.get(Movement, ledger.tx.projection(Balances).last_out.get(item.id, ""))
    # What left another place, or came back by a reversal, is not what is missing here.
    if last is None or last.source not in places or ledger.reversal_of(last.id) is not None:
        return Refused(
            say(
                "{left} {unit} left, not {asked} (on hand {hand}, reserved {reserved}, quarantined {apart}, expired "
                "{expired}). Issue less; in an emergency, issue with the emergency mark.",
                **values,
            )
        )
    return Refused(
        say(
            "{left} left, {taken} issued {length} ago by {person} to {target}; {asked} asked (on hand {hand}, "
            "reserved {reserved}, quarantined {apart}, expired {expired}). Issue less; in an emergency, "
            "use the emergency mark.",
            **values,
            taken=write_quantity(last.quantity, item.scale),
            length=length_told(ledger.tx.now - last.recorded_at),
            person=verbatim(person_name(ledger.tx, last.by)),
            target=place_told(ledger.tx, last.target),
        )
    )


def _lot_for_more(ledger: Ledger, item: Item, place: str, picks: list[Pick]) -> Lot:
    if picks:
        return picks[-1].lot
    known = [lot for spot in ledger.spots(item.id) if spot.place == place and (lot := ledger.tx.get(Lot, spot.lot))]
    if known or (known := list(ledger.tx.find(Lot, item=item.id))):
        return known[-1]
    today = local_day(ledger.tx.now, ledger.zone)
    return ledger.tx.add(Lot(id=ledger.tx.new_id("L"), item=item.id, in_stock_on=today))


def _paper(
    ledger: Ledger, wanted: _Wanted, *, receiver: str, receiver_contact: str, sender_contact: str, approver: str
) -> IssuePaper:
    """Open the paper of an issue; it is complete at once where everybody whom it must name is named."""
    tx, settings = ledger.tx, ledger.settings
    paper = IssuePaper(
        id=tx.new_id("P"), item=wanted.item.id, quantity=wanted.quantity, place=wanted.place,
        emergency=wanted.emergency, issued_at=wanted.at,
        due_at=wanted.at + timedelta(hours=settings.paper_hours),
        file_by=working_days_after(ledger, wanted.at, settings.filing_working_days),
        receiver=receiver, receiver_contact=receiver_contact, sender_contact=sender_contact, approver=approver,
    )  # fmt: skip
    return tx.add(paper if paper.missing() else paper.changed(completed_at=tx.now))


def _posted_count_after(tx: Transaction, lot: str, place: str, at: datetime) -> CountLine | None:
    """Give the first posted count of a lot and place after an instant."""
    later = (line for line in tx.find(CountLine, lot=lot) if line.place == place and line.counted_at >= at)
    return min(later, key=lambda line: line.counted_at, default=None)


def _take_out_of_variance(ledger: Ledger, counted: CountLine, pick: Pick) -> None:
    """Put back, at the counting moment, what the variance had written off for this very paper."""
    written_off = sum(
        movement.quantity * (1 if movement.target == LOSS else -1)
        for movement in ledger.tx.find(Movement, lot=pick.lot.id)
        if movement.paper == counted.session and movement.kind is MovementKind.COUNT
        and (movement.source, movement.target) in {(pick.place, LOSS), (LOSS, pick.place)}
    )  # fmt: skip
    from_loss = min(max(0, written_off), pick.quantity)
    for source, quantity in ((LOSS, from_loss), (FOUND, pick.quantity - from_loss)):
        if quantity:
            ledger.post(
                pick.lot, source, pick.place, quantity, MovementKind.COUNT,
                occurred_at=counted.counted_at, paper=counted.session,
            )  # fmt: skip
