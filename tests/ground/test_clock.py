"""How times and lengths are told, at the edges at which the unit changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import length_told, set_back, time_left

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-5, "0 s"),
        (119.9, "119 s"),
        (120, "2 min"),
        (7199, "119 min"),
        (7200, "2 h"),
        (2 * 86400 - 1, "47 h"),
        (2 * 86400, "2 days"),
        (3 * 86400 - 1, "2 days"),
        (3 * 86400, "3 days"),
    ],
)
def test_a_length_is_told_in_the_largest_unit_of_which_there_are_two(seconds: float, told: str) -> None:
    assert str(length_told(timedelta(seconds=seconds))) == told


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "in 0:00"),
        (59.99, "in 0:59"),
        (60, "in 1:00"),
        (1505, "in 25:05"),
        (-1, "late by 0:01"),
        (-61, "late by 1:01"),
    ],
)
def test_time_left_is_told_in_hours_and_minutes_and_nothing_is_late_at_its_own_instant(
    minutes: float, told: str
) -> None:
    assert str(time_left(NOON + timedelta(minutes=minutes), NOON)) == told


def test_a_clock_that_was_set_back_by_more_than_a_minute_is_told() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    assert set_back(NOON, NOON - timedelta(minutes=1), zone) is None
    assert set_back(NOON, NOON - timedelta(minutes=1, microseconds=1), zone) is not None
