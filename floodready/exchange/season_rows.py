"""What the rows of a file of stations or readings would do, in words; nothing is written yet."""

from __future__ import annotations

from enum import StrEnum

from floodready.exchange.sniff import Sniffed
from floodready.frozen import frozen
from floodready.language import Sentence, say


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BLANK = "blank"
    DOUBTFUL = "doubtful"
    """Taken only where somebody confirms it."""
    PROBLEM = "problem"

    @property
    def word(self) -> Sentence:
        """The outcome in the reader's language."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.NEW: say("new"),
    Outcome.CHANGED: say("changed"),
    Outcome.UNCHANGED: say("there already"),
    Outcome.BLANK: say("blank, not taken"),
    Outcome.DOUBTFUL: say("new, but looks wrong"),
    Outcome.PROBLEM: say("problem"),
}


@frozen
class RowOutcome:
    """One row of the file and what it would do, in words."""

    row: int
    outcome: Outcome
    sentence: Sentence


@frozen
class StagedFile:
    """A file read against the store."""

    sniffed: Sniffed
    rows: tuple[RowOutcome, ...]
    unread: tuple[str, ...]
    """Heads of columns that mean nothing here: a slip in one would lose what stands below it."""

    def count(self, outcome: Outcome) -> int:
        """Count the rows of an outcome."""
        return sum(row.outcome is outcome for row in self.rows)
