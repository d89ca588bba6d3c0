"""When a post hands over, asked at the edges of rotas."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from floodready.duty.change_hours import change_hours
from floodready.duty.models import TurnUnit
from tests.duty.rosters import at, plan, rota, rotation


@pytest.mark.parametrize(
    ("when", "hour"),
    [
        ("2026-06-20 08:00", 8),  # before any rota: the first
        ("2026-07-10 08:59", 8),
        ("2026-07-10 09:00", 9),  # a rota holds from its first instant on, the one before it no more
        ("2026-07-31 09:00", 9),
        ("2026-08-02 09:00", 9),  # in a hole: the nearest
        ("2026-08-09 09:00", 20),
        ("2026-08-30 09:00", 20),
    ],
)
def test_the_rota_that_holds_says_the_hours_or_else_the_nearest(when: str, hour: int) -> None:
    held = plan(
        rota(rotation(), id="R1"),
        rota(rotation(times=(time(9),)), since="2026-07-10 09:00", until="2026-08-01 09:00", id="R2"),
        rota(rotation(times=(time(20),)), since="2026-08-10 20:00", id="R3"),
    )
    assert change_hours(held, "leader", at(when)).times == (time(hour),)


@pytest.mark.parametrize(
    ("length", "first", "hours"),
    [
        (12, 8, (8, 20)),
        (8, 8, (0, 8, 16)),
        (12, 20, (8, 20)),
        (24, 8, (8,)),
        (36, 8, (8,)),  # at another hour every day: its first alone is known
    ],
)
def test_turns_counted_in_hours_hand_over_as_often_a_day_as_they_fit_into_it(
    length: int, first: int, hours: tuple[int, ...]
) -> None:
    held = plan(rota(rotation(unit=TurnUnit.HOURS, length=length, times=(time(first),))))
    found = change_hours(held, "leader", at("2026-07-10 12:00"))
    assert found.times == tuple(time(hour) for hour in hours)
    begins = at(f"2026-07-10 {first:02d}:00")
    assert found.day_of_duty(date(2026, 7, 10), held) == (begins, begins + timedelta(days=1)), "from its own hour"
