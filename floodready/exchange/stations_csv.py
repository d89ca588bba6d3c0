"""Stations and their thresholds from a CSV file: a dry run by row, then one batch. Writes nothing itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from floodready.document import checked
from floodready.exchange.season_rows import Outcome, RowOutcome, StagedFile
from floodready.exchange.sniff import TableRow, below_heads, sniff, unread_heads
from floodready.exchange.written_times import read_day
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused
from floodready.row_progress import Progress, telling
from floodready.season.measure import read_value, shown
from floodready.season.models import Mark, Station, StationKind, Threshold
from floodready.season.station_names import stations_by_name
from floodready.season.thresholds import put_in
from floodready.text import folded

if TYPE_CHECKING:
    from floodready.store.contract import View

_NAMES: Mapping[str, tuple[str, ...]] = {
    "station": ("站名", "测站", "name"),
    "code": ("站码", "id", "stcd"),
    "name_zh": ("中文名",),
    "river": ("河流", "河名", "水系"),
    "kind": ("类别", "类型", "要素"),
    "unit": ("单位",),
    "guard": ("设防水位", "设防"),
    "warning": ("警戒水位", "警戒", "警戒流量"),
    "guarantee": ("保证水位", "保证", "保证流量"),
    "flood limit": ("汛限水位", "汛限", "flood_limit"),
    "IV": ("Ⅳ级", "四级"),
    "III": ("Ⅲ级", "三级"),
    "II": ("Ⅱ级", "二级"),
    "I": ("Ⅰ级", "一级"),
    "valid_from": ("启用日期", "生效日期"),
    "source": ("来源", "依据"),
    "note": ("备注",),
}
_HEADS = ("station", "kind")
"""Columns without which a file holds no stations."""
_ONCE = ("station", "kind", *(mark.value for mark in Mark))
_KINDS = {
    StationKind.DISCHARGE: ("discharge", "流量", "河道流量"),
    StationKind.RESERVOIR_LEVEL: ("reservoir level", "水库水位", "库水位", "水库"),
    StationKind.WATER_LEVEL: ("water level", "水位", "河道水位", "湖泊水位", "lake level"),
}


@frozen
class StagedStations(StagedFile):
    """A file of stations read against the store: nothing is written yet."""

    stations: tuple[Station, ...]
    """The stations as they would be."""
    seen: tuple[Station, ...]
    """Those of them that exist, as they are: a change meanwhile is refused."""


def check_stations(data: bytes) -> None:
    """Raise Refused for a file that is no table of stations; its rows are not looked at."""
    below_heads(sniff(data), _NAMES, _HEADS, _ONCE)


def stage_stations(
    view: View, data: bytes, unit: str, source: str = "", progress: Progress | None = None
) -> StagedStations:
    """Read a file of stations for a unit; an empty threshold cell leaves that mark as it is.

    `valid_from` closes the mark's older value on the day before; without it the new value takes the old one's place.
    `progress` is told how many rows of how many are done. Raises Refused for a file without the heads.
    """
    sniffed = sniff(data)
    known = stations_by_name(view.all(Station))
    made: dict[str, Station] = {}
    rows = []
    for row in telling(below_heads(sniffed, _NAMES, _HEADS, _ONCE), progress):
        try:
            station = _station(row, unit, source, known, made)
        except Refused as error:
            rows.append(RowOutcome(row=row.number, outcome=Outcome.PROBLEM, sentence=error.sentence))
            continue
        before = made.get(station.id) or view.get(Station, station.id)
        outcome = Outcome.NEW if before is None else Outcome.CHANGED
        if before == station:
            outcome = Outcome.UNCHANGED
        else:
            made[station.id] = station
        rows.append(RowOutcome(row=row.number, outcome=outcome, sentence=_told(station)))
    seen = (view.get(Station, id) for id in made)
    return StagedStations(
        sniffed=sniffed,
        rows=tuple(rows),
        unread=unread_heads(sniffed, _NAMES, _HEADS),
        stations=tuple(made.values()),
        seen=tuple(station for station in seen if station is not None),
    )


def _station(
    row: TableRow, unit: str, source: str, known: Mapping[str, Station], made: Mapping[str, Station]
) -> Station:
    cells = row.cells
    name = " ".join(part for part in (cells["station"], cells["name_zh"]) if part)
    id = cells["code"] or re.sub(r"[\s/@]+", "-", cells["station"].casefold()).strip("-")
    found = known.get(folded(id)) or known.get(folded(cells["station"]))
    old = made.get(found.id if found else id) or found
    if old is None:
        old = Station(id=id, name=name, unit=unit, kind=_kind(cells["kind"]), river=cells["river"])
    elif old.kind is not _kind(cells["kind"]):
        raise Refused(
            say(
                "{station} exists already with another kind ({kind}). Use that kind, or another code.",
                station=old.name,
                kind=old.kind.word,
            )
        )
    valid_from = read_day(cells["valid_from"]) if cells["valid_from"] else None
    thresholds = old.thresholds
    for mark in Mark:
        if cells[mark.value]:
            value = read_value(cells[mark.value])
            new = Threshold(mark=mark, value=value, valid_from=valid_from, source=cells["source"] or source)
            thresholds = put_in(thresholds, new)
    return checked(replace(old, thresholds=thresholds, note=cells["note"] or old.note))


def _kind(text: str) -> StationKind:
    found = next((kind for kind, words in _KINDS.items() if folded(text) in words), None)
    if found is None:
        raise Refused(
            say(
                "“{text}” is not a kind of station. Write discharge, reservoir level or water level.",
                text=verbatim(text),
            )
        )
    return found


def _told(station: Station) -> Sentence:
    marks = ", ".join(f"{held.mark} {shown(held.value, station.kind)}" for held in station.thresholds)
    return say("{station}: {thresholds}", station=station.name, thresholds=verbatim(marks or "—"))
