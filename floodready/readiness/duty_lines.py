"""What duty owes readiness: every post filled now and ahead, a rota that lasts, handovers and post checks done.

Who could be needed tomorrow is known today, so each line holds for the coming year, whatever the instant asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from floodready.clock import local_day, local_time, start_of
from floodready.duty.coverage import Gap, GapReason, needs_of, runs_out_at
from floodready.duty.handover import first_unsigned
from floodready.duty.models import Rota
from floodready.duty.models_shift import CallRound, Handover, PostCheck
from floodready.duty.plan import ENDLESS, Plan
from floodready.duty.roster import kinds_without_post, leader_presence, plan_of, seasons_in_time, units_with_duty
from floodready.duty.views import gap_cause, post_name
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.lookup import settings_of as organisation_settings
from floodready.organisation.models import Person, Post, PostKind, Unit
from floodready.organisation.phones import first_phone, good_until
from floodready.readiness.duty_ahead import AHEAD, Roster, roster_from
from floodready.readiness.duty_evidence import (
    calls_of,
    checks_of,
    checks_told,
    handovers_of,
    handovers_told,
    last_round,
    phones_told,
    rotas_of,
    rotas_told,
)
from floodready.readiness.gathering import Part, Surroundings, once
from floodready.readiness.line import BEGINNING, Capability, Colour, Good, Importance, Kind, Line, Signal
from floodready.readiness.turns import levels_turn, readings_come
from floodready.season.level import Level
from floodready.season.models import Season


def parts(around: Surroundings) -> Iterator[Part]:
    """Name each unit's lines: its posts (A), rota (A), the phones of who stands duty, handover and post checks (B)."""
    for unit in _units(around):
        id = unit.id
        yield Part(f"posts/{id}", partial(_of_unit, _each_post, id), _presence_turns)
        yield Part(f"rota/{id}", partial(_of_unit, _rota, id))
        if any(around.view.find(Rota, unit=id)):
            yield Part(f"phones/{id}", partial(_of_unit, _phones, id))
            yield Part(f"handover/{id}", partial(_of_unit, _handover, id))
        yield Part(f"checks/{id}", partial(_checks, id))


def _presence_turns(around: Surroundings) -> Iterator[datetime]:
    """Give the instants at which the reasons for the leader to be on site may be others."""
    yield from (*levels_turn(around), *readings_come(around))


_UNNEEDED = say("no rota is published, and nobody need stand duty now")
"""Said of a unit without rotas while no season asks for one: nothing is filled there, only nothing is missing."""
_OfUnit = Callable[[Surroundings, Unit, Plan], Iterator[Line]]


def _of_unit(what: _OfUnit, id: str, around: Surroundings) -> Iterator[Line]:
    unit = around.view.get(Unit, id)
    if unit is not None:
        plan = once(around, f"plan/{id}", lambda seen: plan_of(seen.view, id, seen.zone))
        yield from what(around, unit, plan)


def _roster(around: Surroundings, plan: Plan) -> Roster:
    # A gap that began yesterday is told with its true beginning, and all day in the same words.
    return roster_from(plan, start_of(local_day(around.at, around.zone) - timedelta(1), around.zone), around.remembered)


def _units(around: Surroundings) -> list[Unit]:
    """Give the units that keep duty, and those in whose season it should be kept."""
    keeping = units_with_duty(around.view)
    known = {unit.id for unit in keeping}
    owing = [unit for unit in around.view.all(Unit) if unit.active and any(around.view.find(Season, unit=unit.id))]
    return [*keeping, *(unit for unit in owing if unit.id not in known)]


def _posts(plan: Plan) -> list[str]:
    """Name the posts that need people by the season's figures, or by those of a level that holds now or later."""
    held = {level.level for level in plan.levels}
    raised = [need.post for need in plan.settings.level_needs if need.level in held]
    return list(dict.fromkeys([*(need.post for need in plan.settings.needs), *raised]))


def _each_post(around: Surroundings, unit: Unit, plan: Plan) -> Iterator[Line]:
    roster = _roster(around, plan)
    for post in _posts(plan):
        yield _post(around, unit, plan, post, [gap for gap in roster.gaps if gap.post == post])


def _post(around: Surroundings, unit: Unit, plan: Plan, post: str, found: list[Gap]) -> Line:
    name = post_name(around.view, post)
    signals = [signal for gap in found for signal in _gap(around, unit, plan, name, gap)]
    return Line(
        id=f"duty/{post}/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.DUTY,
        subject=say("duty post {post}", post=name),
        signals=tuple(signals),
        good=_filled(around, plan, found, BEGINNING),
        good_later=tuple(
            Good(since=gap.end, told=_filled(around, plan, found, gap.end)) for gap in found if gap.end < ENDLESS
        ),
        explanation=(*_needs_told(around, unit, plan, post), *rotas_told(plan, around.zone)),
        opens=("duty.rotas", unit.id),
        evidence=rotas_of(plan),
    )


def _filled(around: Surroundings, plan: Plan, found: list[Gap], since: datetime) -> Sentence:
    """Say up to when a post is filled from an instant on: to the next of its gaps, else as far as is looked ahead."""
    following = next((gap for gap in found if gap.start >= since and gap.start > BEGINNING), None)
    if following is not None and plan.rotas:
        return say("filled without a gap until {time}", time=verbatim(local_time(following.start, around.zone)))
    return say("filled without a gap for {days} days", days=AHEAD.days) if plan.rotas else _UNNEEDED


def _needs_told(around: Surroundings, unit: Unit, plan: Plan, post: str) -> Iterator[Sentence]:
    """Say how many people the post needs, what raises it, and where the leader must be."""
    yield say("Every stretch with fewer people than needed is a gap, exact to the second (国汛〔2009〕6号).")
    for need in plan.settings.needs:
        if need.post == post:
            yield say("In season {count} at every moment.", count=need.needed)
    for raised in plan.settings.level_needs:
        if raised.post == post:
            yield say("Under {level}: {count}.", level=Level(raised.level).word, count=raised.needed)
    held = around.view.get(Post, post)
    if held is not None and held.kind is PostKind.LEADER:
        presence = leader_presence(around.view, unit.id, around.at, around.zone)
        yield from (say("Leader on site: {reason}.", reason=reason) for reason in presence.reasons)


def _rota(around: Surroundings, unit: Unit, plan: Plan) -> Iterator[Line]:
    """Give the line of the rota as a whole: not known without posts and rota in season, amber before its end.

    An end after which the forecast sees no duty needed is none that anybody must mend.
    """
    seasons = seasons_in_time(around.view, unit.id, around.zone)
    missing = kinds_without_post(around.view, unit.id)
    signals: list[Signal] = []
    if not plan.rotas or missing:
        cause = say("who stands duty at {unit} is not known: no rota is published", unit=unit.name)
        act = say("publish a rota for {unit}", unit=unit.name)
        if missing:
            cause = say("{unit} has no post of the kind: {kind}", unit=unit.name, kind=missing[0].word)
            act = say("set up the duty posts of {unit} and publish a rota", unit=unit.name)
        signals = [
            Signal(colour=Colour.GREY, cause=cause, act=act, since=season.start, until=season.end) for season in seasons
        ]
    end = runs_out_at(plan)
    if end is not None and needs_of(plan, end, end + AHEAD):
        signals.append(
            Signal(
                colour=Colour.AMBER,
                cause=say("the rota ends at {time}", time=verbatim(local_time(end, around.zone))),
                act=say("publish a rota for {unit}", unit=unit.name),
                since=end - timedelta(days=plan.settings.gap_warning_days),
            )
        )
    yield Line(
        id=f"duty/rota/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.DUTY,
        subject=say("duty rota"),
        signals=tuple(signals),
        good=say("a rota is published") if plan.rotas else _UNNEEDED,
        explanation=(
            say("In season a leader and two officers stand duty at every moment (国汛〔2009〕6号)."),
            *rotas_told(plan, around.zone),
        ),
        opens=("duty.rotas", unit.id),
        evidence=rotas_of(plan),
    )


def _phones(around: Surroundings, unit: Unit, plan: Plan) -> Iterator[Line]:
    """Give the line of the phones of who stands duty: amber while somebody on or soon on duty cannot be relied on."""
    limit = organisation_settings(around.view).phone_verified_within_days
    act = say("call the people of {unit} and record it", unit=unit.name)
    signals: list[Signal] = []
    near, rounds = _roster(around, plan).near, list(around.view.find(CallRound, unit=unit.id))
    for person, stretches in near.items():
        held = around.view.get(Person, person)
        phone = first_phone(held) if held is not None else None
        told = verbatim(person_name(around.view, person))
        old_from = BEGINNING
        if phone is None:
            cause = say("{person} stands duty and has no phone", person=told)
        else:
            cause = say("the phone of {person}, who stands duty, is not verified", person=told)
            if phone.verified_on is not None:
                old_from = start_of(good_until(phone.verified_on, limit) + timedelta(days=1), around.zone)
        for low, high in stretches:
            if max(low, old_from) < high:
                signals.append(Signal(colour=Colour.AMBER, cause=cause, act=act, since=max(low, old_from), until=high))
    yield Line(
        id=f"duty/phones/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DUTY,
        subject=say("phones of who stands duty"),
        signals=tuple(signals),
        good=say_many("each reached within {count} day", "each reached within {count} days", limit),
        explanation=tuple(phones_told(around.view, near, limit, rounds, around.zone)),
        opens=("duty.call_rounds", unit.id),
        evidence=calls_of(near, last_round(rounds)),
    )


def _gap(around: Surroundings, unit: Unit, plan: Plan, name: str, gap: Gap) -> Iterator[Signal]:
    """Give the signals of a gap: red while it lasts, amber for the days before."""
    cause = _short(around, name, gap)
    if gap.reason in (GapReason.ROTA_ENDED, GapReason.NO_ROTA):
        act = say("publish a rota for {unit}", unit=unit.name)
    else:
        act = say("fill the post {post} of {unit}", post=name, unit=unit.name)
    until = gap.end if gap.end < ENDLESS else None
    yield Signal(colour=Colour.RED, cause=cause, act=act, since=gap.start, until=until)
    if gap.start > BEGINNING:
        warned: datetime = gap.start - timedelta(days=plan.settings.gap_warning_days)
        yield Signal(colour=Colour.AMBER, cause=cause, act=act, since=warned, until=gap.start)


def _short(around: Surroundings, name: str, gap: Gap) -> Sentence:
    told = {"post": name, "reason": gap_cause(around.view, gap, around.zone)}
    start = verbatim(local_time(gap.start, around.zone)) if gap.start > BEGINNING else None
    end = verbatim(local_time(gap.end, around.zone)) if gap.end < ENDLESS else None
    match start, end:
        case None, None:
            return say("{post} is short: {reason}", **told)
        case None, _:
            return say("{post} is short until {end}: {reason}", end=end, **told)
        case _, None:
            return say("{post} is short from {start} on: {reason}", start=start, **told)
    return say("{post} is short from {start} to {end}: {reason}", start=start, end=end, **told)


def _handover(around: Surroundings, unit: Unit, plan: Plan) -> Iterator[Line]:
    handovers = list(around.view.find(Handover, unit=unit.id))
    due = first_unsigned(plan, handovers)
    signals: list[Signal] = []
    if due is not None:
        signals.append(
            Signal(
                colour=Colour.AMBER,
                cause=say("the handover of {time} is not signed", time=verbatim(local_time(due, around.zone))),
                act=say("hand over and sign on both sides at {unit}", unit=unit.name),
                since=due + timedelta(minutes=plan.settings.handover_late_minutes),
            )
        )
    yield Line(
        id=f"duty/handover/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DUTY,
        subject=say("handover"),
        signals=tuple(signals),
        good=say("signed by both sides")
        if any(one.completed_at for one in handovers)
        else say("none is due to be signed"),
        explanation=tuple(handovers_told(around.view, plan, handovers, around.zone)),
        opens=("duty.handovers", unit.id),
        evidence=handovers_of(handovers),
    )


def _checks(id: str, around: Surroundings) -> Iterator[Line]:
    unit = around.view.get(Unit, id)
    if unit is None:
        return
    checks = list(around.view.find(PostCheck, unit=unit.id))
    missed = [check for check in checks if check.missed and not check.explanation]
    signals = tuple(
        Signal(
            colour=Colour.AMBER,
            cause=say("the post check of {time} was missed", time=verbatim(local_time(check.at, around.zone))),
            act=say("have the head of {unit} explain it in writing", unit=unit.name),
            since=check.at,
        )
        for check in missed
    )
    yield Line(
        id=f"duty/checks/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DUTY,
        subject=say("post checks"),
        signals=signals,
        good=say("no check is unexplained"),
        explanation=tuple(checks_told(around.view, checks, around.zone)),
        opens=("duty.post_checks", unit.id),
        evidence=checks_of(checks),
    )
