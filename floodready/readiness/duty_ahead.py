"""The roster of a unit for the coming year, in pieces: a leave or an override has those resolved anew it falls into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import read_instant
from floodready.codec import decode, decode_value, encode
from floodready.duty.coverage import Gap, gaps
from floodready.duty.models import Leave, Override, StoodDuty
from floodready.duty.plan import ENDLESS, Plan
from floodready.duty.resolver import Timeline, timeline
from floodready.frozen import defaults_of, frozen_in_order, replace
from floodready.readiness.line import BEGINNING
from floodready.season.seasons import Window, joined

AHEAD = timedelta(days=400)
"""How far ahead duty is looked at: farther than any forecast asks."""
_PIECE = timedelta(days=20)

Raw = dict[str, Any]
Stretches = Mapping[str, tuple[Window, ...]]


class Roster:
    """Every gap from `since` on for as long as is looked ahead, and who stands when."""

    def __init__(self, since: datetime, plan: Plan, pieces: tuple[Piece, ...]) -> None:
        self.since, self.plan, self.pieces = since, plan, pieces

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps by their beginning and post.

        One that had begun by then has its true beginning; one that lasts longer than is looked ahead ends never.
        """
        return tuple(_whole(self.plan, gap, self.since) for gap in _joined_gaps(self.pieces))

    @cached_property
    def near(self) -> Stretches:
        """When each person stands duty, or soon will by the unit's days of warning, joined; by id."""
        return _joined_stretches([piece.near for piece in self.pieces])

    def to_json(self) -> Raw:
        """Give the form in which it is saved; the zone of the plan is known with the store."""
        return {
            "since": encode(self.since),
            "plan": {name: encode(getattr(self.plan, name)) for name in defaults_of(Plan) if name != "zone"},
            "pieces": [piece.to_json() for piece in self.pieces],
            "gaps": encode(self.gaps),
            "near": _written(self.near),
        }


class SavedRoster(Roster):
    """A roster as it was saved: of a whole year mostly little is asked for, and only that is read."""

    def __init__(self, raw: Raw, zone: ZoneInfo) -> None:
        self._raw = raw
        self.since, self.plan = read_instant(raw["since"]), decode(Plan, {**raw["plan"], "zone": zone})

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:  # type: ignore[override] # read when asked
        """The parts it is made of."""
        return tuple(decode(Piece, piece) for piece in self._raw["pieces"])

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps as they were saved."""
        return tuple(decode(Gap, gap) for gap in self._raw["gaps"])

    @cached_property
    def near(self) -> Stretches:
        """When each person stands duty, as it was saved."""
        near: Stretches = decode_value(Stretches, self._raw["near"])
        return near

    def to_json(self) -> Raw:
        """Give the form in which it is saved."""
        return self._raw


@frozen_in_order
class Piece:
    """The same of a part of that time."""

    start: datetime
    end: datetime
    gaps: tuple[Gap, ...]
    near: Stretches

    def to_json(self) -> Raw:
        """Give the form in which it is saved."""
        ends = {"start": encode(self.start), "end": encode(self.end)}
        return {**ends, "gaps": encode(self.gaps), "near": _written(self.near)}


def _written(stretches: Stretches) -> Raw:
    # Hundreds of instants of one zone: not `encode`, which takes each apart.
    return {
        person: [(start.isoformat(), end.isoformat()) for start, end in windows]
        for person, windows in stretches.items()
    }


def roster_from(plan: Plan, since: datetime, remembered: dict[str, Any] | None = None) -> Roster:
    """Resolve a plan from an instant on. The last roster of each unit is remembered; what stays of it is taken over."""
    held, name = _last if remembered is None else remembered, f"roster/{plan.unit}"
    before = held.get(name)
    if isinstance(before, dict):
        before = SavedRoster(before, plan.zone)
    held[name] = roster = _resolved(plan, since, before)
    return roster


def _resolved(plan: Plan, since: datetime, before: Roster | None) -> Roster:
    if before is not None and before.plan is plan and before.since == since:
        return before
    changed = _changed(before.plan, plan) if before is not None and before.since == since else None
    if before is not None and changed is not None:
        if not changed:
            return before
        pieces = tuple(
            _piece(plan, piece.start, piece.end)
            if any(low < piece.end and high > piece.start for low, high in changed)
            else piece
            for piece in before.pieces
        )
    else:
        edges = [since + _PIECE * number for number in range(AHEAD // _PIECE)]
        pieces = tuple(_piece(plan, start, start + _PIECE) for start in edges)
    return Roster(since, plan, pieces)


def _changed(before: Plan, now: Plan) -> list[Window] | None:
    """Give the stretches in which duty may differ between two plans of a unit; None where that may be anywhere."""
    if replace(now, leaves=before.leaves, overrides=before.overrides, stood=before.stood) != before:
        return None
    old, new = _departures(before), _departures(now)
    differing = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
    both = (one for key in differing for one in (old.get(key), new.get(key)) if one is not None)
    return [(one.from_at, one.until_at) for one in both]


def _departures(plan: Plan) -> dict[tuple[str, str], Leave | Override | StoodDuty]:
    found: list[Leave | Override | StoodDuty] = [*plan.leaves, *plan.overrides, *plan.stood]
    return {(one.table, one.id): one for one in found}


def _piece(plan: Plan, start: datetime, end: datetime) -> Piece:
    line = timeline(plan, start, end)
    return Piece(start, end, tuple(gaps(plan, start, end, line)), _near(plan, line))


def _joined_gaps(pieces: tuple[Piece, ...]) -> Iterator[Gap]:
    """Give the gaps by their beginning and post, those whole again that the edge of a piece cut."""
    found: list[Gap] = []
    for piece in pieces:
        for gap in piece.gaps:
            cut = gap.start == piece.start
            place = next((n for n, one in enumerate(found) if cut and _goes_on(one, gap)), None)
            if place is None:
                found.append(gap)
            else:
                found[place] = replace(found[place], end=gap.end)
    return iter(sorted(found, key=lambda gap: (gap.start, gap.post)))


def _whole(plan: Plan, gap: Gap, since: datetime) -> Gap:
    """Give a gap with its true ends, so that it is told alike on every day that it lasts."""
    if gap.start == since:
        gap = replace(gap, start=_beginning(plan, gap))
    return replace(gap, end=_end(plan, gap)) if gap.end == since + AHEAD else gap


def _beginning(plan: Plan, gap: Gap) -> datetime:
    """Give when a gap began; `BEGINNING` where duty was needed, and lacking, before all that is known."""
    earliest = min((start for start, _ in _known(plan)), default=gap.start)
    while gap.start >= earliest:
        earlier = gaps(plan, gap.start - _PIECE, gap.start)
        before = next((one for one in reversed(earlier) if _goes_on(one, gap)), None)
        if before is None:
            return gap.start
        gap = replace(gap, start=before.start)
    return BEGINNING


def _end(plan: Plan, gap: Gap) -> datetime:
    """Give when a gap ends; `ENDLESS` where duty is needed, and lacking, after all that is known."""
    latest = max((edge for window in _known(plan) for edge in window if edge < ENDLESS), default=gap.end)
    while gap.end <= latest:
        later = gaps(plan, gap.end, gap.end + _PIECE)
        following = next((one for one in later if _goes_on(gap, one)), None)
        if following is None:
            return gap.end
        gap = replace(gap, end=following.end)
    return ENDLESS


def _known(plan: Plan) -> Iterator[Window]:
    """Give the stretches of everything by which need and presence differ from one day to another."""
    for level in plan.levels:
        yield level.start, level.end
    for season in () if plan.settings.all_year else plan.seasons:
        yield season.start, season.end
    departures: tuple[Leave | Override | StoodDuty, ...] = (*plan.overrides, *plan.leaves, *plan.stood)
    for one in departures:
        yield one.from_at, one.until_at
    for _, start, end in (*plan.rotas_in_order(), *plan.temporary_windows()):
        yield start, end


def _goes_on(gap: Gap, following: Gap) -> bool:
    return gap.end == following.start and replace(gap, start=following.start, end=following.end) == following


def _near(plan: Plan, line: Timeline) -> Stretches:
    warned = timedelta(days=plan.settings.gap_warning_days)
    found: dict[str, list[Window]] = {}
    for span in line.spans:
        found.setdefault(span.person, []).append((span.start - warned, span.end))
    return {person: tuple(joined(stretches)) for person, stretches in found.items()}


def _joined_stretches(pieces: list[Stretches]) -> Stretches:
    found: dict[str, list[Window]] = {}
    for person, stretches in chain.from_iterable(piece.items() for piece in pieces):
        found.setdefault(person, []).extend(stretches)
    return {person: tuple(joined(found[person])) for person in sorted(found)}


_last: dict[str, Any] = {}
"""What is remembered of who hands nothing on."""
