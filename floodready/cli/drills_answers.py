"""What the drill words share: spans and texts as they are typed."""

from __future__ import annotations

import sys

from floodready.drills.run_clock import read_span
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage


def a_span(text: str) -> int:
    """Read a span of drill time in seconds: `10` minutes, `10:30`, `1:10:30`. Raises WrongUsage."""
    span = read_span(text)
    if span is None:
        raise WrongUsage(say("“{text}” is no span. Write 10 (minutes), 10:30 or 1:10:30", text=verbatim(text)))
    return span


def a_text(text: str) -> str:
    """Read a text: as typed, or with `-` from standard input."""
    return sys.stdin.read() if text == "-" else text
