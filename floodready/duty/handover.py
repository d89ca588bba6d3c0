"""What a handover goes through and when it is due: the last boundary of the roster, the shift before it, loose ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from floodready.duty.models_shift import FollowUp, FollowUpState, Handover
from floodready.duty.plan import ENDLESS, Plan
from floodready.duty.resolver import Span, timeline
from floodready.duty.whole_turns import REACHES, turn_hours
from floodready.frozen import replace
from floodready.organisation.models import Person
from floodready.store.contract import View

_LOOK_BACK = timedelta(days=40)
_MOMENT = timedelta(seconds=1)


def last_boundary(plan: Plan, at: datetime) -> datetime | None:
    """Give the last instant up to `at` at which somebody took over from somebody by the plan, UTC, or None."""
    return max(_taken_over(plan, at - _LOOK_BACK, at + timedelta(seconds=1)), default=None)


def _taken_over(plan: Plan, start: datetime, end: datetime) -> set[datetime]:
    """Give the handover hours in [start, end) at which somebody takes over from somebody else.

    Where all go on as before (a rota was edited around them, one person stands two turns) nothing is handed over. Nor
    is it where the plan itself was changed in the midst of a turn: the shift goes on to its hour in other hands.
    """
    planned = timeline(replace(plan, stood=()), start, end).spans
    ended: dict[datetime, set[tuple[str, str]]] = defaultdict(set)
    for span in planned:
        ended[span.end].add((span.post, span.person))
    taken = {s.start for s in planned if s.start in ended and (s.post, s.person) not in ended[s.start]}
    return taken & {begun for _, begun in turn_hours(plan, min(taken), end)} if taken else taken


def shift_start(plan: Plan, due: datetime, done: Iterable[Handover]) -> datetime:
    """Give the instant from which the shift that ends at `due` has stood: the last handover's, or its own start."""
    handed = [held.due_at for held in done if held.completed_at is not None and held.due_at < due]
    if handed:
        return max(handed)
    planned = timeline(replace(plan, stood=()), due - _LOOK_BACK, due).spans
    ending = [(span.post, span.start) for span in planned if span.end == due]
    # A turn whose plan was changed in its midst ends in other hands than it began in: it counts from its hour.
    begun = dict(sorted(turn_hours(plan, due - _LOOK_BACK, due)))
    return min((min(start, begun.get(post, start)) for post, start in ending), default=due)


def stood_by(plan: Plan, since: datetime, due: datetime) -> tuple[Sequence[Span], Sequence[Span]]:
    """Give the spans of the outgoing shift [since, due) and who comes on at `due`."""
    return timeline(plan, since, due).spans, timeline(plan, due, due + timedelta(seconds=1)).at(due)


def open_items(view: View, unit: str) -> list[FollowUp]:
    """Give a unit's follow-ups that are not done, the one due first at the head."""
    found = [item for item in view.find(FollowUp, unit=unit) if item.state is not FollowUpState.DONE]
    return sorted(found, key=lambda item: (item.due_at or ENDLESS, item.id))


def loose_ends(view: View, unit: str) -> list[FollowUp]:
    """Give the open items that lack owner, state or due time: no handover is completed over them.

    Somebody who has left the office owns nothing any more.
    """
    there = {person.id for person in view.all(Person) if person.active}
    return [
        item for item in open_items(view, unit) if item.owner not in there or item.due_at is None or item.state is None
    ]


def first_unsigned(plan: Plan, handovers: Iterable[Handover]) -> datetime | None:
    """Give the first handover instant, UTC, after the last completed handover (past or to come); None without a rota.

    Where none was ever completed it is the first instant at which somebody takes over from somebody.
    """
    signed = [held.due_at for held in handovers if held.completed_at is not None]
    after = max(signed, default=None) or min((rota.since_at for rota in plan.rotas), default=None)
    if after is None:
        return None
    # A rota may have ended long before the next one begins, a season later: each is looked through from its beginning.
    held = (*plan.rotas_in_order(), *plan.temporary_windows())
    lows = sorted({after if since <= after else since - _MOMENT for _, since, until in held if until > after})
    for low in lows:
        for reach in REACHES:
            found = min((moment for moment in _taken_over(plan, low, low + reach) if moment > after), default=None)
            if found is not None:
                return found
    return None
