"""Time: the only module that asks the machine what time it is, and the forms in which instants are written.

Instants are aware datetimes in UTC; days are dates. Everything below takes the time as an argument.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from floodready.language import Sentence, say, say_many, verbatim

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)
"""In the order of `date.weekday`."""


class Clock(Protocol):
    """Whatever can tell the present instant in UTC."""

    def now(self) -> datetime:
        """Tell the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Tell the present instant, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands at one instant until it is moved: for `--at`, demos and tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = in_utc(instant)

    def now(self) -> datetime:
        """Tell the instant at which this clock stands."""
        return self.instant


def in_utc(instant: datetime) -> datetime:
    """Give the same instant in UTC. Raises ValueError for a naive datetime, whose instant nobody knows."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def write_instant(instant: datetime) -> str:
    """Write an instant as the journal keeps it: ISO 8601 in UTC with `Z`; text order is time order."""
    return in_utc(instant).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read_instant(text: str) -> datetime:
    """Read what `write_instant` gave (any ISO 8601 instant with a zone). Raises ValueError."""
    return in_utc(datetime.fromisoformat(text))


def read_local(text: str, zone: ZoneInfo) -> datetime:
    """Read an ISO 8601 time, in `zone` where it names none; a day alone is its beginning. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return in_utc(found if found.tzinfo is not None else found.replace(tzinfo=zone))


def local_time(instant: datetime, zone: ZoneInfo) -> str:
    """Write an instant for people: `2026-07-01 08:00` in the given zone."""
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Give the calendar day on which an instant falls in the given zone."""
    return instant.astimezone(zone).date()


def wall_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the instant (UTC) of a wall time; its first occurrence in a repeated hour, an hour on in a skipped one."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant (UTC) at which a day begins in a zone."""
    return wall_instant(day, time(), zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant (UTC) at which a day is over in a zone: the first of the next one."""
    return start_of(day + timedelta(days=1), zone)


def length_told(length: timedelta) -> Sentence:
    """Say how long something took or is past, in the largest unit that still tells it well; never negative."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 120:
        return say("{count} s", count=seconds)
    if seconds < 2 * 3600:
        return say("{count} min", count=seconds // 60)
    if seconds < 2 * 86400:
        return say("{count} h", count=seconds // 3600)
    return say_many("{count} day", "{count} days", seconds // 86400)


def time_left(due_at: datetime, at: datetime) -> Sentence:
    """Say how much time is left, or how late it is, in hours and minutes."""
    minutes = abs(int((due_at - at).total_seconds())) // 60
    length = verbatim(f"{minutes // 60}:{minutes % 60:02d}")
    return say("late by {length}", length=length) if due_at < at else say("in {length}", length=length)


_SET_BACK = timedelta(minutes=1)
"""A clock that is kept right by a time server may go back a little; more than this is a fault."""


def set_back(last: datetime, now: datetime, zone: ZoneInfo) -> Sentence | None:
    """Say that a machine's clock stands before the instant of the last entry, both UTC; None where it does not."""
    if now >= last - _SET_BACK:
        return None
    return say(
        "The clock of this machine says {now}, but the last entry is of {last}. Set the clock right: until it has "
        "caught up, new entries bear the time of the last one.",
        now=verbatim(local_time(now, zone)),
        last=verbatim(local_time(last, zone)),
    )
