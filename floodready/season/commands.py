"""All that writes seasons, stations and warnings; readings, levels and reports stand in the modules named for them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from floodready.command import command, require_permission, who_wrote
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.lookup import person_name, require_unit, unit_name
from floodready.organisation.permissions import Permission
from floodready.organisation.twins import twin_of
from floodready.refusal import Refused, Superseded
from floodready.season.commands_level import (
    declare_level,
    finish_action,
    lower_level,
    remove_level_row,
    set_level_row,
    set_level_table,
)
from floodready.season.commands_reading import Taken, add_reading, add_readings, correct_reading
from floodready.season.commands_report import (
    change_settings,
    remove_report_rule,
    send_report,
    set_report_rule,
    start_event,
)
from floodready.season.level import Level, level_word, rank
from floodready.season.measure import shown
from floodready.season.models import (
    FloodWarning,
    Hazard,
    NewReading,
    Reading,
    Season,
    Station,
    StationKind,
    Threshold,
    WarningColour,
    WarningDecision,
    reading_id,
)
from floodready.season.seasons import moved_to_year
from floodready.season.settings import settings_of
from floodready.season.situation import declaration_for
from floodready.season.thresholds import out_of_order
from floodready.store.contract import Transaction

__all__ = [
    "NewReading", "Taken", "add_reading", "add_readings", "add_season", "add_station", "change_season",
    "change_settings", "change_station", "correct_reading", "decide_warning", "declare_level", "finish_action",
    "lift_warning", "lower_level", "put_stations", "reading_id", "record_warning", "remove_level_row",
    "remove_report_rule", "remove_season", "repeat_seasons", "send_report", "set_level_row", "set_level_table",
    "set_report_rule", "start_event",
]  # fmt: skip


@command("season.add_season", may=Permission.SEASON_EDIT)
def add_season(tx: Transaction, /, *, unit: str, **fields: Any) -> Season:
    """Add a season of a unit. Raises Refused for an unknown unit or a season of that name and year, Invalid."""
    require_unit(tx, unit)
    season = tx.add(Season(id=tx.new_id("F"), unit=unit, **fields))
    _refuse_twin(tx, season)
    return season


@command("season.change_season", may=Permission.SEASON_EDIT)
def change_season(tx: Transaction, seen: Season, /, **fields: Any) -> Season:
    """Change fields of a season. Raises Refused for a season of that name and year, Superseded, Invalid."""
    season = tx.change(seen, **fields)
    require_unit(tx, season.unit)
    _refuse_twin(tx, season)
    return season


@command("season.remove_season", may=Permission.SEASON_EDIT)
def remove_season(tx: Transaction, seen: Season) -> None:
    """Take a season away; the journal keeps it. Raises Superseded."""
    tx.remove(seen)


@command("season.repeat_seasons", may=Permission.SEASON_EDIT)
def repeat_seasons(tx: Transaction, *, unit: str, from_year: int, to_year: int) -> tuple[Season, ...]:
    """Write a unit's seasons of one year for another year. Raises Refused where there are none, or already some."""
    there = [season for season in tx.find(Season, unit=unit) if season.year == from_year]
    if not there:
        raise Refused(
            say("{unit} has no season in {year} to repeat.", unit=verbatim(unit_name(tx, unit)), year=from_year)
        )
    made = []
    for season in there:
        made.append(tx.add(moved_to_year(season, to_year, tx.new_id("F"))))
        _refuse_twin(tx, made[-1])
    return tuple(made)


@command("season.add_station", may=Permission.SEASON_EDIT)
def add_station(
    tx: Transaction, /, *, name: str, unit: str, kind: StationKind, id: str | None = None, **more: Any
) -> Station:
    """Add a station. Raises Refused for an unknown unit, a code that is taken, or a station that stands, Invalid."""
    require_unit(tx, unit)
    station = tx.add(Station(id=id or tx.new_id("G"), name=name, unit=unit, kind=kind, **more))
    _refuse_second(tx, station)
    return station


def _require_rising(station: Station, new: Threshold) -> None:
    """Refuse a value that would suggest a higher level before a lower one: a slip of the finger.

    What stood out of order before is let be: somebody else's figure is no reason to refuse this one.
    """
    wrong = (pair for pair in out_of_order(station, new.valid_from or date.min) if new in pair)
    if (found := next(wrong, None)) is not None:
        lower, higher = found
        raise Refused(
            say(
                "{station}: {lower} {value} would lie above {higher} {limit} on that day. Correct the value, or set "
                "the other one first.",
                station=verbatim(station.name),
                lower=lower.mark.word,
                value=verbatim(shown(lower.value, station.kind)),
                higher=higher.mark.word,
                limit=verbatim(shown(higher.value, station.kind)),
            )
        )


def _refuse_second(tx: Transaction, station: Station) -> None:
    """Refuse a station that nobody could tell from another in use: of one unit, one name and one measure."""
    alike = (other for other in tx.find(Station, unit=station.unit) if other.kind.unit == station.kind.unit)
    other = twin_of(station, alike)
    if other is not None:
        raise Refused(
            say(
                "{unit} has a station {station} in {measure} already ({id}). Use that one, or give another name.",
                unit=verbatim(unit_name(tx, station.unit)),
                station=verbatim(other.name),
                measure=verbatim(other.kind.unit),
                id=verbatim(other.id),
            )
        )


@command("season.change_station", may=Permission.SEASON_EDIT)
def change_station(tx: Transaction, seen: Station, /, **fields: Any) -> Station:
    """Change fields of a station; `active=False` retires it.

    Raises Refused where what it measures would change although it has readings, where another such station stands,
    or where a new threshold breaks the order of the marks on its first day; Superseded, Invalid.
    """
    station = tx.change(seen, **fields)
    require_unit(tx, station.unit)
    if {"name", "unit", "kind", "active"} & fields.keys():
        _refuse_second(tx, station)
    known = {(held.mark, held.value, held.valid_from) for held in seen.thresholds}
    for held in station.thresholds:
        if (held.mark, held.value, held.valid_from) not in known:
            _require_rising(station, held)
    if station.kind.unit != seen.kind.unit and next(tx.find(Reading, station=station.id), None) is not None:
        raise Refused(
            say(
                "{station} has readings in {unit}. Add another station for the other measure.",
                station=station.name,
                unit=seen.kind.unit,
            )
        )
    return station


@command("season.import_stations", may=Permission.SEASON_EDIT)
def put_stations(tx: Transaction, *, stations: tuple[Station, ...], seen: tuple[Station, ...] = ()) -> int:
    """Write imported stations as one batch, new ones or in place of those `seen`; gives how many.

    Raises Refused for an unknown unit or a code that is taken, Superseded, Invalid.
    """
    known = {station.id: station for station in seen}
    for station in stations:
        require_unit(tx, station.unit)
        if station.id in known:
            tx.change(known[station.id], **{field.name: getattr(station, field.name) for field in fields(Station)})
        else:
            tx.add(station)
    return len(stations)


@command("season.record_warning", may=Permission.WARNING_RECORD)
def record_warning(
    tx: Transaction,
    *,
    unit: str,
    hazard: Hazard,
    colour: WarningColour,
    issuer: str,
    area: str,
    issued_at: datetime,
    received_at: datetime | None = None,
    valid_until_at: datetime | None = None,
    replaces: str | None = None,
    text: str = "",
) -> FloodWarning:
    """Record a warning; an orange or red one starts the decision clock. `replaces` names the one before it.

    Raises Refused for an unknown unit or warning, or an instant to come; Invalid.
    """
    require_unit(tx, unit)
    received = received_at or tx.now
    if received > tx.now:
        raise Refused(say("A warning cannot have been received in the future. Check the time."))
    if replaces is not None:
        tx.change(_warning(tx, replaces), lifted_at=max(received, issued_at))
    minutes = settings_of(tx, unit).decide_within_minutes if colour.demands_decision else None
    return tx.add(
        FloodWarning(
            id=tx.new_id("A"),
            unit=unit,
            hazard=hazard,
            colour=colour,
            issuer=issuer,
            area=area,
            issued_at=issued_at,
            received_at=received,
            valid_until_at=valid_until_at,
            decide_within_minutes=minutes,
            text=text,
        )
    )


@command("season.lift_warning", may=Permission.WARNING_RECORD)
def lift_warning(tx: Transaction, *, warning: str, lifted_at: datetime | None = None) -> FloodWarning:
    """Record that a warning was lifted; a decision owed on it stays owed. Raises Refused where that was done."""
    found = _warning(tx, warning)
    if found.lifted_at is not None:
        facts = who_wrote(tx, found)
        raise Superseded(
            say("Warning {warning} was lifted already, by {person} at {time}.", warning=found.id, **facts),
            str(facts["person"]),
        )
    return tx.change(found, lifted_at=min(lifted_at or tx.now, tx.now))


@command("season.decide_warning", may=Permission.WARNING_DECIDE)
def decide_warning(
    tx: Transaction, *, warning: str, level: Level | None, why: str, authority: str = ""
) -> FloodWarning:
    """Record the decision on a warning: raise to a level (which is thereby declared), or None and why not.

    Raises Refused without a why, on a second decision, or where the level is no higher than the one in force;
    NotAllowed where the person may not declare a level.
    """
    found = _warning(tx, warning)
    if found.decision is not None:
        raise Refused(
            say(
                "Warning {warning} was decided already by {person}: {level}, “{why}”.",
                warning=found.id,
                person=person_name(tx, found.decision.by),
                level=level_word(found.decision.level),
                why=verbatim(found.decision.why),
            )
        )
    if not why.strip():
        raise Refused(say("Say why: the reason stands beside the decision."))
    if level is not None:
        require_permission(tx, Permission.LEVEL_DECLARE)
        holding = declaration_for(tx, found.unit, tx.now)
        now = holding.level if holding else None
        if rank(level) <= rank(now):
            raise Refused(
                say(
                    "{now} is in force already, declared by {person}. Raise to a higher level, or decide not to raise "
                    "and say why.",
                    now=level_word(now),
                    person=person_name(tx, holding.by if holding else ""),
                )
            )
        declare_level.within(
            tx, unit=found.unit, level=level, authority=authority or tx.act.person, reason=why, warning=found.id
        )
    decision = WarningDecision(level=level, why=why, by=tx.act.person, decided_at=tx.now)
    return tx.change(found, decision=decision)


def _warning(tx: Transaction, id: str) -> FloodWarning:
    found = tx.get(FloodWarning, id)
    if found is None:
        raise Refused(not_there("season.warnings", id))
    return found


def _refuse_twin(tx: Transaction, season: Season) -> None:
    for other in tx.find(Season, unit=season.unit):
        if other.id != season.id and (other.name, other.year) == (season.name, season.year):
            raise Refused(
                say(
                    "{unit} has “{season}” in {year} already.",
                    unit=unit_name(tx, season.unit),
                    season=season.name,
                    year=season.year,
                )
            )
