"""What-if: the documents as they would be if a response level were declared now. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from floodready.frozen import replace
from floodready.season.level import Level
from floodready.season.models_level import Declaration

if TYPE_CHECKING:
    from floodready.document import D
    from floodready.store.contract import P, View

SUPPOSED = "supposed"
"""The id of the declaration that nobody made."""


class SupposedView:
    """A view in which one unit's level is another one from an instant on; all else is as the view below knows it.

    Every pillar reads a level from its declarations, so each line answers what-if by its own rules.
    """

    def __init__(self, view: View, unit: str, level: Level | None, at: datetime) -> None:
        self._view = view
        self._unit = unit
        self._at = at
        self._supposed = Declaration(
            id=SUPPOSED, unit=unit, level=level, authority=SUPPOSED, reason=SUPPOSED, starts_at=at, by=SUPPOSED
        )

    @property
    def seq(self) -> int:
        """The last transaction the view below knows."""
        return self._view.seq

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        if kind.table != Declaration.table:
            return self._view.get(kind, id)
        return next((document for document in self.all(kind) if document.id == id), None)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind; the supposed declaration last."""
        for document in self._view.all(kind):
            yield self._ended(document)
        if kind.table == Declaration.table:
            yield self._supposed  # type: ignore[misc] # D is Declaration where the table is its own

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        if kind.table != Declaration.table:
            return self._view.find(kind, **equal)
        return (one for one in self.all(kind) if all(getattr(one, name) == value for name, value in equal.items()))

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        return self._view.count(kind) + (kind.table == Declaration.table)

    def projection(self, kind: type[P]) -> P:
        """Give a projection of the view below; none follows declarations."""
        return self._view.projection(kind)

    def table_names(self) -> list[str]:
        """Name the tables that hold anything."""
        return sorted({*self._view.table_names(), Declaration.table})

    def _ended(self, document: Any) -> Any:
        if isinstance(document, Declaration) and document.unit == self._unit and document.starts_at <= self._at:
            return replace(document, until_at=min(document.until_at or self._at, self._at))
        return document
