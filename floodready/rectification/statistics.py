"""Statistics as offices file them: monthly and quarterly, by unit, grade, state or source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.rectification.models import Finding
from floodready.rectification.states import State
from floodready.refusal import Refused


class By(StrEnum):
    """What the lines of a table stand for."""

    UNIT = "unit"
    GRADE = "grade"
    STATE = "state"
    SOURCE = "source"

    @property
    def word(self) -> Sentence:
        """The heading in the reader's language."""
        return _WORDS[self]


_WORDS = {By.UNIT: say("Unit"), By.GRADE: say("Grade"), By.STATE: say("State"), By.SOURCE: say("Comes from")}
TASK = "task"
"""The key of meeting tasks in the table by grade: they have none."""
_KEYS: dict[By, Callable[[Finding], str]] = {
    By.UNIT: lambda finding: finding.unit,
    By.GRADE: lambda finding: TASK if finding.is_task else finding.grade.value if finding.grade else "",
    By.STATE: lambda finding: finding.state.value,
    By.SOURCE: lambda finding: finding.source.value,
}


@frozen
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in the period."""
        return day is not None and self.first <= day <= self.last


def require_begun(period: Period, today: date) -> None:
    """Refuse a period of which no day has come: what is open at its end nobody knows. Raises Refused."""
    if period.first > today:
        raise Refused(say("{first} has not come yet: there is nothing to count.", first=period.first))


@frozen
class Tally:
    """One line of a table. Merged records are counted in none: the record they went into is."""

    key: str
    """The unit's id, or the value of the grade (empty: not yet graded; `TASK`), state or source."""
    found: int
    """Found in the period."""
    closed_of_found: int
    """Of those found in the period, closed by its last day."""
    closed: int
    """Closed in the period, whenever found. It never shrinks: an acceptance cannot be undone, and a hazard that came
    back is found anew under a number of its own, while its first closing stays what it was."""
    open: int
    """Open at the end of the period, whenever found."""
    overdue: int
    """Of the open ones, those past their deadline on the last day of the period, or today while it runs."""
    listed: int
    """Of the open ones, those under a higher office on the last day of the period, or today while it runs."""
    days: int
    """Calendar days from found to closed, summed over those closed in the period."""

    @property
    def rate(self) -> int | None:
        """Closed of found in whole per cent, rounded down; None where nothing was found."""
        return 100 * self.closed_of_found // self.found if self.found else None

    @property
    def average_days(self) -> int | None:
        """Average days from found to closed, rounded to the nearest; None where nothing was closed."""
        return (2 * self.days + self.closed) // (2 * self.closed) if self.closed else None


def month(year: int, number: int) -> Period:
    """Give a month."""
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    return Period(first=first, last=after - timedelta(days=1))


def quarter(year: int, number: int) -> Period:
    """Give a quarter, 1 to 4."""
    return Period(first=month(year, 3 * number - 2).first, last=month(year, 3 * number).last)


def table(findings: Iterable[Finding], period: Period, by: By, today: date) -> list[Tally]:
    """Count records, as they stood at the end of the period, by one column, in the order of its values."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.state is not State.MERGED:
            groups.setdefault(_KEYS[by](finding), []).append(finding)
    return [_tally(key, group, period, today) for key, group in sorted(groups.items())]


def total(findings: Iterable[Finding], period: Period, today: date) -> Tally:
    """Count all records, as they stood at the end of the period, together."""
    return _tally("", [finding for finding in findings if finding.state is not State.MERGED], period, today)


def _tally(key: str, findings: list[Finding], period: Period, today: date) -> Tally:
    # A period that still runs cannot make anything overdue before its day has come.
    seen_on = min(period.last, today)
    found = [finding for finding in findings if period.holds(finding.found_on)]
    closed = [finding for finding in findings if period.holds(finding.closed_on)]
    still_open = [
        finding
        for finding in findings
        if finding.found_on <= period.last and (finding.closed_on is None or finding.closed_on > period.last)
    ]
    return Tally(
        key=key,
        found=len(found),
        closed_of_found=sum(one.closed_on is not None and one.closed_on <= period.last for one in found),
        closed=len(closed),
        open=len(still_open),
        overdue=sum(one.deadline_on is not None and one.deadline_on < seen_on for one in still_open),
        listed=sum(one.listed_on(seen_on) for one in still_open),
        days=sum((one.closed_on - one.found_on).days for one in closed if one.closed_on is not None),
    )
