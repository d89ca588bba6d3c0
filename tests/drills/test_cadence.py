from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.drills.cadence import (
    kept_by_a_change,
    no_longer_counts_on,
    occurrence_id,
    occurrences,
    scheduled_days,
    untouched_occurrence,
)
from floodready.drills.models import Cadence, Obligation, Occurrence, Rhythm


def yearly(day: date, **fields: Any) -> Obligation:
    cadence = Cadence(anchor_on=day, **fields)
    return Obligation(id="O1", unit="U1", plan="Dike breach", cadence=cadence, source="art. 8", applies_from=day)


def test_a_february_29_obligation_is_owed_in_each_of_ten_years() -> None:
    days = scheduled_days(Cadence(anchor_on=date(2024, 2, 29)), date(2024, 1, 1), date(2034, 1, 1))
    assert [day.isoformat()[2:] for day in days] == [
        "24-02-29", "25-02-28", "26-02-28", "27-02-28", "28-02-29",
        "29-02-28", "30-02-28", "31-02-28", "32-02-29", "33-02-28",
    ]  # fmt: skip


def test_the_last_friday_of_may_over_ten_years() -> None:
    cadence = Cadence(rhythm=Rhythm.WEEKDAY, anchor_on=date(2026, 5, 1), weekday=4, nth=-1)
    days = scheduled_days(cadence, date(2026, 1, 1), date(2036, 1, 1))
    assert len(days) == 10
    assert all(day.month == 5 and day.weekday() == 4 and (day + timedelta(7)).month == 6 for day in days)
    assert days[0] == date(2026, 5, 29)
    assert days[3] == date(2029, 5, 25)


def test_half_yearly_from_the_31st_falls_on_the_last_day_of_a_short_month_and_returns() -> None:
    days = scheduled_days(Cadence(anchor_on=date(2026, 3, 31), months=6), date(2026, 1, 1), date(2028, 1, 1))
    assert days == [date(2026, 3, 31), date(2026, 9, 30), date(2027, 3, 31), date(2027, 9, 30)]


def test_every_two_years_keeps_its_phase_wherever_one_starts_to_look() -> None:
    cadence = Cadence(anchor_on=date(2025, 6, 1), months=24)
    assert scheduled_days(cadence, date(2026, 1, 1), date(2030, 1, 1)) == [date(2027, 6, 1), date(2029, 6, 1)]


def test_before_the_season_follows_each_seasons_own_first_day() -> None:
    cadence = Cadence(rhythm=Rhythm.BEFORE_SEASON, anchor_on=date(2026, 1, 1), days_before=14)
    seasons = (date(2026, 5, 15), date(2027, 6, 1))
    assert scheduled_days(cadence, date(2026, 1, 1), date(2028, 1, 1), seasons) == [date(2026, 5, 1), date(2027, 5, 18)]


def test_a_changed_rule_takes_away_only_what_nobody_touched() -> None:
    old = yearly(date(2026, 6, 1), months=6)
    moved = Occurrence(
        id=occurrence_id("O1", date(2026, 12, 1)),
        obligation="O1",
        scheduled_on=date(2026, 12, 1),
        due_on=date(2027, 1, 15),
        reason="high water in December",
    )
    new = old.changed(cadence=Cadence(anchor_on=date(2026, 6, 1), months=24))
    due = [(o.scheduled_on, o.due_on) for o in occurrences(new, [moved], date(2026, 1, 1), date(2029, 1, 1))]
    assert due == [
        (date(2026, 6, 1), date(2026, 6, 1)),
        (date(2026, 12, 1), date(2027, 1, 15)),
        (date(2028, 6, 1), date(2028, 6, 1)),
    ]


def test_a_changed_rule_does_not_make_an_overdue_drill_disappear() -> None:
    old = yearly(date(2026, 1, 10), months=3)
    kept = kept_by_a_change(old, (), today=date(2026, 8, 1))
    assert [o.scheduled_on for o in kept] == [date(2026, 1, 10), date(2026, 4, 10), date(2026, 7, 10)]
    new = old.changed(cadence=Cadence(anchor_on=date(2026, 8, 1), months=12), applies_from=date(2026, 8, 1))
    assert len(occurrences(new, kept, date(2026, 1, 1), date(2027, 1, 1))) == 4


def test_an_occurrence_moved_out_of_the_year_is_looked_up_by_its_due_day() -> None:
    obligation = yearly(date(2026, 12, 20))
    moved = Occurrence(
        id="O1@2026-12-20",
        obligation="O1",
        scheduled_on=date(2026, 12, 20),
        due_on=date(2027, 1, 5),
        reason="ice",
    )
    assert occurrences(obligation, [moved], date(2026, 1, 1), date(2027, 1, 1)) == []
    assert occurrences(obligation, [moved], date(2027, 1, 1), date(2027, 12, 1)) == [moved]


def test_nothing_is_owed_after_the_obligation_has_ended() -> None:
    ended = yearly(date(2026, 6, 1)).changed(ended_on=date(2028, 6, 1))
    days = [o.due_on.year for o in occurrences(ended, (), date(2026, 1, 1), date(2036, 1, 1))]
    assert days == [2026, 2027]


@pytest.mark.parametrize(("held", "lapsed"), [("2024-02-29", "2025-03-01"), ("2026-06-01", "2027-06-02")])
def test_a_drill_counts_to_the_end_of_the_same_day_an_interval_later(held: str, lapsed: str) -> None:
    cadence = Cadence(anchor_on=date(2024, 2, 29))
    assert no_longer_counts_on(date.fromisoformat(held), cadence) == date.fromisoformat(lapsed)


@settings(max_examples=60)
@given(
    anchor=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    months=st.integers(1, 36),
    cut=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_looking_in_two_parts_gives_the_same_days_as_looking_once(anchor: date, months: int, cut: date) -> None:
    cadence = Cadence(anchor_on=anchor, months=months)
    first, last = date(2020, 1, 1), date(2041, 1, 1)
    whole = scheduled_days(cadence, first, last)
    assert scheduled_days(cadence, first, cut) + scheduled_days(cadence, cut, last) == whole
    assert all((b.year - a.year) * 12 + b.month - a.month == months for a, b in pairwise(whole))


def test_what_was_touched_is_owed_no_more_once_the_obligation_has_ended() -> None:
    owing = Obligation(
        id="O1", unit="U1", plan="Dike breach", cadence=Cadence(anchor_on=date(2026, 6, 1), months=6), source="art. 8",
        applies_from=date(2026, 6, 1), ended_on=date(2026, 12, 1),
    )  # fmt: skip
    touched = replace(untouched_occurrence(owing, date(2026, 12, 1)), drill="D1")
    found = occurrences(owing, [touched], date(2026, 1, 1), date(2028, 1, 1))
    assert [occurrence.due_on for occurrence in found] == [date(2026, 6, 1)]


@given(
    weekday=st.integers(0, 6),
    nth=st.sampled_from([-4, -3, -2, -1, 1, 2, 3, 4]),
    anchor=st.dates(date(2024, 1, 1), date(2028, 12, 1)),
)
def test_the_nth_weekday_is_the_nth_that_one_counts_in_the_month(weekday: int, nth: int, anchor: date) -> None:
    cadence = Cadence(rhythm=Rhythm.WEEKDAY, anchor_on=anchor.replace(day=1), weekday=weekday, nth=nth, months=1)
    found = scheduled_days(cadence, anchor.replace(day=1), anchor.replace(day=1) + timedelta(31))
    days = [anchor.replace(day=1) + timedelta(n) for n in range(31)]
    counted = [day for day in days if day.month == anchor.month and day.weekday() == weekday]
    assert found[0] == counted[nth - 1 if nth > 0 else nth]


def test_a_day_before_the_season_counts_from_the_first_day_asked_for_and_the_anchor_up_to_not_with_the_last() -> None:
    cadence = Cadence(rhythm=Rhythm.BEFORE_SEASON, anchor_on=date(2026, 5, 1), days_before=14)
    seasons = (date(2027, 5, 15), date(2026, 5, 15), date(2025, 5, 15))
    first, second = date(2026, 5, 1), date(2027, 5, 1)
    assert scheduled_days(cadence, date(2020, 1, 1), date(2030, 1, 1), seasons) == [first, second]
    assert scheduled_days(cadence, first, second, seasons) == [first]
    assert scheduled_days(cadence, first + timedelta(1), second + timedelta(1), seasons) == [second]


def test_a_change_of_the_rule_keeps_no_second_copy_of_what_was_touched() -> None:
    old = yearly(date(2026, 1, 10), months=3)
    moved = replace(untouched_occurrence(old, date(2026, 4, 10)), due_on=date(2026, 5, 2), reason="rain")
    kept = kept_by_a_change(old, [moved], today=date(2026, 7, 10))
    assert [o.scheduled_on for o in kept] == [date(2026, 1, 10)], "what is due today is not yet past"
