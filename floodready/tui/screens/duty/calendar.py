"""The duty calendar: a month or a week by post, with the gaps in place; enter opens the seat."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.duty.calendar import Cell, DutyCalendar, calendar_of
from floodready.duty.roster import Candidate, candidates
from floodready.frozen import frozen
from floodready.language import say, verbatim
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_DUTY, POSTS_FIRST, nothing_told
from floodready.tui.room import Room
from floodready.tui.screens.duty import seat_form
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.screens.duty.post_grid import PostGrid
from floodready.tui.widgets.words import NOTHING, Words
from floodready.tui.work import start


@frozen
class Shown:
    """What the screen shows: the calendar around a day, and the people who could be put on."""

    calendar: DutyCalendar | None
    day: date
    people: list[Person]


class CalendarScreen(OfUnitScreen[Shown]):
    """A month or a week of duty, post by post."""

    TITLE_WORDS = say("Duty calendar")
    HELP_WORDS = say("Arrows move by day and post, page keys by week, [ and ] by month. Enter opens the seat.")
    TABLES = frozenset({"duty.", "organisation.", "season."})
    AUTO_FOCUS = "PostGrid"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("calendar_screen.scale", "m", "scale", say("week/month"), say("Switch between the week and the month.")),
        bind("calendar_screen.today", "t", "today", say("today"), say("Back to today.")),
    ]

    def __init__(self, chosen: str | None = None) -> None:
        super().__init__(chosen)
        self._day: date | None = None
        self._by_week = False

    def body(self) -> ComposeResult:
        yield Words(NOTHING, id="span")
        yield PostGrid(id="grid")

    def read_facts(self, view: View, room: Room) -> Shown:
        unit, day = self.unit_shown(view, room), self._day or local_day(room.at(), room.zone)
        if unit is None:
            return Shown(calendar=None, day=day, people=[])
        first, count = _stretch(day, by_week=self._by_week)
        people = active_people(view, unit)
        calendar = calendar_of(view, unit, first, count, room.zone, room.at())
        return Shown(calendar=calendar, day=day, people=people)

    def show_facts(self, facts: Shown) -> None:
        grid, held = self.query_one(PostGrid), facts.calendar
        if held is None or not held.posts:
            self.query_one("#span", Words).say(nothing_told(NO_DUTY, POSTS_FIRST, past=self.room.as_of is not None))
            return
        first, last = held.days[0].day, held.days[-1].day
        gaps = sum(bool(cell.gaps) for day in held.days for cell in day.cells)
        self.query_one("#span", Words).say(
            say(
                "{first} to {last}. Gaps (✘): {gaps}. * holiday, + worked weekend.",
                first=verbatim(first.isoformat()),
                last=verbatim(last.isoformat()),
                gaps=gaps,
            )
        )
        grid.show_days(held.days, held.posts, facts.day, 2 if self._by_week else 1)

    @on(PostGrid.Moved)
    def follow(self, moved: PostGrid.Moved) -> None:
        """Keep the day, and read the next stretch where the cursor left this one."""
        before, self._day = self.facts.calendar if self.facts else None, moved.day
        if before is None or not before.days[0].day <= moved.day <= before.days[-1].day:
            self.read_anew()

    @on(PostGrid.Opened)
    def open_seat(self, opened: PostGrid.Opened) -> None:
        """Ask for who could stand the seat, then open it."""
        start(self, partial(self._open, opened.cell), "seat")

    def action_scale(self) -> None:
        self._by_week = not self._by_week
        self.read_anew()

    def action_today(self) -> None:
        self._day = None
        self.read_anew()

    async def _open(self, cell: Cell) -> None:
        facts, room = self.facts, self.room
        if facts is None or facts.calendar is None:
            return
        unit = facts.calendar.unit
        offered = await room.runner.read(partial(_offered, room, unit, cell))
        self.app.push_screen(seat_form.seat(room, unit, cell, offered, facts.people))


def _offered(room: Room, unit: str, cell: Cell) -> list[Candidate]:
    row = cell.gaps[0] if cell.gaps else next(iter(cell.begun or cell.on), None)
    if row is None:
        return []
    return list(candidates(room.view(), unit, cell.post, row.start, row.end, room.zone))


def _stretch(day: date, *, by_week: bool) -> tuple[date, int]:
    """Give the first day and the number of days of the week or month around a day."""
    if by_week:
        return day - timedelta(day.weekday()), 7
    return day.replace(day=1), monthrange(day.year, day.month)[1]
