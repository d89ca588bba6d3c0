from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.duty.fairness import TimeClass
from floodready.duty.generator import propose
from floodready.duty.generator_plain import arrange
from floodready.duty.proposal import (
    Proposal,
    Request,
    Slot,
    is_less_fair_in_strict_cycle,
    longest_pause_bound,
    spread,
)
from floodready.language import Sentence
from floodready.refusal import Refused
from floodready.workdays import DayCalendar, DayKind
from tests.duty.rosters import SHANGHAI, at

DAY = timedelta(days=1)
CALENDAR = DayCalendar()
CLASSES = {
    DayKind.HOLIDAY: TimeClass.HOLIDAY,
    DayKind.WEEKEND: TimeClass.WEEKEND,
    DayKind.ORDINARY: TimeClass.ORDINARY,
}


def season(days: int, people: str, **more: Any) -> Request:
    slots = []
    for number in range(days):
        start = at("2026-06-10 08:00") + number * DAY
        kind = CLASSES[CALENDAR.kind(start.astimezone(SHANGHAI).date())]
        slots.append(Slot(start=start, end=start + DAY, time_class=kind))
    return Request(
        slots=tuple(slots), people=tuple(people.split()), **{"seats": 1, "rest": timedelta(hours=24), **more}
    )


def holds(request: Request, made: Proposal) -> None:
    last: dict[str, int] = {}
    for number, standing in enumerate(made.people):
        assert len(set(standing)) == request.seats
        for person in standing:
            assert request.may(person, number)
            assert person not in last or not request.too_close(last[person], number)
            last[person] = number


@pytest.mark.parametrize("exact", [True, False])
def test_a_proposal_keeps_rest_and_leave_and_is_fair(exact: bool) -> None:
    if exact:
        pytest.importorskip("ortools")
    away = {"B": [(at("2026-06-12 00:00"), at("2026-06-16 00:00"))]}
    request = season(28, "A B C D", away=away)
    made = propose(request, SHANGHAI, exact=exact, seconds=5)
    holds(request, made)
    assert [stage.value for stage in made.stages[:4]] == [stage.bound for stage in made.stages[:4]]


def test_the_solver_proves_what_it_reached() -> None:
    pytest.importorskip("ortools")
    request = season(21, "A B C D E", seats=2)
    made = propose(request, SHANGHAI, exact=True, seconds=5)
    holds(request, made)
    assert all(stage.proved for stage in made.stages[:4])


def test_last_seasons_holidays_are_made_good() -> None:
    pytest.importorskip("ortools")
    request = season(12, "A B C", history={("A", TimeClass.HOLIDAY): 2, ("B", TimeClass.HOLIDAY): 2})
    made = propose(request, SHANGHAI, exact=True, seconds=5)
    holidays = [
        name
        for slot, names in zip(request.slots, made.people, strict=True)
        for name in names
        if slot.time_class is TimeClass.HOLIDAY
    ]
    assert holidays.count("C") >= max(holidays.count("A"), holidays.count("B"))


def test_a_published_rota_is_kept_where_fairness_allows() -> None:
    pytest.importorskip("ortools")
    plain = season(9, "A B C")
    published = {number: frozenset("ABC"[number % 3]) for number in range(9)}
    made = propose(season(9, "A B C", published=published), SHANGHAI, exact=True, seconds=5)
    holds(plain, made)
    assert made.stages[-1].value >= 6


@pytest.mark.parametrize("exact", [True, False])
def test_where_none_exists_the_window_and_the_names_are_said(exact: bool) -> None:
    away = {"B": [(at("2026-06-12 00:00"), at("2026-06-20 00:00"))]}
    with pytest.raises(Refused, match=r"2026-06-12 00:00 to 2026-06-20 00:00.*of 2: A\)"):
        propose(season(28, "A B", away=away), SHANGHAI, exact=exact)


@pytest.mark.parametrize("exact", [True, False])
def test_one_day_needs_one_person_whatever_the_rest(exact: bool) -> None:
    if exact:
        pytest.importorskip("ortools")
    assert propose(season(1, "A"), SHANGHAI, exact=exact).people == (("A",),)


def test_turns_of_half_hours_need_no_more_people_than_their_true_length_does() -> None:
    # Three turns of 14.5 h: who stood one rests through the next two, never through a third.
    edges = [at("2026-07-01 08:00") + n * timedelta(hours=14, minutes=30) for n in range(13)]
    slots = tuple(Slot(start=low, end=high, time_class=TimeClass.ORDINARY) for low, high in pairwise(edges))
    request = Request(slots=slots, seats=1, people=("A", "B", "C"), rest=timedelta(hours=29))
    holds(request, propose(request, SHANGHAI, exact=False))


def test_who_alone_can_stand_a_turn_is_kept_for_it() -> None:
    away = {who: [(at("2026-06-11 08:00"), at("2026-06-12 08:00"))] for who in ("B", "C")}
    request = season(3, "A B C", away=away)
    holds(request, propose(request, SHANGHAI, exact=False))


AWAY_DAYS = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5)), max_size=10)


@given(
    days=st.integers(1, 6), number=st.integers(1, 4), seats=st.integers(1, 2), off=AWAY_DAYS, rest=st.integers(0, 60)
)
def test_without_a_solver_a_rota_is_found_wherever_one_exists_and_only_there(
    days: int, number: int, seats: int, off: list[tuple[str, int]], rest: int
) -> None:
    first = at("2026-06-10 08:00")
    away: dict[str, list[tuple[datetime, datetime]]] = {}
    for who, day in off:
        away.setdefault(who, []).append((first + day * DAY, first + (day + 1) * DAY))
    request = season(days, " ".join("ABCD"[:number]), away=away, seats=seats, rest=timedelta(hours=rest))
    if any_rota(request, ()):
        holds(request, propose(request, SHANGHAI, exact=False))
    else:
        with pytest.raises(Refused, match="No rota exists"):
            propose(request, SHANGHAI, exact=False)


def any_rota(request: Request, standing: tuple[tuple[str, ...], ...]) -> bool:
    """Try every way to fill the turns after those filled."""
    number = len(standing)
    if number == len(request.slots):
        return True
    tired = {p for place, people in enumerate(standing) for p in people if request.too_close(place, number)}
    free = [p for p in request.people if request.may(p, number) and p not in tired]
    return any(any_rota(request, (*standing, chosen)) for chosen in combinations(free, request.seats))


def test_a_search_that_leads_too_far_says_what_could_not_be_filled_and_claims_no_proof() -> None:
    # From the 16th on all but A are away, for two days; thirty others can fill the days before in ever new ways.
    people = [f"P{number:02d}" for number in range(30)]
    stretch = [(at("2026-06-16 08:00"), at("2026-06-18 08:00"))]
    request = season(
        10, " ".join(["A", "B", *people]), seats=2, rest=timedelta(hours=25), away=dict.fromkeys(people, stretch)
    )
    with pytest.raises(Refused, match="No rota was found: the turn from 2026-06-17 08:00 to 2026-06-18 08:00"):
        arrange(request, SHANGHAI, lambda _: True)


def test_the_last_try_that_fills_the_last_turn_is_a_rota(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floodready.duty.generator_plain._TRIES", 0)
    request = season(6, "A B C")
    holds(request, arrange(request, SHANGHAI, lambda _: True))


def test_work_can_be_stopped() -> None:
    told: list[Sentence] = []

    def watch(sentence: Sentence) -> bool:
        told.append(sentence)
        return False

    with pytest.raises(Refused, match="Nothing was published"):
        propose(season(14, "A B C"), SHANGHAI, watch, exact=False)
    assert told


def test_the_bound_of_the_pause_knows_leave_and_the_price_of_a_strict_cycle() -> None:
    assert longest_pause_bound(season(28, "A B C D")) == 3
    away = {"B": [(at("2026-06-12 00:00"), at("2026-06-20 00:00"))]}
    assert longest_pause_bound(season(28, "A B C D", away=away)) == 2, "for four days there are three people"
    request = season(10, "A B C D E F G")
    fair = [("A",), ("B",), ("C",), ("D",), ("E",), ("F",), ("G",), ("A",), ("B",), ("C",)]
    unfair = is_less_fair_in_strict_cycle(request, fair, 6)
    by_place = [[slot.time_class for slot in request.slots[place::7]] for place in range(7)]
    weekends = [classes.count(TimeClass.WEEKEND) for classes in by_place]
    assert unfair == (max(weekends) - min(weekends) > spread(request, fair, [TimeClass.WEEKEND]))


def test_a_pause_that_fairness_forbids_is_proved_impossible() -> None:
    pytest.importorskip("ortools")
    request = season(28, "A B C D E F G")
    made = propose(request, SHANGHAI, exact=True, seconds=5)
    pause = made.stages[4]
    assert pause.bound < 6, "seven people in strict order get the same weekends for good"
    assert pause.value <= pause.bound


def test_a_solver_at_work_is_stopped_within_a_moment() -> None:
    pytest.importorskip("ortools")
    told: list[Sentence] = []

    def watch(sentence: Sentence) -> bool:
        told.append(sentence)
        return len(told) < 3

    with pytest.raises(Refused, match="Nothing was published"):
        propose(season(153, "A B C D E F G H I J K L"), SHANGHAI, watch, exact=True, seconds=60)
