"""The documents of the season: seasons, stations with dated thresholds, readings, warnings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from floodready.clock import write_instant
from floodready.document import Code, Document, Line, Name, Note, record
from floodready.horizon import MinutesOrZero
from floodready.language import Sentence, say
from floodready.season.level import Level


@record
class SeasonPart:
    """A named part of a season, such as early and late; both days belong to it."""

    name: Name
    starts_on: date
    ends_on: date


@record
class Season(Document):
    """A flood season of one unit in one year; both its days belong to it, in the store's zone.

    A unit may have several a year (summer and autumn flood, ice flood, peach-blossom flood). A unit that has none of
    its own follows the nearest unit above that has.
    """

    table = "season.seasons"
    indexes = ("unit",)

    name: Name
    unit: Code
    starts_on: date
    ends_on: date
    main_starts_on: date | None = None
    """The first day of the main season (主汛期); None where the unit names none."""
    main_ends_on: date | None = None
    parts: tuple[SeasonPart, ...] = ()
    source: Line = ""

    @property
    def year(self) -> int:
        """The year it is counted to: the one in which it starts."""
        return self.starts_on.year

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse days in the wrong order, and a main season or parts outside the season."""
        if self.ends_on < self.starts_on:
            yield "ends_on", say("must not be before the first day")
            return  # nothing lies within such a season
        if (self.main_starts_on is None) != (self.main_ends_on is None):
            yield "main_ends_on", say("the main season needs a first and a last day")
        main = (self.main_starts_on or self.starts_on, self.main_ends_on or self.ends_on)
        if not self.starts_on <= main[0] <= main[1] <= self.ends_on:
            yield "main_starts_on", say("the main season must lie within the season")
        for part in self.parts:
            if not self.starts_on <= part.starts_on <= part.ends_on <= self.ends_on:
                yield "parts", say("part “{part}” must lie within the season", part=part.name)


class StationKind(StrEnum):
    """What a station measures."""

    DISCHARGE = "discharge"
    RESERVOIR_LEVEL = "reservoir level"
    WATER_LEVEL = "water level"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _KIND_WORDS[self]

    @property
    def unit(self) -> str:
        """The unit of its values."""
        return "m³/s" if self is StationKind.DISCHARGE else "m"


_KIND_WORDS = {
    StationKind.DISCHARGE: say("discharge"),
    StationKind.RESERVOIR_LEVEL: say("reservoir level"),
    StationKind.WATER_LEVEL: say("river or lake level"),
}


class Mark(StrEnum):
    """What a threshold is the threshold of: the works' own marks, and the response levels."""

    GUARD = "guard"
    WARNING = "warning"
    GUARANTEE = "guarantee"
    FLOOD_LIMIT = "flood limit"
    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the level's own name

    @property
    def word(self) -> Sentence:
        """The mark in the reader's language."""
        return self.level.word if self.level is not None else _MARK_WORDS[self]

    @property
    def level(self) -> Level | None:
        """The response level this mark stands for, or None."""
        return Level(self.value) if self.value in _LEVELS else None


_LEVELS = frozenset(level.value for level in Level)
_MARK_WORDS = {
    Mark.GUARD: say("guard value"),
    Mark.WARNING: say("warning value"),
    Mark.GUARANTEE: say("guarantee value"),
    Mark.FLOOD_LIMIT: say("flood-limit level"),
}


@record
class Threshold:
    """A value that means something from a day on until a day (both included).

    Dongping Lake's warning level was 43.0 m in 2013 and 41.72 m in 2021: what a reading meant depends on its day.
    """

    mark: Mark
    value: int
    """In thousandths of the station's unit."""
    valid_from: date | None = None
    """The first day; None: from the beginning."""
    valid_until: date | None = None
    """The last day; None: until another takes its place."""
    source: Line = ""

    def valid_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


@record
class Station(Document):
    """A gauging station (水文站), reservoir or lake that a unit watches.

    All values, of readings and thresholds, are whole thousandths of the station's unit: 1 mm, or 0.001 m³/s
    (Huayuankou's 4,000 m³/s is 4,000,000; Dongping Lake's 41.72 m is 41,720).
    """

    table = "season.stations"
    indexes = ("unit",)

    name: Name
    unit: Code
    kind: StationKind
    river: Line = ""
    key: bool = False
    """A key station: its data is reported sooner."""
    thresholds: tuple[Threshold, ...] = ()
    active: bool = True
    note: Line = ""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse two thresholds of one mark that hold on the same day, and days in the wrong order."""
        if len(self.id) > 40:
            # Readings are kept under the station's code with their instant.
            yield "id", say("is longer than {limit} characters", limit=40)
        for place, one in enumerate(self.thresholds):
            start, end = one.valid_from or date.min, one.valid_until or date.max
            if end < start:
                yield "thresholds", say("{mark}: the last day is before the first", mark=one.mark.word)
            for other in self.thresholds[:place]:
                starts_in = other.valid_on(start) or one.valid_on(other.valid_from or date.min)
                if other.mark is one.mark and starts_in:
                    yield "thresholds", say("{mark}: two values hold on the same day", mark=one.mark.word)


class Trend(StrEnum):
    """Where the water goes."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"

    @property
    def word(self) -> Sentence:
        """The trend in the reader's language."""
        return _TREND_WORDS[self]


_TREND_WORDS = {Trend.RISING: say("rising"), Trend.STEADY: say("steady"), Trend.FALLING: say("falling")}


@record
class Reading(Document):
    """What a station showed at an instant; its id is made of both, so that one instant has one reading."""

    table = "season.readings"
    indexes = ("station",)

    station: Code
    measured_at: datetime
    """UTC."""
    value: int
    """In thousandths of the station's unit."""
    trend: Trend | None = None
    """As reported; None where nobody said."""
    recorded_at: datetime
    """When it reached the duty room, UTC, set by the store."""
    earlier_values: tuple[int, ...] = ()
    """What was recorded before it was corrected, oldest first."""
    note: Line = ""
    confirmed: bool = False
    """Whether it was asked back as a likely slip, and confirmed."""


@record
class NewReading:
    """A reading on its way in: station, instant (UTC), value in thousandths of the station's unit."""

    station: str
    measured_at: datetime
    value: int
    trend: Trend | None = None
    note: str = ""


def reading_id(station: str, measured_at: datetime) -> str:
    """Name the reading of a station at an instant."""
    return f"{station}@{write_instant(measured_at).replace('.000000', '')}"


class Hazard(StrEnum):
    """What a warning warns of."""

    RIVER = "river flood"
    RAIN = "rainstorm"
    WATERLOGGING = "waterlogging"
    FLASH_FLOOD = "flash flood"
    ICE = "ice flood"
    TYPHOON = "typhoon"
    DROUGHT = "drought"

    @property
    def word(self) -> Sentence:
        """The hazard in the reader's language."""
        return _HAZARD_WORDS[self]


_HAZARD_WORDS = {
    Hazard.RIVER: say("river flood"),
    Hazard.RAIN: say("rainstorm"),
    Hazard.WATERLOGGING: say("waterlogging"),
    Hazard.FLASH_FLOOD: say("flash flood"),
    Hazard.ICE: say("ice flood"),
    Hazard.TYPHOON: say("typhoon"),
    Hazard.DROUGHT: say("drought"),
}


class WarningColour(StrEnum):
    """The colour of a warning; issued by weather or hydrology, never the same thing as the response level."""

    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def word(self) -> Sentence:
        """The colour in the reader's language."""
        return _COLOUR_WORDS[self]

    @property
    def demands_decision(self) -> bool:
        """Orange and red demand a recorded decision (Zhengzhou 2021: five red ones before the late response)."""
        return self in (WarningColour.ORANGE, WarningColour.RED)


_COLOUR_WORDS = {
    WarningColour.BLUE: say("blue warning"),
    WarningColour.YELLOW: say("yellow warning"),
    WarningColour.ORANGE: say("orange warning"),
    WarningColour.RED: say("red warning"),
}


@record
class WarningDecision:
    """What was decided on a warning: a level to raise to, or why not."""

    level: Level | None
    """None: no level is raised, and `why` says why not."""
    why: Note
    by: Code
    decided_at: datetime
    """UTC."""


@record
class FloodWarning(Document):
    """A warning as it reached the duty room."""

    table = "season.warnings"
    indexes = ("unit",)

    unit: Code
    """The duty room that has to decide."""
    hazard: Hazard
    colour: WarningColour
    issuer: Name
    area: Name
    issued_at: datetime
    """UTC."""
    received_at: datetime
    """When it reached the duty room, UTC: the decision clock starts here."""
    valid_until_at: datetime | None = None
    """UTC; None: until it is lifted."""
    lifted_at: datetime | None = None
    """When it was lifted or replaced by another, UTC."""
    decide_within_minutes: MinutesOrZero | None = None
    """The setting when it came; None for colours that demand no decision."""
    decision: WarningDecision | None = None
    text: Note = ""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse instants in an impossible order."""
        if self.received_at < self.issued_at:
            yield "issued_at", say("must not be later than the warning was received")
        if self.valid_until_at is not None and self.valid_until_at <= self.issued_at:
            yield "valid_until_at", say("must be later than the warning was issued")
