"""One row of a ledger that an office kept before, as it is to be opened as a record."""

from __future__ import annotations

from datetime import date

from floodready.frozen import frozen
from floodready.rectification.models import FiveFixes
from floodready.rectification.states import Grade, Source


@frozen
class LedgerRow:
    """What a ledger tells of one hazard.

    The grade is the office's own decision: it is taken, with the ledger named as its basis and whoever imports it as
    the person who answers for it. Person, deadline, measures and money are proposals until the hazard is assigned.
    """

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
    measures: str = ""
    fixes: FiveFixes | None = None
    """Holds only the money, where the ledger names it."""
    progress: str = ""
    grade: Grade | None = None
    basis: str = ""
    """The ledger, the number in it, and who graded there; stands exactly where there is a grade."""
