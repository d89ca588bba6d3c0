"""Writing planned drills: made, changed, postponed, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from floodready.command import command
from floodready.document import checked, invalid
from floodready.drills import reading, surroundings
from floodready.drills.commands_materials import kept_reserved, release, require_nothing_out, require_planned
from floodready.drills.models import Drill, DrillState, Inject, Occurrence, Participant
from floodready.frozen import replace
from floodready.language import say
from floodready.organisation.lookup import require_person, require_unit
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("drills.plan_drill", may=Permission.DRILL_PLAN)
def plan_drill(tx: Transaction, *, drill: Drill) -> Drill:
    """Plan a drill as it is given; its id is made here.

    Raises Invalid, Refused for an unknown unit, or for somebody who is not on the staff.
    """
    require_unit(tx, drill.unit)
    _require_staff(tx, drill.participants)
    return tx.add(replace(drill, id=tx.new_id("D"), state=DrillState.PLANNED))


@command("drills.change_drill", may=Permission.DRILL_PLAN)
def change_drill(tx: Transaction, *, seen: Drill, wanted: Drill, reason: str = "") -> Drill:
    """Change the design of a drill from what the form saw to what it holds now.

    What is reserved for it stays reserved to its new end. Another start of a drill whose script somebody has approved
    is a postponement: it needs its reason, and a time to come. Raises Superseded, Invalid without that reason, Refused
    for a drill that has begun, where the script still uses a dropped objective, for an unknown unit or person, and for
    another unit or plan than the drill is owed for.
    """
    require_planned(seen)
    # Before anything is reckoned from it: a length may be typed that no clock can hold.
    wanted = checked(wanted)
    if wanted.starts_at != seen.starts_at:
        wanted = _moved(tx, seen, wanted, reason)
    _require_staff(tx, (participant for participant in wanted.participants if participant not in seen.participants))
    if (wanted.unit, wanted.plan) != (seen.unit, seen.plan):
        require_unit(tx, wanted.unit)
        _require_meets_nothing(tx, seen)
    given = {field.name: getattr(wanted, field.name) for field in fields(Drill) if field.name not in ("id", "state")}
    dropped_materials = [material for material in seen.materials if material not in wanted.materials]
    if away := [material for material in dropped_materials if material.issued]:
        item = surroundings.item_name(tx, away[0].item)
        raise Refused(say("{item} is issued to the drill. Bring it back before you change it.", item=item))
    release(tx, dropped_materials)
    if dropped := {objective.id for objective in seen.objectives} - {objective.id for objective in wanted.objectives}:
        _require_unused(tx, seen, dropped)
    given["materials"] = kept_reserved(tx, seen, wanted)
    return tx.change(seen, **{name: value for name, value in given.items() if value != getattr(seen, name)})


@command("drills.postpone_drill", may=Permission.DRILL_PLAN)
def postpone_drill(tx: Transaction, *, drill: str, starts_at: datetime, reason: str) -> Drill:
    """Put a planned drill on a time to come, with the reason; what is reserved for it stays so. Raises Refused."""
    found = reading.the_drill(tx, drill)
    require_planned(found)
    _require_reason(reason)
    _require_to_come(tx, found, starts_at)
    materials = kept_reserved(tx, found, replace(found, starts_at=starts_at))
    return tx.change(found, starts_at=starts_at, state_reason=reason, kept_under="", materials=materials)


@command("drills.keep_drill", may=Permission.DRILL_PLAN)
def keep_drill(tx: Transaction, *, drill: str, reason: str) -> Drill:
    """Hold a planned drill on purpose although a response level is in force, with the reason. Raises Refused."""
    found = reading.the_drill(tx, drill)
    require_planned(found)
    _require_reason(reason)
    level = surroundings.level_for(tx, found)
    if level is None:
        raise Refused(say("No response level is in force for {drill}; nothing stands against it.", drill=found.name))
    return tx.change(found, kept_under=level, state_reason=reason)


@command("drills.cancel_drill", may=Permission.DRILL_PLAN)
def cancel_drill(tx: Transaction, *, drill: str, reason: str) -> Drill:
    """Cancel a planned drill, with the reason; what it was to meet is owed again. Raises Refused."""
    found = reading.the_drill(tx, drill)
    require_planned(found)
    _require_reason(reason)
    require_nothing_out(tx, found)
    for occurrence in tuple(tx.find(Occurrence, drill=drill)):
        tx.put(replace(occurrence, drill=None))
    release(tx, found.materials)
    free = tuple(replace(material, reservations=()) for material in found.materials)
    return tx.change(found, state=DrillState.CANCELLED, state_reason=reason, materials=free)


def _moved(tx: Transaction, seen: Drill, wanted: Drill, reason: str) -> Drill:
    """Give the wanted drill at its new time; what was said of the old one holds no more.

    Where somebody relies on its time already, or a reason is given, it is a postponement.
    """
    why = reason.strip()
    if not why and any(inject.approver is not None for inject in reading.script(tx, seen.id)):
        asked = say("Say why it begins at another time: its script is approved, and people count on the time it has.")
        raise invalid(Drill, {"reason": asked})
    if why:
        _require_to_come(tx, seen, wanted.starts_at)
    return replace(wanted, state_reason=why, kept_under="")


def _require_to_come(tx: Transaction, drill: Drill, starts_at: datetime) -> None:
    if starts_at < tx.now:
        raise Refused(say("That time has passed. Put {drill} on one that is to come.", drill=drill.name))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(say("Say why: a drill that is postponed, cancelled or held despite a level needs its reason."))


def _require_unused(tx: Transaction, drill: Drill, dropped: set[str]) -> None:
    using = [inject for inject in tx.find(Inject, drill=drill.id) if inject.objective in dropped]
    if using:
        served = next(objective.text for objective in drill.objectives if objective.id == using[0].objective)
        raise Refused(
            say(
                "Inject {number} still serves the objective {objective}. Give it another one first.",
                number=using[0].number,
                objective=f"{using[0].objective} ({served})",
            )
        )


def _require_staff(tx: Transaction, participants: Iterable[Participant]) -> None:
    for participant in participants:
        require_person(tx, participant.person)


def _require_meets_nothing(tx: Transaction, drill: Drill) -> None:
    if (met := next(iter(tx.find(Occurrence, drill=drill.id)), None)) is not None:
        raise Refused(
            say(
                "{drill} meets what is owed under {obligation}. Assign another drill there first, or none.",
                drill=drill.name,
                obligation=met.obligation,
            )
        )
