"""Records and what stands around them, read from a view; a missing one is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floodready.language import Sentence
from floodready.missing import not_there
from floodready.organisation.lookup import person_name, unit_name
from floodready.organisation.models import Chain, Unit
from floodready.organisation.tree import ancestors, parents_of
from floodready.rectification.models import Finding, Incident, RectificationSettings
from floodready.rectification.models_campaign import Campaign
from floodready.refusal import existing
from floodready.season.models import Season
from floodready.season.seasons import season_on, seasons_of
from floodready.store.contract import View
from floodready.workdays import DayCalendar, DayCorrection, calendar_with


def the_finding(view: View, id: str) -> Finding:
    """Give a record by its number. Raises Refused."""
    return existing(view.get(Finding, id), not_there("rectification.findings", id))


def the_campaign(view: View, id: str) -> Campaign:
    """Give a campaign. Raises Refused."""
    return existing(view.get(Campaign, id), not_there("rectification.campaigns", id))


def the_incident(view: View, id: str) -> Incident:
    """Give an incident. Raises Refused."""
    return existing(view.get(Incident, id), not_there("rectification.incidents", id))  # fmt: skip


def settings_of(view: View) -> RectificationSettings:
    """Give the office's figures, or the defaults."""
    return view.get(RectificationSettings, "rectification") or RectificationSettings()


def calendar_of(view: View) -> DayCalendar:
    """Give the office's calendar of working days."""
    return calendar_with(view.all(DayCorrection))


def in_season(view: View, unit: str, day: date) -> bool:
    """Tell whether a day lies in a flood season that a unit follows."""
    parents = parents_of(view.all(Unit))
    return season_on(day, seasons_of(unit, view.all(Season), parents)) is not None


def units_above(view: View, unit: str) -> list[str]:
    """Give the units above a unit, the nearest first."""
    return ancestors(unit, parents_of(view.all(Unit)))


def chains_above(view: View, unit: str) -> list[Chain]:
    """Give the chains of responsibility of a unit and of the units above it, the nearest first."""
    chains = (view.get(Chain, id) for id in (unit, *units_above(view, unit)))
    return [chain for chain in chains if chain is not None]


def names_in(view: View, finding: Finding, person: str) -> dict[str, str]:
    """Name, by id, who acts and the office that listed a record: for refusals."""
    named = {person: person_name(view, person)}
    return (
        named if finding.listing is None else named | {finding.listing.office: unit_name(view, finding.listing.office)}
    )


def refuse_problems(problems: Iterable[tuple[str, Sentence]], finding: Finding) -> None:
    """Refuse a record that lacks something, naming every field. Raises Invalid."""
    from floodready.document import invalid

    if found := dict(problems):
        raise invalid(type(finding), found)
