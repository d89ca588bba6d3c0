"""`floodready drill settings`: the figures an office may set for its drills."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import clock_time
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def add_to(verb: Verb) -> None:
    """Add the word of the settings."""
    figures = verb("settings", say("the office's figures for drills; options change them"), set_figures)
    figures.add_argument(
        "--evaluation-days", type=whole, help=str(say("days after a drill by which it must be closed"))
    )
    figures.add_argument("--evaluation-source", help=str(say("the rule behind that")))
    figures.add_argument("--weekdays", type=_weekdays, help=str(say("days for a year's plan, as tue,wed,thu")))
    figures.add_argument("--starts", type=clock_time, metavar="TIME", help=str(say("when planned drills begin: 09:00")))
    figures.add_argument("--minutes", type=whole, help=str(say("length of the drills that a year's plan makes")))
    figures.add_argument("--spread-weeks", type=whole, help=str(say("weeks before its due day that a plan may use")))
    figures.add_argument("--due-soon-days", type=whole, help=str(say("days ahead at which something is due soon")))


def set_figures(args: argparse.Namespace, desk: Desk) -> int:
    """Show the office's figures, or change those that are given."""
    from floodready.drills import commands, reading

    seen = reading.settings(desk.view)
    known = [field.name for field in fields(seen) if field.name != "id"]
    given: dict[str, Any] = {name: getattr(args, name) for name in known if getattr(args, name) is not None}
    if given:
        made = commands.set_settings(desk.store, desk.act(), wanted=replace(seen, **given), seen=seen)
        return done(args, say("The figures for drills are set."), made)
    if args.json:
        print_json({"settings": seen})
        return 0
    told = {"weekdays": ",".join(WEEKDAYS[day] for day in seen.weekdays), "starts": f"{seen.starts:%H:%M}"}
    rows = [
        (verbatim(f"--{name.replace('_', '-')}"), verbatim(told.get(name, str(getattr(seen, name))))) for name in known
    ]
    print_rows((say("Setting"), say("Value")), rows, plain=args.plain)
    return 0


def _weekdays(text: str) -> tuple[int, ...]:
    try:
        return tuple(WEEKDAYS.index(part.strip().lower()) for part in text.split(","))
    except ValueError as error:
        raise WrongUsage(say("Write weekdays as tue,wed,thu.")) from error
