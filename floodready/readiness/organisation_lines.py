"""What the organisation owes readiness: a chain of responsibility without a dead link, phones really tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from floodready.clock import start_of
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.chain import DeadLink, Link, broken_links
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Chain, OrganisationSettings, Person, Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal

if TYPE_CHECKING:
    from floodready.store.contract import View

TOLD = 12
"""So many of the people not reached for longest are told."""
NAMED = 3
"""So many of them are named as documents behind the line."""


def parts(around: Surroundings) -> Iterator[Part]:
    """Name two lines a unit: its chain of responsibility (A) and its phones (B)."""
    for unit in around.view.all(Unit):
        if unit.active:
            yield Part(f"chain/{unit.id}", partial(_chain, unit.id))
            yield Part(f"phones/{unit.id}", partial(_phones, unit.id))


def _chain(id: str, around: Surroundings) -> Iterator[Line]:
    view = around.view
    unit = view.get(Unit, id)
    if unit is None:
        return
    chain = view.get(Chain, unit.id)
    people = {person.id: person for person in _named(view, chain)}
    signals = [_broken(unit, dead, people) for dead in broken_links(chain, people)]
    yield Line(
        id=f"organisation/chain/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.A,
        kind=Kind.ORGANISATION,
        subject=say("chain of responsibility"),
        signals=tuple(signals),
        good=say("every named person can be reached"),
        explanation=(
            say("Escalation climbs this chain; a link that left or has no phone breaks it."),
            say("A link above may stay unnamed until a hazard or task is open; then it is an error of that one."),
            *(_link(view, link, chain) for link in Link),
        ),
        opens=(Chain.table, unit.id),
    )


def _link(view: View, link: Link, chain: Chain | None) -> Sentence:
    named = link.person(chain) if chain is not None else None
    person = view.get(Person, named) if named is not None else None
    if person is None:
        return say("{link}: nobody is named", link=link.word)
    phone = person.phones[0].number if person.phones else "—"
    return say("{link}: {person}, {phone}", link=link.word, person=verbatim(person.name), phone=verbatim(phone))


def _named(view: View, chain: Chain | None) -> Iterator[Person]:
    ids = {link.person(chain) for link in Link} if chain is not None else set()
    found = (view.get(Person, id) for id in ids if id is not None)
    return (person for person in found if person is not None)


def _broken(unit: Unit, dead: DeadLink, people: Mapping[str, Person]) -> Signal:
    """Give the signal of a link that breaks the chain: grey where nobody answers for the unit, else red."""
    if dead.person is None:
        return Signal(
            colour=Colour.GREY,
            cause=say("nobody is named as responsible for {unit}", unit=unit.name),
            act=say("name the responsible person of {unit}", unit=unit.name),
        )
    person = people.get(dead.person)
    if person is None or not person.active:
        name = _name(person, dead.person)
        cause = say("{person} is named in the chain of {unit} but has left", person=name, unit=unit.name)
        act = say("name a successor of {person} for {unit}", person=name, unit=unit.name)
    else:
        cause = say("{person} is named in the chain of {unit} but has no phone", person=person.name, unit=unit.name)
        act = say("enter a phone of {person}", person=person.name)
    return Signal(colour=Colour.RED, cause=cause, act=act)


def _name(person: Person | None, named: str) -> str:
    return person.name if person is not None else named


def _phones(id: str, around: Surroundings) -> Iterator[Line]:
    unit = around.view.get(Unit, id)
    if unit is None:
        return
    people = active_people(around.view, unit.id)
    if not people:
        return
    settings = around.view.get(OrganisationSettings, "organisation") or OrganisationSettings()
    days = settings.phone_verified_within_days
    yield Line(
        id=f"organisation/phones/{unit.id}",
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.ORGANISATION,
        subject=say("phones"),
        signals=tuple(_untried(unit, people, days, around)),
        good=say_many(
            "{count} person, each reached within {span}",
            "{count} people, each reached within {span}",
            len(people),
            span=say_many("{count} day", "{count} days", days),
        ),
        explanation=(
            say_many(
                "A phone counts as tried for {count} day (setting). Each person's latest try counts.",
                "A phone counts as tried for {count} days (setting). Each person's latest try counts.",
                days,
            ),
            *_tries(people),
        ),
        opens=(Unit.table, unit.id),
        evidence=tuple((Person.table, person.id) for person in _longest_untried(people)[:NAMED]),
    )


def _untried(unit: Unit, people: list[Person], days: int, around: Surroundings) -> Iterator[Signal]:
    """Give the signals of people never reached, and of the one not reached for longest from when that is too long."""
    verified = [_verified_on(person) for person in people]
    act = say("call the people of {unit} and record it", unit=unit.name)
    never = sum(day is None for day in verified)
    if never:
        cause = say_many(
            "{count} person was never reached by phone", "{count} people were never reached by phone", never
        )
        yield Signal(colour=Colour.AMBER, cause=cause, act=act)
    oldest = min((day for day in verified if day is not None), default=None)
    if oldest is not None:
        cause = say_many(
            "a phone was last tried on {day}, more than {count} day ago",
            "a phone was last tried on {day}, more than {count} days ago",
            days,
            day=oldest,
        )
        since = start_of(oldest + timedelta(days + 1), around.zone)
        yield Signal(colour=Colour.AMBER, cause=cause, act=act, since=since)


def _tries(people: list[Person]) -> Iterator[Sentence]:
    """Tell when each person was last reached, whoever was not for longest first, and how many are left out."""
    for person in _longest_untried(people)[:TOLD]:
        day, name = _verified_on(person), verbatim(person.name)
        if day is None:
            yield say("{person}: never reached", person=name)
        else:
            yield say("{person}: last reached on {day}", person=name, day=day)
    if len(people) > TOLD:
        yield say_many(
            "{count} more person was reached since", "{count} more people were reached since", len(people) - TOLD
        )


def _longest_untried(people: list[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (_verified_on(person) or date.min, person.id))


def _verified_on(person: Person) -> date | None:
    return max((phone.verified_on for phone in person.phones if phone.verified_on is not None), default=None)
