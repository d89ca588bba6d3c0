"""How long the resolver, the sweep and the generator take; the peer is the plain sum of the same number of spans."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from statistics import median
from zoneinfo import ZoneInfo

from floodready.clock import in_utc
from floodready.duty.coverage import gaps
from floodready.duty.fairness import TimeClass
from floodready.duty.generator import propose
from floodready.duty.models import DutySettings, Group, PostNeed, Rota, Rotation
from floodready.duty.plan import Plan
from floodready.duty.proposal import Request, Slot
from floodready.duty.resolver import on_duty, timeline
from floodready.workdays import DayCalendar, DayKind

ZONE = ZoneInfo("Asia/Shanghai")
START = in_utc(datetime(2026, 5, 1, 8, tzinfo=ZONE))
YEAR, SEASON = timedelta(days=365), timedelta(days=153)


def plan(unit: str) -> Plan:
    """Make a unit's plan: a leader a day, officers in pairs."""

    def rotation(post: str, groups: tuple[Group, ...]) -> Rotation:
        return Rotation(name=post, post=post, groups=groups, first_on=date(2026, 5, 1), times=(time(8),))

    leaders = tuple(Group(people=(f"{unit}-L{n}",)) for n in range(5))
    officers = tuple(Group(people=(f"{unit}-A{n}", f"{unit}-B{n}")) for n in range(6))
    rota = Rota(
        id="R", unit=unit, since_at=START, rotations=(rotation("leader", leaders), rotation("officer", officers))
    )
    needs = (PostNeed(post="leader", needed=1), PostNeed(post="officer", needed=2))
    return Plan(unit=unit, zone=ZONE, rotas=(rota,), settings=DutySettings(id=unit, needs=needs, all_year=True))


def season(people: int, seats: int) -> Request:
    """Make a season of 153 days with a week's leave for every third person."""
    calendar = DayCalendar()
    names = tuple(f"P{n:02d}" for n in range(people))
    kinds = {DayKind.HOLIDAY: TimeClass.HOLIDAY, DayKind.WEEKEND: TimeClass.WEEKEND}
    starts = [START + timedelta(days=n) for n in range(153)]
    slots = tuple(
        Slot(
            start=start,
            end=start + timedelta(days=1),
            time_class=kinds.get(calendar.kind(start.astimezone(ZONE).date()), TimeClass.ORDINARY),
        )
        for start in starts
    )
    away = {
        name: [(START + timedelta(days=10 + 4 * n), START + timedelta(days=17 + 4 * n))]
        for n, name in enumerate(names[::3])
    }
    return Request(slots=slots, seats=seats, people=names, rest=timedelta(hours=48), away=away)


def measured(what: Callable[[], object], times: int = 7) -> float:
    """Give the median time of some runs, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = clock.perf_counter()
        what()
        taken.append((clock.perf_counter() - begun) * 1000)
    return median(taken)


def main() -> None:
    """Print the figures."""
    one = plan("U")
    spans = timeline(one, START, START + YEAR).spans
    peer = measured(lambda: sum((span.end - span.start).total_seconds() for span in spans))
    year = measured(lambda: gaps(one, START, START + YEAR))
    print(f"timeline and gaps, one unit and year: {year:.1f} ms ({year / peer:.0f} x summing its {len(spans)} spans)")
    now = measured(lambda: on_duty(one, START + timedelta(days=100, hours=3)), 50)
    print(f"now: {now:.3f} ms")
    units = [plan(f"U{n}") for n in range(200)]
    many = measured(lambda: [gaps(unit, START, START + SEASON) for unit in units], 3)
    print(f"200 units, one season: {many / 1000:.2f} s")
    for people, seats in ((12, 1), (24, 2), (30, 2)):
        for exact in (False, True) if find_spec("ortools") else (False,):
            begun = clock.perf_counter()
            made = propose(season(people, seats), ZONE, exact=exact, seconds=15)
            taken = clock.perf_counter() - begun
            told = ", ".join(f"{stage.value}/{stage.bound}{'*' if stage.proved else ''}" for stage in made.stages)
            how = "solver" if exact else "plain"
            print(f"{people} people, {seats} a turn, {how}: {taken:.1f} s; {told} (* proved)")


if __name__ == "__main__":
    main()
