"""The forecast as people see it: a strip of days to the season's end, what turns and why, which act mends most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.readiness.assembly import gather
from floodready.readiness.forecast import Day, Mending, Turn, forecast, mends_most
from floodready.readiness.line import Colour, worst
from floodready.season.models import Season

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

WITHOUT_SEASON = timedelta(days=150)
"""How far the forecast looks where no season is entered that ends later."""
LONGEST = timedelta(days=390)
"""The pillars know their lines for so long."""
WEEK = 7


@frozen
class Outlook:
    """The forecast from an instant to a day, inclusive, if nothing is done."""

    at: datetime
    until: date
    season: str
    """The name of the season that ends then; empty where none does."""
    days: Sequence[Day]
    mendings: Sequence[Mending]

    @property
    def turns(self) -> list[Turn]:
        """Every turn of a line, in time."""
        return [turn for day in self.days for turn in day.turns]

    @property
    def first_worse(self) -> Day | None:
        """The first day on which the whole is worse than today; None where it gets no worse."""
        today = self.days[0].colour.severity if self.days else 0
        return next((day for day in self.days if day.colour.severity > today), None)


@frozen
class Cell:
    """One cell of the strip: the worst of the days in it, and how many lines turn for the worse."""

    first: date
    last: date
    colour: Colour
    worse: int


def outlook(view: View, at: datetime, zone: ZoneInfo, until: date | None = None) -> Outlook:
    """Look ahead to a day, or to the end of the season that runs or comes next; at most 390 days."""
    today = local_day(at, zone)
    end, season = (until, "") if until is not None else season_end(view, today)
    end = min(end, today + LONGEST)
    lines = gather(view, at, zone)
    days = forecast(lines, at, end, zone)
    return Outlook(at=at, until=end, season=season, days=days, mendings=mends_most(lines, days, zone))


def season_end(view: View, today: date) -> tuple[date, str]:
    """Give the last day and the name of the season that runs (the one ending last), or else of the next one."""
    running = [season for season in view.all(Season) if season.starts_on <= today <= season.ends_on]
    if running:
        last = max(running, key=lambda season: (season.ends_on, season.id))
        return last.ends_on, last.name
    coming = [season for season in view.all(Season) if season.starts_on > today]
    if coming:
        first = min(coming, key=lambda season: (season.starts_on, season.id))
        return first.ends_on, first.name
    return today + WITHOUT_SEASON, ""


def cells(days: Sequence[Day], width: int) -> list[Cell]:
    """Give a strip of at most `width` cells: one a day where they fit, else one for each week or for more weeks."""
    size = 1 if len(days) <= width else WEEK
    while -(-len(days) // size) > max(1, width):
        size += WEEK
    return [_cell(days[place : place + size]) for place in range(0, len(days), size)]


def _cell(days: Sequence[Day]) -> Cell:
    turns = [turn for day in days for turn in day.turns]
    return Cell(
        first=days[0].on,
        last=days[-1].on,
        colour=worst(day.colour for day in days),
        worse=sum(turn.status.colour.severity > turn.before.severity for turn in turns),
    )
