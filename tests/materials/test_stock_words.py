from __future__ import annotations

import json
from pathlib import Path

import pytest

from floodready.cli.app import run
from floodready.exchange.labels import payload
from floodready.materials.check_digit import check_character, with_check, without_check
from floodready.refusal import Refused
from tests.materials.conftest import Room


def spoken(room: Room, capsys: pytest.CaptureFixture[str], *words: str, person: str = "li") -> tuple[int, str]:
    code = run(["stock", *words, "--store", str(room.store.folder), "--as", person, "--terminal", "T1"])
    room.store.refresh()
    out = capsys.readouterr()
    return code, out.out + out.err


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOODREADY_NOW", "2026-07-01T01:00Z")


def test_a_day_of_stock_by_command(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = spoken(room, capsys, "receive", "BAG", "EAST", "12*50+30", "--opening", "--json")
    assert code == 0
    lot = json.loads(out)["document"]["id"]
    assert spoken(room, capsys, "incident", "I-07", "Dike")[0] == 0
    code, out = spoken(room, capsys, "issue", "BAG", "EAST", "30", "--to", "I-07")
    assert code == 0
    assert "is open until 2026-07-03 09:00" in out
    code, out = spoken(room, capsys, "issue", "BAG", "EAST", "700")
    assert code == 1
    assert "600 left" in out
    assert spoken(room, capsys, "back", "I-07", "EAST", lot, "--good", "30")[0] == 0
    assert spoken(room, capsys, "close-incident", "I-07")[0] == 0
    code, out = spoken(room, capsys, "transfer", "EAST", "WEST", f"{lot}=100", "--json")
    transfer = json.loads(out)["document"]["id"]
    assert spoken(room, capsys, "arrived", transfer, f"{lot}=100")[0] == 0
    code, out = spoken(room, capsys, "list", "--json")
    assert {(row["place"], row["quantity"]) for row in json.loads(out)["stock"]} == {("EAST", 530), ("WEST", 100)}
    code, out = spoken(room, capsys, "lot", lot)
    assert "opening" in out
    assert "incident Dike" in out
    code, out = spoken(room, capsys, "papers", "--json")
    assert len(json.loads(out)["papers"]) == 1


def test_a_count_by_the_paper_sheet(room: Room, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lot = room.receive("BAG", 240)
    code, out = spoken(room, capsys, "count-open", "spring", "EAST", "--json")
    session = json.loads(out)["document"]["id"]
    assert spoken(room, capsys, "count-sheet", session, str(tmp_path / "sheet.xlsx"))[0] == 0
    assert spoken(room, capsys, "count-line", session, "1", "230")[0] == 0
    code, out = spoken(room, capsys, "count-show", session, "--json")
    (line,) = json.loads(out)["lines"]
    assert (line["counted"], line["book"]) == (230, None)
    code, out = spoken(room, capsys, "count-post", session)
    assert code == 1
    code, out = spoken(room, capsys, "count-post", session, "--why", f"{lot.id}=damage")
    assert code == 0
    assert "1 different" in out
    assert room.held(lot.id) == 230


def test_a_ledger_comes_in_by_command(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(Path(__file__).parents[2] / "floodready/demo/data/materials-yongnian-2017.csv")
    code, out = spoken(room, capsys, "import", file, "--place", "EAST")
    assert code == 4
    assert "Nothing is written yet" in out
    code, out = spoken(room, capsys, "import", file, "--place", "EAST", "--yes", "--json")
    assert json.loads(out)["document"]["created"] == 20
    code, out = spoken(room, capsys, "import", file, "--place", "EAST", "--yes")
    assert "Nothing new" in out


def test_labels_carry_a_check_character_that_catches_a_wrong_key() -> None:
    text = payload("lot", "L1042-2")
    assert without_check(text) == "L-L1042-2"
    assert without_check(text.replace("1042", "1024")) is None
    assert without_check(with_check("P-EAST")[:-1] + "?") is None
    assert len(check_character("A")) == 1
    with pytest.raises(Refused):
        payload("place", "东库")


def test_the_replenishment_list_is_written_as_a_workbook(
    room: Room, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from datetime import date

    room.receive("BAG", 500, until=date(2026, 7, 20), supplier="=cmd()", price_fen=250)
    file = tmp_path / "list.xlsx"
    code, out = spoken(room, capsys, "replenish", "HQ", "--xlsx", str(file), "--json")
    assert code == 0
    (row,) = json.loads(out)["replenishment"]
    assert (row["cause"], row["quantity"], row["last_price_fen"]) == ("expiring", 500, 250)
    from openpyxl import load_workbook

    sheet = load_workbook(file).worksheets[0]
    assert (sheet.cell(3, 6).value, sheet.cell(3, 7).value) == (500, 2.5), "figures that can be summed up"
    cell = sheet.cell(3, 8)
    assert (cell.value, cell.data_type) == ("=cmd()", "s")


def test_what_comes_in_past_its_last_day_is_said_to_count_for_nothing(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = spoken(room, capsys, "receive", "BAG", "EAST", "30", "--until", "2026-07-01")
    assert "expired" not in out, "it is usable to the end of its last day"
    _, out = spoken(room, capsys, "receive", "BAG", "EAST", "30", "--until", "2026-06-30")
    assert "It was usable until the end of 2026-06-30: it counts as expired." in out
