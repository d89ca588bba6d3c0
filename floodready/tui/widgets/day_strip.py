"""The forecast as one line: a mark for each day, or for each week where days do not fit, to the season's end."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from floodready.language import say
from floodready.readiness.forecast import Day
from floodready.readiness.outlook import Cell, cells
from floodready.tui.theme import mark
from floodready.tui.widgets.light import TONES

_DATE = 6
"""The cells of `09-20 `."""


class DayStrip(Widget):
    """Marks in their colours between the first and the last day."""

    DEFAULT_CSS = """
    DayStrip { width: 1fr; height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._days: Sequence[Day] = ()

    def show_days(self, days: Sequence[Day]) -> None:
        """Show a forecast."""
        self._days = days
        self.refresh()

    def render(self) -> RenderResult:
        if not self._days:
            return Content("")
        words = str(say("days"))
        strip = self._fitting(words)
        if len(strip) < len(self._days):
            words = str(say("weeks"))
            strip = self._fitting(words)
        marks = [Content.styled(mark(cell.colour.mark), f"$tone-{TONES[cell.colour].value}") for cell in strip]
        return Content.assemble(
            Content.styled(f"{self._days[0].on:%m-%d} ", "$tone-muted"),
            *marks,
            Content.styled(f" {self._days[-1].on:%m-%d} {words}", "$tone-muted"),
        )

    def _fitting(self, words: str) -> list[Cell]:
        beside = 2 * _DATE + 1 + Content(words).cell_length
        return cells(self._days, max(1, self.content_size.width - beside))
