from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.duty.models import Rotation, TurnUnit
from floodready.duty.turns import Turn, instant_of, turns
from floodready.workdays import DayCalendar, DayKind
from tests.duty.rosters import CHICAGO, SHANGHAI, at, rotation

CALENDAR = DayCalendar()
HOUR = timedelta(hours=1)


def starts(made: Rotation, start: str, end: str, zone: ZoneInfo = SHANGHAI) -> list[str]:
    found = turns(made, at(start, zone), at(end, zone), zone, CALENDAR)
    return [f"{turn.start.astimezone(zone):%m-%d %H:%M} {'+'.join(turn.people)}" for turn in found]


def serving(made: Rotation, asked: datetime, zone: ZoneInfo = SHANGHAI) -> Turn:
    (found,) = (
        turn
        for turn in turns(made, asked, asked + timedelta(seconds=1), zone, CALENDAR)
        if turn.start <= asked < turn.end
    )
    return found


def test_daily_turns_over_both_clock_changes_last_23_and_25_hours_and_touch() -> None:
    made = rotation(first_on=date(2026, 3, 1))
    year = list(turns(made, at("2026-03-01 08:00", CHICAGO), at("2026-11-30 08:00", CHICAGO), CHICAGO, CALENDAR))
    lengths = {f"{turn.start.astimezone(CHICAGO):%m-%d}": turn.end - turn.start for turn in year}
    assert (lengths["03-07"], lengths["10-31"], lengths["07-01"]) == (23 * HOUR, 25 * HOUR, 24 * HOUR)
    assert all(one.end == two.start for one, two in pairwise(year))


def test_a_hand_over_in_the_skipped_hour_falls_on_the_first_instant_after_it() -> None:
    made = rotation(first_on=date(2026, 3, 1), times=(time(2, 30),))
    assert starts(made, "2026-03-08 03:00", "2026-03-10 00:00", CHICAGO) == ["03-08 03:00 B", "03-09 02:30 C"]


def test_a_hand_over_in_the_repeated_hour_happens_once_at_its_first_occurrence() -> None:
    made = rotation(first_on=date(2026, 10, 1), times=(time(1, 30),))
    found = list(turns(made, at("2026-11-01 00:00", CHICAGO), at("2026-11-02 00:00", CHICAGO), CHICAGO, CALENDAR))
    assert [turn.start for turn in found[1:]] == [datetime(2026, 11, 1, 6, 30, tzinfo=UTC)]


def test_day_and_night_turns_alternate() -> None:
    made = rotation(people="A B C", times=(time(8, 30), time(17, 30)))
    assert starts(made, "2026-07-01 08:30", "2026-07-03 00:00") == [
        "07-01 08:30 A",
        "07-01 17:30 B",
        "07-02 08:30 C",
        "07-02 17:30 A",
    ]


def test_groups_stand_a_week_at_a_time() -> None:
    made = rotation(people="A+B C+D", unit=TurnUnit.WEEKS)
    assert starts(made, "2026-07-01 08:00", "2026-07-20 00:00") == [
        "07-01 08:00 A+B",
        "07-08 08:00 C+D",
        "07-15 08:00 A+B",
    ]


def test_monday_to_thursday_daily_and_one_person_from_friday_to_monday() -> None:
    made = rotation(people="A B C", first_on=date(2026, 7, 6), weekdays=(0, 1, 2, 3, 4))
    found = list(turns(made, at("2026-07-06 08:00"), at("2026-07-14 08:00"), SHANGHAI, CALENDAR))
    assert [turn.people[0] for turn in found] == ["A", "B", "C", "A", "B", "C"]
    assert found[4].end - found[4].start == 72 * HOUR


def test_monthly_on_the_31st_is_the_last_of_a_short_month_and_back_on_the_31st() -> None:
    made = rotation(first_on=date(2026, 1, 31), unit=TurnUnit.MONTHS)
    assert starts(made, "2026-01-31 08:00", "2026-06-01 00:00") == [
        "01-31 08:00 A",
        "02-28 08:00 B",
        "03-31 08:00 C",
        "04-30 08:00 A",
        "05-31 08:00 B",
    ]


def test_turns_are_counted_before_the_anchor_too() -> None:
    assert starts(rotation(), "2026-06-28 08:00", "2026-07-02 00:00") == [
        "06-28 08:00 A",
        "06-29 08:00 B",
        "06-30 08:00 C",
        "07-01 08:00 A",
    ]


def test_only_weekends_and_holidays_are_served_by_day_and_the_turn_counts_served_days() -> None:
    made = rotation(
        times=(time(8, 30),),
        ends=time(17, 30),
        day_kinds=(DayKind.WEEKEND, DayKind.HOLIDAY),
        first_on=date(2026, 9, 19),
    )
    found = starts(made, "2026-09-19 00:00", "2026-09-28 00:00")
    assert found == ["09-19 08:30 A", "09-25 08:30 B", "09-26 08:30 C", "09-27 08:30 A"], "09-20 is worked in exchange"


def test_at_the_exact_hand_over_it_is_the_incoming_one() -> None:
    made = rotation()
    before = serving(made, at("2026-07-02 08:00") - timedelta(microseconds=1))
    after = serving(made, at("2026-07-02 08:00"))
    assert (before.people, after.people) == (("A",), ("B",))


CHANGES = [
    *(("Asia/Shanghai", year) for year in range(1986, 1992)),
    ("America/Chicago", 2026),
    ("Australia/Lord_Howe", 2026),
    ("Europe/London", 2026),
    ("America/Asuncion", 2023),  # changes at midnight
    ("Pacific/Apia", 2011),  # a whole day is missing
]


def clock_changes(zone: ZoneInfo, year: int) -> list[datetime]:
    step, found = timedelta(hours=1), []
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        if moment.astimezone(zone).utcoffset() != (moment + step).astimezone(zone).utcoffset():
            found.append(moment + step)
        moment += step
    return found


def first_instant_with_wall_clock_at_or_after(wanted: datetime, around: datetime, zone: ZoneInfo) -> datetime:
    """Walk second by second, as a person watching the wall clock would, until it shows the time or has passed it."""
    moment = around - timedelta(hours=3)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += timedelta(seconds=1)
    return moment


@pytest.mark.parametrize(("name", "year"), CHANGES)
def test_every_hand_over_around_a_clock_change_is_where_the_wall_clock_shows_it(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    changes = clock_changes(zone, year)
    assert changes
    for change in changes:
        wall = change.astimezone(zone).replace(tzinfo=None)
        for minutes in (-31, -1, 0, 15, 31):
            wanted = wall + timedelta(minutes=minutes)
            expected = first_instant_with_wall_clock_at_or_after(wanted, change, zone)
            assert instant_of(wanted.date(), wanted.time(), zone) == expected, (name, wanted)


@pytest.mark.parametrize(("name", "year"), CHANGES)
@pytest.mark.parametrize("moment", [time(0), time(0, 30), time(2), time(2, 15), time(8)])
def test_turns_touch_and_who_is_on_is_the_same_second_by_second(name: str, year: int, moment: time) -> None:
    zone = ZoneInfo(name)
    made = rotation(times=(moment,), first_on=date(year, 1, 1))
    for change in clock_changes(zone, year):
        start, end = change - timedelta(days=3), change + timedelta(days=3)
        found = list(turns(made, start, end, zone, CALENDAR))
        assert found[0].start <= start
        assert found[-1].end >= end
        assert all(one.end == two.start for one, two in pairwise(found))
        for turn in found[1:]:
            for offset in (-1, 0, 1):
                asked = turn.start + timedelta(seconds=offset)
                assert serving(made, asked, zone) in found


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    unit = draw(st.sampled_from([TurnUnit.HOURS, TurnUnit.DAYS, TurnUnit.WEEKS, TurnUnit.MONTHS]))
    more: dict[str, Any] = {
        "unit": unit,
        "length": draw(st.integers(1, 3)),
        "first_on": draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    }
    if unit is TurnUnit.HOURS:
        more["length"] = draw(st.sampled_from([7, 8, 12, 24]))
    elif unit is TurnUnit.DAYS and more["length"] == 1:
        more["times"] = draw(st.sampled_from([(time(8),), (time(8, 30), time(17, 30))]))
        more["weekdays"] = draw(st.sampled_from([(), (0, 1, 2, 3, 4), (5,)]))
        more["ends"] = draw(st.sampled_from([None, time(17)]))
    return rotation(**more)


@settings(max_examples=60)
@given(rotations(), st.integers(-400, 400), st.integers(1, 40), st.sampled_from([SHANGHAI, CHICAGO]))
def test_wherever_one_looks_there_are_the_turns_of_the_whole(
    made: Rotation, after: int, hours: int, zone: ZoneInfo
) -> None:
    start = instant_of(made.first_on + timedelta(days=after), time(6), zone)
    end = start + timedelta(hours=hours)
    wide = turns(made, start - timedelta(days=120), end + timedelta(days=120), zone, CALENDAR)
    assert list(turns(made, start, end, zone, CALENDAR)) == [t for t in wide if t.start < end and t.end > start]


@settings(max_examples=25)
@given(rotations(), st.integers(-200, 200))
def test_turn_0_begins_on_the_first_day_served_and_each_turn_has_the_number_after_the_one_before(
    made: Rotation, after: int
) -> None:
    first = instant_of(made.first_on, time(), SHANGHAI)
    low, high = sorted((first, first + timedelta(days=after)))
    around = timedelta(days=10)
    found = list(turns(made, low - around, high + around, SHANGHAI, CALENDAR))
    assert [two.number - one.number for one, two in pairwise(found)] == [1] * (len(found) - 1)
    (zeroth,) = [turn for turn in found if turn.number == 0]
    following = {(made.first_on + timedelta(days=n)).weekday(): n for n in reversed(range(7))}
    days = min(following[weekday] for weekday in made.weekdays) if made.weekdays else 0
    assert zeroth.start == instant_of(made.first_on + timedelta(days=days), made.times[0], SHANGHAI)
    groups = [group.people for group in made.groups]
    assert all(turn.people == groups[turn.number % len(groups)] for turn in found)


def test_a_turn_before_the_anchor_counts_back_by_served_days_of_a_kind() -> None:
    made = rotation(day_kinds=(DayKind.WEEKEND,), first_on=date(2026, 7, 4), times=(time(8),), ends=time(20))
    assert starts(made, "2026-06-27 00:00", "2026-07-06 00:00") == [
        "06-27 08:00 B",
        "06-28 08:00 C",
        "07-04 08:00 A",
        "07-05 08:00 B",
    ]


def test_a_turn_that_ends_at_an_hour_not_later_than_its_begin_ends_on_the_next_day() -> None:
    made = rotation(times=(time(20),), ends=time(8))
    (found,) = turns(made, at("2026-07-01 21:00"), at("2026-07-01 22:00"), SHANGHAI, CALENDAR)
    assert (found.start, found.end) == (at("2026-07-01 20:00"), at("2026-07-02 08:00"))
    whole = rotation(times=(time(8),), ends=time(8))
    (day,) = turns(whole, at("2026-07-01 21:00"), at("2026-07-01 22:00"), SHANGHAI, CALENDAR)
    assert day.end - day.start == 24 * HOUR


@pytest.mark.parametrize(
    ("unit", "length", "begun"),
    [
        (TurnUnit.HOURS, 12, ["07-01 08:00 A", "07-01 20:00 B", "07-02 08:00 C", "07-02 20:00 A"]),
        (TurnUnit.DAYS, 2, ["07-01 08:00 A", "07-03 08:00 B", "07-05 08:00 C", "07-07 08:00 A"]),
        (TurnUnit.WEEKS, 2, ["07-01 08:00 A", "07-15 08:00 B", "07-29 08:00 C", "08-12 08:00 A"]),
        (TurnUnit.MONTHS, 3, ["07-01 08:00 A", "10-01 08:00 B", "01-01 08:00 C", "04-01 08:00 A"]),
    ],
)
def test_a_turn_lasts_as_many_of_its_unit_as_its_length_says(unit: TurnUnit, length: int, begun: list[str]) -> None:
    found = starts(rotation(unit=unit, length=length), "2026-07-01 08:00", "2027-06-01 00:00")
    assert found[:4] == begun
