"""What the words of rectification share: days as they are typed, and how an answer is given."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from floodready.cli.output import print_json
from floodready.codec import encode
from floodready.language import Sentence, say, verbatim
from floodready.refusal import WrongUsage


def a_day(text: str) -> date:
    """Read a day. Raises WrongUsage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(say("“{text}” is no day. Write 2026-07-01", text=verbatim(text))) from error


def write_out(args: argparse.Namespace, told: Sentence, document: Any) -> int:
    """Tell what was done: one sentence, or the document as JSON."""
    if args.json:
        print_json({"done": str(told), "document": encode(document) if document is not None else None})
    else:
        print(told)
    return 0
