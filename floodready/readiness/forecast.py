"""The forecast: every day to a horizon, when each line turns and why, and which single act would mend most."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from floodready.clock import start_of
from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.readiness.line import (
    NEVER,
    Colour,
    Importance,
    Line,
    LineStatus,
    shades_of,
    status_of,
    turning_points,
    worst,
)


@frozen
class Turn:
    """A line that changes its colour at an instant, with what it then says."""

    at: datetime
    before: Colour
    status: LineStatus


@frozen
class Day:
    """One day of the strip: the worst that A and B lines make of the whole on that day, and what turns."""

    on: date
    colour: Colour
    turns: tuple[Turn, ...]


@frozen
class Mending:
    """An act and what it would mend, counted in line-days that are not green within the horizon."""

    act: Sentence
    lines: tuple[Line, ...]
    days: int


def forecast(lines: Sequence[Line], at: datetime, until: date, zone: ZoneInfo) -> list[Day]:
    """Give every day from the one of `at` to `until`, both inclusive, if nothing is done.

    The first day's colour is the status at `at`; a later day's is the status at its first instant.
    """
    first = at.astimezone(zone).date()
    days = [first + timedelta(count) for count in range(max(0, (until - first).days + 1))]
    instants = [at if day == first else start_of(day, zone) for day in days]
    end = start_of(until + timedelta(1), zone)
    turns = sorted((turn for line in lines for turn in turns_of(line, at, end)), key=lambda t: (t.at, t.status.line.id))
    by_day: dict[date, list[Turn]] = {}
    for turn in turns:
        by_day.setdefault(turn.at.astimezone(zone).date(), []).append(turn)
    colours = _colours(lines, instants)
    return [
        Day(on=day, colour=colour, turns=tuple(by_day.get(day, ()))) for day, colour in zip(days, colours, strict=True)
    ]


def turns_of(line: Line, after: datetime, until: datetime) -> list[Turn]:
    """Give every change of a line's colour in (after, until]."""
    shades = shades_of(line)
    return [
        Turn(at=at, before=before, status=status_of(line, at, shades))
        for (_, before), (at, _) in pairwise(shades)
        if after < at <= until
    ]


def mends_most(lines: Iterable[Line], days: Sequence[Day], zone: ZoneInfo) -> list[Mending]:
    """Give the acts that the lines ask for on these days, the one that mends most line-days first.

    An act that several lines ask for in the same words is one act. A lines count before B, B before C; a day counts by
    what a line asks for at its end.
    """
    asked: dict[str, tuple[Sentence, dict[str, Line], int, int]] = {}
    ends = [start_of(day.on + timedelta(1), zone) - timedelta(seconds=1) for day in days]
    for line in lines:
        worth = {Importance.A: 100, Importance.B: 10, Importance.C: 1}[line.importance]
        for act, number in _asked(line, ends):
            _, named, count, weight = asked.get(repr(act), (act, {}, 0, 0))
            asked[repr(act)] = (act, {**named, line.id: line}, count + number, weight + worth * number)
    ranked = sorted(asked.items(), key=lambda item: (-item[1][3], item[0]))
    return [Mending(act=act, lines=tuple(named.values()), days=count) for _, (act, named, count, _) in ranked]


def _asked(line: Line, instants: Sequence[datetime]) -> Iterator[tuple[Sentence, int]]:
    """Give what a line asks for and at how many of the instants, one pair for each stretch between its edges."""
    shades = shades_of(line)
    for first, following in _stretches(line, instants):
        act = status_of(line, instants[first], shades).act
        if act is not None:
            yield act, following - first


def _colours(lines: Sequence[Line], instants: Sequence[datetime]) -> list[Colour]:
    # Nothing entered is nothing known, as the headline says of it.
    found = [Colour.GREEN if lines else Colour.GREY] * len(instants)
    for line in lines:
        for (since, shade), (until, _) in pairwise((*shades_of(line), (NEVER, Colour.GREEN))):
            colour = pulled(line.importance, shade)
            if colour is not Colour.GREEN:
                first, following = bisect_left(instants, since), bisect_left(instants, until)
                found[first:following] = [worst((held, colour)) for held in found[first:following]]
    return found


def _stretches(line: Line, instants: Sequence[datetime]) -> Iterator[tuple[int, int]]:
    """Give the places [first, following) among the instants between which no signal of a line begins or ends."""
    first = 0
    for edge in turning_points(line, instants[0], instants[-1]) if instants else ():
        following = bisect_left(instants, edge, lo=first)
        if following > first:
            yield first, following
            first = following
    if first < len(instants):
        yield first, len(instants)


_PULLS: Mapping[Importance, Mapping[Colour, Colour]] = {
    Importance.A: {colour: colour for colour in Colour},
    Importance.B: {colour: Colour.GREEN if colour is Colour.GREEN else Colour.AMBER for colour in Colour},
    Importance.C: dict.fromkeys(Colour, Colour.GREEN),
}


def pulled(importance: Importance, colour: Colour) -> Colour:
    """Give what a line's colour makes of the whole: A its own, B amber at most, C nothing."""
    return _PULLS[importance][colour]
