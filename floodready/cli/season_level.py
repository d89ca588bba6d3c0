"""`floodready level`: the response level: suggested, declared, what applies, its actions, and its table."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli import season_level_table
from floodready.cli.answering import Verbs, done, show, unit_of
from floodready.cli.output import print_json
from floodready.cli.showing import add_file, nothing_new, only_shown, print_change
from floodready.clock import local_time
from floodready.language import say, say_many
from floodready.season.level import Level, level_word
from floodready.season.models_level import LevelRow, LevelTable

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `level`."""
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
    table = level.add("import-table", say("import the unit's level table from a JSON file"), import_table)
    add_file(table)
    table.add_argument("--unit")
    table.add_argument("--source", help=str(say("the plan and clause; without it, what the file says")))
    season_level_table.add_to(level)


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
        raise desk.nothing(*season_level_table.NO_TABLE)
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
        starts_at=desk.instant_given(args.starts),
    )
    offers = [offer for _, offer in to_postpone(desk.store, desk.clock.now(), made.unit)]
    return done(args, say("Declared: {level}.", level=level_word(made.level)), made, also=offers, offers=offers)


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
        starts_at=desk.instant_given(args.starts),
    )
    return done(args, say("Now in force: {level}.", level=level_word(made.level)), made)


def finish_action(args: argparse.Namespace, desk: Desk) -> int:
    """Record that an action is done."""
    from floodready.season import commands

    made = commands.finish_action(desk.store, desk.act(), action=args.action, note=args.note)
    return done(args, say("Done: {action}.", action=made.name), made)


def import_table(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a level table from a file would change for a unit, and with --yes set it."""
    from floodready.exchange.level_table_json import read_level_table
    from floodready.exchange.sniff import read_file
    from floodready.season import commands

    rows, source = read_level_table(read_file(args.file))
    unit, source = unit_of(args, desk), args.source or source
    held = desk.store.get(LevelTable, unit)
    if not args.json:
        heads, before = (say("Level"), say("Demands")), [] if held is None else _demands(held.rows)
        print_change(heads, before, _demands(rows), plain=args.plain)
    if held is not None and (held.rows, held.source) == (rows, source):
        return nothing_new(args, rows=rows)
    if rows and not args.yes:
        return only_shown(args, rows=rows)
    made = commands.set_level_table(desk.store, desk.act(), unit=unit, rows=rows, source=source)
    return done(args, say_many("{count} level set.", "{count} levels set.", len(made.rows)), made, rows=rows)


def _demands(rows: tuple[LevelRow, ...]) -> list[tuple[str, str]]:
    """Say what each level demands, in words that can be held against those of another table."""
    from floodready.season.level_table import effects
    from floodready.season.views import effect_sentences

    table = LevelTable(id="shown", rows=rows)
    return [(str(row.level.word), str(told)) for row in rows for told in effect_sentences(effects(table, row.level))]
