"""Commands of incidents: open, give back what was used, close at zero."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.command import command
from floodready.document import Natural, record
from floodready.language import say, verbatim
from floodready.materials.hazards import open_hazard
from floodready.materials.incident_account import NOTHING_TOLD
from floodready.materials.ledger import Ledger
from floodready.materials.models import Item, Lot, MovementKind
from floodready.materials.models_papers import Incident
from floodready.materials.places import CONSUMED, LOSS, incident, place_told, quarantine
from floodready.materials.projections import Balances
from floodready.materials.taking_back import take_back
from floodready.materials.views import told
from floodready.missing import not_there
from floodready.organisation.permissions import Permission
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@record
class Outcome:
    """What became of a lot's pieces in an incident, in smallest units."""

    lot: str
    good: Natural = 0
    damaged: Natural = 0
    consumed: Natural = 0
    lost: Natural = 0


@command("materials.open_incident", may=Permission.STOCK_MOVE)
def open_incident(tx: Transaction, *, name: str, unit: str | None = None, id: str | None = None) -> Incident:
    """Open an incident's account. Raises Refused where the id is taken."""
    if id is not None and (known := tx.get(Incident, id)) is not None:
        raise Refused(say("{id} is the incident {name} already. Choose another number.", id=known.id,
                          name=verbatim(known.name)))  # fmt: skip
    return tx.add(Incident(id=id or tx.new_id("I"), name=name, unit=unit, opened_at=tx.now))


@command("materials.account_for", may=Permission.STOCK_MOVE, undo=take_back)
def account_for(
    tx: Transaction, *, zone: ZoneInfo, incident_id: str, place: str, outcomes: tuple[Outcome, ...]
) -> Incident:
    """Say what became of what was issued: good pieces to a place, damaged ones to its quarantine, consumed, lost.

    Damaged pieces open a repair record at the unit of the place. Raises Refused beyond what the incident holds.
    """
    found = _open(tx, incident_id)
    ledger = Ledger(tx, zone)
    ledger.real_place(place)
    for outcome in outcomes:
        lot = ledger.lot(outcome.lot)
        _refuse_other_than_held(ledger, found, outcome)
        for target, quantity, kind in (
            (place, outcome.good, MovementKind.RETURN),
            (quarantine(place), outcome.damaged, MovementKind.RETURN),
            (CONSUMED, outcome.consumed, MovementKind.CONSUMED),
            (LOSS, outcome.lost, MovementKind.LOST),
        ):
            if quantity:
                ledger.post(lot, incident(found.id), target, quantity, kind, paper=found.id)
        if outcome.damaged:
            item = ledger.item(lot.item)
            told = say("{quantity} {unit} of {item}, lot {lot}, came back damaged from {incident}: repair or condemn.",
                       quantity=write_quantity(outcome.damaged, item.scale), unit=verbatim(item.unit),
                       item=verbatim(item.name), lot=lot.id, incident=verbatim(found.name))  # fmt: skip
            open_hazard(tx, zone, place, f"{lot.table}/{lot.id}", told)
    return found


@command("materials.close_incident", may=Permission.STOCK_APPROVE)
def close_incident(tx: Transaction, *, incident_id: str) -> Incident:
    """Close an incident's account. Raises Refused while any piece is not accounted for, naming lots and figures."""
    found = _open(tx, incident_id)
    left = tx.projection(Balances).by_place.get(incident(found.id), {})
    if left:
        raise Refused(
            say(
                "Not accounted for yet: {lots}. Say what came back, was consumed or lost.",
                lots=verbatim(", ".join(_left(tx, lot, quantity) for lot, quantity in left.items())),
            )
        )
    return tx.put(found.changed(closed_at=tx.now))


def _refuse_other_than_held(ledger: Ledger, found: Incident, outcome: Outcome) -> None:
    place, asked = incident(found.id), outcome.good + outcome.damaged + outcome.consumed + outcome.lost
    held = ledger.held(outcome.lot, place)
    if not asked:
        raise Refused(NOTHING_TOLD)
    if asked > held:
        scale = ledger.item(ledger.lot(outcome.lot).item).scale
        raise Refused(
            say("{place} has {held} of lot {lot}; good, damaged, consumed and lost are {asked} together. Type less.",
                place=place_told(ledger.tx, place), held=write_quantity(held, scale), lot=verbatim(outcome.lot),
                asked=write_quantity(asked, scale))
        )  # fmt: skip


def _left(tx: Transaction, lot: str, quantity: int) -> str:
    held = tx.get(Lot, lot)
    item = tx.get(Item, held.item) if held is not None else None
    return f"{lot} {quantity}" if item is None else f"{item.name} {lot} {told(item, quantity)}"


def _open(tx: Transaction, id: str) -> Incident:
    found = tx.get(Incident, id)
    if found is None or found.closed_at is not None:
        raise Refused(not_there("open incident", id))
    return found
