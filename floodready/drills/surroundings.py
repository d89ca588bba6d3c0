"""What drills need to know of the other pillars, and of each other: seasons, levels, people's other drills, actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.drills.closing import ActionFacts
from floodready.drills.models import Drill
from floodready.drills.planning import Facts, in_drills
from floodready.drills.run_models import CorrectiveAction
from floodready.organisation.models import Person, Unit
from floodready.organisation.tree import ancestors, parents_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.season.models import Season
    from floodready.store.contract import View


def season_starts(view: View, unit: str) -> list[date]:
    """Give the first days of the seasons that a unit follows."""
    return [season.starts_on for season in _seasons(view, unit)]


def facts(view: View, drill: Drill, zone: ZoneInfo) -> Facts:
    """Give what the other pillars, and the other drills, know about the time and the place of a drill."""
    from floodready.season.seasons import season_on

    busy = in_drills(view.all(Drill), but=drill.id)
    return Facts(
        busy=tuple(busy),
        in_season=season_on(local_day(drill.starts_at, zone), _seasons(view, drill.unit)) is not None,
        level=_level(view, drill),
        names={person.id: person.name for person in view.all(Person)},
    )


def action_facts(view: View, drill: str) -> Mapping[str, ActionFacts]:
    """Give what is being done about a drill's weaknesses, by observation id."""
    return {
        action.observation: ActionFacts(
            record=action.id,
            action=action.action,
            unit=action.unit,
            owner=action.owner,
            started_on=action.opened_on,
            due_on=action.due_on,
        )
        for action in view.find(CorrectiveAction, drill=drill)
    }


def _seasons(view: View, unit: str) -> Iterable[Season]:
    from floodready.season.models import Season
    from floodready.season.seasons import seasons_of

    return seasons_of(unit, view.all(Season), parents_of(view.all(Unit)))


def _level(view: View, drill: Drill) -> str | None:
    """Give the level in force for the unit, or for one above it, that nobody has ended yet."""
    from floodready.season.models_level import Declaration

    for unit in (drill.unit, *ancestors(drill.unit, parents_of(view.all(Unit)))):
        standing = [d for d in view.find(Declaration, unit=unit) if d.until_at is None and d.level is not None]
        if standing:
            level = standing[-1].level
            return None if level is None else str(level.value)
    return None
