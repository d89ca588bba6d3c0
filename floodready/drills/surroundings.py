"""What drills need to know of the other pillars: seasons, levels, duty, leave, stock, rectification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from floodready.drills.closing import ActionFacts
from floodready.drills.models import Drill
from floodready.drills.planning import Facts, in_drills
from floodready.drills.run_models import CorrectiveAction
from floodready.organisation.models import Person

if TYPE_CHECKING:
    from floodready.store.contract import View


def season_starts(view: View, unit: str) -> list[date]:  # noqa: ARG001
    """Give the first days of the seasons that are known for a unit."""
    return []


def closed_days(view: View) -> Callable[[str, date], bool]:  # noqa: ARG001
    """Tell the days on which a unit cannot drill."""
    return lambda unit, day: False  # noqa: ARG005


def facts(view: View, drill: Drill) -> Facts:
    """Give what the other pillars, and the other drills, know about the time and the place of a drill."""
    busy = in_drills(view.all(Drill), but=drill.id)
    return Facts(busy=tuple(busy), names={person.id: person.name for person in view.all(Person)})


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
