"""The answer: the lines of all pillars, gathered and rolled up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.readiness.gathering import gathered, speaking
from floodready.readiness.headline import counts, deciding, headline, progress
from floodready.readiness.line import Colour, Line, LineStatus, worst
from floodready.readiness.overriding import overridden
from floodready.readiness.rollup import UnitStatus, roll_up

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.language import Sentence
    from floodready.store.contract import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The whole answer at one instant."""

    at: datetime
    colour: Colour
    headline: Sentence
    counts: Sentence
    progress: int
    units: Sequence[UnitStatus]
    wrong: Sequence[LineStatus]
    """Every line that is not green, the one that matters most first."""


def gather(view: View, at: datetime, zone: ZoneInfo) -> list[Line]:
    """Ask every pillar for its lines."""
    return overridden(view, [line for name in speaking(view) for line in gathered(name, view, at, zone).lines])


def readiness(view: View, at: datetime, zone: ZoneInfo) -> Readiness:
    """Answer whether the duty room is ready at an instant, by what this view knows."""
    return answer(gather(view, at, zone), at, parents(view))


def answer(lines: Sequence[Line], at: datetime, parents: Mapping[str, str | None]) -> Readiness:
    """Answer from lines that are gathered already."""
    units = roll_up(lines, at, parents)
    return Readiness(
        at=at,
        colour=worst((unit.colour for unit in units), default=Colour.GREY),
        headline=headline(units),
        counts=counts(units),
        progress=progress(status for unit in units for status in unit.lines()),
        units=units,
        wrong=deciding(units),
    )


def parents(view: View) -> Mapping[str, str | None]:
    """Give each unit's parent."""
    from floodready.organisation.models import Unit

    return {unit.id: unit.parent for unit in view.all(Unit)}
