"""A campaign as it is shown: its stages, lists and milestones line by line, its records, the progress of its units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import unit_names
from floodready.organisation.models import Unit
from floodready.rectification.campaign import UnitProgress, progress
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.views import FindingRow, finding_rows
from floodready.season.models import Season
from floodready.season.seasons import seasons_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View


@frozen
class ProgressRow:
    """How far a unit of a campaign is; the last row is the whole campaign."""

    unit_name: Sentence
    progress: UnitProgress
    rate: int | None
    """Fixed of found, whole per cent; None where nothing was found."""


@frozen
class CampaignSheet:
    """One campaign with everything that a person needs to see of it."""

    campaign: Campaign
    stage: Sentence
    """The stage that runs; a dash where none does."""
    lines: tuple[tuple[Sentence, Sentence], ...]
    progress: tuple[ProgressRow, ...]
    issues: tuple[FindingRow, ...]
    tasks: tuple[FindingRow, ...]


def campaign_rows(view: View, campaign: Campaign, at: datetime, zone: ZoneInfo) -> list[UnitProgress]:
    """Give the progress of a campaign by unit; the season is that of its first unit in the year of its first stage."""
    findings = view.find(Finding, campaign=campaign.id)
    return progress(campaign, findings, local_day(at, zone), season_starts_on=season_start(view, campaign))


def season_start(view: View, campaign: Campaign) -> date | None:
    """Give the first day of the season that a campaign prepares; None where no season is entered for it."""
    parents = {unit.id: unit.parent for unit in view.all(Unit)}
    seasons = seasons_of(campaign.units[0], view.all(Season), parents)
    begins = campaign.stages[0].starts_on
    return min((season.starts_on for season in seasons if season.ends_on >= begins), default=None)


def campaign_sheet(view: View, campaign: Campaign, at: datetime, zone: ZoneInfo) -> CampaignSheet:
    """Give everything of one campaign."""
    today = local_day(at, zone)
    units = unit_names(view)
    by_unit = campaign_rows(view, campaign, at, zone)
    rows = [_progress_row(verbatim(units.get(one.unit, one.unit)), one) for one in by_unit]
    records = finding_rows(view, at, zone, campaign=campaign.id)
    stage = campaign.stage_on(today)
    return CampaignSheet(
        campaign=campaign,
        stage=stage.kind.word if stage is not None else verbatim("–"),
        lines=tuple(_lines(campaign, today, units)),
        progress=(*rows, _progress_row(say("all"), _whole(by_unit))),
        issues=tuple(row for row in records if not row.is_task),
        tasks=tuple(row for row in records if row.is_task),
    )


def _progress_row(name: Sentence, one: UnitProgress) -> ProgressRow:
    return ProgressRow(unit_name=name, progress=one, rate=one.rate)


def _whole(by_unit: list[UnitProgress]) -> UnitProgress:
    return UnitProgress(
        unit="",
        found=sum(one.found for one in by_unit),
        fixed=sum(one.fixed for one in by_unit),
        overdue=sum(one.overdue for one in by_unit),
        listed=sum(one.listed for one in by_unit),
        without_measure=sum(one.without_measure for one in by_unit),
    )


def _lines(campaign: Campaign, today: date, units: dict[str, str]) -> Iterator[tuple[Sentence, Sentence]]:
    yield say("Campaign"), verbatim(f"{campaign.name} ({campaign.id})")
    for stage in campaign.stages:
        runs = stage.starts_on <= today <= stage.ends_on
        told = say("{stage}: {first} to {last}", stage=stage.kind.word, first=stage.starts_on, last=stage.ends_on)
        yield say("Stage now") if runs else say("Stage"), told
    for milestone in campaign.milestones:
        name = verbatim(milestone.name)
        if milestone.reached_on is not None:
            told = say("{name}: reached on {day}", name=name, day=milestone.reached_on)
        elif milestone.due_on < today:
            told = say("{name}: due on {day}, MISSED", name=name, day=milestone.due_on)
        else:
            told = say("{name}: due on {day}", name=name, day=milestone.due_on)
        yield say("Milestone"), told
    if campaign.scope:
        yield say("Scope"), verbatim(campaign.scope)
    if campaign.source:
        yield say("Order"), verbatim(campaign.source)
    yield say("Units"), verbatim(", ".join(units.get(unit, unit) for unit in campaign.units))
    for line in campaign.responsibility:
        yield say("Responsibility"), verbatim(line)
    for line in campaign.measures:
        yield say("Measures"), verbatim(line)
