"""The names under which people and files know a station: its code, its whole name, each language's part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from floodready.season.models import Station
from floodready.text import folded

_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def station_names(station: Station) -> set[str]:
    """Give every name of a station, folded: `Huayuankou 花园口` is known by either part too."""
    chinese = " ".join(_CHINESE.findall(station.name))
    other = _CHINESE.sub(" ", station.name)
    return {folded(name) for name in (station.id, station.name, chinese, other)} - {""}


def stations_by_name(stations: Iterable[Station]) -> dict[str, Station]:
    """Give the stations in use by each of their names; a name that two share names neither, codes come first."""
    found: dict[str, Station] = {}
    shared: set[str] = set()
    held = [station for station in stations if station.active]
    for station in held:
        for name in station_names(station):
            if found.setdefault(name, station) is not station:
                shared.add(name)
    unique = {name: station for name, station in found.items() if name not in shared}
    return unique | {folded(station.id): station for station in held}
