"""Escalation climbs the chain of responsibility link by link; an open record on a dead link is an error."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.organisation.chain import DeadLink, Link, dead_links, next_link
from floodready.organisation.models import Chain, Person
from floodready.rectification.models import Finding


def next_step(finding: Finding, chain: Chain | None, people: Mapping[str, Person]) -> tuple[Link, Person] | None:
    """Give the next living link and its person; None where the chain is climbed or nobody can be reached.

    Links whose person is the one who must rectify are skipped: they know already.
    """
    reached = finding.escalations[-1].link if finding.escalations else None
    found = next_link(chain, reached, people)
    while found is not None and found[1].id == finding.responsible:
        found = next_link(chain, found[0], people)
    return found


def chain_errors(finding: Finding, chain: Chain | None, people: Mapping[str, Person]) -> list[DeadLink]:
    """Give the dead links above an open record; a closed one has no errors (design, rule 6)."""
    return dead_links(chain, people) if finding.is_open else []
