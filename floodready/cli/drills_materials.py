"""`floodready drill`: the materials of a drill, from its list to what became of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, add_outcomes, done, require
from floodready.cli.output import print_json, print_rows
from floodready.frozen import replace
from floodready.language import say

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.drills.models import Drill

_OUTCOMES = ("good", "damaged", "consumed", "lost")


def add_to(verb: Verb) -> None:
    """Add the words of a drill's materials."""
    _named(verb("materials", say("what a drill needs, holds and has yet to account for"), show_materials))
    material = _named(verb("material", say("name material that the drill needs"), set_material))
    material.add_argument("item")
    material.add_argument("place")
    material.add_argument("quantity", help=str(say("as in stock: 300, 12*50, 3包+20; 0 takes it away")))
    _named(verb("reserve", say("reserve the drill's materials in stock"), reserve_materials))
    _named(verb("issue", say("issue the drill's materials to its own account"), issue_materials))
    back = _named(verb("return", say("say what became of an item that was issued to the drill"), return_materials))
    back.add_argument("item")
    back.add_argument("--lot", help=str(say("where the item came from several lots")))
    add_outcomes(back)


def _named(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("drill", metavar="DRILL")
    return parser


def show_materials(args: argparse.Namespace, desk: Desk) -> int:
    """List the materials of a drill."""
    from floodready.drills.views_materials import material_rows

    rows = material_rows(desk.view, args.drill)
    if args.json:
        print_json({"materials": rows})
        return 0
    heads = (say("Item"), say("Place"), say("Needed"), say("State"), say("Still out"))
    told = [(row.item_name, row.place_name, row.needed, row.state, row.out) for row in rows]
    print_rows(heads, told, plain=args.plain)
    return 0


def set_material(args: argparse.Namespace, desk: Desk) -> int:
    """Name material that the drill needs."""
    from floodready.drills import commands, reading
    from floodready.drills.models import ReservedMaterial
    from floodready.materials.models import Place

    seen = reading.the_drill(desk.store, args.drill)
    others = tuple(m for m in seen.materials if (m.item, m.place) != (args.item, args.place))
    quantity = _quantity(args.quantity, args.item, seen, desk)
    made: tuple[ReservedMaterial, ...] = ()
    if quantity:
        place = require(desk, Place, args.place)
        made = (ReservedMaterial(item=args.item, place=place.id, quantity=quantity),)
    drill = commands.change_drill(desk.store, desk.act(), seen=seen, wanted=replace(seen, materials=(*others, *made)))
    return done(args, say("{drill} is changed.", drill=drill.name), drill)


def reserve_materials(args: argparse.Namespace, desk: Desk) -> int:
    """Reserve the drill's materials."""
    from floodready.drills import commands

    made = commands.reserve_materials(desk.store, desk.act(), drill=args.drill, zone=desk.zone)
    return done(args, say("The materials of {drill} are reserved.", drill=made.name), made)


def issue_materials(args: argparse.Namespace, desk: Desk) -> int:
    """Issue the drill's materials."""
    from floodready.drills import commands

    made = commands.issue_materials(desk.store, desk.act(), drill=args.drill, zone=desk.zone)
    return done(args, say("The materials of {drill} are issued to it.", drill=made.name), made)


def return_materials(args: argparse.Namespace, desk: Desk) -> int:
    """Say what became of an item."""
    from floodready.drills import commands, reading

    drill = reading.the_drill(desk.store, args.drill)
    told = {outcome: _quantity(getattr(args, outcome), args.item, drill, desk) for outcome in _OUTCOMES}
    made = commands.return_materials(
        desk.store, desk.act(), drill=args.drill, zone=desk.zone, item=args.item, lot=args.lot, **told
    )
    return done(args, say("Accounted for: {item} of {drill}.", item=args.item, drill=made.name), made)


def _quantity(typed: str, item: str, drill: Drill, desk: Desk) -> int:
    from floodready.drills.views_materials import typed_material
    from floodready.materials.models import Item

    return typed_material(drill, require(desk, Item, item), typed, desk.zone)
