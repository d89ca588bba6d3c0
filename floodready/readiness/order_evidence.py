"""What the program measures of meeting tasks from its own pillars: how many of their readiness lines are in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.language import Sentence
from floodready.readiness.assembly import gather
from floodready.readiness.line import Colour, Kind, status_of
from floodready.rectification.models import Finding, Measure

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

KINDS: Mapping[Measure, frozenset[Kind]] = {
    Measure.DUTY_SYSTEM: frozenset({Kind.DUTY}),
    Measure.DRILLS: frozenset({Kind.DRILL}),
    Measure.MATERIALS: frozenset({Kind.STOCK, Kind.SET, Kind.EQUIPMENT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEvidence:
    """What is measured of one task; no line at all is no evidence, not fulfilment."""

    task: str
    measure: Measure
    ready: int
    lines: int
    worst: Sentence | None
    """The cause of the worst line that is not in order; None where all are."""


def task_evidence(view: View, at: datetime, zone: ZoneInfo) -> list[TaskEvidence]:
    """Measure every open or closed task that names something measurable, in the order of the tasks."""
    tasks = [(one, one.order.measure) for one in view.all(Finding) if one.order is not None and one.order.measure]
    if not tasks:
        return []
    statuses = [status_of(line, at) for line in gather(view, at, zone)]
    found = []
    for task, measure in tasks:
        mine = [status for status in statuses if status.line.kind in KINDS[measure]]
        wrong = [status for status in mine if status.colour is not Colour.GREEN]
        worst = max(wrong, key=lambda status: status.colour.severity, default=None)
        found.append(
            TaskEvidence(
                task=task.id,
                measure=measure,
                ready=len(mine) - len(wrong),
                lines=len(mine),
                worst=worst.cause if worst is not None else None,
            )
        )
    return found
