"""Whose business a record is: a role says what a person may do, the chain of responsibility says to which records."""

from __future__ import annotations

from collections.abc import Collection

from floodready.language import say, verbatim
from floodready.organisation.lookup import unit_name
from floodready.organisation.models import Chain, Person
from floodready.rectification.models import Finding
from floodready.rectification.reading import chains_above, units_above
from floodready.refusal import NotAllowed
from floodready.store.contract import SYSTEM, View


def is_concerned(finding: Finding, person: Person, above: Collection[str], chains: Collection[Chain]) -> bool:
    """Tell whether a person answers for a record.

    That are the people of its unit and of the units `above` it, whoever rectifies or follows it, and whoever stands in
    the `chains` of responsibility of those units. Rule: design, rule 6; the special action fixes responsibility by
    unit, and what one unit answers for, another of the same rank does not decide.
    """
    if person.unit == finding.unit or person.unit in above:
        return True
    if person.id == finding.responsible or (finding.order is not None and person.id in finding.order.followers):
        return True
    links = (
        (chain.responsible, chain.regulator, chain.county, chain.city_leader, chain.supervision) for chain in chains
    )
    return any(person.id in link for link in links)


def require_concerned(view: View, finding: Finding, person_id: str) -> None:
    """Refuse a person of another unit who answers for nothing in a record. Raises NotAllowed, saying who does."""
    person = view.get(Person, person_id)
    if person_id == SYSTEM or person is None:  # who is on no list is refused with the permission
        return
    if is_concerned(finding, person, units_above(view, finding.unit), chains_above(view, finding.unit)):
        return
    raise NotAllowed(
        say(
            "{person} is of {own}, and {id} is a record of {unit}. Who may: people of {unit} and of the units above "
            "it, its chain of responsibility, and whoever rectifies it.",
            person=verbatim(person.name),
            own=verbatim(unit_name(view, person.unit)),
            id=verbatim(finding.id),
            unit=verbatim(unit_name(view, finding.unit)),
        )
    )
