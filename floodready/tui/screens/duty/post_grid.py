"""Days down, posts across: a grid with a cursor that moves by day, week and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rich.cells import set_cell_size
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from floodready.duty.calendar import Cell, Day
from floodready.language import Sentence, say, verbatim
from floodready.tui.keys import Group, bind
from floodready.tui.theme import Tone
from floodready.tui.widgets.calendar_grid import WEEKDAYS
from floodready.tui.widgets.column_widths import fitted
from floodready.workdays import DayKind

_HEAD = 12
"""Cells of the day's own column."""
_LEAST = 16
"""Cells a post needs at least; where there is no room, the posts around the cursor are shown."""


class PostGrid(Widget, can_focus=True):
    """The calendar's cells; it shows the days it was given and asks for others when the cursor leaves them."""

    DEFAULT_CSS = """
    PostGrid { height: 1fr; width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("grid.day", "down,j", "days(1)", say("next day"), say("To the next day."), group=Group.LIST, shown=False),
        bind("grid.day_before", "up,k", "days(-1)", say("day before"), say("To the day before."), group=Group.LIST,
             shown=False),
        bind("grid.post", "right", "post(1)", say("next post"), say("To the next post."), group=Group.LIST,
             shown=False),
        bind("grid.post_before", "left", "post(-1)", say("post before"), say("To the post before."),
             group=Group.LIST, shown=False),
        bind("grid.week", "pagedown", "days(7)", say("next week"), say("A week on."), group=Group.LIST, shown=False),
        bind("grid.week_before", "pageup", "days(-7)", say("week before"), say("A week back."), group=Group.LIST,
             shown=False),
        bind("grid.month", "right_square_bracket,】", "month(1)", say("month on"), say("A month on."),
             group=Group.LIST),
        bind("grid.month_before", "left_square_bracket,【", "month(-1)", say("month back"), say("A month back."),
             group=Group.LIST),
        bind("grid.open", "enter", "open", say("seat"), say("Open the seat: why, and who else could stand it."),
             group=Group.LIST),
    ]  # fmt: skip

    @dataclass
    class Moved(Message):
        """The cursor went to a day."""

        day: date

    @dataclass
    class Opened(Message):
        """Enter on a cell."""

        cell: Cell

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.day = date.min
        self.column = 0
        self._days: Sequence[Day] = ()
        self._posts: Sequence[str] = ()
        self._lines = 1
        self._top = 0

    def show_days(self, days: Sequence[Day], posts: Sequence[str], day: date, lines: int) -> None:
        """Show some days with the cursor on one of them, each in so many lines."""
        self._days, self._posts, self.day, self._lines = days, posts, day, lines
        self.column = min(self.column, max(0, len(posts) - 1))
        self.refresh()

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        found = next((day for day in self._days if day.day == self.day), None)
        return found.cells[self.column] if found is not None and self.column < len(found.cells) else None

    def render(self) -> RenderResult:
        room = self.content_size
        shown = max(1, (room.width - _HEAD) // _LEAST)
        first = min(max(0, self.column - shown + 1), max(0, len(self._posts) - shown))
        posts = self._posts[first : first + shown]
        width = (room.width - _HEAD) // max(1, len(posts))
        heads = "".join(fitted(name, width - 2, right=False) + "  " for name in posts)
        lines = [Content.styled(" " * _HEAD + heads, "$tone-muted bold")]
        fitting = max(1, (room.height - 1) // self._lines)
        place = next((n for n, day in enumerate(self._days) if day.day == self.day), 0)
        self._top = min(max(self._top, place - fitting + 1), place)
        for day in self._days[self._top : self._top + fitting]:
            lines += self._drawn(day, first, len(posts), width)
        return Content("\n").join(lines)

    def action_days(self, by: int) -> None:
        self._go(self.day + timedelta(by))

    def action_month(self, by: int) -> None:
        first = self.day.replace(day=1)
        target = (first + timedelta(31)).replace(day=1) if by > 0 else (first - timedelta(1)).replace(day=1)
        last = (target + timedelta(31)).replace(day=1) - timedelta(1)
        self._go(min(target + timedelta(self.day.day - 1), last))

    def action_post(self, by: int) -> None:
        self.column = min(max(0, self.column + by), max(0, len(self._posts) - 1))
        self.refresh()

    def action_open(self) -> None:
        if self.cell is not None:
            self.post_message(self.Opened(self.cell))

    def _go(self, day: date) -> None:
        self.day = day
        self.refresh()
        self.post_message(self.Moved(day))

    def _drawn(self, day: Day, first: int, count: int, width: int) -> list[Content]:
        """Draw a day: its names, and in the week their hours beneath."""
        head = set_cell_size(f"{day.day:%m-%d} {WEEKDAYS[day.day.weekday()]}{_mark(day)}", _HEAD)
        found = []
        for number in range(self._lines):
            parts = [Content.styled(head if number == 0 else " " * _HEAD, "" if day.kind is DayKind.ORDINARY
                                    else "$tone-muted")]  # fmt: skip
            for place in range(first, first + count):
                cell = day.cells[place]
                text = fitted(str(cell_words(cell, number)), width - 2, right=False)
                style = f"$tone-{Tone.BAD}" if cell.gaps and number == 0 else "$tone-muted" if number else ""
                if day.day == self.day and place == self.column:
                    style = "$cursor-text on $cursor"
                parts.append(Content.styled(text, style) if style else Content(text))
                parts.append(Content("  "))
            found.append(Content("").join(parts))
        return found


def cell_words(cell: Cell, line: int) -> Sentence:
    """Say who takes over in a cell, or what is missing; on the second line the hours or the gap's cause."""
    names = ", ".join(dict.fromkeys(span.name for span in cell.begun))
    if line:
        if cell.gaps:
            return cell.gaps[0].cause
        return cell.begun[0].why if cell.begun else verbatim("")
    if cell.gaps:
        missing = say("✘ {count} missing", count=cell.gaps[0].missing)
        return say("{missing}; on: {names}", missing=missing, names=verbatim(names)) if names else missing
    if not names and cell.on:
        return say("… {names}", names=verbatim(", ".join(dict.fromkeys(span.name for span in cell.on))))
    return verbatim(names)


def _mark(day: Day) -> str:
    return " *" if day.kind is DayKind.HOLIDAY else " +" if day.made_up else ""
