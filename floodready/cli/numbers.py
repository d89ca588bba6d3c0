"""Numbers as they are typed behind the words and options of the command line."""

from __future__ import annotations

from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

_LARGEST = 999_999_999
"""More is no count of anything here, and no span of time that can be reckoned with."""


def whole(text: str) -> int:
    """Read a whole number, of nine digits at most. Raises WrongUsage."""
    try:
        number = int(text)
    except ValueError:
        number = _LARGEST + 1
    if abs(number) > _LARGEST:
        raise WrongUsage(say("“{text}” is no whole number.", text=verbatim(text)))
    return number


def count(text: str) -> int:
    """Read a number of things, one at least. Raises WrongUsage."""
    return _least(text, 1)


def natural(text: str) -> int:
    """Read a number of things, which may be none. Raises WrongUsage."""
    return _least(text, 0)


def year(text: str) -> int:
    """Read a year. Raises WrongUsage."""
    number = whole(text)
    if not 1900 <= number < 2200:
        raise WrongUsage(say("“{text}” is no year from 1900 to 2199.", text=verbatim(text)))
    return number


def _least(text: str, least: int) -> int:
    number = whole(text)
    if number < least:
        raise WrongUsage(say("“{text}” is no number of {least} or more.", text=verbatim(text), least=least))
    return number
