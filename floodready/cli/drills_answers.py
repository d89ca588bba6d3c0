"""What the drill words share: spans and texts as they are typed, and files as they are written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from floodready.cli.output import print_json
from floodready.drills.run_clock import read_span
from floodready.language import say, verbatim
from floodready.refusal import Refused, WrongUsage


def a_span(text: str) -> int:
    """Read a span of drill time in seconds: `10` minutes, `10:30`, `1:10:30`. Raises WrongUsage."""
    span = read_span(text)
    if span is None:
        raise WrongUsage(say("“{text}” is no span. Write 10 (minutes), 10:30 or 1:10:30", text=verbatim(text)))
    return span


def a_text(text: str) -> str:
    """Read a text: as typed, or with `-` from standard input."""
    return sys.stdin.read() if text == "-" else text


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
