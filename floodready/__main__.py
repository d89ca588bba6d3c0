"""Start floodready: the screens when nothing is asked, else the command line."""

from __future__ import annotations

import codecs
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
    codecs.register_error(_PLAINLY, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_PLAINLY)
    if "status" in words:
        from floodready.cli.said_again import asked

        question = asked(words)
        if question is not None:
            return _status(words, *question)
    from floodready.cli.app import run

    return run(words)


_PLAINLY = "floodready.plainly"
_PLAIN = {
    **dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("–—−─", "-"), "…": "...", "·": ".",
    "→": "->", "×": "x", "³": "3", "²": "2", "✔": "+", "✘": "x",
}  # fmt: skip
"""Signs for outputs that know no others; a light that is ready must not look like one that is not known (`?`)."""


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Write what the output cannot carry in plain signs: a traceback helps nobody, nor do the numbers of characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in text), error.end


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
