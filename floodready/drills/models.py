"""The documents of drills before they begin: what is owed, what is planned, and the script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated

from floodready.document import Code, Document, Line, Name, Natural, Note, Positive, Within, record
from floodready.horizon import Days, DaysOrZero, Months, Seconds, Weeks
from floodready.language import Sentence, say

DrillMinutes = Annotated[int, Within(1, 31 * 24 * 60)]
"""How long a drill may last: a month."""


class Rhythm(StrEnum):
    """How the scheduled days of an obligation follow one another."""

    MONTHS = "months"
    """Every so many months from the anchor day; a short month gives its last day."""
    WEEKDAY = "weekday"
    """On the nth weekday of the anchor's month, every so many months: the last Friday of May, every 12."""
    BEFORE_SEASON = "before-season"
    """A number of days before each season begins."""


@record
class Cadence:
    """The rule by which drills fall due, in calendar days of the unit's own zone."""

    rhythm: Rhythm = Rhythm.MONTHS
    months: Months = 12
    """Months from one drill to the next, and how old a drill may be before it no longer counts."""
    anchor_on: date
    """The first scheduled day (or, for a weekday, a day of the first month)."""
    weekday: Annotated[int, Within(0, 6)] = 0
    """Monday is 0. Read for the weekday rhythm only."""
    nth: Annotated[int, Within(-4, 4)] = -1
    """1 for the first such weekday of the month, -1 for the last. Read for the weekday rhythm only."""
    days_before: DaysOrZero = 0
    """Days before the season's first day. Read for the before-season rhythm only."""


@record
class Obligation(Document):
    """A unit must drill a contingency plan by a rule that somebody set."""

    table = "drills.obligations"
    indexes = ("unit",)

    unit: Code
    plan: Name
    """The contingency plan to be drilled."""
    cadence: Cadence
    source: Line
    """The clause the rule comes from, as 生产安全事故应急条例 art. 8."""
    applies_from: date
    """The first day the rule counts for. Days before it stand only as occurrences that were kept."""
    ended_on: date | None = None
    """The first day on which nothing is owed any more; before the first day only where it was withdrawn."""
    ended_because: Line = ""
    """Why it was ended; never empty for one that was withdrawn before its first day."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold the weekday rhythm to a real place in the month, and a withdrawal to its reason."""
        if self.cadence.nth == 0:
            yield "cadence", say("the weekday is counted from 1, or from -1 for the last")
        if self.ended_on is not None and self.ended_on < self.applies_from and not self.ended_because:
            yield "ended_because", say("must say why it ends before its first day")


@record
class Occurrence(Document):
    """One drill that is owed, kept once somebody has touched it; until then it follows from the rule alone."""

    table = "drills.occurrences"
    indexes = ("obligation", "drill")

    obligation: Code
    scheduled_on: date
    """The day the rule gave. Never changes."""
    due_on: date
    """The day until whose end the drill must have been held; may differ from the scheduled one, with a reason."""
    reason: Line = ""
    drill: Code | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Ask a moved due day for its reason."""
        if self.due_on != self.scheduled_on and not self.reason:
            yield "reason", say("must say why the due day differs from the scheduled one")


class Form(StrEnum):
    """How the drill is held."""

    TABLETOP = "tabletop"
    FIELD = "field"
    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    GAME = "game"
    FUNCTIONAL = "functional"
    FULL_SCALE = "full-scale"


class Content(StrEnum):
    """Whether one function is drilled or several together."""

    SINGLE = "single"
    COMPREHENSIVE = "comprehensive"


class Purpose(StrEnum):
    """What the drill is for."""

    CHECKING = "checking"
    SHOWING = "showing"
    RESEARCH = "research"


class Role(StrEnum):
    """What a person does in a drill."""

    DIRECTOR = "director"
    CONTROLLER = "controller"
    EVALUATOR = "evaluator"
    PLAYER = "player"


class DrillState(StrEnum):
    """Where a drill stands."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@record
class Participant:
    """A person of the drill, with role and, for players, the post they play."""

    person: Code
    role: Role
    post: Line = ""


@record
class Objective:
    """What the drill shall show; `capability` is the ability that it proves."""

    id: Code
    text: Name
    capability: Name


@record
class ReservedMaterial:
    """Material the drill needs, held for it in stock. The quantity is in the item's smallest unit."""

    item: Code
    place: Code
    quantity: Positive
    reservations: tuple[Code, ...] = ()
    """The stock reservations that hold it, lot by lot; none until the drill's materials are reserved."""
    issued: bool = False
    """Whether it has left the place for the drill's account."""


@record
class Drill(Document):
    """One drill, from its plan to its closing."""

    table = "drills.drills"
    indexes = ("unit", "state")

    name: Name
    unit: Code
    plan: Name
    """The contingency plan that is drilled."""
    scenario: Note = ""
    form: Form = Form.TABLETOP
    content: Content = Content.SINGLE
    purpose: Purpose = Purpose.CHECKING
    scripted: bool = True
    """False for a scriptless drill (无脚本): players do not know what comes."""
    place: Line = ""
    starts_at: datetime
    minutes: DrillMinutes = 120
    """Planned length."""
    scenario_starts_at: datetime | None = None
    """What the clock says in the scenario when the drill begins; none when it is the real time."""
    participants: tuple[Participant, ...] = ()
    objectives: tuple[Objective, ...] = ()
    materials: tuple[ReservedMaterial, ...] = ()
    account: Code | None = None
    """The stock account to which the drill's materials are issued; none before the first issue."""
    safety: Note = ""
    budget_fen: Natural = 0
    """Money, in hundredths of a yuan."""
    state: DrillState = DrillState.PLANNED
    state_reason: Line = ""
    """Why it was postponed, is held despite a response level, or was cancelled."""
    kept_under: Line = ""
    """The response level, `I` to `IV`, under which it is held on purpose; empty where nobody decided that."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold the drill to one objective for an id, and one role for a person."""
        if len({objective.id for objective in self.objectives}) < len(self.objectives):
            yield "objectives", say("must each have an id of their own")
        if len({participant.person for participant in self.participants}) < len(self.participants):
            yield "participants", say("must each be named once")


class InjectKind(StrEnum):
    """What a line of the script is."""

    INJECT = "inject"
    EXPECTED = "expected-action"
    CONTINGENCY = "contingency"
    """Kept ready, and released only if players need it."""


class InjectStatus(StrEnum):
    """Draft and approved belong to the script; the rest to one run of it."""

    DRAFT = "draft"
    APPROVED = "approved"
    RELEASED = "released"
    DONE = "done"
    DEFERRED = "deferred"
    MISSED = "missed"


@record
class Inject(Document):
    """One line of the script (the master scenario events list). Players' papers never show it."""

    table = "drills.injects"
    indexes = ("drill",)

    drill: Code
    number: Positive
    """Unique in the drill; people call the line by it."""
    offset: Seconds
    """Seconds of drill time after the start."""
    scenario_at: datetime | None = None
    """The time in the scenario, where it jumps; else it follows from the drill's scenario start and the offset."""
    kind: InjectKind = InjectKind.INJECT
    text: Note
    method: Line = ""
    """How it reaches the players: phone, radio, paper, a person."""
    sender: Line = ""
    recipient: Line = ""
    """The player or the post that gets it."""
    expected: Note = ""
    """What the players should do."""
    objective: Code | None = None
    evaluator: Code | None = None
    author: Code
    """Who wrote the line as it now stands; somebody else approves it."""
    approver: Code | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold a line to saying something, and to an approver who is not its author."""
        if not self.text:
            yield "text", say("must not be empty")
        if self.approver is not None and self.approver == self.author:
            yield "approver", say("must be another person than the author")

    @property
    def status(self) -> InjectStatus:
        """Where the line stands in the script, apart from any run."""
        return InjectStatus.DRAFT if self.approver is None else InjectStatus.APPROVED


@record
class Settings(Document):
    """What an office may set for its drills; one document with the id `drills`."""

    table = "drills.settings"

    evaluation_days: Days = 90
    """Days after a drill by which it must be closed."""
    evaluation_source: Line = "HSEEP"
    weekdays: tuple[int, ...] = (1, 2, 3)
    """Days of the week on which a year's plan puts drills; Monday is 0."""
    starts: time = time(9)
    """Local time at which planned drills begin."""
    minutes: DrillMinutes = 120
    """Planned length of drills that a year's plan makes."""
    spread_weeks: Weeks = 12
    """How many weeks before its due day a year's plan may put a drill."""
    due_soon_days: Days = 30
    """How long before its due day an obligation without a planned drill is pointed out."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Hold the year's plan to at least one real weekday."""
        if not self.weekdays or not all(0 <= day <= 6 for day in self.weekdays):
            yield "weekdays", say("must be days from 0 (Monday) to 6 (Sunday)")


SETTINGS = "drills"
