"""`floodready drill`: the words, and what is owed and planned over the year."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floodready.cli import drills_materials, drills_plan, drills_run, drills_settings
from floodready.cli.answering import Verb, Verbs, add_overwrite, done, write_file
from floodready.cli.drills_answers import require_known_unit
from floodready.cli.numbers import a_year, some_days_or_none, some_months, within
from floodready.cli.output import print_json, print_rows
from floodready.cli.showing import add_yes, nothing_new, only_shown
from floodready.cli.times import day
from floodready.clock import local_day
from floodready.drills.models import Cadence, Rhythm
from floodready.language import say, say_many, verbatim
from floodready.organisation.lookup import person_names, unit_names
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.drills.year_plan import Placed

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def add_to(words: Any) -> None:
    """Add the word `drill`."""
    verb = Verbs(words, "drill", say("drills: what is owed, plan, script, run, rating, closing, papers")).add
    _add_owed(verb)
    drills_plan.add_to(verb)
    drills_materials.add_to(verb)
    drills_settings.add_to(verb)
    drills_run.add_to(verb)


def _add_owed(verb: Verb) -> None:
    verb("obligations", say("what must be drilled, by what rule and source"), show_obligations)
    oblige = verb("oblige", say("lay down that a unit must drill a plan"), oblige_unit)
    oblige.add_argument("--unit", required=True)
    oblige.add_argument("--plan", required=True, help=str(say("the contingency plan to be drilled")))
    _add_rule(oblige)
    rule = verb("rule", say("change an obligation's rule; what is due or touched stays"), change_rule)
    rule.add_argument("obligation")
    _add_rule(rule)
    end = verb("end", say("end an obligation from a day on; one entered by mistake, with --reason"), end_obligation)
    end.add_argument("obligation")
    end.add_argument("day", type=day)
    due = verb("due", say("what is owed and not done, the most overdue first"), show_due)
    due.add_argument("--unit")
    move = verb("move-due", say("give an owed drill another due day, with --reason"), move_due)
    move.add_argument("obligation")
    move.add_argument("scheduled", type=day)
    move.add_argument("due", type=day)
    assign = verb("assign", say("say which drill meets an owed one"), assign_drill)
    assign.add_argument("obligation")
    assign.add_argument("scheduled", type=day)
    assign.add_argument("drill", nargs="?", help=str(say("without it, none meets it any more")))
    year = verb("year", say("the year by unit and month: done, planned, due, overdue"), show_year)
    year.add_argument("year", nargs="?", type=a_year)
    plan = verb("plan-year", say("plan a drill for all that is owed, spread over the weeks"), plan_year)
    plan.add_argument("year", type=a_year)
    plan.add_argument("--unit")
    add_yes(plan)
    ical = verb("ical", say("drills and due days as an iCalendar file"), export_calendar)
    ical.add_argument("--unit")
    ical.add_argument("--out", metavar="FILE", help=str(say("the file to write")))
    add_overwrite(ical)


def _add_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--every", type=some_months, default=12, metavar="MONTHS", help=str(say("months between drills"))
    )
    parser.add_argument("--from", dest="anchor", type=day, required=True, metavar="DAY")
    parser.add_argument("--weekday", choices=_WEEKDAYS, help=str(say("on a weekday of the month instead of a day")))
    parser.add_argument("--nth", type=within(-4, 4), default=-1, help=str(say("which such weekday; -1 is the last")))
    parser.add_argument(
        "--before-season", type=some_days_or_none, metavar="DAYS", help=str(say("days before each season instead"))
    )
    parser.add_argument("--source", required=True, help=str(say("the clause that the rule comes from")))


def show_obligations(args: argparse.Namespace, desk: Desk) -> int:
    """List the obligations."""
    from floodready.drills.views_year import obligation_rows

    rows = obligation_rows(desk.view, desk.at, desk.zone)
    if args.json:
        print_json({"obligations": rows})
        return 0
    heads = (say("Code"), say("Unit"), say("Plan"), say("Rule"), say("Next due"), say("Source"))
    told = [(r.id, r.unit_name, r.plan, r.rule, r.next.due_on if r.next else "", r.source) for r in rows]
    print_rows(heads, told, plain=args.plain)
    return 0


def oblige_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Lay down an obligation."""
    from floodready.drills import commands

    made = commands.oblige(
        desk.store,
        desk.act(),
        unit=args.unit,
        plan=args.plan,
        cadence=_cadence(args),
        source=args.source,
        zone=desk.zone,
    )
    return done(args, say("{unit} must drill {plan}: {id}", unit=made.unit, plan=made.plan, id=made.id), made)


def change_rule(args: argparse.Namespace, desk: Desk) -> int:
    """Change the rule of an obligation."""
    from floodready.drills import commands, reading

    seen = reading.the_obligation(desk.store, args.obligation)
    made = commands.change_cadence(
        desk.store, desk.act(), seen=seen, cadence=_cadence(args), source=args.source, zone=desk.zone
    )
    return done(args, say("{id} follows the new rule from {day}.", id=made.id, day=made.applies_from), made)


def end_obligation(args: argparse.Namespace, desk: Desk) -> int:
    """End an obligation."""
    from floodready.drills import commands, reading
    from floodready.drills.views_year import ended_told

    seen = reading.the_obligation(desk.store, args.obligation)
    made = commands.end_obligation(desk.store, desk.act(), seen=seen, on=args.day, zone=desk.zone, reason=args.reason)
    return done(args, ended_told(desk.store, made), made)


def show_due(args: argparse.Namespace, desk: Desk) -> int:
    """List what is owed and not done."""
    from floodready.drills.views_year import STANDING, open_rows

    require_known_unit(args, desk)
    rows = [row for row in open_rows(desk.view, desk.at, desk.zone) if args.unit in (None, row.unit)]
    if args.json:
        print_json({"due": rows})
        return 0
    heads = (say("State"), say("Due"), say("Unit"), say("Plan"), say("Obligation"), say("Scheduled"), say("Drill"))
    told = [(STANDING[r.standing], r.due_on, r.unit_name, r.plan, r.obligation, r.scheduled_on, r.drill) for r in rows]
    print_rows(heads, told, plain=args.plain)
    return 0


def move_due(args: argparse.Namespace, desk: Desk) -> int:
    """Move a due day."""
    from floodready.drills import commands

    made = commands.move_due(
        desk.store,
        desk.act(),
        obligation=args.obligation,
        scheduled_on=args.scheduled,
        due_on=args.due,
        reason=args.reason,
    )
    return done(args, say("{id} is now due on {day}.", id=made.id, day=made.due_on), made)


def assign_drill(args: argparse.Namespace, desk: Desk) -> int:
    """Tie a drill to what it meets."""
    from floodready.drills import commands

    made = commands.assign_drill(
        desk.store, desk.act(), obligation=args.obligation, scheduled_on=args.scheduled, drill=args.drill
    )
    told = (
        say("{drill} meets {id}.", drill=made.drill, id=made.id)
        if made.drill
        else say("{id}: no drill meets it now.", id=made.id)
    )
    return done(args, told, made)


def show_year(args: argparse.Namespace, desk: Desk) -> int:
    """Show a year by unit and month."""
    from floodready.drills.owed import Standing
    from floodready.drills.views_year import MARK, STANDING, year_rows

    year = args.year or local_day(desk.at, desk.zone).year
    units = year_rows(desk.view, year, desk.at, desk.zone)
    if args.json:
        print_json({"year": year, "units": units})
        return 0
    heads = (say("Unit"), *(verbatim(f"{month:02}") for month in range(1, 13)))
    rows = [(unit.unit_name, *("".join(MARK[r.standing] for r in month) for month in unit.months)) for unit in units]
    print_rows(heads, rows, plain=args.plain)
    if not args.plain:
        print("  ".join(f"{MARK[standing]} {STANDING[standing]}" for standing in Standing))
    return 0


def plan_year(args: argparse.Namespace, desk: Desk) -> int:
    """Show the days on which the year's drills would be, and plan them with --yes."""
    from floodready.drills import commands, reading

    require_known_unit(args, desk)
    today = local_day(desk.clock.now(), desk.zone)
    proposed = reading.proposed_year(desk.store, args.year, today, desk.zone, args.unit)
    if not args.json:
        _print_days(args, desk, proposed)
    if not any(placed.on for placed in proposed):
        return nothing_new(args, days=proposed)
    if not args.yes:
        return only_shown(args, days=proposed)
    made = commands.plan_year(desk.store, desk.act(), year=args.year, zone=desk.zone, unit=args.unit)
    told = say_many("{count} drill is planned.", "{count} drills are planned.", len(made))
    return done(args, told, made, days=proposed)


def _print_days(args: argparse.Namespace, desk: Desk, proposed: Sequence[Placed]) -> None:
    heads = (say("Unit"), say("Plan"), say("Due"), say("Planned"))
    names = unit_names(desk.view)
    rows = [
        (names.get(p.obligation.unit, p.obligation.unit), p.obligation.plan, p.occurrence.due_on, p.on or p.why_not)
        for p in proposed
    ]
    print_rows(heads, rows, plain=args.plain)


def export_calendar(args: argparse.Namespace, desk: Desk) -> int:
    """Write the calendar to a file, or to standard output."""
    from floodready.drills.models import Drill
    from floodready.drills.views_year import open_rows
    from floodready.exchange.drill_ical import calendar

    require_known_unit(args, desk)
    drills = [drill for drill in desk.view.all(Drill) if args.unit in (None, drill.unit)]
    owed = [row for row in open_rows(desk.view, desk.at, desk.zone) if args.unit in (None, row.unit)]
    names = person_names(desk.view)
    changes = {drill.id: sum(1 for _ in desk.store.history(Drill.table, drill.id)) - 1 for drill in drills}
    return write_file(args, calendar(drills, owed, desk.clock.now(), names, unit_names(desk.view), changes), args.out)


def _cadence(args: argparse.Namespace) -> Cadence:
    if args.weekday is not None and args.before_season is not None:
        raise Refused(say("A rule goes by a weekday or by the season, not by both."))
    if args.before_season is not None:
        return Cadence(
            rhythm=Rhythm.BEFORE_SEASON, months=args.every, anchor_on=args.anchor, days_before=args.before_season
        )
    if args.weekday is not None:
        weekday = _WEEKDAYS.index(args.weekday)
        return Cadence(rhythm=Rhythm.WEEKDAY, months=args.every, anchor_on=args.anchor, weekday=weekday, nth=args.nth)
    anchor: date = args.anchor
    return Cadence(months=args.every, anchor_on=anchor)
