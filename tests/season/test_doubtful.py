"""A reading that looks like a slip is asked back once; a flood that is real is never blocked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.refusal import Doubtful, Refused
from floodready.season.commands import NewReading, Taken, add_reading, add_readings, correct_reading, put_stations
from floodready.season.doubtful import doubt_of
from floodready.season.models import Mark, Reading, Station, StationKind, Threshold
from floodready.season.thresholds import Point
from tests.season.conftest import HUAYUANKOU, MORNING, Room

RIVER = Station(
    id="hyk",
    name="Huayuankou",
    unit="anlan",
    kind=StationKind.DISCHARGE,
    thresholds=tuple(Threshold(mark=mark, value=value * 1000) for mark, value in HUAYUANKOU.items()),
)
LAKE = Station(
    id="dp",
    name="Dongping",
    unit="anlan",
    kind=StationKind.WATER_LEVEL,
    thresholds=(
        Threshold(mark=Mark.WARNING, value=41_720),
        Threshold(mark=Mark.GUARANTEE, value=43_220),
    ),
)
BARE = Station(id="b", name="Bare", unit="anlan", kind=StationKind.DISCHARGE)


def asked(station: Station, value: float, before: float | None = None, hours: float = 1) -> str:
    last: Point | None = None if before is None else (MORNING - timedelta(hours=hours), round(before * 1000))
    doubt = doubt_of(station, (MORNING, round(value * 1000)), last)
    return "" if doubt is None else str(doubt)


@pytest.mark.parametrize(
    ("station", "value", "before", "hours", "said"),
    [
        (RIVER, 36_200, None, 1, "more than twice its highest threshold (level I 15,000 m³/s)"),
        (RIVER, 36_200, 3_620, 8, "more than twice"),
        (RIVER, 999_999, None, 1, "more than twice"),
        (RIVER, 0, None, 1, "less than a twentieth of its lowest threshold (level IV 4,000 m³/s)"),
        (RIVER, 93.6, None, 1, "less than a twentieth"),
        (RIVER, 12_000, 1_200, 8, "1,200 m³/s 8 h before"),
        (RIVER, 362, 3_620, 8, "3,620 m³/s 8 h before"),
        (RIVER, 93.6, 3_620, 8, "3,620 m³/s 8 h before"),
        (RIVER, -5, 300, 8, "below zero"),
        (LAKE, 417.2, None, 1, "more than 5 m above its highest threshold (guarantee value 43.22 m)"),
        (LAKE, 4.17, None, 1, "more than 25 m below its lowest threshold (warning value 41.72 m)"),
        (LAKE, 3_620, 41.5, 1, "more than 5 m above"),
        (LAKE, 47.12, 41.72, 1, "41.72 m 60 min before"),
        (LAKE, 4.17, 41.72, 20, "41.72 m 20 h before"),
        (BARE, 999_999, None, 1, "more than any river of China has been known to carry (110,000 m³/s)"),
        (BARE, 30_000, 3_000, 8, "3,000 m³/s 8 h before"),
    ],
)
def test_a_slip_is_asked_back(station: Station, value: float, before: float | None, hours: float, said: str) -> None:
    assert said in asked(station, value, before, hours)


@pytest.mark.parametrize(
    ("station", "value", "before", "hours"),
    [
        (RIVER, 3_620, None, 1),
        (RIVER, 22_300, None, 1),  # the largest flood measured there, July 1958
        (RIVER, 4_000, 3_620, 6),
        (RIVER, 15_000, 6_000, 12),
        (RIVER, 150, 160, 24 * 30),  # low water, read once a month
        (RIVER, 31_000, 30_500, 1),  # confirmed once, not asked again every hour
        (LAKE, 41.73, None, 1),
        (LAKE, 42.9, 41.5, 1),
        (LAKE, 30.0, 31.0, 24),
        (BARE, 12, 3, 1),  # a small creek
    ],
)
def test_what_rivers_do_is_taken_without_a_word(
    station: Station, value: float, before: float | None, hours: float
) -> None:
    assert asked(station, value, before, hours) == ""


@given(st.integers(-(10**9), 10**9), st.integers(0, 200), st.sampled_from([RIVER, LAKE, BARE]))
def test_the_same_value_again_is_asked_only_where_it_says_nothing_new(value: int, hours: int, station: Station) -> None:
    at = MORNING + timedelta(hours=hours)
    assert doubt_of(station, (at, value), (MORNING, value)) is None


def test_a_doubtful_reading_waits_for_one_confirmation_which_the_journal_keeps(room: Room) -> None:
    def read(confirmed: bool) -> Reading:
        return add_reading(
            room.store, room.by("li"), station="hyk", measured_at=MORNING, value=36_200_000, confirmed=confirmed
        )

    seq = room.store.seq
    with pytest.raises(Doubtful, match=r"36,200 m³/s is more than twice .* --confirm"):
        read(confirmed=False)
    assert room.store.seq == seq
    made = read(confirmed=True)
    assert made.confirmed
    (change,) = next(room.store.entries_backwards()).changes
    assert change.after is not None
    assert change.after["confirmed"] is True
    assert read(confirmed=False) == made, "what is recorded is not asked again"


def test_a_confirmation_of_what_nobody_doubts_is_not_kept(room: Room) -> None:
    made = add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=3_620_000, confirmed=True)
    assert not made.confirmed


def test_a_correction_is_asked_back_too(room: Room) -> None:
    wrong = add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=3_620_000)
    with pytest.raises(Doubtful, match="more than twice"):
        correct_reading(room.store, room.by("li"), wrong, value=36_300_000, reason="by phone")
    made = correct_reading(room.store, room.by("li"), wrong, value=36_300_000, reason="by phone", confirmed=True)
    assert made.confirmed
    assert not correct_reading(room.store, room.by("li"), made, value=3_630_000, reason="a digit too many").confirmed


def test_a_batch_is_held_against_itself_whatever_its_order(room: Room) -> None:
    put_stations(room.store, room.by("qian"), stations=(LAKE,))
    batch = [
        NewReading(station="hyk", measured_at=MORNING - timedelta(hours=6), value=36_200_000),
        NewReading(station="dp", measured_at=MORNING - timedelta(hours=6), value=41_500),
        NewReading(station="hyk", measured_at=MORNING - timedelta(hours=12), value=3_610_000),
        NewReading(station="dp", measured_at=MORNING, value=41_600),
    ]
    with pytest.raises(Doubtful, match="Huayuankou"):
        add_readings(room.store, room.by("li"), readings=batch)
    assert room.store.count(Reading) == 0
    assert add_readings(room.store, room.by("li"), readings=batch, confirmed=True) == Taken(added=4, unchanged=0)
    assert [one.value for one in room.store.all(Reading) if one.confirmed] == [36_200_000]


def test_nobody_is_asked_about_what_is_refused_anyway(room: Room) -> None:
    with pytest.raises(Refused, match="future"):
        add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING + timedelta(hours=1), value=0)
