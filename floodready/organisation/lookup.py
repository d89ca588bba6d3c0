"""Units, people and settings by their ids: found, named, or refused with a sentence that says where to look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeVar

from floodready.language import Sentence, say, verbatim
from floodready.missing import not_there
from floodready.organisation.models import OrganisationSettings, Person, Post, Unit, Works
from floodready.organisation.tree import in_order
from floodready.refusal import Refused, existing
from floodready.store.contract import SYSTEM, View
from floodready.text import alphabetical, folded

Named = TypeVar("Named", Unit, Person, Post, Works)


def known_unit(view: View, unit: str) -> Unit:
    """Give a unit, in use or retired: what it did before can still be looked up. Raises Refused."""
    return _by_code(view, Unit, unit)


def known_person(view: View, person: str) -> Person:
    """Give a person of the staff list, also one who has left. Raises Refused."""
    return _by_code(view, Person, person)


def _by_code(view: View, kind: type[Named], code: str) -> Named:
    found = view.get(kind, code)
    if found is None:
        raise Refused(told_by_name(code, view.all(kind)) or not_there(kind.table, code))
    return found


def told_by_name(name: str, among: Iterable[Unit | Person | Post | Works]) -> Sentence | None:
    """Say which code to give where a name was given for it; None where nothing in use has that name.

    A name is never taken for a code: two may have it, and what is written stands for good.
    """
    codes = [one.id for one in among if one.active and one.name == name]
    if not codes:
        return None
    return say("“{name}” is a name. Give its code: {codes}", name=verbatim(name), codes=verbatim(", ".join(codes)))


def active_people(view: View, unit: str | None = None) -> list[Person]:
    """Give who has not left, of one unit or of all, by name."""
    among = view.all(Person) if unit is None else view.find(Person, unit=unit)
    return by_name(person for person in among if person.active)


def by_name(people: Iterable[Person]) -> list[Person]:
    """Put people in the order of their names."""
    return sorted(people, key=lambda person: alphabetical(person.name))


def known_by(people: Collection[Person]) -> Callable[[str], str | None]:
    """Give what finds a person's id by id or name; a name that two share finds nobody."""
    names: dict[str, str | None] = {}
    for person in people:
        name = folded(person.name)
        names[name] = None if name in names else person.id
    found = names | {folded(person.id): person.id for person in people}
    return lambda text: found.get(folded(text))


def active_units(view: View) -> list[Unit]:
    """Give the units in use, parents before children."""
    return [unit for _, unit in in_order([unit for unit in view.all(Unit) if unit.active])]


def require_unit(view: View, unit: str) -> Unit:
    """Give a unit in use. Raises Refused."""
    found = known_unit(view, unit)
    if not found.active:
        raise Refused(say("{unit} is retired. Choose another unit.", unit=found.name))
    return found


def require_person(view: View, person: str) -> Person:
    """Give an active person of the staff list. Raises Refused."""
    found = known_person(view, person)
    if not found.active:
        raise Refused(say("{person} has left. Choose somebody else.", person=found.name))
    return found


def require_serving(view: View, person: str, on: date) -> Person:
    """Give a person of the staff list who serves on a local day, the last one included. Raises Refused."""
    found = known_person(view, person)
    if not found.serves_on(on):
        raise Refused(say("{person} has left. Choose somebody else.", person=found.name))
    return found


def require_post(view: View, post: str, unit: str | None = None) -> Post:
    """Give a post in use, of a unit where one is named. Raises Refused."""
    found = _by_code(view, Post, post)
    if not found.active:
        raise Refused(say("{post} is retired. Choose another post.", post=found.name))
    if unit is not None and found.unit != unit:
        raise Refused(
            say("{post} is a post of {unit}. Choose one of the unit's own.", post=found.name,
                unit=unit_name(view, found.unit))
        )  # fmt: skip
    return found


def top_unit(view: View) -> Unit | None:
    """Give the unit that stands above all others; None in an empty store."""
    return next((unit for unit in view.all(Unit) if unit.parent is None), None)


def home_unit(view: View, person: str | None) -> Unit | None:
    """Give the unit of a person, or the one at the top where nobody is named or known."""
    found = view.get(Person, person) if person is not None else None
    return view.get(Unit, found.unit) if found is not None else top_unit(view)


def unit_asked(view: View, unit: str | None) -> Unit:
    """Give the unit that is named, or the one at the top. Raises Refused where there is none."""
    if unit is not None:
        return require_unit(view, unit)
    return existing(top_unit(view), say("There is no unit yet. Begin with: floodready setup"))


def person_name(view: View, person: str) -> str:
    """Give a person's name, or the id where nobody has it."""
    found = view.get(Person, person) if person else None
    return found.name if found is not None else person


def unit_name(view: View, unit: str) -> str:
    """Give a unit's name, or the id where there is none."""
    found = view.get(Unit, unit)
    return found.name if found is not None else unit


def person_names(view: View) -> dict[str, str]:
    """Give the names of all people by id, of those who have left too."""
    return {person.id: person.name for person in view.all(Person)}


def names_of_actors(view: View) -> dict[str, str]:
    """Give the names by id of whoever acts in the journal: all people, and the program in the language spoken now."""
    return {SYSTEM: str(say("the program")), **person_names(view)}


def unit_names(view: View) -> dict[str, str]:
    """Give the names of all units by id, of retired ones too."""
    return {unit.id: unit.name for unit in view.all(Unit)}


def works_name(view: View, works: str) -> str:
    """Give the name of works, or the id where there are none."""
    found = view.get(Works, works)
    return found.name if found is not None else works


def settings_of(view: View) -> OrganisationSettings:
    """Give the office's figures for this pillar, or what holds until somebody sets them."""
    return view.get(OrganisationSettings, "organisation") or OrganisationSettings()
