"""The lines of one source, asked for directly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Line


def lines_of(parts: Callable[[Surroundings], Iterable[Part]], around: Surroundings) -> Iterator[Line]:
    return (line for part in parts(around) for line in part.lines(around))
