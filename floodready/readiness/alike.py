"""Lines that say the same and ask for the same, told as one: nine of them must not hide the tenth from tired eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from floodready.language import Sentence, say
from floodready.readiness.line import LineStatus

_MANY = 3
"""Fewer are told one by one."""


def together(statuses: Iterable[LineStatus]) -> list[Sequence[LineStatus]]:
    """Group lines of one site, kind, class and colour with the same reason and the same next act.

    A group stands where its first line stood, the order is otherwise kept. A line that is like few others, that was
    overridden or that asks for nothing is a group of its own.
    """
    told = [(status, _what_it_says(status)) for status in statuses]
    alike: dict[object, list[LineStatus]] = {}
    for status, said in told:
        alike.setdefault(said, []).append(status)
    found: list[Sequence[LineStatus]] = []
    for status, said in told:
        if len(alike[said]) < _MANY:
            found.append([status])
        elif status is alike[said][0]:
            found.append(alike[said])
    return found


def subjects_told(group: Sequence[LineStatus]) -> Sentence:
    """Name what a group speaks of: its first line, and how many more."""
    first = group[0].line.subject
    return first if len(group) == 1 else say("{subject} and {count} more", subject=first, count=len(group) - 1)


def cause_told(group: Sequence[LineStatus]) -> Sentence:
    """Say why a group stands as it does: the figures are those of its first line."""
    first = group[0].cause
    return first if len(group) == 1 else say("{cause}; the others alike", cause=first)


def _what_it_says(status: LineStatus) -> object:
    if status.act is None or status.overriding is not None:
        return status.line.id
    line, cause = status.line, status.cause
    return line.unit, line.site, line.kind, line.importance, status.colour, cause.template, str(status.act)
