"""JSON files that people wrote, and what is wrong with one, in their language."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError
from typing import Any, NoReturn

from floodready.language import Sentence, say, verbatim

_OTHER_KIND = say("a value in it is of another kind than is needed there, such as a number for a text or a list")


class Flaw(ValueError):
    """What is wrong with a JSON file, where Python would say it of its own doings."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def object_in(text: str) -> dict[str, Any]:
    """Read one JSON object. Raises ValueError for a text that is none; `flaw_of` words it."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (JSONDecodeError, Flaw):
        raise
    except ValueError as error:  # of a number only: Python reads 4300 digits at most
        raise Flaw(say("a number in it is too long")) from error
    except RecursionError as error:
        raise Flaw(say("its brackets stand too deep in one another")) from error
    if not isinstance(found, dict):
        raise Flaw(say("it is no JSON object"))
    return found


def _no_number(name: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python takes for numbers and JSON does not know."""
    raise Flaw(say("“{name}” is not a number", name=verbatim(name)))


def objects_in(held: Any, name: str) -> list[dict[str, Any]]:
    """Give the list of objects that stands under a name; none where the name is not there. Raises Flaw."""
    found = held.get(name, []) if isinstance(held, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Flaw(say("“{name}” must be a list of objects", name=verbatim(name)))
    return found


def flaw_of(error: Exception) -> Sentence:
    """Say what kept a file from being read, never in the words of a library."""
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
            return _OTHER_KIND
        case ValueError() if (strange := re.match(r"(.+) is not a valid \w+$", str(error))) is not None:
            return say("{value} is not known here", value=verbatim(strange[1]))
        case ValueError() if (unread := re.match(r"Invalid isoformat string: (.+)", str(error))) is not None:
            return say("{value} is not a day or time; write 2026-07-01 or 08:00", value=verbatim(unread[1]))
        case ValueError() if (unread := re.match(r"invalid literal for int.*: (.+)", str(error))) is not None:
            return say("{value} is not a whole number", value=verbatim(unread[1]))
        case TypeError() | AttributeError():
            return _OTHER_KIND
        case ValueError() if re.match(r"(year|month|day|hour|minute|second)\b.*(must be in|out of range)", str(error)):
            return say("a day or a time of day in it does not exist; write 2026-07-01 or 08:00")
        case _:
            return say("a value in it cannot be read")
