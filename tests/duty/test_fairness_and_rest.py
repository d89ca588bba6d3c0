from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.duty.fairness import ClassSpread, Share, TimeClass, fairness, pieces
from floodready.duty.models import DutySettings
from floodready.duty.night import is_night
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


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2026-07-01 00:00", "2026-07-01 08:00", True),
        ("2026-07-01 20:00", "2026-07-02 08:00", True),
        ("2026-07-01 17:30", "2026-07-02 08:30", True),
        ("2026-07-01 00:00", "2026-07-01 16:00", False),
        ("2026-07-01 08:00", "2026-07-01 20:00", False),
        ("2026-07-01 08:00", "2026-07-02 08:00", False),
        ("2026-07-01 17:30", "2026-07-02 17:30", False),
        ("2026-07-01 10:00", "2026-07-02 08:00", False),
        ("2026-07-01 12:00", "2026-07-02 00:00", False),
        ("2026-07-01 00:00", "2026-07-01 12:00", True),
        ("2026-07-01 00:00", "2026-07-01 12:29", True),
        ("2026-07-01 00:00", "2026-07-01 12:30", False),
        ("2026-07-01 04:00", "2026-07-01 12:00", False),
        ("2026-07-01 19:00", "2026-07-01 23:30", True),
    ],
)
def test_a_turn_that_lies_for_its_greater_part_in_the_night_hours_is_a_night(start: str, end: str, night: bool) -> None:
    found = hours(start, end)
    assert set(found) == {TimeClass.NIGHT if night else TimeClass.ORDINARY}


def test_an_office_of_three_shifts_says_when_its_night_ends() -> None:
    settings = DutySettings(id="U", night_begins=time(22), night_ends=time(6))
    shifts = [("2026-07-01 00:00", "2026-07-01 08:00"), ("2026-07-01 08:00", "2026-07-01 16:00"),
              ("2026-07-01 16:00", "2026-07-02 00:00")]  # fmt: skip
    assert [is_night(at(low), at(high), settings, SHANGHAI) for low, high in shifts] == [True, False, False]


def test_a_night_over_a_clock_change_is_still_a_night() -> None:
    for day, after in (("2026-03-07", "2026-03-08"), ("2026-10-31", "2026-11-01")):
        assert is_night(at(f"{day} 17:30", CHICAGO), at(f"{after} 08:30", CHICAGO), SETTINGS, CHICAGO)
        assert not is_night(at(f"{day} 08:00", CHICAGO), at(f"{after} 08:00", CHICAGO), SETTINGS, CHICAGO)


def test_a_turn_under_way_counts_in_the_class_of_the_whole_turn() -> None:
    """At four in the morning the round of a day is not a night because its last hours are still to come."""
    line = timeline(plan(rota(rotation())), at("2026-07-01 08:00"), at("2026-07-04 08:00"))
    found = fairness(
        line.spans, [], SHANGHAI, CALENDAR, SETTINGS, within=(at("2026-07-02 03:00"), at("2026-07-03 04:00"))
    )
    held = {spread.time_class: dict(spread.shares) for spread in found}
    assert sum(share.seconds for share in held[TimeClass.ORDINARY].values()) == 25 * 3600
    assert [share.turns for share in held[TimeClass.ORDINARY].values()] == [0, 1]


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


def test_a_day_straight_after_a_night_that_begins_at_midnight_is_named() -> None:
    night = Duty(at("2026-07-02 00:00"), at("2026-07-02 08:00"), "U", "leader")
    day = Duty(at("2026-07-02 08:30"), at("2026-07-02 17:00"), "V", "leader")
    next_night = Duty(at("2026-07-02 18:00"), at("2026-07-03 08:00"), "V", "leader")
    assert [b.kind for b in breaches([night, day], SETTINGS, SHANGHAI)] == [BreachKind.DAY_AFTER_NIGHT]
    assert [b.kind for b in breaches([night, next_night], SETTINGS, SHANGHAI)] == [BreachKind.REST]


def test_more_duties_in_a_row_than_allowed_are_named() -> None:
    duties = [Duty(at(f"2026-07-{d:02d} 08:00"), at(f"2026-07-{d + 1:02d} 08:00"), "U", "leader") for d in (1, 3, 5, 7)]
    assert [b.kind for b in breaches(duties, SETTINGS, SHANGHAI)] == [BreachKind.IN_ROW, BreachKind.IN_ROW]


def test_parts_of_one_turn_are_one_duty() -> None:
    parts = [("U", span("2026-07-01 08:00", "2026-07-01 12:00")), ("U", span("2026-07-01 18:00", "2026-07-02 08:00"))]
    assert len(duties_of("A", parts)) == 1


def test_a_turn_another_takes_over_in_the_middle_is_still_one_duty() -> None:
    swapped = Span(at("2026-07-01 12:00"), at("2026-07-01 18:00"), "leader", "B", Why(Cause.SWAP, "r", 0, ("X1",)))
    parts = [span("2026-07-01 08:00", "2026-07-01 12:00"), swapped, span("2026-07-01 18:00", "2026-07-02 08:00")]
    assert duties_of("A", [("U", part) for part in parts]) == [
        Duty(at("2026-07-01 08:00"), at("2026-07-02 08:00"), "U", "leader")
    ]


def test_a_rota_that_counts_its_turns_anew_makes_no_duty_of_weeks() -> None:
    """Both rotas call the rotation the same and begin to count at 0: the two turns 0 of A are two duties."""
    first, second = rotation(), rotation(first_on=date(2026, 7, 11))
    known = plan(rota(first), rota(second, since="2026-07-11 08:00", id="R2"))
    line = timeline(known, at("2026-07-01 08:00"), at("2026-07-14 08:00"))
    held = duties_of("A", [("U", one) for one in line.spans])
    assert [duty.start for duty in held] == [at(f"2026-07-{day:02d} 08:00") for day in (1, 4, 7, 10, 11)]
    assert all(duty.end - duty.start == timedelta(days=1) for duty in held)


def test_two_shifts_recorded_by_one_handover_are_two_duties() -> None:
    """Nobody signed for two days: the third shift's handover records them all under its own name."""
    recorded = [
        Span(at(f"2026-07-0{day} 08:00"), at(f"2026-07-0{day + 1} 08:00"), "leader", who, Why(Cause.STOOD, "H1"))
        for day, who in ((1, "A"), (2, "B"), (3, "A"))
    ]
    assert len(duties_of("A", [("U", one) for one in recorded])) == 2


def test_a_seat_that_goes_on_beneath_others_is_not_forgotten() -> None:
    week = Duty(at("2026-07-01 08:00"), at("2026-07-08 08:00"), "U", "leader")
    night = Duty(at("2026-07-02 08:00"), at("2026-07-02 12:00"), "V", "officer")
    later = Duty(at("2026-07-05 08:00"), at("2026-07-06 08:00"), "U", "officer")
    found = breaches([week, night, later], SETTINGS, SHANGHAI)
    assert [(b.kind, b.later) for b in found] == [(BreachKind.OTHER_SEAT, night), (BreachKind.OTHER_SEAT, later)]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=8))
def test_every_duty_that_overlaps_an_earlier_one_is_another_seat(drawn: list[tuple[int, int]]) -> None:
    zero = at("2026-07-01 00:00")
    duties = sorted(
        Duty(zero + timedelta(hours=begin), zero + timedelta(hours=begin + length), "U", f"post {number}")
        for number, (begin, length) in enumerate(drawn)
    )
    seen = {b.later for b in breaches(duties, SETTINGS, SHANGHAI) if b.kind is BreachKind.OTHER_SEAT}
    assert seen == {later for n, later in enumerate(duties) if any(earlier.end > later.start for earlier in duties[:n])}


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


def test_a_night_hour_that_begins_after_midnight_begins_on_the_day_itself() -> None:
    settings = DutySettings(id="U", night_begins=time(0), night_ends=time(6))
    assert is_night(at("2026-07-01 00:00"), at("2026-07-01 08:00"), settings, SHANGHAI)
    assert not is_night(at("2026-07-01 06:00"), at("2026-07-01 14:00"), settings, SHANGHAI)


def test_a_round_of_the_clock_in_the_evening_is_no_day_straight_after_a_night() -> None:
    night = Duty(at("2026-07-02 00:00"), at("2026-07-02 08:00"), "U", "leader")
    round_the_clock = Duty(at("2026-07-02 17:00"), at("2026-07-03 17:00"), "V", "leader")
    earlier = Duty(at("2026-07-02 16:59"), at("2026-07-03 16:59"), "V", "leader")
    assert [b.kind for b in breaches([night, round_the_clock], SETTINGS, SHANGHAI)] == [BreachKind.REST]
    assert [b.kind for b in breaches([night, earlier], SETTINGS, SHANGHAI)] == [BreachKind.DAY_AFTER_NIGHT]


def test_exactly_the_rest_is_enough_but_the_duty_is_one_more_in_a_row() -> None:
    first = Duty(at("2026-07-01 08:00"), at("2026-07-02 08:00"), "U", "leader")
    enough = Duty(at("2026-07-03 08:00"), at("2026-07-04 08:00"), "U", "leader")
    short = Duty(at("2026-07-03 07:59"), at("2026-07-04 07:59"), "U", "leader")
    assert breaches([first, enough], SETTINGS, SHANGHAI) == []
    assert [b.kind for b in breaches([first, short], SETTINGS, SHANGHAI)] == [BreachKind.REST]


def test_a_pause_longer_than_the_rest_begins_a_new_row() -> None:
    days = (1, 3, 6, 8, 10)  # from the 4th to the 6th it is two days
    duties = [Duty(at(f"2026-07-{d:02d} 08:00"), at(f"2026-07-{d + 1:02d} 08:00"), "U", "leader") for d in days]
    (found,) = breaches(duties, SETTINGS, SHANGHAI)
    assert (found.kind, found.later) == (BreachKind.IN_ROW, duties[-1])


def test_parts_of_a_turn_are_one_duty_in_whatever_order_and_beside_the_turns_around_it() -> None:
    def part(start: str, end: str, number: int, person: str = "A") -> tuple[str, Span]:
        return "U", Span(at(start), at(end), "leader", person, Why(Cause.ROTATION, "r", number))

    parts = [
        part("2026-07-02 18:00", "2026-07-03 08:00", 1),
        part("2026-07-02 08:00", "2026-07-02 12:00", 1),
        part("2026-07-01 08:00", "2026-07-02 08:00", 0, "B"),
        part("2026-07-03 08:00", "2026-07-04 08:00", 2, "C"),
    ]
    assert duties_of("A", parts) == [Duty(at("2026-07-02 08:00"), at("2026-07-03 08:00"), "U", "leader")]


@pytest.mark.parametrize(
    ("turns", "spread", "bound"), [((), 0, 0), ((4, 4, 4), 0, 0), ((5, 4, 4), 1, 1), ((9, 0, 3), 9, 0), ((1, 0), 1, 1)]
)
def test_a_spread_stands_beside_the_least_that_arithmetic_allows(
    turns: tuple[int, ...], spread: int, bound: int
) -> None:
    found = ClassSpread(TimeClass.NIGHT, tuple((str(n), Share(0, count)) for n, count in enumerate(turns)))
    assert (found.spread, found.bound) == (spread, bound)


def test_within_a_stretch_a_turn_counts_that_begins_exactly_with_it_and_not_one_that_begins_as_it_ends() -> None:
    line = timeline(plan(rota(rotation())), at("2026-07-01 08:00"), at("2026-07-08 08:00"))
    # A's turn ends as the stretch begins, B's begins with it, C's begins as it ends.
    found = fairness(
        line.spans, [], SHANGHAI, CALENDAR, SETTINGS, within=(at("2026-07-02 08:00"), at("2026-07-03 08:00"))
    )
    assert all([person for person, _ in spread.shares] == ["B"] for spread in found)
    assert {spread.time_class: spread.shares[0][1] for spread in found if spread.shares[0][1].seconds} == {
        TimeClass.ORDINARY: Share(86400, 1)
    }


def away_for(hours: int, **stretches: tuple[str, str]) -> list[tuple[datetime, datetime, tuple[str, ...]]]:
    away = {who: [(at(start), at(end))] for who, (start, end) in stretches.items()}
    found = impossible_windows(
        ["A", "B", "C"], away, seats=1, turn_hours=24, rest_hours=hours, start=at("2026-07-01 00:00"),
        end=at("2026-08-01 00:00"),
    )  # fmt: skip
    return [(window.start, window.end, window.available) for window in found]


def test_a_time_shorter_than_a_cycle_can_be_stood_by_fewer_people() -> None:
    found = impossible_windows(["A"], {}, seats=1, turn_hours=24, rest_hours=24, start=at("2026-07-01 08:00"),
                               end=at("2026-07-02 08:00"))  # fmt: skip
    assert found == [], "one day needs one person, whatever the rest"


def test_a_window_as_long_as_a_cycle_is_named_and_a_shorter_one_can_be_bridged() -> None:
    # Rest of 48 hours: three people, a cycle of three days.
    assert away_for(48, C=("2026-07-10 00:00", "2026-07-12 23:59")) == []
    assert away_for(48, C=("2026-07-10 00:00", "2026-07-13 00:00")) == [
        (at("2026-07-10 00:00"), at("2026-07-13 00:00"), ("A", "B"))
    ]
    assert away_for(25, C=("2026-07-10 00:00", "2026-07-13 00:00")) == away_for(
        48, C=("2026-07-10 00:00", "2026-07-13 00:00")
    ), "a rest of a turn and a bit takes two turns"


def test_windows_with_different_people_are_told_apart_and_an_edge_that_changes_nobody_cuts_none() -> None:
    first, second = ("2026-07-10 00:00", "2026-07-20 00:00"), ("2026-07-15 00:00", "2026-07-25 00:00")
    assert away_for(48, B=first, C=second) == [
        (at("2026-07-10 00:00"), at("2026-07-15 00:00"), ("A", "C")),
        (at("2026-07-15 00:00"), at("2026-07-20 00:00"), ("A",)),
        (at("2026-07-20 00:00"), at("2026-07-25 00:00"), ("A", "B")),
    ]
    assert away_for(48, C=first, stranger=second) == [(at(first[0]), at(first[1]), ("A", "B"))]


def test_a_turn_counts_once_in_the_class_in_which_it_begins_however_many_days_it_touches() -> None:
    friday = span("2026-07-03 08:00", "2026-07-04 08:00")
    short = span("2026-07-06 08:00", "2026-07-06 16:00")
    found = {
        spread.time_class: spread.shares[0][1] for spread in fairness([friday, short], [], SHANGHAI, CALENDAR, SETTINGS)
    }
    assert (found[TimeClass.ORDINARY], found[TimeClass.WEEKEND]) == (Share(24 * 3600, 2), Share(8 * 3600, 0))
