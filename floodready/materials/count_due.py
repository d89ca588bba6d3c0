"""When a place is due for a count: after the interval since its oldest lot was counted, and once before each season."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from floodready.frozen import frozen
from floodready.language import Sentence, say


class CountCause(StrEnum):
    """Why a count is due."""

    NEVER = "never counted"
    INTERVAL = "interval"
    SEASON = "season"

    @property
    def word(self) -> Sentence:
        """The cause in the reader's language."""
        return _CAUSES[self]


_CAUSES = {
    CountCause.NEVER: say("never really counted"),
    CountCause.INTERVAL: say("the interval of counts"),
    CountCause.SEASON: say("before the season"),
}


@frozen
class CountDue:
    """The last day for the next count, and why; no day where nothing was ever counted: it is due at once."""

    due_on: date | None
    cause: CountCause

    def overdue(self, today: date) -> bool:
        """Tell whether the last day has passed; a place that was never counted is overdue."""
        return self.due_on is None or self.due_on < today


def next_count(
    last_on: date | None, interval_days: int, season_starts: Iterable[date], before_season_days: int | None
) -> CountDue:
    """Say when a place last counted on a day (its oldest lot decides) is due again.

    Monthly by default, and once within `before_season_days` before a season begins: the earlier day holds. Both are
    the office's settings; the second may be None.
    """
    if last_on is None:
        return CountDue(due_on=None, cause=CountCause.NEVER)
    found = [CountDue(due_on=last_on + timedelta(interval_days), cause=CountCause.INTERVAL)]
    if before_season_days is not None:
        found += [
            CountDue(due_on=start - timedelta(1), cause=CountCause.SEASON)
            for start in season_starts
            if last_on < start - timedelta(before_season_days)
        ]
    return min(found, key=lambda due: due.due_on or date.min)
