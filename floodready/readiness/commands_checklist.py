"""The pre-season checklist as a campaign of rectification."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.codec import decode
from floodready.command import command
from floodready.language import say, verbatim
from floodready.organisation.models import Chain
from floodready.organisation.permissions import Permission
from floodready.readiness.assembly import readiness
from floodready.readiness.checklist import points, source_ref
from floodready.rectification.commands import change_campaign, open_campaign, open_finding
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign, Stage, StageKind
from floodready.rectification.states import Source
from floodready.refusal import Refused
from floodready.season.models import Season
from floodready.store.contract import Entry, Transaction


def _take_back(tx: Transaction, entry: Entry) -> None:
    """Take the new records and the campaign away; the numbers stay used. Raises Superseded where one has moved on."""
    for change in entry.changes:
        if change.after is None:
            continue
        if change.table == Finding.table:
            tx.remove(decode(Finding, change.after))
        elif change.table == Campaign.table:
            after = decode(Campaign, change.after)
            if change.before is None:
                tx.remove(after)
            else:
                tx.change(after, units=decode(Campaign, change.before).units)


@command("readiness.open_checklist", may=Permission.CAMPAIGN_EDIT, undo=_take_back)
def open_checklist(tx: Transaction, *, zone: ZoneInfo, until_on: date | None = None) -> Campaign:
    """Put every line that is not ready on the list of this year's pre-season campaign, opening it where needed.

    `until_on` is the last day of self-check and of each record; None: the day before the next season, or in 30 days.
    A line whose record is still open gets no second one. Raises Refused where everything is in order or listed.
    """
    today = local_day(tx.now, zone)
    answer = readiness(tx, tx.now, zone)
    statuses = [status for unit in answer.units for status in unit.lines()]
    new = [point for point in points(tx, statuses) if point.record is None]
    if not new:
        raise Refused(say("Nothing new to list: every line is ready or has its open record."))
    end = until_on or _before_season(tx, today)
    if end < today:
        raise Refused(say("{day} is past. Choose today or a later day.", day=str(end)))
    campaign = _campaign(tx, today, end, tuple(dict.fromkeys(point.status.line.unit for point in new)))
    for point in new:
        line = point.status.line
        chain = tx.get(Chain, line.unit)
        open_finding.within(
            tx,
            unit=line.unit,
            source=Source.INSPECTION,
            source_ref=source_ref(line.id),
            description=str(point.text),
            found_on=today,
            zone=zone,
            place=line.site,
            responsible=chain.responsible if chain is not None else None,
            deadline_on=end,
            campaign=campaign.id,
        )
    return campaign


def _campaign(tx: Transaction, today: date, end: date, units: tuple[str, ...]) -> Campaign:
    id = f"pre-season-{today.year}"
    held = tx.get(Campaign, id)
    if held is not None:
        joined = held.changed(units=tuple(dict.fromkeys((*held.units, *units))))
        return held if joined.units == held.units else change_campaign.within(tx, seen=held, campaign=joined)
    return open_campaign.within(
        tx,
        campaign=Campaign(
            id=id,
            name=str(say("Pre-season check {year}", year=verbatim(str(today.year)))),
            scope=str(say("Every readiness line that was not ready.")),
            units=units,
            stages=(Stage(kind=StageKind.SELF_CHECK, starts_on=today, ends_on=end),),
            source=str(say("Pre-season check by the readiness board")),
        ),
    )


def _before_season(tx: Transaction, today: date) -> date:
    begins = [season.starts_on for season in tx.all(Season) if season.starts_on > today]
    return min(begins) - timedelta(1) if begins else today + timedelta(30)
