"""How far away a day, and how long a span, may be that people type: what lies beyond is a slip of the finger.

Within these bounds every sum of a day and a span is a day again; beyond them the arithmetic of dates ends, and one
wrong figure would stop every screen that reckons with it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from floodready.document import Within
from floodready.language import Sentence, say

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
_YEARS = 100
_DAYS = _YEARS * 366

MinutesOrZero = Annotated[int, Within(0, _DAYS * 24 * 60)]
"""Whole minutes, none at all allowed; a hundred years at most, as all spans here."""
HoursOrZero = Annotated[int, Within(0, _DAYS * 24)]
DaysOrZero = Annotated[int, Within(0, _DAYS)]
Seconds = Annotated[int, Within(0, _DAYS * 24 * 60 * 60)]
Minutes = Annotated[int, Within(1, _DAYS * 24 * 60)]
Hours = Annotated[int, Within(1, _DAYS * 24)]
Days = Annotated[int, Within(1, _DAYS)]
Weeks = Annotated[int, Within(1, _DAYS // 7)]
Months = Annotated[int, Within(1, _YEARS * 12)]


def too_far(day: date) -> Sentence | None:
    """Say that a day is too far away to be meant; None where it is not."""
    if FIRST_DAY <= day <= LAST_DAY:
        return None
    return say("is too far away; type a day from {first} to {last}", first=FIRST_DAY.year, last=LAST_DAY.year)
