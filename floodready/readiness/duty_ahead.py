"""The roster of a unit for the coming year, resolved once for a plan: most changes leave the plan as it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from floodready.duty.coverage import Gap, gaps
from floodready.duty.plan import Plan
from floodready.duty.resolver import Timeline, timeline

AHEAD = timedelta(days=400)
"""How far ahead duty is looked at: farther than any forecast asks."""


class Roster(NamedTuple):
    """Who stands from `since` on for as long as is looked ahead, and every gap."""

    since: datetime
    plan: Plan
    timeline: Timeline
    gaps: list[Gap]


def roster_from(plan: Plan, since: datetime) -> Roster:
    """Resolve a plan from an instant on. The last roster of each unit is kept and given again for an equal plan."""
    kept = _last.get(plan.unit)
    if kept is None or kept.since != since or kept.plan != plan:
        line = timeline(plan, since, since + AHEAD)
        kept = _last[plan.unit] = Roster(since, plan, line, gaps(plan, since, since + AHEAD, line))
    return kept


_last: dict[str, Roster] = {}
