from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from floodready.duty.coverage import Need, conflicts, gaps, shortfalls
from floodready.duty.models import DutySettings, LevelNeed, PostNeed
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
