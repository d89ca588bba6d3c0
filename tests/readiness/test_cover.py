"""How figures of stock colour a line over time, apart from where the figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.language import say, verbatim
from floodready.readiness.cover import Coming, Figure, Words, cover_signals, cover_told
from floodready.readiness.line import BEGINNING, Capability, Colour, Importance, Kind, Line, LineStatus, status_of

FIRST = datetime(2026, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WORDS = Words(
    unknown=lambda figure: say("no need is set: {usable} usable", usable=figure.usable),
    cover=lambda figure: verbatim(f"{figure.usable} of {figure.need}"),
    set_need=lambda _: verbatim("set a need"),
    replenish=lambda _, missing: verbatim(f"replenish {missing}"),
    receive=lambda coming: verbatim(f"receive {coming.transfer}"),
    on_the_way=lambda coming: verbatim(f"{coming.quantity} by {coming.transfer}"),
)


def figures(*told: tuple[int, int | None], coming: Coming | None = None) -> list[Figure]:
    """Give figures of (usable, need): the first from the beginning, then one each hundredth day from 1 July on."""
    return [
        Figure(
            since=FIRST + 100 * place * DAY if place else BEGINNING,
            usable=usable, need=need, by_holder={}, coming=coming,
        )
        for place, (usable, need) in enumerate(told)
    ]  # fmt: skip


def status(found: Sequence[Figure], at: datetime, importance: Importance = Importance.B) -> LineStatus:
    line = Line(
        id="bags", unit="HQ", capability=Capability.HOLD, importance=importance, kind=Kind.STOCK,
        subject=verbatim("bags"), signals=tuple(cover_signals(found, importance, WORDS)),
        good_later=tuple(cover_told(found, WORDS)),
    )  # fmt: skip
    return status_of(line, at)


@pytest.mark.parametrize(
    ("importance", "usable", "colour"),
    [
        (Importance.A, 89_999, Colour.RED), (Importance.A, 90_000, Colour.AMBER),
        (Importance.B, 79_999, Colour.RED), (Importance.B, 80_000, Colour.AMBER),
        (Importance.C, 79_999, Colour.RED), (Importance.C, 99_999, Colour.AMBER),
        (Importance.C, 100_000, Colour.GREEN), (Importance.A, 100_001, Colour.GREEN),
    ],
)  # fmt: skip
def test_the_limits_are_exact_to_the_piece(importance: Importance, usable: int, colour: Colour) -> None:
    assert status(figures((usable, 100_000)), FIRST, importance).colour is colour


def test_a_stretch_without_a_need_is_not_known_and_only_that_stretch() -> None:
    found = figures((10, 10), (10, None), (10, 10))
    days = [status(found, FIRST + day * DAY).colour for day in (0, 99, 100, 199, 200)]
    assert days == [Colour.GREEN, Colour.GREEN, Colour.GREY, Colour.GREY, Colour.GREEN]


def test_what_is_short_now_and_covered_later_was_never_going_to_fall_short() -> None:
    found = figures((9, 10), (10, 10))
    assert str(status(found, FIRST).cause) == "9 of 10"
    assert status(found, FIRST + 100 * DAY).colour is Colour.GREEN


def test_the_warning_ends_where_the_stock_falls_short_and_what_comes_after_is_told_by_itself() -> None:
    found = figures((10, 10), (9, 10), (10, 10))
    second = timedelta(seconds=1)
    told = [
        str(status(found, at).cause)
        for at in (
            FIRST + 70 * DAY - second, FIRST + 70 * DAY, FIRST + 100 * DAY - second, FIRST + 100 * DAY,
            FIRST + 200 * DAY - second, FIRST + 200 * DAY,
        )
    ]  # fmt: skip
    warned = "will fall short within 30 days: 9 of 10"
    assert told == ["10 of 10", warned, warned, "9 of 10", "9 of 10", "10 of 10"]


@pytest.mark.parametrize(("quantity", "act"), [(1, "replenish 2"), (2, "receive T-1"), (3, "receive T-1")])
def test_what_is_on_the_way_is_waited_for_only_where_it_makes_up_the_whole(quantity: int, act: str) -> None:
    found = status(figures((8, 10), coming=Coming(quantity=quantity, transfer="T-1")), FIRST)
    assert str(found.act) == act
    assert ("depends on" in str(found.cause)) == (act == "receive T-1")


def test_while_nothing_is_wrong_the_figures_of_the_day_are_told() -> None:
    found = figures((11, 10), (12, 10))
    assert [str(status(found, FIRST + day * DAY).cause) for day in (99, 100)] == ["11 of 10", "12 of 10"]
    assert list(cover_told(figures((5, None)), WORDS)) == []


TOLD = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 10)), min_size=1, max_size=5)
GAPS = st.lists(st.integers(1, 50), min_size=5, max_size=5)


@given(told=TOLD, gaps=GAPS, day=st.integers(-10, 260), importance=st.sampled_from(list(Importance)))
def test_the_colour_of_any_day_is_that_of_its_share_or_of_what_comes_within_thirty_days(
    told: list[tuple[int, int]], gaps: list[int], day: int, importance: Importance
) -> None:
    begins = [BEGINNING, *(FIRST + sum(gaps[: place + 1]) * DAY for place in range(len(told) - 1))]
    found = [
        Figure(since=since, usable=usable, need=need, by_holder={})
        for since, (usable, need) in zip(begins, told, strict=True)
    ]
    at = FIRST + day * DAY
    share = next(Fraction(one.usable, one.need or 1) for one in reversed(found) if one.since <= at)
    coming = [one for one in found if at < one.since <= at + 30 * DAY and not one.covered]
    if share < Fraction(9 if importance is Importance.A else 8, 10):
        expected = Colour.RED
    else:
        expected = Colour.AMBER if share < 1 or coming else Colour.GREEN
    assert status(found, at, importance).colour is expected
