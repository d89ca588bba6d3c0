"""The documents of a shift at work: log, follow-ups, handover, post checks, call rounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Note, record
from floodready.language import Sentence, say, say_as


class LogKind(StrEnum):
    """What an entry of the duty log (值班日志) is about."""

    CALL = "call"
    DANGER = "danger"
    INSTRUCTION = "instruction"
    WEATHER = "weather"
    NOTE = "note"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _LOG_WORDS[self]


_LOG_WORDS = {
    LogKind.CALL: say("call"),
    LogKind.DANGER: say("danger report"),
    LogKind.INSTRUCTION: say("instruction"),
    LogKind.WEATHER: say("weather"),
    LogKind.NOTE: say("note"),
}


class Direction(StrEnum):
    """Whether word came in or went out."""

    IN = "in"
    OUT = "out"

    @property
    def word(self) -> Sentence:
        """The direction in the reader's language."""
        return _DIRECTION_WORDS[self]


_DIRECTION_WORDS = {Direction.IN: say("in"), Direction.OUT: say("out")}


@record
class LogEntry(Document):
    """One line of the duty log. It is never edited: a correction is a further line that names this one."""

    table = "duty.log"
    indexes = ("unit", "kind")

    unit: Code
    kind: LogKind
    at: datetime
    """When it happened, UTC."""
    direction: Direction = Direction.IN
    source_unit: Line = ""
    source_person: Line = ""
    phone: Line = ""
    content: Note
    instruction: Note = ""
    """What was ordered on it."""
    handler: Code | None = None
    result: Note = ""
    closed_at: datetime | None = None
    """When the matter was closed, UTC, where it was closed at once; an open item has its own end."""
    major: bool = False
    """A major danger: the leader must be on site while it is open."""
    corrects: Code | None = None
    written_by: Code
    written_at: datetime

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand content."""
        if not self.content:
            yield "content", say("must not be empty")


class FollowUpState(StrEnum):
    """How a follow-up stands."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"

    @property
    def word(self) -> Sentence:
        """The state in the reader's language."""
        return _FOLLOW_WORDS[self]


_FOLLOW_WORDS = {
    FollowUpState.OPEN: say_as("a matter", "open"),
    FollowUpState.WAITING: say("waiting for an answer"),
    FollowUpState.DONE: say("done"),
}


@record
class FollowUp(Document):
    """What a log entry still asks for; it stays open across shifts until it is done."""

    table = "duty.follow_ups"
    indexes = ("unit", "state")

    unit: Code
    entry: Code
    task: Name
    owner: Code | None = None
    due_at: datetime | None = None
    state: FollowUpState | None = FollowUpState.OPEN
    major: bool = False
    done_at: datetime | None = None
    result: Line = ""


@record
class Figure:
    """A station's last figure as it was read out at handover."""

    station: Code
    text: Line


@record
class Handover(Document):
    """A handover (交接班): open items, log and station figures gone through, signed by both sides.

    It is completed by the second signature; the shift's log is closed with it.
    """

    table = "duty.handovers"
    indexes = ("unit",)

    unit: Code
    shift_from_at: datetime
    due_at: datetime
    """The handover instant of the roster, UTC."""
    begun_at: datetime
    outgoing: tuple[Code, ...]
    incoming: tuple[Code, ...]
    open_items: tuple[Code, ...] = ()
    """The follow-ups that go over to the next shift."""
    entries: Natural = 0
    """How many lines of the log were gone through."""
    figures: tuple[Figure, ...] = ()
    remarks: Note = ""
    signed_out_by: Code | None = None
    signed_out_at: datetime | None = None
    signed_in_by: Code | None = None
    signed_in_at: datetime | None = None

    @property
    def completed_at(self) -> datetime | None:
        """The instant of the second signature, UTC; None while one is missing."""
        if self.signed_out_at is None or self.signed_in_at is None:
            return None
        return max(self.signed_out_at, self.signed_in_at)


@record
class PostCheck(Document):
    """A check that a post is manned (查岗)."""

    table = "duty.post_checks"
    indexes = ("unit",)

    unit: Code
    at: datetime
    method: Name
    """Telephone, video, visit."""
    whom: Code | None = None
    """Who answered; None where nobody did."""
    rings: Natural | None = None
    """Rings until answered; None where nobody answered or it was no call."""
    on_site: bool
    forwarded: bool = False
    """The duty line was forwarded to a mobile, which is not allowed."""
    missed: bool
    """By the rules of the day: no answer within the rings, not on site, or forwarded."""
    checked_by: Code
    note: Line = ""
    explanation: Note = ""
    """The written explanation of the unit's head for a miss."""
    explained_by: Code | None = None
    explained_at: datetime | None = None
    accepted_by: Code | None = None
    """Who accepted the explanation; the record that asked for it is closed with it."""
    accepted_at: datetime | None = None

    @property
    def reference(self) -> str:
        """How the record that asks for an explanation names this check as its source."""
        return f"{self.table}/{self.id}"


class CallAnswer(StrEnum):
    """How a test call ended."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"
    CHANGED = "changed"

    @property
    def word(self) -> Sentence:
        """The answer in the reader's language."""
        return _CALL_WORDS[self]


_CALL_WORDS = {
    CallAnswer.REACHED: say("reached"),
    CallAnswer.NO_ANSWER: say("no answer"),
    CallAnswer.WRONG_NUMBER: say("wrong number"),
    CallAnswer.CHANGED: say("number changed"),
}


@record
class RoundCall:
    """One call of a round."""

    person: Code
    number: Line
    answer: CallAnswer
    at: datetime


@record
class CallRound(Document):
    """A communication check (通讯联络检查): everyone on the list is called and each answer is kept."""

    table = "duty.call_rounds"
    indexes = ("unit",)

    unit: Code
    begun_at: datetime
    people: tuple[Code, ...]
    calls: tuple[RoundCall, ...] = ()
    finished_at: datetime | None = None
