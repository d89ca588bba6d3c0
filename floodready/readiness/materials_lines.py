"""What stock, sets and equipment mean for readiness: cover against need, evidence, tests, negative balances.

Usable stock changes by itself only when lots expire: between those instants the figures hold, so a line's signals are
known for all future days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day, read_instant
from floodready.language import Sentence, say, verbatim
from floodready.materials.balance import Spot
from floodready.materials.expiry import expires_at
from floodready.materials.ledger import Stock
from floodready.materials.models import Importance as ItemImportance
from floodready.materials.models import Item, ItemClass, Lot
from floodready.materials.models_equipment import Condition, Equipment, GearSet, QuotaTable
from floodready.materials.models_papers import Discrepancy
from floodready.materials.projections import Balances
from floodready.materials.quota import Need, needs
from floodready.materials.sets import pooled, whole_sets
from floodready.materials.views import place_names, ready_places, told
from floodready.organisation.models import Unit, Works
from floodready.readiness.evidence import IN_SEASON, OUT_OF_SEASON, Limits, ageing, start_of
from floodready.readiness.line import BEGINNING, Capability, Colour, Importance, Kind, Line, Signal

if TYPE_CHECKING:
    from floodready.readiness.assembly import Surroundings

TABLES = frozenset(
    {
        "materials.movements", "materials.items", "materials.lots", "materials.places", "materials.reservations",
        "materials.discrepancies", "materials.equipment", "materials.sets", "materials.quota_tables",
        "materials.count_lines", "materials.settings",
    }
)  # fmt: skip
AHEAD = timedelta(days=30)
"""How long before stock falls short the line warns."""
_USUAL = {
    ItemClass.RESCUE: Capability.HOLD, ItemClass.LIFE_SAVING: Capability.SHELTER, ItemClass.TOOLS: Capability.HOLD,
    ItemClass.EQUIPMENT: Capability.PUMP, ItemClass.DROUGHT: Capability.PUMP,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Free pieces of a lot at a ready place, until they expire."""

    item: str
    quantity: int
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStock:
    """What a unit has: its holdings, the spots that are short, and the limits of evidence that hold for it."""

    unit: str
    places: frozenset[str]
    holdings: tuple[Holding, ...]
    short: frozenset[str]
    """Items with an open negative balance."""
    limits: Limits

    def usable(self, at: datetime) -> dict[str, int]:
        """Give the usable smallest units by item at an instant, with what is held now."""
        sums: dict[str, int] = {}
        for held in self.holdings:
            if held.until is None or at < held.until:
                sums[held.item] = sums.get(held.item, 0) + held.quantity
        return sums

    def edges(self, items: Iterable[str]) -> list[datetime]:
        """Give the beginning and every instant at which pieces of the items expire."""
        wanted = set(items)
        return [BEGINNING, *sorted({h.until for h in self.holdings if h.until is not None and h.item in wanted})]


def lines(around: Surroundings) -> Iterator[Line]:
    """Give the stock, set and equipment lines of every unit that has places, quotas or machines."""
    items = {item.id: item for item in around.view.all(Item) if not item.retired}
    for unit in around.view.all(Unit):
        stock = _stock_of(around, unit.id)
        works = list(around.view.find(Works, unit=unit.id))
        needed = needs(around.view.all(QuotaTable), works, items, local_day(around.at, around.zone))
        held = {holding.item for holding in stock.holdings} | set(stock.short)
        for item in items.values():
            if item.id in needed or item.id in held:
                yield _stock_line(around, stock, item, items, needed.get(item.id))
        if stock.places:
            for gear in around.view.all(GearSet):
                yield _set_line(around, stock, gear, items)
            yield from _equipment_lines(around, stock, items)


def cover_signals(
    figures: Sequence[tuple[datetime, int]], need: int, importance: Importance, cause: Sentence, act: Sentence
) -> Iterator[Signal]:
    """Give the signals of usable figures, each holding from its instant to the next one, against a need.

    Red below 0.80 of the need (class A: 0.90), amber below the whole, and amber ahead of falling below it.
    """
    limit = 90 if importance is Importance.A else 80
    for place, (since, usable) in enumerate(figures):
        until = figures[place + 1][0] if place + 1 < len(figures) else None
        if usable >= need:
            continue
        colour = Colour.RED if usable * 100 < need * limit else Colour.AMBER
        yield Signal(colour=colour, cause=cause, act=act, since=since, until=until)
        if place and figures[place - 1][1] >= need:
            yield Signal(
                colour=Colour.AMBER, cause=say("will fall short within {days} days: stock expires", days=AHEAD.days),
                act=act, since=since - AHEAD, until=since,
            )  # fmt: skip


def _stock_of(around: Surroundings, unit: str) -> UnitStock:
    view, zone = around.view, around.zone
    places = ready_places(view, unit)
    balances, stock = view.projection(Balances), Stock(view, zone)
    short = {
        Spot(found.lot, found.place): found.item
        for found in view.all(Discrepancy) if found.closed_at is None and found.place in places
    }  # fmt: skip
    kept: dict[str, Mapping[Spot, int]] = {}
    holdings = []
    for place in sorted(places):
        for lot_id, quantity in balances.by_place.get(place, {}).items():
            lot = view.get(Lot, lot_id)
            if lot is None or Spot(lot_id, place) in short:
                continue
            if lot.item not in kept:
                kept[lot.item] = stock.reserved(lot.item, around.at)
            free = quantity - kept[lot.item].get(Spot(lot_id, place), 0)
            holdings.append(Holding(item=lot.item, quantity=max(0, free), until=expires_at(lot, zone)))
    return UnitStock(
        unit=unit, places=frozenset(places), holdings=tuple(holdings), short=frozenset(short.values()),
        limits=Limits(in_season=IN_SEASON, out_of_season=OUT_OF_SEASON, seasons=_season_days(around, unit)),
    )  # fmt: skip


def _season_days(around: Surroundings, unit: str) -> list[tuple[date, date]]:
    from floodready.organisation.tree import parents_of
    from floodready.season.models import Season
    from floodready.season.seasons import seasons_of

    found = seasons_of(unit, around.view.all(Season), parents_of(around.view.all(Unit)))
    return [(season.starts_on, season.ends_on) for season in found]


def _stock_line(
    around: Surroundings, stock: UnitStock, item: Item, items: Mapping[str, Item], need: Need | None
) -> Line:
    importance = Importance(item.importance.value)
    pool = {item.id, *(other.item for other in item.substitutes)}
    figures = [(edge, pooled(item, items, stock.usable(edge))) for edge in stock.edges(pool)]
    now = pooled(item, items, stock.usable(around.at))
    name = verbatim(item.name)
    signals: list[Signal] = []
    good = say("{usable} usable", usable=told(item, now))
    if item.id in stock.short:
        signals.append(
            Signal(colour=Colour.RED, cause=say("the books are short: more left than was held"),
                   act=say("Count {item}", item=name))
        )  # fmt: skip
    if need is None:
        signals.append(
            Signal(colour=Colour.GREY, cause=say("no need is set: {usable} usable", usable=told(item, now)),
                   act=say("Import the quota table for {item}", item=name))
        )  # fmt: skip
    else:
        cause = say("{usable} usable of {need} required", usable=told(item, now), need=told(item, need.quantity))
        missing = told(item, max(0, need.quantity - now))
        signals += cover_signals(
            figures, need.quantity, importance, cause, say("Replenish {item}: {missing}.", item=name, missing=missing)
        )
        good = cause
    signals += _counted(around, stock, item, importance)
    return Line(
        id=f"materials/{item.id}/{stock.unit}", unit=stock.unit, capability=_capability(item.capability, item),
        importance=importance, kind=Kind.STOCK, subject=name, signals=tuple(signals), good=good,
        explanation=tuple(_explained(around, stock, item, need)), opens=(Item.table, item.id),
    )  # fmt: skip


def _counted(around: Surroundings, stock: UnitStock, item: Item, importance: Importance) -> Iterable[Signal]:
    """Judge how long ago the item was really counted: its oldest lot and place decide."""
    balances = around.view.projection(Balances)
    spots = [(lot, place) for lot, place, _ in balances.of_item(item.id) if place in stock.places]
    if not spots:
        return ()
    act = say("Count {item}", item=verbatim(item.name))
    counted = [balances.counted.get(lot, {}).get(place) for lot, place in spots]
    if None in counted:
        return (Signal(colour=Colour.GREY, cause=say("never really counted"), act=act),)
    oldest = min(local_day(read_instant(at), around.zone) for at, _ in filter(None, counted))
    return ageing(
        oldest, importance, stock.limits, around.zone, act=act,
        doubted=say("last counted on {day}: too long ago", day=str(oldest)),
        lost=say("last counted on {day}: no longer known", day=str(oldest)),
    )  # fmt: skip


def _set_line(around: Surroundings, stock: UnitStock, gear: GearSet, items: Mapping[str, Item]) -> Line:
    importance = Importance(gear.importance.value)
    parts = [part.item for part in gear.parts]
    pool = {*parts, *(other.item for part in parts if part in items for other in items[part].substitutes)}

    def sets_at(edge: datetime) -> tuple[int, str]:
        usable = stock.usable(edge)
        return whole_sets(gear, {part: pooled(items[part], items, usable) for part in parts if part in items})

    figures = [(edge, sets_at(edge)[0]) for edge in stock.edges(pool)]
    number, scarce = sets_at(around.at)
    limit = verbatim(items[scarce].name if scarce in items else scarce)
    if gear.needed is None:
        cause = say("{number} whole sets; no need is set", number=number)
        signals = [Signal(colour=Colour.GREY, cause=cause, act=say("Set how many sets are needed"))]
    else:
        cause = say("{number} of {needed} sets, limited by {item}", number=number, needed=gear.needed, item=limit)
        act = say("Replenish {item} for the sets.", item=limit)
        signals = list(cover_signals(figures, gear.needed, importance, cause, act))
    return Line(
        id=f"materials/set-{gear.id}/{stock.unit}", unit=stock.unit,
        capability=_capability(gear.capability, None, Capability.BOATS), importance=importance, kind=Kind.SET,
        subject=verbatim(gear.name), signals=tuple(signals), good=cause, opens=(GearSet.table, gear.id),
    )  # fmt: skip


def _equipment_lines(around: Surroundings, stock: UnitStock, items: Mapping[str, Item]) -> Iterator[Line]:
    by_item: dict[str, list[Equipment]] = {}
    for one in around.view.all(Equipment):
        if one.place in stock.places and one.condition is not Condition.CONDEMNED:
            by_item.setdefault(one.item, []).append(one)
    for id, machines in by_item.items():
        item = items.get(id)
        importance = Importance(item.importance.value if item else ItemImportance.B.value)
        signals = [signal for machine in machines for signal in _machine(around, machine)]
        serviceable = sum(machine.condition is Condition.SERVICEABLE for machine in machines)
        name = verbatim(item.name if item else id)
        if not serviceable:
            signals.insert(0, Signal(colour=Colour.RED, cause=say("no serviceable unit"),
                                     act=say("Repair or replace {item}", item=name)))  # fmt: skip
        yield Line(
            id=f"materials/equipment-{id}/{stock.unit}", unit=stock.unit,
            capability=_capability(item.capability if item else "", None, Capability.PUMP), importance=importance,
            kind=Kind.EQUIPMENT, subject=name, signals=tuple(signals),
            good=say("{serviceable} of {all} serviceable", serviceable=serviceable, all=len(machines)),
            explanation=tuple(
                say("{id}: {condition}, test due {day}", id=verbatim(machine.id), condition=machine.condition.word,
                    day=str(machine.next_due_on or "—")) for machine in machines
            ),
            opens=(Equipment.table, machines[0].id),
        )  # fmt: skip


def _machine(around: Surroundings, machine: Equipment) -> Iterator[Signal]:
    act = say("Test {name} {id}.", name=verbatim(machine.name), id=verbatim(machine.id))
    if machine.last_passed is False:
        yield Signal(colour=Colour.RED, cause=say("{id} failed its last test", id=verbatim(machine.id)),
                     act=say("Repair and test {name} {id}", name=verbatim(machine.name),
                             id=verbatim(machine.id)))  # fmt: skip
    if machine.last_tested_at is None:
        yield Signal(colour=Colour.GREY, cause=say("{id} was never tested", id=verbatim(machine.id)), act=act)
    elif machine.next_due_on is not None and machine.test_interval_days is not None:
        due = start_of(machine.next_due_on + timedelta(1), around.zone)
        lost = due + timedelta(machine.test_interval_days)
        yield Signal(colour=Colour.AMBER, cause=say("{id}: test overdue", id=verbatim(machine.id)), act=act,
                     since=due, until=lost)  # fmt: skip
        yield Signal(colour=Colour.GREY, cause=say("{id}: not tested for twice its interval", id=verbatim(machine.id)),
                     act=act, since=lost)  # fmt: skip


def _explained(around: Surroundings, stock: UnitStock, item: Item, need: Need | None) -> Iterator[Sentence]:
    if need is not None:
        yield say("Need {need} by {source}, {clause}, over {works}.", need=told(item, need.quantity),
                  source=verbatim(need.source), clause=verbatim(need.clause),
                  works=verbatim(", ".join(need.works)))  # fmt: skip
    names, balances = place_names(around.view), around.view.projection(Balances)
    for lot, place, quantity in balances.of_item(item.id):
        if place in stock.places:
            counted = balances.counted.get(lot, {}).get(place)
            day = str(local_day(read_instant(counted[0]), around.zone)) if counted else "—"
            yield say("Lot {lot} in {place}: {quantity}, last counted {day}", lot=lot,
                      place=verbatim(names.get(place, place)), quantity=told(item, quantity), day=day)  # fmt: skip


def _capability(stated: str, item: Item | None, usual: Capability = Capability.HOLD) -> Capability:
    known = next((capability for capability in Capability if capability.value == stated), None)
    return known or (_USUAL[item.item_class] if item is not None else usual)
