"""Start floodready: the screens when nothing is asked, else the command line."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper


def main(words: list[str] | None = None) -> int:
    """Run what the words of the command line ask for and give the exit code."""
    try:
        return _run(sys.argv[1:] if words is None else words)
    finally:
        # Python would search all it holds for garbage once more before it ends: a tenth of what a status takes.
        gc.freeze()


def _run(words: list[str]) -> int:
    _open_what_is_closed()
    if isinstance(sys.stdout, TextIOWrapper):
        # Where the output knows no Chinese, a question mark stands for it; a traceback helps nobody.
        sys.stdout.reconfigure(errors="replace")
    if "status" in words:
        from floodready.cli.said_again import asked

        question = asked(words)
        if question is not None:
            return _status(words, *question)
    from floodready.cli.app import run

    return run(words)


def _open_what_is_closed() -> None:
    """Put nothing in the place of a stream that whoever started this program has closed: cron and services may."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 # for as long as it runs


def _status(words: list[str], flags: set[str], values: dict[str, str]) -> int:
    """Answer cron and whoever asks often: nothing is loaded that the answer does not use, and no garbage searched."""
    from floodready.cli.said_again import say_again

    def work() -> int:
        from floodready.cli.status import run_plainly

        return run_plainly(flags, values)

    gc.disable()
    try:
        code = say_again(flags, values)
        if code is not None:
            return code
        from floodready.cli.asking import answered

        return answered(words, work)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
