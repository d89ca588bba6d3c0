"""Who stood how much of which time: disjoint classes, idle people included, each spread beside its bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from floodready.clock import end_of
from floodready.duty.models import DutySettings
from floodready.duty.night import is_night
from floodready.duty.resolver import Span
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say
from floodready.workdays import DayCalendar, DayKind


class TimeClass(StrEnum):
    """The classes of duty time; each hour belongs to exactly one."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    NIGHT = "night"
    ORDINARY = "ordinary"

    @property
    def word(self) -> Sentence:
        """The class in the reader's language."""
        return _WORDS[self]


_WORDS = {
    TimeClass.HOLIDAY: say("holiday"),
    TimeClass.WEEKEND: say("weekend"),
    TimeClass.NIGHT: say("night"),
    TimeClass.ORDINARY: say("ordinary"),
}

WHOLE_TURN = timedelta(days=2)
"""How far beyond a stretch of time its first and last turn are to be followed: what is cut short within a day could
count as a night that it is not."""


@frozen_in_order
class Share:
    """What one person stood in one class: seconds, and turns counted where they begin."""

    seconds: int
    turns: int


@frozen_in_order
class ClassSpread:
    """One class over all people: the shares, the spread of turns, and the least spread arithmetic allows."""

    time_class: TimeClass
    shares: tuple[tuple[str, Share], ...]

    @property
    def spread(self) -> int:
        """The most turns of one person less the fewest of another."""
        turns = [share.turns for _, share in self.shares]
        return max(turns, default=0) - min(turns, default=0)

    @property
    def bound(self) -> int:
        """0 where the turns divide evenly among the people, else 1."""
        total = sum(share.turns for _, share in self.shares)
        return 0 if not self.shares or total % len(self.shares) == 0 else 1


def pieces(
    span: Span, zone: ZoneInfo, calendar: DayCalendar, settings: DutySettings
) -> list[tuple[TimeClass, datetime, datetime]]:
    """Split a span at local midnights, each piece with its class; UTC.

    A holiday hour is a holiday hour by day and by night, likewise on weekends; on ordinary days the hours of a night
    duty are night (see `is_night`). Make-up working days are ordinary days.
    """
    by_night = is_night(span.start, span.end, settings, zone)
    found: list[tuple[TimeClass, datetime, datetime]] = []
    low = span.start
    while low < span.end:
        day = low.astimezone(zone).date()
        midnight = end_of(day, zone)
        high = min(span.end, midnight) if midnight > low else span.end
        match calendar.kind(day):
            case DayKind.HOLIDAY:
                found.append((TimeClass.HOLIDAY, low, high))
            case DayKind.WEEKEND:
                found.append((TimeClass.WEEKEND, low, high))
            case DayKind.ORDINARY:
                found.append((TimeClass.NIGHT if by_night else TimeClass.ORDINARY, low, high))
        low = high
    return found


def fairness(
    spans: Iterable[Span],
    people: Sequence[str],
    zone: ZoneInfo,
    calendar: DayCalendar,
    settings: DutySettings,
    *,
    within: tuple[datetime, datetime] | None = None,
) -> list[ClassSpread]:
    """Give the shares of all people in each class; people without any duty stand in it with nothing.

    Every class names the same people: those asked for, and whoever stood a span beside them. `within` [start, end), in
    UTC, counts only what lies in it: the hours inside, and the turns that begin there, by the class of the whole turn.
    """
    stood = list(spans) if within is None else [s for s in spans if s.start < within[1] and s.end > within[0]]
    everybody = sorted({*people, *(span.person for span in stood)})
    seconds = {kind: dict.fromkeys(everybody, 0) for kind in TimeClass}
    turns = {kind: dict.fromkeys(everybody, 0) for kind in TimeClass}
    for span in stood:
        start, end = within or (span.start, span.end)
        for kind, low, high in pieces(span, zone, calendar, settings):
            seconds[kind][span.person] += max(0, int((min(high, end) - max(low, start)).total_seconds()))
            if low == span.start and low >= start:
                turns[kind][span.person] += 1
    return [
        ClassSpread(kind, tuple((person, Share(seconds[kind][person], turns[kind][person])) for person in everybody))
        for kind in TimeClass
    ]
