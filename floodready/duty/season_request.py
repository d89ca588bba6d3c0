"""What the generator is asked for one post of a unit, from the store; and its proposal as a rota."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.duty.change_hours import change_hours
from floodready.duty.fairness import WHOLE_TURN, TimeClass, pieces
from floodready.duty.models import DutySettings, FixedTurn, Leave, Rota, Wish
from floodready.duty.plan import Plan
from floodready.duty.proposal import Proposal, Request, Slot
from floodready.duty.publishing import refuse_past, rota_with_turns
from floodready.duty.resolver import Span, Timeline, timeline
from floodready.duty.roster import plan_of, qualified
from floodready.duty.turns import instant_of
from floodready.duty.why import Cause, Why
from floodready.organisation.lookup import require_post
from floodready.store.contract import View

_LAST_SEASON = timedelta(days=365)


def request_of(
    view: View, unit: str, post: str, start: datetime, until: datetime, seats: int | None, zone: ZoneInfo, now: datetime
) -> Request:
    """Gather people, leave, wishes, last season's turns and the published rota for daily turns in [start, until).

    Without `seats` a turn has as many people as the unit's figures ask for. Raises Refused for a post that is not the
    unit's, and for a time that is past: it could not be published.
    """
    require_post(view, post, unit)
    plan = plan_of(view, unit, zone)
    refuse_past(plan.rotas, start, now)
    slots = _slots(plan, post, start, until)
    names = {person.id: person.name for person in qualified(view, unit, post)}
    people = tuple(sorted(names))
    away: dict[str, list[tuple[datetime, datetime]]] = {}
    for leave in view.all(Leave):
        if not leave.withdrawn:
            away.setdefault(leave.person, []).append((leave.from_at, leave.until_at))
    days = {(wish.person, wish.on) for wish in view.all(Wish) if not wish.withdrawn}
    return Request(
        slots=slots,
        seats=seats or seats_needed(plan.settings, post),
        people=people,
        rest=timedelta(hours=plan.settings.rest_hours),
        away=away,
        wishes=frozenset(
            (person, number)
            for number, slot in enumerate(slots)
            for person in people
            if (person, local_day(slot.start, zone)) in days
        ),
        history=_history(plan, post, start),
        published=_published(timeline(plan, start, until), post, slots),
        names=names,
    )


def seats_needed(settings: DutySettings, post: str) -> int:
    """Give how many people a post needs by the unit's figures; one where they say nothing of it."""
    return next((need.needed for need in settings.needs if need.post == post), 0) or 1


def rota_of(view: View, unit: str, post: str, request: Request, proposal: Proposal) -> Rota:
    """Give the proposal as a rota: its turns, beside what the rota in force then says of other posts."""
    turns = tuple(
        FixedTurn(post=post, people=people, from_at=slot.start, until_at=slot.end)
        for slot, people in zip(request.slots, proposal.people, strict=True)
    )
    return rota_with_turns(list(view.find(Rota, unit=unit)), unit, turns)


def _slots(plan: Plan, post: str, start: datetime, until: datetime) -> tuple[Slot, ...]:
    """Cut [start, until) into turns at the handover times of the post."""
    times = change_hours(plan, post, start).times
    day, last = local_day(start, plan.zone), local_day(until, plan.zone)
    edges = {start, until}
    while day <= last:
        edges.update(instant_of(day, moment, plan.zone) for moment in times)
        day += timedelta(days=1)
    marks = sorted(edge for edge in edges if start <= edge <= until)
    return tuple(
        Slot(start=low, end=high, time_class=_class(plan, Span(low, high, post, "", Why(Cause.TABLE, ""))))
        for low, high in pairwise(marks)
    )


def _class(plan: Plan, span: Span) -> TimeClass:
    return pieces(span, plan.zone, plan.calendar, plan.settings)[0][0]


def _history(plan: Plan, post: str, start: datetime) -> dict[tuple[str, TimeClass], int]:
    since = start - _LAST_SEASON
    spans = timeline(plan, since - WHOLE_TURN, start + WHOLE_TURN).spans
    begun = [span for span in spans if span.post == post and since <= span.start < start]
    return dict(Counter((span.person, _class(plan, span)) for span in begun))


def _published(line: Timeline, post: str, slots: tuple[Slot, ...]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    numbers = {slot.start: number for number, slot in enumerate(slots)}
    for span in line.spans:
        if span.post == post and span.start in numbers:
            found.setdefault(numbers[span.start], set()).add(span.person)
    return {number: frozenset(people) for number, people in found.items()}
