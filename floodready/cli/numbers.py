"""Whole numbers and days behind options: refused in a sentence that says what is possible, before they are used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from floodready.horizon import FIRST_DAY, LAST_DAY, too_far
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage


def within(least: int, most: int) -> Callable[[str], int]:
    """Make the type of an option that takes a whole number within bounds, both inclusive. It raises WrongUsage."""

    def read(text: str) -> int:
        if text.removeprefix("-").isdecimal() and len(text) < _LONGEST and least <= int(text) <= most:
            return int(text)
        raise WrongUsage(
            say(
                "“{value}” is not a whole number from {least} to {most}.",
                value=verbatim(text[:80]),
                least=least,
                most=most,
            )
        )

    return read


_LONGEST = 20


def whole(text: str) -> int:
    """Take any whole number, for what a document checks by itself. Raises WrongUsage."""
    if text.removeprefix("-").isdecimal() and len(text) < _LONGEST:
        return int(text)
    raise WrongUsage(say("“{value}” is not a whole number.", value=verbatim(text[:80])))


several = within(1, 10**9)
"""How many of something are meant."""
a_year = within(FIRST_DAY.year, LAST_DAY.year)
some_days = within(1, 36_600)
"""A hundred years."""
some_days_or_none = within(0, 36_600)
some_months = within(1, 1_200)
some_hours = within(1, 24 * 36_600)
some_seconds = within(1, 24 * 60 * 60)


def refuse_too_far(text: str, day: date) -> None:
    """Refuse a day too far away to be meant. Raises WrongUsage."""
    if (problem := too_far(day)) is not None:
        raise WrongUsage(say("{field}: {problem}", field=verbatim(text), problem=problem))
