"""How good a proposal is: each measure against every rota there could be, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from floodready.duty.fairness import TimeClass
from floodready.duty.generator import propose, refuse_impossible
from floodready.duty.generator_plain import arrange
from floodready.duty.proposal import (
    FAIR,
    Request,
    Slot,
    is_less_fair_in_strict_cycle,
    least_spread,
    longest_pause_bound,
    no_rota_found,
    shortest_pause,
    spread,
    stages_of,
)
from floodready.refusal import Refused
from tests.duty.rosters import SHANGHAI, at

DAY = timedelta(days=1)
FIRST = at("2026-06-10 08:00")
H, W, N, O = TimeClass.HOLIDAY, TimeClass.WEEKEND, TimeClass.NIGHT, TimeClass.ORDINARY  # noqa: E741 # short columns
Rota = tuple[tuple[str, ...], ...]


def request(
    kinds: Sequence[TimeClass], people: str, *, seats: int = 1, rest: int = 24, off: Sequence[tuple[str, int]] = (),
    history: dict[tuple[str, TimeClass], int] | None = None, wishes: Sequence[tuple[str, int]] = (),
    published: dict[int, frozenset[str]] | None = None, names: dict[str, str] | None = None,
) -> Request:  # fmt: skip
    """Ask for a turn a day of these classes; `off` are (person, turn) on which somebody is away."""
    slots = tuple(
        Slot(start=FIRST + n * DAY, end=FIRST + (n + 1) * DAY, time_class=kind) for n, kind in enumerate(kinds)
    )
    away = {who: [(slots[n].start, slots[n].end) for one, n in off if one == who] for who, _ in off}
    return Request(
        slots=slots, seats=seats, people=tuple(people), rest=timedelta(hours=rest), away=away, history=history or {},
        wishes=frozenset(wishes), published=published or {}, names=names or {},
    )  # fmt: skip


def every_rota(asked: Request) -> Iterator[Rota]:
    """Give every way to fill the turns with people who are there, whatever the rest."""
    there = [[p for p in asked.people if asked.may(p, number)] for number in range(len(asked.slots))]
    return product(*(list(combinations(free, asked.seats)) for free in there))


KINDS = st.lists(st.sampled_from([H, W, N, O]), min_size=1, max_size=5)
PEOPLE = st.sampled_from(["A", "AB", "ABC", "ABCD"])
HISTORY = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from([H, W, N, O])), st.integers(0, 3), max_size=4
)
OFF = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 4)), max_size=4)


def asked_for(kinds: list[TimeClass], people: str, seats: int, off: list[tuple[str, int]]) -> Request:
    return request(kinds, people, seats=min(seats, len(people)), off=[(p, n) for p, n in off if n < len(kinds)])


@given(kinds=KINDS, people=PEOPLE, seats=st.integers(1, 2), off=OFF)
def test_no_rota_has_a_longer_pause_than_its_bound(
    kinds: list[TimeClass], people: str, seats: int, off: list[tuple[str, int]]
) -> None:
    asked = asked_for(kinds, people, seats, off)
    bound = longest_pause_bound(asked)
    pauses = [shortest_pause(asked, rota) for rota in every_rota(asked)]
    assert max(pauses, default=0) <= bound
    if not off and asked.seats == 1:
        assert max(pauses) == bound, "without leave people taking turns reach it"


@pytest.mark.parametrize("first", [0, 1, 2])
def test_the_bound_of_the_pause_knows_leave_at_either_end(first: int) -> None:
    assert longest_pause_bound(request([O] * 4, "AB")) == 1
    assert longest_pause_bound(request([O] * 4, "AB", off=[("A", first), ("A", first + 1)])) == 0


@given(kinds=KINDS, people=PEOPLE, data=st.data())
def test_the_shortest_pause_is_the_fewest_turns_of_others_between_two_of_one(
    kinds: list[TimeClass], people: str, data: st.DataObject
) -> None:
    asked = request(kinds, people)
    rota = [(data.draw(st.sampled_from(people)),) for _ in kinds]
    between = [b - a - 1 for a, b in combinations(range(len(kinds)), 2) if rota[a] == rota[b]]
    assert shortest_pause(asked, rota) == min(between, default=len(kinds))


@given(
    kinds=st.lists(st.sampled_from([H, W, N, O]), min_size=1, max_size=4), people=st.sampled_from(["A", "AB", "ABC"]),
    seats=st.integers(1, 2), history=HISTORY,
)  # fmt: skip
def test_the_least_spread_is_that_of_the_fairest_of_all_rotas(
    kinds: list[TimeClass], people: str, seats: int, history: dict[tuple[str, TimeClass], int]
) -> None:
    asked = request(kinds, people, seats=min(seats, len(people)), history=history)
    for classes in (*([kind] for kind in FAIR), list(TimeClass)):
        spreads = [spread(asked, rota, classes) for rota in every_rota(asked)]
        assert least_spread(asked, classes) <= min(spreads)
        if asked.seats == 1:
            assert least_spread(asked, classes) == min(spreads)


@given(kinds=KINDS, people=st.sampled_from(["AB", "ABC"]), number=st.integers(0, 30))
def test_what_a_strict_cycle_forbids_no_rota_of_that_pause_has(
    kinds: list[TimeClass], people: str, number: int
) -> None:
    assume(len(kinds) >= len(people))
    asked = request(kinds, people)
    rotas = list(every_rota(asked))
    reached, pause = rotas[number % len(rotas)], len(people) - 1
    classes = (*([kind] for kind in FAIR), list(TimeClass))
    as_fair = [
        rota
        for rota in rotas
        if shortest_pause(asked, rota) >= pause
        and all(spread(asked, rota, kinds) <= spread(asked, reached, kinds) for kinds in classes)
    ]
    # With one seat the place in the cycle alone says how many turns of a class somebody has: all fit, or none does.
    assert is_less_fair_in_strict_cycle(asked, reached, pause) == (not as_fair)


def test_a_strict_cycle_with_history_or_spare_people_forbids_nothing() -> None:
    kinds = [W, O, W, O]
    fair = (("A",), ("A",), ("B",), ("B",))
    assert is_less_fair_in_strict_cycle(request(kinds, "AB"), fair, 1), "in turns A gets each weekend"
    assert not is_less_fair_in_strict_cycle(request(kinds, "AB", history={("A", O): 1}), fair, 1)
    assert not is_less_fair_in_strict_cycle(request(kinds, "ABC"), fair, 1)
    assert not is_less_fair_in_strict_cycle(request([W, W, O, O], "AB"), fair, 1)


def test_each_stage_is_measured_and_proved_where_it_reaches_its_bound() -> None:
    asked = request(
        [H, W, N, O], "AB", wishes=[("A", 0), ("B", 0)], history={("A", H): 1},
        published={0: frozenset("A"), 1: frozenset("A"), 2: frozenset("AB")},
    )  # fmt: skip
    rota = [("A",), ("B",), ("B",), ("A",)]
    found = [(stage.value, stage.bound, stage.proved) for stage in stages_of(asked, rota, [False] * 7)]
    assert found == [
        (2, 0, False),
        (1, 1, True),
        (1, 1, True),
        (1, 1, True),
        (0, 1, False),
        (1, 0, False),
        (2, 4, False),
    ]
    stages = stages_of(asked, rota, [True, *[False] * 6], most_pause=0)
    assert [stage.proved for stage in stages] == [True, True, True, True, True, False, False]
    assert stages[4].bound == 0


def test_without_a_solver_a_turn_goes_to_who_has_fewest_wishes_it_and_has_paused_longest() -> None:
    def first(**more: object) -> str:
        made = arrange(request([O, O, O], "ABC", **more), SHANGHAI, lambda _: True)  # type: ignore[arg-type]
        return "".join(person for (person,) in made.people)

    assert first() == "ABC", "by name where nothing else parts them"
    assert first(wishes=[("A", 0)]) == "BAC", "whoever would rather not comes after the others"
    assert first(wishes=[("A", 0), ("B", 0), ("C", 0)]) == "ABC", "a wish is no leave"
    assert first(history={("A", O): 1, ("B", O): 1}) == "CAB", "who has fewest of the class of the turn"


@pytest.mark.parametrize(
    ("kinds", "history", "people"),
    [
        ([O, W], {}, "AB"),
        ([W, O, O, W], {("A", O): 5}, "ABBB"),
        ([O, O, O, O], {("A", O): 3}, "BBBA"),
    ],
)
def test_a_turn_is_weighed_by_those_of_its_own_class_and_then_by_the_pause(
    kinds: list[TimeClass], history: dict[tuple[str, TimeClass], int], people: str
) -> None:
    made = arrange(request(kinds, "AB", rest=0, history=history), SHANGHAI, lambda _: True)
    assert "".join(person for (person,) in made.people) == people


def test_fairness_gives_nobody_two_seats_of_one_turn() -> None:
    made = arrange(request([O], "AB", seats=2, history={("A", O): 5}), SHANGHAI, lambda _: True)
    assert made.people == (("A", "B"),)


def test_without_a_solver_only_what_reaches_its_bound_is_proved() -> None:
    asked = request([W, O, W, O], "AB", off=[("B", 0), ("A", 3)])
    made = arrange(asked, SHANGHAI, lambda _: True)
    assert all(stage.proved == (stage.value == stage.bound) for stage in made.stages)
    assert not all(stage.proved for stage in made.stages), "two people in turns get the same weekends"


def test_the_rounds_of_exchange_are_told_and_end_where_none_helps() -> None:
    told: list[str] = []

    def watch(sentence: object) -> bool:
        told.append(str(sentence))
        return True

    arrange(request([O, O, O], "ABC"), SHANGHAI, watch)
    assert told == ["exchanging turns, round 1"]
    # C had two holidays last season: the third turn is taken from C in the first round, and a second is tried.
    arrange(request([O, H, O], "ABC", rest=0, history={("C", H): 2}), SHANGHAI, watch)
    assert told[1:] == ["exchanging turns, round 1", "exchanging turns, round 2"]


@given(
    kinds=st.lists(st.sampled_from([H, W, N, O]), min_size=1, max_size=8), history=HISTORY, off=OFF,
    rest=st.sampled_from([0, 12, 24, 25, 48]),
)  # fmt: skip
def test_no_single_turn_given_away_makes_a_proposal_fairer(
    kinds: list[TimeClass], history: dict[tuple[str, TimeClass], int], off: list[tuple[str, int]], rest: int
) -> None:
    asked = request(kinds, "ABCD", rest=rest, history=history, off=[(p, n) for p, n in off if n < len(kinds)])
    try:
        made = [list(standing) for standing in propose(asked, SHANGHAI, exact=False).people]
    except Refused:
        return

    def cost(people: Sequence[Sequence[str]]) -> tuple[int, ...]:
        return tuple(spread(asked, people, classes) for classes in (*([kind] for kind in FAIR), list(TimeClass)))

    reached = cost(made)
    for number in range(len(made)):
        for person in asked.people:
            changed = [*made[:number], [person], *made[number + 1 :]]
            near = [n for n, (one,) in enumerate(changed) if one == person and n != number]
            rested = not any(asked.too_close(min(n, number), max(n, number)) for n in near)
            if asked.may(person, number) and rested:
                assert cost(changed) >= reached


def test_what_asks_for_nothing_or_for_more_than_there_are_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="There is no turn to fill"):
        refuse_impossible(request([], "A"), SHANGHAI)
    with pytest.raises(Refused, match="one person at least"):
        refuse_impossible(request([O], "A", seats=0), SHANGHAI)
    asked = request([O, O], "AB", seats=1, off=[("A", 1), ("B", 1)], names={"A": "An"})
    with pytest.raises(Refused, match=r"from 2026-06-11 08:00 to 2026-06-12 08:00.*\(0 of 1: —\)"):
        refuse_impossible(asked, SHANGHAI)
    with pytest.raises(Refused, match=r"\(1 of 2: An\)"):
        refuse_impossible(request([O], "A", seats=2, names={"A": "An"}), SHANGHAI)


def test_turns_with_holes_between_them_may_be_stood_by_fewer() -> None:
    asked = request([O, O, O, O], "A")
    spaced = Request(slots=asked.slots[::2], seats=1, people=("A",), rest=timedelta(hours=24))
    refuse_impossible(spaced, SHANGHAI)
    with pytest.raises(Refused, match="of 2: A"):
        refuse_impossible(asked, SHANGHAI)


def test_where_enough_are_there_it_is_the_rest_that_forbids() -> None:
    asked = request([O, O, O], "AB", off=[("B", 1)], names={"A": "An", "B": "Bo"})
    assert "there from 2026-06-11 08:00 to 2026-06-12 08:00 are An, and" in str(
        no_rota_found(asked, 1, SHANGHAI).sentence
    )
    assert "(1 of 2: An)" in str(no_rota_found(request([O], "A", seats=2, names={"A": "An"}), 0, SHANGHAI).sentence)
