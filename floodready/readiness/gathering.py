"""The lines of one pillar as gathered at an instant, with what they were read from and how long they stay so.

Lines do not say what they depend on: the view is watched while they are read. They then stay as they are until
something they were read from changes, or until the instant named here, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from floodready.clock import local_day, start_of
from floodready.frozen import defaults_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.document import D
    from floodready.readiness.line import Line
    from floodready.store.contract import Change, P, View

T = TypeVar("T")

Read = tuple[str, str, str]
"""What was read: a table, and of it the documents with a value in a field; the whole table where no field is named."""


class Surroundings(NamedTuple):
    """What a source reads its lines from."""

    view: View
    at: datetime
    """The instant asked about, UTC; a source may need it to know which year's season or how far to look ahead."""
    zone: ZoneInfo
    known: dict[str, tuple[Any, frozenset[Read]]] | None = None
    """What parts asked together found out `once`, each with what it was read from; None where each finds it out."""
    remembered: dict[str, Any] | None = None
    """What took long to work out, by name, from question to question: each as it is, or as the JSON it was saved as.

    Whoever uses it makes sure that it was worked out from the same; None where nothing is handed on.
    """


def _at_midnight_only(_: Surroundings) -> Iterable[datetime]:
    return ()


class Part(NamedTuple):
    """Lines of a source that are read together: whatever else changes, they are not read again.

    They must read the same at every instant of a local day. Where they do not, `turns` gives the instants later that
    day from which they may read differently though nothing is entered. Both read all they need from the surroundings.
    """

    name: str
    lines: Callable[[Surroundings], Iterable[Line]]
    turns: Callable[[Surroundings], Iterable[datetime]] = _at_midnight_only


SOURCES: tuple[str, ...] = ("season", "organisation", "set_up", "duty", "drills", "materials", "rectification")
"""Each names a module `<name>_lines` of this package with a function `parts`, which names its parts in order."""

_SILENT = frozenset({"drills", "materials", "rectification"})
"""Pillars that ask nothing until something is entered: without documents they are not even imported."""

OUTLINE = ""
"""Stands among the parts of a source for the list of its parts."""


class Gathered(NamedTuple):
    """The lines of one part: as at `since`, and the same at every instant before `until`."""

    lines: tuple[Line, ...]
    reads: frozenset[Read]
    """What they were read from: while none of these changes, they stay."""
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether the lines read the same at an instant, if nothing was entered since."""
        return self.since <= at < self.until


Parts = dict[str, Gathered]
"""The parts of one source by name, in order, its outline first."""


def speaking(view: View) -> list[str]:
    """Name the sources that have something to say."""
    held = {name.partition(".")[0] for name in view.table_names()}
    return [name for name in SOURCES if name not in _SILENT or name in held]


def gathered(
    source: str,
    view: View,
    at: datetime,
    zone: ZoneInfo,
    kept: Mapping[str, Gathered] = MappingProxyType({}),
    remembered: dict[str, Any] | None = None,
) -> Parts:
    """Ask one source for its lines, but for the parts that are kept and hold at the instant."""
    watched = Watched(view)
    module = import_module(f"floodready.readiness.{source}_lines")
    named: list[Part] = list(module.parts(Surroundings(watched, at, zone)))
    found = {OUTLINE: Gathered((), frozenset(watched.reads), at, _midnight(at, zone))}
    around = Surroundings(view, at, zone, {}, remembered)
    for part in named:
        held = kept.get(part.name)
        found[part.name] = held if held is not None and held.holds(at) else _asked(part, around)
    return found


def following(view: View, kind: type[P], *reads: Read) -> P:
    """Give a projection of which only what follows from some documents of its tables is looked at."""
    if not isinstance(view, Watched):
        return view.projection(kind)
    view.reads.update(reads)
    return view.unwatched.projection(kind)


def once(around: Surroundings, name: str, find: Callable[[Surroundings], T]) -> T:
    """Give what several parts need alike, found out once while they are asked together; what it read, each has read."""
    if around.known is None or not isinstance(around.view, Watched):
        return find(around)
    if name not in around.known:
        watched = Watched(around.view.unwatched)
        found = find(around._replace(view=watched))
        around.known[name] = found, frozenset(watched.reads)
    answer: T
    answer, reads = around.known[name]
    around.view.reads.update(reads)
    return answer


def left_after(sources: Mapping[str, Parts], changes: Iterable[Change]) -> dict[str, Parts]:
    """Give the parts of each source that read nothing of what changed; where one went, the outline is asked anew."""
    changed = touched(changes)
    found: dict[str, Parts] = {}
    for name, parts in sources.items():
        left = {part: kept for part, kept in parts.items() if changed.isdisjoint(kept.reads)}
        if len(left) < len(parts):
            left.pop(OUTLINE, None)
        found[name] = left
    return found


def touched(changes: Iterable[Change]) -> set[Read]:
    """Name all that reads differently after changes."""
    found: set[Read] = set()
    for change in changes:
        found |= {(change.table, "", ""), (change.table, "id", change.id)}
        for raw in (change.before, change.after):
            if raw is not None:
                found |= {
                    (change.table, field, str(held)) for field, held in raw.items() if isinstance(held, _TOLD_APART)
                }
    return found


_TOLD_APART = (str, bool)
"""Types of the values by which documents are looked up. The rest of a document is read with its id."""


def _asked(part: Part, together: Surroundings) -> Gathered:
    at, zone = together.at, together.zone
    watched = Watched(together.view)
    around = together._replace(view=watched)
    lines = tuple(part.lines(around))
    until = min((_midnight(at, zone), *(turn for turn in part.turns(around) if turn > at)))
    return Gathered(lines, frozenset(watched.reads), at, until)


def _midnight(at: datetime, zone: ZoneInfo) -> datetime:
    return start_of(local_day(at, zone) + timedelta(1), zone)


class Watched:
    """A view that notes what is read."""

    def __init__(self, view: View) -> None:
        self.unwatched = view
        """What it gives is not noted."""
        self.reads: set[Read] = set()

    @property
    def seq(self) -> int:
        """The last transaction the view knows."""
        return self.unwatched.seq

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        self.reads.add((kind.table, "id", id))
        return self.unwatched.get(kind, id)

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind."""
        self._note_whole(kind.table)
        return self.unwatched.all(kind)

    def find(self, kind: type[D], **equal: Any) -> Iterator[D]:
        """Give the documents whose fields equal the given values."""
        self.reads.add(_found_by(kind, equal))
        return self.unwatched.find(kind, **equal)

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        self._note_whole(kind.table)
        return self.unwatched.count(kind)

    def projection(self, kind: type[P]) -> P:
        """Give a projection; it stands for the tables it follows."""
        for table in kind.tables:
            self._note_whole(table)
        return self.unwatched.projection(kind)

    def table_names(self) -> list[str]:
        """Name the tables that hold anything."""
        return self.unwatched.table_names()

    def _note_whole(self, table: str) -> None:
        self.reads.add((table, "", ""))


def _found_by(kind: Any, equal: Mapping[str, Any]) -> Read:
    """Name the first of the values that the journal's text shows: defaults do not stand there."""
    defaults = defaults_of(kind)
    for field, value in equal.items():
        if isinstance(value, _TOLD_APART) and defaults[field] != value:
            return kind.table, field, str(value)
    return kind.table, "", ""
