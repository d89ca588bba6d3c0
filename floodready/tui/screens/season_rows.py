"""What the season screen shows, worded: stations, clocks, the level and why it is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_day, local_time, time_left
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Unit
from floodready.season.level import level_word
from floodready.season.measure import figure, shown
from floodready.season.models import FloodWarning, Reading, Season, Station, Threshold, reading_id
from floodready.season.models_level import Declaration, StartedAction
from floodready.season.models_report import Report
from floodready.season.projections import Curves
from floodready.season.running import Clocked, running
from floodready.season.situation import Situation
from floodready.season.thresholds import Point, next_above, reached
from floodready.season.warning_clock import awaits_decision, in_effect
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.theme import Tone
from floodready.tui.widgets.words import NOTHING

CURVE = timedelta(days=10)
"""How far back the plot goes."""


@frozen
class StationRow:
    """One station, worded."""

    station: Station
    points: tuple[Point, ...]
    last: Reading | None
    """The last reading, as it can be corrected."""
    latest: str
    at: str
    stands: Sentence
    """Which threshold it has reached, or how far the next one is."""
    tone: Tone | None


@frozen
class ClockRow:
    """One warning, action or report with its clock."""

    key: str
    left: Sentence
    what: Sentence
    tone: Tone | None
    of: Clocked


def station_row(view: View, station: Station, room: Room) -> StationRow:
    """Word a station's last reading and what it means today."""
    at = room.at()
    points = tuple(view.projection(Curves).points(station.id, at - CURVE, at))
    last = points[-1] if points else view.projection(Curves).latest(station.id, at)
    if last is None:
        unknown = say("not known: no reading yet")
        return StationRow(station=station, points=(), last=None, latest="", at="", stands=unknown, tone=Tone.UNKNOWN)
    day = local_day(last[0], room.zone)
    met = reached(station, last[1], day)
    stands, tone = _stands(station, last[1], met, next_above(station, last[1], day))
    return StationRow(
        station=station,
        points=points or (last,),
        last=view.get(Reading, reading_id(station.id, last[0])),
        latest=shown(last[1], station.kind),
        at=_when(last[0], at, room.zone),
        stands=stands,
        tone=tone,
    )


def _when(measured_at: datetime, at: datetime, zone: ZoneInfo) -> str:
    """Write when a reading was taken without its year, which is this one; of another year the day tells enough."""
    day, clock = local_time(measured_at, zone).split(" ")
    return f"{day[5:]} {clock}" if measured_at.astimezone(zone).year == at.astimezone(zone).year else day


def clock_rows(view: View, unit: str, room: Room) -> list[ClockRow]:
    """Word what runs out: decisions owed, open actions, reports due; the most urgent first, then warnings in effect."""
    at = room.at()
    owed = sorted(running(view, unit, at, room.zone), key=lambda pair: pair[0])
    return [
        *(_clock_row(of, due_at, at) for due_at, of in owed),
        *(_in_effect(warning) for warning in _decided(view, unit, at)),
    ]


def station_told(row: StationRow, room: Room) -> Iterable[Sentence]:
    """Say a station's thresholds with their days, and its last readings, the newest first."""
    station = row.station
    yield say("{kind}, in {unit}", kind=station.kind.word, unit=verbatim(station.kind.unit))
    for threshold in station.thresholds:
        yield say("{mark}: {value}, {days}", mark=threshold.mark.word, value=shown(threshold.value, station.kind),
                  days=_days(threshold))  # fmt: skip
    yield NOTHING
    for at, value in reversed(row.points[-12:]):
        yield verbatim(f"{local_time(at, room.zone)}  {shown(value, station.kind)}")


def explained(view: View, now: Situation) -> Iterable[Sentence]:
    """Say what suggests which level, who declared which, and what it demands."""
    yield from now.suggestion.explained(now.level)
    yield NOTHING
    if now.declaration is None:
        yield say("In force: {level}", level=level_word(None))
        return
    declared = now.declaration
    yield say("Declared: {level}, by {person}, on the authority of {authority}", level=level_word(declared.level),
              person=verbatim(person_name(view, declared.by)), authority=verbatim(declared.authority))  # fmt: skip
    yield say("Reason: {reason}", reason=verbatim(declared.reason))


def situation_told(
    unit: Unit | None, now: Situation | None, nothing: Sentence, *, has_seasons: bool
) -> Iterable[Sentence]:
    """Say season, declared and suggested level of a unit; `nothing` where there is none."""
    if now is None or unit is None:
        yield nothing
        return
    season = verbatim(now.season.name) if now.season else say("outside the flood season")
    if not has_seasons:
        season = say("no flood season is entered; press y to add one")
    main = say("main season") if now.main_season else NOTHING
    yield say("{unit}: {season} {main}", unit=verbatim(unit.name), season=season, main=main)
    yield say("In force: {level}", level=level_word(now.level))
    yield say("Readings: {suggestion}", suggestion=now.suggestion.beside(now.level))


OF_A_UNIT: tuple[type[Clocked | Station | Season | Declaration], ...] = (
    Station, FloodWarning, StartedAction, Report, Season, Declaration,
)  # fmt: skip


def unit_of_document(room: Room, table: str, id: str) -> str | None:
    """Give the unit of a document of the season; None where nobody knows it. In the store's thread.

    A report that is not sent yet is in no table: its id begins with its unit. Settings and level tables stand under
    the id of their unit.
    """
    view = room.view()
    kind = next((kind for kind in OF_A_UNIT if kind.table == table), None)
    held = view.get(kind, id) if kind is not None else None
    unit = held.unit if held is not None else id.partition("/")[0]
    return unit if view.get(Unit, unit) is not None else None


def _stands(
    station: Station, value: int, met: list[Threshold], above: Threshold | None
) -> tuple[Sentence, Tone | None]:
    if met:
        level = next((t for t in met if t.mark.level is not None), met[0])
        tone = Tone.BAD if level.mark.level is not None else Tone.WATCH
        return say("! reached {mark} ({value})", mark=level.mark.word, value=figure(level.value, station.kind)), tone
    if above is None:
        return say("no threshold is set"), Tone.MUTED
    return say("{value} below {mark}", value=shown(above.value - value, station.kind), mark=above.mark.word), None


def _clock_row(of: Clocked, due_at: datetime, at: datetime) -> ClockRow:
    tone = Tone.BAD if due_at < at else None if isinstance(of, Report) else Tone.WATCH
    return ClockRow(key=of.id, left=time_left(due_at, at), what=_owed(of), tone=tone, of=of)


def _owed(of: Clocked) -> Sentence:
    match of:
        case FloodWarning():
            return say("{colour}: {hazard}, {area}, by {issuer}: decide", colour=of.colour.word, hazard=of.hazard.word,
                       area=verbatim(of.area), issuer=verbatim(of.issuer))  # fmt: skip
        case StartedAction():
            return say("{what}: {who}", what=of.name, who=of.who) if of.who else verbatim(of.name)
        case Report():
            return of.told


def _decided(view: View, unit: str, at: datetime) -> list[FloodWarning]:
    held = view.find(FloodWarning, unit=unit)
    return [warning for warning in held if in_effect(warning, at) and not awaits_decision(warning)]


def _in_effect(warning: FloodWarning) -> ClockRow:
    what = say("{colour}: {hazard}, {area}, by {issuer}", colour=warning.colour.word, hazard=warning.hazard.word,
               area=verbatim(warning.area), issuer=verbatim(warning.issuer))  # fmt: skip
    return ClockRow(key=warning.id, left=say("in effect"), what=what, tone=Tone.MUTED, of=warning)


def _days(threshold: Threshold) -> Sentence:
    match threshold.valid_from, threshold.valid_until:
        case None, None:
            return say("always")
        case start, None:
            return say("from {day}", day=str(start))
        case None, end:
            return say("until {day}", day=str(end))
        case start, end:
            return say("from {first} to {last}", first=str(start), last=str(end))
