"""Everything that writes the roster: rotas, temporary rotas, overrides, leave, settings. Swaps and shifts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from floodready.codec import encode
from floodready.command import command, require_as_seen
from floodready.document import checked
from floodready.duty.commands_swap import require_own_or_planner
from floodready.duty.models import (
    DutySettings,
    FixedTurn,
    Leave,
    Override,
    OverrideKind,
    Rota,
    Rotation,
    TemporaryRota,
    Wish,
)
from floodready.duty.publishing import once_published, refuse_past
from floodready.duty.roster import objections, plan_of, settings_of
from floodready.frozen import replace
from floodready.language import say
from floodready.organisation.lookup import require_person, require_post, require_unit
from floodready.organisation.models import Person
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused, Superseded
from floodready.store.contract import Transaction, View
from floodready.workdays import DayCorrection, DayKind


@command("duty.change_settings", may=Permission.DUTY_PLAN)
def change_settings(tx: Transaction, /, *, unit: str, seen: DutySettings | None = None, **fields: Any) -> DutySettings:
    """Set a unit's figures for duty; `seen` are those that stood in the form.

    Raises Refused for an unknown unit, and where what is set anew names a post that is not in use there; Invalid,
    Superseded.
    """
    require_unit(tx, unit)
    require_as_seen(tx, tx.get(DutySettings, unit), seen)
    held = settings_of(tx, unit).changed(**fields)
    for need in (*fields.get("needs", ()), *fields.get("level_needs", ())):
        require_post(tx, need.post, unit)
    return tx.put(held)


@command("duty.publish_rota", may=Permission.DUTY_PLAN)
def publish_rota(
    tx: Transaction,
    *,
    unit: str,
    since_at: datetime,
    until_at: datetime | None = None,
    rotations: tuple[Rotation, ...] = (),
    turns: tuple[FixedTurn, ...] = (),
    note: str = "",
    then_as_before: bool = False,
    seen: tuple[Rota, ...] | None = None,
) -> Rota:
    """Put a rota in force from an instant; rotas of the unit that would begin at or after it are taken away.

    With `then_as_before` nothing changes after `until_at` (see `once_published`). What is past stays as it was: only a
    unit without a rota may publish one that begins in the past; less than a minute ago means now. Somebody whom an
    earlier rota names may stand in it still after leaving: the place stays in the cycle, and is a gap. `seen` are the
    unit's rotas from which this one was made. Raises Refused, Invalid, Superseded.
    """
    require_unit(tx, unit)
    others = list(tx.find(Rota, unit=unit))
    if seen is not None:
        _require_same_rotas(tx, others, seen)
    rota = Rota(
        id=tx.new_id("R"),
        unit=unit,
        since_at=since_at,
        until_at=until_at,
        rotations=rotations,
        turns=turns,
        note=note,
    )
    require_publishable(tx, rota, tx.now)
    if since_at < tx.now and others:
        rota = replace(rota, since_at=tx.now)
    after = {held.id: held for held in once_published(others, rota, then_as_before=then_as_before)}
    for held in others:
        if after.pop(held.id, None) is None:
            tx.remove(held)
    for made in after.values():
        if made.id != rota.id:  # what held before goes on
            tx.add(replace(made, id=tx.new_id("R")))
    return tx.add(rota)


def require_publishable(view: View, rota: Rota, now: datetime) -> None:
    """Refuse a rota that `publish_rota` would refuse now, so that nobody is shown what it would change.

    Raises Refused where it begins in the past, or names a post or a person that is unknown or not in use; Invalid.
    """
    others = list(view.find(Rota, unit=rota.unit))
    refuse_past(others, rota.since_at, now)
    planned = {person for held in others for person in _people_of(held.rotations, held.turns)}
    _require_known(view, rota.unit, rota.rotations, rota.turns, planned)
    checked(rota)


@command("duty.add_temporary_rota", may=Permission.DUTY_PLAN)
def add_temporary_rota(tx: Transaction, /, *, unit: str, name: str, **fields: Any) -> TemporaryRota:
    """Add a rota for a window or for response levels. Raises Refused for unknown units, posts or people, Invalid."""
    require_unit(tx, unit)
    made = TemporaryRota(id=tx.new_id("T"), unit=unit, name=name, **fields)
    _require_known(tx, unit, made.rotations, made.turns)
    return tx.add(made)


@command("duty.withdraw_temporary_rota", may=Permission.DUTY_PLAN)
def withdraw_temporary_rota(tx: Transaction, seen: TemporaryRota, /) -> TemporaryRota:
    """Let a temporary rota end now: what it held stays. Raises Superseded, Refused where it is past already."""
    if seen.until_at is not None and seen.until_at <= tx.now:
        raise Refused(say("This rota has ended already."))
    if seen.from_at is not None and seen.from_at < tx.now:
        return tx.change(seen, until_at=tx.now)
    return tx.change(seen, withdrawn=True)


@command("duty.override", may=Permission.DUTY_PLAN)
def override(
    tx: Transaction,
    *,
    unit: str,
    post: str,
    kind: OverrideKind,
    from_at: datetime,
    until_at: datetime,
    zone: ZoneInfo,
    person: str | None = None,
    by: str | None = None,
    despite: bool = False,
) -> Override:
    """Add, take off or replace somebody at a post; a temporary rota that holds at the start is what it corrects.

    Raises Refused where the stretch is past, or where leave, qualification, rest or another seat speak against who
    comes (`despite` sets rest and qualification aside, with the act's reason); Invalid.
    """
    require_unit(tx, unit)
    require_post(tx, post, unit)
    if person is not None and tx.get(Person, person) is None:  # one who left may still be taken off
        require_person(tx, person)
    if until_at <= tx.now:
        raise Refused(say("That time is past. Who stood duty is recorded by the handover."))
    if by is not None:
        require_person(tx, by)
        wrong = objections(tx, by, unit, post, from_at, until_at, zone)
        if wrong and not (despite and tx.act.reason):
            raise Refused(
                say("{problem} Choose somebody else, or give the reason to do it despite the rules.", problem=wrong[0])
            )
    return tx.add(
        Override(
            id=tx.new_id("O"),
            unit=unit,
            post=post,
            kind=kind,
            from_at=from_at,
            until_at=until_at,
            person=person,
            by=by,
            over=_temporary_at(tx, unit, post, from_at, zone),
            made_at=tx.now,
        )
    )


@command("duty.withdraw_override", may=Permission.DUTY_PLAN)
def withdraw_override(tx: Transaction, seen: Override, /) -> Override:
    """Take an override back, from now on: what is past stays. Raises Superseded, Refused where it is past."""
    if seen.until_at <= tx.now:
        raise Refused(say("That time is past. Who stood duty is recorded by the handover."))
    if seen.from_at < tx.now:
        return tx.change(seen, until_at=tx.now)
    return tx.change(seen, withdrawn=True)


@command("duty.enter_leave", may=Permission.DUTY_SWAP)
def enter_leave(tx: Transaction, *, person: str, from_at: datetime, until_at: datetime, why: str = "") -> Leave:
    """Enter one's own leave, or anybody's with the right to plan. It leaves gaps until someone fills them.

    Raises NotAllowed, Refused for unknown people, a stretch that is past or one in which they are away already;
    Invalid.
    """
    known = require_person(tx, person)
    require_own_or_planner(tx, person)
    # Held to its own rules first: an end before the start is told so, not as a time that is past.
    leave = checked(Leave(id=tx.new_id("L"), person=person, from_at=from_at, until_at=until_at, why=why))
    if until_at <= tx.now:
        raise Refused(say("That time is past. Who stood duty is recorded by the handover."))
    for held in tx.find(Leave, person=person):
        if not held.withdrawn and held.from_at <= from_at and until_at <= held.until_at:
            raise Refused(
                say(
                    "{person} is on leave for all of that time already: {leave}. To change it, take that one back "
                    "first.",
                    person=known.name,
                    leave=held.id,
                )
            )
    return tx.add(leave)


@command("duty.withdraw_leave", may=Permission.DUTY_SWAP)
def withdraw_leave(tx: Transaction, seen: Leave, /) -> Leave:
    """Take leave back, from now on. Raises NotAllowed, Superseded, Refused where it is past."""
    require_own_or_planner(tx, seen.person)
    if seen.until_at <= tx.now:
        raise Refused(say("This leave is over."))
    if seen.from_at < tx.now:
        return tx.change(seen, until_at=tx.now)
    return tx.change(seen, withdrawn=True)


@command("duty.wish", may=Permission.DUTY_SWAP)
def wish(tx: Transaction, *, person: str, on: date) -> Wish:
    """Note a person's wish not to stand duty on a day. Raises NotAllowed, Refused for unknown people."""
    require_person(tx, person)
    require_own_or_planner(tx, person)
    return tx.add(Wish(id=tx.new_id("W"), person=person, on=on))


@command("duty.withdraw_wish", may=Permission.DUTY_SWAP)
def withdraw_wish(tx: Transaction, seen: Wish, /) -> Wish:
    """Take a wish back. Raises NotAllowed, Superseded."""
    require_own_or_planner(tx, seen.person)
    return tx.change(seen, withdrawn=True)


@command("duty.correct_day", may=Permission.DUTY_PLAN)
def correct_day(tx: Transaction, *, on: date, kind: DayKind, note: str = "") -> DayCorrection:
    """Set what a day is in this office, above the published notice."""
    return tx.put(DayCorrection(id=on.isoformat(), on=on, kind=kind, note=note))


def _require_same_rotas(tx: Transaction, rotas: Iterable[Rota], seen: Iterable[Rota]) -> None:
    """Refuse a rota made from others than now hold: it would take away what somebody published meanwhile."""
    known = {rota.id: rota for rota in seen}
    for rota in rotas:
        if known.pop(rota.id, None) != rota:
            other = tx.superseded(Rota.table, rota.id, None)
            facts = {name: value for name, value in other.sentence.values if name in ("person", "id", "time")}
            raise Superseded(
                say("{person} published rota {id} at {time}, after this was begun. Your change was not made; leave, "
                    "look again, then repeat.", **facts),
                other.person,
            )  # fmt: skip
    for rota in known.values():
        raise tx.superseded(Rota.table, rota.id, encode(rota))


def _people_of(rotations: tuple[Rotation, ...], turns: tuple[FixedTurn, ...]) -> set[str]:
    in_groups = {person for rotation in rotations for group in rotation.groups for person in group.people}
    return in_groups | {person for turn in turns for person in turn.people}


def _require_known(
    view: View,
    unit: str,
    rotations: tuple[Rotation, ...],
    turns: tuple[FixedTurn, ...],
    planned: Set[str] = frozenset(),
) -> None:
    for post in sorted({*(rotation.post for rotation in rotations), *(turn.post for turn in turns)}):
        require_post(view, post, unit)
    for person in sorted(_people_of(rotations, turns) - planned):
        require_person(view, person)


def _temporary_at(tx: Transaction, unit: str, post: str, at: datetime, zone: ZoneInfo) -> str | None:
    for rota, start, end in plan_of(tx, unit, zone).temporary_windows():
        posts = {*(r.post for r in rota.rotations), *(turn.post for turn in rota.turns)}
        if start <= at < end and post in posts and not rota.beside:
            return rota.id
    return None
