"""Handover: open items, log and figures gone through, signed by both sides; it makes duty a recorded fact."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.command import command
from floodready.duty.handover import first_unsigned, last_boundary, loose_ends, open_items, shift_start, stood_by
from floodready.duty.models import StoodDuty
from floodready.duty.models_shift import Figure, Handover, LogEntry
from floodready.duty.plan import Plan
from floodready.duty.roster import plan_of
from floodready.language import say, verbatim
from floodready.organisation.lookup import person_name, require_unit
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.season.measure import shown
from floodready.season.situation import latest_points, stations_for
from floodready.store.contract import Transaction

_SIGNED = say("A signature stands. Add a log line that says what was wrong.")


@command("duty.begin_handover", may=Permission.DUTY_HANDOVER)
def begin_handover(tx: Transaction, *, unit: str, zone: ZoneInfo, remarks: str = "") -> Handover:
    """Begin the handover of the shift that ends now or ended last, with the last figure of each of the unit's stations.

    Raises Refused where nobody hands over, where one is open, and before the hour of the next.
    """
    require_unit(tx, unit)
    plan = plan_of(tx, unit, zone)
    done = list(tx.find(Handover, unit=unit))
    waiting = [held for held in done if held.completed_at is None]
    if waiting:
        raise _still_open(waiting[0], zone)
    due = last_boundary(plan, tx.now)
    if due is None:
        raise _nothing_due(plan, done, tx.now, zone)
    if any(held.due_at == due for held in done):
        following = first_unsigned(plan, done)
        when = verbatim(local_time(following, zone)) if following is not None else say("no time: no rota goes on")
        raise Refused(say("This shift has been handed over already. The next hands over at {time}.", time=when))
    since = shift_start(plan, due, done)
    outgoing, incoming = stood_by(plan, since, due)
    entries = sum(1 for line in tx.find(LogEntry, unit=unit) if since <= line.written_at <= tx.now)
    return tx.add(
        Handover(
            id=tx.new_id("H"),
            unit=unit,
            shift_from_at=since,
            due_at=due,
            begun_at=tx.now,
            outgoing=tuple(sorted({span.person for span in outgoing})),
            incoming=tuple(sorted({span.person for span in incoming})),
            open_items=tuple(item.id for item in open_items(tx, unit)),
            entries=entries,
            figures=_figures(tx, unit, zone),
            remarks=remarks,
        )
    )


def _still_open(handover: Handover, zone: ZoneInfo) -> Refused:
    due = verbatim(local_time(handover.due_at, zone))
    if handover.signed_out_by is None and handover.signed_in_by is None:
        return Refused(say("The handover of {time} is open already. To sign: both sides.", time=due))
    if handover.signed_out_by is None:
        return Refused(say("The handover of {time} is open already. To sign: the outgoing side.", time=due))
    return Refused(say("The handover of {time} is open already. To sign: the incoming side.", time=due))


def _figures(tx: Transaction, unit: str, zone: ZoneInfo) -> tuple[Figure, ...]:
    stations = stations_for(tx, unit)
    latest = latest_points(tx, stations, tx.now)
    return tuple(
        Figure(
            station=station.id,
            text=f"{shown(latest[station.id][1], station.kind)} ({local_time(latest[station.id][0], zone)})",
        )
        for station in stations
        if station.id in latest
    )


def _nothing_due(plan: Plan, done: list[Handover], now: datetime, zone: ZoneInfo) -> Refused:
    following = first_unsigned(plan, done)
    if following is None or following <= now:
        return Refused(say("Nobody is on duty to hand over. Publish a rota first."))
    return Refused(
        say("The first shift is on duty. It hands over at {time}.", time=verbatim(local_time(following, zone)))
    )


@command("duty.sign_handover", may=Permission.DUTY_HANDOVER, irreversible=_SIGNED)
def sign_handover(tx: Transaction, seen: Handover, /, *, outgoing: bool, zone: ZoneInfo) -> Handover:
    """Sign for the outgoing or the incoming side; the second signature completes the handover and closes the log.

    Somebody of the side signs; anybody else says the act's reason, which stays in the journal. The two sides may sign
    at two terminals at once: each signature is put to the other, whichever of them was `seen`. Raises Refused while an
    open item lacks owner, status or due time, where a side has signed already, one person signs for both or one of
    another shift signs without a reason; Superseded.
    """
    loose = loose_ends(tx, seen.unit)
    if loose:
        raise Refused(
            say("“{task}” lacks its owner, its state or its due time. Give it those first.", task=loose[0].task)
        )
    held = tx.get(Handover, seen.id) or tx.change(seen)  # refuses: somebody took it back
    _require_unsigned(tx, held, outgoing=outgoing, zone=zone)
    person = tx.act.person
    side = held.outgoing if outgoing else held.incoming
    if side and person not in side and not tx.act.reason:
        raise Refused(
            say(
                "{person} is not on that shift. One of them signs: {names}; or say why you sign.",
                person=person_name(tx, person),
                names=verbatim(", ".join(person_name(tx, one) for one in side)),
            )
        )
    items = tuple(item.id for item in open_items(tx, held.unit))
    if outgoing:
        signed = tx.change(held, signed_out_by=person, signed_out_at=tx.now, open_items=items)
    else:
        signed = tx.change(held, signed_in_by=person, signed_in_at=tx.now, open_items=items)
    if signed.completed_at is not None:
        _record_stood(tx, signed, zone)
    return signed


def _require_unsigned(tx: Transaction, held: Handover, *, outgoing: bool, zone: ZoneInfo) -> None:
    """Refuse to sign for a side that has signed, and for both sides as one person."""
    signed_by, signed_at, other = (
        (held.signed_out_by, held.signed_out_at, held.signed_in_by)
        if outgoing
        else (held.signed_in_by, held.signed_in_at, held.signed_out_by)
    )
    if signed_by is not None and signed_at is not None:
        raise Refused(
            say(
                "{person} has signed for this side already, {time}.",
                person=verbatim(person_name(tx, signed_by)),
                time=verbatim(local_time(signed_at, zone)),
            )
        )
    if tx.act.person != other:
        return
    names = [person_name(tx, one) for one in (held.outgoing if outgoing else held.incoming) if one != other]
    if not names:
        raise Refused(say("One person cannot sign for both sides. Somebody else must sign for the other."))
    raise Refused(
        say("One person cannot sign for both sides. One of these signs for the other: {names}.",
            names=verbatim(", ".join(names)))
    )  # fmt: skip


def _record_stood(tx: Transaction, handover: Handover, zone: ZoneInfo) -> None:
    """Make who stood the shift a fact; nothing planned later changes it."""
    plan = plan_of(tx, handover.unit, zone)
    start: datetime = handover.shift_from_at
    outgoing, _ = stood_by(plan, start, handover.due_at)
    for span in outgoing:
        tx.add(
            StoodDuty(
                id=tx.new_id("N"),
                unit=handover.unit,
                post=span.post,
                person=span.person,
                from_at=span.start,
                until_at=span.end,
                handover=handover.id,
            )
        )
