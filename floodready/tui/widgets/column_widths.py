"""How columns share a width, and how a text fills its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len, set_cell_size

from floodready.tui.theme import mark

if TYPE_CHECKING:
    from floodready.tui.widgets.column import Column

R = TypeVar("R")
GAP = 2
"""Cells between columns."""


_SAMPLE = 100
"""Rows that are measured; a longer text among the others is cut."""
_MARK = 2
"""Cells behind a heading for the mark of the order."""


def laid_out(columns: Sequence[Column[R]], rows: Sequence[R], room: int) -> list[tuple[Column[R], int]]:
    """Give the columns that fit a width, in order, each with its cells.

    What a column does not need for these rows goes to those whose texts are longer; growing ones share what is left.
    Where not even those fit that must be seen, the widest gives way, so that its text ends in an ellipsis.
    """
    kept = _kept(columns, room)
    needed = _needed(kept, rows)
    widths = [min(column.width, need) for column, need in zip(kept, needed, strict=True)]
    left = room - sum(widths) - GAP * (len(kept) - 1)  # behind the last column no gap is needed
    if left < 0:
        widest = widths.index(max(widths))
        widths[widest] = max(1, widths[widest] + left)
        return list(zip(kept, widths, strict=True))
    left = _shared(widths, needed, max(0, left - 1))  # no text touches the scroll bar
    shares = sum(column.grow for column in kept)
    return [
        (column, width + (left * column.grow // shares if shares else 0))
        for column, width in zip(kept, widths, strict=True)
    ]


def _kept(columns: Sequence[Column[R]], room: int) -> list[Column[R]]:
    kept = list(columns)
    while len(kept) > 1 and sum(column.width + GAP for column in kept) > room:
        least = max(column.priority for column in kept)
        if least == 1:
            break
        kept.remove(next(column for column in reversed(kept) if column.priority == least))
    return kept


def _needed(columns: Sequence[Column[R]], rows: Sequence[R]) -> list[int]:
    """Give the cells in which each column's heading and texts stand whole; their widths where there are no rows."""
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    if not sample:
        return [column.width for column in columns]
    return [
        max(cell_len(str(column.heading)) + _MARK, *(cell_len(str(column.cell(row))) for row in sample))
        for column in columns
    ]


def _shared(widths: list[int], needed: Sequence[int], left: int) -> int:
    """Widen the columns whose texts are longer, the ones that lack least first; gives what is left then."""
    lacking = sorted((need - width, place) for place, (need, width) in enumerate(zip(needed, widths, strict=True)))
    lacking = [(lack, place) for lack, place in lacking if lack > 0]
    for number, (lack, place) in enumerate(lacking):
        given = min(lack, left // (len(lacking) - number))
        widths[place] += given
        left -= given
    return left


def fitted(text: str, width: int, right: bool) -> str:
    """Fill a width with a text, set left or right."""
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """Cut by cells, never by characters: a Chinese character is two cells wide."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + mark("…")
