"""What the drill words share: days and texts as they are typed, and how an answer is given."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from floodready.cli.output import print_json
from floodready.codec import encode
from floodready.drills.run_clock import read_span
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused, WrongUsage


def a_day(text: str) -> date:
    """Read a day. Raises WrongUsage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(say("“{text}” is no day. Write 2026-07-01", text=verbatim(text))) from error


def a_span(text: str) -> int:
    """Read a span of drill time in seconds: `10` minutes, `10:30`, `1:10:30`. Raises WrongUsage."""
    span = read_span(text)
    if span is None:
        raise WrongUsage(say("“{text}” is no span. Write 10 (minutes), 10:30 or 1:10:30", text=verbatim(text)))
    return span


def a_text(text: str) -> str:
    """Read a text: as typed, or with `-` from standard input."""
    return sys.stdin.read() if text == "-" else text


def write_out(args: argparse.Namespace, told: Sentence, document: Any) -> int:
    """Tell what was done: one sentence, or the document as JSON."""
    if args.json:
        print_json({"done": str(told), "document": encode(document) if document is not None else None})
    else:
        print(told)
    return 0


def write_file(args: argparse.Namespace, content: bytes) -> int:
    """Write a file, or to standard output where none is named. Raises Refused, saying why it cannot be written."""
    if not args.out:
        sys.stdout.buffer.write(content)
        return 0
    try:
        Path(args.out).write_bytes(content)
    except OSError as error:
        raise Refused(
            say("{file} cannot be written: {cause}.", file=verbatim(args.out), cause=verbatim(error.strerror or ""))
        ) from error
    if args.json:
        print_json({"file": str(Path(args.out).resolve()), "bytes": len(content)})
    else:
        print(say("Written: {file}", file=verbatim(args.out)))
    return 0
