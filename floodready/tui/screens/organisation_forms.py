"""The forms of the organisation: units, people, phones, the chain of responsibility, PINs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from floodready.language import Sentence, say, verbatim
from floodready.organisation.chain import Link
from floodready.organisation.models import Chain, Person, Phone, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, SecretField, SeveralField, TextField

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


def change_unit(room: Room, unit: Unit) -> Form:
    """Ask for a unit's name, kind and note."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_unit as change

        return say("Changed: {name}.", name=verbatim(change(room.store, act, unit, **values).name))

    fields = [
        TextField("name", say("Name"), value=unit.name),
        ChoiceField("kind", say("Kind"), _KINDS, value=unit.kind),
        TextField("note", say("Note"), value=unit.note, required=False),
    ]
    return Form(say("Change {name}", name=verbatim(unit.name)), fields, do, act=say("Change"))


def new_person(room: Room, unit: Unit) -> Form:
    """Ask for a person of a unit."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import add_person

        fields = {**values, "phones": (Phone(number=values["phones"]),) if values["phones"] else ()}
        return say("Added: {name}.", name=verbatim(add_person(room.store, act, unit=unit.id, **fields).name))

    return Form(
        say("A new person of {unit}", unit=verbatim(unit.name)),
        [
            TextField("name", say("Name")),
            SeveralField("roles", say("Roles"), _ROLES, value=(Role.VIEWER,)),
            TextField("title", say("Office"), required=False),
            TextField("phones", say("Phone"), required=False),
        ],
        do,
        act=say("Add"),
    )


def change_person(room: Room, person: Person, units: Sequence[Unit]) -> Form:
    """Ask for a person's name, unit, roles, office and first phone; the other phones stay."""

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
        ],
        do,
        act=say("Change"),
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

    active = [person for person in people.values() if person.active]
    options = [(person.id, verbatim(f"{person.name} ({person.id})")) for person in active]
    fields: list[Field] = [
        ChoiceField(link.value, link.word, options, value=link.person(seen) if seen else None, required=False)
        for link in Link
    ]
    title = say("Who answers for {unit}", unit=verbatim(unit.name))
    return Form(title, fields, do, act=say("Name them"))


def pin(room: Room, person: Person) -> Form:
    """Ask for a new PIN."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands_terminals import set_pin

        set_pin(room.store, act, person=person.id, pin=values["pin"], old=values["old"] or None)
        return say("The PIN of {name} is set.", name=verbatim(person.name))

    def same(values: Values) -> Mapping[str, Sentence]:
        return {} if values["pin"] == values["again"] else {"again": say("is not the same PIN")}

    return Form(
        say("PIN of {name}", name=verbatim(person.name)),
        [
            SecretField("old", say("Old PIN"), required=False, hint=say("only for your own, where you have one")),
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
        from floodready.organisation.commands import retire_person

        retire_person(room.store, act, person, **values)
        return say("{name} is off the active list.", name=verbatim(person.name))

    return Form(
        say("{name} has left", name=verbatim(person.name)),
        [DateField("on", say("Last day"), today=today, value=today)],
        do,
        act=say("Take off the list"),
        intro=say("No new duty and no signing in; the history keeps the name."),
    )


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
