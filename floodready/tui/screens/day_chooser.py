"""A calendar over a form: the day of a field is chosen in it, with holidays and weekends marked."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from floodready.clock import WEEKDAYS
from floodready.language import Sentence, say
from floodready.tui.duty_app import InDutyApp
from floodready.tui.screens.dialog import Dialog
from floodready.tui.theme import Tone
from floodready.tui.widgets.calendar_grid import CalendarGrid, DayMark
from floodready.tui.widgets.words import Words
from floodready.tui.work import start
from floodready.workdays import DayCorrection, DayKind, calendar_with

if TYPE_CHECKING:
    from floodready.store.contract import View

_MARKS = {DayKind.HOLIDAY: DayMark("+", Tone.GOOD), DayKind.WEEKEND: DayMark("-", Tone.MUTED)}
"""Signs, too: whoever sees no colours reads them, and the line below says what the day is."""


class DayChooser(InDutyApp, Dialog[date]):
    """Gives the day that was chosen; Esc leaves the field as it is."""

    AUTO_FOCUS = "CalendarGrid"
    DEFAULT_CSS = """
    DayChooser > Vertical { width: 50; }
    """

    def __init__(self, title: Sentence, near: date) -> None:
        super().__init__(title)
        self._near = near
        self._kinds: dict[date, DayKind] = {}
        """What the days of the months read so far are."""

    def body(self) -> ComposeResult:
        yield CalendarGrid(self._near, id="calendar")
        yield Words(self._told(self._near), id="day")

    def on_mount(self) -> None:
        self._show(self._near)

    @on(CalendarGrid.Moved)
    def go(self, moved: CalendarGrid.Moved) -> None:
        """Say what the day is."""
        self._show(moved.day)

    @on(CalendarGrid.Chosen)
    def choose(self, chosen: CalendarGrid.Chosen) -> None:
        """Give the day."""
        self.dismiss(chosen.day)

    def _show(self, day: date) -> None:
        self.query_one("#day", Words).say(self._told(day))
        if day not in self._kinds:
            start(self, partial(self._read, day), "calendar")

    async def _read(self, day: date) -> None:
        room = self.duty_app.room
        self._kinds |= await room.runner.read(lambda: _kinds_of_month(room.view(), day))
        marks = {day: _MARKS[kind] for day, kind in self._kinds.items() if kind in _MARKS}
        grid = self.query_one(CalendarGrid)
        grid.show_marks(marks)
        self.query_one("#day", Words).say(self._told(grid.day))

    def _told(self, day: date) -> Sentence:
        weekday = WEEKDAYS[day.weekday()]
        if day not in self._kinds:
            return say("{day}, {weekday}", day=day.isoformat(), weekday=weekday)
        return say("{day}, {weekday}: {kind}", day=day.isoformat(), weekday=weekday, kind=self._kinds[day].word)


def _kinds_of_month(view: View, near: date) -> dict[date, DayKind]:
    """Tell what the days of a month are, the office's own word above the published one."""
    calendar = calendar_with(view.all(DayCorrection))
    _, last = monthrange(near.year, near.month)
    return {day: calendar.kind(day) for day in (near.replace(day=number) for number in range(1, last + 1))}
