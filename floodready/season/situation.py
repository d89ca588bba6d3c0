"""How a unit stands at an instant: season, level, stations, warnings. What the other pillars ask of this one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.organisation.models import Unit
from floodready.organisation.tree import ancestors, parents_of
from floodready.season.declarations import LevelWindow, in_force, level_windows
from floodready.season.level import Level
from floodready.season.level_table import Effects, effects
from floodready.season.models import FloodWarning, Mark, Season, Station
from floodready.season.models_level import Declaration
from floodready.season.models_report import Report
from floodready.season.projections import Curves
from floodready.season.report_clocks import expected, with_sent
from floodready.season.seasons import Window, in_main_season, joined, season_on, season_windows
from floodready.season.settings import level_table_of, seasons_for, settings_of
from floodready.season.suggestion import Suggestion, suggest
from floodready.season.thresholds import Point, thresholds_on, windows_at_or_above
from floodready.season.warning_clock import awaits_decision, in_effect
from floodready.store.contract import View

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@frozen
class Situation:
    """A unit at an instant."""

    unit: str
    at: datetime
    season: Season | None
    """The season it is in, or None."""
    main_season: bool
    declaration: Declaration | None
    """The declaration that holds, its own or a higher unit's; None where no level is in force."""
    effects: Effects
    """What the level demands by the unit's table."""
    suggestion: Suggestion
    at_or_above_warning: tuple[Station, ...]
    """Stations whose last reading is at or above their warning value: the leader must be on site."""
    warnings: tuple[FloodWarning, ...]
    """Warnings that hold, or still await a decision."""

    @property
    def level(self) -> Level | None:
        """The response level in force, or None."""
        return self.declaration.level if self.declaration else None


def situation(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Situation:
    """Tell how a unit stands at an instant, by what the view knows; future instants by what is known today."""
    day = local_day(at, zone)
    seasons = seasons_for(view, unit)
    declaration = declaration_for(view, unit, at)
    stations = stations_for(view, unit)
    latest = latest_points(view, stations, at)
    return Situation(
        unit=unit,
        at=at,
        season=season_on(day, seasons),
        main_season=in_main_season(day, seasons),
        declaration=declaration,
        effects=effects(level_table_of(view, unit), declaration.level if declaration else None),
        suggestion=suggest(stations, latest, at, zone, settings_of(view, unit).reading_counts_hours),
        at_or_above_warning=tuple(s for s in stations if _at_warning(s, latest.get(s.id), zone)),
        warnings=tuple(
            warning
            for warning in view.find(FloodWarning, unit=unit)
            if warning.received_at <= at and (in_effect(warning, at) or awaits_decision(warning))
        ),
    )


def stations_for(view: View, unit: str) -> list[Station]:
    """Give the stations a unit looks at: its own and those of the units above, all in use."""
    watched = {unit, *ancestors(unit, parents_of(view.all(Unit)))}
    return [station for station in view.all(Station) if station.active and station.unit in watched]


def latest_points(view: View, stations: list[Station], at: datetime) -> dict[str, Point]:
    """Give the latest reading of each station up to an instant."""
    curves = view.projection(Curves)
    found = ((station.id, curves.latest(station.id, at)) for station in stations)
    return {id: point for id, point in found if point is not None}


def declaration_for(view: View, unit: str, at: datetime) -> Declaration | None:
    """Give the declaration with the highest level that holds for a unit: its own or one of a unit above it.

    A level declared by the city holds for its counties.
    """
    parents = parents_of(view.all(Unit))
    held = [in_force(view.find(Declaration, unit=name), at) for name in (unit, *ancestors(unit, parents))]
    found = [declaration for declaration in held if declaration is not None]
    return max(found, key=lambda declaration: declaration.level.rank if declaration.level else 0, default=None)


def levels_for(view: View, unit: str) -> list[LevelWindow]:
    """Give the stretches in which a level declared by a unit itself held, in order."""
    return level_windows(view.find(Declaration, unit=unit))


def warning_windows(view: View, unit: str, since: datetime, until: datetime, zone: ZoneInfo) -> list[Window]:
    """Give the stretches within [since, until) in which any station of a unit stood at or above its warning value.

    One that began before `since` begins with the last reading before it: what was earlier does not matter here, and a
    season's readings need not be gone through for every clock.
    """
    curves = view.projection(Curves)
    found: list[Window] = []
    for station in stations_for(view, unit):
        if any(threshold.mark is Mark.WARNING for threshold in station.thresholds):
            before = curves.latest(station.id, since - timedelta(microseconds=1))
            points = [*([before] if before else []), *curves.points(station.id, since, until)]
            found += windows_at_or_above(station, Mark.WARNING, points, zone, until)
    return joined(found)


def reports_for(view: View, unit: str, since: datetime, until: datetime, zone: ZoneInfo) -> list[Report]:
    """Give a unit's reports due in [since, until): expected, started by events and sent, by due time."""
    kept = {report.id: report for report in view.find(Report, unit=unit) if since <= report.due_at < until}
    coming = expected(
        unit,
        settings_of(view, unit),
        in_season=season_windows(seasons_for(view, unit), zone),
        above_warning=warning_windows(view, unit, since, until, zone),
        levels=levels_for(view, unit),
        table=level_table_of(view, unit),
        zone=zone,
        since=since,
        until=until,
    )
    return with_sent(coming, kept)


def _at_warning(station: Station, point: Point | None, zone: ZoneInfo) -> bool:
    if point is None:
        return False
    threshold = thresholds_on(station, local_day(point[0], zone)).get(Mark.WARNING)
    return threshold is not None and point[1] >= threshold.value
