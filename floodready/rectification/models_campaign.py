"""The documents of a campaign (专项行动): name, stages, scope, lists, milestones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Note, record
from floodready.language import Sentence, say


class StageKind(StrEnum):
    """The stages of a campaign, in their order."""

    MOBILISE = "mobilise"
    SELF_CHECK = "self-check"
    ENFORCEMENT = "enforcement"
    SUMMARY = "summary"

    @property
    def word(self) -> Sentence:
        """The stage in the reader's language."""
        return _STAGES[self]


_STAGES = {
    StageKind.MOBILISE: say("mobilise"),
    StageKind.SELF_CHECK: say("self-check and self-correction"),
    StageKind.ENFORCEMENT: say("enforcement"),
    StageKind.SUMMARY: say("summary"),
}


@record
class Stage:
    """One stage with its first and last day."""

    kind: StageKind
    starts_on: date
    ends_on: date


@record
class Milestone:
    """Something a campaign must have reached by a day."""

    name: Name
    due_on: date
    reached_on: date | None = None


@record
class Campaign(Document):
    """A campaign. Its list of issues and its list of tasks are the records that name it."""

    table = "rectification.campaigns"

    name: Name
    scope: Note = ""
    units: tuple[Code, ...]
    """The units that take part."""
    stages: tuple[Stage, ...]
    responsibility: tuple[Line, ...] = ()
    """The list of responsibility: who answers for what."""
    measures: tuple[Line, ...] = ()
    """The list of measures."""
    milestones: tuple[Milestone, ...] = ()
    source: Line = ""
    """The order it carries out."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse missing units or stages, stages that run backwards or overlap, and milestones before it begins."""
        if not self.units:
            yield "units", say("needs one unit at least")
        if not self.stages:
            yield "stages", say("needs one stage at least")
        if any(stage.ends_on < stage.starts_on for stage in self.stages):
            yield "stages", say("a stage ends before it starts")
        if any(
            later.starts_on <= earlier.ends_on for earlier, later in zip(self.stages, self.stages[1:], strict=False)
        ):
            yield "stages", say("stages must follow one another without overlap")
        if self.stages and any(one.due_on < self.stages[0].starts_on for one in self.milestones):
            yield "milestones", say("a milestone is due before the campaign begins")

    def stage_on(self, day: date) -> Stage | None:
        """Give the stage that runs on a day."""
        return next((stage for stage in self.stages if stage.starts_on <= day <= stage.ends_on), None)
