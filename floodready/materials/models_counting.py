"""The documents of counting: sessions, observations, codes that nobody knew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Positive, record
from floodready.language import Sentence, say, say_as


class SessionState(StrEnum):
    """Where a count stands."""

    OPEN = "open"
    POSTED = "posted"
    CANCELLED = "cancelled"

    @property
    def word(self) -> Sentence:
        """The state in the reader's language."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    SessionState.OPEN: say_as("count", "open"),
    SessionState.POSTED: say("posted"),
    SessionState.CANCELLED: say("cancelled"),
}


@record
class SheetLine:
    """One line of the count sheet; its number is its place in the sheet, from 1."""

    place: Code
    lot: Code
    item: Code


@record
class CountSession(Document):
    """A count of places by people. Blind: the book figure is neither on screen nor on the sheet."""

    table = "materials.count_sessions"
    indexes = ("state",)

    name: Name
    places: tuple[Code, ...]
    blind: bool = True
    people: tuple[Code, ...] = ()
    opened_at: datetime
    state: SessionState = SessionState.OPEN
    sheet: tuple[SheetLine, ...] = ()
    posted_at: datetime | None = None
    posted_by: Code | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a count of nothing."""
        if not self.places:
            yield "places", say("needs one place at least")


class How(StrEnum):
    """How a figure was entered."""

    SCAN = "scan"
    KEY = "key"
    SHEET = "sheet"

    @property
    def word(self) -> Sentence:
        """The way in the reader's language."""
        return _HOW_WORDS[self]


_HOW_WORDS = {How.SCAN: say("scanned"), How.KEY: say("typed"), How.SHEET: say("from the count sheet")}


@record
class Observation(Document):
    """What one person saw of one lot in one place. Never changed: a later one adds to it or takes its place.

    `counted` None is *uncounted*: looked for, and no number given. It is never zero.
    """

    table = "materials.observations"
    indexes = ("session",)

    session: Code
    place: Code
    lot: Code
    item: Code
    counted: Natural | None
    """Good and damaged pieces together, in smallest units."""
    damaged: Natural = 0
    typed: Line = ""
    unit_typed: Line = ""
    counter: Code
    counted_at: datetime
    attempt: Positive = 1
    """1 the first counter, 2 the second of a class A item, 3 the recount by a third."""
    adds: bool = False
    """Added to what this counter had counted, instead of taking its place."""
    how: How = How.KEY
    seen_seq: Natural
    """The journal position the counter's terminal had seen."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse more damaged pieces than pieces."""
        if self.counted is not None and self.damaged > self.counted:
            yield "damaged", say("more are damaged than were counted")


@record
class UnresolvedCode(Document):
    """A code scanned in a count that is no lot, place or item: kept for afterwards, the scanning goes on."""

    table = "materials.unresolved_codes"
    indexes = ("session",)

    session: Code
    place: Code
    code: Name
    typed: Line = ""
    counter: Code
    scanned_at: datetime
    resolved_at: datetime | None = None
    answer: Line = ""


class VarianceReason(StrEnum):
    """The coded reasons of a variance."""

    COUNTING_ERROR = "earlier counting error"
    NOT_BOOKED = "movement not booked"
    DAMAGE = "damage"
    THEFT = "theft or loss"
    NATURAL = "natural wastage"
    UNIT_MIXED = "units mixed up"
    UNKNOWN = "unknown"

    @property
    def word(self) -> Sentence:
        """The reason in the reader's language."""
        return _REASON_WORDS[self]


_REASON_WORDS = {
    VarianceReason.COUNTING_ERROR: say("earlier counting error"),
    VarianceReason.NOT_BOOKED: say("movement not booked"),
    VarianceReason.DAMAGE: say("damage"),
    VarianceReason.THEFT: say("theft or loss"),
    VarianceReason.NATURAL: say("natural wastage"),
    VarianceReason.UNIT_MIXED: say("units mixed up"),
    VarianceReason.UNKNOWN: say("unknown"),
}


@record
class CountLine(Document):
    """The posted result of a lot and place: the evidence that it was really counted, equal counts too."""

    table = "materials.count_lines"
    indexes = ("lot", "session")

    session: Code
    place: Code
    lot: Code
    item: Code
    counted: Natural
    book: int
    """The book figure as of the counting moment."""
    damaged: Natural = 0
    counted_at: datetime
    counters: tuple[Code, ...]
    reason: VarianceReason | None = None
    seen_seq: Natural
    posted_seq: Natural
    """The journal position of the posting."""

    @property
    def variance(self) -> int:
        """Counted minus book."""
        return self.counted - self.book
