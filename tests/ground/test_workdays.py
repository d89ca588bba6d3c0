from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.workdays import (
    DayCalendar,
    DayCorrection,
    DayKind,
    add_working_days,
    calendar_with,
    day_of_month,
    is_working_day,
    published_kind,
)

PUBLISHED = DayCalendar()


@pytest.mark.parametrize("day", [date(2026, 5, 9), date(2026, 9, 20)])
def test_a_weekend_worked_in_exchange_is_an_ordinary_day(day: date) -> None:
    assert PUBLISHED.kind(day) is DayKind.ORDINARY


def test_the_national_days_are_holidays_with_the_weekend_between() -> None:
    assert {PUBLISHED.kind(date(2026, 10, day)) for day in range(1, 8)} == {DayKind.HOLIDAY}
    assert PUBLISHED.kind(date(2026, 10, 8)) is DayKind.ORDINARY


def test_a_plain_weekend_is_a_weekend() -> None:
    assert PUBLISHED.kind(date(2026, 7, 4)) is DayKind.WEEKEND
    assert PUBLISHED.kind(date(2026, 7, 6)) is DayKind.ORDINARY


def test_the_offices_own_correction_stands_above_the_notice() -> None:
    calendar = calendar_with([DayCorrection(id="K1", on=date(2026, 7, 6), kind=DayKind.HOLIDAY, note="local notice")])
    assert calendar.kind(date(2026, 7, 6)) is DayKind.HOLIDAY
    assert not is_working_day(date(2026, 7, 6), calendar)


def test_seven_working_days_over_the_national_holiday() -> None:
    assert add_working_days(date(2026, 9, 30), 1, PUBLISHED) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3, PUBLISHED) == date(2026, 10, 10), "a Saturday worked in exchange"
    assert add_working_days(date(2026, 10, 8), -1, PUBLISHED) == date(2026, 9, 30)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(-40, 40))
def test_so_many_working_days_lie_on_the_way_without_the_start(start: date, days: int) -> None:
    arrived = add_working_days(start, days, PUBLISHED)
    step = 1 if days > 0 else -1
    way = [start + timedelta(step * (n + 1)) for n in range(abs((arrived - start).days))]
    assert sum(is_working_day(day, PUBLISHED) for day in way) == abs(days)
    assert not way or is_working_day(arrived, PUBLISHED)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)))
def test_the_published_kind_is_the_same_for_every_caller(day: date) -> None:
    assert PUBLISHED.kind(day) is published_kind(day)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 31))
def test_a_day_of_a_month_is_its_last_where_it_has_not_so_many(month: date, day: int) -> None:
    last = monthrange(month.year, month.month)[1]
    assert day_of_month(month.year, month.month, day) == month.replace(day=min(day, last))


def test_a_day_31_stands_on_the_29th_of_a_leap_february() -> None:
    found = [day_of_month(year, 2, day) for year in (2024, 2026) for day in (29, 30, 31)]
    assert [day.day for day in found] == [29, 29, 29, 28, 28, 28]


def test_a_weekend_at_the_years_end_may_be_worked_for_the_new_year() -> None:
    assert published_kind(date(2011, 12, 31)) is DayKind.ORDINARY
    assert published_kind(date(2026, 12, 26)) is DayKind.WEEKEND
