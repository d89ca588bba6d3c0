"""The one resolver: who stands which post when, and why. Everything that shows duty is a view of its timeline.

Precedence: recorded duty (a fact) > temporary rota > override > swap > rotation. Leave and leaving the office take a
person off whatever put them on, and the place stays empty with that reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from floodready.duty.models import FixedTurn, Override, OverrideKind, Rota, Rotation, SwapState, TemporaryRota
from floodready.duty.plan import ENDLESS, Plan
from floodready.duty.turns import turns
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say


class Cause(StrEnum):
    """What put a person on a post."""

    ROTATION = "rotation"
    TABLE = "table"
    SWAP = "swap"
    OVERRIDE = "override"
    TEMPORARY = "temporary"
    LEVEL = "level"
    STOOD = "stood"

    @property
    def word(self) -> Sentence:
        """The cause in the reader's language."""
        return _CAUSES[self]


_CAUSES = {
    Cause.ROTATION: say("rotation"),
    Cause.TABLE: say("duty table"),
    Cause.SWAP: say("swap"),
    Cause.OVERRIDE: say("override"),
    Cause.TEMPORARY: say("temporary rota"),
    Cause.LEVEL: say("response level"),
    Cause.STOOD: say("recorded duty"),
}


@frozen_in_order
class Why:
    """The reason for a span: its cause, the rotation and turn beneath it, and the documents that changed it."""

    cause: Cause
    source: str
    """The name of the rotation, or the id of the rota or temporary rota or handover."""
    number: int = 0
    """The turn's number in its rotation or table."""
    changed_by: tuple[str, ...] = ()
    """The ids of the swaps and overrides applied, in the order of their effect."""


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
        """Give who is on duty at an instant; at the exact hand-over it is the incoming person."""
        return tuple(span for span in self.spans if span.start <= instant < span.end)


@frozen_in_order
class _Seat:
    person: str
    why: Why


class _LegInForce(NamedTuple):
    asked_at: datetime
    swap: str
    start: datetime
    end: datetime
    giver: str
    taker: str
    over: str | None


@dataclass(slots=True)
class _Layer:
    """Base turns of one rota with the exceptions that speak of that rota."""

    over: str | None
    start: datetime
    end: datetime
    posts: dict[str, list[tuple[datetime, datetime, tuple[str, ...], Why]]]


def timeline(plan: Plan, start: datetime, end: datetime) -> Timeline:
    """Resolve a unit's duty over [start, end), UTC. Raises nothing: without a rota the timeline is empty."""
    if start >= end:
        return Timeline(start, end, (), ())
    layers = [*_regular(plan, start, end), *_temporary(plan, start, end)]
    spans: list[Span] = []
    absences: list[Absence] = []
    used: set[str] = set()
    away = _away(plan)
    posts = sorted({post for layer in layers for post in layer.posts} | {o.post for o in plan.overrides})
    for post in posts:
        _resolve_post(plan, layers, post, (start, end), away, spans, absences, used)
    spans = _with_stood(plan, start, end, spans)
    order = sorted(_merged(spans), key=lambda span: (span.start, span.post, span.person, span.end))
    idle = sorted(
        o.id for o in plan.overrides if not o.withdrawn and o.id not in used and o.from_at < end and o.until_at > start
    )
    return Timeline(start, end, tuple(order), tuple(_merged_absences(absences)), tuple(idle))


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


def _base(
    plan: Plan, rota: Rota | TemporaryRota, low: datetime, high: datetime, cause: Cause
) -> dict[str, list[tuple[datetime, datetime, tuple[str, ...], Why]]]:
    found: dict[str, list[tuple[datetime, datetime, tuple[str, ...], Why]]] = defaultdict(list)
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
    plan: Plan,
    layers: list[_Layer],
    post: str,
    horizon: tuple[datetime, datetime],
    away: Mapping[str, Sequence[tuple[datetime, datetime, Lack]]],
    spans: list[Span],
    absences: list[Absence],
    used: set[str],
) -> None:
    """Cut the post's time wherever anything begins or ends, and decide each piece by itself."""
    start, end = horizon
    base = [(*item, layer.over) for layer in layers for item in layer.posts.get(post, ())]
    replacing = [
        (layer.start, layer.end)
        for layer in layers
        if layer.over is not None and post in layer.posts and not _beside(plan, layer.over)
    ]
    overrides = [o for o in plan.overrides if o.post == post and not o.withdrawn]
    overrides.sort(key=lambda o: (o.made_at, o.id))
    legs = sorted(
        _LegInForce(swap.asked_at, swap.id, leg.from_at, leg.until_at, leg.giver, leg.taker, swap.over)
        for swap in plan.swaps
        if swap.state is SwapState.EFFECTIVE
        for leg in swap.legs
        if leg.post == post
    )
    if not (overrides or legs or replacing or any(p in away for item in base for p in item[2])):
        _take_as_planned(post, base, spans, absences)
        return
    edges = {start, end}
    for low, high in (
        *((item[0], item[1]) for item in base),
        *replacing,
        *((o.from_at, o.until_at) for o in overrides),
        *((leg.start, leg.end) for leg in legs),
        *((low, high) for stretches in away.values() for low, high, _ in stretches),
    ):
        edges.update(edge for edge in (low, high) if start < edge < end)
    marks = sorted(edges)
    base_at = _by_piece(marks, base)
    overrides_at = _by_piece(marks, [(o.from_at, o.until_at, o) for o in overrides])
    legs_at = _by_piece(marks, [(leg.start, leg.end, leg) for leg in legs])
    replaced_at = _by_piece(marks, replacing)
    for place, (low, high) in enumerate(pairwise(marks)):
        temporary_only = bool(replaced_at[place])
        for over in sorted({item[4] for item in base_at[place]} | {None}, key=lambda key: key or ""):
            if over is None and temporary_only:
                continue
            seats = [_Seat(p, item[3]) for item in base_at[place] if item[4] == over for p in item[2]]
            absences.extend(
                Absence(low, high, post, "", Lack.VACANT) for item in base_at[place] if item[4] == over and not item[2]
            )
            seats = _swapped(seats, [leg for _, _, leg in legs_at[place] if leg.over == over])
            seats, removed = _overridden(seats, [o for _, _, o in overrides_at[place] if o.over == over], used)
            absences.extend(Absence(low, high, post, person, Lack.REMOVED) for person in removed)
            for seat in seats:
                lack = _lack(away.get(seat.person, ()), low)
                if lack is None:
                    spans.append(Span(low, high, post, seat.person, seat.why))
                else:
                    absences.append(Absence(low, high, post, seat.person, lack))


def _take_as_planned(
    post: str,
    base: Iterable[tuple[datetime, datetime, tuple[str, ...], Why, str | None]],
    spans: list[Span],
    absences: list[Absence],
) -> None:
    """Take the turns of a post that nothing departs from: most posts at most times, hence worth the short way."""
    for low, high, people, why, _ in base:
        spans.extend([Span(low, high, post, person, why) for person in people])
        if not people:
            absences.append(Absence(low, high, post, "", Lack.VACANT))


def _by_piece(marks: list[datetime], items: list[tuple]) -> list[list[tuple]]:  # type: ignore[type-arg] # three shapes
    """Sort items that begin with (start, end) into the pieces between marks that they cover."""
    from bisect import bisect_left

    found: list[list[tuple]] = [[] for _ in marks]  # type: ignore[type-arg] # three shapes
    last = len(marks) - 1
    for item in items:
        first = bisect_left(marks, item[0])
        for place in range(first, min(bisect_left(marks, item[1]), last)):
            found[place].append(item)
    return found


def _beside(plan: Plan, over: str) -> bool:
    return any(rota.id == over and rota.beside for rota in plan.temporary)


def _swapped(seats: list[_Seat], legs: list[_LegInForce]) -> list[_Seat]:
    """Let each leg move the seat of its giver to its taker, until no leg that is left finds its giver on duty.

    The legs are in the order in which they were asked; a leg asked before the one it rests on is tried again after it.
    """
    left = list(legs)
    moved = True
    while moved and left:
        moved = False
        for leg in list(left):
            place = next((n for n, seat in enumerate(seats) if seat.person == leg.giver), None)
            if place is not None:
                why = seats[place].why
                changed = replace(why, cause=Cause.SWAP, changed_by=(*why.changed_by, leg.swap))
                seats[place] = _Seat(leg.taker, changed)
                left.remove(leg)
                moved = True
    return seats


def _overridden(seats: list[_Seat], overrides: Iterable[Override], used: set[str]) -> tuple[list[_Seat], list[str]]:
    removed: list[str] = []
    for override in overrides:
        place = next((n for n, seat in enumerate(seats) if seat.person == override.person), None)
        if override.kind is OverrideKind.ADD and override.by is not None:
            if any(seat.person == override.by for seat in seats):
                continue
            seats.append(_Seat(override.by, Why(Cause.OVERRIDE, override.id, 0, (override.id,))))
        elif place is None:
            continue
        elif override.kind is OverrideKind.REPLACE and override.by is not None:
            why = seats[place].why
            changed = replace(why, cause=Cause.OVERRIDE, changed_by=(*why.changed_by, override.id))
            seats[place] = _Seat(override.by, changed)
        else:
            removed.append(seats.pop(place).person)
        used.add(override.id)
    return seats, removed


def _away(plan: Plan) -> Mapping[str, Sequence[tuple[datetime, datetime, Lack]]]:
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
