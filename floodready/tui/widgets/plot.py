"""A curve of readings with the values that mean something drawn across it. ASCII marks only: they are one cell wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from floodready.language import Sentence, say

LABEL = 12
"""Cells for the figures at the left."""
NAME = 14
"""Cells for the names of the lines at the right."""


class Across(NamedTuple):
    """A value drawn as a line across the plot."""

    name: Sentence
    value: int


class Plot(Widget):
    """Readings over time; the scale holds all readings and the lines near them."""

    DEFAULT_CSS = """
    Plot { height: 10; width: 1fr; padding: 0 1; }
    """

    def __init__(self, zone: ZoneInfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._points: Sequence[tuple[datetime, int]] = ()
        self._lines: Sequence[Across] = ()
        self._figure: Callable[[int], str] = str

    def draw(
        self, points: Sequence[tuple[datetime, int]], lines: Sequence[Across], figure: Callable[[int], str]
    ) -> None:
        """Show readings in order of time; `figure` writes a value."""
        self._points, self._lines, self._figure = points, lines, figure
        self.refresh()

    def render(self) -> RenderResult:
        width, height = self.content_size.width - LABEL - NAME, self.content_size.height - 1
        if width < 8 or height < 2:
            return Content("")
        if not self._points:
            return Content(str(say("No readings yet.")))
        lines = near(self._points, self._lines)
        rows = plotted(self._points, lines, width, height)
        low, high = bounds(self._points, lines)
        drawn = []
        for place, row in enumerate(rows):
            value = high - (high - low) * place // max(1, height - 1)
            across = next((line for line in lines if _row(line.value, low, high, height) == place), None)
            label = self._figure(across.value if across else value)
            label = " " * max(0, LABEL - 1 - cell_len(label)) + label if across or place in (0, height - 1) else ""
            name = f" {across.name}" if across else ""
            drawn.append(
                Content.assemble(
                    Content(set_cell_size(label, LABEL)),
                    Content.styled(row, "$accent"),
                    Content.styled(set_cell_size(name, NAME), "$tone-watch"),
                )
            )
        return Content("\n").join([*drawn, Content(self._times(width))])

    def _times(self, width: int) -> str:
        first, last = (point[0].astimezone(self._zone).strftime("%m-%d %H:%M") for point in self._ends())
        gap = " " * max(1, width - len(first) - len(last))
        return " " * LABEL + (first + gap + last if width > len(first) + len(last) else last)

    def _ends(self) -> tuple[tuple[datetime, int], tuple[datetime, int]]:
        return self._points[0], self._points[-1]


def near(points: Sequence[tuple[datetime, int]], lines: Sequence[Across]) -> list[Across]:
    """Give the lines that belong into the picture: those among the readings, and the next one above them."""
    low, high = min(value for _, value in points), max(value for _, value in points)
    above = min((line.value for line in lines if line.value > high), default=None)
    return [line for line in lines if low <= line.value <= high or line.value == above]


def bounds(points: Sequence[tuple[datetime, int]], lines: Sequence[Across]) -> tuple[int, int]:
    """Give the least and the greatest value drawn."""
    values = [value for _, value in points] + [line.value for line in lines]
    return min(values), max(values)


def plotted(points: Sequence[tuple[datetime, int]], lines: Sequence[Across], width: int, height: int) -> list[str]:
    """Draw readings as `*` and lines as `-`, from the top row down."""
    low, high = bounds(points, lines)
    grid = [[" "] * width for _ in range(height)]
    for line in lines:
        grid[_row(line.value, low, high, height)] = ["-"] * width
    start, end = points[0][0], points[-1][0]
    span = (end - start).total_seconds() or 1
    for at, value in points:
        column = int((at - start).total_seconds() / span * (width - 1))
        grid[_row(value, low, high, height)][column] = "*"
    return ["".join(row) for row in grid]


def _row(value: int, low: int, high: int, height: int) -> int:
    if high == low:
        return height // 2
    return round((high - value) * (height - 1) / (high - low))
