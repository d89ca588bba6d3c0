"""The organisation: units in their tree, the people in each, how they are reached, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.chain import Link, dead_links
from floodready.organisation.lookup import settings_of
from floodready.organisation.models import Chain, Person, Phone, Unit
from floodready.organisation.phones import first_phone, is_old
from floodready.organisation.tree import in_order
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens import organisation_forms
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """What the screen shows."""

    rows: list[StaffRow]
    units: list[Unit]
    people: dict[str, Person]
    today: date


STAFF_COLUMNS: tuple[Column[StaffRow], ...] = (
    Column(id="name", heading=say("Unit or person"), cell=lambda r: r.name, width=24, grow=3,
           tone=lambda r: Tone.STRONG if r.person is None else None if r.person.active else Tone.MUTED),
    Column(id="what", heading=say("Kind, roles"), cell=lambda r: r.what, width=18, grow=2),
    Column(id="phone", heading=say("Phone"), cell=lambda r: r.phone, width=14, grow=1),
    Column(id="verified", heading=say("Reached"), cell=lambda r: r.verified, width=14, grow=1, tone=lambda r: r.tone),
    Column(id="title", heading=say("Office"), cell=lambda r: r.person.title if r.person else "", width=14, grow=1,
           priority=3),
    Column(id="id", heading=say("Code"), cell=lambda r: r.person.id if r.person else r.unit.id, width=10, priority=4,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class OrganisationScreen(PillarScreen[Staff]):
    """Units, people, phones, chains."""

    TITLE_WORDS = say("Organisation")
    HELP_WORDS = say("Who there is, how each is reached and when that was last tried. Who has left is kept by name.")
    TABLES = frozenset({"organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("organisation.unit", "n", "unit", say("new unit"), say("Add a unit under the one of the row.")),
        bind("organisation.person", "p", "person", say("new person"), say("Add a person to the unit of the row.")),
        bind("organisation.edit", "c,space", "edit", say("change"), say("Change the unit or person of the row.")),
        bind("organisation.reached", "v", "reached", say("reached"), say("Record that the phone was answered.")),
        bind("organisation.chain", "r", "chain", say("responsible"), say("Name who answers for the unit.")),
        bind("organisation.pin", "i", "pin", say("PIN"), say("Set the PIN of the person."), shown=False),
        bind("organisation.retire", "x", "retire", say("has left"), say("Take the person off the active list."),
             shown=False),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield VirtualTable(
            STAFF_COLUMNS,
            lambda row: row.key,
            empty=say("No unit yet. Set the store up first: floodready setup"),
            id="staff",
        )

    def read_facts(self, view: View, room: Room) -> Staff:
        units = [unit for unit in view.all(Unit) if unit.active]
        people = {person.id: person for person in view.all(Person)}
        chains = {chain.id: chain for chain in view.all(Chain)}
        today = local_day(room.at(), room.zone)
        within = settings_of(view).phone_verified_within_days
        rows = staff_rows(units, people, chains, lambda phone: is_old(phone, today, within))
        return Staff(rows=list(rows), units=units, people=people, today=today)

    def show_facts(self, facts: Staff) -> None:
        self.query_one("#staff", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#staff")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Show everything about the unit or person."""
        row: StaffRow = opened.row
        assert self.facts is not None
        told = person_told(row.person) if row.person else unit_told(row, self.facts)
        self.app.push_screen(Notice(verbatim(row.name.strip()), *told))

    def action_unit(self) -> None:
        self._with_row(lambda row, staff: organisation_forms.new_unit(self.room, row.unit, staff.units))

    def action_person(self) -> None:
        self._with_row(lambda row, _: organisation_forms.new_person(self.room, row.unit))

    def action_edit(self) -> None:
        self._with_row(
            lambda row, staff: (
                organisation_forms.change_person(self.room, row.person, staff.units)
                if row.person
                else organisation_forms.change_unit(self.room, row.unit)
            )
        )

    def action_reached(self) -> None:
        self._with_person(lambda person, today: organisation_forms.reached(self.room, person, today))

    def action_chain(self) -> None:
        self._with_row(lambda row, staff: organisation_forms.chain(self.room, row.unit, row.chain, staff.people))

    def action_pin(self) -> None:
        self._with_person(lambda person, _: organisation_forms.pin(self.room, person))

    def action_retire(self) -> None:
        self._with_person(lambda person, today: organisation_forms.retire(self.room, person, today))

    def _with_row(self, form: Callable[[StaffRow, Staff], Form]) -> None:
        row = self.query_one("#staff", VirtualTable).row
        if row is not None and self.facts is not None:
            self.app.push_screen(form(row, self.facts))

    def _with_person(self, form: Callable[[Person, date], Form]) -> None:
        row = self.query_one("#staff", VirtualTable).row
        if row is not None and row.person is not None and self.facts is not None:
            self.app.push_screen(form(row.person, self.facts.today))


def staff_rows(
    units: list[Unit], people: dict[str, Person], chains: dict[str, Chain], is_stale: Callable[[Phone], bool]
) -> Iterator[StaffRow]:
    """Give the units as a tree, each followed by its people; who has left stands last."""
    for depth, unit in in_order(units):
        chain = chains.get(unit.id)
        yield _unit_row(unit, chain, people, depth)
        own = [person for person in people.values() if person.unit == unit.id]
        for person in sorted(own, key=lambda one: (not one.active, one.name)):
            yield _person_row(person, unit, chain, depth + 1, is_stale)


def person_told(person: Person) -> Iterator[Sentence]:
    """Say everything about a person."""
    yield _roles(person)
    if person.title:
        yield verbatim(person.title)
    for phone in person.phones:
        yield say("{number} ({kind}), {reached}", number=verbatim(phone.number), kind=phone.kind.word,
                  reached=_reached(phone))  # fmt: skip
    if not person.phones:
        yield say("no phone number")
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


def _unit_row(unit: Unit, chain: Chain | None, people: dict[str, Person], depth: int) -> StaffRow:
    dead = len(dead_links(chain, people))
    told = say_many("! one dead link", "! {count} dead links", dead) if dead else say("chain whole")
    return StaffRow(
        key=unit.id,
        name="  " * depth + unit.name,
        what=unit.kind.word,
        phone="",
        verified=told,
        tone=Tone.WATCH if dead else Tone.GOOD,
        unit=unit,
        chain=chain,
    )


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
    return say("reached {day}", day=str(phone.verified_on)) if phone.verified_on else say("! never reached")
