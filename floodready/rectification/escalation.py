"""Escalation climbs the chain of responsibility link by link; an open record on a dead link is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from floodready.frozen import frozen
from floodready.organisation.chain import DeadLink, Link, broken_links, next_link
from floodready.organisation.models import Chain, Person
from floodready.rectification.models import Finding


@frozen
class Step:
    """Where a record climbs next."""

    link: Link
    person: Person
    unit: str | None
    """The unit above whose chain it is; None for the chain of the record's own unit."""


def next_step(finding: Finding, chains: Iterable[Chain], people: Mapping[str, Person]) -> Step | None:
    """Give the next link whose person can be reached; None where nobody who can be reached stands above.

    `chains` are those of the record's unit and of the units above it, the nearest first: where the own chain is
    climbed, or nobody in it can be reached, the next one goes on. Whoever must rectify and whoever was told before
    is skipped: they know already.
    """
    told = {finding.responsible, *(step.person for step in finding.escalations)}
    for chain in chains:
        unit = None if chain.id == finding.unit else chain.id
        reached = next((step.link for step in reversed(finding.escalations) if step.unit == unit), None)
        found = next_link(chain, reached, people)
        while found is not None and found[1].id in told:
            found = next_link(chain, found[0], people)
        if found is not None:
            return Step(link=found[0], person=found[1], unit=unit)
    return None


def chain_errors(finding: Finding, chain: Chain | None, people: Mapping[str, Person]) -> list[DeadLink]:
    """Give the dead links above an open record; a closed one has no errors (design, rule 6)."""
    return broken_links(chain, people, climbed=True) if finding.is_open else []
