"""One row of a ledger that an office kept before, as it is to be opened as a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floodready.rectification.states import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What a ledger tells of one hazard. Grade is not taken: a named person grades, by a criterion."""

    unit: str
    source: Source
    source_ref: str
    """The number that the hazard had in the office's own ledger."""
    found_on: date
    found_by: str
    place: str
    kind: str
    description: str
    harm: str
    interim: str
    responsible: str | None
    deadline_on: date | None
