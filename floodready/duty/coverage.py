"""Coverage, exact: every stretch in which a post has fewer distinct people than it needs, with the reason.

A sweep over start and end instants; no grid, no tolerance. Rule: national duty rule 国汛〔2009〕6号, 24-hour duty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from floodready.duty.plan import ENDLESS, Plan, Window
from floodready.duty.resolver import Absence, Lack, Span, Timeline, timeline
from floodready.frozen import frozen, frozen_in_order

K = TypeVar("K")


class GapReason(StrEnum):
    """Why a post has fewer people than it needs."""

    NO_ROTA = "no rota"
    ROTA_ENDED = "rota ended"
    NOBODY = "nobody in rotation"
    LEAVE = "leave"
    LEFT = "left"
    REMOVED = "removed"
    TOO_FEW = "too few"


@frozen
class Need:
    """How many distinct people a post needs in [start, end), UTC."""

    post: str
    count: int
    start: datetime
    end: datetime


@frozen_in_order
class Shortfall:
    """A stretch [start, end), UTC, with fewer people than needed."""

    start: datetime
    end: datetime
    post: str
    needed: int
    present: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.needed - len(self.present)


@frozen_in_order
class Gap:
    """A shortfall with its reason; `people` are all who are on leave, have left or were taken off."""

    start: datetime
    end: datetime
    post: str
    needed: int
    present: tuple[str, ...]
    reason: GapReason
    people: tuple[str, ...] = ()
    since: datetime | None = None
    """When the rota ended, for that reason."""

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.needed - len(self.present)


@frozen_in_order
class Conflict:
    """One person in two places at once, [start, end), UTC: each place is (unit, post)."""

    start: datetime
    end: datetime
    person: str
    places: tuple[tuple[str, str], ...]


def shortfalls(spans: Iterable[Span], needs: Iterable[Need]) -> list[Shortfall]:
    """Sweep over spans and needs: every stretch where a post has fewer distinct people than it needs. O(n log n).

    Where several needs of a post overlap, the largest holds. Raises nothing: no spans are one shortfall a need.
    """
    events: dict[str, list[tuple[datetime, int, str, int]]] = defaultdict(list)
    for need in needs:
        if need.start < need.end and need.count > 0:
            events[need.post] += [(need.start, 1, "", need.count), (need.end, -1, "", need.count)]
    for span in spans:
        if span.start < span.end and span.post in events:
            events[span.post] += [(span.start, 1, span.person, 0), (span.end, -1, span.person, 0)]
    found = [short for post in sorted(events) for short in _sweep(post, sorted(events[post]))]
    return sorted(found, key=lambda short: (short.start, short.post))


def _sweep(post: str, events: Sequence[tuple[datetime, int, str, int]]) -> list[Shortfall]:
    # Plain dicts and a kept maximum: this loop is what a year of coverage costs.
    people: dict[str, int] = {}
    needed: dict[int, int] = {}
    wanted = 0
    found: list[Shortfall] = []
    for place, (at, step, person, count) in enumerate(events):
        if person:
            _count(people, person, step)
        else:
            _count(needed, count, step)
            wanted = max(needed, default=0)
        if len(people) < wanted:
            following = events[place + 1][0] if place + 1 < len(events) else at
            if following > at:
                _append(found, Shortfall(at, following, post, wanted, tuple(sorted(people))))
    return found


def _count(held: dict[K, int], key: K, step: int) -> None:
    left = held.get(key, 0) + step
    if left:
        held[key] = left
    else:
        del held[key]


def _append(found: list[Shortfall], short: Shortfall) -> None:
    before = found[-1] if found else None
    if before and (before.end, before.needed, before.present) == (short.start, short.needed, short.present):
        found[-1] = Shortfall(before.start, short.end, short.post, short.needed, short.present)
    else:
        found.append(short)


def needs_of(plan: Plan, start: datetime, end: datetime) -> list[Need]:
    """Give what a unit's posts need in [start, end): in season the unit's figures, raised while a level holds."""
    always = Window(start=start, end=end)
    windows = [always] if plan.settings.all_year else [w for s in plan.seasons if (w := s.cut(start, end))]
    found = [
        Need(post=need.post, count=need.needed, start=window.start, end=window.end)
        for window in windows
        for need in plan.settings.needs
    ]
    for level in plan.levels:
        window = Window(start=level.start, end=level.end).cut(start, end)
        if window is not None:
            found += [
                Need(post=need.post, count=need.needed, start=window.start, end=window.end)
                for need in plan.settings.level_needs
                if need.level == level.level
            ]
    return found


def gaps(plan: Plan, start: datetime, end: datetime, resolved: Timeline | None = None) -> list[Gap]:
    """Give every gap of a unit in [start, end) with its reason."""
    line = resolved or timeline(plan, start, end)
    rotas = [(low, high) for _, low, high in plan.rotas_in_order()]
    found: list[Gap] = []
    for short in shortfalls(line.spans, needs_of(plan, start, end)):
        found.extend(_explained(rotas, line, short))
    return found


def _explained(rotas: Sequence[tuple[datetime, datetime]], line: Timeline, short: Shortfall) -> list[Gap]:
    """Cut a shortfall where its reason changes."""
    around = [a for a in line.absences if a.post == short.post and a.start < short.end and a.end > short.start]
    edges = {short.start, short.end}
    for low, high in (*((a.start, a.end) for a in around), *rotas):
        edges.update(edge for edge in (low, high) if short.start < edge < short.end)
    marks = sorted(edges)
    found: list[Gap] = []
    for low, high in pairwise(marks):
        reason, people, since = _reason([a for a in around if a.start <= low < a.end], rotas, low, short)
        before = found[-1] if found else None
        if before and (before.reason, before.people, before.since) == (reason, people, since):
            low = before.start
            found.pop()
        found.append(Gap(low, high, short.post, short.needed, short.present, reason, people, since))
    return found


_BY_LACK = {
    Lack.LEFT: GapReason.LEFT,
    Lack.LEAVE: GapReason.LEAVE,
    Lack.REMOVED: GapReason.REMOVED,
    Lack.VACANT: GapReason.NOBODY,
}


def _reason(
    absences: Sequence[Absence],
    rotas: Sequence[tuple[datetime, datetime]],
    at: datetime,
    short: Shortfall,
) -> tuple[GapReason, tuple[str, ...], datetime | None]:
    for lack in _BY_LACK:
        who = {absence.person for absence in absences if absence.lack is lack}
        if who:
            return _BY_LACK[lack], tuple(sorted(who - {""})), None
    if not any(low <= at < high for low, high in rotas):
        ended = [high for _, high in rotas if high <= at]
        return (GapReason.ROTA_ENDED, (), max(ended)) if ended else (GapReason.NO_ROTA, (), None)
    return (GapReason.TOO_FEW if short.present else GapReason.NOBODY), (), None


def conflicts(lines: Iterable[tuple[str, Timeline]]) -> list[Conflict]:
    """Give every stretch in which one person stands in two posts, or in two units, at once."""
    events: dict[str, list[tuple[datetime, int, str, str]]] = defaultdict(list)
    for unit, line in lines:
        for span in line.spans:
            events[span.person] += [(span.start, 1, unit, span.post), (span.end, -1, unit, span.post)]
    found: list[Conflict] = []
    for person, marks in sorted(events.items()):
        marks.sort()
        places: Counter[tuple[str, str]] = Counter()
        for number, (at, step, unit, post) in enumerate(marks):
            places[unit, post] += step
            places += Counter()
            following = marks[number + 1][0] if number + 1 < len(marks) else at
            if following > at and len(places) > 1:
                found.append(Conflict(at, following, person, tuple(sorted(places))))
    return sorted(found, key=lambda conflict: (conflict.start, conflict.person))


def runs_out_at(plan: Plan) -> datetime | None:
    """Give the instant after which no rota stands, UTC; None where the last one is open-ended or there is none."""
    last = max((until for _, _, until in plan.rotas_in_order()), default=None)
    return None if last == ENDLESS else last
