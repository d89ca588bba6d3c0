"""The verbs `table`, `set-row`, `remove-row`, `set-action`, `remove-action` of `level`: what each level demands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, given, unit_of
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import clock_time
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import PostKind
from floodready.refusal import Refused, WrongUsage
from floodready.season.level import Level
from floodready.season.models_level import LeaderPlace, LevelAction, LevelRow, LevelTable, Staffing

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

NO_TABLE = (say("No level table is set."), say("Import one: floodready level import-table FILE"))


def add_to(level: Verbs) -> None:
    """Add the verbs of the level table to the word `level`."""
    table = level.add("table", say("what each level demands of a unit, row by row"), show_table)
    row = level.add("set-row", say("set what one level demands; what is not named stays"), set_row)
    row.add_argument("level", type=Level, choices=list(Level))
    row.add_argument(
        "--need",
        dest="needs",
        action="append",
        metavar="KIND=N",
        help=str(say("people at every moment, like leader=1; 0 takes the need away")),
    )
    row.add_argument("--staffing", dest="staffing_note", metavar="TEXT", help=str(say("staffing in words")))
    row.add_argument("--leader", type=LeaderPlace, choices=list(LeaderPlace))
    row.add_argument("--bulletins", metavar="TIMES", help=str(say("times of day, like 08:00,14:00; empty: none")))
    row.add_argument("--forecasts", dest="forecasts_per_day", type=whole, metavar="N", help=str(say("a day")))
    row.add_argument("--stock-up", metavar="PERCENT", help=str(say("stock at risk points, like 20 or 20-30; 0: none")))
    row.add_argument("--agreement-within", type=whole, metavar="HOURS", help=str(say("agreement stock; 0: not set")))
    row.add_argument("--consultation", metavar="TEXT", help=str(say("who chairs it")))
    row.add_argument("--call-out", metavar="PEOPLE", help=str(say("ids in order, like li,zhao; empty: nobody")))
    row.add_argument("--source", help=str(say("the plan and clause; without it, the one that stands")))
    gone = level.add("remove-row", say("take one level's row out; the next lower one then holds for it"), remove_row)
    action = level.add("set-action", say("set one action of a level with its clock"), set_action)
    drop = level.add("remove-action", say("take one action of a level away"), remove_action)
    for made in (gone, action, drop):
        made.add_argument("level", type=Level, choices=list(Level))
    for made in (action, drop):
        made.add_argument("name", metavar="NAME")
    action.add_argument("--within", type=whole, required=True, metavar="MINUTES")
    action.add_argument("--who", help=str(say("the post or office that does it")))
    for made in (table, row, gone, action, drop):
        made.add_argument("--unit")  # fmt: skip


def show_table(args: argparse.Namespace, desk: Desk) -> int:
    """Show the level table that a unit follows, and whose it is."""
    from floodready.organisation.models import Unit
    from floodready.season.level_table import effects
    from floodready.season.settings import level_table_of
    from floodready.season.views import effect_sentences

    unit = unit_of(args, desk)
    held = level_table_of(desk.view, unit)
    if held is None:
        raise desk.nothing(*NO_TABLE)
    if args.json:
        print_json({"unit": unit, "followed": held.id, "source": held.source, "rows": held.rows})
        return 0
    told = [(row.level.word, sentence) for row in held.rows for sentence in effect_sentences(effects(held, row.level))]
    print_rows((say("Level"), say("Demands")), told, plain=args.plain)
    if held.id != unit:
        above = desk.view.get(Unit, held.id)
        print(say("It is the table of {unit}.", unit=verbatim(above.name if above else held.id)))
    print(say("Source: {source}", source=held.source))
    return 0


def set_row(args: argparse.Namespace, desk: Desk) -> int:
    """Set one row of the level table."""
    unit = unit_of(args, desk)
    seen, row = _row(unit, args.level, desk)
    fields = {**given(args, "staffing_note", "leader", "forecasts_per_day", "consultation"), **_read(args, row)}
    return _set(args, desk, unit, replace(row, **fields), seen, args.source or "")


def remove_row(args: argparse.Namespace, desk: Desk) -> int:
    """Take one row of the level table away."""
    from floodready.season import commands
    from floodready.season.settings import level_table_of

    unit = unit_of(args, desk)
    seen = level_table_of(desk.store, unit)
    made = commands.remove_level_row(desk.store, desk.act(), unit=unit, level=args.level, seen=seen)
    if made is None:
        told = say("{level} is gone; {unit} has no table of its own any more.", level=args.level.word,
                   unit=_unit_told(unit, desk))  # fmt: skip
    else:
        told = say("{level} is gone from the table of {unit}.", level=args.level.word, unit=_unit_told(unit, desk))
    return done(args, told, made)


def set_action(args: argparse.Namespace, desk: Desk) -> int:
    """Set one action of a level; the same name changes it."""
    unit = unit_of(args, desk)
    seen, row = _row(unit, args.level, desk, must_stand=True)
    known = next((action for action in row.actions if action.name == args.name), None)
    who = args.who if args.who is not None else known.who if known else ""
    made = LevelAction(name=args.name, within_minutes=args.within, who=who)
    actions = (
        (*row.actions, made) if known is None else tuple(made if action is known else action for action in row.actions)
    )
    return _set(args, desk, unit, replace(row, actions=actions), seen)


def remove_action(args: argparse.Namespace, desk: Desk) -> int:
    """Take one action of a level away."""
    unit = unit_of(args, desk)
    seen, row = _row(unit, args.level, desk, must_stand=True)
    kept = tuple(action for action in row.actions if action.name != args.name)
    if kept == row.actions:
        raise Refused(
            say("{level} has no action “{action}”. See: floodready level table", level=args.level.word,
                action=verbatim(args.name))
        )  # fmt: skip
    return _set(args, desk, unit, replace(row, actions=kept), seen)


def _set(
    args: argparse.Namespace, desk: Desk, unit: str, row: LevelRow, seen: LevelTable | None, source: str = ""
) -> int:
    from floodready.season import commands

    made = commands.set_level_row(desk.store, desk.act(), unit=unit, row=row, seen=seen, source=source)
    return done(args, say("{level} of {unit} is set.", level=row.level.word, unit=_unit_told(unit, desk)), made)


def _row(unit: str, level: Level, desk: Desk, *, must_stand: bool = False) -> tuple[LevelTable | None, LevelRow]:
    from floodready.season.settings import level_table_of

    seen = level_table_of(desk.store, unit)
    found = next((row for row in seen.rows if row.level is level), None) if seen else None
    if found is None and must_stand:
        raise Refused(
            say("{level} has no row of its own yet. Set it first: floodready level set-row {code}", level=level.word,
                code=level.value)
        )  # fmt: skip
    return seen, found or LevelRow(level=level)


def _read(args: argparse.Namespace, row: LevelRow) -> dict[str, Any]:
    """Give the fields that are typed as text, by name, as far as they were given."""
    read: dict[str, Any] = {}
    if args.needs:
        needs = {need.post: need.people for need in row.staffing} | dict(map(_need, args.needs))
        read["staffing"] = tuple(Staffing(post=post, people=needs[post]) for post in PostKind if needs.get(post))
    if args.bulletins is not None:
        read["bulletins"] = tuple(sorted({clock_time(text) for text in _listed(args.bulletins)}))
    if args.stock_up is not None:
        read["forward_stock_percent"] = _percent(args.stock_up)
    if args.agreement_within is not None:
        read["agreement_stock_within_hours"] = args.agreement_within or None
    if args.call_out is not None:
        read["call_out"] = tuple(dict.fromkeys(_listed(args.call_out)))
    return read


def _need(text: str) -> tuple[PostKind, int]:
    post, _, count = text.rpartition("=")
    known = {kind.name.lower(): kind for kind in PostKind}
    if post not in known or not count.isdecimal():
        kinds = verbatim(", ".join(known))
        raise WrongUsage(
            say("“{text}” is not a need. Write leader=1; the kinds are: {kinds}", text=verbatim(text), kinds=kinds)
        )
    return known[post], int(count)


def _percent(text: str) -> tuple[int, ...]:
    least, dash, most = text.partition("-")
    if not least.isdecimal() or (dash and not most.isdecimal()) or (dash and int(most) < int(least)):
        raise WrongUsage(say("“{text}” is not a percentage. Write 20, or 20-30", text=verbatim(text)))
    found = (int(least), int(most) if dash else int(least))
    return found if any(found) else ()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _unit_told(unit: str, desk: Desk) -> Sentence:
    from floodready.organisation.lookup import unit_name

    return verbatim(unit_name(desk.store, unit))
