from __future__ import annotations

from datetime import date, time

import pytest

from floodready.duty.models import Rotation, TurnUnit
from floodready.duty.proof import first_gap_of_pattern, period_days, same_weekends
from tests.duty.rosters import CHICAGO, plan, rota, rotation


@pytest.mark.parametrize(
    ("made", "days"),
    [
        (rotation(people="A B C"), 21),
        (rotation(people="A B C D E F G"), 7),
        (rotation(people="A B", unit=TurnUnit.WEEKS), 14),
        (rotation(people="A B C", weekdays=(0, 1, 2, 3, 4)), 21),
        (rotation(people="A B C", unit=TurnUnit.HOURS, length=8), 7),
        (rotation(people="A B", unit=TurnUnit.MONTHS), None),
        (rotation(people="A", unit=TurnUnit.HOURS, length=7), None),
    ],
)
def test_a_pattern_repeats_with_its_cycle_and_the_week(made: Rotation, days: int | None) -> None:
    assert period_days(rota(made)) == days


def test_a_pattern_without_gaps_is_proved_over_clock_changes_too() -> None:
    made = rota(rotation(first_on=date(2026, 1, 1), times=(time(2, 30),)), since="2026-01-01 08:00")
    assert first_gap_of_pattern(plan(made, zone=CHICAGO), made) is None


def test_a_pattern_with_a_hole_shows_the_first() -> None:
    made = rota(rotation(weekdays=(0, 1, 2, 3, 4), ends=time(8)))
    gap = first_gap_of_pattern(plan(made), made)
    assert gap is not None
    assert gap.start.weekday() == 5


def test_seven_groups_give_the_same_people_every_weekend() -> None:
    seven, eight = rotation(people="A B C D E F G"), rotation("officer", "A B C D E F G H")
    assert same_weekends(rota(seven, eight)) == [seven.name]
