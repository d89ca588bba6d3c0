"""JSON files that people wrote, and what is wrong with one, in their language."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError
from typing import Any

from floodready.language import Sentence, say, verbatim


class Flaw(ValueError):
    """What is wrong with a JSON file, where Python would say it of its own doings."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def object_in(text: str) -> dict[str, Any]:
    """Read one JSON object. Raises ValueError for a text that is none; `flaw_of` words it."""
    try:
        found = json.loads(text)
    except JSONDecodeError:
        raise
    except ValueError as error:  # of a number only: Python reads 4300 digits at most
        raise Flaw(say("a number in it is too long")) from error
    except RecursionError as error:
        raise Flaw(say("its brackets stand too deep in one another")) from error
    if not isinstance(found, dict):
        raise Flaw(say("it is no JSON object"))
    return found


def flaw_of(error: Exception) -> Sentence:
    """Say what kept a file from being read; what only a program can know stays as it said it, cut short."""
    match error:
        case Flaw():
            return error.sentence
        case JSONDecodeError():
            return say("no JSON from line {line}, character {place} on", line=error.lineno, place=error.colno)
        case KeyError(args=[str(name), *_]):
            return say("“{name}” is missing", name=verbatim(name))
        case TypeError() if names := re.findall(r"'(\w+)'", str(error)):
            told = verbatim(", ".join(names))
            if "missing" in str(error):
                return say("missing: {names}", names=told)
            if "unexpected keyword" in str(error):
                return say("not known here: {names}", names=told)
            return verbatim(str(error)[:120])
        case AttributeError():  # of a list or a text that was asked for its names
            return say("something else stands where braces with named fields are expected")
        case _:
            return verbatim(str(error)[:120])
