from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from floodready.duty.models import FixedTurn, Group, Rota, Rotation, TurnUnit
from floodready.duty.plan import Plan
from floodready.duty.proof import clock_changes, first_gap_of_pattern, judged, period_days, same_weekends
from floodready.workdays import DayKind
from tests.duty.rosters import CHICAGO, SHANGHAI, at, plan, rota, rotation


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


def test_what_follows_holidays_or_a_table_never_repeats_and_seats_without_groups_repeat_with_the_week() -> None:
    weekends = rotation(day_kinds=(DayKind.WEEKEND,))
    assert period_days(rota(weekends)) is None
    turn = FixedTurn(post="leader", people=("A",), from_at=at("2026-07-01 08:00"), until_at=at("2026-07-02 08:00"))
    assert period_days(replace(rota(rotation()), turns=(turn,))) is None
    assert period_days(rota()) is None
    nobody = Rotation(post="leader", name="n", first_on=date(2026, 7, 1), times=(time(8),), groups=())
    assert period_days(rota(nobody)) == 7


def test_a_zone_changes_its_clocks_twice_a_year_or_never() -> None:
    after = at("2026-01-01 00:00")
    found = clock_changes(CHICAGO, after)
    assert [f"{hour:%m-%d}" for hour in found] == ["03-08", "11-01"]
    assert all(
        hour.astimezone(CHICAGO).utcoffset() != (hour - timedelta(hours=6)).astimezone(CHICAGO).utcoffset()
        for hour in found
    )
    assert clock_changes(SHANGHAI, after) == []


def test_only_daily_turns_of_several_groups_give_the_same_people_every_weekend() -> None:
    seven = "A B C D E F G"
    others = [
        rotation("a", "A"),
        rotation("b", seven, weekdays=(0, 1)),
        rotation("c", seven, day_kinds=(DayKind.WEEKEND,)),
        rotation("d", seven, unit=TurnUnit.WEEKS),
        rotation("e", "A B", length=3),
        rotation("g", "A", length=7),
    ]
    two_days = rotation("f", "A B", length=7)
    assert same_weekends(rota(*others, two_days)) == [two_days.name]


def test_the_proof_speaks_of_the_rota_that_holds_at_the_instant() -> None:
    ends = rota(rotation(), until="2026-08-01 08:00")
    months = rota(rotation(unit=TurnUnit.MONTHS), since="2026-09-01 08:00", id="R2")
    known = plan(ends, months)

    def told(moment: str, held: Plan = known) -> str:
        return str(judged(held, at(moment), "1 August"))

    assert told("2026-07-01 07:59") == told("2026-08-01 08:00") == "No rota is in force."
    assert told("2026-07-01 08:00") == "The rota ends at 1 August; nothing is planned beyond it."
    assert told("2026-09-01 08:00").startswith("The pattern follows months")
    assert told("2026-07-01 08:00", plan(rota(rotation()))).startswith("Proved: ")
    holes = plan(rota(rotation(weekdays=(0, 1, 2, 3, 4), ends=time(8))))
    assert told("2026-07-01 08:00", holes).startswith("The pattern itself has gaps")


def test_a_pattern_that_breaks_at_a_change_of_clocks_is_not_proved() -> None:
    """The day shift is counted in true hours and slips by one; the night goes by the wall clock."""
    nobody = Group(people=())
    by_hours = replace(rotation(people="A", unit=TurnUnit.HOURS, length=12), groups=(Group(people=("A",)), nobody))
    by_the_wall = rotation(people="B", times=(time(20),), ends=time(8))
    for zone, holds in ((SHANGHAI, True), (CHICAGO, False)):
        made = Rota(id="R", unit="U", since_at=at("2026-07-01 08:00", zone), rotations=(by_hours, by_the_wall))
        assert (first_gap_of_pattern(plan(made, zone=zone), made) is None) is holds
