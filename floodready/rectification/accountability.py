"""Who knew what when, read from the journal; and what an accident says of the search before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from floodready.codec import decode
from floodready.frozen import frozen
from floodready.rectification.models import Finding, IncidentCause

if TYPE_CHECKING:
    from floodready.store.contract import Entry


@frozen
class Knew:
    """One moment in which somebody came to know, or did something, about a record."""

    at: datetime
    person: str
    """Who acted, or (`told`) who was named from then on."""
    told: bool
    """The person was named by another's act: as responsible, follower or escalated to."""
    command: str
    state: str
    deadline_on: date | None
    reason: str
    seq: int


def who_knew(history: Iterable[Entry], id: str, until: datetime | None = None) -> Iterator[Knew]:
    """Give every moment at which a person came to know of a record, oldest first, up to and with an instant."""
    for entry in history:
        if until is not None and entry.at > until:
            return
        for change in entry.changes:
            if change.table == Finding.table and change.id == id and change.after is not None:
                yield from _moments(entry, decode(Finding, change.after), change.before)


def cause_of(finding: Finding | None, history: Iterable[Entry], happened_on: date, at: datetime) -> IncidentCause:
    """Tell what an accident says of the search: not found, found and not rectified in time, or neither.

    The record is judged as it was known at the instant of the incident: what was entered later had not been found.
    """
    if finding is None:
        return IncidentCause.NOT_FOUND
    known = _known_at(finding.id, history, at)
    if known is None:
        return IncidentCause.NOT_FOUND
    if not known.is_open:
        return IncidentCause.CLOSED_BEFORE
    late = known.deadline_on is not None and known.deadline_on < happened_on
    return IncidentCause.NOT_RECTIFIED if late else IncidentCause.FOUND_LATE


def _known_at(id: str, history: Iterable[Entry], at: datetime) -> Finding | None:
    """Give a record as the last entry until an instant left it."""
    changes = [change for entry in history if entry.at <= at for change in entry.changes]
    after = [change.after for change in changes if change.table == Finding.table and change.id == id]
    return decode(Finding, after[-1]) if after and after[-1] is not None else None


def _moments(entry: Entry, after: Finding, before: Mapping[str, Any] | None) -> Iterator[Knew]:
    def moment(person: str, *, told: bool) -> Knew:
        return Knew(
            at=entry.at,
            person=person,
            told=told,
            command=entry.command,
            state=after.state.value,
            deadline_on=after.deadline_on,
            reason=entry.reason,
            seq=entry.seq,
        )

    yield moment(entry.person, told=False)
    earlier = _named(decode(Finding, before)) if before is not None else []
    for person in dict.fromkeys(_named(after)):
        if person not in earlier and person != entry.person:
            yield moment(person, told=True)


def _named(finding: Finding) -> list[str]:
    followers = finding.order.followers if finding.order is not None else ()
    named = [finding.responsible, *followers, *(step.person for step in finding.escalations)]
    return [person for person in named if person is not None]
