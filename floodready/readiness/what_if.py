"""What a response level would turn, and why, before it is declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.readiness.assembly import Readiness, readiness
from floodready.readiness.line import Colour, LineStatus
from floodready.readiness.supposing import SupposedView
from floodready.season.level import Level
from floodready.season.level_table import effects
from floodready.season.settings import level_table_of
from floodready.season.situation import situation
from floodready.season.views import effect_sentences

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View


@frozen
class Turned:
    """A line that the level would turn, or give another cause; `before` None: only the level asks for it."""

    before: LineStatus | None
    after: LineStatus

    @property
    def worse(self) -> bool:
        """Whether it would be worse than now."""
        return self.after.colour.severity > (self.before.colour.severity if self.before else 0)


@frozen
class WhatIf:
    """The answer now and under a supposed level, with what it would demand and turn."""

    unit: str
    held: Level | None
    """The level in force now."""
    level: Level | None
    demands: Sequence[Sentence]
    """What the level asks by the unit's table: staffing, leader, bulletins, forward stock, actions."""
    now: Readiness
    then: Readiness
    turned: Sequence[Turned]
    """The lines whose colour or cause would be another, the worst first."""


def what_if(view: View, unit: str, level: Level | None, at: datetime, zone: ZoneInfo) -> WhatIf:
    """Suppose that a level (None: the end of any) is declared for a unit at an instant; nothing is written."""
    now = readiness(view, at, zone)
    then = readiness(SupposedView(view, unit, level, at), at, zone)
    return WhatIf(
        unit=unit,
        held=situation(view, unit, at, zone).level,
        level=level,
        demands=effect_sentences(effects(level_table_of(view, unit), level)),
        now=now,
        then=then,
        turned=turned_between(_lines(now), _lines(then)),
    )


def turned_between(now: Iterable[LineStatus], then: Iterable[LineStatus]) -> list[Turned]:
    """Give the lines that would turn or have another cause: what gets worse first, then by colour, class and name."""
    before = {status.line.id: status for status in now}
    turned = [
        Turned(before=before.get(status.line.id), after=status)
        for status in then
        if _differs(before.get(status.line.id), status)
    ]
    turned.sort(key=lambda one: (not one.worse, -one.after.colour.severity, one.after.line.importance,
                                 one.after.line.id))  # fmt: skip
    return turned


def _lines(answer: Readiness) -> list[LineStatus]:
    return [status for unit in answer.units for status in unit.lines()]


def _differs(before: LineStatus | None, after: LineStatus) -> bool:
    if before is None:
        return after.colour is not Colour.GREEN
    return before.colour is not after.colour or (after.colour is not Colour.GREEN and before.cause != after.cause)
