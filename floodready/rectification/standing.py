"""Records as they stood when a period ended, for tables that say the same whenever they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import end_of
from floodready.codec import decode
from floodready.rectification.models import Finding

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import Store, View


def standing_on(store: Store, view: View, last: date, at: datetime, zone: ZoneInfo) -> list[Finding]:
    """Give the records of a view, known at the instant `at`, as they stood at the end of a day in `zone`.

    A day that is not over at `at` has the records as they stand. `store` holds the journal.
    """
    end = end_of(last, zone)
    records = list(view.all(Finding))
    if end > at:
        return records
    past = store.past(end - timedelta(microseconds=1))
    then = {finding.id: finding for finding in past.all(Finding)}
    late = {one.id for one in records if one.id not in then and one.found_on <= last}
    return list(as_they_stood(records, then | _as_opened(store, past.seq, late), last))


def as_they_stood(records: Iterable[Finding], then: Mapping[str, Finding], last: date) -> Iterator[Finding]:
    """Give each record as it stood at the end of a day; `then` has those that had been found, by number.

    What a record says of grade, state and deadline is what was known then. When it was closed is what it says today:
    an acceptance that was entered a day late closed it on the day of the acceptance nevertheless.
    """
    for record in records:
        if record.closed_on is not None and record.closed_on <= last:
            yield record
        elif record.id in then:
            yield then[record.id]


def _as_opened(store: Store, after: int, wanted: set[str]) -> dict[str, Finding]:
    """Give records that were found in time and entered later as they were when entered."""
    opened: dict[str, Finding] = {}
    for entry in store.entries(after) if wanted else ():
        for change in entry.changes:
            if change.table == Finding.table and change.id in wanted and change.after is not None:
                wanted.discard(change.id)
                opened[change.id] = decode(Finding, change.after)
        if not wanted:
            break
    return opened
