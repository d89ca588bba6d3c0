"""What duty owes readiness: every post filled now and ahead, a rota that lasts, handovers and post checks done.

Who could be needed tomorrow is known today, so each line holds for the coming year, whatever the instant asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time
from floodready.duty.coverage import Gap, GapReason, gaps
from floodready.duty.handover import first_unsigned
from floodready.duty.models_shift import Handover, PostCheck
from floodready.duty.plan import Plan
from floodready.duty.roster import plan_of, units_with_duty
from floodready.duty.views import gap_cause, post_name
from floodready.language import say, verbatim
from floodready.organisation.models import Unit
from floodready.readiness.evidence import start_of
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal

if TYPE_CHECKING:
    from floodready.readiness.gathering import Surroundings

_AHEAD = timedelta(days=400)
_RULE = say("Every stretch with fewer people than needed is a gap, exact to the second (国汛〔2009〕6号).")


def lines(around: Surroundings) -> Iterator[Line]:
    """Give each unit's lines: its posts (A), its handover (B) and its post checks (B)."""
    # A gap that began yesterday is told with its true beginning, and all day in the same words.
    since = start_of(local_day(around.at, around.zone) - timedelta(1), around.zone)
    for unit in units_with_duty(around.view):
        plan = plan_of(around.view, unit.id, around.zone)
        found = gaps(plan, since, since + _AHEAD)
        for need in plan.settings.needs:
            yield _post(around, unit, plan, need.post, [gap for gap in found if gap.post == need.post])
        yield _handover(around, unit, plan)
        yield _checks(around, unit)


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
        good=say("filled without a gap for {days} days", days=_AHEAD.days),
        explanation=(
            say("Every stretch with fewer people than needed is a gap, exact to the second (国汛〔2009〕6号)."),
        ),
        opens=("duty.rotas", unit.id),
    )


def _gap(around: Surroundings, unit: Unit, plan: Plan, name: str, gap: Gap) -> Iterator[Signal]:
    """Give the signals of a gap: red while it lasts, amber for the days before."""
    cause = say(
        "{post} is short from {start} to {end}: {reason}",
        post=name,
        start=verbatim(local_time(gap.start, around.zone)),
        end=verbatim(local_time(gap.end, around.zone)),
        reason=gap_cause(around.view, gap, around.zone),
    )
    if gap.reason in (GapReason.ROTA_ENDED, GapReason.NO_ROTA):
        act = say("publish a rota for {unit}", unit=unit.name)
    else:
        act = say("fill the post {post} of {unit}", post=name, unit=unit.name)
    warned: datetime = gap.start - timedelta(days=plan.settings.gap_warning_days)
    yield Signal(colour=Colour.RED, cause=cause, act=act, since=gap.start, until=gap.end)
    yield Signal(colour=Colour.AMBER, cause=cause, act=act, since=warned, until=gap.start)


def _handover(around: Surroundings, unit: Unit, plan: Plan) -> Line:
    due = first_unsigned(plan, around.view.find(Handover, unit=unit.id))
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
    return Line(
        id=f"duty/handover/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DUTY,
        subject=say("handover"),
        signals=tuple(signals),
        good=say("signed by both sides"),
        opens=("duty.handovers", unit.id),
    )


def _checks(around: Surroundings, unit: Unit) -> Line:
    missed = [check for check in around.view.find(PostCheck, unit=unit.id) if check.missed and not check.explanation]
    signals = tuple(
        Signal(
            colour=Colour.AMBER,
            cause=say("the post check of {time} was missed", time=verbatim(local_time(check.at, around.zone))),
            act=say("have the head of {unit} explain it in writing", unit=unit.name),
            since=check.at,
        )
        for check in missed
    )
    return Line(
        id=f"duty/checks/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DUTY,
        subject=say("post checks"),
        signals=signals,
        good=say("no check is unexplained"),
        opens=("duty.post_checks", unit.id),
    )
