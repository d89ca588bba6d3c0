"""Progress of a campaign by unit, and what needs an emergency measure when the season starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floodready.frozen import frozen
from floodready.rectification.deadlines import is_supervised
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.states import State


@frozen
class UnitProgress:
    """How far a unit is."""

    unit: str
    found: int
    fixed: int
    overdue: int
    listed: int
    without_measure: int
    """Open at the start of the season without an emergency measure; 0 before the season."""

    @property
    def rate(self) -> int | None:
        """Fixed of found in whole per cent, rounded down; None where nothing was found."""
        return 100 * self.fixed // self.found if self.found else None


def progress(
    campaign: Campaign, findings: Iterable[Finding], on: date, *, season_starts_on: date | None
) -> list[UnitProgress]:
    """Give the progress of every unit of a campaign, also of one that found nothing yet.

    Rule: what stays open at season start needs an emergency measure (design, rule 7).
    """
    by_unit: dict[str, list[Finding]] = {unit: [] for unit in campaign.units}
    for finding in findings:
        if finding.campaign == campaign.id and finding.state is not State.MERGED:
            by_unit.setdefault(finding.unit, []).append(finding)
    started = season_starts_on is not None and season_starts_on <= on
    return [
        UnitProgress(
            unit=unit,
            found=len(group),
            fixed=sum(not one.is_open for one in group),
            overdue=sum(is_supervised(one, on) for one in group),
            listed=sum(one.listing is not None for one in group),
            without_measure=sum(needs_emergency_measure(one) for one in group) if started else 0,
        )
        for unit, group in by_unit.items()
    ]


def needs_emergency_measure(finding: Finding) -> bool:
    """Tell whether a hazard is open without an emergency measure; meeting tasks need none."""
    return finding.is_open and not finding.is_task and not finding.interim
