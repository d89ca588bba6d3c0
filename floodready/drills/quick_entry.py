"""A line of the script in the time it takes to type it: `12:30 dike leaks > duty officer = reports to headquarters`."""

from __future__ import annotations

import re

from floodready.drills.run_clock import read_span
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused

STEP = 5 * 60
"""Seconds after the last line at which a line without a time comes."""

_MARKED = re.compile(r"(?P<after>\+?)(?P<span>\d+(?::\d*)*)(?=[^\W\d]|\s|$)")
"""A time in front: the colon or the plus is what tells it from a number of people or metres."""
_DOUBTFUL = re.compile(r"(?:[Tt]?[+-])?\d{1,3}(?:[.;。]\d\d)?(?:h|m|min|['′]|分钟?)?(?=\s|$)")
"""What a hurried hand writes for a time and what may as well begin the text: `10`, `300`, `10min`, `12.30`."""

_NARROW = {0x3000: " ", **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}}
"""The full-width marks of an input method, one sign for one: found by the narrow ones, the text stays as typed."""


@frozen_in_order
class QuickLine:
    """What a typed line says."""

    offset: int
    """Seconds of drill time."""
    text: str
    recipient: str = ""
    expected: str = ""


def understood_line(typed: str, last_offset: int | None) -> QuickLine:
    """Understand a typed line; a line without a time follows five minutes after the last one, the first at the start.

    A time comes first and bears its mark: `10:` is minutes, then `10:30` and `1:10:30`; `+10` is ten minutes after
    the last line. A bare number is asked about, because `300 people` is no time. `>` names who gets it, `=` what they
    should do. Full-width marks of a Chinese input method are taken too. Raises Refused with the question, or where the
    line says nothing.
    """
    words = typed.strip()
    narrow = words.translate(_NARROW)
    offset, begins = _time(narrow, last_offset)
    action = _found(narrow, "=", begins, len(words))
    receiver = _found(narrow, ">", begins, action)
    text, recipient, expected = words[begins:receiver], words[receiver + 1 : action], words[action + 1 :]
    if not text.strip():
        raise Refused(say("Type a time and a text: 12:30 dike leaks > duty officer = reports"))
    return QuickLine(offset, text.strip(), recipient.strip(), expected.strip())


def _found(words: str, mark: str, start: int, end: int) -> int:
    """Give where a mark stands between two places, or the latter."""
    place = words.find(mark, start, end)
    return end if place < 0 else place


def _time(words: str, last_offset: int | None) -> tuple[int, int]:
    """Give the drill time of a line in seconds, and the place at which its text begins. Raises Refused."""
    found = _MARKED.match(words)
    if found is None or not (found["after"] or ":" in found["span"]):
        if (doubtful := _DOUBTFUL.match(words)) is not None:
            raise Refused(_question(doubtful[0]))
        return 0 if last_offset is None else last_offset + STEP, 0
    span = read_span(found["span"].removesuffix(":"))
    if span is None:
        raise Refused(
            say("“{text}” is not a drill time. Type 10: (minutes), 10:30 or 1:10:30.", text=verbatim(found["span"]))
        )
    return span + ((last_offset or 0) if found["after"] else 0), found.end()


def _question(typed: str) -> Sentence:
    return say(
        "Is “{typed}” a time, or part of the text? Type {minutes}: for the minute, or +5 {typed} for text that comes "
        "5 minutes after the last line.",
        typed=verbatim(typed),
        minutes=verbatim(re.sub(r"\D+", ":", typed).strip(":")),
    )
