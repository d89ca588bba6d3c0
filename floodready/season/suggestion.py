"""The suggested response level: the highest whose any-threshold is met, naming the station. A person declares it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.season.level import Level, rank
from floodready.season.measure import shown
from floodready.season.models import Mark, Station, Threshold
from floodready.season.thresholds import Point, level_met, thresholds_on

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@frozen
class Met:
    """A station whose latest reading meets a level's threshold."""

    station: Station
    level: Level
    measured_at: datetime
    value: int
    threshold: Threshold

    @property
    def sentence(self) -> Sentence:
        """Say what was read and which threshold it meets."""
        return say(
            "{station} {value} meets {level} ({threshold})",
            station=self.station.name,
            value=shown(self.value, self.station.kind),
            level=self.level.word,
            threshold=shown(self.threshold.value, self.station.kind),
        )


@frozen
class Suggestion:
    """What the readings suggest at an instant."""

    level: Level | None
    met: tuple[Met, ...]
    """Every station that meets a level, the highest level first."""
    unknown: tuple[Station, ...]
    """Stations with level thresholds whose last reading is too old, or that have none: they do not speak."""

    @property
    def sentence(self) -> Sentence:
        """Say the level with the station that suggests it."""
        if self.met:
            return say("{cause}: {level} is suggested", cause=self.met[0].sentence, level=self.met[0].level.word)
        if self.unknown:
            return say_many(
                "no level is suggested, but {count} station is not known",
                "no level is suggested, but {count} stations are not known",
                len(self.unknown),
            )
        return say("no station meets a level")

    def beside(self, declared: Level | None) -> Sentence:
        """Say what the readings suggest and how that stands to the level in force: above it, the same, or below it.

        A level stands until a person lowers it, whatever the readings say: so nothing is "suggested" that is in force.
        """
        if declared is None:
            return self.sentence
        held = declared.word
        if self.level is None:
            return say("{suggestion}; {held} is in force until it is ended", suggestion=self.sentence, held=held)
        cause, level = self.met[0].sentence, self.level.word
        if is_higher(self.level, declared):
            return say("{cause}: {level} is suggested, above {held}, which is in force", cause=cause, level=level,
                       held=held)  # fmt: skip
        if self.level is declared:
            return say("{cause}: {level}, which is in force", cause=cause, level=level)
        return say("{cause}: {level}; {held} is in force until it is lowered", cause=cause, level=level, held=held)

    def explained(self, declared: Level | None) -> Iterator[Sentence]:
        """Say how it stands to the level in force, then each station that meets one, then each that does not speak."""
        yield self.beside(declared)
        yield from (met.sentence for met in self.met)
        for station in self.unknown:
            yield say("{station}: no reading that still counts", station=verbatim(station.name))


def suggest(
    stations: Iterable[Station], latest: Mapping[str, Point], at: datetime, zone: ZoneInfo, counts_hours: int
) -> Suggestion:
    """Suggest a level from the latest reading of each station.

    A reading speaks for `counts_hours` after it was measured, and is judged by the thresholds of its own day in the
    zone. Rule: the highest level of which any one threshold is met. Stations without level thresholds have no say.
    """
    met: list[Met] = []
    unknown: list[Station] = []
    for station in stations:
        if not station.active or not any(threshold.mark.level for threshold in station.thresholds):
            continue
        measured_at, value = latest.get(station.id, (None, 0))
        if measured_at is None or at - measured_at > timedelta(hours=counts_hours):
            unknown.append(station)
            continue
        day = measured_at.astimezone(zone).date()
        level = level_met(station, value, day)
        if level is not None:
            threshold = thresholds_on(station, day)[Mark(level.value)]
            met.append(Met(station=station, level=level, measured_at=measured_at, value=value, threshold=threshold))
    met.sort(key=lambda one: (-one.level.rank, one.station.name))
    return Suggestion(level=met[0].level if met else None, met=tuple(met), unknown=tuple(unknown))


def is_higher(suggested: Level | None, declared: Level | None) -> bool:
    """Tell whether a suggestion calls for raising the declared level."""
    return rank(suggested) > rank(declared)
