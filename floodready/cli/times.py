"""Days and times behind options, as people type them: read as the forms read them, and told again where guessed at."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from floodready.cli.numbers import refuse_too_far
from floodready.clock import local_day, local_time, wall_instant
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class TypedDay(NamedTuple):
    """A day that is understood only against today in the duty room's zone, which the parser does not know."""

    text: str


def day(text: str) -> date | TypedDay:
    """Take a day behind an option: written whole, or as forms take it. Raises WrongUsage.

    `app.run` puts the day itself in the place of a `TypedDay` before the word's function sees it.
    """
    try:
        return whole_day(text)
    except WrongUsage:
        from floodready.typed_time import understood_day

        # Against any day: what can be understood at all is understood against each.
        if understood_day(text, date(2026, 1, 1)) is None:
            raise
        return TypedDay(text)


def whole_day(text: str) -> date:
    """Read a day that is written whole, year first. Raises WrongUsage."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise _no_day(text) from error
    refuse_too_far(text, found)
    return found


def near_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """Read a day against today in a zone, and tell on standard error which was understood. Raises WrongUsage."""
    from floodready.typed_time import understood_day

    found = understood_day(text, local_day(now, zone))
    if found is None:
        raise _no_day(text)
    refuse_too_far(text, found)
    _tell_guess(text, found, found.isoformat())
    return found


def _no_day(text: str) -> WrongUsage:
    return WrongUsage(say("“{text}” is not a day. Write 2026-07-01, 0701, +3d, fri or today", text=verbatim(text)))


def clock_time(text: str) -> time:
    """Read a time of day: `08:00`, `0830`, `8`. Raises WrongUsage."""
    from floodready.typed_time import understood_time

    if (found := understood_time(text)) is not None:
        return found
    wrong = say("“{text}” is not a time of day. Write 08:00, 0830 or 8", text=verbatim(text))
    try:
        written = time.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(wrong) from error
    if written.tzinfo is not None:  # it is read in the duty room's zone, and cannot be compared with such times
        raise WrongUsage(wrong)
    return written


def day_or_instant(text: str, now: datetime, zone: ZoneInfo) -> date | datetime:
    """Read an instant (UTC) as forms do, or the day where only a day is typed. Raises WrongUsage.

    What is not written year first is told on standard error as it was understood: nobody sees an option echoed.
    """
    from floodready.typed_time import understood_moment

    found = understood_moment(text, now, zone)
    if found is None:
        raise WrongUsage(
            say(
                "“{text}” is not a time. Write 2026-07-01T08:00, 0830, yesterday 20:00, fri 14:00, -2h or now-30m; "
                "with a zone 2026-07-01T00:00Z",
                text=verbatim(text),
            )
        )
    on = local_day(found, zone) if isinstance(found, datetime) else found
    refuse_too_far(text, on)
    _tell_guess(text, on, local_time(found, zone) if isinstance(found, datetime) else on.isoformat())
    return found


def instant(text: str, now: datetime, zone: ZoneInfo, *, day_means: time = time()) -> datetime:
    """Read an instant (UTC) as `day_or_instant` does; a day alone means `day_means` on it. Raises WrongUsage."""
    found = day_or_instant(text, now, zone)
    return found if isinstance(found, datetime) else wall_instant(found, day_means, zone)


def _tell_guess(text: str, on: date, understood: str) -> None:
    """Tell how a text was understood, but not of one that names the year of its day; `2026` alone is a time, 20:26."""
    year = f"{on:%Y}"
    if not text.strip().startswith(year) or text.strip() == year:
        print(say("“{text}” is read as {time}.", text=verbatim(text), time=verbatim(understood)), file=sys.stderr)
