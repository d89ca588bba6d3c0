from __future__ import annotations

from datetime import date

import pytest

from floodready.exchange.level_table_json import read_level_table
from floodready.exchange.readings_csv import stage_readings
from floodready.exchange.season_rows import Outcome
from floodready.exchange.stations_csv import stage_stations
from floodready.organisation.models import PostKind
from floodready.refusal import Refused, Superseded
from floodready.season.commands import Taken, add_readings, change_station, put_stations
from floodready.season.level import Level
from floodready.season.level_table import effects
from floodready.season.models import Mark, Reading, Station, StationKind, Threshold
from floodready.season.models_level import LeaderPlace, LevelTable
from floodready.season.thresholds import thresholds_on
from tests.season.conftest import ZONE, Room, room

__all__ = ["room"]

STATIONS = (
    "\ufeffstation,name_zh,river,kind,unit,IV,III,II,I,valid_from,note\n"
    "Huayuankou,花园口,Yellow River,discharge,m3/s,4000,6000,8000,15000,,\n"
    "Xiaolangdi,小浪底,Yellow River,reservoir level,m,,,274,275,,no value set for IV and III\n"
    "Luhun,陆浑,Yi River,reservoir level,m,317.5,319.5,327.5,331.8,,\n"
).encode()
READINGS = (
    "\ufeffstation,time,value,unit,note\n"
    'Huayuankou,2021-09-20 08:00,3620,m3/s,"about 4,000 expected"\n'
    "东平湖 Dongping Lake,2021-09-21,41.73,m,warning level then 41.72\n"
    "东平湖 Dongping Lake,2013,,m,warning level reported as 43.0 that year\n"
).encode()


def give(room: Room, data: bytes) -> Taken:
    staged = stage_readings(room.store, data, ZONE, room.clock.instant)
    return add_readings(room.store, room.by("li"), readings=staged.new)


@pytest.fixture
def lake(room: Room) -> Room:
    marks = (Threshold(mark=Mark.WARNING, value=43_000),)
    dongping = Station(
        id="dp", name="东平湖 Dongping Lake", unit="anlan", kind=StationKind.WATER_LEVEL, thresholds=marks
    )
    put_stations(room.store, room.by("qian"), stations=(dongping,))
    return room


def test_the_published_readings_come_in_with_their_gaps_reported(lake: Room) -> None:
    staged = stage_readings(lake.store, READINGS, ZONE, lake.clock.instant)
    assert [(row.row, row.outcome) for row in staged.rows] == [
        (2, Outcome.NEW),
        (3, Outcome.NEW),
        (4, Outcome.BLANK),
    ]
    assert "taken as the 08:00 reading" in str(staged.rows[1].sentence)
    assert lake.store.count(Reading) == 0, "a dry run writes nothing"
    assert give(lake, READINGS) == Taken(added=2, unchanged=0)


def test_the_same_file_again_is_no_change(lake: Room) -> None:
    give(lake, READINGS)
    staged = stage_readings(lake.store, READINGS, ZONE, lake.clock.instant)
    assert staged.new == ()
    assert staged.count(Outcome.UNCHANGED) == 2
    assert give(lake, READINGS) == Taken(added=0, unchanged=0)
    assert lake.store.count(Reading) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("hyk,2021-09-20 08:00,high", "is not a value"),
        ("hyk,9/20,3620", "year first"),
        ("nowhere,2021-09-20 08:00,3620", "no station nowhere"),
        ("hyk,2031-09-20 08:00,3620", "future"),
        ("hyk,2021-09-20 08:00,3620,m", "measured in m³/s"),
        ("hyk,2021-09-20 08:00,3620,,sideways", "is not a trend"),
        ("hyk,2021-09-20 08:00,3620\nhyk,2021-09-20 08:00,3630", "3,620 m³/s is known, not 3,630"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(room: Room, row: str, said: str) -> None:
    data = f"station,time,value,unit,trend\n{row}\n".encode()
    last = stage_readings(room.store, data, ZONE, room.clock.instant).rows[-1]
    assert last.outcome is Outcome.PROBLEM
    assert said in str(last.sentence)


def test_a_chinese_file_in_gbk_with_a_title(room: Room) -> None:
    data = "黄河水情表\n站名,时间,流量,单位,水势\nHuayuankou,2021年9月20日8时,３６２０,立方米每秒,涨\n".encode("gbk")
    staged = stage_readings(room.store, data, ZONE, room.clock.instant)
    (new,) = staged.new
    assert (staged.sniffed.encoding, new.station, new.value, new.trend) == ("gb18030", "hyk", 3_620_000, "rising")


def test_the_plan_s_thresholds_come_in_and_the_same_file_again_changes_nothing(room: Room) -> None:
    staged = stage_stations(room.store, STATIONS, "anlan", source="the plan")
    # Huayuankou is there with the same values: only what is new is written.
    assert [row.outcome for row in staged.rows] == [
        Outcome.UNCHANGED,
        Outcome.NEW,
        Outcome.NEW,
    ]
    put_stations(room.store, room.by("qian"), stations=staged.stations, seen=staged.seen)
    xiaolangdi = room.store.get(Station, "xiaolangdi")
    assert xiaolangdi is not None
    assert {t.mark: t.value for t in xiaolangdi.thresholds} == {Mark.II: 274_000, Mark.I: 275_000}
    assert stage_stations(room.store, STATIONS, "anlan").stations == ()


def test_a_value_valid_from_a_day_closes_the_older_one(lake: Room) -> None:
    data = "station,kind,warning,valid_from\n东平湖,water level,41.72,2021-01-01\n".encode()
    staged = stage_stations(lake.store, data, "anlan")
    put_stations(lake.store, lake.by("qian"), stations=staged.stations, seen=staged.seen)
    station = lake.store.get(Station, "dp")
    assert station is not None
    days = (date(2013, 7, 1), date(2020, 12, 31), date(2021, 1, 1))
    by_day = [thresholds_on(station, day)[Mark.WARNING].value for day in days]
    assert by_day == [43_000, 43_000, 41_720]
    assert stage_stations(lake.store, data, "anlan").stations == ()


def test_stations_changed_meanwhile_are_not_overwritten(lake: Room) -> None:
    data = b"station,kind,warning\ndp,water level,41.72\n"
    staged = stage_stations(lake.store, data, "anlan")
    change_station(lake.store, lake.by("qian"), staged.seen[0], note="checked")
    with pytest.raises(Superseded):
        put_stations(lake.store, lake.by("qian"), stations=staged.stations, seen=staged.seen)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("New,sideways,1", "is not a kind of station"),
        ("New,discharge,much", "is not a value"),
        ("hyk,water level,1", "another kind"),
    ],
)
def test_a_wrong_station_says_what_is_wrong(room: Room, row: str, said: str) -> None:
    staged = stage_stations(room.store, f"station,kind,IV\n{row}\n".encode(), "anlan")
    assert said in str(staged.rows[0].sentence)
    assert staged.stations == ()


LEVELS = """{"source": "public plan", "levels": {
 "IV": {"bulletins": ["08:00", "20:00"], "forecasts_per_day": 1, "staffing": "two persons at two posts",
        "need": {"leader in charge": 1, "duty officer": 2}, "leader": "on site", "report_upward_within_hours": 2,
        "consultation_chaired_by": "secretary-general"},
 "III": {"bulletins": ["08:00", "14:00", "20:00"], "forward_stock_increase_percent": [30, 50],
         "agreement_stock_within_hours": 2},
 "II": {"bulletins_per_day": 6}, "I": {"bulletins_per_day": 12, "leader": "commander on site"}}}"""


def test_the_level_table_comes_in_from_the_plan_s_file() -> None:
    rows, source = read_level_table(LEVELS.encode())
    table = LevelTable(id="anlan", rows=rows, source=source)
    assert [len(effects(table, level).bulletins) for level in Level] == [2, 3, 6, 12]
    assert effects(table, Level.IV).staffing == {PostKind.LEADER: 1, PostKind.OFFICER: 2}
    assert [(a.name, a.within_minutes) for a in effects(table, Level.IV).actions] == [("Report upward / 上报", 120)]
    assert effects(table, Level.III).forward_stock == (30, 50)
    assert effects(table, Level.III).agreement_stock_within_hours == 2
    assert effects(table, Level.I).leader is LeaderPlace.COMMANDER_ON_SITE
    assert source == "public plan"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"levels": {"V": {}}}', '{"levels": {"IV": {"leader": "at sea"}}}'])
def test_what_is_no_level_table_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_level_table(text.encode())
