"""The forms of the organisation: units, people, phones, the chain of responsibility, PINs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.chain import Link
from floodready.organisation.lookup import by_name
from floodready.organisation.models import Chain, OrganisationSettings, Person, Phone, Post, Unit, UnitKind, Works
from floodready.organisation.permissions import Role
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, QuantityField, SecretField, SeveralField, TextField

_ROLES = [(role, role.word) for role in Role]
_KINDS = [(kind, kind.word) for kind in UnitKind]


def new_unit(room: Room, parent: Unit, units: Sequence[Unit]) -> Form:
    """Ask for a unit below another."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import add_unit

        return say("Added: {name}.", name=verbatim(add_unit(room.store, act, **values).name))

    return Form(
        say("A new unit"),
        [
            TextField("name", say("Name")),
            ChoiceField("kind", say("Kind"), _KINDS, value=UnitKind.COUNTY),
            ChoiceField("parent", say("Under"), _units(units), value=parent.id),
        ],
        do,
        act=say("Add"),
    )


def change_unit(room: Room, unit: Unit, units: Sequence[Unit]) -> Form:
    """Ask for a unit's name, kind, place in the tree and note."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_unit as change

        return say("Changed: {name}.", name=verbatim(change(room.store, act, unit, **values).name))

    fields: list[Field] = [
        TextField("name", say("Name"), value=unit.name),
        ChoiceField("kind", say("Kind"), _KINDS, value=unit.kind),
        ChoiceField("parent", say("Under"), _units([one for one in units if one.id != unit.id]), value=unit.parent,
                    required=False),
        TextField("note", say("Note"), value=unit.note, required=False),
    ]  # fmt: skip
    return Form(say("Change {name}", name=verbatim(unit.name)), fields, do, act=say("Change"), edits=True)


def new_person(room: Room, unit: Unit, posts: Sequence[Post]) -> Form:
    """Ask for a person of a unit."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import add_person

        fields = {**values, "phones": (Phone(number=values["phones"]),) if values["phones"] else ()}
        return say("Added: {name}.", name=verbatim(add_person(room.store, act, unit=unit.id, **fields).name))

    return Form(
        say("A new person of {unit}", unit=verbatim(unit.name)),
        [
            TextField("name", say("Name")),
            SeveralField("roles", say("Roles"), _ROLES, value=(Role.VIEWER,), proposed=True),
            TextField("title", say("Office"), required=False),
            TextField("phones", say("Phone"), required=False),
            _posts_field(posts, ()),
        ],
        do,
        act=say("Add"),
    )


def change_person(room: Room, person: Person, units: Sequence[Unit], posts: Sequence[Post]) -> Form:
    """Ask for a person's name, unit, roles, office, posts and first phone; the other phones stay."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_person as change

        fields = {**values, "phones": _with_first(person, values["phones"])}
        return say("Changed: {name}.", name=verbatim(change(room.store, act, person, **fields).name))

    number = person.phones[0].number if person.phones else ""
    return Form(
        say("Change {name}", name=verbatim(person.name)),
        [
            TextField("name", say("Name"), value=person.name),
            ChoiceField("unit", say("Unit"), _units(units), value=person.unit),
            SeveralField("roles", say("Roles"), _ROLES, value=person.roles),
            TextField("title", say("Office"), value=person.title, required=False),
            TextField("phones", say("Phone"), value=number, required=False),
            _posts_field(posts, person.posts),
        ],
        do,
        act=say("Change"),
        edits=True,
    )


def reached(room: Room, person: Person, today: date) -> Form:
    """Ask under which number a person was reached, and when."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import verify_phone

        verify_phone(room.store, act, person=person.id, **values)
        return say("Recorded: {name} was reached under {number}.", name=verbatim(person.name),
                   number=verbatim(values["number"]))  # fmt: skip

    numbers = [(phone.number, verbatim(phone.number)) for phone in person.phones]
    return Form(
        say("{name} was reached", name=verbatim(person.name)),
        [
            ChoiceField("number", say("Number"), numbers, value=numbers[0][0] if numbers else None),
            DateField("on", say("Day"), today=today, value=today),
        ],
        do,
        act=say("Record"),
    )


def chain(room: Room, unit: Unit, seen: Chain | None, people: Mapping[str, Person]) -> Form:
    """Ask who answers for a unit, link by link."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import set_chain

        set_chain(room.store, act, unit=unit.id, seen=seen, **values)
        return say("The chain of {unit} is named.", unit=verbatim(unit.name))

    active = [person for person in by_name(people.values()) if person.active]
    options = [(person.id, verbatim(f"{person.name} ({person.id})")) for person in active]
    fields: list[Field] = [
        ChoiceField(link.value, link.word, options, value=link.person(seen) if seen else None, required=False)
        for link in Link
    ]
    title = say("Who answers for {unit}", unit=verbatim(unit.name))
    return Form(title, fields, do, act=say("Name them"), edits=True)


def pin(room: Room, person: Person) -> Form:
    """Ask for a new PIN."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands_terminals import set_pin

        set_pin(room.store, act, person=person.id, pin=values["pin"], old=values.get("old") or None)
        return say("The PIN of {name} is set.", name=verbatim(person.name))

    def same(values: Values) -> Mapping[str, Sentence]:
        return {} if values["pin"] == values["again"] else {"again": say("is not the same PIN")}

    # Of somebody else nobody knows the old one, nor need they.
    old = [SecretField("old", say("Old PIN"), required=False, hint=say("only where you have one"))]
    return Form(
        say("PIN of {name}", name=verbatim(person.name)),
        [
            *(old if person.id == room.person else []),
            SecretField("pin", say("New PIN")),
            SecretField("again", say("New PIN again")),
        ],
        do,
        act=say("Set PIN"),
        check=same,
    )


def retire(room: Room, person: Person, today: date) -> Form:
    """Ask since when a person has left."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.leaving import duties_left
        from floodready.organisation.commands import retire_person

        left = duties_left(room.store, person.id, room.clock.now(), values["on"], room.zone)
        retire_person(room.store, act, person, **values)
        told = say("{name} is off the active list.", name=verbatim(person.name))
        return told if left is None else say("{done} {more}", done=told, more=left)

    return Form(
        say("{name} has left", name=verbatim(person.name)),
        [DateField("on", say("Last day"), today=today, value=today)],
        do,
        act=say("Take off the list"),
        intro=say("No new duty and no signing in; the history keeps the name."),
    )


def come_back(room: Room, person: Person) -> Form:
    """Ask why a person who had left is put on the active list again."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_person as change

        change(room.store, replace(act, reason=values["reason"]), person, active=True, left_on=None)
        return say("{name} is on the active list again.", name=verbatim(person.name))

    return Form(
        say("{name} is back", name=verbatim(person.name)),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Put on the list"),
    )


def turn_use(room: Room, held: Unit | Post | Works) -> Form:
    """Ask why a unit, a post or works go out of use, or come back into it."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation import commands

        act, active = replace(act, reason=values["reason"]), not held.active
        match held:
            case Unit():
                commands.change_unit(room.store, act, held, active=active)
            case Post():
                commands.change_post(room.store, act, held, active=active)
            case Works():
                commands.change_works(room.store, act, held, active=active)
        return say("In use again: {name}.", name=name) if active else say("Retired: {name}.", name=name)

    name = verbatim(held.name)
    return Form(
        say("Retire {name}", name=name) if held.active else say("{name} is in use again", name=name),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Take out of use") if held.active else say("Put into use"),
        intro=say("The history keeps its name."),
    )


def figures(room: Room, held: OrganisationSettings) -> Form:
    """Ask for the office's figures of this pillar."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_settings

        made = change_settings(room.store, act, seen=held, **values)
        return say_many(
            "A phone not verified within {count} day is marked as old.",
            "A phone not verified within {count} days is marked as old.",
            made.phone_verified_within_days,
        )

    return Form(
        say("Figures of the office"),
        [
            QuantityField("phone_verified_within_days", say("A phone is old after"), unit=say("days"), least=1,
                          value=held.phone_verified_within_days)
        ],
        do,
        act=say("Set"),
        edits=True,
    )  # fmt: skip


def _posts_field(posts: Sequence[Post], held: tuple[str, ...]) -> SeveralField:
    options = [(post.id, verbatim(post.name)) for post in posts if post.active or post.id in held]
    return SeveralField("posts", say("May take the posts"), options, value=held, required=False)


def _units(units: Sequence[Unit]) -> list[tuple[Any, Sentence]]:
    return [(unit.id, verbatim(unit.name)) for unit in units]


def _with_first(person: Person, number: str) -> tuple[Phone, ...]:
    if not number:
        return person.phones[1:]
    if not person.phones:
        return (Phone(number=number),)
    first = person.phones[0]
    same = first.number == number
    return (first if same else replace(first, number=number, verified_on=None), *person.phones[1:])
