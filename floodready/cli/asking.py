"""What every word is asked with, and the one place where errors become sentences on stderr and exit codes.

Loads no argparse: `floodready status` is understood without it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from floodready.chosen import language_named
from floodready.cli.exit_codes import ExitCode
from floodready.language import Sentence, languages_told, say, use_language, verbatim
from floodready.refusal import FloodreadyError, StoreProblem, WrongUsage

COMMON_DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys(("store", "at", "lang", "person", "terminal", "command_id")),
    "json": False,
    "plain": False,
    "reason": "",
}
"""Set once for all words: argparse would let a second word (`drill list`) overwrite what stood before it."""


def answered(words: Sequence[str], work: Callable[[], int]) -> int:
    """Do the work that words ask for and give the exit code.

    Never raises for what a person, a file or a disk can cause.
    """
    try:
        _speak(option(words, "--lang"))
        code = work()
        sys.stdout.flush()
    except FloodreadyError as error:
        _tell(error, words)
        return error.exit_code
    except KeyboardInterrupt:
        print(say("Stopped. What had been confirmed is kept."), file=sys.stderr)
        return ExitCode.INTERRUPTED
    except OSError as error:
        if error.filename is None:
            # It was stdout itself: without this Python complains again when it closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            # The reader of a pipe has seen enough.
            return ExitCode.DONE
        _tell(StoreProblem(_told(error)), words)
        return ExitCode.STORE
    return code


def option(words: Sequence[str], name: str) -> str | None:
    """Give the value of an option as it was typed, before anything is understood; None where it was not given."""
    for place, word in enumerate(words):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and place + 1 < len(words):
            return words[place + 1]
    return None


def _speak(asked: str | None) -> None:
    """Speak the language asked for, or the environment's. Raises WrongUsage for one there is not."""
    use_language(None)
    named = os.environ.get("FLOODREADY_LANG")
    if asked is not None:
        if language_named(asked) is None:
            raise WrongUsage(
                say(
                    "There is no language “{code}”. There are: {languages}",
                    code=verbatim(asked),
                    languages=languages_told(),
                )
            )
        use_language(asked)
    elif named and language_named(named) is None:
        told = say(
            "FLOODREADY_LANG names no language there is: “{code}”. There are: {languages}",
            code=verbatim(named),
            languages=languages_told(),
        )
        print(told, file=sys.stderr)


def _told(error: OSError) -> Sentence:
    from floodready.os_reasons import reason_of, refusal_of  # most answers need no excuse

    if error.filename is None:
        return say("The answer cannot be written: {reason}.", reason=reason_of(error))
    return refusal_of(error)


def _tell(error: FloodreadyError, words: Sequence[str]) -> None:
    if "--json" in words:
        from floodready.cli.output import print_json

        problems = {field: str(problem) for field, problem in getattr(error, "problems", {}).items()}
        told = {"code": error.code, "sentence": str(error), **({"fields": problems} if problems else {})}
        print_json({"error": told, **error.parts})
    print(error, file=sys.stderr)
