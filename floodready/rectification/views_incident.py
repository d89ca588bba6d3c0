"""Accidents with what each says of the search for hazards before it, and who knew what when, in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.lookup import person_names, unit_names
from floodready.rectification.accountability import cause_of, who_knew
from floodready.rectification.models import Finding, Incident, IncidentCause
from floodready.rectification.states import State

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import Store, View


@frozen
class IncidentRow:
    """One accident and what the journal says of the hazard that caused it."""

    incident: Incident
    unit_name: str
    cause: IncidentCause


@frozen
class KnewRow:
    """One moment in which somebody came to know of a record."""

    at: datetime
    person: str
    person_name: str
    how: Sentence
    """Whether the person acted or was named by another's act."""
    command: str
    state: State
    deadline_on: str
    reason: str
    seq: int


def incident_rows(view: View, store: Store, zone: ZoneInfo) -> list[IncidentRow]:
    """Give the accidents, the latest first; `store` holds the journal."""
    units = unit_names(view)
    rows = []
    for incident in sorted(view.all(Incident), key=lambda one: one.happened_at, reverse=True):
        finding = view.get(Finding, incident.finding) if incident.finding else None
        history = store.history(Finding.table, incident.finding) if incident.finding else ()
        cause = cause_of(finding, history, local_day(incident.happened_at, zone), incident.happened_at)
        rows.append(IncidentRow(incident=incident, unit_name=units.get(incident.unit, incident.unit), cause=cause))
    return rows


def knew_rows(view: View, store: Store, number: str, until: datetime) -> list[KnewRow]:
    """Give who knew what of a record when, oldest first, up to an instant."""
    names = person_names(view)
    return [
        KnewRow(
            at=moment.at,
            person=moment.person,
            person_name=names.get(moment.person, moment.person),
            how=say("named") if moment.told else say("acted"),
            command=moment.command,
            state=State(moment.state),
            deadline_on=str(moment.deadline_on or ""),
            reason=moment.reason,
            seq=moment.seq,
        )
        for moment in who_knew(store.history(Finding.table, number), number, until)
    ]
