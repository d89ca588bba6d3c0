"""The season in worded rows, for screens, command line, JSON and print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Person
from floodready.season.level import level_word
from floodready.season.level_table import Effects
from floodready.season.measure import shown
from floodready.season.models import FloodWarning, Reading, Season, Station
from floodready.season.models_level import Declaration, StartedAction
from floodready.season.models_report import Report
from floodready.season.projections import Curves
from floodready.season.report_clocks import late_by, reading_late_by
from floodready.season.report_names import report_words
from floodready.season.settings import settings_of
from floodready.season.situation import reports_for
from floodready.season.thresholds import next_above, reached, thresholds_on
from floodready.season.warning_clock import awaits_decision, decide_by, decided_late_by, in_effect
from floodready.store.contract import View

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.organisation.models import PostKind


@frozen
class SeasonRow:
    """One season."""

    id: str
    name: str
    unit: str
    starts_on: date
    ends_on: date
    main: str
    """`2026-07-16 – 2026-08-15`, or empty."""
    parts: tuple[str, ...]


@frozen
class StationRow:
    """One station with what it last showed and how that stands."""

    id: str
    name: str
    river: str
    kind: Sentence
    value: str
    measured_at: datetime | None
    stands: Sentence
    """The highest mark it has reached, or how far the next one is."""
    thresholds: tuple[Sentence, ...]
    """Those that hold on the day asked about."""


@frozen
class ReadingRow:
    """One reading."""

    id: str
    station: str
    measured_at: datetime
    value: str
    trend: Sentence
    late: Sentence
    """By how much it came later than the clock of station data; empty where in time."""
    earlier: tuple[str, ...]
    """The values it corrects."""
    confirmed: bool
    """Whether it was asked back as a likely slip, and confirmed."""
    note: str


@frozen
class WarningRow:
    """One warning with its decision clock."""

    id: str
    warning: Sentence
    issuer: str
    area: str
    issued_at: datetime
    state: Sentence
    """In effect, lifted, run out."""
    decide_by: datetime | None
    decision: Sentence
    awaits_decision: bool


@frozen
class DeclarationRow:
    """One declaration of a level."""

    id: str
    level: Sentence
    since: datetime
    until: datetime | None
    authority: str
    reason: str
    by: str


@frozen
class ActionRow:
    """One action that a level started."""

    id: str
    action: str
    who: str
    due_at: datetime
    state: Sentence


@frozen
class ReportRow:
    """One report: due, sent, late by."""

    id: str
    report: Sentence
    to: Sentence
    about: str
    due_at: datetime
    sent_at: datetime | None
    late: Sentence
    rule: str
    event: str | None


def season_rows(view: View, *, unit: str | None = None) -> list[SeasonRow]:
    """Give the seasons by first day, of one unit on request."""
    found = view.all(Season) if unit is None else view.find(Season, unit=unit)
    return [
        SeasonRow(
            id=season.id,
            name=season.name,
            unit=season.unit,
            starts_on=season.starts_on,
            ends_on=season.ends_on,
            main=f"{season.main_starts_on} – {season.main_ends_on}" if season.main_starts_on else "",
            parts=tuple(f"{part.name} {part.starts_on} – {part.ends_on}" for part in season.parts),
        )
        for season in sorted(found, key=lambda season: (season.starts_on, season.unit))
    ]


def station_rows(view: View, at: datetime, zone: ZoneInfo, *, retired: bool = False) -> list[StationRow]:
    """Give the stations with their latest reading up to an instant; retired ones on request."""
    curves = view.projection(Curves)
    rows = []
    for station in view.all(Station):
        if not station.active and not retired:
            continue
        point = curves.latest(station.id, at)
        marks = sorted(thresholds_on(station, local_day(at, zone)).values(), key=lambda threshold: threshold.value)
        rows.append(
            StationRow(
                id=station.id,
                name=station.name,
                river=station.river,
                kind=station.kind.word,
                value=shown(point[1], station.kind) if point else "",
                measured_at=point[0] if point else None,
                stands=_stands(station, point, zone),
                thresholds=tuple(
                    say("{mark} {value}", mark=held.mark.word, value=shown(held.value, station.kind)) for held in marks
                ),
            )
        )
    return rows


def _stands(station: Station, point: tuple[datetime, int] | None, zone: ZoneInfo) -> Sentence:
    if not station.active:
        return say("retired")
    return standing(station, point[1], local_day(point[0], zone)) if point else say("never read")


def standing(station: Station, value: int, day: date) -> Sentence:
    """Say which mark a value has reached on a day, or how far the next one is."""
    met = reached(station, value, day)
    if met:
        return say("at or above {mark} ({value})", mark=met[0].mark.word, value=shown(met[0].value, station.kind))
    following = next_above(station, value, day)
    if following is None:
        return say("no threshold is known")
    return say(
        "{distance} below {mark}", distance=shown(following.value - value, station.kind), mark=following.mark.word
    )


def reading_rows(view: View, station: Station, *, last: int | None = None) -> list[ReadingRow]:
    """Give the readings of a station, newest first, the last ones on request."""
    settings = settings_of(view, station.unit)
    found = sorted(view.find(Reading, station=station.id), key=lambda reading: reading.measured_at, reverse=True)
    rows = []
    for reading in found[:last]:
        late = reading_late_by(
            settings, key=station.key, measured_at=reading.measured_at, recorded_at=reading.recorded_at
        )
        rows.append(
            ReadingRow(
                id=reading.id,
                station=station.name,
                measured_at=reading.measured_at,
                value=shown(reading.value, station.kind),
                trend=reading.trend.word if reading.trend else verbatim(""),
                late=late_word(late),
                earlier=tuple(shown(value, station.kind) for value in reading.earlier_values),
                confirmed=reading.confirmed,
                note=reading.note,
            )
        )
    return rows


def warning_rows(view: View, at: datetime, *, unit: str | None = None) -> list[WarningRow]:
    """Give the warnings received up to an instant, newest first."""
    found = view.all(FloodWarning) if unit is None else view.find(FloodWarning, unit=unit)
    return [
        WarningRow(
            id=warning.id,
            warning=say("{colour}: {hazard}", colour=warning.colour.word, hazard=warning.hazard.word),
            issuer=warning.issuer,
            area=warning.area,
            issued_at=warning.issued_at,
            state=_warning_state(warning, at),
            decide_by=decide_by(warning),
            decision=_decision(view, warning, at),
            awaits_decision=awaits_decision(warning),
        )
        for warning in sorted(found, key=lambda warning: warning.received_at, reverse=True)
        if warning.received_at <= at
    ]


def declaration_rows(view: View, unit: str) -> list[DeclarationRow]:
    """Give the levels a unit has had, newest first; the end of a level is the `until` of its row."""
    found = [declaration for declaration in view.find(Declaration, unit=unit) if declaration.level is not None]
    return [
        DeclarationRow(
            id=declaration.id,
            level=level_word(declaration.level),
            since=declaration.starts_at,
            until=declaration.until_at,
            authority=declaration.authority,
            reason=declaration.reason,
            by=person_name(view, declaration.by),
        )
        for declaration in sorted(found, key=lambda declaration: declaration.starts_at, reverse=True)
    ]


def action_rows(view: View, unit: str, at: datetime, *, ended: bool = False) -> list[ActionRow]:
    """Give the actions that levels of a unit started, by due time; those that ended undone on request."""
    found = sorted(view.find(StartedAction, unit=unit), key=lambda action: action.due_at)
    return [
        ActionRow(
            id=action.id, action=action.name, who=action.who, due_at=action.due_at, state=_action_state(action, at)
        )
        for action in found
        if ended or action.ended_at is None
    ]


def staff_told(post: PostKind, people: int) -> Sentence:
    """Say how many people of a kind of post are needed at every moment."""
    return say("{post} × {people}", post=post.word, people=people)


def effect_sentences(effects: Effects) -> list[Sentence]:
    """Say what a level demands, one sentence for each thing."""
    told = []
    if effects.staffing:
        posts = listed([staff_told(post, people) for post, people in effects.staffing.items()])
        told.append(say("Staffing: {posts}", posts=posts))
    if effects.staffing_note:
        told.append(say("Staffing: {posts}", posts=effects.staffing_note))
    if effects.leader is not None:
        told.append(say("Leader: {place}", place=effects.leader.word))
    if effects.bulletins:
        times = ", ".join(f"{at:%H:%M}" for at in effects.bulletins)
        told.append(say_many("{count} bulletin a day: {times}", "{count} bulletins a day: {times}",
                             len(effects.bulletins), times=times))  # fmt: skip
    if effects.forecasts_per_day:
        told.append(say_many("{count} forecast a day", "{count} forecasts a day", effects.forecasts_per_day))
    if effects.forward_stock[1]:
        least, most = effects.forward_stock
        told.append(say("Stock at risk points: {least} to {most} percent more", least=least, most=most))
    if effects.consultation:
        told.append(say("Consultation chaired by: {who}", who=effects.consultation))
    told += [
        say("Within {minutes} min: {action}", minutes=action.within_minutes, action=action.name)
        for action in effects.actions
    ]
    if effects.call_out:
        told.append(say("To be called out: {people}", people=", ".join(effects.call_out)))
    return told


def call_out_told(view: View, people: Iterable[str], on: date) -> list[Sentence]:
    """Say whom a level calls out, in its order, each with the numbers in the order in which they are to be tried.

    `on` is the local day: who leaves is called to the end of the last one.
    """
    told = []
    for id in people:
        person = view.get(Person, id)
        name = verbatim(person.name if person else id)
        if person is None or not person.serves_on(on):
            told.append(say("! {person}: is not on the staff list any more", person=name))
        elif not person.phones:
            told.append(say("! {person}: no phone number", person=name))
        else:
            numbers = ", ".join(f"{phone.number} ({phone.kind.word})" for phone in person.phones)
            told.append(say("{person}: {phones}", person=name, phones=verbatim(numbers)))
    return told


def report_rows(
    view: View, unit: str, since: datetime, until: datetime, at: datetime, zone: ZoneInfo
) -> list[ReportRow]:
    """Give a unit's reports due in [since, until): due, sent, late by, as it stands at an instant."""
    return [
        ReportRow(
            id=report.id,
            report=report_words(report.name),
            to=report_words(report.to),
            about=report.about,
            due_at=report.due_at,
            sent_at=report.sent_at,
            late=_report_state(report, at),
            rule=report.rule,
            event=report.event,
        )
        for report in reports_for(view, unit, since, until, zone)
    ]


def late_word(late: timedelta) -> Sentence:
    """Say how late something is; empty for in time."""
    minutes = -(-late // timedelta(minutes=1))
    if minutes <= 0:
        return verbatim("")
    return say("late by {length}", length=f"{minutes // 60}:{minutes % 60:02d}")


def _report_state(report: Report, at: datetime) -> Sentence:
    late = late_word(late_by(report, at))
    if report.sent_at is not None:
        return late if str(late) else say("in time")
    return late if str(late) else say("not due yet")


def _warning_state(warning: FloodWarning, at: datetime) -> Sentence:
    if in_effect(warning, at):
        return say("in effect")
    if warning.lifted_at is not None and warning.lifted_at <= at:
        return say("lifted")
    return say("run out")


def _decision(view: View, warning: FloodWarning, at: datetime) -> Sentence:
    made = warning.decision
    late = late_word(decided_late_by(warning, at))
    if made is None:
        if not awaits_decision(warning):
            return say("none needed")
        return say("owed, {late}", late=late) if str(late) else say("owed")
    person = person_name(view, made.by)
    if made.level is None:
        return say("not raised: {why} ({person})", why=made.why, person=person)
    return say("raised to {level}: {why} ({person})", level=made.level.word, why=made.why, person=person)


def _action_state(action: StartedAction, at: datetime) -> Sentence:
    if action.done_at is not None:
        late = late_word(max(action.done_at - action.due_at, timedelta()))
        return say("done, {late}", late=late) if str(late) else say("done")
    if action.ended_at is not None:
        return say("ended with the level")
    late = late_word(max(at - action.due_at, timedelta()))
    return late if str(late) else say("to be done")
