"""The answer: the lines of all pillars, gathered and rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.frozen import frozen, replace
from floodready.language import say
from floodready.readiness.gathering import Gathered, gathered, speaking
from floodready.readiness.headline import counts, deciding, headline, progress
from floodready.readiness.line import NEVER, Colour, Line, LineStatus, Statuses, worst
from floodready.readiness.overriding import overridden
from floodready.readiness.rollup import UnitStatus, roll_up

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.language import Sentence
    from floodready.store.contract import View


@frozen
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
    until: datetime
    """When it may next read differently though nothing is entered, UTC."""


def gather(view: View, at: datetime, zone: ZoneInfo) -> list[Line]:
    """Ask every pillar for its lines."""
    return merged(view, all_gathered(view, at, zone))


def all_gathered(view: View, at: datetime, zone: ZoneInfo) -> list[Gathered]:
    """Ask every pillar, from nothing."""
    return [part for name in speaking(view) for part in gathered(name, view, at, zone).values()]


def merged(view: View, parts: Iterable[Gathered]) -> list[Line]:
    """Put the lines of all pillars together, with what leaders set in place of their colours."""
    return overridden(view, [line for part in parts for line in part.lines])


def readiness(view: View, at: datetime, zone: ZoneInfo) -> Readiness:
    """Answer whether the duty room is ready at an instant, by what this view knows."""
    return answer_of(view, all_gathered(view, at, zone), at)


def readiness_then(view: View, at: datetime, zone: ZoneInfo) -> Readiness:
    """Answer the same of a past instant, in which nothing can be set up any more."""
    found = readiness(view, at, zone)
    return found if found.units else replace(found, headline=say("NOT KNOWN — nothing had been entered then."))


def answer_of(view: View, parts: Sequence[Gathered], at: datetime, statuses: Statuses | None = None) -> Readiness:
    """Answer from what the pillars were asked; every part must hold at the instant. See `answer` for `statuses`."""
    found = answer(merged(view, parts), at, parents(view), statuses)
    return replace(found, until=min([found.until, *(part.until for part in parts)]))


def answer(
    lines: Sequence[Line], at: datetime, parents: Mapping[str, str | None], statuses: Statuses | None = None
) -> Readiness:
    """Answer from lines that are gathered already; `statuses` knows those of the lines that were asked about before."""
    statuses = statuses or Statuses()
    units = roll_up(lines, at, parents, statuses.status)
    return Readiness(
        at=at,
        colour=worst((unit.colour for unit in units), default=Colour.GREY),
        headline=headline(units),
        counts=counts(units),
        progress=progress(status for unit in units for status in unit.lines()),
        units=units,
        wrong=deciding(units),
        until=min((statuses.turn(line, at) for line in lines), default=NEVER),
    )


def parents(view: View) -> Mapping[str, str | None]:
    """Give each unit's parent."""
    from floodready.organisation.models import Unit

    return {unit.id: unit.parent for unit in view.all(Unit)}
