"""The lines of the monthly and quarterly tables, worded: for the screen, the command line and the file alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import unit_names
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.statistics import TASK, By, Period, Tally, table, total

if TYPE_CHECKING:
    from floodready.store.contract import View

HEADS = (
    say("Found"),
    say("Closed"),
    say("Rate %"),
    say("Still open"),
    say("Overdue"),
    say("Listed"),
    say("Avg days"),
)
"""What is counted, in the order of `figures`."""


@frozen
class TallyRow:
    """One line of a table with its heading in words."""

    key: str
    word: Sentence
    tally: Tally
    rate: int | None
    """Closed of found, whole per cent; None where nothing was found."""
    average_days: int | None
    is_total: bool

    @property
    def figures(self) -> tuple[int | None, ...]:
        """The figures in the order of `HEADS`."""
        t = self.tally
        return (t.found, t.closed, self.rate, t.open, t.overdue, t.listed, self.average_days)


def tally_rows(view: View, findings: Sequence[Finding], period: Period, by: By, today: date) -> list[TallyRow]:
    """Give the lines of a table, the total last; `findings` as `standing_on` the last day of the period gives them."""
    units = unit_names(view)
    lines = [_row(_key_word(by, tally.key, units), tally) for tally in table(findings, period, by, today)]
    return [*lines, _row(say("all"), total(findings, period, today), is_total=True)]


def _row(word: Sentence, tally: Tally, *, is_total: bool = False) -> TallyRow:
    return TallyRow(
        key=tally.key, word=word, tally=tally, rate=tally.rate, average_days=tally.average_days, is_total=is_total
    )


def _key_word(by: By, key: str, units: Mapping[str, str]) -> Sentence:
    match by:
        case By.UNIT:
            return verbatim(units.get(key, key))
        case By.GRADE if key == TASK:
            return say("meeting task")
        case By.GRADE:
            return Grade(key).word if key else say("not yet graded")
        case By.STATE:
            return State(key).word
        case By.SOURCE:
            return Source(key).word
