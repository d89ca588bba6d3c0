"""Holidays, weekends and working days in China, and counting in working days and in months.

The days come from the `holidays` package (the State Council's yearly notice, with days moved and weekends worked), with
the office's own corrections on top. No day is typed into this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from floodready.document import Document, Line, record
from floodready.frozen import EMPTY, frozen_in_order
from floodready.language import Sentence, say

_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a calendar day is for people at work. The kinds are disjoint; a weekend worked in exchange is ordinary."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    ORDINARY = "ordinary"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _WORDS[self]


_WORDS = {
    DayKind.HOLIDAY: say("holiday"),
    DayKind.WEEKEND: say("weekend"),
    DayKind.ORDINARY: say("ordinary day"),
}


@record
class DayCorrection(Document):
    """The office's own word on one day, above what is published: a local holiday, a weekend worked."""

    table = "organisation.day_corrections"

    on: date
    kind: DayKind
    note: Line = ""
    """By which notice."""


@frozen_in_order
class DayCalendar:
    """The published days of China with corrections by day on top."""

    corrections: Mapping[date, DayKind] = EMPTY

    def kind(self, day: date) -> DayKind:
        """Tell what a day is."""
        corrected = self.corrections.get(day)
        return published_kind(day) if corrected is None else corrected


def calendar_with(corrections: Iterable[DayCorrection]) -> DayCalendar:
    """Build the calendar of an office from its corrections; the last one for a day holds."""
    return DayCalendar({correction.on: correction.kind for correction in corrections})


def day_of_month(year: int, month: int, day: int) -> date:
    """Give a day of a month, 1 to 12; the month's last where it has not so many. Raises ValueError for no year."""
    for there in (day, 30, 29):
        with suppress(ValueError):
            return date(year, month, min(day, there))
    return date(year, month, 28)


def is_working_day(day: date, calendar: DayCalendar) -> bool:
    """Tell whether offices work on a day."""
    return calendar.kind(day) is DayKind.ORDINARY


def add_working_days(start: date, days: int, calendar: DayCalendar) -> date:
    """Give the day that is `days` working days after `start`, or before it where `days` is negative.

    The start itself never counts; 0 gives the start, also where it is no working day.
    """
    step = _DAY if days > 0 else -_DAY
    day, left = start, abs(days)
    while left:
        day += step
        left -= is_working_day(day, calendar)
    return day


def published_kind(day: date) -> DayKind:
    """Tell what a day is by the published notice alone.

    A weekend inside an unbroken run of free days that holds a holiday belongs to that holiday, as the notice writes it
    (1 to 7 October, both ends and all days between).
    """
    if not _is_free(day):
        return DayKind.ORDINARY
    run = [day, *_free_days(day, _DAY), *_free_days(day, -_DAY)]
    return DayKind.HOLIDAY if any(free in _published(free.year)[0] for free in run) else DayKind.WEEKEND


def _free_days(day: date, step: timedelta) -> Iterator[date]:
    day += step
    while _is_free(day):
        yield day
        day += step


def _is_free(day: date) -> bool:
    free, worked = _published(day.year)
    return day in free or (day.weekday() >= _SATURDAY and day not in worked)


@cache
def _published(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Give the free days the notice names, and the weekends worked, of one year."""
    from holidays import country_holidays

    days = country_holidays("CN", years=[year])
    # The package notes a weekend worked in the old year under the year whose notice it belongs to.
    around = {year, year + 1}
    worked = frozenset(
        day for known in around for day in country_holidays("CN", years=[known]).weekend_workdays if day.year == year
    )
    return frozenset(day for day in days if day.year == year), worked
