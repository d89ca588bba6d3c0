"""What the program measures of meeting tasks from its own pillars: how many of their readiness lines are in order.

A task is measured by the lines of its unit and of the units below it: nobody answers for what others must do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.organisation.models import Unit
from floodready.organisation.tree import descendants, parents_of
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


@frozen
class EvidenceLine:
    """One readiness line that speaks for or against the fulfilment of a task."""

    unit: str
    unit_name: str
    subject: Sentence
    colour: Colour
    cause: Sentence


@frozen
class TaskEvidence:
    """What is measured of one task; no line at all is no evidence, not fulfilment."""

    task: str
    description: str
    measure: Measure
    ready: int
    lines: int
    worst: Sentence | None
    """The cause of the worst line that is not in order; None where all are."""
    evidence: tuple[EvidenceLine, ...]
    """Every line that was measured, the worst first."""


def task_evidence(view: View, at: datetime, zone: ZoneInfo) -> list[TaskEvidence]:
    """Measure every open or closed task that names something measurable, in the order of the tasks."""
    tasks = [(one, one.order.measure) for one in view.all(Finding) if one.order is not None and one.order.measure]
    if not tasks:
        return []
    statuses = [status_of(line, at) for line in gather(view, at, zone)]
    units = {unit.id: unit.name for unit in view.all(Unit)}
    parents = parents_of(view.all(Unit))
    found = []
    for task, measure in tasks:
        asked = {task.unit, *descendants(task.unit, parents)}
        mine = [status for status in statuses if status.line.kind in KINDS[measure] and status.line.unit in asked]
        mine.sort(key=lambda status: status.colour.severity, reverse=True)
        wrong = [status for status in mine if status.colour is not Colour.GREEN]
        found.append(
            TaskEvidence(
                task=task.id,
                description=task.description,
                measure=measure,
                ready=len(mine) - len(wrong),
                lines=len(mine),
                worst=wrong[0].cause if wrong else None,
                evidence=tuple(
                    EvidenceLine(
                        unit=one.line.unit,
                        unit_name=units.get(one.line.unit, one.line.unit),
                        subject=one.line.subject,
                        colour=one.colour,
                        cause=one.cause,
                    )
                    for one in mine
                ),
            )
        )
    return found
