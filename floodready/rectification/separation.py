"""Whoever closes is not whoever rectified; a listed record is re-checked by the office that listed it."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.language import say, verbatim
from floodready.rectification.models import Finding
from floodready.refusal import Refused


def require_other_checker(finding: Finding, person: str, unit: str | None, names: Mapping[str, str]) -> None:
    """Refuse a re-check by whoever answers for the work, or by another office than the one that listed it.

    `unit` is the checker's own; `names` are those of people and units by id. Rule: design, rule 4. Raises Refused.
    """
    if person == finding.responsible or any(turn.submitted_by == person for turn in finding.rounds):
        raise Refused(
            say(
                "{person} rectified {id} and may not re-check it. Another person must.",
                person=verbatim(names.get(person, person)),
                id=verbatim(finding.id),
            )
        )
    require_listing_office(finding, unit, names)


def require_listing_office(finding: Finding, unit: str | None, names: Mapping[str, str]) -> None:
    """Refuse an act on a listed record by a person of another office. Raises Refused."""
    if finding.listing is not None and unit != finding.listing.office:
        raise Refused(
            say(
                "{id} was listed by {office}: only its own people re-check and de-list it.",
                id=verbatim(finding.id),
                office=verbatim(names.get(finding.listing.office, finding.listing.office)),
            )
        )
