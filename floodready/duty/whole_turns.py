"""Turns as people read them: whole, also where the plan changed or a handover was signed in their midst.

The resolver parts a turn where its reason changes, since gaps, rest and records need each piece's own reason. Whoever
asks who is on, and until when, means the turn: from the hour at which it was taken over to the hour of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from floodready.duty.models import Rota, TemporaryRota
from floodready.duty.plan import Plan
from floodready.duty.resolver import Span, timeline
from floodready.duty.turns import turns
from floodready.frozen import replace

REACHES = (timedelta(days=3), timedelta(days=40), timedelta(days=400))
"""How far a next turn is looked for: most rosters change hands within days, and resolving them is what costs.

Turns of months do later.
"""


def whole_turns(plan: Plan, start: datetime, end: datetime, at: datetime | None = None) -> tuple[Span, ...]:
    """Give the spans of [start, end), UTC, in order, with pieces of one turn joined.

    Pieces are of one turn where they touch, are of one person on one post, and no turn of that post begins at the seam.
    A joined turn has the reason that holds at `at`; where it holds at no part of it, that of its last piece.
    Raises nothing.
    """
    spans = timeline(plan, start, end).spans
    ended = {(span.post, span.person, span.end) for span in spans}
    if not any((span.post, span.person, span.start) in ended for span in spans):
        return spans
    hours = set(turn_hours(plan, start, end))
    found: dict[tuple[str, str], Span] = {}
    done: list[Span] = []
    for span in spans:
        key = (span.post, span.person)
        before = found.get(key)
        if before is not None and before.end == span.start and (span.post, span.start) not in hours:
            holds_before = at is not None and before.start <= at < before.end
            found[key] = replace(before, end=span.end, why=before.why if holds_before else span.why)
            continue
        if before is not None:
            done.append(before)
        found[key] = span
    return tuple(sorted([*done, *found.values()], key=lambda span: (span.start, span.post, span.person, span.end)))


def turn_hours(plan: Plan, start: datetime, end: datetime) -> Iterator[tuple[str, datetime]]:
    """Give post and instant, UTC, of every turn that begins in [start, end), by the rota that holds then."""
    held: list[tuple[Rota | TemporaryRota, datetime, datetime]] = [*plan.rotas_in_order(), *plan.temporary_windows()]
    for rota, since, until in held:
        low, high = max(start, since), min(end, until)
        for rotation in rota.rotations:
            for turn in turns(rotation, low, high, plan.zone, plan.calendar):
                if turn.start >= low:
                    yield rotation.post, turn.start
        for fixed in rota.turns:
            if low <= fixed.from_at < high:
                yield fixed.post, fixed.from_at
