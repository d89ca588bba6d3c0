"""How columns share a width, and how a text fills its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len, set_cell_size

from floodready.tui.theme import mark

if TYPE_CHECKING:
    from floodready.tui.widgets.virtual_table import Column

R = TypeVar("R")
GAP = 2
"""Cells between columns."""


def laid_out(columns: Sequence[Column[R]], room: int) -> list[tuple[Column[R], int]]:
    """Give the columns that fit a width, in order, each with its cells; growing ones share what is left.

    Where not even those fit that must be seen, the widest gives way, so that its text ends in an ellipsis.
    """
    kept = list(columns)
    while len(kept) > 1 and sum(column.width + GAP for column in kept) > room:
        least = max(column.priority for column in kept)
        if least == 1:
            break
        kept.remove(next(column for column in reversed(kept) if column.priority == least))
    left = room - sum(column.width + GAP for column in kept)
    if left < -GAP:  # behind the last column no gap is needed
        widest = max(kept, key=lambda column: column.width)
        return [(one, max(1, one.width + left + GAP) if one is widest else one.width) for one in kept]
    left = max(0, left)
    shares = sum(column.grow for column in kept)
    return [(column, column.width + (left * column.grow // shares if shares else 0)) for column in kept]


def fitted(text: str, width: int, right: bool) -> str:
    """Fill a width with a text, set left or right."""
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """Cut by cells, never by characters: a Chinese character is two cells wide."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + mark("…")
