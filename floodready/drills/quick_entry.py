"""A line of the script in the time it takes to type it: `12:30 dike leaks > duty officer = reports to headquarters`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from floodready.drills.run_clock import read_span

STEP = 5 * 60
"""Seconds after the last line at which a line without a time comes."""


_LIKE_A_TIME = re.compile(r"\d+(?::\d*)+")


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a typed line says."""

    offset: int
    """Seconds of drill time."""
    text: str
    recipient: str = ""
    expected: str = ""


def understood_line(typed: str, last_offset: int | None) -> QuickLine | None:
    """Understand a typed line; None where it says nothing, or begins with a time that is none.

    A time comes first (`10` is minutes; `10:30` or `1:10:30`), else the line follows five minutes after the last one.
    `>` names who gets it, `=` what they should do. Full-width marks of a Chinese input method are taken too.
    """
    words = unicodedata.normalize("NFKC", typed).strip()
    first, _, others = words.partition(" ")
    offset, rest = read_span(first), others
    if offset is None and _LIKE_A_TIME.fullmatch(first):
        return None
    if offset is None:
        offset, rest = 0 if last_offset is None else last_offset + STEP, words
    rest, _, expected = rest.partition("=")
    text, _, recipient = rest.partition(">")
    if not text.strip():
        return None
    return QuickLine(offset, text.strip(), recipient.strip(), expected.strip())
