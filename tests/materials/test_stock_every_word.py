"""Everything that the ledger can do has a word on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from floodready.cli.app import run
from floodready.cli.materials_import import Counter
from floodready.language import say
from floodready.materials import commands
from floodready.materials.models import Item, Place
from floodready.materials.models_equipment import Equipment, GearSet, QuotaTable
from floodready.materials.views import settings_of
from tests.materials.conftest import Room

CLI = Path(__file__).parents[2] / "floodready" / "cli"


class Desk:
    """A person at the command line."""

    def __init__(self, room: Room, capsys: pytest.CaptureFixture[str]) -> None:
        self.room, self.capsys = room, capsys

    def says(self, *words: str, code: int = 0, person: str = "li") -> str:
        found = run(["stock", *words, "--store", str(self.room.store.folder), "--as", person, "--terminal", "T1"])
        self.room.store.refresh()
        out = self.capsys.readouterr()
        assert found == code, out.out + out.err
        return out.out + out.err

    def json(self, *words: str) -> Any:
        return json.loads(self.says(*words, "--json"))

    def done(self, *words: str) -> Any:
        return self.json(*words)["document"]


@pytest.fixture
def desk(room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("FLOODREADY_NOW", "2026-07-01T01:00Z")
    return Desk(room, capsys)


def test_every_command_of_the_ledger_is_called_by_a_word() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in CLI.glob("materials*.py"))
    by_import = {"import_ledger"}
    missing = [
        name for name in commands.__all__ if name not in by_import and not re.search(rf"= {name}\(|, {name}\(", told)
    ]
    assert missing == []


def test_the_catalogue_is_kept_by_words_and_a_second_one_changes_only_what_it_names(desk: Desk) -> None:
    store = desk.room.store
    desk.says("add-place", "SHED", "Shed", "--unit", "HQ", "--reach", "2", "--walking-order", "3", "--kind", "bay")
    desk.says("add-place", "SHED", "Old shed", "--custodian", "wang")
    shed = store.get(Place, "SHED")
    assert shed is not None
    assert (shed.name, shed.reach_hours, shed.walking_order, shed.custodian) == ("Old shed", 2, 3, "wang")
    desk.says("add-item", "SPADE", "铁锹", "把", "--importance", "C", "--class", "small tools", "--pack", "捆=10",
              "--substitute", "BAG=1/100", "--life-months", "60", "--life-source", "maker")  # fmt: skip
    desk.says("add-item", "SPADE", "铁锹", "把", "--pack", "捆=12@2026-06-01", "--spec", "尖头")
    spade = store.get(Item, "SPADE")
    assert spade is not None
    assert (spade.importance.value, spade.spec, len(spade.packs), spade.life_months) == ("C", "尖头", 2, 60)
    assert "none of" in desk.says("add-item", "X", "x", "个", "--class", "toys", code=2)
    desk.says("receive", "SPADE", "SHED", "2捆", "--no-expiry", "--price", "12.50", "--supplier", "Li")
    (row,) = desk.json("list", "--item", "SPADE")["stock"]
    assert row["quantity"] == 24


def test_sets_machines_quotas_and_settings(desk: Desk, tmp_path: Path) -> None:
    store = desk.room.store
    desk.says("add-set", "BOATS", "boats", "BOAT=1", "JACKET=10", "--needed", "4", "--need-source", "plan")
    gear = store.get(GearSet, "BOATS")
    assert gear is not None
    assert [part.per_set for part in gear.parts] == [1, 10]
    assert "救生衣 10 件" in desk.says("sets")
    desk.says("add-machine", "PU-1", "水泵", "BOAT", "EAST", "--interval", "30", "--interval-source", "rule")
    desk.says("test", "PU-1", "passed", "--minutes", "20", "--fuel", "3 L")
    machine = store.get(Equipment, "PU-1")
    assert machine is not None
    assert (machine.hours, str(machine.next_due_on)) == (20, "2026-07-31")
    desk.says("add-machine", "PU-1", "水泵", "BOAT", "WEST", "--condition", "under repair")
    assert desk.json("equipment")["equipment"][0]["condition"] == "under repair"
    file = tmp_path / "quota.json"
    told = {"id": "Q", "name": "t", "source": "made up for this test", "clause": "1", "in_force_on": "2026-01-01",
            "rows": [{"works_kind": "dike", "grade": "2", "item": "BAG", "base": "1.5", "coefficients": ["risk"]}],
            "coefficients": [{"name": "risk", "value": "1.2"}]}  # fmt: skip
    file.write_text(json.dumps(told), encoding="utf-8")
    assert "with 1 row, in force" in desk.says("import-quotas", str(file), "--yes")
    assert "Nothing new" in desk.says("import-quotas", str(file))
    assert store.get(QuotaTable, "Q") is not None
    wrong: list[Any] = [{**told, "rows": [{}]}, {**told, "more": 1}, [], {**told, "in_force_on": "soon"}]
    for broken in wrong:
        file.write_text(json.dumps(broken), encoding="utf-8")
        assert "not a quota table" in desk.says("import-quotas", str(file), code=1)
    file.write_text(json.dumps({**told, "rows": []}), encoding="utf-8")
    assert "has no rows" in desk.says("import-quotas", str(file), code=1)
    file.write_text(json.dumps({**told, "coefficients": []}), encoding="utf-8")
    assert "has no value" in desk.says("import-quotas", str(file), code=1)
    desk.says("settings", "--count-days", "20", "--filing-working-days", "none", "--expiry-warning-days", "60,10",
              "--evidence-days-in-season", "10,20,30")  # fmt: skip
    now = settings_of(store)
    assert (now.count_days, now.filing_working_days, now.expiry_warning_days) == (20, None, (60, 10))
    assert now.evidence_days_in_season == (10, 20, 30)
    assert desk.json("settings")["settings"]["acceptance_working_days"] == 5
    assert "not three numbers of days" in desk.says("settings", "--evidence-days-in-season", "10,20", code=1)
    assert "not a whole number" in desk.says("settings", "--filing-working-days", "two", code=2)


def test_quarantine_condemning_reserving_and_incidents(desk: Desk) -> None:
    lot = desk.done("receive", "BAG", "EAST", "100", "--opening")["id"]
    desk.says("set-apart", lot, "EAST", "30", "--reason", "wet")
    desk.says("set-apart", lot, "EAST", "10", "--back")
    assert "Give the reason" in desk.says("condemn", lot, "EAST", "5", "--from-quarantine", code=1)
    desk.says("condemn", lot, "EAST", "5", "--from-quarantine", "--reason", "rotten")
    assert desk.room.held(lot, "quarantine/EAST") == 15
    (kept,) = desk.done("reserve", "BAG", "EAST", "20", "drill", "--until", "2026-07-09")
    assert desk.json("reservations")["reservations"][0]["until_on"] == "2026-07-09"
    desk.says("release", kept)
    desk.says("incident", "I-07", "Dike", "--unit", "HQ")
    desk.says("issue", "BAG", "EAST", "10", "--to", "I-07")
    desk.says("back", "I-07", "EAST", lot, "--good", "4", "--lost", "1")
    (row,) = desk.json("incidents")["incidents"]
    assert (row["accounts"][lot]["issued"], row["accounts"][lot]["lost"]) == (10, 1)
    assert "I-07" in desk.says("incidents")


def test_transfers_are_listed_and_the_rest_is_written_off(desk: Desk) -> None:
    lot = desk.done("receive", "BAG", "EAST", "100", "--opening")["id"]
    transfer = desk.done("transfer", "EAST", "WEST", f"{lot}=100", "--order-only")["id"]
    desk.says("ship", transfer, "--carrier", "truck 7")
    desk.says("arrived", transfer, f"{lot}=95/3", "--reason", "rain")
    (row,) = desk.json("transfers")["transfers"]
    assert (row["carrier"], row["state"]) == ("truck 7", "part received")
    assert "5 条" in desk.says("transfers")
    desk.says("settle-transfer", transfer, "--reason", "fell off")
    assert desk.json("transfers")["transfers"] == []
    assert len(desk.json("transfers", "--all")["transfers"]) == 1


def test_unknown_codes_are_listed_and_answered(desk: Desk) -> None:
    desk.done("receive", "BAG", "EAST", "100", "--opening")
    session = desk.done("count-open", "spring", "EAST", "--person", "wang")["id"]
    assert "kept as unresolved" in desk.says("count", session, "EAST", "ZZZ-9", "4")
    (code,) = desk.json("codes", session)["codes"]
    assert (code["code"], code["typed"]) == ("ZZZ-9", "4")
    desk.says("resolve-code", code["id"], "a tarpaulin of the neighbours")
    assert desk.json("codes", session)["codes"][0]["answer"] == "a tarpaulin of the neighbours"
    assert "no unresolved code" in desk.says("resolve-code", code["id"], "again", code=1)
    assert desk.json("counts")["counts"][0]["people"] == ["wang"]


def test_an_import_is_listed_and_taken_back_as_one(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n草袋,100,条\n铁锹,5,把\n", encoding="utf-8")
    batch = desk.json("import", str(file), "--place", "EAST", "--yes")["document"]["batch"]
    assert desk.json("imports")["imports"][0]["id"] == batch
    assert batch in desk.says("undo-import", batch)
    assert desk.json("list")["stock"] == []
    assert "no import" in desk.says("undo-import", "B99", code=1)


def test_ctrl_c_stops_an_import_and_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import signal

    file = tmp_path / "stock.csv"
    file.write_text("品名,数量,单位\n" + "".join(f"物资{n},1,条\n" for n in range(1500)), encoding="utf-8")
    words = ("import", str(file), "--place", "EAST", "--yes")
    counted, before = Counter.__call__, desk.room.store.seq
    for press_at in (2, 5):  # while the file is read, and while the rows are prepared under the lock
        told: list[int] = []

        def pressed(self: Counter, done: int, rows: int, told: list[int] = told, press_at: int = press_at) -> None:
            told.append(done)
            if len(told) == press_at:
                os.kill(os.getpid(), signal.SIGINT)
            counted(self, done, rows)

        monkeypatch.setattr(Counter, "__call__", pressed)
        assert "Stopped" in desk.says(*words, code=130)
        assert len(told) == press_at
        assert desk.room.store.seq == before


def test_the_counter_shows_only_where_a_person_sits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Counter(say("reading"))(500, 1500)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    counter = Counter(say("reading"))
    with counter.counting():
        counter(500, 1500)
    assert "reading: row 500 of 1500" in capsys.readouterr().err


def test_an_order_of_several_items_goes_out_whole_or_not_at_all(desk: Desk) -> None:
    for item in ("BAG", "RING"):
        desk.says("receive", item, "EAST", "10", "--opening")
    assert "10 个 left" in desk.says("issue-order", "BAG@EAST=4", "RING@EAST=11", code=1)
    assert {row["quantity"] for row in desk.json("list")["stock"]} == {10}
    papers = desk.done("issue-order", "BAG@EAST=2*2", "RING@EAST=3", "--receiver", "Dike 3")
    assert [(paper["item"], paper["quantity"], paper["receiver"]) for paper in papers] == [
        ("BAG", 4, "Dike 3"), ("RING", 3, "Dike 3")
    ]  # fmt: skip
    assert "ITEM@PLACE=QUANTITY" in desk.says("issue-order", "BAG=4", code=2)
