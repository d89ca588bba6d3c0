"""Writing what is owed: obligations, their rules, moved due days, and the year's plan."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day, wall_instant
from floodready.command import command, require_as_seen
from floodready.document import invalid
from floodready.drills import reading, surroundings
from floodready.drills.cadence import kept_by_a_change
from floodready.drills.commands_plan import plan_drill
from floodready.drills.models import SETTINGS, Cadence, Drill, DrillState, Obligation, Occurrence, Settings
from floodready.frozen import replace
from floodready.language import say
from floodready.organisation.lookup import require_unit, unit_name
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("drills.set_settings", may=Permission.DRILL_PLAN)
def set_settings(tx: Transaction, *, wanted: Settings, seen: Settings | None = None) -> Settings:
    """Set what the office decides about its drills; `seen` is what it was made from. Raises Invalid, Superseded."""
    require_as_seen(tx, tx.get(Settings, SETTINGS), seen)
    return tx.put(replace(wanted, id=SETTINGS))


@command("drills.oblige", may=Permission.DRILL_PLAN)
def oblige(
    tx: Transaction,
    *,
    unit: str,
    plan: str,
    cadence: Cadence,
    source: str,
    zone: ZoneInfo,
    applies_from: date | None = None,
) -> Obligation:
    """Lay down that a unit must drill a plan by a rule. Raises Refused for one that stands, Invalid without a source.

    `source` is the clause that the rule comes from. Without `applies_from` nothing is owed from before today, however
    far back the rule's anchor lies.
    """
    name = require_unit(tx, unit).name
    _require_source(source)
    standing = (o for o in tx.find(Obligation, unit=unit) if o.plan == plan and o.ended_on is None)
    if (other := next(standing, None)) is not None:
        raise Refused(
            say("{unit} already has to drill {plan} ({id}). Change its rule.", unit=name, plan=plan, id=other.id)
        )
    obligation = Obligation(
        id=tx.new_id("O"),
        unit=unit,
        plan=plan,
        cadence=cadence,
        source=source,
        applies_from=applies_from or max(cadence.anchor_on, local_day(tx.now, zone)),
    )
    return tx.add(obligation)


@command("drills.change_cadence", may=Permission.DRILL_PLAN)
def change_cadence(tx: Transaction, *, seen: Obligation, cadence: Cadence, source: str, zone: ZoneInfo) -> Obligation:
    """Change the rule from today on. What was touched and what is already due stays; the rest follows the new rule.

    Raises Superseded, Invalid.
    """
    _require_source(source)
    today = local_day(tx.now, zone)
    touched = list(tx.find(Occurrence, obligation=seen.id))
    for occurrence in kept_by_a_change(seen, touched, today, surroundings.season_starts(tx, seen.unit)):
        tx.add(occurrence)
    return tx.change(seen, cadence=cadence, source=source, applies_from=max(today, cadence.anchor_on))


@command("drills.end_obligation", may=Permission.DRILL_PLAN)
def end_obligation(tx: Transaction, *, seen: Obligation, on: date, zone: ZoneInfo, reason: str = "") -> Obligation:
    """End an obligation: from that day on nothing is owed; what is due before stays owed.

    A day not after the first one of its rule withdraws that rule, as one entered by mistake. That, and a day before
    today, which takes away what was due, need a reason. Raises Invalid without it, Superseded.
    """
    if (on <= seen.applies_from or on < local_day(tx.now, zone)) and not reason.strip():
        why = say("Say why: an end before today, or before the first day, takes away what was owed.")
        raise invalid(Obligation, {"reason": why})
    return tx.change(seen, ended_on=on, ended_because=reason.strip())


@command("drills.move_due", may=Permission.DRILL_PLAN)
def move_due(tx: Transaction, *, obligation: str, scheduled_on: date, due_on: date, reason: str) -> Occurrence:
    """Give one owed drill another due day, with the reason. Raises Refused, Invalid without a reason."""
    occurrence = reading.the_occurrence(tx, reading.the_obligation(tx, obligation), scheduled_on)
    return tx.put(replace(occurrence, due_on=due_on, reason=reason))


@command("drills.assign_drill", may=Permission.DRILL_PLAN)
def assign_drill(tx: Transaction, *, obligation: str, scheduled_on: date, drill: str | None) -> Occurrence:
    """Say which drill meets an owed one; None takes it away again.

    Raises Refused for a cancelled drill, one of another unit or plan, or one that meets another day of the obligation.
    """
    owing = reading.the_obligation(tx, obligation)
    occurrence = reading.the_occurrence(tx, owing, scheduled_on)
    if drill is not None:
        _require_meets(tx, reading.the_drill(tx, drill), owing)
        _require_meets_once(tx, drill, occurrence)
    return tx.put(replace(occurrence, drill=drill))


@command("drills.plan_owed", may=Permission.DRILL_PLAN)
def plan_owed(tx: Transaction, *, obligation: str, scheduled_on: date, drill: Drill) -> Drill:
    """Plan a drill as it is given, to meet an owed one. Raises Refused, Invalid."""
    made = plan_drill.within(tx, drill=drill)
    assign_drill.within(tx, obligation=obligation, scheduled_on=scheduled_on, drill=made.id)
    return made


@command("drills.plan_year", may=Permission.DRILL_PLAN)
def plan_year(tx: Transaction, *, year: int, zone: ZoneInfo, unit: str | None = None) -> tuple[str, ...]:
    """Plan a drill for everything that is owed in a year (of one unit, or of all) and has none; gives their ids.

    Nothing is planned twice: a second call plans only what has come since. What finds no free day is left owed.
    """
    made = []
    for placed in reading.proposed_year(tx, year, local_day(tx.now, zone), zone, unit):
        if placed.on is not None:
            drill = tx.add(_drafted(tx, placed.obligation, placed.on, zone))
            tx.put(replace(placed.occurrence, drill=drill.id))
            made.append(drill.id)
    return tuple(made)


def _require_source(source: str) -> None:
    if not source.strip():
        raise invalid(Obligation, {"source": say("must not be empty")})


def _drafted(tx: Transaction, obligation: Obligation, on: date, zone: ZoneInfo) -> Drill:
    settings = reading.settings(tx)
    return Drill(
        id=tx.new_id("D"),
        name=f"{obligation.plan} {on.year}",
        unit=obligation.unit,
        plan=obligation.plan,
        starts_at=wall_instant(on, settings.starts, zone),
        minutes=settings.minutes,
    )


def _require_meets(tx: Transaction, drill: Drill, obligation: Obligation) -> None:
    if drill.state is DrillState.CANCELLED:
        raise Refused(say("{drill} is cancelled. Take another drill.", drill=drill.name))
    if (drill.unit, drill.plan) != (obligation.unit, obligation.plan):
        raise Refused(
            say(
                "{drill} drills {plan} at {unit}, but what is owed is {owed} at {owing}. Take another drill.",
                drill=drill.name,
                plan=drill.plan,
                unit=unit_name(tx, drill.unit),
                owed=obligation.plan,
                owing=unit_name(tx, obligation.unit),
            )
        )


def _require_meets_once(tx: Transaction, drill: str, occurrence: Occurrence) -> None:
    met = (o for o in tx.find(Occurrence, drill=drill) if o.obligation == occurrence.obligation)
    if (other := next((o for o in met if o.id != occurrence.id), None)) is not None:
        raise Refused(
            say(
                "{drill} already meets what is owed on {day}. Take another drill, or take it away there first.",
                drill=drill,
                day=other.due_on,
            )
        )
