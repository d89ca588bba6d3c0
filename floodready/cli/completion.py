"""Completion scripts for shells, made by shtab from the parser, so that they never lag behind it.

Files are completed in every shell; in bash the codes of what a store holds too, asked of the lists when Tab is pressed.
"""

from __future__ import annotations

import argparse
from typing import Any

_LISTED = {"PERSON": "person", "UNIT": "unit", "STATION": "station", "DRILL": "drill", "CAMPAIGN": "campaign",
           "POST": "post", "WORKS": "works", "PARENT": "unit", "OWNER": "person"}  # fmt: skip
"""The word whose list shows the codes that may stand there, by what stands there in the help."""

_OWN_IDS = frozenset({"unit", "works", "post", "person", "season", "station", "warning"})
"""Words whose ID is a code of their own list."""

_ASKING = '_floodready_{word}() {{ compgen -W "$(floodready {word} list --plain 2>/dev/null | cut -f1)" -- "$1"; }}'


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Give the completion script for bash, zsh or fish."""
    import shtab

    _tell(parser, file=shtab.FILE, folder=shtab.DIRECTORY)
    asking = "\n".join(_ASKING.format(word=word) for word in sorted({*_LISTED.values(), *_OWN_IDS}))
    return str(shtab.complete(parser, shell=shell, preamble=asking if shell == "bash" else ""))


def _tell(parser: argparse.ArgumentParser, file: Any, folder: Any) -> None:
    """Tell shtab what may stand behind the options of a word and of the words below it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _tell(below, file, folder)
        elif action.choices is None and isinstance(action.metavar, str):
            place = action.metavar
            listed = _own_list(parser) if place == "ID" else _LISTED.get(place.removesuffix("S"), _LISTED.get(place))
            if place == "FILE":
                action.complete = file  # type: ignore[attr-defined] # where shtab looks
            elif place == "FOLDER":
                action.complete = folder  # type: ignore[attr-defined] # as above
            elif listed is not None:
                action.complete = {"bash": f"_floodready_{listed}"}  # type: ignore[attr-defined] # as above


def _own_list(parser: argparse.ArgumentParser) -> str | None:
    word, *_ = parser.prog.split()[1:] or [""]
    return word if word in _OWN_IDS else None
