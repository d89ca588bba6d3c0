"""Rest between duties in true hours, duties in a row, and what no rota can give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from floodready.duty.models import DutySettings
from floodready.duty.night import is_night
from floodready.duty.resolver import Span
from floodready.duty.why import Cause
from floodready.frozen import frozen_in_order


class Duty(NamedTuple):
    """One turn as one person stands it, from its first to its last minute, UTC."""

    start: datetime
    end: datetime
    unit: str
    post: str


class BreachKind(StrEnum):
    """Which rule of rest is broken."""

    REST = "too little rest"
    IN_ROW = "too many in a row"
    DAY_AFTER_NIGHT = "day after night"
    OTHER_SEAT = "another seat at the same time"


@frozen_in_order
class Breach:
    """A duty that comes too soon after another of the same person."""

    kind: BreachKind
    earlier: Duty
    later: Duty

    @property
    def rest(self) -> timedelta:
        """True time between the two; negative where they overlap."""
        return self.later.start - self.earlier.end


def duties_of(person: str, spans: Iterable[tuple[str, Span]]) -> list[Duty]:
    """Give a person's duties from the spans of any units, in order; parts of one turn are one duty.

    Parts with a hole between them are one turn only while no other turn of its rotation begins in the hole: a rota
    that follows another counts its turns anew, and a handover records several turns under one name.
    """
    begun: dict[tuple[str, str, str], list[tuple[datetime, int]]] = defaultdict(list)
    own: dict[tuple[str, str, str, int], list[Span]] = defaultdict(list)
    for unit, span in spans:
        source = (unit, span.post, span.why.source)
        begun[source].append((span.start, span.why.number))
        if span.person == person:
            own[*source, span.why.number].append(span)
    found: list[Duty] = []
    for (unit, post, name, number), parts in own.items():
        parts.sort(key=lambda span: span.start)
        start, end = parts[0].start, parts[0].end
        for part in parts[1:]:
            is_recorded = part.why.cause is Cause.STOOD
            if any(
                end <= at < part.start and (other != number or is_recorded) for at, other in begun[unit, post, name]
            ):
                found.append(Duty(start, end, unit, post))
                start = part.start
            end = max(end, part.end)
        found.append(Duty(start, end, unit, post))
    return sorted(found)


def breaches(duties: Sequence[Duty], settings: DutySettings, zone: ZoneInfo) -> list[Breach]:
    """Give every duty that breaks the unit's rules of rest; the duties of one person, in order.

    Each is held against the one before it that ends last, which need not be its neighbour: a week as leader goes on
    beneath a night that somebody fills in.
    """
    rest = timedelta(hours=settings.rest_hours)
    found: list[Breach] = []
    row = 1
    last: Duty | None = None
    for later in duties:
        earlier, last = last, later if last is None or later.end >= last.end else last
        if earlier is None:
            continue
        pause = later.start - earlier.end
        row = row + 1 if pause <= rest else 1
        if pause < timedelta(0):
            found.append(Breach(BreachKind.OTHER_SEAT, earlier, later))
        elif _day_after_night(earlier, later, settings, zone):
            found.append(Breach(BreachKind.DAY_AFTER_NIGHT, earlier, later))
        elif pause < rest:
            found.append(Breach(BreachKind.REST, earlier, later))
        elif row > settings.most_in_row:
            found.append(Breach(BreachKind.IN_ROW, earlier, later))
    return found


def _day_after_night(earlier: Duty, later: Duty, settings: DutySettings, zone: ZoneInfo) -> bool:
    """Tell whether a duty by day begins on the day on which a night ended; the next night may begin on it."""
    ended, next_begins = earlier.end.astimezone(zone), later.start.astimezone(zone)
    if next_begins.date() != ended.date() or not is_night(earlier.start, earlier.end, settings, zone):
        return False
    next_night_has_begun = ended.time() < settings.night_begins <= next_begins.time()
    return not next_night_has_begun and not is_night(later.start, later.end, settings, zone)


@frozen_in_order
class Impossible:
    """A window [start, end), UTC, in which no rota can be made, with those who could stand duty in it."""

    start: datetime
    end: datetime
    needed: int
    available: tuple[str, ...]


def impossible_windows(
    people: Iterable[str],
    away: Mapping[str, Sequence[tuple[datetime, datetime]]],
    *,
    seats: int,
    turn_hours: int,
    rest_hours: int,
    start: datetime,
    end: datetime,
) -> list[Impossible]:
    """Give the windows in which fewer people are there than `seats` × (rest in turns + 1), which every cycle needs.

    A window shorter than such a cycle can still be bridged, so only those as long as it are named.
    """
    turns_resting = -(-rest_hours // turn_hours)
    needed = seats * (turns_resting + 1)
    cycle = timedelta(hours=turn_hours * (turns_resting + 1))
    everybody = sorted(set(people))
    edges = {start, end}
    for stretches in away.values():
        edges.update(edge for stretch in stretches for edge in stretch if start < edge < end)
    marks = sorted(edges)
    found: list[Impossible] = []
    for low, high in pairwise(marks):
        there = tuple(p for p in everybody if not any(a <= low < b for a, b in away.get(p, ())))
        if len(there) >= needed:
            continue
        if found and found[-1].end == low and found[-1].available == there:
            low = found.pop().start
        found.append(Impossible(low, high, needed, there))
    return [window for window in found if window.end - window.start >= cycle]
