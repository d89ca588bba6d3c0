"""Building the demo store: the same date gives the same documents.

Every document is written by the commands that people use; nothing is put into the store by the back door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import count, islice
from pathlib import Path

from floodready.clock import FixedClock, local_day, start_of
from floodready.demo.exercises import hold_drills
from floodready.demo.order import enter_order
from floodready.demo.people import PEOPLE, UNITS, Staff
from floodready.demo.roster import publish_roster
from floodready.demo.stock import count_stock, take_in_stock
from floodready.demo.works import MADE_UP, QUOTA, lay_out_works, staffed
from floodready.materials.projections import Balances
from floodready.organisation import commands as organisation
from floodready.organisation.models import Person, Phone
from floodready.organisation.permissions import Role
from floodready.season import commands as season
from floodready.season.models import Station
from floodready.season.projections import Curves
from floodready.season.station_names import stations_by_name
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.store.upkeep import keep_up
from floodready.text import folded

CITY = "anlan"
TERMINAL = "demo"
BATCH = 5000
"""Readings of one transaction when the big demo is made."""


def build(folder: Path, now: datetime, scale: int = 0) -> JournalStore:
    """Make the demo store in an empty folder as of an instant (UTC) and give it open.

    `scale` adds so many made-up readings of past years, for benchmarks. Raises StoreProblem.
    """
    clock = FixedClock(now)
    store = JournalStore.create(folder, clock=clock)
    today = local_day(now, store.zone)
    acts = _acts()
    clock.instant = start_of(today - timedelta(40), store.zone)
    _staff(store, acts, today)
    _seasons(store, acts, today)
    _stations(store, acts)
    if scale:
        _many_readings(store, acts, scale)
    hold_drills(store, acts, clock, today)
    clock.instant = now
    publish_roster(store, acts, CITY, local_day(now - timedelta(hours=8), store.zone))
    _reading_of_today(store, acts, today)
    take_in_stock(store, acts)
    lay_out_works(store, acts, CITY, today)
    count_stock(store, acts, {name for name, *_ in QUOTA})
    enter_order(store, acts, today, data("hazard-criteria.json"))
    return store


def data(name: str) -> bytes:
    """Give one of the public files that the demo is made of."""
    return files("floodready.demo").joinpath("data", name).read_bytes()


def _acts() -> Iterator[Act]:
    return (Act(person=SYSTEM, terminal=TERMINAL, reason="demo", command_id=f"demo-{n}") for n in count(1))


def _staff(store: JournalStore, acts: Iterator[Act], today: date) -> None:
    first = PEOPLE[0]
    organisation.set_up(store, next(acts), unit=CITY, unit_name=UNITS[0].name, person=first.id, person_name=first.name)
    for unit in UNITS[1:]:
        organisation.add_unit(store, next(acts), id=unit.id, name=unit.name, kind=unit.kind, parent=unit.parent)
    for place, staff in enumerate(PEOPLE):
        _enter(store, acts, staff, today - timedelta(7 * (place % 9)))
    for unit in UNITS:
        head = next(staff for staff in PEOPLE if staff.unit == unit.id and Role.LEADER in staff.roles)
        organisation.set_chain(
            store,
            next(acts),
            unit=unit.id,
            responsible=head.id,
            county=head.id,
            regulator="zhou",
            city_leader="chen",
            supervision="chen",
        )


def _enter(store: JournalStore, acts: Iterator[Act], staff: Staff, verified_on: date) -> None:
    phones = (Phone(number=staff.phone, verified_on=verified_on if staff.reached else None),)
    known = store.get(Person, staff.id)
    if known is None:
        organisation.add_person(
            store,
            next(acts),
            id=staff.id,
            name=staff.name,
            unit=staff.unit,
            roles=staff.roles,
            title=staff.title,
            phones=phones,
        )
    else:
        organisation.change_person(store, next(acts), known, roles=staff.roles, title=staff.title, phones=phones)


def _seasons(store: JournalStore, acts: Iterator[Act], today: date) -> None:
    import orjson

    from floodready.season.models import SeasonPart

    told = orjson.loads(data("seasons-and-duty-shapes.json"))["seasons"][0]
    for year in (today.year, today.year + 1):

        def day(written: str, year: int = year) -> date:
            return date.fromisoformat(f"{year}-{written}")

        season.add_season(
            store,
            next(acts),
            unit=CITY,
            name=f"{told['name_zh']} {told['name']}",
            starts_on=day(told["from"]),
            ends_on=day(told["to"]),
            parts=tuple(
                SeasonPart(name=part["name"], starts_on=day(part["from"]), ends_on=day(part["to"]))
                for part in told["parts"]
            ),
            source="public notices 2016–2024",
        )


def _stations(store: JournalStore, acts: Iterator[Act]) -> None:
    from floodready.exchange.level_table_json import read_level_table
    from floodready.exchange.readings_csv import stage_readings
    from floodready.exchange.stations_csv import stage_stations

    staged = stage_stations(store, data("stations-yellow-river.csv"), CITY, "Yellow River flood and drought plan")
    season.put_stations(store, next(acts), stations=staged.stations, seen=staged.seen)
    rows, source = read_level_table(data("response-levels.json"))
    said = f"{source}; people at posts: {MADE_UP}"
    season.set_level_table(store, next(acts), unit=CITY, rows=staffed(rows), source=said)
    readings = stage_readings(store, data("readings-autumn-2021.csv"), store.zone, store.clock.now())
    season.add_readings(store, next(acts), readings=readings.new)


def _many_readings(store: JournalStore, acts: Iterator[Act], scale: int) -> None:
    stations = [station.id for station in store.all(Station)]
    start = datetime(2000, 1, 1, tzinfo=UTC)
    made = (
        season.NewReading(
            station=stations[number % len(stations)],
            measured_at=start + timedelta(minutes=6 * (number // len(stations))),
            value=(number * 7919) % 2_000_000,
            note="demo: made up",
        )
        for number in range(scale)
    )
    while batch := tuple(islice(made, BATCH)):
        season.add_readings(store, next(acts), readings=batch, confirmed=True)
    # Asked for here so that they are saved with the snapshot and no later start folds them anew.
    for kind in (Curves, Balances):
        store.projection(kind)
    keep_up(store)


def _reading_of_today(store: JournalStore, acts: Iterator[Act], today: date) -> None:
    measured_at = min(start_of(today, store.zone) + timedelta(hours=8), store.clock.now())
    huayuankou = stations_by_name(store.all(Station))[folded("Huayuankou")]
    season.add_reading(
        store,
        next(acts),
        station=huayuankou.id,
        measured_at=measured_at,
        value=3_620_000,
        note="demo: the value published for 20 September 2021, 08:00",
    )
