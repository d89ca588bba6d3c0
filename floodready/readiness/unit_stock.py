"""What a unit has ready: free pieces at places within reach, when each becomes free and when it expires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import start_of
from floodready.frozen import fresh, frozen
from floodready.materials.balance import Spot
from floodready.materials.expiry import expires_at
from floodready.materials.models import Holder, Item, Lot, Movement, Reservation
from floodready.materials.models_counting import CountLine
from floodready.materials.models_equipment import QuotaTable
from floodready.materials.models_papers import Discrepancy, Transfer, TransferState
from floodready.materials.projections import Balances
from floodready.materials.quota import Need, needs
from floodready.materials.sets import pooled
from floodready.materials.views import ready_places, settings_of
from floodready.organisation.models import Unit, Works, WorksKind
from floodready.readiness.cover import Coming, Figure
from floodready.readiness.evidence import Limits
from floodready.readiness.forward_stock import effects_now, raised
from floodready.readiness.gathering import Surroundings, following
from floodready.readiness.line import BEGINNING, Importance
from floodready.season.level_table import Effects

if TYPE_CHECKING:
    from floodready.store.contract import View

EARLIEST = date(1900, 1, 1)
"""Before it no day of a quota table means anything; the first day of year 1 has no instant in UTC."""


@frozen
class Holding:
    """Free pieces of a lot at a ready place, from the end of a reservation until the next one ends or they expire."""

    item: str
    holder: Holder
    quantity: int
    since: datetime
    until: datetime | None


@frozen
class UnitStock:
    """A unit's holdings and needs over time, items whose books are short, what is coming, how old a count may be."""

    unit: str
    places: frozenset[str]
    balances: Balances
    """Only of these places, and of the lots that stand there."""
    holdings: tuple[Holding, ...]
    short: frozenset[str]
    """Items with an open negative balance: nothing of them counts as usable."""
    coming: Mapping[str, Coming]
    """Item → what is on the way here."""
    needed: tuple[tuple[datetime, Mapping[str, Need]], ...]
    """From when on what is needed, by item; a later quota table changes it."""
    limits: Limits
    _usable: dict[datetime, Mapping[Holder, Mapping[str, int]]] = fresh(factory=dict)
    """What was usable at the instants asked about: every item of a unit is asked about the same few."""
    _of_all: dict[datetime, Mapping[str, int]] = fresh(factory=dict)
    """The same, whoever holds it."""

    def usable(self, at: datetime) -> Mapping[Holder, Mapping[str, int]]:
        """Give the usable smallest units by holder and item at an instant, with what is held now."""
        known = self._usable.get(at)
        if known is not None:
            return known
        sums: dict[Holder, dict[str, int]] = {}
        for held in self.holdings:
            if held.since <= at and (held.until is None or at < held.until) and held.item not in self.short:
                of_holder = sums.setdefault(held.holder, {})
                of_holder[held.item] = of_holder.get(held.item, 0) + held.quantity
        self._usable[at] = sums
        return sums

    def usable_of_all(self, at: datetime) -> Mapping[str, int]:
        """Give the usable smallest units by item at an instant, whoever holds them: for sets, which take any."""
        known = self._of_all.get(at)
        if known is not None:
            return known
        sums: dict[str, int] = {}
        for of_holder in self.usable(at).values():
            for item, quantity in of_holder.items():
                sums[item] = sums.get(item, 0) + quantity
        self._of_all[at] = sums
        return sums

    def need(self, item: str, at: datetime) -> Need | None:
        """Give what is needed of an item at an instant; None where no table in force says so."""
        found: Mapping[str, Need] = {}
        for since, needed in self.needed:
            if since <= at:
                found = needed
        return found.get(item)

    def asked(self) -> set[str]:
        """Name the items that are needed, held, short or coming."""
        held = {holding.item for holding in self.holdings}
        return {item for _, needed in self.needed for item in needed} | held | self.short | set(self.coming)

    def edges(self, items: Iterable[str]) -> list[datetime]:
        """Give the beginning and every instant at which usable pieces of the items come or go."""
        wanted = set(items)
        found = {BEGINNING}
        for held in self.holdings:
            if held.item in wanted:
                found |= {edge for edge in (held.since, held.until) if edge is not None}
        return sorted(found)

    def figures(self, item: Item, items: Mapping[str, Item]) -> list[Figure]:
        """Give an item's usable pieces, substitutes at their worth, against its need, wherever one of them changes."""
        pool = {item.id, *(other.item for other in item.substitutes)}
        edges = sorted({*self.edges(pool), *(since for since, _ in self.needed)})
        coming = self.on_the_way(item, items)
        return [self.figure(item, items, edge, coming) for edge in edges]

    def figure(self, item: Item, items: Mapping[str, Item], at: datetime, coming: Coming | None = None) -> Figure:
        """Give an item's figure at one instant."""
        by_holder = {holder: pooled(item, items, usable) for holder, usable in self.usable(at).items()}
        need = self.need(item.id, at)
        return Figure(
            since=at, usable=pooled(item, items, self.usable_of_all(at)), need=need.quantity if need else None,
            by_holder={holder: by_holder[holder] for holder in Holder if by_holder.get(holder)}, coming=coming,
            without_size=need.without_size if need else (),
        )  # fmt: skip

    def on_the_way(self, item: Item, items: Mapping[str, Item]) -> Coming | None:
        """Give what is coming of an item and its substitutes at their worth; None for nothing."""
        pool = [id for id in (item.id, *(other.item for other in item.substitutes)) if id in self.coming]
        quantity = pooled(item, items, {id: self.coming[id].quantity for id in pool})
        return Coming(quantity=quantity, transfer=self.coming[pool[0]].transfer) if quantity else None


def stock_of(around: Surroundings, unit: str, items: Mapping[str, Item]) -> UnitStock:
    """Read what a unit has ready and what it needs."""
    view = around.view
    places = ready_places(view, unit)
    balances = _balances_at(view, places)
    open_ones = (found for found in view.all(Discrepancy) if found.closed_at is None and found.place in places)
    return UnitStock(
        unit=unit, places=frozenset(places), balances=balances, holdings=tuple(_holdings(around, places, balances)),
        short=frozenset(found.item for found in open_ones), coming=_coming(around, places),
        needed=tuple(_needed(around, unit, items)),
        limits=_limits(around, unit),
    )  # fmt: skip


def _balances_at(view: View, places: Iterable[str]) -> Balances:
    moves, counts = Movement.table, CountLine.table
    at_places = [(moves, "source"), (moves, "target"), (counts, "place")]
    balances = following(view, Balances, *((table, field, place) for place in places for table, field in at_places))
    lots = {lot for place in places for lot in balances.by_place.get(place, ())}
    return following(view, Balances, *((moves, "lot", lot) for lot in lots))


def _holdings(around: Surroundings, places: Iterable[str], balances: Balances) -> Iterator[Holding]:
    view, zone = around.view, around.zone
    kept: dict[str, dict[Spot, list[Reservation]]] = {}
    for place in sorted(places):
        for lot_id, quantity in balances.by_place.get(place, {}).items():
            lot = view.get(Lot, lot_id)
            if lot is None:
                continue
            if lot.item not in kept:
                kept[lot.item] = _reserved(around, lot.item)
            end = expires_at(lot, zone)
            for since, until, free in _free(quantity, kept[lot.item].get(Spot(lot_id, place), []), around):
                if free and (end is None or since < end):
                    last = min((edge for edge in (until, end) if edge is not None), default=None)
                    yield Holding(item=lot.item, holder=lot.holder, quantity=free, since=since, until=last)


def _reserved(around: Surroundings, item: str) -> dict[Spot, list[Reservation]]:
    kept: dict[Spot, list[Reservation]] = {}
    for one in around.view.find(Reservation, item=item):
        if one.released_at is None:
            kept.setdefault(Spot(one.lot, one.place), []).append(one)
    return kept


def _free(
    quantity: int, reserved: list[Reservation], around: Surroundings
) -> Iterator[tuple[datetime, datetime | None, int]]:
    """Give the stretches between the ends of reservations, and what is free in each."""
    days = sorted({one.until_on for one in reserved if one.until_on is not None and one.until_on < date.max})
    starts = [BEGINNING, *(start_of(day + timedelta(1), around.zone) for day in days)]
    for place, since in enumerate(starts):
        binding = sum(one.quantity for one in reserved if one.until_on not in days[:place])
        yield since, starts[place + 1] if place + 1 < len(starts) else None, max(0, quantity - binding)


def _coming(around: Surroundings, places: set[str]) -> dict[str, Coming]:
    found: dict[str, Coming] = {}
    on_the_way = (
        (transfer.id, line)
        for state in (TransferState.SHIPPED, TransferState.PART_RECEIVED)
        for transfer in around.view.find(Transfer, state=state)
        if transfer.target in places
        for line in transfer.lines
        if line.open
    )
    for transfer_id, line in on_the_way:
        before = found.get(line.item, Coming(quantity=0, transfer=transfer_id))
        found[line.item] = Coming(quantity=before.quantity + line.open, transfer=before.transfer)
    return found


def _needed(
    around: Surroundings, unit: str, items: Mapping[str, Item]
) -> Iterator[tuple[datetime, Mapping[str, Need]]]:
    tables = list(around.view.all(QuotaTable))
    works = list(around.view.find(Works, unit=unit))
    risk_points = [one for one in works if one.kind is WorksKind.RISK_POINT]
    level = effects_now(around.view, unit, around.at) if risk_points else Effects()
    yield BEGINNING, {}
    for day in sorted({table.in_force_on for table in tables}):
        needed: Mapping[str, Need] = needs(tables, works, items, day)
        if level.forward_stock[0]:
            needed = raised(needed, needs(tables, risk_points, items, day), level)
        yield start_of(max(day, EARLIEST), around.zone), needed


def _limits(around: Surroundings, unit: str) -> Limits:
    set_to = settings_of(around.view)
    return Limits(
        in_season=dict(zip(Importance, set_to.evidence_days_in_season, strict=True)),
        out_of_season=dict(zip(Importance, set_to.evidence_days_out_of_season, strict=True)),
        seasons=_season_days(around, unit),
    )


def _season_days(around: Surroundings, unit: str) -> list[tuple[date, date]]:
    from floodready.organisation.tree import parents_of
    from floodready.season.models import Season
    from floodready.season.seasons import seasons_of

    found = seasons_of(unit, around.view.all(Season), parents_of(around.view.all(Unit)))
    return [(season.starts_on, season.ends_on) for season in found]
