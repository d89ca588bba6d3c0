"""Stock in words and figures: the same rows for screen, command line, print and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.balance import Spot, change_at
from floodready.materials.expiry import is_expired, warning_days
from floodready.materials.ledger import Stock
from floodready.materials.models import Holder, Item, Life, Lot, MaterialSettings, Movement, Place
from floodready.materials.models_equipment import Condition, Equipment, QuotaTable
from floodready.materials.models_papers import Discrepancy, IssuePaper
from floodready.materials.places import (
    QUARANTINE,
    inside,
    is_virtual,
    place_told,
    place_words,
    reach_of,
    unit_of,
)
from floodready.materials.projections import Balances
from floodready.materials.quota import Comparison, Need, needs
from floodready.materials.replenishment import Cause, Replenishment, replenishment
from floodready.organisation.lookup import person_name
from floodready.quantity import write_quantity
from floodready.store.contract import View


@frozen
class StockRow:
    """One lot in one place. Quantities are smallest units; `told` is the quantity for people, with its unit."""

    item: str
    name: str
    spec: str
    place: str
    place_told: Sentence
    lot: str
    holder: Holder
    quantity: int
    told: str
    life: Sentence
    worry: Sentence | None
    """Expired, expiring or short; None where nothing is wrong."""
    counted_at: datetime | None


@frozen
class MovementRow:
    """One movement of a lot's card, with the balance of the place asked about after it."""

    id: str
    at: datetime
    kind: Sentence
    source: Sentence
    target: Sentence
    told: str
    by: str
    by_told: str
    """The name of who entered it."""
    reason: str
    balance: int | None


@frozen
class PaperRow:
    """An open paper with its clock."""

    id: str
    item: str
    told: str
    """What went out by it and was not taken back."""
    place: str
    due_at: datetime
    missing: tuple[str, ...]
    emergency: bool


@frozen
class EquipmentRow:
    """A machine, its condition, and when it must be tested next."""

    id: str
    name: str
    place: str
    place_told: Sentence
    condition: Condition
    next_due_on: date | None
    overdue: bool


def settings_of(view: View) -> MaterialSettings:
    """Give the office's figures, or the defaults."""
    return view.get(MaterialSettings, "materials") or MaterialSettings()


def place_names(view: View) -> dict[str, str]:
    """Give the name of every real place by its id."""
    return {place.id: place.name for place in view.all(Place)}


def told(item: Item, quantity: int) -> str:
    """Write a quantity with its unit."""
    return f"{write_quantity(quantity, item.scale)} {item.unit}"


def stock_rows(
    view: View, at: datetime, zone: ZoneInfo, *, item: str | None = None, place: str | None = None
) -> list[StockRow]:
    """Give every lot that stands somewhere real or in quarantine; of one item, or of a place and all below it."""
    balances, names, warn = view.projection(Balances), place_names(view), settings_of(view).expiry_warning_days
    wanted = None if place is None else inside(view.all(Place), place)
    items = [item] if item is not None else list(balances.item_lots)
    rows = []
    for item_id in items:
        kind = view.get(Item, item_id)
        for lot_id, where, quantity in balances.of_item(item_id) if kind is not None else ():
            lot = view.get(Lot, lot_id)
            if kind is None or lot is None or (is_virtual(where) and not where.startswith(QUARANTINE)):
                continue
            if wanted is not None and where.removeprefix(f"{QUARANTINE}/") not in wanted:
                continue
            counted = balances.counted.get(lot_id, {}).get(where)
            rows.append(
                StockRow(
                    item=kind.id, name=kind.name, spec=kind.spec, place=where, place_told=place_words(where, names),
                    lot=lot.id, holder=lot.holder, quantity=quantity, told=told(kind, quantity), life=life_told(lot),
                    worry=_worry(lot, quantity, at, zone, warn),
                    counted_at=datetime.fromisoformat(counted[0]) if counted else None,
                )
            )  # fmt: skip
    return rows


def life_told(lot: Lot) -> Sentence:
    """Say until when a lot is usable: to the end of that day in the duty room's zone."""
    if lot.life is Life.DATED:
        return say("to the end of {day}", day=str(lot.usable_until))
    return lot.life.word


def lot_card(view: View, lot: str, place: str | None = None) -> list[MovementRow]:
    """Give the whole history of a lot, oldest first; with the running balance of one place."""
    found = view.get(Lot, lot)
    item = view.get(Item, found.item) if found else None
    balance, rows = 0, []
    for movement in sorted(view.find(Movement, lot=lot), key=lambda one: one.occurred_at):
        balance += change_at(movement, place) if place else 0
        quantity = told(item, movement.quantity) if item else str(movement.quantity)
        rows.append(
            MovementRow(
                id=movement.id, at=movement.occurred_at, kind=movement.kind.word,
                source=place_told(view, movement.source), target=place_told(view, movement.target),
                told=quantity, by=movement.by, by_told=person_name(view, movement.by), reason=movement.reason,
                balance=balance if place else None,
            )
        )  # fmt: skip
    return rows


def not_taken_back(view: View, quantity: int, movements: Iterable[Movement]) -> int:
    """Give how much of a paper's quantity has not come back by a reversal, in smallest units.

    `movements` are those of the paper. At 0 everything came back, and nobody waits for the paper any more.
    """
    reversed_by = view.projection(Balances).reversed
    return quantity - sum(one.quantity for one in movements if one.reverses is None and one.id in reversed_by)


def open_papers(view: View) -> list[PaperRow]:
    """Give the issue papers that are not complete, the most urgent first."""
    found = []
    for paper in view.all(IssuePaper):
        item = view.get(Item, paper.item)
        if paper.completed_at is not None or item is None:
            continue
        if left := not_taken_back(view, paper.quantity, view.find(Movement, paper=paper.id)):
            found.append(
                PaperRow(
                    id=paper.id, item=item.name, told=told(item, left), place=paper.place,
                    due_at=paper.due_at, missing=paper.missing(), emergency=paper.emergency,
                )
            )  # fmt: skip
    return sorted(found, key=lambda row: row.due_at)


def equipment_rows(view: View, at: datetime, zone: ZoneInfo) -> list[EquipmentRow]:
    """Give every machine that is not condemned, the first due for its test first."""
    today = local_day(at, zone)
    rows = [
        EquipmentRow(
            id=one.id, name=one.name, place=one.place, place_told=place_told(view, one.place),
            condition=one.condition, next_due_on=one.next_due_on,
            overdue=one.test_interval_days is not None and (one.next_due_on is None or one.next_due_on < today),
        )
        for one in view.all(Equipment)
        if one.condition is not Condition.CONDEMNED
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.next_due_on or date.max, row.id))


def ready_places(view: View, unit: str | None) -> set[str]:
    """Give the places of a unit whose stock can be reached in time; those with no stated reach count."""
    places = {place.id: place for place in view.all(Place)}
    limit = settings_of(view).reach_hours
    return {
        id for id in places
        if (unit is None or unit_of(places, id) == unit) and (reach_of(places, id) or 0) <= limit
    }  # fmt: skip


def usable(view: View, item: str, places: set[str], at: datetime, zone: ZoneInfo) -> dict[Holder, int]:
    """Give what is usable of an item at some places by holder: not reserved, quarantined, expired or in doubt.

    A lot whose books are short counts as nothing until it is counted.
    """
    stock, short = Stock(view, zone), {Spot(d.lot, d.place) for d in view.all(Discrepancy) if d.closed_at is None}
    sums: dict[Holder, int] = {}
    for lot, place, free in stock.candidates(item, places, at):
        if free > 0 and Spot(lot.id, place) not in short:
            sums[lot.holder] = sums.get(lot.holder, 0) + free
    return sums


def comparisons(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Comparison]:
    """Compare what a unit must hold with what is usable, for every item; no quota is not known, never met."""
    from floodready.organisation.models import Works

    items: Mapping[str, Item] = {item.id: item for item in view.all(Item) if not item.retired}
    needed = needs(view.all(QuotaTable), view.find(Works, unit=unit), items, local_day(at, zone))
    places = ready_places(view, unit)
    for item in items.values():
        by_holder = usable(view, item.id, places, at, zone)
        if item.id in needed or by_holder:
            total = sum(by_holder.values())
            yield Comparison(item=item.id, need=needed.get(item.id), usable=total, by_holder=by_holder)


def required_told(item: Item, need: Need | None) -> Sentence:
    """Say what a unit must hold: nothing is known without a quota, and only the least where a works has no size."""
    if need is None:
        return say("no quota")
    quantity = told(item, need.quantity)
    return say("at least {quantity}", quantity=verbatim(quantity)) if need.without_size else verbatim(quantity)


def to_replenish(view: View, unit: str, at: datetime, zone: ZoneInfo) -> list[Replenishment]:
    """List what a unit must buy or replace: short of quota, expired, expiring within the longest warning.

    What ages in a far store must be replaced too, though it is not counted as ready.
    """
    known = {place.id: place for place in view.all(Place)}
    places = [id for id in known if unit_of(known, id) == unit]
    warn = settings_of(view).expiry_warning_days
    aging: dict[str, dict[Cause, int]] = {}
    balances = view.projection(Balances)
    for place in places:
        for lot_id, quantity in balances.by_place.get(place, {}).items():
            lot = view.get(Lot, lot_id)
            if lot is None or quantity <= 0:
                continue
            expired = is_expired(lot, at, zone)
            if expired or warning_days(lot, at, zone, warn) is not None:
                cause = Cause.EXPIRED if expired else Cause.EXPIRING
                figures = aging.setdefault(lot.item, {})
                figures[cause] = figures.get(cause, 0) + quantity
        for lot_id, quantity in balances.by_place.get(f"{QUARANTINE}/{place}", {}).items():
            lot = view.get(Lot, lot_id)
            if lot is not None and quantity > 0:
                figures = aging.setdefault(lot.item, {})
                figures[Cause.CONDEMNED] = figures.get(Cause.CONDEMNED, 0) + quantity
    lots = {item.id: list(view.find(Lot, item=item.id)) for item in view.all(Item)}
    return replenishment(comparisons(view, unit, at, zone), aging, lots)


def _worry(lot: Lot, quantity: int, at: datetime, zone: ZoneInfo, warn: tuple[int, ...]) -> Sentence | None:
    if quantity < 0:
        return say("short: count it")
    if is_expired(lot, at, zone):
        return say("expired")
    days = warning_days(lot, at, zone, warn)
    if days is not None:
        return say_many("expires within {count} day", "expires within {count} days", days)
    return lot.life.word if lot.life is Life.UNKNOWN else None
