"""Commands of the catalogue: items, places, sets, quotas, equipment and its test runs, settings."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command, require_as_seen
from floodready.language import say, verbatim
from floodready.materials.hazards import open_hazard
from floodready.materials.models import Item, MaterialSettings, Place
from floodready.materials.models_equipment import Condition, Equipment, GearSet, QuotaTable, TestRun, next_due
from floodready.materials.places import is_virtual
from floodready.materials.projections import Balances
from floodready.missing import not_there
from floodready.organisation.lookup import known_person, known_unit
from floodready.organisation.models import WorksKind
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused, existing
from floodready.store.contract import Transaction


@command("materials.put_item", may=Permission.STOCK_CATALOGUE)
def put_item(tx: Transaction, *, item: Item) -> Item:
    """Add an item or change it.

    Raises Refused for another unit or scale once it has moved, or an unknown substitute; Invalid.
    """
    before = tx.get(Item, item.id)
    moved = before is not None and tx.projection(Balances).item_lots.get(item.id)
    if before is not None and moved and (before.unit, before.scale) != (item.unit, item.scale):
        raise Refused(
            say("{item} has moved in {unit}: unit and scale stay. Add a new item.", item=item.name, unit=before.unit)
        )
    for other in item.substitutes:
        _item(tx, other.item)
    return tx.put(item)


@command("materials.put_place", may=Permission.STOCK_CATALOGUE)
def put_place(tx: Transaction, *, place: Place) -> Place:
    """Add a place or change it.

    Raises Refused for an id of the ledger's own, an unknown parent, unit or custodian, or a circle; Invalid.
    """
    if is_virtual(place.id) or "/" in place.id:
        raise Refused(say("{id} is a name of the ledger's own. Choose another code.", id=verbatim(place.id)))
    if place.unit is not None:
        known_unit(tx, place.unit)
    if place.custodian is not None:
        known_person(tx, place.custodian)
    above = place.parent
    while above is not None:
        parent = tx.get(Place, above)
        if parent is None:
            raise Refused(not_there("materials.places", above))
        if above == place.id:
            raise Refused(say("{place} cannot stand inside itself.", place=verbatim(place.name)))
        above = parent.parent
    if place.retired and any(q for q in tx.projection(Balances).by_place.get(place.id, {}).values()):
        raise Refused(say("{place} still holds stock. Move it first.", place=place.name))
    return tx.put(place)


@command("materials.put_set", may=Permission.STOCK_CATALOGUE)
def put_set(tx: Transaction, *, gear: GearSet) -> GearSet:
    """Add a set or change it. Raises Refused for an unknown part, Invalid."""
    for part in gear.parts:
        _item(tx, part.item)
    return tx.put(gear)


@command("materials.put_quotas", may=Permission.STOCK_CATALOGUE)
def put_quotas(tx: Transaction, *, table: QuotaTable) -> QuotaTable:
    """Take in a quota table with its source and clause.

    Raises Refused for a table of no rows, and for an item that the catalogue lacks or a kind of works that there is
    not: their rows would count for nothing, unseen. Raises Invalid.
    """
    if not table.rows:
        raise Refused(say("{name} has no rows: nothing is written.", name=verbatim(table.name)))
    for row in table.rows:
        _item(tx, row.item)
        if row.works_kind not in {kind.value for kind in WorksKind}:
            known = ", ".join(kind.value for kind in WorksKind)
            raise Refused(say("“{text}” is none of: {known}", text=verbatim(row.works_kind), known=verbatim(known)))
    return tx.put(table)


@command("materials.set_figures", may=Permission.STOCK_CATALOGUE)
def set_figures(
    tx: Transaction, *, settings: MaterialSettings, seen: MaterialSettings | None = None
) -> MaterialSettings:
    """Set the office's own figures of this pillar; `seen` are those from which they were made.

    Raises Invalid, Superseded.
    """
    require_as_seen(tx, tx.get(MaterialSettings, settings.id), seen)
    return tx.put(settings)


@command("materials.put_equipment", may=Permission.STOCK_CATALOGUE)
def put_equipment(tx: Transaction, *, equipment: Equipment) -> Equipment:
    """Add a machine or change it. Raises Refused for an unknown item or place, Invalid."""
    _item(tx, equipment.item)
    if tx.get(Place, equipment.place) is None:
        raise Refused(not_there("materials.places", equipment.place))
    return tx.put(equipment)


@command("materials.record_test", may=Permission.STOCK_TEST)
def record_test(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    equipment: str,
    passed: bool,
    minutes: int = 0,
    fuel: str = "",
    note: str = "",
    tested_at: datetime | None = None,
) -> TestRun:
    """Record a test run: hours and the next due day follow; a failed one takes the machine out of service.

    A failed test opens a record of rectification at the unit of the place.
    """
    found = tx.get(Equipment, equipment)
    if found is None:
        raise Refused(not_there("materials.equipment", equipment))
    at = tested_at or tx.now
    run = tx.add(
        TestRun(
            id=tx.new_id("X"), equipment=equipment, tested_at=at, minutes=minutes, passed=passed, fuel=fuel, note=note,
            by=tx.act.person,
        )
    )  # fmt: skip
    newest = found.last_tested_at is None or found.last_tested_at <= at
    outcome = {
        "last_tested_at": at,
        "last_passed": passed,
        "condition": Condition.SERVICEABLE if passed else Condition.UNSERVICEABLE,
        "next_due_on": next_due(local_day(at, zone), found.test_interval_days),
    }
    tx.put(found.changed(hours=found.hours + minutes, **(outcome if newest else {})))
    if not passed:
        told = say(
            "{name} {id} failed its test run: {note}", name=verbatim(found.name), id=found.id, note=verbatim(note)
        )
        open_hazard(tx, zone, found.place, f"{found.table}/{found.id}", told)
    return run


def _item(tx: Transaction, id: str) -> Item:
    return existing(tx.get(Item, id), not_there("materials.items", id))
