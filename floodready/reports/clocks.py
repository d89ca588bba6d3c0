"""Every clock that runs: decisions, reports, follow-ups, started actions, drills to postpone, deadlines, papers.

The board, the wall and the briefs show this one list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from floodready.clock import end_of, time_left
from floodready.drills.models import Drill
from floodready.drills.reading import to_postpone
from floodready.duty.handover import open_items
from floodready.duty.models_shift import FollowUp
from floodready.duty.roster import units_with_duty
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Place
from floodready.materials.models_papers import Delivery, IssuePaper
from floodready.materials.places import unit_of
from floodready.materials.views_due import PaperTask, papers_due
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Unit
from floodready.rectification.lights import Light, light
from floodready.rectification.models import Finding
from floodready.rectification.reading import settings_of
from floodready.season.models import FloodWarning
from floodready.season.models_level import StartedAction
from floodready.season.models_report import Report
from floodready.season.running import AHEAD, Clocked, running

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

SOON = timedelta(minutes=30)
"""How long before its end a clock of the season presses."""
FOLLOW_UP_SOON = timedelta(hours=1)
"""The same for what a shift left open."""


class Urgency(StrEnum):
    """How much a clock presses: late or on its last day, soon, or only running."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"


_LIGHTS = {
    Light.OVERDUE: Urgency.LATE,
    Light.RED: Urgency.LATE,
    Light.AMBER: Urgency.SOON,
    Light.URGED: Urgency.LATER,
}


@frozen
class RunningClock:
    """Something that must be done by an instant, UTC."""

    due_at: datetime
    what: Sentence
    opens: tuple[str, str]
    """Table and id of what it speaks of."""
    unit: str | None
    """Whose it is; None where it concerns everybody."""
    urgency: Urgency
    who: str = ""
    """The name of who must do it; empty where nobody is named."""
    by_day: bool = False
    """Whether hours and minutes left say little: its end is the end of a day, or it is owed now."""

    def left(self, at: datetime) -> Sentence:
        """Say how much time is left, or how late it is."""
        return time_left(self.due_at, at)


def running_clocks(view: View, at: datetime, zone: ZoneInfo, ahead: timedelta = AHEAD) -> list[RunningClock]:
    """Give every clock that runs in any unit, the nearest first; reports from `ahead` before they are due."""
    found = [
        *_season(view, at, zone, ahead),
        *_follow_ups(view, at),
        *_drills(view, at),
        *_deadlines(view, at, zone),
        *_papers(view, at, zone),
    ]
    return sorted(found, key=lambda clock: (clock.due_at, clock.unit or ""))


def _season(view: View, at: datetime, zone: ZoneInfo, ahead: timedelta) -> Iterator[RunningClock]:
    for unit in view.all(Unit):
        for due_at, of in running(view, unit.id, at, zone, ahead):
            yield RunningClock(
                due_at=due_at, what=_told(of), opens=(of.table, of.id), unit=unit.id,
                urgency=_by_the_clock(due_at, at, SOON), who=of.who if isinstance(of, StartedAction) else "",
            )  # fmt: skip


def _told(of: Clocked) -> Sentence:
    match of:
        case FloodWarning():
            return say("decide on {colour} ({hazard}, {area})", colour=of.colour.word, hazard=of.hazard.word,
                       area=verbatim(of.area))  # fmt: skip
        case StartedAction():
            return verbatim(of.name)
        case Report():
            return of.told


def _follow_ups(view: View, at: datetime) -> Iterator[RunningClock]:
    for unit in units_with_duty(view):
        for item in open_items(view, unit.id):
            if item.due_at is not None:
                yield RunningClock(
                    due_at=item.due_at, what=verbatim(item.task), opens=(FollowUp.table, item.id), unit=unit.id,
                    urgency=_by_the_clock(item.due_at, at, FOLLOW_UP_SOON), who=person_name(view, item.owner or ""),
                )  # fmt: skip


def _drills(view: View, at: datetime) -> Iterator[RunningClock]:
    for drill, offer in to_postpone(view, at):
        yield RunningClock(due_at=at, what=offer, opens=(Drill.table, drill.id), unit=drill.unit,
                           urgency=Urgency.SOON, by_day=True)  # fmt: skip


def _deadlines(view: View, at: datetime, zone: ZoneInfo) -> Iterator[RunningClock]:
    settings = settings_of(view)
    for finding in view.all(Finding):
        shown = light(finding, at, settings, zone)
        if finding.deadline_on is not None and shown in _LIGHTS:
            yield RunningClock(
                due_at=end_of(finding.deadline_on, zone),
                what=say("{id}, {light}: {what}", id=verbatim(finding.id), light=shown.word,
                         what=verbatim(finding.description)),
                opens=(Finding.table, finding.id), unit=finding.unit, urgency=_LIGHTS[shown],
                who=person_name(view, finding.responsible or ""), by_day=True,
            )  # fmt: skip


def _papers(view: View, at: datetime, zone: ZoneInfo) -> Iterator[RunningClock]:
    places: dict[str, Place] = {}
    for row in papers_due(view, zone):
        places = places or {place.id: place for place in view.all(Place)}
        table = Delivery.table if row.task is PaperTask.REPORT else IssuePaper.table
        yield RunningClock(
            due_at=row.due_at,
            what=say("{task} {paper}: {quantity} {item} in {place}", task=row.task.word, paper=row.id,
                     quantity=row.told, item=verbatim(row.item), place=row.place_told),
            opens=(table, row.id), unit=unit_of(places, row.place),
            urgency=Urgency.LATE if row.due_at <= at else Urgency.SOON, by_day=row.task is not PaperTask.COMPLETE,
        )  # fmt: skip


def _by_the_clock(due_at: datetime, at: datetime, soon: timedelta) -> Urgency:
    return Urgency.LATE if due_at < at else Urgency.SOON if due_at - at <= soon else Urgency.LATER
