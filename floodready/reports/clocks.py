"""The clocks that run in a unit: decisions owed, reports due, follow-ups, started actions, deadlines, papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.duty.handover import open_items
from floodready.language import Sentence, say, verbatim
from floodready.materials.views_due import papers_due
from floodready.rectification.lights import Light, deadline_end, light
from floodready.rectification.models import Finding
from floodready.rectification.reading import settings_of
from floodready.season.models import FloodWarning
from floodready.season.models_level import StartedAction
from floodready.season.situation import reports_for
from floodready.season.warning_clock import awaits_decision, decide_by

if TYPE_CHECKING:
    from floodready.reports.asked import Asked

AHEAD = timedelta(hours=24)
"""Reports that are due so soon are told."""
BEHIND = timedelta(hours=24)
"""A report missed longer ago stands in the season report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """Something that must be done by an instant, UTC."""

    due_at: datetime
    what: Sentence
    unit: str
    who: str = ""
    """The name of who must do it; empty where nobody is named."""

    def left(self, at: datetime) -> Sentence:
        """Say how much time is left, or how late it is."""
        minutes = abs(int((self.due_at - at).total_seconds())) // 60
        length = verbatim(f"{minutes // 60}:{minutes % 60:02d}")
        return say("late by {length}", length=length) if self.due_at < at else say("in {length}", length=length)


def running_clocks(asked: Asked) -> list[RunningClock]:
    """Give every clock that runs in the report's units, the nearest first."""
    found = [*_season(asked), *_duty(asked), *_deadlines(asked), *_papers(asked)]
    return sorted((clock for clock in found if clock.unit in asked.units), key=lambda clock: (clock.due_at, clock.unit))


def _season(asked: Asked) -> Iterator[RunningClock]:
    view, at = asked.view, asked.at
    for warning in view.all(FloodWarning):
        if warning.received_at <= at and awaits_decision(warning) and (limit := decide_by(warning)):
            what = say("decide on {colour} ({hazard}, {area})", colour=warning.colour.word, hazard=warning.hazard.word,
                       area=verbatim(warning.area))  # fmt: skip
            yield RunningClock(due_at=limit, what=what, unit=warning.unit)
    for unit in sorted(asked.units):
        for report in reports_for(view, unit, at - BEHIND, at + AHEAD, asked.zone):
            if report.sent_at is None:
                yield RunningClock(due_at=report.due_at, what=say("send {report}", report=report.told), unit=unit)
        for action in view.find(StartedAction, unit=unit):
            if action.done_at is None and action.ended_at is None:
                yield RunningClock(due_at=action.due_at, what=verbatim(action.name), unit=unit, who=action.who)


def _duty(asked: Asked) -> Iterator[RunningClock]:
    for unit in asked.duty_units:
        for item in open_items(asked.view, unit.id):
            if item.due_at is not None:
                yield RunningClock(
                    due_at=item.due_at, what=verbatim(item.task), unit=unit.id, who=asked.name_of(item.owner)
                )


def _deadlines(asked: Asked) -> Iterator[RunningClock]:
    settings = settings_of(asked.view)
    for finding in asked.view.all(Finding):
        shown = light(finding, asked.at, settings, asked.zone)
        if finding.deadline_on is not None and shown not in (Light.GREEN, Light.NONE):
            what = say("{id}, {light}: {what}", id=verbatim(finding.id), light=shown.word,
                       what=verbatim(finding.description))  # fmt: skip
            yield RunningClock(due_at=deadline_end(finding.deadline_on, asked.zone), what=what, unit=finding.unit,
                               who=asked.name_of(finding.responsible))  # fmt: skip


def _papers(asked: Asked) -> Iterator[RunningClock]:
    for paper in papers_due(asked.view, asked.zone):
        if not asked.holds_any([paper.place]):
            continue
        what = say("{task} {id}: {quantity} of {item}", task=paper.task.word, id=verbatim(paper.id),
                   quantity=paper.told, item=verbatim(paper.item))  # fmt: skip
        yield RunningClock(due_at=paper.due_at, what=what, unit=asked.unit.id)
