"""Dates and times as offices write them in ledgers: year first, always; never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from floodready.clock import wall_instant
from floodready.exchange.sniff import plain_digits
from floodready.horizon import too_far
from floodready.language import say, verbatim
from floodready.refusal import Refused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_TIME = re.compile(r"[T ]*(\d{1,2})(?:[:时点](?:(\d{1,2})分?)?(?::(\d{1,2})|(\d{1,2})秒)?)?")
HYDROLOGICAL_MORNING = time(8)
"""A day without a time means its 08:00 reading, the hour at which stations report."""


def read_day(text: str) -> date:
    """Read a day: `2026-07-01`, `2026/7/1`, `2026.7.1`, `2026年7月1日`, `20260701`. Raises Refused."""
    match = _DAY.fullmatch(plain_digits(text))
    if match is None:
        raise _no_time(text)
    return _day(match, text)


def read_time(text: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Read a local time (`2021-09-20 08:00`, `2021年9月20日8时30分` …) as an instant in UTC.

    Tells also whether the text named a time at all; a day alone means 08:00. Raises Refused, also for two-digit years.
    """
    plain = plain_digits(text)
    match = _DAY.match(plain)
    if match is None:
        raise _no_time(text)
    day = _day(match, text)
    rest = plain[match.end() :]
    if not rest:
        return wall_instant(day, HYDROLOGICAL_MORNING, zone), False
    found = _TIME.fullmatch(rest)
    if found is None:
        raise _no_time(text)
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or found[4] or 0)
    try:
        return wall_instant(day, time(hour, minute, second), zone), True
    except ValueError as error:
        raise _no_time(text) from error


def _day(match: re.Match[str], text: str) -> date:
    year, month, day = int(match[1]), int(match[2] or match[4]), int(match[3] or match[5])
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise _no_time(text) from error
    if (problem := too_far(found)) is not None:
        raise Refused(say("{field}: {problem}", field=verbatim(text), problem=problem))
    return found


def _no_time(text: str) -> Refused:
    return Refused(
        say("“{text}” is not a date or time. Write it year first, like 2021-09-20 08:00.", text=verbatim(text))
    )
