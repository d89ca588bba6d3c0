"""A month as a grid of days, to choose one in. Each day shows its number and a mark with a tone."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from rich.cells import set_cell_size
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from floodready.horizon import too_far
from floodready.language import say
from floodready.tui.keys import Group, bind
from floodready.tui.theme import Tone
from floodready.workdays import day_of_month

WEEKDAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
CELL = 6


class DayMark(NamedTuple):
    """What stands on a day: a short mark, and the colour that repeats what it says."""

    mark: str
    tone: Tone | None = None


class CalendarGrid(Widget, can_focus=True):
    """One month, weeks from Monday; the arrows move by days and weeks, over the month's edge into the next."""

    DEFAULT_CSS = """
    CalendarGrid { width: 44; height: 8; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("calendar.day", "right,l", "days(1)", say("next day"), say("To the next day."), group=Group.LIST,
             shown=False),
        bind("calendar.day_before", "left,h", "days(-1)", say("day before"), say("To the day before."),
             group=Group.LIST, shown=False),
        bind("calendar.week", "down,j", "days(7)", say("next week"), say("A week on."), group=Group.LIST, shown=False),
        bind("calendar.week_before", "up,k", "days(-7)", say("week before"), say("A week back."), group=Group.LIST,
             shown=False),
        bind("calendar.month", "pagedown", "months(1)", say("month on"), say("A month on."), group=Group.LIST),
        bind("calendar.month_before", "pageup", "months(-1)", say("month back"), say("A month back."),
             group=Group.LIST),
        bind("calendar.choose", "enter", "choose", say("choose"), say("Choose the day."), group=Group.LIST),
    ]  # fmt: skip

    day: reactive[date] = reactive(date(2000, 1, 1))

    @dataclass
    class Moved(Message):
        """Another day is under the cursor."""

        grid: CalendarGrid
        day: date

        @property
        def control(self) -> CalendarGrid:
            return self.grid

    @dataclass
    class Chosen(Message):
        """Enter on a day."""

        grid: CalendarGrid
        day: date

        @property
        def control(self) -> CalendarGrid:
            return self.grid

    def __init__(self, day: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(CalendarGrid.day, day)
        self._marks: Mapping[date, DayMark] = {}

    def show_marks(self, marks: Mapping[date, DayMark]) -> None:
        """Show what stands on the days."""
        self._marks = marks
        self.refresh()

    def render(self) -> RenderResult:
        heads = "".join(set_cell_size(str(name), CELL) for name in WEEKDAYS)
        weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
        lines = [Content.styled(f"{self.day:%Y-%m}", "bold"), Content.styled(heads, "$tone-muted")]
        lines += [Content("").join(self._cell(day) for day in week) for week in weeks]
        return Content("\n").join(lines)

    def action_days(self, by: int) -> None:
        self._go(self.day + timedelta(by))

    def action_months(self, by: int) -> None:
        year, month = divmod(self.day.year * 12 + self.day.month - 1 + by, 12)
        self._go(day_of_month(year, month + 1, self.day.day))

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self, self.day))

    def _go(self, day: date) -> None:
        if too_far(day) is None:
            self.day = day
            self.post_message(self.Moved(self, day))

    def _cell(self, day: date) -> Content:
        if day.month != self.day.month:
            return Content(" " * CELL)
        found = self._marks.get(day, DayMark(""))
        text = set_cell_size(f"{day.day:>2} {found.mark}", CELL - 1)
        if day == self.day:
            return Content.assemble(Content.styled(text, "$cursor-text on $cursor"), " ")
        return Content.assemble(Content.styled(text, f"$tone-{found.tone}") if found.tone else Content(text), " ")
