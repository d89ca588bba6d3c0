"""Overrides laid over the lines they speak of, and their count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from floodready.frozen import replace
from floodready.language import Sentence, say_many
from floodready.readiness.line import Line, LineStatus, Overriding

if TYPE_CHECKING:
    from floodready.readiness.models import Override
    from floodready.store.contract import View

OVERRIDES = "readiness.overrides"


def overridden(view: View, lines: Sequence[Line]) -> list[Line]:
    """Give the lines with every override that was ever set on each, in the order in which they were set."""
    if OVERRIDES not in view.table_names():
        return list(lines)
    from floodready.readiness.models import Override

    by_line: dict[str, list[Overriding]] = {}
    for override in view.all(Override):
        by_line.setdefault(override.line, []).append(_as_overriding(view, override))
    return [replace(line, overridings=tuple(by_line[line.id])) if line.id in by_line else line for line in lines]


def counted(statuses: Iterable[LineStatus]) -> Sentence | None:
    """Say how many lines show a leader's colour in place of the computed one; None for none."""
    number = sum(status.overriding is not None for status in statuses)
    return say_many("{count} override holds", "{count} overrides hold", number) if number else None


def _as_overriding(view: View, override: Override) -> Overriding:
    from floodready.organisation.models import Person

    def name(id: str | None) -> str:
        person = view.get(Person, id) if id is not None else None
        return person.name if person is not None else id or ""

    return Overriding(
        id=override.id,
        colour=override.colour,
        leader=name(override.by),
        second=name(override.second),
        reason=override.reason,
        since=override.since_at,
        until=override.ends_at,
    )
