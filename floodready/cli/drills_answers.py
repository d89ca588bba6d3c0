"""What the drill words share: spans and texts as they are typed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from floodready.drills.run_clock import read_span
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def a_span(text: str) -> int:
    """Read a span of drill time in seconds: `10` minutes, `10:30`, `1:10:30`. Raises WrongUsage."""
    span = read_span(text)
    if span is None:
        raise WrongUsage(say("“{text}” is not a span. Write 10 (minutes), 10:30 or 1:10:30", text=verbatim(text)))
    return span


def a_text(text: str) -> str:
    """Read a text: as typed, or with `-` from standard input."""
    return sys.stdin.read() if text == "-" else text


def require_known_unit(args: argparse.Namespace, desk: Desk) -> None:
    """Refuse a `--unit` that does not exist: an empty list would say that it has nothing to do. Raises Refused."""
    from floodready.organisation.lookup import known_unit

    if args.unit is not None:
        known_unit(desk.view, args.unit)
