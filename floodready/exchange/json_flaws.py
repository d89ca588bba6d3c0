"""What is wrong with a JSON file that people wrote, in their language."""

from __future__ import annotations

import re
from json import JSONDecodeError

from floodready.language import Sentence, say, verbatim


def flaw_of(error: Exception) -> Sentence:
    """Say what kept a file from being read; what only a program can know stays as it said it, cut short."""
    match error:
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
        case _:
            return verbatim(str(error)[:120])
