"""How old the last count, test or drill may be before a line is doubted, and then no longer known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from floodready.clock import start_of
from floodready.frozen import frozen
from floodready.language import Sentence, say_many
from floodready.readiness.line import Colour, Importance, Signal


@frozen
class Limits:
    """Days after which evidence is doubted, in and out of season, and the season's days (both ends inclusive)."""

    in_season: Mapping[Importance, int]
    out_of_season: Mapping[Importance, int]
    seasons: Sequence[tuple[date, date]]

    def days(self, importance: Importance, on: date) -> int:
        """Give the limit that holds on a day."""
        inside = any(start <= on <= end for start, end in self.seasons)
        return (self.in_season if inside else self.out_of_season)[importance]


def ageing(
    last_on: date,
    importance: Importance,
    limits: Limits,
    zone: ZoneInfo,
    *,
    doubted: Sentence,
    lost: Sentence,
    act: Sentence,
    horizon_days: int = 800,
) -> Iterable[Signal]:
    """Give the signals of evidence last gained on a day: amber past its limit, not known past twice the limit.

    The limit is the one of the day asked about: on the first day of the season the same evidence may be too old.
    """
    for colour, cause, times in ((Colour.AMBER, doubted, 1), (Colour.GREY, lost, 2)):
        for since, until in _too_old(last_on, importance, limits, times, horizon_days):
            yield Signal(
                colour=colour,
                cause=cause,
                act=act,
                since=start_of(last_on + timedelta(since), zone),
                until=None if until is None else start_of(last_on + timedelta(until), zone),
            )


def believed(importance: Importance, limits: Limits) -> Sentence:
    """Say how long evidence of a class counts."""
    return say_many(
        "Class {importance}: doubted after {count} day in season, {outside} out of it; lost after twice as many"
        " (settings).",
        "Class {importance}: doubted after {count} days in season, {outside} out of it; lost after twice as many"
        " (settings).",
        limits.in_season[importance],
        importance=importance.value,
        outside=limits.out_of_season[importance],
    )


def _too_old(
    last_on: date, importance: Importance, limits: Limits, times: int, horizon: int
) -> Iterator[tuple[int, int | None]]:
    """Give the stretches of ages, in days [since, until), past so many times the limit; None: still so at the horizon.

    The limit is the same from one edge of a season to the next.
    """
    edges = {edge for start, end in limits.seasons for edge in ((start - last_on).days, (end - last_on).days + 1)}
    marks = [0, *sorted(edge for edge in edges if 0 < edge < horizon), horizon]
    since: int | None = None
    for low, high in pairwise(marks):
        old = max(low, times * limits.days(importance, last_on + timedelta(low)) + 1)
        if since is not None and old > low:
            yield since, low
            since = None
        if since is None and old < high:
            since = old
    if since is not None:
        yield since, None
