"""Telling how far the reading of a file's rows is, in one way for all imports, so that a person can stop it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from floodready.materials.commands_import import Progress

T = TypeVar("T")
EVERY = 500
"""Rows between two tellings: often enough to stop at once, too seldom to slow the reading."""


def telling(rows: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Give the rows one by one and tell, every so often, how many of how many are done.

    What `progress` raises stops the reading and goes to the caller.
    """
    for done, row in enumerate(rows):
        if progress is not None and done % EVERY == 0:
            progress(done, len(rows))
        yield row
