from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from floodready.materials.models import Item
from floodready.materials.models_equipment import Condition, Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.materials.quota import needs
from floodready.materials.sets import pooled, whole_sets
from floodready.materials.views import comparisons, equipment_rows
from floodready.organisation.models import Works, WorksKind
from floodready.rectification.models import Finding
from floodready.refusal import Invalid
from tests.materials.conftest import ZONE, Room

BAG = Item(id="BAG", name="编织袋", unit="条")


def test_a_failed_test_takes_the_machine_out_and_opens_a_hazard(room: Room) -> None:
    pump = Equipment(id="PU-1", name="水泵", item="BOAT", place="EAST", test_interval_days=30, interval_source="rule")
    room.do("put_equipment", equipment=pump)
    assert equipment_rows(room.store, room.clock.now(), ZONE)[0].overdue
    room.do("record_test", zone=ZONE, equipment="PU-1", passed=True, minutes=40)
    (row,) = equipment_rows(room.store, room.clock.now(), ZONE)
    assert (row.next_due_on, row.overdue) == (date(2026, 7, 31), False)
    room.do("record_test", zone=ZONE, equipment="PU-1", passed=False, note="no pressure", by="li")
    after = room.store.get(Equipment, "PU-1")
    assert after is not None
    assert (after.condition, after.hours) == (Condition.UNSERVICEABLE, 40)
    (finding,) = room.store.all(Finding)
    assert (finding.unit, finding.source_ref) == ("HQ", "materials.equipment/PU-1")


def test_damaged_returns_open_a_repair_record(room: Room) -> None:
    from floodready.materials.commands_incident import Outcome

    lot = room.receive("JACKET", 6)
    room.do("open_incident", name="Dike", id="I")
    room.issue("JACKET", 6, to_incident="I")
    room.do(
        "account_for", by="li", zone=ZONE, incident_id="I", place="EAST", outcomes=(Outcome(lot=lot.id, damaged=6),)
    )
    (finding,) = room.store.all(Finding)
    assert "6 件" in finding.description


def test_the_scarcest_part_limits_the_sets_and_substitutes_are_pooled() -> None:
    from floodready.materials.models import Substitute

    boats = GearSet(id="B", name="boat", parts=(SetPart(item="BOAT", per_set=1), SetPart(item="JACKET", per_set=10)))
    assert whole_sets(boats, {"BOAT": 10, "JACKET": 65}) == (6, "JACKET")
    jacket = Item(id="JACKET", name="jacket", unit="件", substitutes=(Substitute(item="RING", denominator=2),))
    items = {"JACKET": jacket, "RING": Item(id="RING", name="ring", unit="个")}
    assert pooled(jacket, items, {"JACKET": 5, "RING": 7}) == 8


def quotas(**changes: object) -> QuotaTable:
    row = QuotaRow(works_kind="dike", grade="2", item="BAG", base="1.5", per=1000, coefficients=("risk",))
    from floodready.materials.models_equipment import Coefficient

    facts = {
        "id": "Q", "name": "test table", "source": "made up for this test", "clause": "—",
        "in_force_on": date(2026, 1, 1), "rows": (row,), "coefficients": (Coefficient(name="risk", value="1.2"),),
    }  # fmt: skip
    return QuotaTable(**{**facts, **changes})  # type: ignore[arg-type] # facts of the record's own types


def test_a_quota_is_rounded_up_works_by_works_and_no_table_is_not_known(room: Room) -> None:
    room.receive("BAG", 3)
    works = [Works(id=f"D{n}", name="dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=1000) for n in (1, 2)]
    (nothing,) = comparisons(room.store, "HQ", room.clock.now(), ZONE)
    assert (nothing.need, nothing.shortfall) == (None, None)
    with room.store.transaction(room.act(), "demo.build") as tx:
        for one in works:
            tx.put(one)
    room.do("put_quotas", table=quotas())
    (compared,) = comparisons(room.store, "HQ", room.clock.now(), ZONE)
    assert compared.need is not None
    assert (compared.need.quantity, compared.shortfall) == (4, 1)
    assert needs([quotas()], works, {}, date(2025, 1, 1)) == {}


def test_a_quota_table_with_a_figure_that_is_none_is_refused(room: Room) -> None:
    with pytest.raises(Invalid):
        room.do("put_quotas", table=quotas(coefficients=()))


def test_expired_stock_is_not_usable_the_moment_its_last_day_ends(room: Room) -> None:
    room.receive("BAG", 5, until=date(2026, 7, 1))
    assert room.available("BAG") == 5
    room.at("16:59")
    room.clock.instant = room.clock.instant.replace(hour=15, minute=59, second=59)
    assert room.available("BAG") == 5
    room.clock.instant += timedelta(seconds=1)
    assert room.available("BAG") == 0


def dike(id: str, size: int | None, **fields: Any) -> Works:
    return Works(id=id, unit="HQ", name=id, kind=WorksKind.DIKE, size=size, **{"grade": "2", **fields})


def test_a_quota_reads_works_of_its_kind_and_grade_that_are_in_use_and_names_those_without_size() -> None:
    works = [
        dike("D1", 1000),
        dike("D2", None),
        dike("D3", 1000, grade="1"),
        dike("D4", 1000, active=False),
        Works(id="S1", unit="HQ", name="sluice", kind=WorksKind.SLUICE, grade="2", size=1000),
    ]
    found = needs([quotas()], works, {"BAG": BAG}, date(2026, 1, 1))["BAG"]
    assert (found.quantity, found.works, found.without_size) == (2, ("D1",), ("D2",))  # 1.5 × 1.2 = 1.8, up


def test_rows_of_one_item_add_up_and_rows_of_unknown_items_or_works_are_passed_over() -> None:
    rows = (
        QuotaRow(works_kind="dike", grade="2", item="NONE", base="9"),
        QuotaRow(works_kind="shelter", item="BAG", base="9"),
        QuotaRow(works_kind="dike", grade="2", item="BAG", base="1"),
        QuotaRow(works_kind="dike", grade="1", item="BAG", base="0.5"),
    )
    works = [dike("D1", 10), dike("D2", 10, grade="1"), dike("D3", None, grade="1"), dike("D4", None)]
    assert needs([quotas()], [dike("D1", 9, grade="3")], {"BAG": BAG}, date(2026, 1, 1)) == {}, "no quota is not zero"
    found = needs([quotas(rows=rows)], works, {"BAG": BAG}, date(2026, 1, 1))
    assert list(found) == ["BAG"]
    assert (found["BAG"].quantity, found["BAG"].works) == (15, ("D1", "D2"))
    assert found["BAG"].without_size == ("D4", "D3")


def test_the_youngest_table_holds_from_its_first_day_on_and_figures_are_in_the_items_smallest_units() -> None:
    row = QuotaRow(works_kind="dike", grade="2", item="BAG", base="0.0015", per=3)
    old, new = quotas(), quotas(id="Q2", in_force_on=date(2026, 6, 1), rows=(row,))
    diesel = {"BAG": BAG.changed(scale=3)}
    for tables in ([old, new], [new, old]):
        before = needs(tables, [dike("D1", 1000)], diesel, date(2026, 5, 31))["BAG"]
        after = needs(tables, [dike("D1", 1000)], diesel, date(2026, 6, 1))["BAG"]
        assert (before.quantity, after.quantity) == (1800, 500)
