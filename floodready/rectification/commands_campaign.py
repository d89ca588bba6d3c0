"""Campaigns: open, change, reach milestones, and which records belong to them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.organisation.lookup import require_unit
from floodready.organisation.permissions import Permission
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.reading import the_campaign, the_finding
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("rectification.open_campaign", may=Permission.CAMPAIGN_EDIT)
def open_campaign(tx: Transaction, *, campaign: Campaign) -> Campaign:
    """Open a campaign. Raises Refused for a unit that does not exist or an id that is taken, Invalid."""
    for unit in campaign.units:
        require_unit(tx, unit)
    return tx.add(campaign)


@command("rectification.change_campaign", may=Permission.CAMPAIGN_EDIT)
def change_campaign(tx: Transaction, *, seen: Campaign, campaign: Campaign) -> Campaign:
    """Change a campaign as it was seen; a milestone that keeps its name keeps the day on which it was reached.

    Raises Refused, Superseded, Invalid.
    """
    for unit in campaign.units:
        require_unit(tx, unit)
    names = ("name", "scope", "units", "stages", "responsibility", "measures", "source")
    reached = {one.name: one.reached_on for one in seen.milestones}
    milestones = tuple(replace(one, reached_on=one.reached_on or reached.get(one.name)) for one in campaign.milestones)
    return tx.change(seen, **{name: getattr(campaign, name) for name in names}, milestones=milestones)


@command("rectification.reach_milestone", may=Permission.CAMPAIGN_EDIT)
def reach_milestone(tx: Transaction, *, campaign: str, milestone: str, on: date, zone: ZoneInfo) -> Campaign:
    """Say that a milestone is reached. Raises Refused for an unknown one, and a day before the campaign or to come."""
    found = the_campaign(tx, campaign)
    if milestone not in {one.name for one in found.milestones}:
        raise Refused(
            say("{campaign} has no milestone “{name}”. See: floodready campaign show {id}", campaign=found.name,
                name=verbatim(milestone), id=verbatim(found.id))
        )  # fmt: skip
    begins, today = found.stages[0].starts_on, local_day(tx.now, zone)
    if not begins <= on <= today:
        raise Refused(
            say("A milestone is reached between the campaign's first day, {begins}, and today, {today}.",
                begins=begins, today=today)
        )  # fmt: skip
    reached = tuple(replace(one, reached_on=on) if one.name == milestone else one for one in found.milestones)
    return tx.change(found, milestones=reached)


@command("rectification.put_in_campaign", may=Permission.CAMPAIGN_EDIT)
def put_in_campaign(tx: Transaction, *, finding: str, campaign: str | None) -> Finding:
    """Put a record on the lists of a campaign, or (None) off them. Raises Refused."""
    record = the_finding(tx, finding)
    if campaign is not None:
        the_campaign(tx, campaign)
    return tx.change(record, campaign=campaign)
