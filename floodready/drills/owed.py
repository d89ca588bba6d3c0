"""How an owed drill stands: done, planned, missed, due or overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from floodready.drills.models import Drill, DrillState, Occurrence, Settings
from floodready.drills.planning import ends_at


class Standing(StrEnum):
    """How an owed drill stands on a day."""

    DONE = "done"
    """Held and evaluated: only that counts."""
    HELD = "held"
    """Held, and its evaluation is not written."""
    PLANNED = "planned"
    MISSED = "missed"
    """Planned, and its time has passed without its being begun: it must be put on another or cancelled."""
    LATER = "later"
    """Owed, not planned, and far off."""
    DUE = "due"
    """Owed soon, and not planned."""
    OVERDUE = "overdue"


def standing_of(
    occurrence: Occurrence,
    drill: Drill | None,
    at: datetime,
    today: date,
    settings: Settings,
    *,
    evaluated: bool = False,
) -> Standing:
    """Tell how an owed drill stands at an instant, on `today`; `evaluated` says whether its evaluation is written.

    It is overdue after the end of its due day when no drill was held, planned or not.
    """
    if drill is not None and drill.state in (DrillState.HELD, DrillState.CLOSED):
        return Standing.DONE if evaluated else Standing.HELD
    if occurrence.due_on < today:
        return Standing.OVERDUE
    if drill is not None and drill.state is not DrillState.CANCELLED:
        return planned_standing(drill, at)
    return Standing.DUE if occurrence.due_on <= today + timedelta(settings.due_soon_days) else Standing.LATER


def planned_standing(drill: Drill, at: datetime) -> Standing:
    """Tell how a drill that is planned or running stands at an instant, whatever is owed."""
    missed = drill.state is DrillState.PLANNED and ends_at(drill) <= at
    return Standing.MISSED if missed else Standing.PLANNED


def to_be_planned(drill: Drill | None, occurrence: Occurrence, year: int) -> bool:
    """Tell whether a year's plan must find a day for an owed drill: due by its end, and no drill stands for it."""
    return occurrence.due_on.year <= year and (drill is None or drill.state is DrillState.CANCELLED)
