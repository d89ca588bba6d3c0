"""The one record of rectification: hazards, drill weaknesses, stock variances, post checks and meeting tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Note, Positive, record
from floodready.horizon import Days, DaysOrZero, Hours, Months
from floodready.language import Sentence, say
from floodready.organisation.chain import Link
from floodready.rectification.states import Grade, Source, State


@record
class FiveFixes:
    """The five fixes (五落实) of a major hazard; each is settled when it says something."""

    responsibility: Line = ""
    measures: Line = ""
    money: Natural | None = None
    """In fen; None while nobody has settled it. 0 says that no money is needed."""
    time_limit: Line = ""
    contingency: Line = ""
    """The contingency plan while the hazard lasts."""


@record
class SixParts:
    """The six parts of a rectification plan (整改方案六要素)."""

    goal: Line = ""
    method: Line = ""
    money_and_goods: Line = ""
    people: Line = ""
    time: Line = ""
    safety: Line = ""


@record
class Round:
    """One round of rectifying and re-checking."""

    number: Positive
    submitted_by: Code
    submitted_at: datetime
    result: Note
    """What was done, as the rectifier says."""
    checked_by: Code | None = None
    checked_at: datetime | None = None
    passed: bool | None = None
    """None until the re-check."""
    place: Line = ""
    conclusion: Note = ""
    evidence: Note = ""


@record
class Extension:
    """One request for a later deadline, with its answer."""

    asked_by: Code
    asked_on: date
    until: date
    reason: Note
    answered_by: Code | None = None
    answered_on: date | None = None
    granted: bool | None = None
    """None until it is answered."""
    answer: Note = ""


@record
class Listing:
    """A time under the supervision of a higher office (挂牌督办)."""

    office: Code
    """The unit that listed it, and alone re-checks and de-lists it."""
    listed_by: Code
    listed_on: date
    ended_on: date | None = None


@record
class Escalation:
    """One step up the chain of responsibility."""

    link: Link
    person: Code
    at: datetime
    by: Code
    cause: Note = ""
    """Empty where failed re-checks made it climb by itself."""
    unit: Code | None = None
    """The unit above whose chain it climbed; None for the chain of the record's own unit."""


@record
class Progress:
    """One report of progress."""

    at: datetime
    by: Code
    text: Note


@record
class Attachment:
    """A photo or paper in the store's folder; `sha256` is also the name under which it lies there."""

    name: Name
    size: Natural
    """In bytes."""
    sha256: Code


class Measure(StrEnum):
    """What the program can measure of a task from its own pillars."""

    DUTY_SYSTEM = "duty system"
    DRILLS = "drills"
    MATERIALS = "materials"

    @property
    def word(self) -> Sentence:
        """The measured thing in the reader's language."""
        return _MEASURES[self]

    @property
    def order(self) -> Sentence:
        """What is ordered of it, as the task's text begins."""
        return _ORDERS[self]


_MEASURES = {
    Measure.DUTY_SYSTEM: say("duty system"),
    Measure.DRILLS: say("drills"),
    Measure.MATERIALS: say("materials"),
}
_ORDERS = {
    Measure.DUTY_SYSTEM: say("Put the duty system in order"),
    Measure.DRILLS: say("Hold the drills that are owed"),
    Measure.MATERIALS: say("Fill the materials up to their quota"),
}


@record
class MeetingOrder:
    """What a meeting task has besides (督办): the meeting, its item, who follows it, and by when it was ordered."""

    meeting: Name
    item: Line = ""
    followers: tuple[Code, ...] = ()
    required_on: date
    """The day the meeting set; the deadline of the record may be earlier (planned) but not later without extension."""
    measure: Measure | None = None


@record
class Finding(Document):
    """One thing to be put right by someone by a date, and checked by someone else; its id is its number."""

    table = "rectification.findings"
    indexes = ("unit", "state", "campaign", "responsible")

    unit: Code
    """The unit that answers for it."""
    source: Source
    source_ref: Line = ""
    """The document it comes from, as `table/id`, or the number of a paper."""
    found_on: date
    found_by: Line
    """The person's id, or the name of whoever reported it."""
    opened_at: datetime
    """When it was entered, UTC."""
    opened_by: Code
    place: Line = ""
    works: Code | None = None
    kind: Line = ""
    """Which kind of hazard, in the office's words (隐患类别)."""
    description: Note
    harm: Note = ""
    state: State = State.FOUND
    grade: Grade | None = None
    basis: Note = ""
    """By which criterion it was graded."""
    graded_by: Code | None = None
    responsible: Code | None = None
    """The person who must put it right."""
    measures: Note = ""
    deadline_on: date | None = None
    """The last day, in the zone of the duty room."""
    fixes: FiveFixes | None = None
    plan: SixParts | None = None
    interim: Note = ""
    """Interim protection while it is open (临时防护, 应急措施)."""
    rounds: tuple[Round, ...] = ()
    extensions: tuple[Extension, ...] = ()
    listings: tuple[Listing, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    progress: tuple[Progress, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    held_by: Code | None = None
    """The higher unit it was handed to."""
    closed_on: date | None = None
    merged_into: Code | None = None
    came_back_from: Code | None = None
    """The closed record whose hazard came back."""
    campaign: Code | None = None
    order: MeetingOrder | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be put right under this record."""
        return self.state.is_open

    @property
    def is_task(self) -> bool:
        """Whether it is a meeting task."""
        return self.order is not None

    @property
    def listing(self) -> Listing | None:
        """The listing that holds, or None."""
        return self.listings[-1] if self.listings and self.listings[-1].ended_on is None else None

    def listed_on(self, day: date) -> bool:
        """Tell whether a higher office supervised it when a day ended."""
        return any(one.listed_on <= day and (one.ended_on is None or one.ended_on > day) for one in self.listings)

    @property
    def asked_extension(self) -> Extension | None:
        """The request for a later deadline that waits for its answer, or None."""
        return self.extensions[-1] if self.extensions and self.extensions[-1].granted is None else None

    @property
    def round(self) -> int:
        """The number of the round under way: one more than the re-checks failed."""
        return 1 + sum(turn.passed is False for turn in self.rounds)

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a record that says nothing and one whose state and facts disagree."""
        if not self.description:
            yield "description", say("must not be empty")
        if self.found_on > self.opened_at.date() and (self.found_on - self.opened_at.date()).days > 1:
            yield "found_on", say("lies in the future")
        if (self.state is State.CLOSED) != (self.closed_on is not None):
            yield "closed_on", say("stands exactly on a closed record")
        if (self.state is State.MERGED) != (self.merged_into is not None):
            yield "merged_into", say("stands exactly on a merged record")


@record
class Counter(Document):
    """The last number given by a unit in a year; it never runs back, so no number is used twice."""

    table = "rectification.counters"

    last: Natural = 0


class IncidentCause(StrEnum):
    """What an accident says of the search for hazards before it."""

    NOT_FOUND = "not found"
    NOT_RECTIFIED = "found and not rectified in time"
    FOUND_LATE = "found, and its time limit still ran"
    CLOSED_BEFORE = "found and closed before it"

    @property
    def word(self) -> Sentence:
        """The cause in the reader's language."""
        return _CAUSES[self]

    @property
    def brief(self) -> Sentence:
        """The cause in a few words, for a column."""
        return _BRIEFLY[self]


_CAUSES = {
    IncidentCause.NOT_FOUND: say("the hazard was not found"),
    IncidentCause.NOT_RECTIFIED: say("the hazard was found and not rectified in time"),
    IncidentCause.FOUND_LATE: say("the hazard was found and its time limit still ran"),
    IncidentCause.CLOSED_BEFORE: say("the hazard had been closed before"),
}
_BRIEFLY = {
    IncidentCause.NOT_FOUND: say("not found"),
    IncidentCause.NOT_RECTIFIED: say("not rectified in time"),
    IncidentCause.FOUND_LATE: say("time limit still ran"),
    IncidentCause.CLOSED_BEFORE: say("closed before"),
}


@record
class Incident(Document):
    """Something that happened, linked to the hazard that caused it or to the absence of one."""

    table = "rectification.incidents"
    indexes = ("finding",)

    unit: Code
    happened_at: datetime
    """UTC."""
    place: Line = ""
    description: Note
    finding: Code | None = None
    """The record of the hazard that caused it; None says that nobody had found it."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse an accident that says nothing."""
        if not self.description:
            yield "description", say("must not be empty")


@record
class RectificationSettings(Document):
    """The office's own figures for this pillar; one document, under the id `rectification`."""

    table = "rectification.settings"

    id: Code = "rectification"
    extension_working_days: DaysOrZero = 15
    """Working days before the deadline by which an extension must be asked; some cities say 20."""
    failed_before_escalation: Positive = 2
    """Failed re-checks after which a record climbs the chain."""
    listed_progress_months: Months = 3
    """A listed record reports progress at least so often."""
    urge_days: Days = 7
    """Days before the deadline from which the owner is urged."""
    amber_days: Days = 3
    red_hours: Hours = 24
