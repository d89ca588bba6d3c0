"""What an office that has just begun still owes readiness: what it never entered is not known, never in order.

The lines of the other pillars speak of what is entered; where nothing is, they would have nothing to say, and a board
without a season, a station, stock and drills would read as ready. Each line here stands for the whole store, at the
unit at the top, and only until the first of its documents is entered: units below may follow, and need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from floodready.language import Sentence, say
from floodready.organisation.models import Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal
from floodready.season.models import Season, Station

if TYPE_CHECKING:
    from floodready.store.contract import View


class _Beginning(NamedTuple):
    """Something an office begins with, and what its line says while it is missing."""

    is_entered: Callable[[View], bool]
    importance: Importance
    kind: Kind
    subject: Sentence
    cause: Sentence
    act: Callable[[str], Sentence]
    """What to do, by the name of the unit."""
    how: Sentence
    opens: str
    """The table whose screen is opened from the line."""


def parts(around: Surroundings) -> Iterator[Part]:
    """Name the lines of each unit at the top: season and stock (A), stations and drills (B)."""
    # What is entered is asked for here and not by the lines: a delivery need not ask again whether there is stock.
    missing = [name for name, beginning in _BEGINNINGS.items() if not beginning.is_entered(around.view)]
    if missing:
        for unit in around.view.all(Unit):
            if unit.active and unit.parent is None:
                yield from (Part(f"{name}/{unit.id}", partial(_of_unit, name, unit.id)) for name in missing)


def _of_unit(name: str, id: str, around: Surroundings) -> Iterator[Line]:
    unit = around.view.get(Unit, id)
    if unit is None:
        return
    missing = _BEGINNINGS[name]
    yield Line(
        id=f"set-up/{name}/{id}",
        unit=id,
        capability=Capability.COMMAND,
        importance=missing.importance,
        kind=missing.kind,
        subject=missing.subject,
        signals=(Signal(colour=Colour.GREY, cause=missing.cause, act=missing.act(unit.name)),),
        explanation=(say("What was never entered is not known; this line goes with the first entry."), missing.how),
        opens=(missing.opens, ""),
    )


def _has_season(view: View) -> bool:
    return view.count(Season) > 0


def _has_level_threshold(view: View) -> bool:
    return any(threshold.mark.level for station in view.all(Station) for threshold in station.thresholds)


def _has_stock(view: View) -> bool:
    from floodready.materials.models import Lot

    return view.count(Lot) > 0


def _has_obligation(view: View) -> bool:
    from floodready.drills.models import Obligation

    return view.count(Obligation) > 0


_BEGINNINGS: Mapping[str, _Beginning] = {
    "season": _Beginning(
        _has_season, Importance.A, Kind.SEASON,
        subject=say("flood season"),
        cause=say("no flood season is entered: duty and reports have no time"),
        act=lambda unit: say("enter the flood season of {unit}", unit=unit),
        how=say("On the screens: 2, y, n. By command: floodready season add."),
        opens=Season.table,
    ),
    "stations": _Beginning(
        _has_level_threshold, Importance.B, Kind.SEASON,
        subject=say("stations"),
        cause=say("no station has a threshold of a response level"),
        act=lambda unit: say("enter a station of {unit} with the thresholds of the response levels", unit=unit),
        how=say("On the screens: 2, n, then t. By command: floodready station add, then station threshold."),
        opens=Station.table,
    ),
    "stock": _Beginning(
        _has_stock, Importance.A, Kind.STOCK,
        subject=say("stock"),
        cause=say("no material is entered"),
        act=lambda unit: say("enter the places and items of {unit} and what is there", unit=unit),
        how=say("On the screens: 3, N, n, then r or I. By command: floodready stock add-place, add-item, import."),
        opens="materials.lots",
    ),
    "drills": _Beginning(
        _has_obligation, Importance.B, Kind.DRILL,
        subject=say("drills"),
        cause=say("what must be drilled is not entered"),
        act=lambda unit: say("enter what {unit} must drill", unit=unit),
        how=say("On the screens: 5, o, n. By command: floodready drill oblige."),
        opens="drills.obligations",
    ),
}  # fmt: skip
