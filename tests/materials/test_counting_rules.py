"""Whose figure of a line holds, and what the books say of it: the rules alone, with no store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.materials.balance import Spot
from floodready.materials.counting import (
    Figure,
    Moved,
    Verdict,
    book_at,
    explain_by_moves,
    figures,
    late_papers,
    next_attempt,
    read_entry,
    settle,
)
from floodready.materials.models import Importance, Movement, MovementKind
from floodready.materials.models_counting import Observation
from floodready.refusal import Refused
from floodready.typed_quantity import unit_factors
from tests.materials.conftest import MINUTE, NINE

HERE = Spot("L1", "EAST")


def seen(counted: int | None, counter: str = "li", attempt: int = 1, **fields: Any) -> Observation:
    known: dict[str, Any] = {"counted_at": NINE, "seen_seq": 1, **fields}
    return Observation(
        id=f"O{counter}{attempt}{counted}", session="S", place="EAST", lot="L1", item="BAG", counter=counter,
        counted=counted, attempt=attempt, **known,
    )  # fmt: skip


def moved(quantity: int, seq: int, at: timedelta = timedelta(0), **fields: Any) -> Movement:
    known: dict[str, Any] = {"source": "EAST", "target": "WEST", **fields}
    return Movement(
        id=f"M{seq}", item="BAG", lot="L1", quantity=quantity, kind=MovementKind.TRANSFER, occurred_at=NINE + at,
        recorded_at=NINE + at, seq=seq, by="li", **known,
    )  # fmt: skip


def test_a_letter_alone_is_no_count_of_damaged_pieces() -> None:
    factors = unit_factors("条", {})
    entry = read_entry("5d", 0, factors)
    assert (entry.counted, entry.damaged) == (5, True)
    with pytest.raises(Refused, match="“d”"):
        read_entry("d", 0, factors)


def test_added_entries_add_their_damaged_pieces_too_and_a_blank_takes_nothing_away() -> None:
    entries = [seen(10, damaged=2), seen(None), seen(5, damaged=1, adds=True)]
    assert (figures(entries)[1].counted, figures(entries)[1].damaged) == (15, 3)
    replaced = figures([*entries, seen(7)])[1]
    assert (replaced.counted, replaced.damaged) == (7, 0)


@pytest.mark.parametrize(
    ("observations", "verdict", "counted"),
    [
        ([], Verdict.UNCOUNTED, None),
        ([seen(None)], Verdict.UNCOUNTED, None),
        ([seen(10)], Verdict.SECOND, 10),
        ([seen(10, "bo", 2)], Verdict.SECOND, 10),
        ([seen(10), seen(10, "bo", 2)], Verdict.SETTLED, 10),
        ([seen(10), seen(9, "bo", 2)], Verdict.THIRD, None),
        ([seen(10), seen(10, "bo", 2, damaged=1)], Verdict.THIRD, None),
        ([seen(10), seen(9, "bo", 2), seen(8, "cui", 3)], Verdict.SETTLED, 8),
    ],
)
def test_a_class_a_line_is_settled_by_two_who_agree_or_by_the_third(
    observations: list[Observation], verdict: Verdict, counted: int | None
) -> None:
    found = settle(observations, Importance.A)
    assert (found.verdict, found.figure.counted if found.figure else None) == (verdict, counted)


def test_where_two_agree_the_later_figure_with_its_journal_position_holds() -> None:
    found = settle([seen(10, seen_seq=3), seen(10, "bo", 2, seen_seq=8)], Importance.A).figure
    assert found is not None
    assert (found.counter, found.seen_seq) == ("bo", 8)


def test_each_counter_gets_an_attempt_of_his_own_while_it_is_his_to_count() -> None:
    first, second, third = seen(10), seen(9, "bo", 2), seen(8, "cui", 3)

    def attempt(counter: str, *observations: Observation) -> int:
        return next_attempt(observations, Importance.A, counter, {})

    assert attempt("li") == 1
    assert attempt("li", first) == 1, "who counts again before the second has counted corrects his own"
    assert attempt("bo", first) == 2
    assert attempt("bo", second) == 2
    assert attempt("li", second) == 1
    assert attempt("cui", first, second) == 3
    assert attempt("cui", first, second, third) == 3
    for disagreeing in ("li", "bo"):
        with pytest.raises(Refused, match="third person"):
            attempt(disagreeing, first, second)
    with pytest.raises(Refused, match="cui has done the third count"):
        attempt("dong", first, second, third)
    assert next_attempt([first], Importance.B, "bo", {}) == 1


def test_late_papers_are_those_recorded_after_the_position_that_moved_before_the_moment() -> None:
    papers = [
        moved(1, seq=5, at=-MINUTE),  # the counter had seen it
        moved(10, seq=6, at=-MINUTE),
        moved(100, seq=6, at=timedelta(0)),  # at the counting moment itself: still on the shelf
        moved(1000, seq=7, at=MINUTE),
    ]
    assert late_papers(papers, HERE, 5, NINE) == -10
    figure = Figure(counted=0, damaged=0, counter="li", counted_at=NINE, seen_seq=5)
    assert book_at(papers, HERE, 5000, figure) == 5000 + 10 + 100 + 1000 - 10


def test_what_is_missing_in_one_place_and_found_in_others_is_moved_and_no_more_than_that() -> None:
    variances = {
        Spot("L1", "EAST"): -7, Spot("L1", "WEST"): 5, Spot("L1", "NORTH"): 4, Spot("L2", "WEST"): 9,
        Spot("L3", "WEST"): 0,
    }  # fmt: skip
    assert explain_by_moves(variances) == [Moved("L1", "EAST", "NORTH", 4), Moved("L1", "EAST", "WEST", 3)]


@settings(max_examples=40)
@given(st.dictionaries(st.builds(Spot, st.sampled_from("AB"), st.sampled_from("XYZ")), st.integers(-3, 3)))
def test_moves_leave_nothing_that_another_move_would_explain(variances: dict[Spot, int]) -> None:
    left = dict(variances)
    for move in explain_by_moves(variances):
        assert move.quantity > 0
        left[Spot(move.lot, move.source)] += move.quantity
        left[Spot(move.lot, move.target)] -= move.quantity
    assert all(abs(left[spot]) <= abs(variances[spot]) and left[spot] * variances[spot] >= 0 for spot in left)
    for lot in "AB":
        signs = {value > 0 for spot, value in left.items() if spot.lot == lot and value}
        assert len(signs) < 2


def test_what_was_found_is_taken_from_the_places_in_their_order() -> None:
    variances = {Spot("L1", "WEST"): -2, Spot("L1", "EAST"): -3, Spot("L1", "NORTH"): 4}
    assert explain_by_moves(variances) == [Moved("L1", "EAST", "NORTH", 3), Moved("L1", "WEST", "NORTH", 1)]
