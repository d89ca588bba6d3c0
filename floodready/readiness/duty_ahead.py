"""The roster of a unit for the coming year, resolved once for a plan: most changes leave the plan as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from floodready.duty.coverage import Gap, gaps
from floodready.duty.plan import Plan
from floodready.duty.resolver import Timeline, timeline
from floodready.season.seasons import joined

AHEAD = timedelta(days=400)
"""How far ahead duty is looked at: farther than any forecast asks."""


class Roster(NamedTuple):
    """Every gap from `since` on for as long as is looked ahead, and who stands when."""

    since: datetime
    plan: Plan
    gaps: list[Gap]
    near: Mapping[str, list[tuple[datetime, datetime]]]
    """When each person stands duty, or soon will by the unit's days of warning, joined; by id."""


def roster_from(plan: Plan, since: datetime) -> Roster:
    """Resolve a plan from an instant on. The last roster of each unit is kept and given again for an equal plan."""
    kept = _last.get(plan.unit)
    if kept is None or kept.since != since or kept.plan != plan:
        line = timeline(plan, since, since + AHEAD)
        kept = Roster(since, plan, gaps(plan, since, since + AHEAD, line), _near(plan, line))
        _last[plan.unit] = kept
    return kept


def _near(plan: Plan, line: Timeline) -> dict[str, list[tuple[datetime, datetime]]]:
    warned = timedelta(days=plan.settings.gap_warning_days)
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for span in line.spans:
        found.setdefault(span.person, []).append((span.start - warned, span.end))
    return {person: joined(found[person]) for person in sorted(found)}


_last: dict[str, Roster] = {}
