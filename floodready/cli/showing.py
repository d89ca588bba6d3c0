"""Words whose entries come from a file, or are worked out for a whole year: shown first, written only with --yes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from floodready.cli.answering import done
from floodready.cli.exit_codes import ExitCode
from floodready.cli.output import print_json, print_rows
from floodready.language import Sentence, say

Row = tuple[str, ...]


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add `--yes`, which writes what is shown, and `--dry-run`, for which only showing is all that was wanted."""
    chosen = parser.add_mutually_exclusive_group()
    # --write was its name for a while; scripts that use it mean the same.
    chosen.add_argument(
        "--yes", "--write", dest="yes", action="store_true",
        help=str(say("write it; without it, what would be written is only shown, and the exit code is 4")),
    )  # fmt: skip
    chosen.add_argument("--dry-run", action="store_true", help=str(say("only show; the exit code is 0 then")))


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the file that entries come from, where `-` is standard input, and the options of `add_yes`."""
    parser.add_argument("file", type=_file, metavar="FILE", help=str(say("the file to read; - for standard input")))
    add_yes(parser)


def _file(text: str) -> Path:
    # A path like others, so that every reader of files takes it: they read pipes too.
    return Path("/dev/stdin" if text == "-" else text)


def print_change(heads: Sequence[Sentence], before: Sequence[Row], after: Sequence[Row], *, plain: bool) -> None:
    """Print the rows that would go with a minus, then those that would come with a plus."""
    gone = [("-", *row) for row in before if row not in after]
    come = [("+", *row) for row in after if row not in before]
    print_rows((say("Change"), *heads), [*gone, *come], plain=plain)


def only_shown(args: argparse.Namespace, **parts: Any) -> int:
    """End what was shown and not written: on standard error what to do, with --json `shown` instead of `done`.

    The exit code tells a script that waits for entries that there are none yet.
    """
    told = say("Nothing is written yet. Repeat with --yes to write it.")
    if args.json:
        print_json({"shown": told, **parts})
    print(told, file=sys.stderr)
    return ExitCode.DONE if args.dry_run else ExitCode.SHOWN


def nothing_new(args: argparse.Namespace, **parts: Any) -> int:
    """End what would write nothing, with --yes or without: all of it is there already."""
    return done(args, say("Nothing new: nothing was written."), **parts)
