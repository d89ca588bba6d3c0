"""Readings from a CSV file: a dry run that says what each row would do, then one batch. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.exchange.season_rows import Outcome, RowOutcome, StagedFile
from floodready.exchange.sniff import TableRow, below_heads, plain_digits, sniff, unread_heads
from floodready.exchange.written_times import read_time
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.row_progress import Progress, telling
from floodready.season.doubtful import doubts
from floodready.season.measure import read_value, shown
from floodready.season.models import NewReading, Reading, Station, Trend, reading_id
from floodready.season.station_names import stations_by_name
from floodready.text import folded

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

_NAMES: Mapping[str, tuple[str, ...]] = {
    "station": ("站名", "测站", "站码", "station code", "stcd", "stnm"),
    "time": ("时间", "测时", "观测时间", "measured at", "tm"),
    "value": ("数值", "水位", "流量", "库水位", "level", "discharge", "z", "q"),
    "unit": ("单位",),
    "trend": ("水势", "趋势"),
    "note": ("备注", "说明"),
}
_HEADS = ("station", "time", "value")
"""Columns without which a file holds no readings."""
_ONCE = ("time", "value")
"""A station may be told by code and name; level and discharge side by side are two stations' readings."""
_TRENDS = {
    Trend.RISING: ("rising", "涨", "上涨", "↑", "5"),
    Trend.FALLING: ("falling", "落", "退", "回落", "↓", "4"),
    Trend.STEADY: ("steady", "平", "持平", "稳", "→", "6"),
}
_UNITS = {"m": "m", "米": "m", "m3/s": "m³/s", "立方米每秒": "m³/s", "立方米/秒": "m³/s", "方": "m³/s"}


@frozen
class StagedReadings(StagedFile):
    """A file of readings read against the store: nothing is written yet."""

    new: tuple[NewReading, ...]
    """What `season.commands.add_readings` is to take, in the order of the file: the doubtful too."""


def check_readings(data: bytes) -> None:
    """Raise Refused for a file that is no table of readings; its rows are not looked at."""
    below_heads(sniff(data), _NAMES, _HEADS, _ONCE)


def stage_readings(
    view: View, data: bytes, zone: ZoneInfo, now: datetime, progress: Progress | None = None
) -> StagedReadings:
    """Read a file of readings (station, time, value, and perhaps unit, trend, note); times are local to the zone.

    A blank value is reported, never taken for zero; a day without a time is its 08:00 reading; the same row again
    changes nothing; a value that looks like a slip is listed as doubtful. `progress` is told how many rows of how many
    are done. Raises Refused for a file without these heads.
    """
    sniffed = sniff(data)
    stations = stations_by_name(view.all(Station))
    rows: list[RowOutcome] = []
    new: dict[str, NewReading] = {}
    row_of: dict[str, int] = {}
    """The place of each new reading's row."""
    for row in telling(below_heads(sniffed, _NAMES, _HEADS, _ONCE), progress):
        try:
            outcome, sentence = _stage(view, row, stations, zone, now, new)
        except Refused as error:
            outcome, sentence = Outcome.PROBLEM, error.sentence
        if outcome is Outcome.NEW:
            row_of[next(reversed(new))] = len(rows)
        rows.append(RowOutcome(row=row.number, outcome=outcome, sentence=sentence))
    for id, doubt in doubts(view, new.values()).items():
        number = rows[row_of[id]].row
        sentence = say("{doubt} ({time})", doubt=doubt, time=local_time(new[id].measured_at, zone))
        rows[row_of[id]] = RowOutcome(row=number, outcome=Outcome.DOUBTFUL, sentence=sentence)
    return StagedReadings(
        sniffed=sniffed, rows=tuple(rows), unread=unread_heads(sniffed, _NAMES, _HEADS), new=tuple(new.values())
    )


def _stage(
    view: View,
    row: TableRow,
    stations: Mapping[str, Station],
    zone: ZoneInfo,
    now: datetime,
    new: dict[str, NewReading],
) -> tuple[Outcome, Sentence]:
    cells = row.cells
    if not cells["value"]:
        return Outcome.BLANK, say("{station}, {time}: no value", station=cells["station"], time=cells["time"])
    if not cells["station"]:
        raise Refused(say("no station in this row"))
    station = stations.get(folded(cells["station"]))
    if station is None:
        raise Refused(not_there("season.stations", cells["station"]))
    _check_unit(cells["unit"], station)
    measured_at, timed = read_time(cells["time"], zone)
    if measured_at > now:
        raise Refused(say("{station}: a reading cannot be from the future. Check the time.", station=station.name))
    value = read_value(cells["value"])
    id = reading_id(station.id, measured_at)
    told = {
        "station": station.name,
        "time": local_time(measured_at, zone),
        "value": shown(value, station.kind),
    }
    kept = view.get(Reading, id) or new.get(id)
    if kept is not None:
        if kept.value != value:
            raise Refused(
                say("{station}, {time}: {known} is known, not {value}", known=shown(kept.value, station.kind), **told)
            )
        return Outcome.UNCHANGED, say("{station}, {time}: {value}", **told)
    new[id] = NewReading(
        station=station.id,
        measured_at=measured_at,
        value=value,
        trend=_trend(cells["trend"]),
        note=cells["note"],
    )
    if not timed:
        return Outcome.NEW, say("{station}, {time}: {value} (no time given: taken as the 08:00 reading)", **told)
    return Outcome.NEW, say("{station}, {time}: {value}", **told)


def _check_unit(text: str, station: Station) -> None:
    if text and _UNITS.get(folded(text).replace("³", "3")) != station.kind.unit:
        raise Refused(
            say(
                "{station} is measured in {unit}, not in {other}.",
                station=station.name,
                unit=station.kind.unit,
                other=verbatim(text),
            )
        )


def _trend(text: str) -> Trend | None:
    word = folded(plain_digits(text))
    if not word:
        return None
    found = next((trend for trend, words in _TRENDS.items() if word in words), None)
    if found is None:
        raise Refused(say("“{text}” is not a trend. Write rising, steady or falling.", text=verbatim(text)))
    return found
