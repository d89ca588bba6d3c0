"""The roster as a calendar: days down, posts across, each cell with who takes over that day and the gaps in place."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from floodready.duty.coverage import gaps
from floodready.duty.models import DutySettings
from floodready.duty.plan import Plan
from floodready.duty.roster import plan_of
from floodready.duty.turns import instant_of
from floodready.duty.views import GapRow, SpanRow, gap_row, post_name, span_row
from floodready.duty.whole_turns import whole_turns
from floodready.frozen import frozen
from floodready.store.contract import View
from floodready.workdays import DayKind

_DAY = timedelta(days=1)


@frozen
class Cell:
    """One post on one day."""

    post: str
    post_name: str
    day: date
    begun: tuple[SpanRow, ...]
    """Turns that begin on the day, in order."""
    on: tuple[SpanRow, ...]
    """Turns that began before and go through the whole day."""
    gaps: tuple[GapRow, ...]
    """Gaps that touch the day, cut to the calendar's own stretch."""


@frozen
class Day:
    """One day of the calendar."""

    day: date
    kind: DayKind
    made_up: bool
    """A weekend worked in exchange for a holiday: an ordinary day."""
    cells: tuple[Cell, ...]


@frozen
class DutyCalendar:
    """Some days of a unit, post by post."""

    unit: str
    posts: tuple[str, ...]
    """The posts' names, in the order of the cells."""
    days: tuple[Day, ...]


def calendar_of(view: View, unit: str, first: date, count: int, zone: ZoneInfo, at: datetime) -> DutyCalendar:
    """Give `count` days from `first`; `at` is the instant by whose day phones are judged.

    A past that lies before the unit's first rota has no gaps: no roster was kept of it, and nobody can fill it now.
    """
    plan = plan_of(view, unit, zone)
    start, end = instant_of(first, time(), zone), instant_of(first + count * _DAY, time(), zone)
    spans = whole_turns(plan, start - _DAY, end + _DAY, at)
    short = gaps(plan, max(start, _kept_since(plan, at)), end)
    posts = _posts(plan.settings, {span.post for span in spans})
    days = []
    for day in (first + number * _DAY for number in range(count)):
        low, high = instant_of(day, time(), zone), instant_of(day + _DAY, time(), zone)
        touching = [span for span in spans if span.start < high and span.end > low]
        cells = tuple(
            Cell(
                post=post,
                post_name=post_name(view, post),
                day=day,
                begun=tuple(span_row(view, unit, s, at, zone) for s in touching if s.post == post and s.start >= low),
                on=tuple(
                    span_row(view, unit, s, at, zone)
                    for s in touching
                    if s.post == post and s.start < low and s.end >= high
                ),
                gaps=tuple(
                    gap_row(view, unit, gap, zone)
                    for gap in short
                    if gap.post == post and gap.start < high and gap.end > low
                ),
            )
            for post in posts
        )
        kind = plan.calendar.kind(day)
        days.append(Day(day=day, kind=kind, made_up=kind is DayKind.ORDINARY and day.weekday() > 4, cells=cells))
    return DutyCalendar(unit=unit, posts=tuple(post_name(view, post) for post in posts), days=tuple(days))


def _kept_since(plan: Plan, at: datetime) -> datetime:
    """Give the instant, UTC, from which the unit's roster is kept here: its first rota's start, at the latest `at`."""
    return min((since for _, since, _ in (*plan.rotas_in_order(), *plan.temporary_windows()) if since < at), default=at)


def _posts(settings: DutySettings, seen: set[str]) -> list[str]:
    needed = [need.post for need in settings.needs]
    return [*needed, *sorted(seen - set(needed))]
