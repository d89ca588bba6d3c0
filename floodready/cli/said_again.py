"""`floodready status` asked again: what was printed is printed again, before the rest of the program is loaded."""

from __future__ import annotations

import os
import sys
import time

from floodready.chosen import language_named, language_of, store_named
from floodready.readiness.saved import recalled

_FLAGS = ("--all", "--tree", "--plain")


Asked = tuple[set[str], dict[str, str]]
"""The flags that were given, and the values of the other options."""


def asked(words: list[str]) -> Asked | None:
    """Understand a plain question for the status; None where it is none, or asks for more."""
    flags: set[str] = set()
    values: dict[str, str] = {}
    left = iter(words)
    for word in left:
        name, given, value = word.partition("=")
        if word in {"status", "--exit-code", *_FLAGS}:
            flags.add(word)
        elif name in {"--store", "--lang"}:
            values[name] = value if given else next(left, "-")
            if not values[name] or values[name].startswith("-"):
                return None
        else:
            return None
    spoken = values.get("--lang") or os.environ.get("FLOODREADY_LANG")
    if spoken and language_named(spoken) is None:
        return None  # whoever understands all words has a sentence for it
    return (flags, values) if "status" in flags else None


def say_again(flags: set[str], values: dict[str, str]) -> int | None:
    """Print the saved answer and give the exit code; None where it must be worked out, or cannot be printed."""
    named = question(language_of(values.get("--lang")), *(flag in flags for flag in _FLAGS))
    told = recalled(_folder(values.get("--store")), named, _now())
    if told is None:
        return None
    text, code = told
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # Whoever works it out has a sentence for it.
        return None
    return code if "--exit-code" in flags else 0


def question(language: str, *flags: bool) -> str:
    """Name what the printed text depends on: the language, and whether all lines, a tree or plain lines are asked."""
    return f"{language} {[name for name, said in zip(_FLAGS, flags, strict=True) if said]}"


def _folder(given: str | None) -> str:
    named = store_named(given)
    if named is not None:
        return named
    from floodready.folders import store_folder

    return str(store_folder(None))


def _now() -> str:
    """Tell the present instant as the journal writes it."""
    if "FLOODREADY_NOW" in os.environ:
        from floodready.cli.desk import clock_of_surroundings
        from floodready.clock import write_instant

        return write_instant(clock_of_surroundings().now())
    seconds, rest = divmod(time.time_ns(), 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest // 1000:06}Z"
