"""All that writes the organisation: set-up, units, works, posts, people, chains, settings (terminals: see below)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from floodready.command import command, require_as_seen, require_permission
from floodready.document import Document, invalid
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.missing import not_there
from floodready.organisation.commands_terminals import hand_over, set_pin, sign_in, sign_out, write_pin
from floodready.organisation.lookup import require_person, require_unit, settings_of, unit_name
from floodready.organisation.models import (
    Chain,
    OrganisationSettings,
    Person,
    Phone,
    Post,
    PostKind,
    Terminal,
    Unit,
    UnitKind,
    Works,
    WorksKind,
)
from floodready.organisation.permissions import Permission, Role
from floodready.organisation.phones import not_dialled
from floodready.organisation.tree import parents_of, would_cycle
from floodready.organisation.twins import twin_of
from floodready.refusal import Refused
from floodready.store.contract import Transaction

__all__ = [
    "add_person", "add_post", "add_unit", "add_works", "change_person", "change_post", "change_settings",
    "change_unit", "change_works", "hand_over", "retire_person", "set_chain", "set_pin", "set_up",
    "sign_in", "sign_out", "verify_phone",
]  # fmt: skip

Owned = TypeVar("Owned", Works, Post)


@command("organisation.set_up", irreversible=say("A store is set up once. Change the unit or the person instead."))
def set_up(
    tx: Transaction,
    *,
    unit: str,
    unit_name: str,
    person: str,
    person_name: str,
    phone: str | None = None,
    pin: str | None = None,
) -> Person:
    """Write the first unit (a headquarters) and its first administrator; the only command that needs nobody signed in.

    Raises Refused where there are people already, Invalid, also for a phone that nobody can dial.
    """
    if tx.count(Person):
        raise Refused(say("This store is set up already. Sign in: floodready sign-in PERSON"))
    tx.add(Unit(id=unit, name=unit_name, kind=UnitKind.HEADQUARTERS))
    phones = (Phone(number=phone),) if phone else ()
    _require_dialled(phones)
    first = tx.add(Person(id=person, name=person_name, unit=unit, roles=(Role.ADMINISTRATOR,), phones=phones))
    if pin is not None:
        write_pin(tx, person, pin)
    return first


@command("organisation.add_unit", may=Permission.ORGANISATION_EDIT)
def add_unit(
    tx: Transaction, *, name: str, kind: UnitKind, parent: str | None, id: str | None = None, note: str = ""
) -> Unit:
    """Add a unit under another (None: at the top).

    Raises Refused for an unknown parent, or one that has a unit of that name, Invalid.
    """
    if parent is not None:
        require_unit(tx, parent)
    unit = tx.add(Unit(id=id or tx.new_id("U"), name=name, kind=kind, parent=parent, note=note))
    _refuse_twin(tx, unit)
    return unit


@command("organisation.change_unit", may=Permission.ORGANISATION_EDIT)
def change_unit(tx: Transaction, seen: Unit, /, **fields: Any) -> Unit:
    """Change fields of a unit; `active=False` retires it.

    Raises Refused where it would stand above itself, beside another of its name, or is retired with units, people or
    works still in it; Superseded, Invalid.
    """
    changed = tx.change(seen, **fields)
    if changed.parent is not None:
        require_unit(tx, changed.parent)
    if would_cycle(changed.id, changed.parent, {**parents_of(tx.all(Unit)), changed.id: None}):
        raise Refused(say("{unit} cannot stand above itself. Choose another unit above it.", unit=changed.name))
    if not changed.active:
        _refuse_retiring(tx, changed)
    elif {"name", "parent", "active"} & fields.keys():
        _refuse_twin(tx, changed)
    return changed


def _refuse_twin(tx: Transaction, unit: Unit) -> None:
    """Refuse a unit that nobody could tell from another beside it; towns of two counties may share a name."""
    other = twin_of(unit, (other for other in tx.all(Unit) if other.parent == unit.parent))
    if other is not None:
        raise Refused(
            say(
                "There is a unit {unit} in that place already ({id}). Use that one, or give another name.",
                unit=verbatim(other.name),
                id=verbatim(other.id),
            )
        )


@command("organisation.add_works", may=Permission.ORGANISATION_EDIT)
def add_works(
    tx: Transaction, /, *, name: str, unit: str, kind: WorksKind, id: str | None = None, **more: Any
) -> Works:
    """Add works or another site of a unit. Raises Refused for an unknown unit or a name that it has, Invalid."""
    require_unit(tx, unit)
    works = tx.add(Works(id=id or tx.new_id("W"), name=name, unit=unit, kind=kind, **more))
    _refuse_second(tx, works)
    return works


@command("organisation.change_works", may=Permission.ORGANISATION_EDIT)
def change_works(tx: Transaction, seen: Works, /, **fields: Any) -> Works:
    """Change fields of works; `active=False` retires them. Raises Refused, Superseded, Invalid."""
    return _changed_of_unit(tx, seen, fields)


@command("organisation.add_post", may=Permission.ORGANISATION_EDIT)
def add_post(tx: Transaction, *, name: str, unit: str, kind: PostKind, id: str | None = None, note: str = "") -> Post:
    """Add a post of a unit. Raises Refused for an unknown unit or a name that it has, Invalid."""
    require_unit(tx, unit)
    post = tx.add(Post(id=id or tx.new_id("S"), name=name, unit=unit, kind=kind, note=note))
    _refuse_second(tx, post)
    return post


@command("organisation.change_post", may=Permission.ORGANISATION_EDIT)
def change_post(tx: Transaction, seen: Post, /, **fields: Any) -> Post:
    """Change fields of a post; `active=False` retires it. Raises Refused, Superseded, Invalid."""
    return _changed_of_unit(tx, seen, fields)


@command("organisation.add_person", may=Permission.ORGANISATION_EDIT)
def add_person(tx: Transaction, /, *, name: str, unit: str, id: str | None = None, **more: Any) -> Person:
    """Add a person to the staff list. Roles other than viewer need the permission to grant roles.

    Raises Refused for an unknown unit or post, NotAllowed, Invalid.
    """
    person = tx.add(Person(id=id or tx.new_id("P"), name=name, unit=unit, **more))
    _check_person(tx, person)
    _require_dialled(person.phones)
    if set(person.roles) != {Role.VIEWER}:
        require_permission(tx, Permission.ROLE_GRANT)
    return person


@command("organisation.change_person", may=Permission.ORGANISATION_EDIT)
def change_person(tx: Transaction, seen: Person, /, **fields: Any) -> Person:
    """Change fields of a person; for the end of service there is `retire_person`.

    Raises Refused for an unknown unit or post, or where no administrator would be left; NotAllowed where roles change
    or somebody comes back without the permission to grant them; Superseded, Invalid.
    """
    changed = tx.change(seen, **fields)
    _check_person(tx, changed)
    known = {phone.number for phone in seen.phones}
    _require_dialled(phone for phone in changed.phones if phone.number not in known)
    _require_administrator(tx)
    if (set(changed.roles), changed.active) != (set(seen.roles), seen.active):
        require_permission(tx, Permission.ROLE_GRANT)
    return changed


@command("organisation.retire_person", may=Permission.ORGANISATION_EDIT)
def retire_person(tx: Transaction, seen: Person, *, on: date) -> Person:
    """Take a person off the active list: no new duty, no signing in; the history keeps the name.

    Chains that name the person get a dead link, on purpose: somebody must name the next. Raises Refused for the last
    administrator, Superseded.
    """
    retired = tx.change(seen, active=False, left_on=on)
    _require_administrator(tx)
    if Role.ADMINISTRATOR in seen.roles:
        require_permission(tx, Permission.ROLE_GRANT)
    for terminal in tx.all(Terminal):
        if terminal.person == retired.id:
            tx.change(terminal, person=None, since_at=None)
    return retired


@command("organisation.verify_phone", may=Permission.PHONE_VERIFY)
def verify_phone(tx: Transaction, *, person: str, number: str, on: date) -> Person:
    """Record that a person was reached under a number on a day. Raises Refused where the person has no such number."""
    found = require_person(tx, person)
    if number not in {phone.number for phone in found.phones}:
        known: str | Sentence = ", ".join(phone.number for phone in found.phones) or say("none")
        raise Refused(
            say(
                "{person} has no number {number}. Known: {known}. Change the person first.",
                person=found.name,
                number=verbatim(number),
                known=known,
            )
        )
    phones = tuple(replace(phone, verified_on=on) if phone.number == number else phone for phone in found.phones)
    return tx.change(found, phones=phones)


@command("organisation.set_chain", may=Permission.ORGANISATION_EDIT)
def set_chain(tx: Transaction, /, *, unit: str, seen: Chain | None = None, **links: str | None) -> Chain:
    """Name the people of a unit's chain of responsibility, by link; links not named stay as they are.

    Raises Refused for a person who is unknown or has left, Superseded where `seen` is no longer the chain.
    """
    require_unit(tx, unit)
    for person in links.values():
        if person is not None:
            require_person(tx, person)
    known = seen or tx.get(Chain, unit)
    return tx.add(Chain(id=unit, **links)) if known is None else tx.change(known, **links)


@command("organisation.change_settings", may=Permission.ORGANISATION_EDIT)
def change_settings(
    tx: Transaction, /, *, seen: OrganisationSettings | None = None, **fields: Any
) -> OrganisationSettings:
    """Change the office's figures for this pillar; `seen` stood in the form. Raises Invalid, Superseded."""
    held = settings_of(tx)
    require_as_seen(tx, tx.get(OrganisationSettings, held.id), seen)
    return tx.put(held.changed(**fields))


def _changed_of_unit(tx: Transaction, seen: Owned, fields: dict[str, Any]) -> Owned:
    changed = tx.change(seen, **fields)
    require_unit(tx, changed.unit)
    if {"name", "unit", "active"} & fields.keys():
        _refuse_second(tx, changed)
    return changed


def _refuse_second(tx: Transaction, one: Owned) -> None:
    """Refuse works, or a post, that nobody could tell from others of its unit in any list."""
    other = twin_of(one, tx.find(type(one), unit=one.unit))
    if other is not None:
        raise Refused(
            say(
                "{unit} has {name} already ({id}). Use that one, or give another name.",
                unit=verbatim(unit_name(tx, one.unit)),
                name=verbatim(other.name),
                id=verbatim(other.id),
            )
        )


def _require_dialled(phones: Iterable[Phone]) -> None:
    for phone in phones:
        if (problem := not_dialled(phone)) is not None:
            raise invalid(Person, {"phones": problem})


def _check_person(tx: Transaction, person: Person) -> None:
    require_unit(tx, person.unit)
    for post in person.posts:
        if tx.get(Post, post) is None:
            raise Refused(not_there("organisation.posts", post))


def _require_administrator(tx: Transaction) -> None:
    if not any(person.active and Role.ADMINISTRATOR in person.roles for person in tx.all(Person)):
        raise Refused(say("Nobody would be administrator any more. Make somebody else administrator first."))


def _refuse_retiring(tx: Transaction, unit: Unit) -> None:
    below: Sequence[Document] = [
        *(child for child in tx.find(Unit, parent=unit.id) if child.active),
        *(person for person in tx.find(Person, unit=unit.id) if person.active),
        *(works for works in tx.find(Works, unit=unit.id) if works.active),
    ]
    if below:
        names = ", ".join(str(getattr(held, "name", held.id)) for held in below[:3])
        raise Refused(
            say(
                "{unit} still holds units, people or works ({count}: {names} …). Move or retire them first.",
                unit=unit.name,
                count=len(below),
                names=names,
            )
        )
