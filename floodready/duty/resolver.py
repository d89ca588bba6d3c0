"""The one resolver: who stands which post when, and why. Everything that shows duty is a view of its timeline.

Precedence: recorded duty (a fact) > temporary rota > override > swap > rotation. Leave and leaving the office take a
person off whatever put them on, and the place stays empty with that reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from floodready.duty.models import FixedTurn, Override, Rota, Rotation, SwapState, TemporaryRota
from floodready.duty.plan import ENDLESS, Plan
from floodready.duty.seats import LegInForce, Seat, overridden, swapped
from floodready.duty.turns import turns
from floodready.duty.why import Cause, Why
from floodready.frozen import frozen_in_order, replace


@frozen_in_order
class Span:
    """One person on one post, half-open [start, end), UTC."""

    start: datetime
    end: datetime
    post: str
    person: str
    why: Why


class Lack(StrEnum):
    """Why a place is empty."""

    LEAVE = "leave"
    LEFT = "left"
    REMOVED = "removed"
    VACANT = "vacant"


@frozen_in_order
class Absence:
    """Who would stand a post and does not, half-open [start, end), UTC; `person` is empty for a vacant place."""

    start: datetime
    end: datetime
    post: str
    person: str
    lack: Lack


@frozen_in_order
class Timeline:
    """The answer of the resolver for [start, end): spans and absences in order of time, and what had no effect."""

    start: datetime
    end: datetime
    spans: tuple[Span, ...]
    absences: tuple[Absence, ...]
    without_effect: tuple[str, ...] = ()
    """The ids of overrides that overlap the stretch and change nothing in it."""

    def at(self, instant: datetime) -> tuple[Span, ...]:
        """Give who is on duty at an instant; at the exact handover it is the incoming person."""
        return tuple(span for span in self.spans if span.start <= instant < span.end)


_Stretch = TypeVar("_Stretch", bound=tuple[Any, ...])
"""Something that begins with its start and end."""
_Turns = dict[str, list[tuple[datetime, datetime, tuple[str, ...], Why]]]
_Away = Mapping[str, Sequence[tuple[datetime, datetime, Lack]]]
"""For each person the stretches without duty."""


@frozen_in_order
class _Layer:
    """Base turns of one rota, by post; `over` names the temporary rota, None the regular one."""

    over: str | None
    start: datetime
    end: datetime
    posts: _Turns


class _Planned(NamedTuple):
    """A turn of one post, and the temporary rota it belongs to."""

    start: datetime
    end: datetime
    people: tuple[str, ...]
    why: Why
    over: str | None


class _Departures(NamedTuple):
    """What departs from the turns of one post: stretches of temporary rotas, and changes in order of their effect."""

    replacing: list[tuple[datetime, datetime]]
    overrides: list[Override]
    legs: list[LegInForce]


@frozen_in_order
class _Found:
    """What the posts' pieces were decided to be; `used` are the overrides that had an effect."""

    spans: list[Span]
    absences: list[Absence]
    used: set[str]


def timeline(plan: Plan, start: datetime, end: datetime) -> Timeline:
    """Resolve a unit's duty over [start, end), UTC. Raises nothing: without a rota the timeline is empty."""
    if start >= end:
        return Timeline(start, end, (), ())
    layers = [*_regular(plan, start, end), *_temporary(plan, start, end)]
    found = _Found([], [], set())
    away = _away(plan)
    posts = sorted({post for layer in layers for post in layer.posts} | {o.post for o in plan.overrides})
    for post in posts:
        _resolve_post(plan, layers, post, (start, end), away, found)
    spans = _with_stood(plan, start, end, found.spans)
    order = sorted(_merged(spans), key=lambda span: (span.start, span.post, span.person, span.end))
    inside = (o for o in plan.overrides if not o.withdrawn and o.from_at < end and o.until_at > start)
    idle = sorted(o.id for o in inside if o.id not in found.used)
    return Timeline(start, end, tuple(order), tuple(_merged_absences(found.absences)), tuple(idle))


def on_duty(plan: Plan, at: datetime) -> tuple[Span, ...]:
    """Tell who is on duty at an instant: the timeline of that one second, each span as long as one look shows."""
    return timeline(plan, at, at + timedelta(seconds=1)).at(at)


def _regular(plan: Plan, start: datetime, end: datetime) -> Iterator[_Layer]:
    for rota, since, until in plan.rotas_in_order():
        low, high = max(start, since), min(end, until)
        if low < high:
            yield _Layer(None, low, high, _base(plan, rota, low, high, Cause.ROTATION))


def _temporary(plan: Plan, start: datetime, end: datetime) -> Iterator[_Layer]:
    for rota, since, until in sorted(plan.temporary_windows(), key=lambda item: item[0].id):
        low, high = max(start, since), min(end, until)
        if low < high:
            cause = Cause.LEVEL if rota.levels else Cause.TEMPORARY
            yield _Layer(rota.id, low, high, _base(plan, rota, low, high, cause))


def _base(plan: Plan, rota: Rota | TemporaryRota, low: datetime, high: datetime, cause: Cause) -> _Turns:
    found: _Turns = defaultdict(list)
    for rotation in rota.rotations:
        found[rotation.post].extend(_turns_of(plan, rotation, low, high, cause))
    table = Cause.TABLE if cause is Cause.ROTATION else cause
    for number, turn in enumerate(rota.turns):
        if turn.from_at < high and turn.until_at > low:
            found[turn.post].append((*_cut(turn, low, high), turn.people, Why(table, rota.id, number)))
    return found


def _turns_of(
    plan: Plan, rotation: Rotation, low: datetime, high: datetime, cause: Cause
) -> Iterator[tuple[datetime, datetime, tuple[str, ...], Why]]:
    for turn in turns(rotation, low, high, plan.zone, plan.calendar):
        why = Why(cause, rotation.name, turn.number)
        yield max(turn.start, low), min(turn.end, high), turn.people, why


def _cut(turn: FixedTurn, low: datetime, high: datetime) -> tuple[datetime, datetime]:
    return max(turn.from_at, low), min(turn.until_at, high)


def _resolve_post(
    plan: Plan, layers: list[_Layer], post: str, horizon: tuple[datetime, datetime], away: _Away, found: _Found
) -> None:
    """Cut the post's time wherever anything begins or ends, and decide each piece by itself."""
    base = [_Planned(*turn, layer.over) for layer in layers for turn in layer.posts.get(post, ())]
    depart = _departures(plan, layers, post)
    if not (any(depart) or any(person in away for turn in base for person in turn.people)):
        _take_as_planned(post, base, found)
        return
    marks = _marks(horizon, base, depart, away)
    base_at = _by_piece(marks, base)
    overrides_at = _by_piece(marks, [(o.from_at, o.until_at, o) for o in depart.overrides])
    legs_at = _by_piece(marks, [(leg.start, leg.end, leg) for leg in depart.legs])
    replaced_at = _by_piece(marks, depart.replacing)
    for place, piece in enumerate(pairwise(marks)):
        for over in sorted({turn.over for turn in base_at[place]} | {None}, key=lambda key: key or ""):
            if over is None and replaced_at[place]:
                continue
            legs = [leg for _, _, leg in legs_at[place] if leg.over == over]
            overrides = [o for _, _, o in overrides_at[place] if o.over == over]
            _decide(post, piece, [turn for turn in base_at[place] if turn.over == over], legs, overrides, away, found)


def _departures(plan: Plan, layers: list[_Layer], post: str) -> _Departures:
    replacing = [
        (layer.start, layer.end)
        for layer in layers
        if layer.over is not None and post in layer.posts and not _beside(plan, layer.over)
    ]
    overrides = [o for o in plan.overrides if o.post == post and not o.withdrawn]
    legs = (
        LegInForce(swap.asked_at, swap.id, leg.from_at, leg.until_at, leg.giver, leg.taker, swap.over)
        for swap in plan.swaps
        if swap.state is SwapState.EFFECTIVE
        for leg in swap.legs
        if leg.post == post
    )
    return _Departures(replacing, sorted(overrides, key=lambda o: (o.made_at, o.id)), sorted(legs))


def _marks(
    horizon: tuple[datetime, datetime], base: Iterable[_Planned], depart: _Departures, away: _Away
) -> list[datetime]:
    start, end = horizon
    edges = {start, end}
    for low, high in (
        *((turn.start, turn.end) for turn in base),
        *depart.replacing,
        *((o.from_at, o.until_at) for o in depart.overrides),
        *((leg.start, leg.end) for leg in depart.legs),
        *((low, high) for stretches in away.values() for low, high, _ in stretches),
    ):
        edges.update(edge for edge in (low, high) if start < edge < end)
    return sorted(edges)


def _decide(
    post: str,
    piece: tuple[datetime, datetime],
    base: Sequence[_Planned],
    legs: list[LegInForce],
    overrides: Sequence[Override],
    away: _Away,
    found: _Found,
) -> None:
    """Decide who stands a post for a piece of time in which nothing begins or ends, over one rota."""
    low, high = piece
    found.absences.extend(Absence(low, high, post, "", Lack.VACANT) for turn in base if not turn.people)
    seats = swapped([Seat(person, turn.why) for turn in base for person in turn.people], legs)
    seats, removed = overridden(seats, overrides, found.used)
    found.absences.extend(Absence(low, high, post, person, Lack.REMOVED) for person in removed)
    for seat in seats:
        lack = _lack(away.get(seat.person, ()), low)
        if lack is None:
            found.spans.append(Span(low, high, post, seat.person, seat.why))
        else:
            found.absences.append(Absence(low, high, post, seat.person, lack))


def _take_as_planned(post: str, base: Iterable[_Planned], found: _Found) -> None:
    """Take the turns of a post that nothing departs from: most posts at most times, hence worth the short way."""
    for low, high, people, why, _ in base:
        found.spans.extend([Span(low, high, post, person, why) for person in people])
        if not people:
            found.absences.append(Absence(low, high, post, "", Lack.VACANT))


def _by_piece(marks: list[datetime], items: Iterable[_Stretch]) -> list[list[_Stretch]]:
    """Sort items that begin with (start, end) into the pieces between marks that they cover."""
    from bisect import bisect_left

    found: list[list[_Stretch]] = [[] for _ in marks]
    last = len(marks) - 1
    for item in items:
        first = bisect_left(marks, item[0])
        for place in range(first, min(bisect_left(marks, item[1]), last)):
            found[place].append(item)
    return found


def _beside(plan: Plan, over: str) -> bool:
    return any(rota.id == over and rota.beside for rota in plan.temporary)


def _away(plan: Plan) -> _Away:
    """Give for each person the stretches without duty; leaving the office stands before any leave."""
    found: dict[str, list[tuple[datetime, datetime, Lack]]] = defaultdict(list)
    for person, at in plan.left.items():
        found[person].append((at, ENDLESS, Lack.LEFT))
    for leave in plan.leaves:
        if not leave.withdrawn:
            found[leave.person].append((leave.from_at, leave.until_at, Lack.LEAVE))
    return found


def _lack(away: Sequence[tuple[datetime, datetime, Lack]], at: datetime) -> Lack | None:
    return next((lack for low, high, lack in away if low <= at < high), None)


def _with_stood(plan: Plan, start: datetime, end: datetime, spans: list[Span]) -> list[Span]:
    """Put the recorded facts in the place of what was planned for the stretches they speak of."""
    facts = [duty for duty in plan.stood if duty.from_at < end and duty.until_at > start]
    if not facts:
        return spans
    covered = sorted({(duty.from_at, duty.until_at) for duty in facts})
    kept: list[Span] = []
    for span in spans:
        pieces = [(span.start, span.end)]
        for low, high in covered:
            pieces = [piece for part in pieces for piece in _outside(part, low, high)]
        kept.extend(replace(span, start=low, end=high) for low, high in pieces)
    for duty in facts:
        low, high = max(duty.from_at, start), min(duty.until_at, end)
        kept.append(Span(low, high, duty.post, duty.person, Why(Cause.STOOD, duty.handover)))
    return kept


def _outside(part: tuple[datetime, datetime], low: datetime, high: datetime) -> list[tuple[datetime, datetime]]:
    start, end = part
    pieces = [(start, min(end, low)), (max(start, high), end)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Join pieces of one person on one post for one reason that touch; drop the same person twice at once."""
    open_spans: dict[tuple[str, str], Span] = {}
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        key = (span.post, span.person)
        before = open_spans.get(key)
        if before is not None and before.end >= span.start and (before.why == span.why or before.end > span.start):
            open_spans[key] = replace(before, end=max(before.end, span.end))
            continue
        if before is not None:
            yield before
        open_spans[key] = span
    yield from open_spans.values()


def _merged_absences(absences: Iterable[Absence]) -> Iterator[Absence]:
    last: dict[tuple[str, str, Lack], Absence] = {}
    for absence in sorted(absences, key=lambda item: (item.start, item.post, item.person)):
        key = (absence.post, absence.person, absence.lack)
        before = last.get(key)
        if before is not None and before.end == absence.start:
            last[key] = replace(before, end=absence.end)
            continue
        if before is not None:
            yield before
        last[key] = absence
    yield from last.values()
