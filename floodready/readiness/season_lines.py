"""What the season owes readiness: stations that speak, a level declared when due, decisions and reports in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time
from floodready.language import say
from floodready.organisation.models import Unit
from floodready.readiness.evidence import start_of
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal
from floodready.readiness.turns import MOMENT, levels_turn, readings_come
from floodready.season.models import FloodWarning, Season, Station
from floodready.season.seasons import season_windows
from floodready.season.settings import seasons_for, settings_of
from floodready.season.situation import latest_points, reports_for, situation, stations_for
from floodready.season.suggestion import is_higher
from floodready.season.warning_clock import awaits_decision, decide_by

if TYPE_CHECKING:
    from floodready.readiness.gathering import Surroundings
    from floodready.season.models_report import Report

_COUNTS = timedelta(days=1)
"""So long after its due time a report that was not sent keeps the line red."""
_AHEAD = timedelta(days=400)
"""How far ahead reports are looked for: farther than any forecast asks."""


def lines(around: Surroundings) -> Iterator[Line]:
    """Give a unit's lines: stations and level where it has stations, decisions, and reports where it has a season."""
    for unit in around.view.all(Unit):
        if not unit.active:
            continue
        stations = [station for station in around.view.find(Station, unit=unit.id) if station.active]
        if stations:
            yield _stations(around, unit, stations)
            yield _level(around, unit)
        if any(around.view.find(FloodWarning, unit=unit.id)):
            yield _warnings(around, unit)
        if any(around.view.find(Season, unit=unit.id)):
            yield _reports(around, unit)


def turns(around: Surroundings) -> Iterator[datetime]:
    """Give the instants within a day at which the lines read differently though nothing is entered.

    A reading begins and ceases to count, a level begins and ends, a report falls due and is forgotten.
    """
    view, day = around.view, timedelta(days=1)
    coming = list(readings_come(around))
    yield from (*levels_turn(around), *coming)
    for unit in view.all(Unit):
        counts = timedelta(hours=settings_of(view, unit.id).reading_counts_hours) + MOMENT
        latest = latest_points(view, stations_for(view, unit.id), around.at)
        yield from (measured_at + counts for measured_at, _ in latest.values())
        yield from (measured_at + counts for measured_at in coming)
        for report in reports_for(view, unit.id, around.at - day, around.at + day, around.zone):
            yield from (report.due_at, report.due_at + day + MOMENT)


def _stations(around: Surroundings, unit: Unit, stations: list[Station]) -> Line:
    view, zone = around.view, around.zone
    hours = settings_of(view, unit.id).reading_counts_hours
    latest = latest_points(view, stations, around.at)
    signals = []
    for station in stations:
        if not any(threshold.mark.level for threshold in station.thresholds):
            continue
        point = latest.get(station.id)
        for begins, ends in season_windows(seasons_for(view, unit.id), zone):
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
    return Line(
        id=f"season/stations/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.SEASON,
        subject=say("stations"),
        signals=tuple(signals),
        good=say("every station with a level threshold speaks, or it is not the season"),
        explanation=(say("In season a reading speaks for its station for {hours} h (setting).", hours=hours),),
        opens=(Station.table, stations[0].id),
    )


def _level(around: Surroundings, unit: Unit) -> Line:
    stands = situation(around.view, unit.id, around.at, around.zone)
    hours = settings_of(around.view, unit.id).reading_counts_hours
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
    return Line(
        id=f"season/level/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.SEASON,
        subject=say("response level"),
        signals=signals,
        good=stands.suggestion.sentence,
        explanation=(
            stands.suggestion.sentence,
            say("The level suggested is the highest whose threshold any station meets; a person declares it."),
        ),
        opens=(Unit.table, unit.id),
    )


def _warnings(around: Surroundings, unit: Unit) -> Line:
    signals = []
    for warning in around.view.find(FloodWarning, unit=unit.id):
        due = decide_by(warning)
        if due is None or not awaits_decision(warning):
            continue
        act = say("record what is decided on the {warning}", warning=warning.colour.word)
        signals += [
            Signal(
                colour=Colour.AMBER,
                cause=say(
                    "the {warning} of {issuer} awaits a decision by {time}",
                    warning=warning.colour.word,
                    issuer=warning.issuer,
                    time=local_time(due, around.zone),
                ),
                act=act,
                since=warning.received_at,
                until=due,
            ),
            Signal(
                colour=Colour.RED,
                cause=say(
                    "the decision on the {warning} of {issuer} was due at {time}",
                    warning=warning.colour.word,
                    issuer=warning.issuer,
                    time=local_time(due, around.zone),
                ),
                act=act,
                since=due,
            ),
        ]
    return Line(
        id=f"season/warnings/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.SEASON,
        subject=say("warnings"),
        signals=tuple(signals),
        good=say("every warning that demands a decision has one"),
        opens=(FloodWarning.table, unit.id),
    )


def _reports(around: Surroundings, unit: Unit) -> Line:
    # To the end of a day: what lies farthest ahead must not come into sight at every moment.
    horizon = start_of(local_day(around.at, around.zone) + _AHEAD, around.zone)
    due = reports_for(around.view, unit.id, around.at - _COUNTS, horizon, around.zone)
    unsent = [report for report in due if report.sent_at is None]
    return Line(
        id=f"season/reports/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.REPORT,
        subject=say("reports"),
        signals=(
            *(_late(report, around) for report in unsent if report.due_at <= around.at),
            *_coming([report for report in unsent if report.due_at > around.at], around),
        ),
        good=say("no report is late"),
        explanation=(say("A report counts as late from its due time until it is sent, for one day."),),
        opens=(Unit.table, unit.id),
    )


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
    cause = say("{report} was due at {time}", report=report.name, time=time)
    if report.to:
        cause = say("{report} to {to} was due at {time}", report=report.name, to=report.to, time=time)
    return Signal(
        colour=Colour.RED,
        cause=cause,
        act=say("send “{report}” and record it", report=report.name),
        since=report.due_at,
        until=report.due_at + _COUNTS,
    )
