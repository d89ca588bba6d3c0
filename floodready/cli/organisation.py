"""Words about the organisation: units, works, people, posts, the chain of responsibility."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, ask_pin, day, done, given, require, show
from floodready.clock import local_day
from floodready.language import say, verbatim
from floodready.organisation.models import Person, Phone, PhoneKind, Post, PostKind, Unit, UnitKind, Works, WorksKind
from floodready.organisation.permissions import TABLE, Permission, Role
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

_LINKS = ("responsible", "regulator", "county", "city_leader", "supervision")


def add_to(words: Any) -> None:
    """Add the words of the organisation."""
    _add_units(words)
    _add_people(words)


def _add_units(words: Any) -> None:
    unit = Verbs(words, "unit", say("units: the tree, add, change, retire; the chain of responsibility"))
    unit.add("list", say("the tree of units"), list_units).add_argument("--all", action="store_true")
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
    chain = unit.add("chain", say("show or set the chain of responsibility"), chain_of_unit, "id")
    for link in _LINKS:
        chain.add_argument(f"--{link.replace('_', '-')}", metavar="PERSON")
    works = Verbs(words, "works", say("works and sites of the units"))
    works.add("list", say("works and sites"), list_works).add_argument("--unit")
    add = works.add("add", say("add works or a site"), add_works, "name")
    add.add_argument("--unit", required=True)
    add.add_argument("--kind", type=WorksKind, choices=list(WorksKind), required=True)
    add.add_argument("--id")
    add.add_argument("--grade")
    add.add_argument("--size", type=int, help=str(say("what quotas multiply")))
    add.add_argument("--size-unit", help=str(say("what the size counts, like m")))
    change = works.add("change", say("change works or a site"), change_works, "id")
    change.add_argument("--name")
    change.add_argument("--unit")
    change.add_argument("--kind", type=WorksKind, choices=list(WorksKind))
    change.add_argument("--grade")
    change.add_argument("--size", type=int, help=str(say("what quotas multiply")))
    change.add_argument("--size-unit", help=str(say("what the size counts, like m")))
    change.add_argument("--note")
    works.add("retire", say("retire works"), retire_works, "id")
    post = Verbs(words, "post", say("posts that rotas fill"))
    post.add("list", say("the posts and who may take them"), list_posts)
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


def _add_people(words: Any) -> None:
    person = Verbs(words, "person", say("people: the staff list, phones, roles, PINs"))
    listed = person.add("list", say("the staff list"), list_people)
    listed.add_argument("--unit")
    listed.add_argument("--all", action="store_true", help=str(say("also who has left")))
    add = person.add("add", say("add a person"), add_person, "name")
    add.add_argument("--id")
    add.add_argument("--unit", required=True)
    change = person.add("change", say("change a person"), change_person, "id")
    change.add_argument("--name")
    change.add_argument("--unit")
    for made in (add, change):
        made.add_argument("--title")
        made.add_argument("--note")
        made.add_argument("--role", dest="roles", action="append", type=Role, choices=list(Role))
        made.add_argument("--post", dest="posts", action="append")
        made.add_argument(
            "--phone", dest="phones", action="append", metavar="[KIND:]NUMBER",
            help=str(say("in the order in which they are to be tried; the whole list anew")),
        )  # fmt: skip
    left = person.add("retire", say("take a person off the active list"), retire_person, "id")
    left.add_argument("--on", type=day, metavar="DAY", help=str(say("the last day; without it, today")))
    verified = person.add("verify-phone", say("record that a number was reached today"), verify_phone, "id")
    verified.add_argument("--on", type=day, metavar="DAY", help=str(say("the day it was answered; without it, today")))
    verified.add_argument("number", nargs="?", help=str(say("without it, the first one")))
    pin = person.add("pin", say("set a PIN; it is asked for, or read from input line by line"), set_pin, "id")
    pin.add_argument("--old", action="store_true", help=str(say("ask for one's own old PIN first")))
    settings = person.add("settings", say("show or set the office's figures"), set_figures)
    settings.add_argument("--phone-verified-within", dest="phone_verified_within_days", type=int, metavar="DAYS")
    roles = person.add("roles", say("who may do what"), show_roles)
    roles.add_argument("--may", type=Permission, choices=list(Permission), metavar="PERMISSION")


def list_units(args: argparse.Namespace, desk: Desk) -> int:
    """Show the tree of units."""
    from dataclasses import replace

    from floodready.organisation.views import unit_rows

    rows = unit_rows(desk.view, retired=args.all)
    if not args.json:
        rows = [replace(row, name="  " * row.depth + row.name) for row in rows]
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


def chain_of_unit(args: argparse.Namespace, desk: Desk) -> int:
    """Show a unit's chain of responsibility, after setting the links that are named."""
    from floodready.organisation import commands
    from floodready.organisation.lookup import require_unit
    from floodready.organisation.views import chain_rows

    links = given(args, *_LINKS)
    view = desk.store if links else desk.view
    require_unit(view, args.id)
    if links:
        commands.set_chain(desk.store, desk.act(), unit=args.id, **links)
    heads = (say("Link"), say("Person"), say("Phone"), say("Problem"))
    return show(args, desk, "links", heads, "word name phone dead", chain_rows(view, args.id))


def list_works(args: argparse.Namespace, desk: Desk) -> int:
    """Show works and sites."""
    from floodready.organisation.views import works_rows

    heads = (say("Code"), say("Works"), say("Unit"), say("Kind"), say("Grade"), say("Size"))
    return show(args, desk, "works", heads, "id name unit kind grade size", works_rows(desk.view, unit=args.unit))


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


def list_posts(args: argparse.Namespace, desk: Desk) -> int:
    """Show the posts."""
    from floodready.organisation.views import post_rows

    heads = (say("Code"), say("Post"), say("Unit"), say("Kind"), say("People"))
    return show(args, desk, "posts", heads, "id name unit kind people", post_rows(desk.view))


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


def list_people(args: argparse.Namespace, desk: Desk) -> int:
    """Show the staff list."""
    from floodready.organisation.views import person_rows

    rows = person_rows(desk.view, local_day(desk.at, desk.zone), unit=args.unit, retired=args.all)
    heads = (say("Code"), say("Person"), say("Unit"), say("Roles"), say("Phones"), say("Verified"), say("Signed in"))
    return show(args, desk, "people", heads, "id name unit roles phones verified terminals", rows)


def add_person(args: argparse.Namespace, desk: Desk) -> int:
    """Add a person."""
    from floodready.organisation import commands

    made = commands.add_person(
        desk.store, desk.act(), name=args.name, unit=args.unit, id=args.id, **_person_fields(args, ())
    )
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def change_person(args: argparse.Namespace, desk: Desk) -> int:
    """Change a person; numbers that stay keep the day on which they were verified."""
    from floodready.organisation import commands

    seen = require(desk, Person, args.id)
    fields = {**given(args, "name", "unit"), **_person_fields(args, seen.phones)}
    made = commands.change_person(desk.store, desk.act(), seen, **fields)
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def retire_person(args: argparse.Namespace, desk: Desk) -> int:
    """Take a person off the active list."""
    from floodready.organisation import commands

    seen = require(desk, Person, args.id)
    made = commands.retire_person(desk.store, desk.act(), seen, on=args.on or local_day(desk.clock.now(), desk.zone))
    return done(args, say("Retired: {name} ({id}).", name=made.name, id=made.id), made)


def verify_phone(args: argparse.Namespace, desk: Desk) -> int:
    """Record that a number was reached today."""
    from floodready.organisation import commands

    person = require(desk, Person, args.id)
    number = args.number or (person.phones[0].number if person.phones else "")
    on = args.on or local_day(desk.clock.now(), desk.zone)
    made = commands.verify_phone(desk.store, desk.act(), person=args.id, number=number, on=on)
    return done(args, say("Verified: {name}, {number}.", name=made.name, number=verbatim(number)), made)


def set_pin(args: argparse.Namespace, desk: Desk) -> int:
    """Set a PIN."""
    from floodready.organisation import commands

    old = ask_pin(say("Old PIN")) if args.old else None
    pin = ask_pin(say("New PIN"))
    commands.set_pin(desk.store, desk.act(), person=args.id, pin=pin, old=old)
    return done(args, say("The PIN of {person} is set.", person=verbatim(args.id)))


def set_figures(args: argparse.Namespace, desk: Desk) -> int:
    """Show the office's figures, after setting those that are named."""
    from floodready.organisation import commands
    from floodready.organisation.lookup import settings_of

    fields = given(args, "phone_verified_within_days")
    held = commands.change_settings(desk.store, desk.act(), **fields) if fields else settings_of(desk.view)
    told = say("A phone not verified within {days} days is marked as old.", days=held.phone_verified_within_days)
    return done(args, told, held)


def show_roles(args: argparse.Namespace, desk: Desk) -> int:
    """Show the permission table, or the roles that have one permission."""
    from floodready.cli.output import print_json, print_rows

    roles = [role for role in Role if args.may is None or args.may in TABLE[role]]
    if args.json:
        print_json({"roles": {role: sorted(TABLE[role]) for role in roles}})
        return 0
    rows = [(role.word, role.value, ", ".join(sorted(TABLE[role]))) for role in roles]
    print_rows((say("Role"), say("Code"), say("May")), rows, plain=args.plain)
    return 0


def _person_fields(args: argparse.Namespace, known: tuple[Phone, ...]) -> dict[str, Any]:
    fields = given(args, "title", "note", "roles", "posts")
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    if args.phones is not None:
        verified = {phone.number: phone for phone in known}
        told["phones"] = tuple(_phone(text, verified) for text in args.phones)
    return told


def _phone(text: str, known: dict[str, Phone]) -> Phone:
    kind, _, number = text.rpartition(":")
    try:
        wanted = PhoneKind(kind) if kind else PhoneKind.MOBILE
    except ValueError as error:
        kinds = ", ".join(PhoneKind)
        raise Refused(say("“{kind}” is no kind of phone: {kinds}.", kind=verbatim(kind), kinds=kinds)) from error
    held = known.get(number)
    return Phone(number=number, kind=wanted, verified_on=held.verified_on if held else None)
