"""Report clocks: starting one for an event, sending a report, and the settings they run by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from floodready.command import command, require_as_seen
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.lookup import person_name, require_unit
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.season.models_report import Report, ReportRule, SeasonSettings
from floodready.season.report_clocks import event_reports, report_id
from floodready.season.settings import DEFAULTS, settings_of
from floodready.store.contract import Transaction


@command("season.start_event", may=Permission.REPORT_SEND)
def start_event(
    tx: Transaction, *, unit: str, about: str, known_at: datetime | None = None, clocks: tuple[str, ...] | None = None
) -> tuple[Report, ...]:
    """Start the report clocks of an event: the named ones, or every clock of events of the unit's settings.

    Raises Refused where no such clock is set, for an instant to come, or without a word about what happened.
    """
    require_unit(tx, unit)
    if not about.strip():
        raise Refused(say("Say what happened: it stands on every report."))
    known = known_at or tx.now
    if known > tx.now:
        raise Refused(say("An event cannot have been known in the future. Check the time."))
    started = event_reports(unit, settings_of(tx, unit), tx.new_id("E"), about, known, clocks)
    if not started or (clocks is not None and {report.rule for report in started} != set(clocks)):
        raise Refused(say("No such report clock of events is set. See: floodready report clocks"))
    return tuple(tx.add(report) for report in started)


@command("season.send_report", may=Permission.REPORT_SEND)
def send_report(
    tx: Transaction, *, unit: str, rule: str, due_at: datetime, event: str | None = None, note: str = ""
) -> Report:
    """Record that a report was sent now: of an event, or the one of a clock due at an instant (UTC).

    Raises Refused where there is no such clock or it was sent already.
    """
    id = report_id(unit, rule, due_at) if event is None else f"{unit}/{rule}@{event}"
    report = tx.get(Report, id) or _timed_report(tx, id, unit, rule, due_at, event)
    if report.sent_at is not None:
        raise Refused(
            say(
                "{report} was sent already, by {person}.",
                report=report.name,
                person=verbatim(person_name(tx, report.sent_by or "?")),
            )
        )
    return tx.put(report.changed(sent_at=tx.now, sent_by=tx.act.person, note=note))


@command("season.change_settings", may=Permission.SEASON_EDIT)
def change_settings(
    tx: Transaction, /, *, unit: str, seen: SeasonSettings | None = None, **fields: Any
) -> SeasonSettings:
    """Set a unit's figures for this pillar; what is not named stays as it is followed now.

    `seen` are those, its own or followed, that stood in the form. Raises Refused, Invalid, Superseded.
    """
    require_unit(tx, unit)
    own = tx.get(SeasonSettings, unit)
    followed = settings_of(tx, unit)
    require_as_seen(tx, followed if followed != DEFAULTS else None, seen)
    source = fields.pop("source", own.source if own else "" if followed == DEFAULTS else followed.source)
    return tx.put(followed.changed(id=unit, source=source, **fields))


@command("season.set_report_rule", may=Permission.SEASON_EDIT)
def set_report_rule(tx: Transaction, *, unit: str, rule: ReportRule) -> SeasonSettings:
    """Set one report clock of a unit, new or in place of the one of its code. Raises Refused, Invalid."""
    held = settings_of(tx, unit).reports
    place = next((place for place, old in enumerate(held) if old.code == rule.code), len(held))
    return change_settings.within(tx, unit=unit, reports=(*held[:place], rule, *held[place + 1 :]))


@command("season.remove_report_rule", may=Permission.SEASON_EDIT)
def remove_report_rule(tx: Transaction, *, unit: str, code: str) -> SeasonSettings:
    """Take one report clock of a unit away; reports already due or sent stay. Raises Refused where there is none."""
    held = settings_of(tx, unit).reports
    kept = tuple(rule for rule in held if rule.code != code)
    if len(kept) == len(held):
        raise Refused(not_there("report clock", code))
    return change_settings.within(tx, unit=unit, reports=kept)


def _timed_report(tx: Transaction, id: str, unit: str, rule: str, due_at: datetime, event: str | None) -> Report:
    found = next((clock for clock in settings_of(tx, unit).reports if clock.code == rule), None)
    if found is None or event is not None:
        raise Refused(not_there("season.reports", id))
    return Report(id=id, unit=unit, rule=rule, name=found.name, to=found.to, due_at=due_at)
