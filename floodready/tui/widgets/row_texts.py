"""The folded text of a table's rows, kept while the rows and the language stay, and what a filter finds in it.

All long work is cut into slices, so that the loop draws and takes keys between them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from floodready.language import current_language
from floodready.text import folded
from floodready.tui.by_sound import fits, may_be_sound
from floodready.tui.matching import Term, is_narrower, understood

if TYPE_CHECKING:
    from floodready.tui.widgets.column import Column

R = TypeVar("R")
READ_AT_ONCE, COMPARED_AT_ONCE, LOOKED_UP_AT_ONCE = 200, 10_000, 500
"""Rows a slice: reading one (every cell, folded) costs about 30 µs, comparing its text 0.1, reading one column 5."""


class RowTexts(Generic[R]):
    """Reads each row once; typing on in a filter then only compares what the shorter filter had found."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        self.rows = rows
        self._columns = {column.id: column for column in columns}
        self._texts: list[str] = []
        self._characters: set[str] = set()
        """All that occur in these texts."""
        self._language = ""
        self._found: tuple[tuple[Term, ...], list[int]] | None = None
        """The last filter and all it found."""

    def reading(self) -> Generator[None, None, None]:
        """Read all rows that are not read yet; stops after each slice."""
        self._forget_other_language()
        texts, columns = self._texts, tuple(self._columns.values())
        while len(texts) < len(self.rows) and texts is self._texts:
            for row in self.rows[len(texts) : len(texts) + READ_AT_ONCE]:
                text = folded("\x00".join([str(column.cell(row)) for column in columns]))
                self._characters.update(text)
                texts.append(text)
            yield

    def fitting(self, filter: str) -> Sequence[int]:
        """Give the places of the rows that fit a filter, in order."""
        finding = self.finding(filter)
        while True:
            try:
                next(finding)
            except StopIteration as end:
                found: Sequence[int] = end.value
                return found

    def finding(self, filter: str) -> Generator[None, None, Sequence[int]]:
        """Find the places of the rows that fit a filter, in order; stops after each slice and returns them."""
        terms = understood(filter, self._names())
        if not terms:
            return range(len(self.rows))
        self._forget_other_language()
        among: Sequence[int] = range(len(self.rows))
        if self._found is not None and is_narrower(terms, self._found[0]):
            among = self._found[1]
        plain = all(term.column is None for term in terms)
        if any(term.column is None or may_be_sound(term.needle) for term in terms):
            yield from self.reading()
        tests = [(term, fits(term.needle, self._characters)) for term in terms]
        found: list[int] = []
        for part in _slices(among, COMPARED_AT_ONCE if plain else LOOKED_UP_AT_ONCE):
            found += self._fitting_all(tests, part)
            yield
        self._found = terms, found
        return found

    def _fitting_all(self, tests: list[tuple[Term, Callable[[str], bool]]], among: Iterable[int]) -> Iterable[int]:
        texts = self._texts
        for (column, _, wanted), test in tests:
            if column is None:
                among = [index for index in among if test(texts[index]) is wanted]
            else:
                among = [index for index in among if test(self._cell(index, column)) is wanted]
        return among

    def _cell(self, index: int, column: str) -> str:
        return folded(str(self._columns[column].cell(self.rows[index])))

    def _names(self) -> dict[str, str]:
        named = {folded(str(column.heading)): id for id, column in self._columns.items()}
        return {**named, **{id: id for id in self._columns}}

    def _forget_other_language(self) -> None:
        if self._language != current_language():
            self._language = current_language()
            self._texts, self._characters, self._found = [], set(), None


def _slices(places: Sequence[int], many: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(places), many):
        yield places[first : first + many]
