"""What an office that has just begun still owes readiness: what it never entered is not known, never in order.

The lines of the other pillars speak of what is entered; where nothing is, they would have nothing to say, and a board
without a season, a station, stock and drills would read as ready. Each line here stands for the whole store, at the
unit at the top, and only until the first of its documents is entered: units below may follow, and need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from floodready.language import Sentence, say
from floodready.organisation.models import Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal
from floodready.season.models import Season, Station

if TYPE_CHECKING:
    from floodready.store.contract import View


def parts(around: Surroundings) -> Iterator[Part]:
    """Name the lines of each unit at the top: season and stock (A), stations and drills (B)."""
    # What is entered is asked for here and not by the lines: a delivery need not ask again whether there is stock.
    missing = [(name, line) for name, (is_begun, line) in _BEGINNINGS.items() if not is_begun(around.view)]
    if missing:
        for unit in around.view.all(Unit):
            if unit.active and unit.parent is None:
                yield from (Part(f"{name}/{unit.id}", partial(_of_unit, line, unit.id)) for name, line in missing)


def _of_unit(line: Callable[[Unit], Line], id: str, around: Surroundings) -> Iterator[Line]:
    unit = around.view.get(Unit, id)
    if unit is not None:
        yield line(unit)


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


def _season(unit: Unit) -> Line:
    return _missing(
        f"set-up/season/{unit.id}",
        unit,
        Importance.A,
        Kind.SEASON,
        subject=say("flood season"),
        cause=say("no flood season is entered: duty and reports have no time"),
        act=say("enter the flood season of {unit}", unit=unit.name),
        how=say("On the screens: 2, y, n. By command: floodready season add."),
        opens=(Season.table, ""),
    )


def _stations(unit: Unit) -> Line:
    return _missing(
        f"set-up/stations/{unit.id}",
        unit,
        Importance.B,
        Kind.SEASON,
        subject=say("stations"),
        cause=say("no station has a threshold of a response level"),
        act=say("enter a station of {unit} with the thresholds of the response levels", unit=unit.name),
        how=say("On the screens: 2, n, then t. By command: floodready station add, then station threshold."),
        opens=(Station.table, ""),
    )


def _stock(unit: Unit) -> Line:
    return _missing(
        f"set-up/stock/{unit.id}",
        unit,
        Importance.A,
        Kind.STOCK,
        subject=say("stock"),
        cause=say("no material is entered"),
        act=say("enter the places and items of {unit} and what is there", unit=unit.name),
        how=say("On the screens: 3, N, n, then r or I. By command: floodready stock add-place, add-item, import."),
        opens=("materials.lots", ""),
    )


def _drills(unit: Unit) -> Line:
    return _missing(
        f"set-up/drills/{unit.id}",
        unit,
        Importance.B,
        Kind.DRILL,
        subject=say("drills"),
        cause=say("what must be drilled is not entered"),
        act=say("enter what {unit} must drill", unit=unit.name),
        how=say("On the screens: 5, o, n. By command: floodready drill oblige."),
        opens=("drills.obligations", ""),
    )


_BEGINNINGS: Mapping[str, tuple[Callable[[View], bool], Callable[[Unit], Line]]] = {
    "season": (_has_season, _season),
    "stations": (_has_level_threshold, _stations),
    "stock": (_has_stock, _stock),
    "drills": (_has_obligation, _drills),
}
"""What an office begins with: whether it has, and the line where it has not."""


def _missing(
    id: str,
    unit: Unit,
    importance: Importance,
    kind: Kind,
    *,
    subject: Sentence,
    cause: Sentence,
    act: Sentence,
    how: Sentence,
    opens: tuple[str, str],
) -> Line:
    return Line(
        id=id,
        unit=unit.id,
        capability=Capability.COMMAND,
        importance=importance,
        kind=kind,
        subject=subject,
        signals=(Signal(colour=Colour.GREY, cause=cause, act=act),),
        explanation=(say("What was never entered is not known; this line goes with the first entry."), how),
        opens=opens,
    )
