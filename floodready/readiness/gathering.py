"""The lines of one pillar as gathered at an instant, with what they were read from and how long they stay so.

Lines do not say what they depend on: the view is watched while they are read. They then stay as they are until a
document of a table they were read from changes, or until the instant named here, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from floodready.clock import local_day
from floodready.readiness.evidence import start_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.document import D
    from floodready.readiness.line import Line
    from floodready.store.contract import P, View


class Surroundings(NamedTuple):
    """What a source reads its lines from."""

    view: View
    at: datetime
    """The instant asked about, UTC; a source may need it to know which year's season or how far to look ahead."""
    zone: ZoneInfo


Source = Callable[[Surroundings], Iterator["Line"]]
Turns = Callable[[Surroundings], Iterable[datetime]]

SOURCES: tuple[str, ...] = ("season", "organisation", "duty", "drills", "materials", "rectification")
"""Each names a module `<name>_lines` of this package with a function `lines`.

Its lines must read the same at every instant of a local day. Where they do not, the module has a function `turns` that
gives the instants later that day from which they may read differently though nothing is entered.
"""

_SILENT = frozenset({"drills", "materials", "rectification"})
"""Pillars that ask nothing until something is entered: without documents they are not even imported."""


class Gathered(NamedTuple):
    """The lines of one source: as at `since`, and the same at every instant before `until`."""

    lines: tuple[Line, ...]
    tables: frozenset[str]
    """What they were read from: while none of these changes, they stay."""
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether the lines read the same at an instant, if nothing was entered since."""
        return self.since <= at < self.until


def speaking(view: View) -> list[str]:
    """Name the sources that have something to say."""
    held = {name.partition(".")[0] for name in view.table_names()}
    return [name for name in SOURCES if name not in _SILENT or name in held]


def gathered(name: str, view: View, at: datetime, zone: ZoneInfo) -> Gathered:
    """Ask one source for its lines."""
    watched = Watched(view)
    around = Surroundings(watched, at, zone)
    module = import_module(f"floodready.readiness.{name}_lines")
    lines: Source = module.lines
    turns: Turns = getattr(module, "turns", _at_midnight_only)
    found = tuple(lines(around))
    midnight = start_of(local_day(at, zone) + timedelta(1), zone)
    until = min((midnight, *(turn for turn in turns(around) if turn > at)))
    return Gathered(found, frozenset(watched.tables), at, until)


def _at_midnight_only(_: Surroundings) -> Iterable[datetime]:
    return ()


class Watched:
    """A view that notes which tables are read."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.tables: set[str] = set()

    @property
    def seq(self) -> int:
        """The last transaction the view knows."""
        return self._view.seq

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        self.tables.add(kind.table)
        return self._view.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind."""
        self.tables.add(kind.table)
        return self._view.all(kind)

    def find(self, kind: type[D], **equal: Any) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        self.tables.add(kind.table)
        return self._view.find(kind, **equal)

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        self.tables.add(kind.table)
        return self._view.count(kind)

    def projection(self, kind: type[P]) -> P:
        """Give a projection; it stands for the tables it follows."""
        self.tables |= kind.tables
        return self._view.projection(kind)

    def table_names(self) -> list[str]:
        """Name the tables that hold anything."""
        return self._view.table_names()
