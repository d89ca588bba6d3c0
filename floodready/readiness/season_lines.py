"""What the season owes readiness: stations that speak, a level declared when due, decisions and reports in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time, start_of
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Good, Importance, Kind, Line, Signal
from floodready.readiness.season_evidence import declarations_of, readings_of, reports_of, sent_told, warnings_of
from floodready.readiness.turns import MOMENT, levels_turn, readings_come
from floodready.season.level import level_word
from floodready.season.measure import shown
from floodready.season.models import FloodWarning, Season, Station
from floodready.season.models_level import Declaration
from floodready.season.models_report import Report
from floodready.season.report_names import report_words
from floodready.season.seasons import season_windows
from floodready.season.settings import seasons_for, settings_of
from floodready.season.situation import Situation, declaration_for, latest_points, reports_for, situation, stations_for
from floodready.season.suggestion import is_higher, suggest
from floodready.season.thresholds import Point
from floodready.season.warning_clock import awaits_decision, decide_by

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_COUNTS = timedelta(days=1)
"""So long after its due time a report that was not sent keeps the line red."""
_AHEAD = timedelta(days=400)
"""How far ahead reports are looked for: farther than any forecast asks."""


def parts(around: Surroundings) -> Iterator[Part]:
    """Name a unit's lines: stations and level where it has stations, decisions, and reports where it has a season."""
    view = around.view
    for unit in view.all(Unit):
        if not unit.active:
            continue
        id = unit.id
        if any(station.active for station in view.find(Station, unit=id)):
            yield Part(f"stations/{id}", partial(_stations, id), readings_come)
            yield Part(f"level/{id}", partial(_level, id), partial(_level_turns, id))
        if any(view.find(FloodWarning, unit=id)):
            yield Part(f"warnings/{id}", partial(_warnings, id))
        if any(view.find(Season, unit=id)):
            yield Part(f"reports/{id}", partial(_reports, id), partial(_report_turns, id))


def _level_turns(id: str, around: Surroundings) -> Iterator[datetime]:
    """Give the instants at which a level begins or ends and a reading begins and ceases to count."""
    view, coming = around.view, list(readings_come(around))
    yield from (*levels_turn(around), *coming)
    counts = timedelta(hours=settings_of(view, id).reading_counts_hours) + MOMENT
    latest = latest_points(view, stations_for(view, id), around.at)
    yield from (measured_at + counts for measured_at, _ in latest.values())
    yield from (measured_at + counts for measured_at in coming)


def _report_turns(id: str, around: Surroundings) -> Iterator[datetime]:
    """Give the instants at which a report falls due and is forgotten."""
    for report in _reports_due(id, around):
        if report.due_at > around.at + _COUNTS:
            return
        yield from (report.due_at, report.due_at + _COUNTS + MOMENT)


def _stations(id: str, around: Surroundings) -> Iterator[Line]:
    view, zone = around.view, around.zone
    stations = [station for station in view.find(Station, unit=id) if station.active]
    hours = settings_of(view, id).reading_counts_hours
    latest = latest_points(view, stations, around.at)
    signals = []
    for station in stations:
        if not any(threshold.mark.level for threshold in station.thresholds):
            continue
        point = latest.get(station.id)
        for begins, ends in season_windows(seasons_for(view, id), zone):
            silent_from = begins if point is None else max(begins, point[0] + timedelta(hours=hours))
            if silent_from >= ends:
                continue
            signals.append(
                Signal(
                    colour=Colour.GREY,
                    cause=say("{station} has no reading of the last {hours} h", station=station.name, hours=hours),
                    act=say("get the reading of {station} and log it", station=station.name),
                    since=silent_from,
                    until=ends,
                )
            )
    yield Line(
        id=f"season/stations/{id}",
        unit=id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.SEASON,
        subject=say("stations"),
        signals=tuple(signals),
        good=say("every station with a level threshold has a reading that counts, or it is out of season"),
        explanation=(
            say("In season a reading speaks for its station for {hours} h (setting).", hours=hours),
            *(_last_reading(station, latest.get(station.id), zone) for station in stations),
        ),
        opens=(Station.table, stations[0].id),
        evidence=readings_of(latest),
    )


def _last_reading(station: Station, point: Point | None, zone: ZoneInfo) -> Sentence:
    if point is None:
        return say("{station}: no reading yet", station=station.name)
    return say("{station}: last read {value} at {time}", station=station.name, value=shown(point[1], station.kind),
               time=local_time(point[0], zone))  # fmt: skip


def _level(id: str, around: Surroundings) -> Iterator[Line]:
    view = around.view
    stands = situation(view, id, around.at, around.zone)
    hours = settings_of(view, id).reading_counts_hours
    signals = tuple(
        Signal(
            colour=Colour.RED,
            cause=say("{met}, and the level is not declared", met=met.sentence),
            act=say("declare {level} or record why not", level=met.level.word),
            since=met.measured_at,
            until=met.measured_at + timedelta(hours=hours),
        )
        for met in stands.suggestion.met
        if is_higher(met.level, stands.level)
    )
    yield Line(
        id=f"season/level/{id}",
        unit=id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.SEASON,
        subject=say("response level"),
        signals=signals,
        good=stands.suggestion.beside(stands.level),
        good_later=tuple(_suggested_later(id, around)),
        explanation=(
            say("The level suggested is the highest whose threshold any station meets; a person declares it."),
            *stands.suggestion.explained(stands.level),
            *_declared(stands, around),
        ),
        opens=(Declaration.table, id),
        evidence=(
            *declarations_of(stands.declaration, view.find(Declaration, unit=id)),
            *readings_of(latest_points(view, stations_for(view, id), around.at)),
        ),
    )


def _suggested_later(id: str, around: Surroundings) -> Iterator[Good]:
    """Give what the readings known today suggest as one after the other ceases to count and levels begin or end."""
    view, zone = around.view, around.zone
    hours, stations = settings_of(view, id).reading_counts_hours, stations_for(view, id)
    latest = latest_points(view, stations, around.at)
    silent = (measured_at + timedelta(hours=hours) + MOMENT for measured_at, _ in latest.values())
    for since in sorted({*silent, *levels_turn(around)}):
        if since > around.at:
            declared = declaration_for(view, id, since)
            level = declared.level if declared is not None else None
            yield Good(since=since, told=suggest(stations, latest, since, zone, hours).beside(level))


def _declared(stands: Situation, around: Surroundings) -> Iterator[Sentence]:
    declared = stands.declaration
    if declared is not None:
        yield say("In force: {level}, declared by {person} at {time} on the authority of {authority}: {reason}",
                  level=level_word(declared.level), person=verbatim(person_name(around.view, declared.by)),
                  authority=verbatim(declared.authority), time=local_time(declared.starts_at, around.zone),
                  reason=verbatim(declared.reason))  # fmt: skip


def _undecided(warning: FloodWarning, around: Surroundings) -> Iterator[Signal]:
    """Give the signals of a warning that awaits its decision: amber until the decision is due, then red."""
    due = decide_by(warning)
    if due is None or not awaits_decision(warning):
        return
    told = {"warning": warning.colour.word, "issuer": warning.issuer, "time": local_time(due, around.zone)}
    act = say("record what is decided on the {warning}", warning=warning.colour.word)
    yield Signal(
        colour=Colour.AMBER,
        cause=say("the {warning} of {issuer} awaits a decision by {time}", **told),
        act=act,
        since=warning.received_at,
        until=due,
    )
    yield Signal(
        colour=Colour.RED,
        cause=say("the decision on the {warning} of {issuer} was due at {time}", **told),
        act=act,
        since=due,
    )


def _warnings(id: str, around: Surroundings) -> Iterator[Line]:
    warnings = list(around.view.find(FloodWarning, unit=id))
    yield Line(
        id=f"season/warnings/{id}",
        unit=id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.SEASON,
        subject=say("warnings"),
        signals=tuple(signal for warning in warnings for signal in _undecided(warning, around)),
        good=say("every warning that demands a decision has one"),
        explanation=(
            say(
                "An orange or red warning demands a recorded decision within {minutes} min (setting).",
                minutes=settings_of(around.view, id).decide_within_minutes,
            ),
            *(_decided(warning, around) for warning in warnings),
        ),
        opens=(FloodWarning.table, next((one.id for one in warnings if awaits_decision(one)), id)),
        evidence=warnings_of(warnings),
    )


def _decided(warning: FloodWarning, around: Surroundings) -> Sentence:
    told = {"warning": warning.colour.word, "issuer": verbatim(warning.issuer),
            "time": local_time(warning.received_at, around.zone)}  # fmt: skip
    if awaits_decision(warning):
        return say("{warning} of {issuer}, received {time}: not decided", **told)
    return say("{warning} of {issuer}, received {time}: decided, or none is demanded", **told)


def _reports(id: str, around: Surroundings) -> Iterator[Line]:
    unsent = [report for report in _reports_due(id, around) if report.sent_at is None]
    kept = list(around.view.find(Report, unit=id))
    yield Line(
        id=f"season/reports/{id}",
        unit=id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.REPORT,
        subject=say("reports"),
        signals=(
            *(_late(report, around) for report in unsent if report.due_at <= around.at),
            *_coming([report for report in unsent if report.due_at > around.at], around),
        ),
        good=say("no report is late"),
        explanation=(
            say("A report counts as late from its due time until it is sent, for one day."),
            *sent_told(kept, around.zone),
        ),
        opens=(Report.table, unsent[0].id if unsent else id),
        evidence=reports_of(kept),
    )


def _reports_due(id: str, around: Surroundings) -> list[Report]:
    """Give the reports that are late or still ahead, by due time."""
    # Both ends are counted from the day's beginning, so that the lines read the same all day.
    today = start_of(local_day(around.at, around.zone), around.zone)
    due = reports_for(around.view, id, today - _COUNTS, today + _AHEAD, around.zone)
    return [report for report in due if report.due_at >= around.at - _COUNTS]


def _coming(unsent: list[Report], around: Surroundings) -> Iterator[Signal]:
    """Give one signal for each stretch in which a report now still ahead would be late if nobody sends it."""
    since: datetime | None = None
    for place, report in enumerate(unsent):
        since = since or report.due_at
        until = report.due_at + _COUNTS
        if place + 1 < len(unsent) and unsent[place + 1].due_at <= until:
            continue
        yield Signal(
            colour=Colour.RED,
            cause=say("the reports due from {time} on are still to be sent", time=local_time(since, around.zone)),
            act=say("send each report by its time and record it"),
            since=since,
            until=until,
        )
        since = None


def _late(report: Report, around: Surroundings) -> Signal:
    time = local_time(report.due_at, around.zone)
    name = report_words(report.name)
    cause = say("{report} was due at {time}", report=name, time=time)
    if report.to:
        cause = say("{report} to {to} was due at {time}", report=name, to=report_words(report.to), time=time)
    return Signal(
        colour=Colour.RED,
        cause=cause,
        act=say("send “{report}” and record it", report=name),
        since=report.due_at,
        until=report.due_at + _COUNTS,
    )
