"""`floodready stock …`: items, places, sets, machines, quota tables and the office's own figures."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done, given
from floodready.cli.materials_answers import pair, quantity_of, show
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.showing import add_file, nothing_new, only_shown, print_change
from floodready.cli.times import whole_day
from floodready.language import say, say_as, say_many, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.materials.models import Pack, Substitute
    from floodready.materials.models_equipment import QuotaTable


def add_to(add: Verb) -> None:
    """Add the acts of this module."""
    _add_places_and_items(add)
    made = add("add-set", say("add a set, or change it: one boat is hull, engine, fuel and jackets"), run_set,
               "set", "name")  # fmt: skip
    made.add_argument("parts", nargs="+", metavar="ITEM=PER_SET")
    made.add_argument("--needed", type=whole, metavar="SETS")
    made.add_argument("--need-source", metavar="TEXT")
    made.add_argument("--importance", choices=("A", "B", "C"))
    made.add_argument("--capability", metavar="TEXT")
    add("sets", say("the sets and what they are made of"), run_sets)
    made = add("add-machine", say("add a machine, or change it"), run_machine, "number", "name", "item", "place")
    made.add_argument("--interval", dest="test_interval_days", type=whole, metavar="DAYS")
    made.add_argument("--interval-source", metavar="TEXT")
    made.add_argument("--condition", choices=("serviceable", "under repair", "unserviceable", "condemned"))
    made = add("import-quotas", say("import a table of storage quotas with its source and clause"), run_quotas)
    add_file(made)
    made = add("settings", say("the office's own figures for stock: show them, or set those that are named"),
               run_settings)  # fmt: skip
    made.add_argument("--expiry-warning-days", metavar="DAYS,DAYS")
    for name in ("evidence-days-in-season", "evidence-days-out-of-season"):
        made.add_argument(f"--{name}", metavar="A,B,C")
    for name in ("paper-hours", "count-days", "reach-hours"):
        made.add_argument(f"--{name}", type=whole, metavar="N")
    for name in ("count-before-season-days", "acceptance-working-days", "filing-working-days"):
        made.add_argument(f"--{name}", metavar="N|none")


def _add_places_and_items(add: Verb) -> None:
    made = add("add-place", say("add a place, or change it"), run_place, "place", "name")
    made.add_argument("--kind", choices=("area", "site", "warehouse", "bay", "shelf", "vehicle"))
    made.add_argument("--unit")
    made.add_argument("--parent")
    made.add_argument("--reach", dest="reach_hours", type=whole, metavar="HOURS")
    made.add_argument("--walking-order", type=whole, metavar="N")
    made.add_argument("--custodian", metavar="PERSON")
    _add_retired(made)
    made = add("add-item", say("add an item, or change it"), run_item, "item", "name")
    made.add_argument("ledger_unit", help=str(say("the unit it is kept in, like 条, 件, kg or L")))
    made.add_argument("--scale", type=whole, metavar="DECIMALS",
                      help=str(say("decimals that are kept: 0 for whole pieces, 3 for kg, L, m³")))  # fmt: skip
    made.add_argument("--importance", choices=("A", "B", "C"))
    made.add_argument("--class", dest="item_class", metavar="CLASS")
    made.add_argument("--spec")
    made.add_argument("--life-months", type=whole, metavar="MONTHS")
    made.add_argument("--life-source", metavar="TEXT")
    made.add_argument("--capability", metavar="TEXT")
    made.add_argument("--pack", dest="packs", action="append", metavar="NAME=PIECES[/PACKS][@DAY]",
                      help=str(say("what one pack holds, from a day on; earlier ones stay")))  # fmt: skip
    made.add_argument("--substitute", dest="substitutes", action="append", metavar="ITEM[=WORTH[/OF]]")
    _add_retired(made)


def _add_retired(made: Any) -> None:
    made.add_argument("--retired", action=argparse.BooleanOptionalAction)


def run_place(args: argparse.Namespace, desk: Desk) -> int:
    """Add a place, or change what is named of it."""
    from floodready.materials.commands import put_place
    from floodready.materials.models import Place, PlaceKind

    facts = {"name": args.name, **given(args, "unit", "parent", "reach_hours", "walking_order", "custodian", "retired")}
    if args.kind:
        facts["kind"] = PlaceKind(args.kind)
    known = desk.store.get(Place, args.place)
    place = known.changed(**facts) if known else Place(id=args.place, **facts)
    found = put_place(desk.store, desk.act(), place=place)
    return done(args, say("Added {id}.", id=verbatim(args.place)), found)


def run_item(args: argparse.Namespace, desk: Desk) -> int:
    """Add an item, or change what is named of it."""
    from floodready.materials.commands import put_item
    from floodready.materials.models import Importance, Item, ItemClass

    facts = {"name": args.name, "unit": args.ledger_unit}
    facts |= given(args, "scale", "spec", "life_months", "life_source", "capability", "retired")
    if args.importance:
        facts["importance"] = Importance(args.importance)
    if args.item_class:
        if args.item_class not in {one.value for one in ItemClass}:
            known = ", ".join(one.value for one in ItemClass)
            raise WrongUsage(say("“{text}” is none of: {known}", text=verbatim(args.item_class), known=verbatim(known)))
        facts["item_class"] = ItemClass(args.item_class)
    before = desk.store.get(Item, args.item)
    if args.packs:
        facts["packs"] = (*(before.packs if before else ()), *map(_pack, args.packs))
    if args.substitutes:
        facts["substitutes"] = tuple(map(_substitute, args.substitutes))
    item = before.changed(**facts) if before else Item(id=args.item, **facts)
    found = put_item(desk.store, desk.act(), item=item)
    return done(args, say("Added {id}.", id=verbatim(args.item)), found)


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Add a set, or change it."""
    from floodready.materials.commands import put_set
    from floodready.materials.models import Importance
    from floodready.materials.models_equipment import GearSet, SetPart

    told = [pair(text, "ITEM=PER_SET") for text in args.parts]
    parts = tuple(SetPart(item=item, per_set=quantity_of(desk, item, typed)) for item, typed in told)
    facts = {"name": args.name, "parts": parts, **given(args, "needed", "need_source", "capability")}
    if args.importance:
        facts["importance"] = Importance(args.importance)
    known = desk.store.get(GearSet, args.set)
    gear = known.changed(**facts) if known else GearSet(id=args.set, **facts)
    found = put_set(desk.store, desk.act(), gear=gear)
    return done(args, say("Added {id}.", id=verbatim(args.set)), found)


def run_sets(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sets."""
    from floodready.materials.models import Item
    from floodready.materials.models_equipment import GearSet
    from floodready.materials.views import told

    items = {item.id: item for item in desk.view.all(Item)}
    rows = list(desk.view.all(GearSet))
    cells = [
        (gear.id, gear.name, "" if gear.needed is None else gear.needed, gear.need_source,
         ", ".join(f"{item.name} {told(item, part.per_set)}" if (item := items.get(part.item)) else part.item
                   for part in gear.parts))
        for gear in rows
    ]  # fmt: skip
    return show(
        args,
        "sets",
        (say_as("equipment", "Set"), say("Name"), say("Needed"), say("Source"), say_as("equipment", "Parts")),
        cells,
        rows,
    )


def run_machine(args: argparse.Namespace, desk: Desk) -> int:
    """Add a machine, or change it."""
    from floodready.materials.commands import put_equipment
    from floodready.materials.models_equipment import Condition, Equipment

    facts = {"name": args.name, "item": args.item, "place": args.place}
    facts |= given(args, "test_interval_days", "interval_source")
    if args.condition:
        facts["condition"] = Condition(args.condition)
    known = desk.store.get(Equipment, args.number)
    machine = known.changed(**facts) if known else Equipment(id=args.number, **facts)
    found = put_equipment(desk.store, desk.act(), equipment=machine)
    return done(args, say("Added {id}.", id=verbatim(args.number)), found)


def run_quotas(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a quota table would change, and with --yes take it in."""
    from floodready.exchange.quota_file import read_quota_table
    from floodready.materials.commands import put_quotas
    from floodready.materials.models_equipment import QuotaTable

    read = read_quota_table(args.file)
    held = desk.store.get(QuotaTable, read.id)
    if not args.json:
        heads = (say("Kind of works"), say("Grade"), say("Item"), say("Base"), say("Per"), say("Coefficients"))
        print_change(heads, [] if held is None else _quota_rows(held), _quota_rows(read), plain=args.plain)
    if held == read:
        return nothing_new(args, rows=read.rows)
    if read.rows and not args.yes:
        return only_shown(args, rows=read.rows)
    table = put_quotas(desk.store, desk.act(), table=read)
    told = say_many(
        "Imported {name} with {count} row, in force from {day}.",
        "Imported {name} with {count} rows, in force from {day}.",
        len(table.rows), name=verbatim(table.name), day=str(table.in_force_on),
    )  # fmt: skip
    return done(args, told, table, rows=table.rows)


def _quota_rows(table: QuotaTable) -> list[tuple[str, ...]]:
    """Word the rows of a table with its coefficients' values, so that those of two tables can be compared."""
    values = {one.name: one.value for one in table.coefficients}
    return [
        (r.works_kind, r.grade, r.item, r.base, str(r.per),
         ", ".join(f"{name} {values.get(name, '?')}" for name in r.coefficients))
        for r in table.rows
    ]  # fmt: skip


def run_settings(args: argparse.Namespace, desk: Desk) -> int:
    """Show the figures, or set those that are named."""
    from floodready.materials.commands import set_figures
    from floodready.materials.typed_days import LISTS_OF_DAYS
    from floodready.materials.views import settings_of

    now = settings_of(desk.view)
    facts = given(args, "paper_hours", "count_days", "reach_hours")
    for name in ("count_before_season_days", "acceptance_working_days", "filing_working_days"):
        typed = getattr(args, name)
        if typed is not None:
            facts[name] = None if typed == "none" else _number(typed)
    for name, typed in given(args, *LISTS_OF_DAYS).items():
        facts[name] = LISTS_OF_DAYS[name](typed)
    if facts:
        found = set_figures(desk.store, desk.act(), settings=now.changed(**facts), seen=now)
        return done(args, say("The figures are set."), found)
    values = {field.name: getattr(now, field.name) for field in fields(now) if field.name != "id"}
    cells = [(name.replace("_", "-"), _told(value)) for name, value in values.items()]
    if args.json:
        print_json({"settings": values})
    else:
        print_rows((say("Setting"), say("Value")), cells, plain=args.plain)
    return 0


def _told(value: object) -> str:
    if value is None:
        return "none"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise WrongUsage(say("“{text}” is not a whole number.", text=verbatim(text)))
    return int(text)


def _worth(text: str) -> tuple[int, int]:
    above, slash, below = text.partition("/")
    return _number(above), _number(below) if slash else 1


def _pack(text: str) -> Pack:
    from floodready.materials.models import Pack

    name, typed = pair(text, "NAME=PIECES")
    worth, at, since = typed.partition("@")
    numerator, denominator = _worth(worth)
    return Pack(name=name, numerator=numerator, denominator=denominator, **({"since": whole_day(since)} if at else {}))


def _substitute(text: str) -> Substitute:
    from floodready.materials.models import Substitute

    item, equals, worth = text.partition("=")
    numerator, denominator = _worth(worth) if equals else (1, 1)
    return Substitute(item=item, numerator=numerator, denominator=denominator)
