"""`floodready report`: report clocks: what is due, sent and late, events, and the clocks as they are set."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, given, require, show, unit_of
from floodready.cli.numbers import some_days, whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import clock_time
from floodready.clock import local_time
from floodready.frozen import replace
from floodready.language import say, say_many, verbatim
from floodready.refusal import Refused
from floodready.season.models_report import ReportRule, Trigger
from floodready.season.report_names import report_words

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `report`."""
    report = Verbs(words, "report", say("report clocks: due, sent, late; start one for an event"))
    listed = report.add("list", say("reports due around now: due, sent, late by"), list_reports)
    listed.add_argument("--unit")
    listed.add_argument("--days", type=some_days, default=1, help=str(say("how far back and ahead")))
    clocks = report.add("clocks", say("the clocks of a unit, as set"), show_clocks)
    clocks.add_argument("--unit")
    event = report.add("event", say("start the clocks of an event"), start_event, "about")
    event.add_argument("--unit")
    event.add_argument("--known", metavar="TIME", help=str(say("when it was known; without it, now")))
    event.add_argument("--clock", dest="clocks", action="append", help=str(say("only this clock")))
    sent = report.add("sent", say("record that a report was sent just now"), send_report, "id")
    sent.add_argument("--unit")
    sent.add_argument("--note", default="")
    _add_settings(report)


def _add_settings(report: Verbs) -> None:
    rule = report.add("set-clock", say("set one report clock of the unit; what is not named stays"), set_clock, "code")
    rule.add_argument("--unit")
    rule.add_argument("--name")
    rule.add_argument("--to")
    rule.add_argument("--starts", dest="trigger", type=Trigger, choices=list(Trigger))
    rule.add_argument("--within", dest="within_minutes", type=whole, metavar="MINUTES")
    rule.add_argument("--daily-at", dest="at_time", metavar="TIME", help=str(say("the time of day, like 16:00")))
    drop = report.add("remove-clock", say("take one report clock of the unit away"), remove_clock, "code")
    drop.add_argument("--unit")
    change = report.add("settings", say("set the unit's figures of this pillar"), change_settings)
    change.add_argument("--unit")
    change.add_argument("--decide-within", dest="decide_within_minutes", type=whole, metavar="MINUTES")
    change.add_argument("--reading-counts", dest="reading_counts_hours", type=whole, metavar="HOURS")
    change.add_argument("--source")


def list_reports(args: argparse.Namespace, desk: Desk) -> int:
    """Show the reports due around the instant asked about."""
    from floodready.season.views import report_rows

    span = timedelta(days=args.days)
    rows = report_rows(desk.view, unit_of(args, desk), desk.at - span, desk.at + span, desk.at, desk.zone)
    heads = (say("Due"), say("Report"), say("To"), say("About"), say("Sent"), say("State"), say("Code"))
    return show(args, desk, "reports", heads, "due_at report to about sent_at late id", rows)


def show_clocks(args: argparse.Namespace, desk: Desk) -> int:
    """Show the clocks a unit runs by."""
    from floodready.season.settings import settings_of

    settings = settings_of(desk.view, unit_of(args, desk))
    if args.json:
        print_json({"settings": settings})
        return 0
    rows = [
        (
            rule.code,
            report_words(rule.name),
            report_words(rule.to),
            rule.trigger,
            rule.at or (rule.within_minutes and f"{rule.within_minutes} min"),
        )
        for rule in settings.reports
    ]
    print_rows((say("Code"), say("Report"), say("To"), say("Starts"), say("Due")), rows, plain=args.plain)
    print(say("A decision on orange and red warnings within {minutes} min; a reading counts {hours} h.",
              minutes=settings.decide_within_minutes, hours=settings.reading_counts_hours))  # fmt: skip
    print(say("Source: {source}", source=settings.source or "—"))
    return 0


def start_event(args: argparse.Namespace, desk: Desk) -> int:
    """Start the report clocks of an event."""
    from floodready.season import commands

    made = commands.start_event(
        desk.store,
        desk.act(),
        unit=unit_of(args, desk),
        about=args.about,
        known_at=desk.instant_given(args.known),
        clocks=tuple(args.clocks) if args.clocks else None,
    )
    first = local_time(made[0].due_at, desk.zone)
    told = say_many("{count} report is due, by {time}.", "{count} reports are due, the first by {time}.",
                    len(made), time=first)  # fmt: skip
    return done(args, told, list(made))


def send_report(args: argparse.Namespace, desk: Desk) -> int:
    """Record that a report was sent; its code is in `report list`."""
    from floodready.season import commands
    from floodready.season.models_report import Report
    from floodready.season.situation import reports_for

    unit = unit_of(args, desk)
    now = desk.clock.now()
    around = reports_for(desk.store, unit, now - timedelta(days=31), now + timedelta(days=2), desk.zone)
    report = next((found for found in around if found.id == args.id), None) or require(desk, Report, args.id)
    made = commands.send_report(
        desk.store,
        desk.act(),
        unit=report.unit,
        rule=report.rule,
        due_at=report.due_at,
        event=report.event,
        note=args.note,
    )
    return done(args, say("Sent: {report}.", report=report_words(made.name)), made)


def set_clock(args: argparse.Namespace, desk: Desk) -> int:
    """Set one report clock; a new one needs its name and what starts it."""
    from floodready.season import commands
    from floodready.season.settings import settings_of

    unit = unit_of(args, desk)
    fields = given(args, "name", "to", "trigger", "within_minutes")
    if args.at_time is not None:
        fields["at"] = clock_time(args.at_time)
    known = next((rule for rule in settings_of(desk.store, unit).reports if rule.code == args.code), None)
    if known is None and not {"name", "trigger"} <= fields.keys():
        raise Refused(say("{code} is a new report clock: it needs --name and --starts.", code=verbatim(args.code)))
    rule = ReportRule(code=args.code, **fields) if known is None else replace(known, **fields)
    made = commands.set_report_rule(desk.store, desk.act(), unit=unit, rule=rule)
    return done(args, say("The report clock {code} of {unit} is set.", code=verbatim(args.code),
                          unit=verbatim(made.id)), made)  # fmt: skip


def remove_clock(args: argparse.Namespace, desk: Desk) -> int:
    """Take one report clock away."""
    from floodready.season import commands

    made = commands.remove_report_rule(desk.store, desk.act(), unit=unit_of(args, desk), code=args.code)
    return done(args, say("The report clock {code} of {unit} is gone.", code=verbatim(args.code),
                          unit=verbatim(made.id)), made)  # fmt: skip


def change_settings(args: argparse.Namespace, desk: Desk) -> int:
    """Set the unit's figures of this pillar."""
    from floodready.season import commands

    fields = given(args, "decide_within_minutes", "reading_counts_hours", "source")
    if not fields:
        return show_clocks(args, desk)
    made = commands.change_settings(desk.store, desk.act(), unit=unit_of(args, desk), **fields)
    return done(args, say("The settings of {unit} are set.", unit=verbatim(made.id)), made)
