"""The words `explain`, `forecast`, `what-if`, `override` and `checklist`: readiness beyond the sentence of `status`."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, unit_of
from floodready.cli.numbers import some_hours
from floodready.cli.output import print_json, print_rows
from floodready.cli.status import line_json
from floodready.cli.times import day
from floodready.clock import local_time
from floodready.language import Sentence, say, say_many, verbatim
from floodready.readiness.line import Colour
from floodready.season.level import Level, level_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floodready.cli.desk import Desk
    from floodready.readiness.forecast import Day, Turn
    from floodready.readiness.what_if import Turned

_SEVEN = 7
"""So many of the acts that mend most are printed."""


def add_to(words: Any) -> None:
    """Add the words."""
    explain = words.add_parser("explain", help=str(say("a readiness line to its last movement")))
    explain.add_argument("line", metavar="LINE", help=str(say("the line's id, as `status --all --json` names it")))
    explain.set_defaults(run=run_explain)
    ahead = words.add_parser("forecast", help=str(say("every day to the season's end, if nothing is done")))
    ahead.add_argument("--until", type=day, metavar="DAY", help=str(say("the last day; without it, the season's end")))
    ahead.set_defaults(run=run_forecast)
    suppose = words.add_parser("what-if", help=str(say("what a response level would turn, and why")))
    suppose.add_argument("level", choices=[*Level, "none"])
    suppose.add_argument("--unit")
    suppose.set_defaults(run=run_what_if)
    _add_override(words)
    listing = words.add_parser("checklist", help=str(say("the pre-season check: all that is not ready")))
    listing.add_argument("--open", action="store_true", help=str(say("open a record for each new point")))
    listing.add_argument(
        "--until", type=day, metavar="DAY", help=str(say("by when; without it, the day before the season"))
    )
    listing.set_defaults(run=run_checklist)


def _add_override(words: Any) -> None:
    verbs = Verbs(words, "override", say("a leader's colour over the computed one, for 72 h at most"))
    verbs.add("list", say("the overrides that hold; with --all every one"), list_overrides).add_argument(
        "--all", action="store_true"
    )
    made = verbs.add("set", say("set a colour over a line; needs --reason"), set_override, "line")
    made.add_argument("colour", type=Colour, choices=list(Colour))
    made.add_argument("--until", metavar="TIME", help=str(say("when it ends; without it, in --hours")))
    made.add_argument("--hours", type=some_hours, default=24, help=str(say("how long it holds; 72 at most")))
    made.add_argument("--second", metavar="PERSON", help=str(say("who stands by it too; needed for a better colour")))
    verbs.add("end", say("end an override before its time"), end_override, "id")


def run_explain(args: argparse.Namespace, desk: Desk) -> int:
    """Explain a line."""
    from floodready.readiness.commands_override import the_line
    from floodready.readiness.explain import explain
    from floodready.readiness.line import status_of

    status = status_of(the_line(desk.view, args.line, desk.at, desk.zone), desk.at)
    told = explain(desk.store, desk.view, status, desk.at, desk.zone)
    if args.json:
        parts = {name: getattr(told, name) for name in ("rules", "figures", "entries")}
        print_json({"at": desk.at, "line": line_json(status), **parts})
        return 0
    print(f"{status.colour.mark} {status.line.subject}")
    for heading, part in (
        (None, told.colour),
        (say("Rules"), told.rules),
        (say("Figures and evidence"), told.figures),
        (say("Journal"), told.entries),
    ):
        if heading is not None and part:
            print(heading)
        for sentence in part:
            print(f"  {sentence}")
    return 0


def run_forecast(args: argparse.Namespace, desk: Desk) -> int:
    """Tell every day ahead, every turn and the acts that mend most."""
    from floodready.readiness.outlook import outlook

    seen = outlook(desk.view, desk.at, desk.zone, args.until)
    if args.json:
        print_json(
            {
                "at": seen.at,
                "until": seen.until,
                "season": seen.season,
                "days": [{"on": day.on, "colour": day.colour} for day in seen.days],
                "turns": [_turn_json(turn) for turn in seen.turns],
                "mends_most": [
                    {"act": one.act, "lines": [line.id for line in one.lines], "line_days": one.days}
                    for one in seen.mendings
                ],
            }
        )
        return 0
    if not args.plain:
        _print_strip(seen.days)
    heads = (say("Time"), say("Line"), say("Class"), say("Before"), say("After"), say("Cause"), say("Next"))
    rows = [
        (
            local_time(turn.at, desk.zone),
            turn.status.line.subject,
            turn.status.line.importance,
            turn.before.word,
            turn.status.colour.word,
            turn.status.cause,
            turn.status.act,
        )
        for turn in seen.turns
    ]
    if rows:
        print_rows(heads, rows, plain=args.plain)
    else:
        print(say("No line turns by itself until then."))
    if not args.plain:
        for mending in seen.mendings[:_SEVEN]:
            print(say_many("{act}: {count} line-day", "{act}: {count} line-days", mending.days, act=mending.act))
    return 0


def _print_strip(days: Sequence[Day]) -> None:
    """Print a row of marks for each month."""
    months: dict[str, str] = {}
    for one in days:
        month = f"{one.on:%Y-%m}"
        months[month] = months.get(month, " " * (one.on.day - 1)) + one.colour.mark
    for month, marks in months.items():
        print(f"{month}  {marks}")


def _turn_json(turn: Turn) -> dict[str, Any]:
    return {"at": turn.at, "before": turn.before, **line_json(turn.status)}


def run_what_if(args: argparse.Namespace, desk: Desk) -> int:
    """Suppose a level."""
    from floodready.readiness.what_if import what_if

    unit = unit_of(args, desk)
    level = None if args.level == "none" else Level(args.level)
    seen = what_if(desk.view, unit, level, desk.at, desk.zone)
    if args.json:
        print_json(
            {
                "at": desk.at,
                "unit": unit,
                "held": seen.held,
                "level": level,
                "demands": seen.demands,
                "now": {"colour": seen.now.colour, "headline": seen.now.headline},
                "then": {"colour": seen.then.colour, "headline": seen.then.headline},
                "turned": [_turned_json(one) for one in seen.turned],
            }
        )
        return 0
    print(say("Now, {level}: {headline}", level=level_word(seen.held), headline=seen.now.headline))
    print(say("Under {level}: {headline}", level=level_word(level), headline=seen.then.headline))
    for demand in seen.demands:
        print(f"  {demand}")
    heads = (say("Line"), say("Before"), say("After"), say("Cause"), say("Next"))
    rows = [
        (one.after.line.subject, _before(one), one.after.colour.word, one.after.cause, one.after.act)
        for one in seen.turned
    ]
    if rows:
        print_rows(heads, rows, plain=args.plain)
    else:
        print(say("No line would turn."))
    return 0


def _before(one: Turned) -> Sentence:
    return one.before.colour.word if one.before is not None else say("not asked")


def _turned_json(one: Turned) -> dict[str, Any]:
    return {"before": one.before.colour if one.before is not None else None, **line_json(one.after)}


def list_overrides(args: argparse.Namespace, desk: Desk) -> int:
    """List overrides."""
    from floodready.readiness.models import Override

    found = [one for one in desk.view.all(Override) if args.all or one.since_at <= desk.at < one.ends_at]
    if args.json:
        print_json({"overrides": [{"override": one, "holds": one.since_at <= desk.at < one.ends_at} for one in found]})
        return 0
    heads = (say("Code"), say("Line"), say("Colour"), say("Computed"), say("Leader"), say("Second name"), say("Until"),
             say("Reason"))  # fmt: skip
    rows = [
        (one.id, one.line, one.colour.word, one.computed.word, one.by, one.second, local_time(one.ends_at, desk.zone),
         one.reason)
        for one in found
    ]  # fmt: skip
    print_rows(heads, rows, plain=args.plain)
    return 0


def set_override(args: argparse.Namespace, desk: Desk) -> int:
    """Set an override."""
    from floodready.readiness import commands

    made = commands.override(
        desk.store,
        desk.act(),
        line=args.line,
        colour=args.colour,
        reason=args.reason,
        until_at=desk.instant_given(args.until) or desk.clock.now() + timedelta(hours=args.hours),
        zone=desk.zone,
        second=args.second,
    )
    told = say("Override {id}: {line} is shown as {word} until {time}; computed {computed}.", id=verbatim(made.id),
               line=verbatim(made.line), word=made.colour.word, time=local_time(made.until_at, desk.zone),
               computed=made.computed.word)  # fmt: skip
    return done(args, told, made)


def end_override(args: argparse.Namespace, desk: Desk) -> int:
    """End an override."""
    from floodready.readiness import commands

    made = commands.end_override(desk.store, desk.act(), override=args.id)
    return done(args, say("Override {id} is ended.", id=verbatim(made.id)), made)


def run_checklist(args: argparse.Namespace, desk: Desk) -> int:
    """Show the checklist, or with --open make it a campaign."""
    if args.open:
        return _open_checklist(args, desk)
    from floodready.readiness.assembly import readiness
    from floodready.readiness.checklist import points

    answer = readiness(desk.view, desk.at, desk.zone)
    found = points(desk.view, [status for unit in answer.units for status in unit.lines()])
    if args.json:
        print_json({"points": [{**line_json(one.status), "record": one.record} for one in found]})
        return 0
    heads = (say("State"), say("Class"), say("Unit"), say("Line"), say("Cause"), say("Next"), say("Record"))
    rows = [
        (one.status.computed.word, one.status.line.importance, one.status.line.unit, one.status.line.subject,
         one.status.cause, one.status.act, one.record)
        for one in found
    ]  # fmt: skip
    print_rows(heads, rows, plain=args.plain)
    if any(one.record is None for one in found):
        print(say("Nothing was written. Open the records: floodready checklist --open"))
    return 0


def _open_checklist(args: argparse.Namespace, desk: Desk) -> int:
    from floodready.readiness import commands
    from floodready.rectification.models import Finding

    until: date | None = args.until
    before = {one.id for one in desk.store.all(Finding)}
    campaign = commands.open_checklist(desk.store, desk.act(), zone=desk.zone, until_on=until)
    new = [one.id for one in desk.store.all(Finding) if one.id not in before]
    told = say_many("{campaign}: {count} record opened.", "{campaign}: {count} records opened.", len(new),
                    campaign=verbatim(campaign.id))  # fmt: skip
    return done(args, told, campaign, records=new)
