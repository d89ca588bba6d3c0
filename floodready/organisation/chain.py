"""The chain of responsibility: its links in the order in which escalation climbs them, and the dead ones."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.models import Chain, Person


class Link(StrEnum):
    """A link of the chain; the value is the field of `Chain` that names its person."""

    RESPONSIBLE = "responsible"
    REGULATOR = "regulator"
    COUNTY = "county"
    CITY_LEADER = "city_leader"
    SUPERVISION = "supervision"

    @property
    def word(self) -> Sentence:
        """The link in the reader's language."""
        return _WORDS[self]

    def person(self, chain: Chain) -> str | None:
        """Give the id of the person a chain names for this link."""
        named: str | None = getattr(chain, self.value)
        return named


_WORDS = {
    Link.RESPONSIBLE: say("responsible person"),
    Link.REGULATOR: say("industry regulator"),
    Link.COUNTY: say("county or district leader"),
    Link.CITY_LEADER: say("city leader"),
    Link.SUPERVISION: say("supervision group"),
}


@frozen
class DeadLink:
    """A link through which nobody can be reached, and why."""

    link: Link
    person: str | None
    cause: Sentence


def dead_links(chain: Chain | None, people: Mapping[str, Person]) -> list[DeadLink]:
    """Give every dead link of a unit's chain: nobody named, not on the list, left, or no phone.

    No chain at all is a chain of five dead links. Rule: an open item whose chain has a dead link is an error on the
    board (design, rectification rule 6).
    """
    found = []
    for link in Link:
        person = link.person(chain) if chain is not None else None
        cause = _why_dead(link, person, people)
        if cause is not None:
            found.append(DeadLink(link=link, person=person, cause=cause))
    return found


def broken_links(chain: Chain | None, people: Mapping[str, Person], *, climbed: bool = False) -> list[DeadLink]:
    """Give the dead links that break a unit's chain; `climbed` says that an open record of the unit may climb it.

    Somebody must answer for the unit, and whoever is named must be reached. A link above in which nobody is named
    breaks nothing yet: not every unit has one of each (no county stands above a city), and escalation passes over it.
    Once a hazard or task is open it is an error like the others (`dead_links`).
    """
    found = dead_links(chain, people)
    return [dead for dead in found if climbed or dead.person is not None or dead.link is Link.RESPONSIBLE]


def next_link(chain: Chain | None, after: Link | None, people: Mapping[str, Person]) -> tuple[Link, Person] | None:
    """Give the next living link above a link (None: the first of all), with its person; None at the chain's end."""
    if chain is None:
        return None
    links = list(Link)
    for link in links[0 if after is None else links.index(after) + 1 :]:
        person = link.person(chain)
        if person is not None and _why_dead(link, person, people) is None:
            return link, people[person]
    return None


def _why_dead(link: Link, person: str | None, people: Mapping[str, Person]) -> Sentence | None:
    if person is None:
        return say("{link}: nobody is named", link=link.word)
    found = people.get(person)
    if found is None:
        return say("{link}: {person} is not on the staff list", link=link.word, person=person)
    if not found.active:
        return say("{link}: {person} has left", link=link.word, person=found.name)
    if not found.phones:
        return say("{link}: {person} has no phone", link=link.word, person=found.name)
    return None
