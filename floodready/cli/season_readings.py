"""`floodready reading`: what stations showed; listed, recorded, corrected, imported."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, require, show
from floodready.cli.numbers import several
from floodready.cli.season_answers import READING_FIELDS, READING_HEADS, tell_rows, the_station
from floodready.cli.showing import add_file, nothing_new, only_shown
from floodready.clock import local_time
from floodready.exchange.written_times import HYDROLOGICAL_MORNING
from floodready.language import say, verbatim
from floodready.season.measure import read_value, shown
from floodready.season.models import Reading, Station, Trend

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `reading`."""
    reading = Verbs(words, "reading", say("readings: list, add, correct, import"))
    listed = reading.add("list", say("the readings of a station, newest first"), list_readings, "station")
    listed.add_argument("--last", type=several, default=24, metavar="N", help=str(say("how many, newest first")))
    add = reading.add("add", say("record what a station showed"), add_reading, "station", "value")
    add.add_argument("--measured", metavar="TIME", help=str(say("when it was measured; without it, now")))
    add.add_argument("--trend", type=Trend, choices=list(Trend))
    add.add_argument("--note", default="")
    _confirm(add)
    correct = reading.add("correct", say("put the right value in place; needs --reason"), correct_reading, "id")
    correct.add_argument("value")
    correct.add_argument("--trend", type=Trend, choices=list(Trend))
    _confirm(correct)
    imported = reading.add("import", say("import readings from CSV"), import_readings)
    add_file(imported)
    _confirm(imported)


def list_readings(args: argparse.Namespace, desk: Desk) -> int:
    """Show the readings of a station."""
    from floodready.season.views import reading_rows

    rows = reading_rows(desk.view, the_station(args.station, desk), last=args.last)
    return show(args, desk, "readings", READING_HEADS, READING_FIELDS, rows)


def add_reading(args: argparse.Namespace, desk: Desk) -> int:
    """Record a reading, and say what it means."""
    from floodready.season import commands
    from floodready.season.situation import situation
    from floodready.season.suggestion import is_higher

    station = the_station(args.station, desk)
    made = commands.add_reading(
        desk.store,
        desk.act(),
        station=station.id,
        measured_at=desk.instant_given(args.measured, day_means=HYDROLOGICAL_MORNING) or desk.clock.now(),
        value=read_value(args.value),
        trend=args.trend,
        note=args.note,
        confirmed=args.confirm,
    )
    now = situation(desk.store, station.unit, desk.clock.now(), desk.zone)
    if is_higher(now.suggestion.level, now.level):
        told = say(
            "Recorded: {station} {value}. {suggestion}. Declare it: floodready level declare {level}",
            station=station.name,
            value=shown(made.value, station.kind),
            suggestion=now.suggestion.beside(now.level),
            level=verbatim(str(now.suggestion.level)),
        )
    else:
        told = say("Recorded: {station} {value}.", station=station.name, value=shown(made.value, station.kind))
    return done(args, told, made)


def correct_reading(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a reading; the reason is --reason."""
    from floodready.season import commands

    seen = require(desk, Reading, args.id)
    made = commands.correct_reading(
        desk.store,
        desk.act(),
        seen,
        value=read_value(args.value),
        reason=args.reason,
        trend=args.trend,
        confirmed=args.confirm,
    )
    station = require(desk, Station, made.station)
    told = say(
        "{station}, {time}: {value} instead of {earlier}.",
        station=station.name,
        time=local_time(made.measured_at, desk.zone),
        value=shown(made.value, station.kind),
        earlier=shown(seen.value, station.kind),
    )
    return done(args, told, made)


def import_readings(args: argparse.Namespace, desk: Desk) -> int:
    """Import readings, after saying what each row would do; the same file again changes nothing."""
    from floodready.exchange.readings_csv import stage_readings
    from floodready.exchange.season_rows import Outcome
    from floodready.exchange.sniff import read_file
    from floodready.exchange.wrong_rows import refuse_wrong_rows
    from floodready.season import commands

    staged = stage_readings(desk.store, read_file(args.file), desk.zone, desk.clock.now())
    tell_rows(args, staged)
    told: dict[str, Any] = {"rows": staged.rows, "unread": staged.unread}
    refuse_wrong_rows(staged.count(Outcome.PROBLEM), **told)
    if not staged.new:
        return nothing_new(args, **told)
    if not args.yes:
        return only_shown(args, **told)
    made = commands.add_readings(desk.store, desk.act(), readings=staged.new, confirmed=args.confirm)
    added = say(
        "Readings: {new} added, {unchanged} there already, {blank} blank.",
        new=len(staged.new),
        unchanged=staged.count(Outcome.UNCHANGED),
        blank=staged.count(Outcome.BLANK),
    )
    return done(args, added, made, **told)


def _confirm(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--confirm", action="store_true", help=str(say("take what looks wrong all the same: it is so")))
