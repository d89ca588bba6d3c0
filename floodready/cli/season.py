"""Words about the season: seasons, stations and their readings."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli import season_level, season_readings, season_reports, season_warnings
from floodready.cli.answering import Verbs, done, given, require, show, unit_of
from floodready.cli.numbers import a_year
from floodready.cli.output import print_json, print_rows
from floodready.cli.season_answers import READING_FIELDS, READING_HEADS, tell_rows, the_station
from floodready.cli.showing import add_file, nothing_new, only_shown
from floodready.cli.times import day, whole_day
from floodready.language import say, say_many, verbatim
from floodready.refusal import Refused, WrongUsage
from floodready.season.measure import read_value, shown
from floodready.season.models import (
    Mark,
    Season,
    SeasonPart,
    Station,
    StationKind,
    Threshold,
)

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words of the season."""
    _add_seasons(words)
    _add_stations(words)
    season_readings.add_to(words)
    season_warnings.add_to(words)
    season_level.add_to(words)
    season_reports.add_to(words)


def _add_seasons(words: Any) -> None:
    season = Verbs(words, "season", say("seasons: list, add, change, repeat for another year, remove"))
    season.add("list", say("the seasons"), list_seasons).add_argument("--unit")
    add = season.add("add", say("add a season of a unit"), add_season, "name")
    add.add_argument("--unit")
    add.add_argument("--source", help=str(say("the notice or plan it is from")))
    change = season.add("change", say("change a season"), change_season, "id")
    change.add_argument("--name")
    change.add_argument("--source")
    for made, required in ((add, True), (change, False)):
        made.add_argument("--from", dest="starts_on", type=day, metavar="DAY", required=required)
        made.add_argument("--until", dest="ends_on", type=day, metavar="DAY", required=required)
        made.add_argument("--main-from", dest="main_starts_on", type=day, metavar="DAY")
        made.add_argument("--main-until", dest="main_ends_on", type=day, metavar="DAY")
        made.add_argument("--part", dest="parts", action="append", type=_part, metavar="NAME:DAY:DAY")
    season.add("remove", say("take a season away"), remove_season, "id")
    repeat = season.add("repeat", say("write the seasons of one year for another"), repeat_seasons)
    repeat.add_argument("from_year", type=a_year)
    repeat.add_argument("to_year", type=a_year)
    repeat.add_argument("--unit")


def _add_stations(words: Any) -> None:
    station = Verbs(words, "station", say("stations: list, show, add, thresholds by day, import"))
    listed = station.add("list", say("the stations with their last readings"), list_stations)
    listed.add_argument("--all", action="store_true", help=str(say("also what is retired")))
    station.add("show", say("one station: thresholds of every day, last readings"), show_station, "id")
    add = station.add("add", say("add a station"), add_station, "name")
    add.add_argument("--id")
    add.add_argument("--unit")
    add.add_argument("--kind", type=StationKind, choices=list(StationKind), required=True)
    add.add_argument("--river")
    add.add_argument("--key", action="store_true", default=None, help=str(say("a key station: reported sooner")))
    change = station.add("change", say("change a station"), change_station, "id")
    change.add_argument("--name")
    change.add_argument("--unit")
    change.add_argument("--kind", type=StationKind, choices=list(StationKind))
    change.add_argument("--river")
    change.add_argument("--key", action=argparse.BooleanOptionalAction, default=None)
    change.add_argument("--note")
    mark = station.add("threshold", say("set a threshold, from a day on"), set_threshold, "id")
    mark.add_argument("mark", type=Mark, choices=list(Mark))
    mark.add_argument("value")
    mark.add_argument("--from", dest="valid_from", type=day, metavar="DAY")
    mark.add_argument("--until", dest="valid_until", type=day, metavar="DAY")
    mark.add_argument("--source")
    station.add("retire", say("retire a station"), retire_station, "id")
    station.add("return", say("put a retired station into use again"), return_station, "id")
    imported = station.add("import", say("import stations and thresholds from CSV"), import_stations)
    add_file(imported)
    imported.add_argument("--unit")
    imported.add_argument("--source", default="")


def list_seasons(args: argparse.Namespace, desk: Desk) -> int:
    """Show the seasons."""
    from floodready.season.views import season_rows

    heads = (say("Code"), say("Season"), say("Unit"), say("From"), say("Until"), say("Main season"), say("Parts"))
    rows = season_rows(desk.view, unit=args.unit)
    return show(args, desk, "seasons", heads, "id name unit starts_on ends_on main parts", rows)


def add_season(args: argparse.Namespace, desk: Desk) -> int:
    """Add a season."""
    from floodready.season import commands

    fields = given(args, "name", "source", *_SEASON_FIELDS)
    made = commands.add_season(desk.store, desk.act(), unit=unit_of(args, desk), **_tupled(fields))
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def change_season(args: argparse.Namespace, desk: Desk) -> int:
    """Change a season."""
    from floodready.season import commands

    fields = _tupled(given(args, "name", "source", *_SEASON_FIELDS))
    made = commands.change_season(desk.store, desk.act(), require(desk, Season, args.id), **fields)
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def remove_season(args: argparse.Namespace, desk: Desk) -> int:
    """Take a season away."""
    from floodready.season import commands

    seen = require(desk, Season, args.id)
    commands.remove_season(desk.store, desk.act(), seen)
    return done(args, say("Removed: {name} ({id}).", name=seen.name, id=seen.id))


def repeat_seasons(args: argparse.Namespace, desk: Desk) -> int:
    """Write the seasons of one year for another."""
    from floodready.season import commands

    made = commands.repeat_seasons(
        desk.store, desk.act(), unit=unit_of(args, desk), from_year=args.from_year, to_year=args.to_year
    )
    return done(args, say_many("{count} season added.", "{count} seasons added.", len(made)), list(made))


def list_stations(args: argparse.Namespace, desk: Desk) -> int:
    """Show the stations."""
    from floodready.season.views import station_rows

    heads = (say("Code"), say("Station"), say("River"), say("Reading"), say("Time"), say("Stands"))
    rows = station_rows(desk.view, desk.at, desk.zone, retired=args.all)
    return show(args, desk, "stations", heads, "id name river value measured_at stands", rows)


def show_station(args: argparse.Namespace, desk: Desk) -> int:
    """Show one station with all its thresholds and its last readings."""
    from floodready.season.views import reading_rows

    station = the_station(args.id, desk)
    readings = reading_rows(desk.view, station, last=10)
    if args.json:
        print_json({"station": station, "readings": readings})
        return 0
    print(say("{station} ({id}), {kind}, {river}", station=station.name, id=station.id, kind=station.kind.word,
              river=station.river or "—"))  # fmt: skip
    marks = [
        (held.mark.word, shown(held.value, station.kind), held.valid_from, held.valid_until, held.source)
        for held in station.thresholds
    ]
    print_rows((say("Mark"), say("Value"), say("From"), say("Until"), say("Source")), marks, plain=args.plain)
    return show(args, desk, "readings", READING_HEADS, READING_FIELDS, readings)


def add_station(args: argparse.Namespace, desk: Desk) -> int:
    """Add a station."""
    from floodready.season import commands

    made = commands.add_station(
        desk.store, desk.act(), unit=unit_of(args, desk), **given(args, "name", "kind", "id", "river", "key")
    )
    return done(args, say("Added: {name} ({id}).", name=made.name, id=made.id), made)


def set_threshold(args: argparse.Namespace, desk: Desk) -> int:
    """Set a threshold of a station; an older value of the mark ends on the day before."""
    from floodready.season import commands
    from floodready.season.thresholds import put_in

    seen = the_station(args.id, desk)
    days = given(args, "valid_from", "valid_until")
    new = Threshold(mark=args.mark, value=read_value(args.value), source=args.source or "", **days)
    made = commands.change_station(desk.store, desk.act(), seen, thresholds=put_in(seen.thresholds, new))
    told = say("{station}: {mark} {value}.", station=made.name, mark=new.mark.word, value=shown(new.value, made.kind))
    return done(args, told, made)


def change_station(args: argparse.Namespace, desk: Desk) -> int:
    """Change a station."""
    from floodready.season import commands

    fields = given(args, "name", "unit", "kind", "river", "key", "note")
    made = commands.change_station(desk.store, desk.act(), the_station(args.id, desk), **fields)
    return done(args, say("Changed: {name} ({id}).", name=made.name, id=made.id), made)


def retire_station(args: argparse.Namespace, desk: Desk) -> int:
    """Retire a station."""
    from floodready.season import commands

    made = commands.change_station(desk.store, desk.act(), the_station(args.id, desk), active=False)
    return done(args, say("Retired: {name} ({id}).", name=made.name, id=made.id), made)


def return_station(args: argparse.Namespace, desk: Desk) -> int:
    """Put a station into use again."""
    from floodready.season import commands

    seen = require(desk, Station, args.id)
    if seen.active:
        raise Refused(say("{name} is in use.", name=seen.name))
    made = commands.change_station(desk.store, desk.act(), seen, active=True)
    return done(args, say("In use again: {name} ({id}).", name=made.name, id=made.id), made)


def import_stations(args: argparse.Namespace, desk: Desk) -> int:
    """Import stations, after saying what each row would do."""
    from floodready.exchange.season_rows import Outcome
    from floodready.exchange.sniff import read_file
    from floodready.exchange.stations_csv import stage_stations
    from floodready.exchange.wrong_rows import refuse_wrong_rows
    from floodready.season import commands

    staged = stage_stations(desk.store, read_file(args.file), unit_of(args, desk), args.source)
    tell_rows(args, staged)
    told: dict[str, Any] = {"rows": staged.rows, "unread": staged.unread}
    refuse_wrong_rows(staged.count(Outcome.PROBLEM), **told)
    if not staged.stations:
        return nothing_new(args, **told)
    if not args.yes:
        return only_shown(args, **told)
    written = commands.put_stations(desk.store, desk.act(), stations=staged.stations, seen=staged.seen)
    written_told = say_many("{count} station written.", "{count} stations written.", written)
    return done(args, written_told, staged.stations, **told)


_SEASON_FIELDS = ("starts_on", "ends_on", "main_starts_on", "main_ends_on", "parts")


def _part(text: str) -> SeasonPart:
    parts = text.split(":")
    if len(parts) != 3:
        raise WrongUsage(say("“{text}” is not a part. Write late:2026-09-01:2026-10-31", text=verbatim(text)))
    return SeasonPart(name=parts[0], starts_on=whole_day(parts[1]), ends_on=whole_day(parts[2]))


def _tupled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
