"""The organisation in worded rows, for screens, command line, JSON and print."""

from __future__ import annotations

from datetime import date, datetime

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.chain import Link, broken_links, dead_links
from floodready.organisation.lookup import active_people, settings_of, unit_names
from floodready.organisation.models import Chain, Person, Phone, Post, Terminal, Unit, Works
from floodready.organisation.permissions import Permission, Role, permitted, roles_with
from floodready.organisation.phones import old_phones
from floodready.organisation.tree import in_order
from floodready.store.contract import View
from floodready.text import alphabetical

_NOBODY = say("nobody")


@frozen
class UnitRow:
    """One unit in the outline of the tree."""

    id: str
    depth: int
    """0 at the top."""
    name: str
    kind: Sentence
    parent: str | None
    people: int
    works: int
    dead_links: int
    """That break its chain of responsibility (`broken_links`); 1 where it has none: nobody answers for it."""
    active: bool


@frozen
class PersonRow:
    """One person of the staff list."""

    id: str
    name: str
    unit: str
    """The unit's name."""
    title: str
    roles: tuple[Sentence, ...]
    phones: tuple[str, ...]
    verified: Sentence
    """When the number to dial first was last verified, or that it is too long ago."""
    old_phones: int
    """How many numbers are to be verified anew."""
    terminals: tuple[str, ...]
    """Where the person is signed in."""
    active: bool


@frozen
class PostRow:
    """One post and who may take it."""

    id: str
    name: str
    unit: str
    kind: Sentence
    people: tuple[str, ...]
    active: bool


@frozen
class WorksRow:
    """One works or site."""

    id: str
    name: str
    unit: str
    kind: Sentence
    grade: str
    size: str
    active: bool


@frozen
class LinkRow:
    """One link of a unit's chain of responsibility."""

    unit: str
    link: Link
    word: Sentence
    person: str | None
    name: str
    phone: str
    dead: Sentence | None
    """Why nobody can be reached through it; None where somebody can."""


@frozen
class TerminalRow:
    """One terminal and who is signed in at it."""

    id: str
    person: str | None
    name: str | Sentence
    since: datetime | None


@frozen
class PermissionRow:
    """One permission and who has it."""

    permission: Permission
    roles: tuple[Role, ...]
    people: tuple[str, ...]
    """The names of the active people who have it by any of their roles."""


def permission_rows(view: View) -> list[PermissionRow]:
    """Give the table of permissions, each with the roles and the people that have it."""
    staff = active_people(view)
    return [
        PermissionRow(
            permission=permission,
            roles=roles_with(permission),
            people=tuple(person.name for person in staff if permitted(person.roles, permission)),
        )
        for permission in Permission
    ]


def unit_rows(view: View, *, retired: bool = False) -> list[UnitRow]:
    """Give the units as an outline, parents before children; retired ones on request."""
    people = {person.id: person for person in view.all(Person)}
    units = [unit for unit in view.all(Unit) if retired or unit.active]
    return [
        UnitRow(
            id=unit.id,
            depth=depth,
            name=unit.name,
            kind=unit.kind.word,
            parent=unit.parent,
            people=sum(person.active and person.unit == unit.id for person in people.values()),
            works=sum(works.active for works in view.find(Works, unit=unit.id)),
            dead_links=len(broken_links(view.get(Chain, unit.id), people)),
            active=unit.active,
        )
        for depth, unit in in_order(units)
    ]


def person_rows(view: View, on: date, *, unit: str | None = None, retired: bool = False) -> list[PersonRow]:
    """Give the staff list by name, as it stands on a day; of one unit, and with those who left, on request."""
    within = settings_of(view).phone_verified_within_days
    names = unit_names(view)
    signed_in: dict[str, list[str]] = {}
    for terminal in view.all(Terminal):
        if terminal.person is not None:
            signed_in.setdefault(terminal.person, []).append(terminal.id)
    rows = []
    for person in view.all(Person) if unit is None else view.find(Person, unit=unit):
        if not person.active and not retired:
            continue
        old = old_phones(person, on, within)
        rows.append(
            PersonRow(
                id=person.id,
                name=person.name,
                unit=names.get(person.unit, person.unit),
                title=person.title,
                roles=tuple(role.word for role in person.roles),
                phones=tuple(phone.number for phone in person.phones),
                verified=_verified(person, old),
                old_phones=len(old),
                terminals=tuple(signed_in.get(person.id, ())),
                active=person.active,
            )
        )
    return sorted(rows, key=lambda row: (not row.active, alphabetical(row.name)))


def post_rows(view: View, *, retired: bool = False) -> list[PostRow]:
    """Give the posts with the names of those who may take them, by unit and name; retired ones last, on request."""
    names = unit_names(view)
    staff = active_people(view)
    rows = [
        PostRow(
            id=post.id,
            name=post.name,
            unit=names.get(post.unit, post.unit),
            kind=post.kind.word,
            people=tuple(person.name for person in staff if post.id in person.posts),
            active=post.active,
        )
        for post in view.all(Post)
        if retired or post.active
    ]
    return sorted(rows, key=_by_unit)


def works_rows(view: View, *, unit: str | None = None, retired: bool = False) -> list[WorksRow]:
    """Give works and sites, of one unit on request, by unit and name; retired ones last, on request."""
    names = unit_names(view)
    rows = [
        WorksRow(
            id=works.id,
            name=works.name,
            unit=names.get(works.unit, works.unit),
            kind=works.kind.word,
            grade=works.grade,
            size="" if works.size is None else f"{works.size:,} {works.size_unit}".rstrip(),
            active=works.active,
        )
        for works in (view.all(Works) if unit is None else view.find(Works, unit=unit))
        if retired or works.active
    ]
    return sorted(rows, key=_by_unit)


def _by_unit(row: PostRow | WorksRow) -> tuple[bool, bytes, bytes]:
    return not row.active, alphabetical(row.unit), alphabetical(row.name)


def chain_rows(view: View, unit: str) -> list[LinkRow]:
    """Give a unit's chain of responsibility, link by link, in the order in which escalation climbs it."""
    people = {person.id: person for person in view.all(Person)}
    chain = view.get(Chain, unit)
    dead = {found.link: found.cause for found in dead_links(chain, people)}
    rows = []
    for link in Link:
        id = link.person(chain) if chain else None
        person = people.get(id) if id else None
        rows.append(
            LinkRow(
                unit=unit,
                link=link,
                word=link.word,
                person=id,
                name=person.name if person else "",
                phone=person.phones[0].number if person and person.phones else "",
                dead=dead.get(link),
            )
        )
    return rows


def terminal_rows(view: View) -> list[TerminalRow]:
    """Give the terminals with who sits there."""
    rows = []
    for terminal in view.all(Terminal):
        person = view.get(Person, terminal.person) if terminal.person else None
        name = person.name if person else _NOBODY
        rows.append(TerminalRow(id=terminal.id, person=terminal.person, name=name, since=terminal.since_at))
    return rows


def _verified(person: Person, old: tuple[Phone, ...]) -> Sentence:
    if not person.phones:
        return say("no phone")
    first = person.phones[0]
    if first.verified_on is None:
        return say("never verified")
    if first in old:
        return say("{day}, too long ago", day=first.verified_on.isoformat())
    return verbatim(first.verified_on.isoformat())
