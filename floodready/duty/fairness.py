"""Who stood how much of which time: disjoint classes, idle people included, each spread beside its bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from floodready.clock import end_of
from floodready.duty.models import DutySettings
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

    A holiday hour is a holiday hour by day and by night, likewise on weekends; on ordinary days the hours of a turn
    that began in the evening are night. Make-up working days are ordinary days.
    """
    is_night = span.start.astimezone(zone).time() >= settings.night_begins
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
                found.append((TimeClass.NIGHT if is_night else TimeClass.ORDINARY, low, high))
        low = high
    return found


def fairness(
    spans: Iterable[Span], people: Sequence[str], zone: ZoneInfo, calendar: DayCalendar, settings: DutySettings
) -> list[ClassSpread]:
    """Give the shares of all people in each class; people without any duty stand in it with nothing.

    Every class names the same people: those asked for, and whoever stood a span beside them.
    """
    stood = list(spans)
    everybody = sorted({*people, *(span.person for span in stood)})
    seconds = {kind: dict.fromkeys(everybody, 0) for kind in TimeClass}
    turns = {kind: dict.fromkeys(everybody, 0) for kind in TimeClass}
    for span in stood:
        for place, (kind, low, high) in enumerate(pieces(span, zone, calendar, settings)):
            seconds[kind][span.person] += int((high - low).total_seconds())
            if place == 0:
                turns[kind][span.person] += 1
    return [
        ClassSpread(kind, tuple((person, Share(seconds[kind][person], turns[kind][person])) for person in everybody))
        for kind in TimeClass
    ]
