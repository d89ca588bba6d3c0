from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.codec import encode
from floodready.command import undo_entry
from floodready.refusal import NotAllowed, Refused
from floodready.season.commands import (
    NewReading,
    Taken,
    add_reading,
    add_readings,
    add_station,
    change_station,
    correct_reading,
    reading_id,
)
from floodready.season.level import Level
from floodready.season.models import Reading, Station, StationKind, Trend
from floodready.season.projections import Curves
from floodready.season.situation import situation
from floodready.store.contract import HEAD, Change, Entry, LateText
from tests.season.conftest import MORNING, ZONE, Room


def read(room: Room, value: int, at: datetime | None = None, confirmed: bool = False) -> Reading:
    when = at or room.clock.instant
    return add_reading(
        room.store, room.by("li"), station="hyk", measured_at=when, value=value * 1000, confirmed=confirmed
    )


def test_a_reading_that_crosses_level_iv_suggests_it(room: Room) -> None:
    read(room, 3620)
    assert situation(room.store, "anlan", room.clock.instant, ZONE).suggestion.level is None
    room.later(hours=6)
    read(room, 4000)
    found = situation(room.store, "anlan", room.clock.instant, ZONE)
    assert found.suggestion.level is Level.IV
    assert str(found.suggestion.sentence).startswith("Huayuankou 4,000 m³/s meets level IV (4,000 m³/s)")
    assert found.level is None, "a suggestion declares nothing"


def test_a_county_hears_what_the_city_s_stations_suggest(room: Room) -> None:
    read(room, 6000)
    assert situation(room.store, "heyang", room.clock.instant, ZONE).suggestion.level is Level.III


def test_the_same_reading_again_changes_nothing(room: Room) -> None:
    first = read(room, 3620)
    assert read(room, 3620, first.measured_at) == first
    assert len(list(room.store.history(Reading.table, first.id))) == 1
    with pytest.raises(Refused, match=r"has 3,620 m³/s at that time, not 3,630 m³/s"):
        read(room, 3630, first.measured_at)


def test_a_wrong_reading_is_corrected_and_stays_readable(room: Room) -> None:
    wrong = read(room, 36200, confirmed=True)
    right = correct_reading(room.store, room.by("li"), wrong, value=3_620_000, reason="slip of the key")
    assert (right.value, right.earlier_values) == (3_620_000, (36_200_000,))
    assert situation(room.store, "anlan", room.clock.instant, ZONE).suggestion.level is None
    with pytest.raises(Refused, match="Say why"):
        correct_reading(room.store, room.by("li"), right, value=1, reason=" ")
    with pytest.raises(Refused, match="already recorded"):
        correct_reading(room.store, room.by("li"), right, value=3_620_000, reason="again")


def test_a_reading_from_the_future_or_of_no_station_or_by_a_stock_checker_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match="future"):
        read(room, 3620, MORNING + timedelta(seconds=1))
    with pytest.raises(Refused, match="no station nowhere"):
        add_reading(room.store, room.by("li"), station="nowhere", measured_at=MORNING, value=1)
    station = room.store.get(Station, "hyk")
    assert station is not None
    change_station(room.store, room.by("qian"), station, active=False)
    with pytest.raises(Refused, match="Huayuankou is retired"):
        add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=1)
    with pytest.raises(NotAllowed):
        add_reading(room.store, room.by("wu"), station="hyk", measured_at=MORNING, value=1)


def test_an_import_is_one_batch_and_is_undone_as_one(room: Room) -> None:
    batch = [
        NewReading(station="hyk", measured_at=MORNING - timedelta(hours=n), value=3_000_000 + n, trend=Trend.RISING)
        for n in range(5)
    ]
    assert add_readings(room.store, room.by("li"), readings=batch) == Taken(added=5, unchanged=0)
    imported = next(room.store.entries_backwards())
    assert add_readings(room.store, room.by("li"), readings=batch) == Taken(added=0, unchanged=5)
    assert len(room.store.projection(Curves).points("hyk")) == 5
    undo_entry(room.store, room.by("li"), imported)
    assert room.store.count(Reading) == 0
    assert room.store.projection(Curves).latest("hyk") is None


def test_a_station_with_readings_keeps_what_it_measures(room: Room) -> None:
    read(room, 3620)
    station = room.store.get(Station, "hyk")
    assert station is not None
    with pytest.raises(Refused, match="has readings in m³/s"):
        change_station(room.store, room.by("qian"), station, kind=StationKind.WATER_LEVEL)


def test_the_past_suggests_what_was_known_then(room: Room) -> None:
    read(room, 4000)
    later = room.later(hours=2)
    add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING + timedelta(hours=1), value=6_500_000)
    known_before = situation(room.store.past(later - timedelta(minutes=1)), "anlan", later, ZONE)
    assert known_before.suggestion.level is Level.IV
    assert situation(room.store, "anlan", later, ZONE).suggestion.level is Level.III
    assert situation(room.store, "anlan", MORNING, ZONE).suggestion.level is Level.IV


class Late:
    """A text that is read when it is asked for."""

    def __init__(self, text: str) -> None:
        self.head = text[:HEAD]
        self.read = lambda: text


def _some_late(texts: list[str]) -> list[str | LateText]:
    return [Late(text) if number % 2 else text for number, text in enumerate(texts)]


STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 12), st.integers(0, 3) | st.none(), st.booleans()), max_size=60
)


@given(STEPS)
def test_the_curves_equal_a_fold_of_the_documents(steps: list[tuple[str, int, int | None, bool]]) -> None:
    with patch("floodready.season.projections._LENGTH", 2), patch("floodready.season.projections._TAIL", 70):
        _curves_equal_a_fold(steps)


def _curves_equal_a_fold(steps: list[tuple[str, int, int | None, bool]]) -> None:
    curves, documents = Curves(), dict[str, Reading]()
    entry = Entry(
        seq=1, at=MORNING, person="li", terminal="t", command="c", command_id="1", reason="", changes=(), hash=""
    )
    for station, minute, value, saved in steps:
        if saved:
            curves = Curves.load({name: _some_late(texts) for name, texts in curves.dump().items()})
        at = MORNING + timedelta(minutes=minute)
        id = reading_id(station, at)
        before = documents.pop(id, None)
        after = None
        if value is not None:
            after = Reading(id=id, station=station, measured_at=at, value=value, recorded_at=at)
            documents[id] = after
        raw_before, raw_after = (None if held is None else encode(held) for held in (before, after))
        if raw_before or raw_after:
            curves.apply(entry, Change(table=Reading.table, id=id, before=raw_before, after=raw_after))
    for station in "ab":
        points = sorted((r.measured_at, r.value) for r in documents.values() if r.station == station)
        assert curves.points(station) == points
        assert curves.latest(station) == (points[-1] if points else None)
        for minute in range(-1, 14):
            middle, later = MORNING + timedelta(minutes=minute), MORNING + timedelta(minutes=minute + 3)
            assert curves.latest(station, middle) == max((p for p in points if p[0] <= middle), default=None)
            assert curves.points(station, middle, middle) == [p for p in points if p[0] == middle]
            assert curves.points(station, middle, later) == [p for p in points if middle <= p[0] <= later]
    assert Curves.load(curves.dump()).dump() == curves.dump()


def test_two_stations_that_nobody_could_tell_apart_are_refused(room: Room) -> None:
    twin = {"name": "huayuankou", "unit": "anlan"}
    with pytest.raises(Refused, match=r"has a station Huayuankou in m³/s already \(hyk\)"):
        add_station(room.store, room.by("qian"), kind=StationKind.DISCHARGE, **twin)
    level = add_station(room.store, room.by("qian"), kind=StationKind.WATER_LEVEL, **twin)
    with pytest.raises(Refused, match="already"):
        change_station(room.store, room.by("qian"), level, kind=StationKind.DISCHARGE)
    station = room.store.get(Station, "hyk")
    assert station is not None
    change_station(room.store, room.by("qian"), station, active=False)
    add_station(room.store, room.by("qian"), kind=StationKind.DISCHARGE, **twin)
