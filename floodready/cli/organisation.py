"""Words about the organisation: units, works, posts, the chain of responsibility; people in the module named so."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, TypeVar

from floodready.cli import organisation_people
from floodready.cli.answering import Verbs, done, given, require, show
from floodready.cli.numbers import whole
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.organisation.models import Post, PostKind, Unit, UnitKind, Works, WorksKind
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.organisation.views import PostRow, UnitRow, WorksRow

Owned = TypeVar("Owned", Unit, Works, Post)
Row = TypeVar("Row", "UnitRow", "WorksRow", "PostRow")

_LINKS = ("responsible", "regulator", "county", "city_leader", "supervision")


def add_to(words: Any) -> None:
    """Add the words of the organisation."""
    _add_units(words)
    _add_works(words)
    _add_posts(words)
    organisation_people.add_to(words)


def _add_units(words: Any) -> None:
    unit = Verbs(words, "unit", say("units: the tree, add, change, retire; the chain of responsibility"))
    listed = unit.add("list", say("the tree of units"), list_units)
    listed.add_argument("--all", action="store_true", help=str(say("also what is retired")))
    add = unit.add("add", say("add a unit"), add_unit, "name")
    add.add_argument("--id")
    add.add_argument("--kind", type=UnitKind, choices=list(UnitKind), default=UnitKind.COUNTY)
    add.add_argument("--parent", help=str(say("the unit above it")))
    change = unit.add("change", say("change a unit"), change_unit, "id")
    change.add_argument("--name")
    change.add_argument("--kind", type=UnitKind, choices=list(UnitKind))
    change.add_argument("--parent")
    change.add_argument("--note")
    unit.add("retire", say("retire a unit that holds nothing any more"), retire_unit, "id")
    unit.add("return", say("put a retired unit into use again"), return_unit, "id")
    chain = unit.add("chain", say("show or set the chain of responsibility"), chain_of_unit, "id")
    for link in _LINKS:
        chain.add_argument(f"--{link.replace('_', '-')}", metavar="PERSON")


def _add_works(words: Any) -> None:
    works = Verbs(words, "works", say("works and sites of the units"))
    listed = works.add("list", say("works and sites"), list_works)
    listed.add_argument("--unit")
    listed.add_argument("--all", action="store_true", help=str(say("also what is retired")))
    add = works.add("add", say("add works or a site"), add_works, "name")
    add.add_argument("--unit", required=True)
    add.add_argument("--kind", type=WorksKind, choices=list(WorksKind), required=True)
    add.add_argument("--id")
    add.add_argument("--grade")
    add.add_argument("--size", type=whole, help=str(say("what quotas multiply")))
    add.add_argument("--size-unit", help=str(say("what the size counts, like m")))
    change = works.add("change", say("change works or a site"), change_works, "id")
    change.add_argument("--name")
    change.add_argument("--unit")
    change.add_argument("--kind", type=WorksKind, choices=list(WorksKind))
    change.add_argument("--grade")
    change.add_argument("--size", type=whole, help=str(say("what quotas multiply")))
    change.add_argument("--size-unit", help=str(say("what the size counts, like m")))
    change.add_argument("--note")
    works.add("retire", say("retire works"), retire_works, "id")
    works.add("return", say("put retired works into use again"), return_works, "id")


def _add_posts(words: Any) -> None:
    post = Verbs(words, "post", say("posts that rotas fill"))
    listed = post.add("list", say("the posts and who may take them"), list_posts)
    listed.add_argument("--all", action="store_true", help=str(say("also what is retired")))
    add = post.add("add", say("add a post"), add_post, "name")
    add.add_argument("--unit", required=True)
    add.add_argument("--kind", type=PostKind, choices=list(PostKind), default=PostKind.OTHER)
    add.add_argument("--id")
    change = post.add("change", say("change a post"), change_post, "id")
    change.add_argument("--name")
    change.add_argument("--unit")
    change.add_argument("--kind", type=PostKind, choices=list(PostKind))
    change.add_argument("--note")
    post.add("retire", say("retire a post"), retire_post, "id")
    post.add("return", say("put a retired post into use again"), return_post, "id")


def list_units(args: argparse.Namespace, desk: Desk) -> int:
    """Show the tree of units."""
    from floodready.organisation.views import unit_rows

    rows = unit_rows(desk.view, retired=args.all)
    if not args.json:
        rows = [replace(_marked(row), name="  " * row.depth + row.name) for row in rows]
    heads = (say("Code"), say("Unit"), say("Kind"), say("People"), say("Works"), say("Dead links"))
    return show(args, desk, "units", heads, "id name kind people works dead_links", rows)


def add_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Add a unit."""
    from floodready.organisation import commands

    made = commands.add_unit(desk.store, desk.act(), name=args.name, kind=args.kind, parent=args.parent, id=args.id)
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def change_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Change a unit."""
    from floodready.organisation import commands

    seen = require(desk, Unit, args.id)
    made = commands.change_unit(desk.store, desk.act(), seen, **given(args, "name", "kind", "parent", "note"))
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def retire_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Retire a unit."""
    from floodready.organisation import commands

    made = commands.change_unit(desk.store, desk.act(), require(desk, Unit, args.id), active=False)
    return done(args, say("Retired: {name} ({id}).", name=made.name, id=made.id), made)


def return_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Put a unit into use again."""
    from floodready.organisation import commands

    made = commands.change_unit(desk.store, desk.act(), _out_of_use(require(desk, Unit, args.id)), active=True)
    return done(args, say("In use again: {name} ({id}).", name=made.name, id=made.id), made)


def chain_of_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Show a unit's chain of responsibility, after setting the links that are named."""
    from floodready.organisation import commands
    from floodready.organisation.lookup import require_unit
    from floodready.organisation.views import chain_rows

    links = given(args, *_LINKS)
    view = desk.store if links else desk.view
    require_unit(view, args.id)
    if links:
        made = commands.set_chain(desk.store, desk.act(), unit=args.id, **links)
        if args.json:
            return done(args, say("The chain of {unit} is set.", unit=verbatim(args.id)), made)
    heads = (say("Link"), say("Person"), say("Phone"), say("Problem"))
    return show(args, desk, "links", heads, "word name phone dead", chain_rows(view, args.id))


def list_works(args: argparse.Namespace, desk: Desk) -> int:
    """Show works and sites."""
    from floodready.organisation.views import works_rows

    heads = (say("Code"), say("Works"), say("Unit"), say("Kind"), say("Grade"), say("Size"))
    rows = works_rows(desk.view, unit=args.unit, retired=args.all)
    if not args.json:
        rows = [_marked(row) for row in rows]
    return show(args, desk, "works", heads, "id name unit kind grade size", rows)


def add_works(args: argparse.Namespace, desk: Desk) -> int:
    """Add works or a site."""
    from floodready.organisation import commands

    more = given(args, "grade", "size", "size_unit")
    made = commands.add_works(
        desk.store, desk.act(), name=args.name, unit=args.unit, kind=args.kind, id=args.id, **more
    )
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def change_works(args: argparse.Namespace, desk: Desk) -> int:
    """Change works or a site."""
    from floodready.organisation import commands

    fields = given(args, "name", "unit", "kind", "grade", "size", "size_unit", "note")
    made = commands.change_works(desk.store, desk.act(), require(desk, Works, args.id), **fields)
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def retire_works(args: argparse.Namespace, desk: Desk) -> int:
    """Retire works."""
    from floodready.organisation import commands

    made = commands.change_works(desk.store, desk.act(), require(desk, Works, args.id), active=False)
    return done(args, say("Retired: {name} ({id}).", name=made.name, id=made.id), made)


def return_works(args: argparse.Namespace, desk: Desk) -> int:
    """Put works into use again."""
    from floodready.organisation import commands

    made = commands.change_works(desk.store, desk.act(), _out_of_use(require(desk, Works, args.id)), active=True)
    return done(args, say("In use again: {name} ({id}).", name=made.name, id=made.id), made)


def list_posts(args: argparse.Namespace, desk: Desk) -> int:
    """Show the posts."""
    from floodready.organisation.views import post_rows

    heads = (say("Code"), say("Post"), say("Unit"), say("Kind"), say("People"))
    rows = post_rows(desk.view, retired=args.all)
    if not args.json:
        rows = [_marked(row) for row in rows]
    return show(args, desk, "posts", heads, "id name unit kind people", rows)


def add_post(args: argparse.Namespace, desk: Desk) -> int:
    """Add a post."""
    from floodready.organisation import commands

    made = commands.add_post(desk.store, desk.act(), name=args.name, unit=args.unit, kind=args.kind, id=args.id)
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def change_post(args: argparse.Namespace, desk: Desk) -> int:
    """Change a post."""
    from floodready.organisation import commands

    fields = given(args, "name", "unit", "kind", "note")
    made = commands.change_post(desk.store, desk.act(), require(desk, Post, args.id), **fields)
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def retire_post(args: argparse.Namespace, desk: Desk) -> int:
    """Retire a post."""
    from floodready.organisation import commands

    made = commands.change_post(desk.store, desk.act(), require(desk, Post, args.id), active=False)
    return done(args, say("Retired: {name} ({id}).", name=made.name, id=made.id), made)


def return_post(args: argparse.Namespace, desk: Desk) -> int:
    """Put a post into use again."""
    from floodready.organisation import commands

    made = commands.change_post(desk.store, desk.act(), _out_of_use(require(desk, Post, args.id)), active=True)
    return done(args, say("In use again: {name} ({id}).", name=made.name, id=made.id), made)


def _marked(row: Row) -> Row:
    return row if row.active else replace(row, kind=say("retired"))


def _out_of_use(held: Owned) -> Owned:
    if held.active:
        raise Refused(say("{name} is in use.", name=held.name))
    return held
