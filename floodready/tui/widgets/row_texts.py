"""The folded text of a table's rows, kept while the rows and the language stay: what a filter looks in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from floodready.language import current_language
from floodready.text import folded
from floodready.tui.matching import matches, understood

if TYPE_CHECKING:
    from floodready.tui.widgets.virtual_table import Column

R = TypeVar("R")


class RowTexts(Generic[R]):
    """Reads each row once; typing on in a filter then only compares."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        self.rows = rows
        self._columns = {column.id: column for column in columns}
        self._texts: dict[int, str] = {}
        self._language = ""

    @property
    def unread(self) -> int:
        """How many rows must still be read."""
        self._forget_other_language()
        return len(self.rows) - len(self._texts)

    def read(self, first: int, many: int) -> None:
        """Read some rows ahead."""
        for index in range(first, min(first + many, len(self.rows))):
            self._text(index)

    def fitting(self, filter: str) -> Sequence[int]:
        """Give the places of the rows that fit a filter, in order."""
        terms = understood(filter, self._names())
        if not terms:
            return range(len(self.rows))
        self._forget_other_language()
        if all(term.column is None for term in terms):
            pairs = [(term.needle, term.wanted) for term in terms]
            texts = (self._text(index) for index in range(len(self.rows)))
            return [index for index, text in enumerate(texts) if all((n in text) is wanted for n, wanted in pairs)]
        return [
            index
            for index in range(len(self.rows))
            if matches(terms, lambda column, index=index: self._cell(column, index))  # type: ignore[misc] # bound now
        ]

    def _cell(self, column: str | None, index: int) -> str:
        if column is None:
            return self._text(index)
        return folded(str(self._columns[column].cell(self.rows[index])))

    def _text(self, index: int) -> str:
        text = self._texts.get(index)
        if text is None:
            row = self.rows[index]
            cells = (str(column.cell(row)) for column in self._columns.values())
            text = self._texts[index] = folded("\x00".join(cells))
        return text

    def _names(self) -> dict[str, str]:
        named = {folded(str(column.heading)): id for id, column in self._columns.items()}
        return {**named, **{id: id for id in self._columns}}

    def _forget_other_language(self) -> None:
        if self._language != current_language():
            self._language = current_language()
            self._texts.clear()
