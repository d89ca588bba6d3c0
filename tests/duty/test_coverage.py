from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.duty.coverage import GapReason, Need, conflicts, gaps, shortfalls
from floodready.duty.levels import highest_at_a_time
from floodready.duty.models import DutySettings, Group, LevelNeed, PostNeed, Rota, Rotation
from floodready.duty.plan import LevelWindow
from floodready.duty.resolver import Span, Timeline, timeline
from floodready.duty.why import Cause, Why
from tests.duty.rosters import at, plan, rota, rotation, season

ZERO = datetime(2026, 7, 1, tzinfo=UTC)
WHY = Why(Cause.ROTATION, "r")


def second(offset: int) -> datetime:
    return ZERO + timedelta(seconds=offset)


def span(start: int, end: int, person: str = "A") -> Span:
    return Span(second(start), second(end), "leader", person, WHY)


def need(count: int, end: int) -> Need:
    return Need(post="leader", count=count, start=second(0), end=second(end))


def test_a_hole_of_one_second_is_reported() -> None:
    (found,) = shortfalls([span(0, 10), span(11, 20, "B")], [need(1, 20)])
    assert (found.start, found.end, found.missing) == (second(10), second(11), 1)


def test_half_a_day_doubled_and_half_empty_is_half_covered() -> None:
    hours = 3600
    both = [span(0, 12 * hours), span(0, 12 * hours, "B")]
    (found,) = shortfalls(both, [need(1, 24 * hours)])
    assert (found.start, found.end, found.missing) == (second(12 * hours), second(24 * hours), 1)


def test_the_same_person_twice_is_one_person() -> None:
    (found,) = shortfalls([span(0, 10), span(0, 10)], [need(2, 10)])
    assert (found.present, found.missing) == (("A",), 1)


@pytest.mark.parametrize("cases", [2_000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_random_cases_agree_with_counting_every_second(cases: int) -> None:
    chance = random.Random(20260701)
    for _ in range(cases):
        length, count = chance.randint(1, 14), chance.randint(1, 3)
        spans = []
        for _ in range(chance.randint(0, 5)):
            start = chance.randint(0, length)
            spans.append(span(start, chance.randint(start, length), chance.choice("ABC")))
        found = shortfalls(spans, [need(count, length)])
        swept = {n: gap.missing for gap in found for n in range((gap.start - ZERO).seconds, (gap.end - ZERO).seconds)}
        counted = {}
        for n in range(length):
            moment = second(n)
            present = {s.person for s in spans if s.start <= moment < s.end}
            if len(present) < count:
                counted[n] = count - len(present)
        assert swept == counted


def test_one_person_in_two_units_at_once_is_a_conflict() -> None:
    one = Timeline(second(0), second(20), (span(0, 10),), ())
    two = Timeline(second(0), second(20), (span(5, 20),), ())
    (found,) = conflicts([("U", one), ("V", two)])
    assert (found.start, found.end, found.person) == (second(5), second(10), "A")
    assert found.places == (("U", "leader"), ("V", "leader"))


def test_nothing_is_needed_out_of_season_and_a_level_raises_the_need() -> None:
    settings = DutySettings(
        id="U",
        needs=(PostNeed(post="leader", needed=1),),
        level_needs=(LevelNeed(level="III", post="leader", needed=2),),
    )
    known = plan(
        rota(rotation()),
        settings=settings,
        seasons=(season("2026-07-01 08:00", "2026-07-11 08:00"),),
        levels=(LevelWindow(level="III", start=at("2026-07-03 08:00"), end=at("2026-07-04 08:00")),),
    )
    (gap,) = gaps(known, at("2026-06-01 00:00"), at("2026-08-01 00:00"))
    assert (gap.start, gap.end, gap.needed, gap.present) == (
        at("2026-07-03 08:00"),
        at("2026-07-04 08:00"),
        2,
        ("C",),
    )


def test_now_the_timeline_and_the_gaps_agree_around_every_boundary() -> None:
    known = plan(rota(rotation(people="A B")), needs={"leader": 1}, left={"B": at("2026-07-04 12:00")})
    line = timeline(known, at("2026-07-01 08:00"), at("2026-07-10 08:00"))
    found = gaps(known, line.start, line.end)
    for edge in {s.start for s in line.spans} | {gap.start for gap in found} | {gap.end for gap in found}:
        for offset in (-1, 0, 1):
            moment = edge + timedelta(seconds=offset)
            if line.start <= moment < line.end:
                short = any(gap.start <= moment < gap.end for gap in found)
                assert short == (not line.at(moment))


def test_shortfalls_stand_in_order_of_time_and_pieces_of_one_are_joined() -> None:
    later, earlier = (Need(post=post, count=2, start=second(start), end=second(20)) for post, start in
                      (("driver", 9), ("leader", 0)))  # fmt: skip
    spans = [span(5, 20), span(10, 15), span(3, 20, "B"), span(3, 20, "C")]
    found = shortfalls(spans, [later, Need(post="leader", count=4, start=second(0), end=second(20))])
    assert [(short.start, short.post, short.present) for short in found] == [
        (second(0), "leader", ()),
        (second(3), "leader", ("B", "C")),
        (second(5), "leader", ("A", "B", "C")),
        (second(9), "driver", ()),
    ]
    assert shortfalls([span(5, 20), span(3, 20, "B")], [earlier])[-1].end == second(5)


def test_a_gap_is_cut_where_its_reason_changes_and_only_there() -> None:
    from floodready.duty.models import Leave, Override, OverrideKind

    start, noon, evening, end = (at(f"2026-07-0{day} {hour}") for day, hour in
                                 ((2, "08:00"), (2, "12:00"), (2, "20:00"), (3, "08:00")))  # fmt: skip
    removed = Override(
        id="O1", unit="U", post="leader", kind=OverrideKind.REMOVE, person="B", from_at=noon, until_at=evening,
        made_at=start,
    )  # fmt: skip
    leaves = [
        Leave(id="L1", person="B", from_at=start, until_at=noon),
        Leave(id="L2", person="B", from_at=evening, until_at=evening + timedelta(hours=1)),
        Leave(id="L3", person="B", from_at=evening + timedelta(hours=1), until_at=end),
        Leave(id="L4", person="D", from_at=start, until_at=end),
    ]
    known = plan(
        rota(rotation(), rotation("officer", "D")), leaves=tuple(leaves), overrides=(removed,), needs={"leader": 1}
    )
    assert [(gap.start, gap.end, gap.reason, gap.people) for gap in gaps(known, start, end)] == [
        (start, noon, GapReason.LEAVE, ("B",)),
        (noon, evening, GapReason.REMOVED, ("B",)),
        (evening, end, GapReason.LEAVE, ("B",)),
    ]


def test_too_few_nobody_and_no_rota_are_told_apart() -> None:
    start, end = at("2026-07-01 08:00"), at("2026-07-03 08:00")

    def reasons(*rotas: Rota, needs: int) -> list[GapReason]:
        return [gap.reason for gap in gaps(plan(*rotas, needs={"leader": needs}), start, end)]

    assert reasons(rota(rotation()), needs=2) == [GapReason.TOO_FEW, GapReason.TOO_FEW]
    assert reasons(rota(rotation("officer")), needs=1) == [GapReason.NOBODY]
    empty = Rotation(
        post="leader", name="empty", first_on=date(2026, 7, 1), times=(time(8),), groups=(Group(people=()),)
    )
    assert reasons(rota(empty), needs=1) == [GapReason.NOBODY]
    assert reasons(rota(rotation(), since="2026-07-02 08:00"), needs=1) == [GapReason.NO_ROTA]


def test_conflicts_stand_in_order_of_time_with_their_places_in_order() -> None:
    lines = [
        (unit, Timeline(second(0), second(20), tuple(spans), ()))
        for unit, spans in (("V", [span(5, 9, "A"), span(0, 4, "B")]), ("U", [span(0, 20, "A"), span(2, 4, "B")]))
    ]
    found = conflicts(lines)
    assert [(c.start, c.end, c.person) for c in found] == [(second(2), second(4), "B"), (second(5), second(9), "A")]
    assert found[0].places == (("U", "leader"), ("V", "leader"))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(["IV", "III", "II", "I"]), st.integers(0, 12), st.integers(1, 6)), max_size=5)
)
def test_at_each_instant_the_highest_of_the_levels_holds_and_stretches_that_touch_differ(
    drawn: list[tuple[str, int, int]],
) -> None:
    windows = [LevelWindow(level=level, start=second(low), end=second(low + length)) for level, low, length in drawn]
    found = highest_at_a_time(windows)
    order = ["IV", "III", "II", "I"]
    for n in range(20):
        held = [window.level for window in windows if window.start <= second(n) < window.end]
        told = [window.level for window in found if window.start <= second(n) < window.end]
        assert told == ([max(held, key=order.index)] if held else [])
    assert all(one.end < two.start or one.level != two.level for one, two in pairwise(found))


def test_a_gap_goes_on_over_a_change_of_rotas_that_gives_it_no_other_reason() -> None:
    start, end = at("2026-07-01 08:00"), at("2026-07-05 08:00")
    rotas = (rota(rotation("officer")), rota(rotation("officer"), since="2026-07-03 08:00", id="R2"))
    (gap,) = gaps(plan(*rotas), start, end)
    assert (gap.start, gap.end, gap.reason) == (start, end, GapReason.NOBODY)
