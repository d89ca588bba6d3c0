"""Lists of days as people type them, for the office's own figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from floodready.language import say, verbatim
from floodready.materials.models import Importance
from floodready.refusal import Refused
from floodready.text import folded


def warning_days(typed: str) -> tuple[int, ...]:
    """Read the days before expiry at which stock is told of, the longest first. Raises Refused."""
    days = _days(typed)
    if not days:
        raise Refused(say("“{text}” is not a list of days. Type them like: 180, 90, 30", text=verbatim(typed)))
    return tuple(sorted(set(days), reverse=True))


def class_days(typed: str) -> tuple[int, ...]:
    """Read the days for class A, B and C, in that order. Raises Refused."""
    days = _days(typed)
    if len(days) != len(Importance):
        sentence = say(
            "“{text}” is not three numbers of days, for A, B and C. Type them like: 30, 60, 90", text=verbatim(typed)
        )
        raise Refused(sentence)
    return tuple(days)


def _days(typed: str) -> list[int]:
    """Read whole numbers of days; none at all where anything else is typed."""
    parts = [part for part in re.split(r"[\s,、;]+", folded(typed)) if part]
    return [int(part) for part in parts] if all(part.isdecimal() and int(part) for part in parts) else []


LISTS_OF_DAYS: Mapping[str, Callable[[str], tuple[int, ...]]] = MappingProxyType(
    {
        "expiry_warning_days": warning_days,
        "evidence_days_in_season": class_days,
        "evidence_days_out_of_season": class_days,
    }
)
"""How what is typed is read, by field of `MaterialSettings`."""
