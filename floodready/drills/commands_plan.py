"""Writing planned drills: made, changed, postponed, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.drills import reading
from floodready.drills.models import Drill, DrillState, Inject, Occurrence, ReservedMaterial
from floodready.drills.planning import ends_at
from floodready.language import say
from floodready.materials.commands import release_stock, reserve_stock
from floodready.materials.models import Reservation
from floodready.organisation.lookup import require_unit
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("drills.plan_drill", may=Permission.DRILL_PLAN)
def plan_drill(tx: Transaction, *, drill: Drill) -> Drill:
    """Plan a drill as it is given; its id is made here. Raises Invalid, Refused for an unknown unit."""
    require_unit(tx, drill.unit)
    return tx.add(replace(drill, id=tx.new_id("D"), state=DrillState.PLANNED))


@command("drills.change_drill", may=Permission.DRILL_PLAN)
def change_drill(tx: Transaction, *, seen: Drill, wanted: Drill) -> Drill:
    """Change the design of a drill from what the form saw to what it holds now.

    Raises Superseded, Invalid, Refused for a drill that has begun, or where the script still uses a dropped objective.
    """
    _require_planned(seen)
    given = {field.name: getattr(wanted, field.name) for field in fields(Drill) if field.name not in ("id", "state")}
    _release(tx, [material for material in seen.materials if material not in wanted.materials])
    if dropped := {objective.id for objective in seen.objectives} - {objective.id for objective in wanted.objectives}:
        _require_unused(tx, seen, dropped)
    return tx.change(seen, **{name: value for name, value in given.items() if value != getattr(seen, name)})


@command("drills.postpone_drill", may=Permission.DRILL_PLAN)
def postpone_drill(tx: Transaction, *, drill: str, starts_at: datetime, reason: str) -> Drill:
    """Put a planned drill on another time, with the reason. Raises Refused."""
    found = reading.the_drill(tx, drill)
    _require_planned(found)
    _require_reason(reason)
    return tx.change(found, starts_at=starts_at, state_reason=reason)


@command("drills.cancel_drill", may=Permission.DRILL_PLAN)
def cancel_drill(tx: Transaction, *, drill: str, reason: str) -> Drill:
    """Cancel a planned drill, with the reason; what it was to meet is owed again. Raises Refused."""
    found = reading.the_drill(tx, drill)
    _require_planned(found)
    _require_reason(reason)
    for occurrence in tuple(tx.find(Occurrence, drill=drill)):
        tx.put(replace(occurrence, drill=None))
    _release(tx, found.materials)
    free = tuple(replace(material, reservations=()) for material in found.materials)
    return tx.change(found, state=DrillState.CANCELLED, state_reason=reason, materials=free)


@command("drills.reserve_materials", may=Permission.DRILL_PLAN)
def reserve_materials(tx: Transaction, *, drill: str, zone: ZoneInfo) -> Drill:
    """Reserve in stock what a planned drill needs, to the end of its day. Raises Refused where it is not available."""
    found = reading.the_drill(tx, drill)
    _require_planned(found)
    if all(material.reservations for material in found.materials):
        raise Refused(say("{drill} needs no materials that are not reserved yet.", drill=found.name))
    until = local_day(ends_at(found), zone)
    held = tuple(
        material
        if material.reservations
        else replace(
            material,
            reservations=reserve_stock.within(
                tx,
                zone=zone,
                item=material.item,
                place=material.place,
                quantity=material.quantity,
                purpose=found.name,
                until_on=until,
            ),
        )
        for material in found.materials
    )
    return tx.change(found, materials=held)


def _release(tx: Transaction, materials: Iterable[ReservedMaterial]) -> None:
    for material in materials:
        for id in material.reservations:
            reservation = tx.get(Reservation, id)
            if reservation is not None and reservation.released_at is None:
                release_stock.within(tx, reservation=id)


def _require_planned(drill: Drill) -> None:
    if drill.state is not DrillState.PLANNED:
        raise Refused(say("{drill} has begun or is over; its plan stands as it was.", drill=drill.name))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(say("Say why: a postponed or cancelled drill needs its reason."))


def _require_unused(tx: Transaction, drill: Drill, dropped: set[str]) -> None:
    using = [inject for inject in tx.find(Inject, drill=drill.id) if inject.objective in dropped]
    if using:
        raise Refused(
            say(
                "Inject {number} still serves the objective {objective}. Give it another one first.",
                number=using[0].number,
                objective=using[0].objective,
            )
        )
