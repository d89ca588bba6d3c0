"""Seasons by day: in season or not, main season or not, which part; and the windows of instants they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from floodready.clock import end_of, start_of
from floodready.organisation.tree import Parents, ancestors
from floodready.season.models import Season, SeasonPart

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

T = TypeVar("T")
Window = tuple[datetime, datetime]
"""Half-open [since, until), UTC."""


def followed(unit: str, held: Mapping[str, T], parents: Parents) -> T | None:
    """Give what a unit itself holds, or else the nearest unit above that holds something; None for nobody.

    Seasons, level tables and settings are all followed so.
    """
    return next((held[name] for name in (unit, *ancestors(unit, parents)) if name in held), None)


def seasons_of(unit: str, seasons: Iterable[Season], parents: Parents) -> tuple[Season, ...]:
    """Give the seasons a unit follows: its own, or the nearest ones above; by first day."""
    by_unit: dict[str, list[Season]] = {}
    for season in seasons:
        by_unit.setdefault(season.unit, []).append(season)
    found = followed(unit, by_unit, parents) or []
    return tuple(sorted(found, key=lambda season: (season.starts_on, season.ends_on)))


def season_on(day: date, seasons: Iterable[Season]) -> Season | None:
    """Give the season of a day, or None; where two overlap, the one that ends last."""
    holding = [season for season in seasons if season.starts_on <= day <= season.ends_on]
    return max(holding, key=lambda season: season.ends_on, default=None)


def in_main_season(day: date, seasons: Iterable[Season]) -> bool:
    """Tell whether a day is in the main season (主汛期) of any season."""
    return any(
        season.main_starts_on is not None
        and season.main_ends_on is not None
        and season.main_starts_on <= day <= season.main_ends_on
        for season in seasons
    )


def season_windows(seasons: Iterable[Season], zone: ZoneInfo) -> list[Window]:
    """Give the stretches of time that are in season, joined where seasons touch or overlap, in order."""
    return joined((start_of(s.starts_on, zone), end_of(s.ends_on, zone)) for s in seasons)


def joined(windows: Iterable[Window]) -> list[Window]:
    """Join windows that touch or overlap; in order."""
    found: list[Window] = []
    for since, until in sorted(windows):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def moved_to_year(season: Season, year: int, id: str) -> Season:
    """Give the same season in another year, day by day; 29 February becomes 28 where there is none."""
    step = year - season.year
    parts = tuple(
        SeasonPart(name=part.name, starts_on=_years_on(part.starts_on, step), ends_on=_years_on(part.ends_on, step))
        for part in season.parts
    )
    main = [None if day is None else _years_on(day, step) for day in (season.main_starts_on, season.main_ends_on)]
    return season.changed(
        id=id,
        starts_on=_years_on(season.starts_on, step),
        ends_on=_years_on(season.ends_on, step),
        main_starts_on=main[0],
        main_ends_on=main[1],
        parts=parts,
    )


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
