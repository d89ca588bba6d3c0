from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.document import problems_of
from floodready.refusal import Refused
from floodready.season.commands import change_station
from floodready.season.level import Level, highest, rank
from floodready.season.models import Mark, Station, StationKind, Threshold
from floodready.season.suggestion import is_higher, suggest
from floodready.season.thresholds import (
    level_met,
    next_above,
    out_of_order,
    put_in,
    reached,
    thresholds_on,
    windows_at_or_above,
)
from tests.season.conftest import HUAYUANKOU, ZONE, Room

HYK = Station(
    id="hyk",
    name="Huayuankou",
    unit="anlan",
    kind=StationKind.DISCHARGE,
    thresholds=tuple(Threshold(mark=mark, value=value * 1000) for mark, value in HUAYUANKOU.items()),
)
DONGPING = Station(
    id="dp",
    name="东平湖",
    unit="anlan",
    kind=StationKind.WATER_LEVEL,
    thresholds=(
        Threshold(mark=Mark.WARNING, value=43_000, valid_until=date(2020, 12, 31)),
        Threshold(mark=Mark.WARNING, value=41_720, valid_from=date(2021, 1, 1)),
    ),
)
XIAOLANGDI = Station(
    id="xld",
    name="Xiaolangdi",
    unit="anlan",
    kind=StationKind.RESERVOIR_LEVEL,
    thresholds=(Threshold(mark=Mark.II, value=274_000), Threshold(mark=Mark.I, value=275_000)),
)
DAY = date(2021, 9, 21)
NOON = datetime(2021, 9, 21, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "level"),
    [(3_999_999, None), (4_000_000, "IV"), (5_999_999, "IV"), (6_000_000, "III"), (8_000_000, "II"), (15_000_000, "I")],
)
def test_huayuankou_by_its_plan(value: int, level: str | None) -> None:
    assert level_met(HYK, value, DAY) == (Level(level) if level else None)


def test_the_same_level_of_dongping_lake_is_above_warning_in_2021_and_below_in_2013() -> None:
    assert [threshold.mark for threshold in reached(DONGPING, 41_730, date(2021, 9, 21))] == [Mark.WARNING]
    assert reached(DONGPING, 41_730, date(2013, 9, 21)) == []
    assert thresholds_on(DONGPING, date(2020, 12, 31))[Mark.WARNING].value == 43_000
    assert thresholds_on(DONGPING, date(2021, 1, 1))[Mark.WARNING].value == 41_720


def test_a_level_without_a_value_is_passed_over_never_guessed() -> None:
    assert level_met(XIAOLANGDI, 273_999, DAY) is None
    assert level_met(XIAOLANGDI, 274_000, DAY) is Level.II


def test_the_next_threshold_above_is_named() -> None:
    following = next_above(HYK, 4_000_000, DAY)
    assert following is not None
    assert following.mark is Mark.III
    assert next_above(HYK, 15_000_000, DAY) is None


def test_two_values_of_one_mark_on_the_same_day_are_refused() -> None:
    overlapping = (
        Threshold(mark=Mark.WARNING, value=43_000),
        Threshold(mark=Mark.WARNING, value=41_720, valid_from=date(2021, 1, 1)),
    )
    values = {"id": "dp", "name": "Dongping", "unit": "u", "kind": StationKind.WATER_LEVEL}
    assert set(problems_of(Station, {**values, "thresholds": overlapping})) == {"thresholds"}
    assert not problems_of(Station, {**values, "thresholds": DONGPING.thresholds})
    backwards = (Threshold(mark=Mark.GUARD, value=1, valid_from=DAY, valid_until=date(2021, 1, 1)),)
    assert set(problems_of(Station, {**values, "thresholds": backwards})) == {"thresholds"}


STATIONS = st.lists(
    st.dictionaries(st.sampled_from([Mark.IV, Mark.III, Mark.II, Mark.I]), st.integers(0, 50), min_size=1),
    min_size=1,
    max_size=4,
)


def made(marks: list[dict[Mark, int]]) -> list[Station]:
    return [
        HYK.changed(id=f"s{place}", thresholds=tuple(Threshold(mark=m, value=v) for m, v in wanted.items()))
        for place, wanted in enumerate(marks)
    ]


@given(STATIONS, st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 30))
def test_more_water_never_suggests_a_lower_level(
    marks: list[dict[Mark, int]], values: list[int], risen: int, by: int
) -> None:
    stations = made(marks)
    before = {station.id: (NOON, value) for station, value in zip(stations, values, strict=False)}
    name = stations[risen % len(stations)].id
    after = {**before, name: (NOON, before[name][1] + by)}
    low, high = (suggest(stations, points, NOON, ZONE, 24) for points in (before, after))
    assert rank(high.level) >= rank(low.level)
    each = [level_met(station, before[station.id][1], DAY) for station in stations]
    assert low.level == highest(*each)
    assert all(met.value >= met.threshold.value for met in low.met)


def test_the_suggestion_names_the_station_that_decides() -> None:
    points = {"hyk": (NOON, 4_100_000), "xld": (NOON, 274_500)}
    suggestion = suggest([HYK, XIAOLANGDI], points, NOON, ZONE, 24)
    assert suggestion.level is Level.II
    assert str(suggestion.sentence) == "Xiaolangdi 274.50 m meets level II (274.00 m): level II is suggested"
    assert [met.station.id for met in suggestion.met] == ["xld", "hyk"]
    assert is_higher(suggestion.level, Level.III)
    assert not is_higher(suggestion.level, Level.II)


def test_an_old_reading_does_not_speak_and_is_said_to_be_unknown() -> None:
    points = {"hyk": (NOON - timedelta(hours=24, seconds=1), 4_100_000)}
    suggestion = suggest([HYK, XIAOLANGDI, DONGPING], points, NOON, ZONE, 24)
    assert suggestion.level is None
    assert [station.id for station in suggestion.unknown] == ["hyk", "xld"]
    assert str(suggestion.sentence) == "no level is suggested, but 2 stations are not known"


def test_a_stretch_above_warning_is_judged_by_the_threshold_of_each_day() -> None:
    new_year = datetime(2020, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai
    points = [
        (new_year - timedelta(seconds=1), 42_000),
        (new_year, 42_000),
        (new_year + timedelta(hours=5), 41_720),
        (new_year + timedelta(hours=6), 41_719),
        (new_year + timedelta(hours=9), 41_800),
    ]
    until = new_year + timedelta(hours=10)
    assert windows_at_or_above(DONGPING, Mark.WARNING, points, ZONE, until) == [
        (new_year, new_year + timedelta(hours=6)),
        (new_year + timedelta(hours=9), until),
    ]


def test_a_new_threshold_keeps_the_order_of_the_marks_on_its_first_day(room: Room) -> None:
    station = room.store.get(Station, "hyk")
    assert station is not None
    slip = Threshold(mark=Mark.IV, value=9_000_000, valid_from=date(2026, 8, 1))
    with pytest.raises(Refused, match=r"level IV 9,000 m³/s would lie above level III 6,000 m³/s"):
        change_station(room.store, room.by("qian"), station, thresholds=put_in(station.thresholds, slip))
    raised = station.thresholds
    for mark, value in ((Mark.I, 20_000), (Mark.II, 15_000), (Mark.III, 10_000), (Mark.IV, 9_000)):
        raised = put_in(raised, Threshold(mark=mark, value=value * 1000, valid_from=date(2026, 8, 1)))
    change_station(room.store, room.by("qian"), station, thresholds=raised)


def test_marks_that_are_missing_or_of_other_kinds_stand_in_no_order() -> None:
    limit = Threshold(mark=Mark.FLOOD_LIMIT, value=1)
    assert out_of_order(XIAOLANGDI.changed(thresholds=(*XIAOLANGDI.thresholds, limit)), DAY) == []
    wrong = (Threshold(mark=Mark.GUARD, value=42_000), Threshold(mark=Mark.GUARANTEE, value=41_000))
    assert out_of_order(DONGPING.changed(thresholds=wrong), DAY) == [wrong]


@pytest.mark.parametrize(
    ("value", "declared", "said"),
    [
        (8_000, None, "Huayuankou 8,000 m³/s meets level II (8,000 m³/s): level II is suggested"),
        (8_000, Level.IV, "meets level II (8,000 m³/s): level II is suggested, above level IV, which is in force"),
        (8_000, Level.II, "meets level II (8,000 m³/s): level II, which is in force"),
        (8_000, Level.I, "meets level II (8,000 m³/s): level II; level I is in force until it is lowered"),
        (3_000, None, "no station meets a level"),
        (3_000, Level.IV, "no station meets a level; level IV is in force until it is ended"),
        (None, None, "no level is suggested, but 1 station is not known"),
        (None, Level.IV, "no level is suggested, but 1 station is not known; level IV is in force until it is ended"),
    ],
)
def test_a_suggestion_is_told_beside_the_level_in_force(value: int | None, declared: Level | None, said: str) -> None:
    points = {} if value is None else {"hyk": (NOON, value * 1000)}
    told = str(suggest([HYK], points, NOON, ZONE, 24).beside(declared))
    assert told.endswith(said)


def test_what_a_value_reaches_is_told_from_the_highest_down_and_equal_values_by_their_mark() -> None:
    assert [threshold.mark for threshold in reached(HYK, 8_000_000, DAY)] == [Mark.II, Mark.III, Mark.IV]
    twins = HYK.changed(thresholds=(Threshold(mark=Mark.GUARANTEE, value=5), Threshold(mark=Mark.WARNING, value=5)))
    assert [threshold.mark for threshold in reached(twins, 5, DAY)] == sorted(
        (Mark.GUARANTEE, Mark.WARNING), key=list(Mark).index
    )


def test_a_stretch_that_would_begin_at_the_end_is_none_and_a_mark_without_a_value_is_never_reached() -> None:
    assert windows_at_or_above(DONGPING, Mark.WARNING, [(NOON, 50_000)], ZONE, NOON) == []
    assert windows_at_or_above(DONGPING, Mark.GUARANTEE, [(NOON, 50_000)], ZONE, NOON + timedelta(hours=1)) == []


def test_neighbouring_marks_may_have_one_value() -> None:
    same = (Threshold(mark=Mark.GUARD, value=42_000), Threshold(mark=Mark.WARNING, value=42_000))
    assert out_of_order(DONGPING.changed(thresholds=same), DAY) == []


def put(*thresholds: Threshold, new: Threshold) -> list[tuple[int, date | None, date | None]]:
    return [(one.value, one.valid_from, one.valid_until) for one in put_in(thresholds, new)]


def test_a_new_value_ends_the_older_one_on_the_day_before_and_leaves_what_had_ended() -> None:
    first, second, third = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
    ended = Threshold(mark=Mark.WARNING, value=1, valid_until=second - timedelta(days=1))
    held = Threshold(mark=Mark.WARNING, value=2, valid_from=second)
    other = Threshold(mark=Mark.GUARD, value=9)
    kept = (1, None, date(2020, 12, 31))
    new = Threshold(mark=Mark.WARNING, value=3, valid_from=third)
    assert put(ended, held, other, new=new) == [
        kept,
        (2, second, date(2021, 12, 31)),
        (9, None, None),
        (3, third, None),
    ]
    same_day = Threshold(mark=Mark.WARNING, value=3, valid_from=second)
    assert put(held, ended, other, new=same_day) == [kept, (9, None, None), (3, second, None)]
    earlier = Threshold(mark=Mark.WARNING, value=3, valid_from=first)
    assert put(held, ended, new=earlier) == [(1, None, date(2019, 12, 31)), (3, first, None)]
    last_day = Threshold(mark=Mark.WARNING, value=3, valid_from=date(2020, 12, 31))
    assert put(ended, new=last_day) == [(1, None, date(2020, 12, 30)), (3, date(2020, 12, 31), None)]
    timeless = Threshold(mark=Mark.WARNING, value=3)
    assert put(held, ended, other, new=timeless) == [(9, None, None), (3, None, None)]
    assert put(ended, held, new=replace(held, source="another paper")) == [kept, (2, second, None)]


def test_a_reading_speaks_for_exactly_the_hours_of_the_setting() -> None:
    assert suggest([HYK], {"hyk": (NOON - timedelta(hours=24), 4_100_000)}, NOON, ZONE, 24).level is Level.IV


def test_a_station_out_of_use_or_without_level_thresholds_has_no_say() -> None:
    mixed = HYK.changed(id="mixed", thresholds=(*HYK.thresholds, Threshold(mark=Mark.WARNING, value=1)))
    silent = HYK.changed(id="silent", active=False)
    points = {"silent": (NOON, 20_000_000), "dp": (NOON, 20_000_000)}
    suggestion = suggest([silent, DONGPING, mixed], points, NOON, ZONE, 24)
    assert (suggestion.level, suggestion.met) == (None, ())
    assert [station.id for station in suggestion.unknown] == ["mixed"]
    points["mixed"] = (NOON, 1_000)
    known = suggest([silent, DONGPING, mixed], points, NOON, ZONE, 24)
    assert str(known.sentence) == "no station meets a level", "all speak, and none meets a level"


def test_a_suggestion_is_explained_station_by_station() -> None:
    points = {"xld": (NOON, 274_500)}
    told = [str(sentence) for sentence in suggest([HYK, XIAOLANGDI], points, NOON, ZONE, 24).explained(None)]
    assert told == [
        "Xiaolangdi 274.50 m meets level II (274.00 m): level II is suggested",
        "Xiaolangdi 274.50 m meets level II (274.00 m)",
        "Huayuankou: no reading that still counts",
    ]
