"""Words about people: the staff list, phones, roles, PINs, the office's figures."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, ask_pin, done, given, require, show
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import day
from floodready.clock import local_day
from floodready.language import say, say_many, verbatim
from floodready.organisation.models import Person, Phone, PhoneKind
from floodready.organisation.permissions import TABLE, Permission, Role
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `person`."""
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
            help=str(say("in the order in which they are to be tried; replaces the whole list")),
        )  # fmt: skip
    left = person.add("retire", say("take a person off the active list"), retire_person, "id")
    left.add_argument("--on", type=day, metavar="DAY", help=str(say("the last day; without it, today")))
    person.add("return", say("put a person who had left on the active list again"), return_person, "id")
    more = person.add("add-phone", say("add a number; the others stay"), add_phone, "id")
    more.add_argument("number", metavar="[KIND:]NUMBER", help=str(say("Phone")))
    more.add_argument("--first", action="store_true", help=str(say("to be tried before the others")))
    gone = person.add("remove-phone", say("take a number that is out of use off a person"), remove_phone, "id")
    gone.add_argument("number", help=str(say("Phone")))
    verified = person.add("verify-phone", say("record that a number was reached today"), verify_phone, "id")
    verified.add_argument("--on", type=day, metavar="DAY", help=str(say("the day it was answered; without it, today")))
    verified.add_argument("number", nargs="?", help=str(say("without it, the first one")))
    pin = person.add("pin", say("set a PIN; it is asked for, or read from input line by line"), set_pin, "id")
    pin.add_argument("--old", action="store_true", help=str(say("ask for one's own old PIN first")))
    settings = person.add("settings", say("show or set the office's figures"), set_figures)
    settings.add_argument("--phone-verified-within", dest="phone_verified_within_days", type=whole, metavar="DAYS")
    roles = person.add("roles", say("who may do what"), show_roles)
    roles.add_argument("--may", type=Permission, choices=list(Permission), metavar="PERMISSION")


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
    from floodready.duty.leaving import duties_left
    from floodready.organisation import commands

    seen, act = require(desk, Person, args.id), desk.act()
    on = args.on or local_day(desk.clock.now(), desk.zone)
    left = duties_left(desk.store, seen.id, desk.clock.now(), on, desk.zone)
    made = commands.retire_person(desk.store, act, seen, on=on)
    told = say("Retired: {name} ({id}).", name=made.name, id=made.id)
    if left is not None:
        told = say("{done} {more}", done=told, more=left)
    return done(args, told, made)


def return_person(args: argparse.Namespace, desk: Desk) -> int:
    """Put a person on the active list again."""
    from floodready.organisation import commands

    seen = require(desk, Person, args.id)
    if seen.active:
        raise Refused(say("{person} has not left.", person=seen.name))
    made = commands.change_person(desk.store, desk.act(), seen, active=True, left_on=None)
    return done(args, say("{name} is on the active list again.", name=made.name), made)


def add_phone(args: argparse.Namespace, desk: Desk) -> int:
    """Add a number to a person's."""
    from floodready.organisation import commands

    seen = require(desk, Person, args.id)
    new = _phone(args.number, {})
    if new.number in {phone.number for phone in seen.phones}:
        raise Refused(say("{person} has the number {number} already.", person=seen.name, number=verbatim(new.number)))
    phones = (new, *seen.phones) if args.first else (*seen.phones, new)
    made = commands.change_person(desk.store, desk.act(), seen, phones=phones)
    return done(args, say("Added: {name}, {number}.", name=made.name, number=verbatim(new.number)), made)


def remove_phone(args: argparse.Namespace, desk: Desk) -> int:
    """Take a number off a person."""
    from floodready.organisation import commands

    seen = require(desk, Person, args.id)
    kept = tuple(phone for phone in seen.phones if phone.number != args.number)
    if kept == seen.phones:
        known = verbatim(", ".join(phone.number for phone in seen.phones) or "—")
        raise Refused(
            say("{person} has no number {number}. Known: {known}.", person=seen.name, number=verbatim(args.number),
                known=known)
        )  # fmt: skip
    made = commands.change_person(desk.store, desk.act(), seen, phones=kept)
    return done(args, say("Taken off: {name}, {number}.", name=made.name, number=verbatim(args.number)), made)


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
    from floodready.organisation.lookup import person_name

    old = ask_pin(say("Old PIN")) if args.old else None
    pin = ask_pin(say("New PIN"))
    commands.set_pin(desk.store, desk.act(), person=args.id, pin=pin, old=old)
    return done(args, say("The PIN of {person} is set.", person=verbatim(person_name(desk.store, args.id))))


def set_figures(args: argparse.Namespace, desk: Desk) -> int:
    """Show the office's figures, after setting those that are named."""
    from floodready.organisation import commands
    from floodready.organisation.lookup import settings_of

    fields = given(args, "phone_verified_within_days")
    held = commands.change_settings(desk.store, desk.act(), **fields) if fields else settings_of(desk.view)
    told = say_many(
        "A phone not verified within {count} day is marked as old.",
        "A phone not verified within {count} days is marked as old.",
        held.phone_verified_within_days,
    )
    if args.json and not fields:
        print_json({"settings": held})
        return 0
    return done(args, told, held)


def show_roles(args: argparse.Namespace, desk: Desk) -> int:
    """Show the permission table, or the roles that have one permission."""
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
        raise Refused(say("“{kind}” is not a kind of phone: {kinds}.", kind=verbatim(kind), kinds=kinds)) from error
    held = known.get(number)
    return Phone(number=number, kind=wanted, verified_on=held.verified_on if held else None)
