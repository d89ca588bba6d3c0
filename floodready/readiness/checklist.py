"""The pre-season checklist (汛前检查): what is not in order, as records to be put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.readiness.line import Colour, Kind, LineStatus
from floodready.rectification.models import Finding

if TYPE_CHECKING:
    from floodready.store.contract import View

SOURCE = "readiness.lines"
"""The first part of a record's `source_ref`; the line's id follows after a stroke."""


@frozen
class Point:
    """One point of the checklist."""

    status: LineStatus
    record: str | None
    """The open record that speaks of it already; None where one is to be opened."""

    @property
    def text(self) -> Sentence:
        """What is wrong and what mends it, as the record will say."""
        line = self.status.line
        act = self.status.act or line.subject
        return say("{subject}: {cause}. Mend: {act}", subject=line.subject, cause=self.status.cause, act=act)


def points(view: View, statuses: Iterable[LineStatus]) -> list[Point]:
    """Give a point for every line that the rules do not call ready, in the order given.

    An override hides nothing here. A line of an open hazard or task has its record already: it is that record.
    """
    open_ones = {one.source_ref: one.id for one in view.all(Finding) if one.is_open}
    found = []
    for status in statuses:
        if status.computed is Colour.GREEN:
            continue
        record = open_ones.get(source_ref(status.line.id))
        if record is None and status.line.kind is Kind.HAZARD and status.line.opens is not None:
            record = status.line.opens[1]
        found.append(Point(status=status, record=record))
    return found


def source_ref(line: str) -> str:
    """Name a line as the source of a record."""
    return f"{SOURCE}/{line}"
