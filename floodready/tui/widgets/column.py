"""One column of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.tui.theme import Tone

R = TypeVar("R")


@frozen
class Column(Generic[R]):
    """One column: how to read it from a row, and how it gives way on a narrow screen."""

    id: str
    heading: Sentence
    cell: Callable[[R], object]
    """Text, number or sentence; shown as `str` of it."""
    width: int
    """Cells it has at least where its texts need them; longer ones get more where others need less."""
    grow: int = 0
    """Its share of what is left over when every text stands whole."""
    priority: int = 1
    """Where there is no room, the columns of the highest number go first; 1 always stays."""
    order: Callable[[R], Any] | None = None
    """What it is sorted by; None for its text."""
    right: bool = False
    """Whether it is set right, as numbers are."""
    tone: Callable[[R], Tone | None] = lambda _: None
