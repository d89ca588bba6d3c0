"""The words of a rectification record: where it comes from, how grave it is, where it stands."""

from __future__ import annotations

from enum import StrEnum

from floodready.language import Sentence, say, say_as


class Source(StrEnum):
    """Where a record comes from."""

    PATROL = "patrol"
    INSPECTION = "inspection"
    REPORT = "report"
    DRILL = "drill finding"
    STOCK = "stock variance"
    POST_CHECK = "post check"
    MEETING = "meeting"

    @property
    def word(self) -> Sentence:
        """The source in the reader's language."""
        return _SOURCES[self]


_SOURCES = {
    Source.PATROL: say("patrol"),
    Source.INSPECTION: say("inspection"),
    Source.REPORT: say("report"),
    Source.DRILL: say("drill finding"),
    Source.STOCK: say("stock variance"),
    Source.POST_CHECK: say("post check"),
    Source.MEETING: say("meeting"),
}


class Grade(StrEnum):
    """How grave a hazard is."""

    GENERAL = "general"
    MAJOR = "major"

    @property
    def word(self) -> Sentence:
        """The grade in the reader's language."""
        return _GRADES[self]


_GRADES = {Grade.GENERAL: say("general hazard"), Grade.MAJOR: say("major hazard")}


class State(StrEnum):
    """Where a record stands, in the order of the loop; the last two end it."""

    FOUND = "found"
    GRADED = "graded"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def word(self) -> Sentence:
        """The state in the reader's language."""
        return _STATES[self]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be put right under this record."""
        return self not in {State.CLOSED, State.MERGED}


_STATES = {
    State.FOUND: say_as("hazard", "found"),
    State.GRADED: say("graded"),
    State.ASSIGNED: say("assigned"),
    State.RECTIFYING: say("rectifying"),
    State.SUBMITTED: say("submitted"),
    State.CLOSED: say("accepted and closed"),
    State.MERGED: say("merged into another"),
}
OPEN_STATES = frozenset(state for state in State if state.is_open)
