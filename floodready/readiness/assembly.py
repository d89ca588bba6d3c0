"""The lines of all pillars, gathered: a pillar adds its source here, in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from floodready.readiness.headline import counts, deciding, headline, progress
from floodready.readiness.line import Colour, Line, LineStatus, worst
from floodready.readiness.overriding import overridden
from floodready.readiness.rollup import UnitStatus, roll_up

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.language import Sentence
    from floodready.store.contract import View


class Surroundings(NamedTuple):
    """What a source reads its lines from."""

    view: View
    at: datetime
    """The instant asked about, UTC; a source may need it to know which year's season or how far to look ahead."""
    zone: ZoneInfo


Source = Callable[[Surroundings], Iterator[Line]]

SOURCES: tuple[str, ...] = ("season", "organisation", "duty", "drills", "materials", "rectification")
"""Each names a module `<name>_lines` of this package with a function `lines`, and the tables it reads as TABLES."""


_SILENT = frozenset({"drills", "materials", "rectification"})
"""Pillars that ask nothing until something is entered: without documents they are not even imported."""


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
    around = Surroundings(view, at, zone)
    held = {name.partition(".")[0] for name in view.table_names()}
    lines = [line for name in SOURCES if name not in _SILENT or name in held for line in source(name)(around)]
    return overridden(view, lines)


def source(name: str) -> Source:
    """Give the line source of a pillar."""
    found: Source = import_module(f"floodready.readiness.{name}_lines").lines
    return found


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
