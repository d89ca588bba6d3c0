from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.document import problems_of
from floodready.refusal import Refused
from floodready.season.commands import add_season, change_season, remove_season, repeat_seasons
from floodready.season.models import Season, SeasonPart
from floodready.season.seasons import (
    in_main_season,
    joined,
    moved_to_year,
    season_on,
    season_windows,
    seasons_of,
)
from floodready.season.situation import situation
from tests.season.conftest import MORNING, ZONE, Room

PARTS = (
    SeasonPart(name="early", starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 31)),
    SeasonPart(name="late", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 31)),
)
SUMMER = Season(
    id="F1",
    name="伏秋大汛",
    unit="anlan",
    starts_on=date(2026, 7, 1),
    ends_on=date(2026, 10, 31),
    main_starts_on=date(2026, 7, 16),
    main_ends_on=date(2026, 8, 15),
    parts=PARTS,
)
ICE = Season(id="F2", name="凌汛", unit="anlan", starts_on=date(2026, 11, 20), ends_on=date(2027, 3, 10))


def test_both_days_of_a_season_belong_to_it() -> None:
    assert season_on(date(2026, 6, 30), [SUMMER, ICE]) is None
    assert season_on(date(2026, 7, 1), [SUMMER, ICE]) == SUMMER
    assert season_on(date(2026, 10, 31), [SUMMER, ICE]) == SUMMER
    assert season_on(date(2027, 1, 1), [SUMMER, ICE]) == ICE


def test_the_main_season_is_a_range_within() -> None:
    assert [in_main_season(day, [ICE, SUMMER]) for day in (date(2026, 7, 15), date(2026, 7, 16))] == [False, True]
    values = {"id": "F", "name": "x", "unit": "u", "starts_on": date(2026, 7, 1), "ends_on": date(2026, 7, 2)}
    wrong = {**values, "main_starts_on": date(2026, 6, 1), "main_ends_on": date(2026, 7, 2)}
    assert set(problems_of(Season, wrong)) == {"main_starts_on"}
    assert "ends_on" in problems_of(Season, {**values, "ends_on": date(2026, 6, 30)})
    assert set(problems_of(Season, {**values, "parts": PARTS})) == {"parts"}


def test_a_unit_without_seasons_follows_the_nearest_above() -> None:
    parents = {"anlan": None, "heyang": "anlan", "town": "heyang"}
    own = SUMMER.changed(id="F3", unit="heyang", name="own")
    assert seasons_of("town", [ICE, SUMMER], parents) == (SUMMER, ICE)
    assert seasons_of("town", [ICE, SUMMER, own], parents) == (own,)
    assert seasons_of("elsewhere", [SUMMER], parents) == ()


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 300)), max_size=5), st.data())
def test_windows_and_days_agree(spans: list[tuple[date, int]], data: st.DataObject) -> None:
    seasons = [
        Season(id=str(n), name=str(n), unit="u", starts_on=day, ends_on=day + timedelta(days=days))
        for n, (day, days) in enumerate(spans)
    ]
    windows = season_windows(seasons, ZONE)
    assert all(left[1] < right[0] for left, right in pairwise(windows))
    asked = datetime(1999, 12, 1, tzinfo=UTC) + data.draw(st.timedeltas(timedelta(), timedelta(days=19000)))
    inside = any(since <= asked < until for since, until in windows)
    assert inside == (season_on(asked.astimezone(ZONE).date(), seasons) is not None)


def test_a_season_is_repeated_day_by_day_in_another_year(room: Room) -> None:
    fields = {name: getattr(SUMMER, name) for name in ("name", "starts_on", "ends_on", "parts")}
    first = add_season(room.store, room.by("qian"), unit="anlan", **fields)
    (again,) = repeat_seasons(room.store, room.by("qian"), unit="anlan", from_year=2026, to_year=2027)
    assert (again.starts_on, again.parts[1].starts_on) == (date(2027, 7, 1), date(2027, 9, 1))
    with pytest.raises(Refused, match="already"):
        repeat_seasons(room.store, room.by("qian"), unit="anlan", from_year=2026, to_year=2027)
    with pytest.raises(Refused, match="安澜市防指 has no season in 2020"):
        repeat_seasons(room.store, room.by("qian"), unit="anlan", from_year=2020, to_year=2028)
    with pytest.raises(Refused, match="already"):
        change_season(room.store, room.by("qian"), again, starts_on=date(2026, 7, 2))
    remove_season(room.store, room.by("qian"), again)
    assert list(room.store.all(Season)) == [first]


def test_the_leap_day_moves_to_the_28th() -> None:
    leap = Season(id="F", name="x", unit="u", starts_on=date(2024, 2, 29), ends_on=date(2024, 3, 31))
    assert moved_to_year(leap, 2026, "G").starts_on == date(2026, 2, 28)


def test_the_situation_knows_season_and_main_season(room: Room) -> None:
    fields = ("name", "starts_on", "ends_on", "main_starts_on", "main_ends_on")
    add_season(room.store, room.by("qian"), unit="anlan", **{name: getattr(SUMMER, name) for name in fields})
    before, first, main = (
        situation(room.store, "heyang", at, ZONE)
        for at in (MORNING - timedelta(hours=9), MORNING, datetime(2026, 7, 20, tzinfo=UTC))
    )
    assert before.season is None
    assert first.season is not None
    assert not first.main_season
    assert main.main_season


def test_a_season_that_ends_before_it_starts_is_told_that_and_nothing_that_follows_from_it() -> None:
    wrong = problems_of(Season, {"id": "F1", "name": "x", "unit": "anlan", "starts_on": SUMMER.ends_on,
                                 "ends_on": SUMMER.starts_on, "parts": PARTS})  # fmt: skip
    assert {name: str(told) for name, told in wrong.items()} == {"ends_on": "must not be before the first day"}


def test_where_seasons_overlap_the_one_that_ends_last_holds() -> None:
    longer = ICE.changed(id="F4", starts_on=date(2026, 8, 1), ends_on=date(2026, 11, 15))
    for held in ([SUMMER, longer], [longer, SUMMER]):
        assert season_on(date(2026, 8, 1), held) == longer
        assert season_on(date(2026, 7, 31), held) == SUMMER


def test_both_days_of_the_main_season_belong_to_it_and_half_a_range_is_none() -> None:
    days = (date(2026, 7, 16), date(2026, 8, 15), date(2026, 8, 16))
    assert [in_main_season(day, [SUMMER]) for day in days] == [True, True, False]
    assert not in_main_season(date(2026, 12, 1), [ICE])


def test_windows_that_touch_or_lie_in_one_another_are_one_whatever_their_order() -> None:
    hours = [MORNING + timedelta(hours=n) for n in range(6)]
    before = (MORNING - timedelta(hours=2), MORNING - timedelta(hours=1))
    inside, touching, apart = (hours[1], hours[2]), (hours[3], hours[4]), (hours[5], hours[5] + timedelta(hours=1))
    found = joined([touching, apart, inside, before, (hours[0], hours[3])])
    assert found == [before, (hours[0], hours[4]), apart]


def test_the_main_season_and_the_parts_move_to_the_year_with_the_season() -> None:
    moved = moved_to_year(SUMMER, 2030, "G")
    assert (moved.main_starts_on, moved.main_ends_on) == (date(2030, 7, 16), date(2030, 8, 15))
    assert [(part.name, part.starts_on, part.ends_on) for part in moved.parts] == [
        ("early", date(2030, 7, 1), date(2030, 8, 31)),
        ("late", date(2030, 9, 1), date(2030, 10, 31)),
    ]
    over_new_year = moved_to_year(ICE, 2029, "G")
    assert (over_new_year.starts_on, over_new_year.ends_on) == (date(2029, 11, 20), date(2030, 3, 10))
    assert (over_new_year.main_starts_on, over_new_year.main_ends_on) == (None, None)
