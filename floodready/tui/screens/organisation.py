"""The organisation: units in their tree, the people in each, how they are reached, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.chain import Link, broken_links
from floodready.organisation.lookup import settings_of
from floodready.organisation.models import Chain, OrganisationSettings, Person, Phone, Post, Unit, Works
from floodready.organisation.phones import first_phone, is_old
from floodready.organisation.tree import in_order
from floodready.rectification.models import Finding
from floodready.store.contract import View
from floodready.text import alphabetical
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_UNIT, SET_UP
from floodready.tui.room import Room
from floodready.tui.screens import organisation_forms
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.organisation_posts import PostsScreen
from floodready.tui.screens.organisation_roles import RolesScreen
from floodready.tui.screens.organisation_terminals import TerminalsScreen
from floodready.tui.screens.organisation_works import WorksScreen
from floodready.tui.screens.pillar_screen import AnyPillarScreen, PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING


@frozen
class StaffRow:
    """A unit, or a person of it, worded."""

    key: str
    name: str
    what: Sentence
    phone: str
    verified: Sentence
    tone: Tone | None
    unit: Unit
    person: Person | None = None
    chain: Chain | None = None


@frozen
class Staff:
    """What the screen shows."""

    rows: list[StaffRow]
    units: list[Unit]
    people: dict[str, Person]
    posts: list[Post]
    settings: OrganisationSettings
    today: date


STAFF_COLUMNS: tuple[Column[StaffRow], ...] = (
    Column(id="name", heading=say("Unit or person"), cell=lambda r: r.name, width=24, grow=3,
           tone=lambda r: Tone.MUTED if not (r.person or r.unit).active else Tone.STRONG if r.person is None else None),
    Column(id="what", heading=say("Kind, roles"), cell=lambda r: r.what, width=18, grow=2),
    Column(id="phone", heading=say("Phone"), cell=lambda r: r.phone, width=12, grow=1),
    Column(id="verified", heading=say("Reached"), cell=lambda r: r.verified, width=16, grow=1, tone=lambda r: r.tone),
    Column(id="title", heading=say("Office"), cell=lambda r: r.person.title if r.person else "", width=14, grow=1,
           priority=3),
    Column(id="id", heading=say("Code"), cell=lambda r: r.person.id if r.person else r.unit.id, width=10, priority=4,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class OrganisationScreen(PillarScreen[Staff]):
    """Units, people, phones, chains."""

    TITLE_WORDS = say("Organisation")
    HELP_WORDS = say("Who there is, how each is reached and when that was last tried. Who has left is kept by name.")
    TABLES = frozenset({"organisation.", "rectification."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("organisation.unit", "n", "unit", say("new unit"), say("Add a unit under the one of the row.")),
        bind("organisation.person", "p", "person", say("new person"), say("Add a person to the unit of the row.")),
        bind("organisation.edit", "c,space", "edit", say("change"), say("Change the unit or person of the row.")),
        bind("organisation.reached", "v", "reached", say("reached"), say("Record that the phone was answered.")),
        bind("organisation.chain", "r", "chain", say("responsible"), say("Name who answers for the unit.")),
        bind("organisation.pin", "i", "pin", say("PIN"), say("Set the PIN of the person."), shown=False),
        bind("organisation.retire", "x", "retire", say("has left"),
             say("Take the person off the active list, or put them back; on a unit: out of use and back."),
             shown=False),
        bind("organisation.posts", "o", "posts", say("posts"), say("The posts that rotas fill, and who may take each."),
             shown=False),
        bind("organisation.works", "w", "works", say("works"), say("Works, risk points and other sites of the units."),
             shown=False),
        bind("organisation.roles", "m", "roles", say("roles"), say("Which role may do what, and who has it."),
             shown=False),
        bind("organisation.terminals", "t", "terminals", say("terminals"), say("Who is signed in where, since when."),
             shown=False),
        bind("organisation.figures", "f", "figures", say("figures"), say("After how long a phone counts as old."),
             shown=False),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield VirtualTable(
            STAFF_COLUMNS,
            lambda row: row.key,
            empty=NO_UNIT,
            first=SET_UP,
            id="staff",
        )

    def read_facts(self, view: View, room: Room) -> Staff:
        units = list(view.all(Unit))
        people = {person.id: person for person in view.all(Person)}
        chains = {chain.id: chain for chain in view.all(Chain)}
        today = local_day(room.at(), room.zone)
        held = settings_of(view)
        climbed = {unit.id for unit in units if any(one.is_open for one in view.find(Finding, unit=unit.id))}
        rows = staff_rows(
            units, people, chains, climbed, lambda phone: is_old(phone, today, held.phone_verified_within_days)
        )
        return Staff(
            rows=list(rows),
            units=[unit for unit in units if unit.active],
            people=people,
            posts=list(view.all(Post)),
            settings=held,
            today=today,
        )

    def show_facts(self, facts: Staff) -> None:
        self.query_one("#staff", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#staff")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Show everything about the unit or person."""
        row: StaffRow = opened.row
        assert self.facts is not None
        told = person_told(row.person, self.facts.posts) if row.person else unit_told(row, self.facts)
        self.app.push_screen(Notice(verbatim(row.name.strip()), *told))

    def action_unit(self) -> None:
        self._with_row(lambda row, staff: organisation_forms.new_unit(self.room, row.unit, staff.units))

    def action_person(self) -> None:
        self._with_row(lambda row, staff: organisation_forms.new_person(self.room, row.unit, staff.posts))

    def action_edit(self) -> None:
        self._with_row(
            lambda row, staff: (
                organisation_forms.change_person(self.room, row.person, staff.units, staff.posts)
                if row.person
                else organisation_forms.change_unit(self.room, row.unit, staff.units)
            )
        )

    def action_reached(self) -> None:
        self._with_person(lambda person, today: organisation_forms.reached(self.room, person, today))

    def action_chain(self) -> None:
        self._with_row(lambda row, staff: organisation_forms.chain(self.room, row.unit, row.chain, staff.people))

    def action_pin(self) -> None:
        self._with_person(lambda person, _: organisation_forms.pin(self.room, person))

    def action_retire(self) -> None:
        self._with_row(self._retiring)

    def action_posts(self) -> None:
        self.app.push_screen(PostsScreen())

    def action_works(self) -> None:
        self.app.push_screen(WorksScreen())

    def action_roles(self) -> None:
        self.app.push_screen(RolesScreen())

    def action_terminals(self) -> None:
        self.app.push_screen(TerminalsScreen())

    def action_figures(self) -> None:
        if self.facts is not None:
            self.app.push_screen(organisation_forms.figures(self.room, self.facts.settings))

    def open_document(self, table: str, id: str) -> None:
        """Go to a unit, a person or a unit's chain; to a post or works on the screen of its own."""
        if table == Post.table:
            self._reveal_on(PostsScreen(), table, id)
        elif table == Works.table:
            self._reveal_on(WorksScreen(), table, id)
        else:
            super().open_document(table, id)

    def _reveal_on(self, screen: AnyPillarScreen, table: str, id: str) -> None:
        screen.reveal(table, id)
        self.app.push_screen(screen)

    def _retiring(self, row: StaffRow, staff: Staff) -> Form:
        if row.person is None:
            return organisation_forms.turn_use(self.room, row.unit)
        if not row.person.active:
            return organisation_forms.come_back(self.room, row.person)
        return organisation_forms.retire(self.room, row.person, staff.today)

    def _with_row(self, form: Callable[[StaffRow, Staff], Form]) -> None:
        row = self.query_one("#staff", VirtualTable).row
        if row is not None and self.facts is not None:
            self.app.push_screen(form(row, self.facts))

    def _with_person(self, form: Callable[[Person, date], Form]) -> None:
        row = self.query_one("#staff", VirtualTable).row
        if row is not None and row.person is not None and self.facts is not None:
            self.app.push_screen(form(row.person, self.facts.today))


def staff_rows(
    units: list[Unit],
    people: dict[str, Person],
    chains: dict[str, Chain],
    climbed: Set[str],
    is_stale: Callable[[Phone], bool],
) -> Iterator[StaffRow]:
    """Give the units as a tree, each followed by its people; who has left stands last, and so do retired units.

    `climbed` are the units with an open hazard or task, whose chain must be whole.
    """
    retired = [(0, unit) for unit in units if not unit.active]
    for depth, unit in (*in_order([unit for unit in units if unit.active]), *retired):
        chain = chains.get(unit.id)
        dead = broken_links(chain, people, climbed=unit.id in climbed) if unit.active else []
        yield _unit_row(unit, chain, len(dead), depth)
        own = [person for person in people.values() if person.unit == unit.id]
        for person in sorted(own, key=lambda one: (not one.active, alphabetical(one.name))):
            yield _person_row(person, unit, chain, depth + 1, is_stale)


def person_told(person: Person, posts: Iterable[Post]) -> Iterator[Sentence]:
    """Say everything about a person."""
    yield _roles(person)
    if person.title:
        yield verbatim(person.title)
    for phone in person.phones:
        yield say("{number} ({kind}), {reached}", number=verbatim(phone.number), kind=phone.kind.word,
                  reached=_reached(phone))  # fmt: skip
    if not person.phones:
        yield say("no phone number")
    for post in posts:
        if post.id in person.posts:
            yield say("may take the post {post}", post=verbatim(post.name))
    if person.left_on:
        yield say("left on {day}", day=str(person.left_on))
    if person.note:
        yield verbatim(person.note)


def unit_told(row: StaffRow, staff: Staff) -> Iterator[Sentence]:
    """Say who answers for a unit, link by link."""
    yield row.unit.kind.word
    for link in Link:
        id = link.person(row.chain) if row.chain else None
        name = staff.people[id].name if id in staff.people else id
        yield say("{link}: {person}", link=link.word, person=verbatim(name) if name else say("nobody is named"))
    if row.unit.note:
        yield verbatim(row.unit.note)


def _unit_row(unit: Unit, chain: Chain | None, dead: int, depth: int) -> StaffRow:
    return StaffRow(
        key=unit.id,
        name="  " * depth + unit.name,
        what=unit.kind.word,
        phone="",
        verified=_chain_told(chain, dead) if unit.active else say("retired"),
        tone=Tone.MUTED if not unit.active else Tone.WATCH if dead else Tone.GOOD,
        unit=unit,
        chain=chain,
    )


def _chain_told(chain: Chain | None, dead: int) -> Sentence:
    """Say how a unit's chain stands, in the few words of a cell."""
    if chain is None or chain.responsible is None:
        return say("! nobody responsible")
    if dead:
        return say_many("! one dead link", "! {count} dead links", dead)
    named = sum(link.person(chain) is not None for link in Link)
    return say("chain whole") if named == len(Link) else say("{named} of {all} links", named=named, all=len(Link))


def _person_row(
    person: Person, unit: Unit, chain: Chain | None, depth: int, is_stale: Callable[[Phone], bool]
) -> StaffRow:
    first = first_phone(person)
    fresh = first is not None and not is_stale(first)
    return StaffRow(
        key=person.id,
        name="  " * depth + person.name,
        what=_roles(person),
        phone=first.number if first else "",
        verified=_reached(first) if person.active else say("has left"),
        tone=Tone.MUTED if not person.active else None if fresh else Tone.WATCH,
        unit=unit,
        person=person,
        chain=chain,
    )


def _roles(person: Person) -> Sentence:
    return verbatim(", ".join(str(role.word) for role in person.roles)) if person.roles else NOTHING


def _reached(phone: Phone | None) -> Sentence:
    if phone is None:
        return say("no phone number")
    return verbatim(str(phone.verified_on)) if phone.verified_on else say("! never reached")
