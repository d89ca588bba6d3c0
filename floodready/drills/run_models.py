"""The documents of a running drill and of what follows: clock, deliveries, observations, actions, the closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Note, Positive, record
from floodready.drills.models import InjectStatus
from floodready.language import Sentence, say


@record
class Pause:
    """A stretch in which the drill's clock stood still; open while `until_at` is none."""

    from_at: datetime
    until_at: datetime | None = None
    reason: Line = ""


@record
class Run(Document):
    """One running of a drill. A reset begins another run and leaves this one as it is."""

    table = "drills.runs"
    indexes = ("drill",)

    drill: Code
    number: Positive
    started_at: datetime
    started_by: Code
    pauses: tuple[Pause, ...] = ()
    finished_at: datetime | None = None
    reset: bool = False
    """True for a run that was broken off and begun anew; its observations stay, and do not rate the drill."""


@record
class Delivery(Document):
    """What became of one inject in one run; its id is `run/inject`."""

    table = "drills.deliveries"
    indexes = ("run",)

    run: Code
    inject: Code
    status: InjectStatus
    released_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was marked done, deferred or missed."""
    deferred_to: Natural | None = None
    """Seconds of drill time at which a deferred line now stands."""
    by: Code
    note: Note = ""


class Rating(StrEnum):
    """HSEEP ratings, from best to worst."""

    PERFORMED = "P"
    SOME_CHALLENGES = "S"
    MAJOR_CHALLENGES = "M"
    UNABLE = "U"


class Finding(StrEnum):
    """What an observation says of what was seen."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"


class Element(StrEnum):
    """The part of capability that a weakness lies in (HSEEP: POETE)."""

    PLANNING = "planning"
    ORGANISATION = "organisation"
    EQUIPMENT = "equipment"
    TRAINING = "training"
    EXERCISE = "exercise"


@record
class Observation(Document):
    """What one evaluator saw. Never edited: a later one may take its place (`replaces`)."""

    table = "drills.observations"
    indexes = ("drill", "run")

    drill: Code
    run: Code
    inject: Code | None = None
    objective: Code | None = None
    evaluator: Code
    seen_at: datetime
    text: Note
    finding: Finding
    rating: Rating | None = None
    element: Element | None = None
    root_cause: Note = ""
    recommendation: Note = ""
    replaces: Code | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold an observation to saying something about an inject or an objective."""
        if not self.text:
            yield "text", say("must not be empty")
        if self.inject is None and self.objective is None:
            yield "objective", say("must name the inject or the objective that was observed")


@record
class CorrectiveAction(Document):
    """The tie between a weakness and the rectification record that mends it; its id is the observation's."""

    table = "drills.actions"
    indexes = ("drill",)

    drill: Code
    observation: Code
    action: Name
    """What shall be done."""
    record: Code
    """The rectification record, which holds owner, deadline and all that follows."""


@record
class Evaluation(Document):
    """The written evaluation of a drill and its filed summary; its id is the drill's."""

    table = "drills.evaluations"

    text: Note
    written_by: Code
    written_at: datetime
    summary: Note = ""
    filed_by: Code | None = None
    filed_at: datetime | None = None
    closed_by: Code | None = None
    closed_at: datetime | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold an evaluation to saying something."""
        if not self.text:
            yield "text", say("must not be empty")


class Answer(StrEnum):
    """Whether an action of the last drill has been carried out."""

    IMPLEMENTED = "implemented"
    ONLY_WRITTEN = "only-written"


@record
class FollowUp(Document):
    """The answer, when a drill opens, to one action of the last drill of its plan; the id is `drill/observation`."""

    table = "drills.follow_ups"
    indexes = ("drill",)

    drill: Code
    observation: Code
    answer: Answer
    by: Code
    note: Note = ""
