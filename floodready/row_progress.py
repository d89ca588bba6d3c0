"""Telling how far the work on a file's rows is, in one way for all imports, so that a person can stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told (rows done, rows) while rows are read or prepared; may raise to stop: then nothing is written."""
EVERY = 500
"""Rows between two tellings: often enough to stop at once, too seldom to slow the work."""


def telling(rows: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Give the rows one by one and tell, every so often, how many of how many are done.

    What `progress` raises stops the work and goes to the caller.
    """
    for done, row in enumerate(rows):
        if progress is not None and done % EVERY == 0:
            progress(done, len(rows))
        yield row
