"""The order of a table's rows by one column, worked out once: a filter only takes from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from floodready.text import alphabetical

if TYPE_CHECKING:
    from floodready.tui.widgets.column import Column

R = TypeVar("R")


class RowRanks(Generic[R]):
    """Rows, and their order by the column last asked for."""

    def __init__(self, rows: Sequence[R]) -> None:
        self._rows = rows
        self._column = ""
        self._ranks: list[int] = []

    def sorted_by(self, column: Column[R], among: Sequence[int]) -> Sequence[int]:
        """Give these places of rows from the least to the greatest; equals stay as they came."""
        if self._column != column.id:
            order: Callable[[R], Any] = column.order or (lambda row: alphabetical(str(column.cell(row))))
            values = [order(row) for row in self._rows]
            self._column, self._ranks = column.id, sorted(range(len(values)), key=values.__getitem__)
        if len(among) == len(self._rows):
            return self._ranks
        wanted = set(among)
        return [index for index in self._ranks if index in wanted]
