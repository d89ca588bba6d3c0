"""Which option of a command a field of a document is given with, for whoever must type it again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from floodready.cli.asking import COMMON_DEFAULTS
from floodready.field_words import problems_told
from floodready.refusal import Invalid

_UNITS = ("_at", "_on", "_fen", "_hours", "_days", "_minutes", "s")
"""Ends of field names that an option may leave away: a time is typed as people say it."""

_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "at": ("time",),
    "by": ("on",),
    "content": ("add",),
    "finding": ("weakness",),
    "fixes": ("fix",),
    "from_at": ("start",),
    "number": ("id",),
    "offset": ("time",),
    "person": ("who", "off"),
    "plan": ("part",),
    "recommendation": ("recommend",),
    "root_cause": ("cause",),
    "rotations": ("groups",),
    "task": ("follow_up",),
    "usable_until": ("until",),
}
"""What options call a field otherwise, the likelier first."""


def naming_options(refused: Invalid, asked_of: argparse.ArgumentParser) -> Invalid:
    """Give the same refusal with the option of each wrong field; a field that none gives stays without."""
    given = {action.dest: _typed(action) for action in asked_of._actions if action.dest not in _EVERYWHERE}
    options = {
        field: found
        for field in refused.problems
        if (found := next((given[name] for name in _names(field) if name in given), None)) is not None
    }
    return Invalid(problems_told(refused.table, refused.problems, options), refused.problems, refused.table)


_EVERYWHERE = COMMON_DEFAULTS.keys() - {"reason"}
"""They say how something is asked, never what a document holds; only the reason may stand in one."""


def _names(field: str) -> Iterator[str]:
    yield field
    yield from (field.removesuffix(end) for end in _UNITS if field.endswith(end))
    yield from _OTHERWISE.get(field, ())


def _typed(action: argparse.Action) -> str:
    if action.option_strings:
        return action.option_strings[-1]
    return action.metavar if isinstance(action.metavar, str) else action.dest.upper()
