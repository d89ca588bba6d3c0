"""The words `level` and `report`: suggestion, declaration, what applies, actions; report clocks."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.cli import season_level_table
from floodready.cli.answering import Verbs, clock_time, done, given, moment, require, show, unit_of
from floodready.cli.numbers import some_days, whole
from floodready.cli.output import print_json
from floodready.clock import local_time
from floodready.language import say, say_many, verbatim
from floodready.refusal import Refused
from floodready.season.level import Level, level_word
from floodready.season.models_report import ReportRule, Trigger

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words `level` and `report`."""
    level = Verbs(words, "level", say("response level: suggested, declared, what applies, actions"))
    level.add("show", say("the level in force, the suggested one, what applies"), show_level).add_argument("--unit")
    level.add("history", say("the levels a unit has had"), show_history).add_argument("--unit")
    applies = level.add("applies", say("what a level would demand"), show_applies)
    applies.add_argument("level", type=Level, choices=list(Level))
    applies.add_argument("--unit")
    declare = level.add("declare", say("declare a level; needs --reason"), declare_level)
    declare.add_argument("level", type=Level, choices=list(Level))
    lower = level.add("lower", say("lower or end the level; needs --reason"), lower_level)
    lower.add_argument("level", choices=[*Level, "none"])
    for made in (declare, lower):
        made.add_argument("--unit")
        made.add_argument("--authority", required=True, help=str(say("who ordered it")))
        made.add_argument("--from", dest="starts", metavar="TIME", help=str(say("from when; without it, now")))
    finish = level.add("done", say("record that an action of the level is done"), finish_action)
    finish.add_argument("action", help=str(say("the action: floodready level show")))
    finish.add_argument("--note", default="")
    table = level.add("import-table", say("set the unit's level table from a JSON file"), import_table, "file")
    table.add_argument("--unit")
    table.add_argument("--source", help=str(say("the plan and clause; else what the file says")))
    season_level_table.add_to(level)
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


def show_level(args: argparse.Namespace, desk: Desk) -> int:
    """Show level, suggestion and what applies now."""
    from floodready.season.situation import situation
    from floodready.season.views import action_rows, effect_sentences

    unit = unit_of(args, desk)
    now = situation(desk.view, unit, desk.at, desk.zone)
    applies = effect_sentences(now.effects)
    actions = action_rows(desk.view, unit, desk.at)
    if args.json:
        print_json(
            {
                "unit": unit,
                "level": now.level,
                "declaration": now.declaration,
                "suggested": now.suggestion.level,
                "suggestion": now.suggestion.beside(now.level),
                "met": [{"station": m.station.id, "level": m.level, "value": m.value} for m in now.suggestion.met],
                "unknown": [station.id for station in now.suggestion.unknown],
                "at_or_above_warning": [station.id for station in now.at_or_above_warning],
                "season": now.season.name if now.season else None,
                "main_season": now.main_season,
                "applies": applies,
                "actions": actions,
            }
        )
        return 0
    if now.declaration is None:
        print(say("In force: {level}.", level=level_word(None)))
    else:
        print(
            say(
                "In force: {level} since {time}, ordered by {authority}: {reason}",
                level=level_word(now.level),
                time=local_time(now.declaration.starts_at, desk.zone),
                authority=now.declaration.authority,
                reason=now.declaration.reason,
            )
        )
    print(say("Readings: {suggestion}.", suggestion=now.suggestion.beside(now.level)))
    for sentence in applies:
        print(f"  {sentence}")
    if actions:
        heads = (say("Code"), say("Action"), say("Who"), say("Due"), say("State"))
        return show(args, desk, "actions", heads, "id action who due_at state", actions)
    return 0


def show_history(args: argparse.Namespace, desk: Desk) -> int:
    """Show the levels a unit has had."""
    from floodready.season.views import declaration_rows

    heads = (say("Level"), say("Since"), say("Until"), say("Authority"), say("Reason"), say("Entered by"))
    rows = declaration_rows(desk.view, unit_of(args, desk))
    return show(args, desk, "declarations", heads, "level since until authority reason by", rows)


def show_applies(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a level would demand of a unit, without declaring it."""
    from floodready.season.level_table import effects
    from floodready.season.settings import level_table_of
    from floodready.season.views import effect_sentences

    table = level_table_of(desk.view, unit_of(args, desk))
    if table is None:
        raise Refused(say("No level table is set. Import one: floodready level import-table FILE"))
    told = effect_sentences(effects(table, args.level))
    if args.json:
        print_json({"level": args.level, "applies": told, "source": table.source})
        return 0
    print(say("{level} would demand:", level=args.level.word))
    for sentence in told:
        print(f"  {sentence}")
    print(say("Source: {source}", source=table.source))
    return 0


def declare_level(args: argparse.Namespace, desk: Desk) -> int:
    """Declare a level; the reason is --reason."""
    from floodready.drills.reading import to_postpone
    from floodready.season import commands

    made = commands.declare_level(
        desk.store,
        desk.act(),
        unit=unit_of(args, desk),
        level=args.level,
        authority=args.authority,
        reason=args.reason,
        starts_at=moment(args.starts, desk),
    )
    done(args, say("Declared: {level}.", level=level_word(made.level)), made)
    if not args.json:
        for _, offer in to_postpone(desk.store, desk.clock.now(), made.unit):
            print(offer)
    return 0


def lower_level(args: argparse.Namespace, desk: Desk) -> int:
    """Lower or end the level; the reason is --reason."""
    from floodready.season import commands

    made = commands.lower_level(
        desk.store,
        desk.act(),
        unit=unit_of(args, desk),
        level=None if args.level == "none" else Level(args.level),
        authority=args.authority,
        reason=args.reason,
        starts_at=moment(args.starts, desk),
    )
    return done(args, say("Now in force: {level}.", level=level_word(made.level)), made)


def finish_action(args: argparse.Namespace, desk: Desk) -> int:
    """Record that an action is done."""
    from floodready.season import commands

    made = commands.finish_action(desk.store, desk.act(), action=args.action, note=args.note)
    return done(args, say("Done: {action}.", action=made.name), made)


def import_table(args: argparse.Namespace, desk: Desk) -> int:
    """Set the level table from a file."""
    from floodready.exchange.level_table_json import read_level_table
    from floodready.exchange.sniff import read_file
    from floodready.season import commands

    rows, source = read_level_table(read_file(Path(args.file)))
    made = commands.set_level_table(
        desk.store, desk.act(), unit=unit_of(args, desk), rows=rows, source=args.source or source
    )
    return done(args, say_many("{count} level set.", "{count} levels set.", len(made.rows)), made)


def list_reports(args: argparse.Namespace, desk: Desk) -> int:
    """Show the reports due around the instant asked about."""
    from floodready.season.views import report_rows

    span = timedelta(days=args.days)
    rows = report_rows(desk.view, unit_of(args, desk), desk.at - span, desk.at + span, desk.at, desk.zone)
    heads = (say("Due"), say("Report"), say("To"), say("About"), say("Sent"), say("State"), say("Code"))
    return show(args, desk, "reports", heads, "due_at report to about sent_at late id", rows)


def show_clocks(args: argparse.Namespace, desk: Desk) -> int:
    """Show the clocks a unit runs by."""
    from floodready.cli.output import print_rows
    from floodready.season.settings import settings_of

    settings = settings_of(desk.view, unit_of(args, desk))
    if args.json:
        print_json({"settings": settings})
        return 0
    rows = [
        (rule.code, rule.name, rule.to, rule.trigger, rule.at or (rule.within_minutes and f"{rule.within_minutes} min"))
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
        known_at=moment(args.known, desk),
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
    return done(args, say("Sent: {report}.", report=verbatim(made.name)), made)


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
