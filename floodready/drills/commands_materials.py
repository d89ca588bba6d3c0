"""Writing what a drill needs of the stock: reserved for it, issued to its account, brought back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.drills import reading, surroundings
from floodready.drills.models import Drill, DrillState, ReservedMaterial
from floodready.drills.planning import MATERIAL_SHORT, ends_at, problems
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.materials.commands import (
    account_for,
    close_incident,
    issue_stock,
    open_incident,
    release_stock,
    reserve_stock,
)
from floodready.materials.commands_incident import Outcome
from floodready.materials.models import Reservation
from floodready.materials.taking_back import take_back
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("drills.reserve_materials", may=Permission.DRILL_PLAN)
def reserve_materials(tx: Transaction, *, drill: str, zone: ZoneInfo) -> Drill:
    """Reserve in stock what a planned drill needs, to the end of its day. Raises Refused where it is not available."""
    found = reading.the_drill(tx, drill)
    require_planned(found)
    if all(material.reservations or material.issued for material in found.materials):
        raise Refused(say("{drill} has no materials left to reserve.", drill=found.name))
    _require_available(tx, found, zone)
    return tx.change(found, materials=tuple(_reserved(tx, found, material, zone) for material in found.materials))


@command("drills.issue_materials", may=Permission.DRILL_RUN, undo=take_back)
def issue_materials(tx: Transaction, *, drill: str, zone: ZoneInfo) -> Drill:
    """Issue what a drill needs to its own account, first expired first; what was reserved for it is freed for it.

    Raises Refused where nothing is left to issue, where the drill is over, and where stock does not hold it.
    """
    found = reading.the_drill(tx, drill)
    if found.state not in (DrillState.PLANNED, DrillState.RUNNING):
        raise Refused(say("{drill} is over: nothing more is issued to it.", drill=found.name))
    waiting = [material for material in found.materials if not material.issued]
    if not waiting:
        raise Refused(say("{drill} has no materials left to issue.", drill=found.name))
    account = found.account or open_incident.within(tx, name=found.name, unit=found.unit).id
    release(tx, waiting)
    for material in waiting:
        issue_stock.within(
            tx,
            zone=zone,
            item=material.item,
            place=material.place,
            quantity=material.quantity,
            to_incident=account,
            receiver=found.name,
        )
    issued = tuple(replace(material, reservations=(), issued=True) for material in found.materials)
    return tx.change(found, materials=issued, account=account)


@command("drills.return_materials", may=Permission.DRILL_RUN, undo=take_back)
def return_materials(
    tx: Transaction,
    *,
    drill: str,
    zone: ZoneInfo,
    item: str,
    good: int = 0,
    damaged: int = 0,
    consumed: int = 0,
    lost: int = 0,
    lot: str | None = None,
) -> Drill:
    """Say what became of an item that was issued to a drill, in smallest units; it goes back to where it came from.

    Damaged pieces go to quarantine with a repair record. Raises Refused beyond what the drill holds, and where the
    item came from several lots and it is not plain which of them is meant.
    """
    found = reading.the_drill(tx, drill)
    out = surroundings.materials_out(tx, found).get(item, {})
    told = {"good": good, "damaged": damaged, "consumed": consumed, "lost": lost}
    place = next((material.place for material in found.materials if material.item == item), None)
    if found.account is None or place is None or not out:
        name = surroundings.item_name(tx, item)
        raise Refused(say("{drill} holds no {item} from the stock.", drill=found.name, item=verbatim(name)))
    outcomes = _whole(out, told) if lot is None else (Outcome(lot=lot, **told),)
    account_for.within(tx, zone=zone, incident_id=found.account, place=place, outcomes=outcomes)
    return found


def require_planned(drill: Drill) -> None:
    """Refuse to plan at a drill that has begun or is over. Raises Refused."""
    if drill.state is not DrillState.PLANNED:
        raise Refused(say("{drill} has begun or is over; its plan stands as it was.", drill=drill.name))


def release(tx: Transaction, materials: Iterable[ReservedMaterial]) -> None:
    """Free in stock what is reserved for materials of a drill."""
    for material in materials:
        for id in material.reservations:
            reservation = tx.get(Reservation, id)
            if reservation is not None and reservation.released_at is None:
                release_stock.within(tx, reservation=id)


def kept_reserved(tx: Transaction, before: Drill, after: Drill) -> tuple[ReservedMaterial, ...]:
    """Give the materials of a drill that moves, with what is reserved for it kept to its new end.

    After its old end the stock may be promised to others: then it is freed, and must be reserved anew.
    """
    later = ends_at(after) - ends_at(before)
    if not later:
        return after.materials
    if ends_at(before) < tx.now:
        release(tx, after.materials)
        return tuple(replace(material, reservations=()) for material in after.materials)
    # Whole days, upwards: a reservation that binds some hours too long does no harm.
    days = timedelta(-(-later // timedelta(1)))
    for id in (id for material in after.materials for id in material.reservations):
        held = tx.get(Reservation, id)
        if held is not None and held.released_at is None and held.until_on is not None:
            tx.put(held.changed(until_on=held.until_on + days))
    return after.materials


def require_nothing_out(tx: Transaction, drill: Drill) -> None:
    """Refuse while a drill still holds materials; close its account when it does not. Raises Refused."""
    if out := surroundings.items_out(tx, drill):
        raise Refused(
            say(
                "{drill} still holds {items}. Say what came back, was consumed or lost.",
                drill=drill.name,
                items=verbatim(", ".join(out)),
            )
        )
    if drill.account is not None and surroundings.account_is_open(tx, drill):
        close_incident.within(tx, incident_id=drill.account)


def _require_available(tx: Transaction, drill: Drill, zone: ZoneInfo) -> None:
    """Refuse before the stock does: its own refusal tells of issuing in an emergency, which no drill is."""
    short = (p for p in problems(drill, surroundings.facts(tx, drill, zone)) if p.code == MATERIAL_SHORT)
    if (first := next(short, None)) is not None:
        raise Refused(first.sentence)


def _reserved(tx: Transaction, drill: Drill, material: ReservedMaterial, zone: ZoneInfo) -> ReservedMaterial:
    if material.reservations or material.issued:
        return material
    held = reserve_stock.within(
        tx,
        zone=zone,
        item=material.item,
        place=material.place,
        quantity=material.quantity,
        purpose=drill.name,
        until_on=local_day(ends_at(drill), zone),
    )
    return replace(material, reservations=held)


def _whole(out: dict[str, int], told: dict[str, int]) -> tuple[Outcome, ...]:
    """Spread one kind of outcome over the lots; several kinds need the lot named unless there is one only."""
    if len(out) == 1:
        return (Outcome(lot=next(iter(out)), **told),)
    kinds = [kind for kind, quantity in told.items() if quantity]
    if len(kinds) != 1 or told[kinds[0]] != sum(out.values()):
        lots = ", ".join(f"{lot} {quantity}" for lot, quantity in out.items())
        raise Refused(say("It came from several lots: {lots}. Say which lot you mean.", lots=verbatim(lots)))
    return tuple(Outcome(lot=lot, **{kinds[0]: quantity}) for lot, quantity in out.items())
