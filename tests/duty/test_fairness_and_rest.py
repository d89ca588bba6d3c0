from __future__ import annotations

from datetime import timedelta

from floodready.duty.fairness import TimeClass, fairness, pieces
from floodready.duty.models import DutySettings
from floodready.duty.resolver import Span, timeline
from floodready.duty.rest import BreachKind, Duty, breaches, duties_of, impossible_windows
from floodready.duty.why import Cause, Why
from floodready.workdays import DayCalendar
from tests.duty.rosters import CHICAGO, SHANGHAI, at, plan, rota, rotation

SETTINGS = DutySettings(id="U", rest_hours=24, most_in_row=2)
CALENDAR = DayCalendar()


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end), "leader", "A", Why(Cause.ROTATION, "r"))


def hours(start: str, end: str) -> dict[TimeClass, float]:
    found: dict[TimeClass, float] = {}
    for kind, low, high in pieces(span(start, end), SHANGHAI, CALENDAR, SETTINGS):
        found[kind] = found.get(kind, 0) + (high - low).total_seconds() / 3600
    return found


def test_a_duty_into_the_mid_autumn_day_splits_at_midnight() -> None:
    assert hours("2026-09-24 08:00", "2026-09-25 08:00") == {TimeClass.ORDINARY: 16, TimeClass.HOLIDAY: 8}


def test_make_up_working_days_are_ordinary() -> None:
    assert hours("2026-05-09 00:00", "2026-05-10 00:00") == {TimeClass.ORDINARY: 24}
    assert hours("2026-09-20 00:00", "2026-09-21 00:00") == {TimeClass.ORDINARY: 24}


def test_a_turn_of_the_evening_is_a_night_but_on_a_weekend_a_weekend() -> None:
    assert hours("2026-07-01 17:30", "2026-07-02 08:30") == {TimeClass.NIGHT: 15}
    assert hours("2026-07-03 17:30", "2026-07-04 08:30") == {TimeClass.NIGHT: 6.5, TimeClass.WEEKEND: 8.5}


def test_hours_over_people_are_the_covered_seat_hours_and_idle_people_are_counted() -> None:
    line = timeline(plan(rota(rotation())), at("2026-07-01 08:00"), at("2026-10-01 08:00"))
    found = fairness(line.spans, ["A", "B", "C", "idle"], SHANGHAI, CALENDAR, SETTINGS)
    assert sum(share.seconds for spread in found for _, share in spread.shares) == 92 * 86400
    assert all(dict(spread.shares)["idle"].turns == 0 for spread in found)
    assert all(spread.spread >= spread.bound for spread in found)


def test_rest_is_counted_in_true_hours_over_a_clock_change() -> None:
    first = Duty(at("2026-03-06 08:00", CHICAGO), at("2026-03-07 08:00", CHICAGO), "U", "leader")
    later = Duty(at("2026-03-08 08:00", CHICAGO), at("2026-03-09 08:00", CHICAGO), "U", "leader")
    (breach,) = breaches([first, later], SETTINGS, CHICAGO)
    assert (breach.kind, breach.rest) == (BreachKind.REST, timedelta(hours=23))


def test_a_day_straight_after_a_night_is_named() -> None:
    night = Duty(at("2026-07-01 17:30"), at("2026-07-02 08:30"), "U", "leader")
    day = Duty(at("2026-07-02 08:30"), at("2026-07-02 17:30"), "V", "leader")
    assert [b.kind for b in breaches([night, day], SETTINGS, SHANGHAI)] == [BreachKind.DAY_AFTER_NIGHT]


def test_more_duties_in_a_row_than_allowed_are_named() -> None:
    duties = [Duty(at(f"2026-07-{d:02d} 08:00"), at(f"2026-07-{d + 1:02d} 08:00"), "U", "leader") for d in (1, 3, 5, 7)]
    assert [b.kind for b in breaches(duties, SETTINGS, SHANGHAI)] == [BreachKind.IN_ROW, BreachKind.IN_ROW]


def test_parts_of_one_turn_are_one_duty() -> None:
    parts = [("U", span("2026-07-01 08:00", "2026-07-01 12:00")), ("U", span("2026-07-01 18:00", "2026-07-02 08:00"))]
    assert len(duties_of("A", parts)) == 1


def test_too_few_people_are_named_with_the_window() -> None:
    away = {"B": [(at("2026-07-10 00:00"), at("2026-07-20 00:00"))]}
    (found,) = impossible_windows(
        ["A", "B"],
        away,
        seats=1,
        turn_hours=24,
        rest_hours=24,
        start=at("2026-07-01 08:00"),
        end=at("2026-08-01 08:00"),
    )
    assert (found.start, found.end) == (at("2026-07-10 00:00"), at("2026-07-20 00:00"))
    assert (found.needed, found.available) == (2, ("A",))
