from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from floodready.cli.app import run
from floodready.materials.models import Item, Pack, Place
from floodready.store.journal_store import JournalStore
from tests.drills.conftest import DutyRoom


class Terminal:
    """A command line on the room's store, at a clock set by hand."""

    def __init__(self, room: DutyRoom, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        room.store.close()
        self.folder, self.capsys, self.patch = room.store.folder, capsys, patch
        self.clock("2026-04-12T01:00")

    def clock(self, utc: str) -> None:
        self.patch.setenv("FLOODREADY_NOW", f"{utc}:00+00:00")

    def __call__(self, *words: str, by: str = "P1") -> Any:
        code, told = self.said(*words, "--json", by=by)
        assert code == 0, told
        return json.loads(told)

    def said(self, *words: str, by: str = "P1") -> tuple[int, str]:
        code = run(["drill", *words, "--as", by, "--terminal", "T1", "--store", str(self.folder)])
        out, err = self.capsys.readouterr()
        return code, out + err


@pytest.fixture
def drill(room: DutyRoom, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(room, capsys, monkeypatch)


def planned(drill: Terminal) -> str:
    made = drill(
        *("plan", "--name", "Breach", "--unit", "U1", "--plan", "Dike breach", "--starts", "2026-05-12T09:00"),
        *("--form", "field", "--scriptless", "--budget", "5000"),
    )
    id: str = made["document"]["id"]
    for person, role in (("P1", "director"), ("P2", "evaluator"), ("P4", "player")):
        drill("person", id, person, role)
    drill("objective", id, "warn", "Warn the villages", "--capability", "warn and command")
    drill("inject", id, "--time", "5", "--text", "Water rises", "--objective", "warn")
    drill("inject", id, "--time", "12:30", "--text", "Dike leaks", "--recipient", "duty officer")
    return id


def test_a_year_is_planned_and_shown_by_month(drill: Terminal) -> None:
    drill(
        "oblige", "--unit", "U1", "--plan", "Dike breach", "--every", "6", "--from", "2026-06-01", "--source", "art. 8"
    )
    code, shown = drill.said("plan-year", "2026")
    assert (code, "Nothing is written yet" in shown) == (4, True)
    assert drill.said("plan-year", "2026", "--dry-run")[0] == 0
    assert len(drill("plan-year", "2026", "--yes")["document"]) == 2
    assert drill("plan-year", "2026")["done"] == "Nothing new: nothing was written."
    code, told = drill.said("year", "2026")
    assert code == 0
    assert told.splitlines()[2].split() == ["County", "U1", "+", "+"]
    assert drill("due")["due"][0]["standing"] == "planned"


def test_a_planned_drill_whose_time_has_passed_is_listed_as_missed(drill: Terminal) -> None:
    planned(drill)
    assert " planned " in drill.said("list")[1]
    drill.clock("2026-05-13T01:00")
    assert " missed " in drill.said("list")[1]


def test_a_drill_is_planned_for_the_one_that_is_owed(drill: Terminal) -> None:
    owed = drill("oblige", "--unit", "U1", "--plan", "Dike breach", "--from", "2026-06-01", "--source", "art. 8")
    design = ("--unit", "U1", "--plan", "Dike breach", "--starts", "2026-05-12T09:00")
    made = drill("plan", "--name", "Breach", *design, "--meets", owed["document"]["id"], "2026-06-01")
    row = drill("due")["due"][0]
    assert (row["standing"], row["drill"]) == ("planned", made["document"]["id"])
    wrong = ("--unit", "U1", "--plan", "Evacuation", "--starts", "2026-05-12T09:00")
    code, _ = drill.said("plan", "--name", "x", *wrong, "--meets", owed["document"]["id"], "2026-06-01")
    assert code == 1
    assert len(drill("list")["drills"]) == 1, "what meets nothing is not planned either"


def test_a_scripts_lines_are_added_changed_moved_and_shifted(drill: Terminal) -> None:
    id = planned(drill)
    drill("inject", id, "--number", "2", "--change", "--text", "Dike breaks")
    drill("move", id, "2", "1")
    drill("shift", id, "5:30", "90")
    script = drill("script", id)["injects"]
    assert [(line["number"], line["offset"], line["text"]) for line in script] == [
        (2, 300, "Dike breaks"),
        (1, 840, "Water rises"),
    ]


def test_the_time_of_the_scenario_jumps_where_it_is_told_to(drill: Terminal) -> None:
    id = planned(drill)
    drill("inject", id, "--number", "1", "--change", "--scenario-time", "2026-05-13T06:00")
    assert drill("script", id)["injects"][0]["scenario_at"] == "2026-05-12T22:00:00.000000Z"
    code, told = drill.said("script", id)
    assert (code, "2026-05-13 06:00" in told, "2026-05-13 06:07" in told) == (0, True, True)
    drill("inject", id, "--number", "1", "--change", "--scenario-time", "none")
    assert drill("script", id)["injects"][0].get("scenario_at") is None


def test_another_start_of_an_approved_drill_asks_for_its_reason(drill: Terminal) -> None:
    id = planned(drill)
    drill("change", id, "--starts", "2026-05-13T09:00")
    drill("approve", id, by="P9")
    code, told = drill.said("change", id, "--starts", "2026-05-14T09:00")
    assert (code, "Say why it begins at another time" in told) == (1, True)
    drill("change", id, "--starts", "2026-05-14T09:00", "--reason", "hall is taken")
    assert "Moved to this time: hall is taken" in drill.said("show", id)[1]


def test_an_obligation_entered_by_mistake_is_withdrawn(drill: Terminal) -> None:
    owed = drill("oblige", "--unit", "U1", "--plan", "Dam", "--from", "2026-06-01", "--source", "art. 8")["document"]
    code, told = drill.said("end", owed["id"], "2026-04-12")
    assert (code, "Say why" in told) == (1, True)
    _, told = drill.said("end", owed["id"], "2026-04-12", "--reason", "wrong county")
    assert "is withdrawn" in told
    assert drill("obligations")["obligations"] == []


@pytest.mark.parametrize(
    ("option", "bounds"), [("--every=0", "1 to 1200"), ("--nth=9", "-4 to 4"), ("--before-season=-5", "0 to 36600")]
)
def test_a_rule_beyond_its_bounds_is_told_them(drill: Terminal, option: str, bounds: str) -> None:
    code, told = drill.said("oblige", "--unit", "U1", "--plan", "Dam", "--from", "2026-06-01", "--source", "8", option)
    assert (code, bounds in told) == (2, True)


def test_what_stands_in_the_way_is_listed(drill: Terminal) -> None:
    id = planned(drill)
    drill("plan", "--name", "Other", "--unit", "U1", "--plan", "x", "--starts", "2026-05-12T10:00")
    codes = [problem["code"] for problem in drill("check", id)["problems"]]
    assert codes == ["no-safety"]


def test_a_drill_is_run_rated_and_reported_by_words(drill: Terminal, tmp_path: Path) -> None:
    id = planned(drill)
    code, told = drill.said("start", id)
    assert (code, "Not approved yet: inject 1, 2" in told) == (1, True)
    drill("approve", id, by="P9")
    drill.clock("2026-05-12T01:00")
    drill("start", id)
    drill.clock("2026-05-12T01:06")
    drill("release", id, "1")
    drill("observe", id, "Slow", "--inject", "1", "--rating", "S", by="P2")
    clock = drill("clock", id)
    assert (clock["elapsed_seconds"], clock["next"]) == (360, 2)
    assert drill("ratings", id)["ratings"]["capabilities"][0]["rating"] == "S"
    drill("finish", id)
    drill("evaluate", id, "It went well.")
    page = tmp_path / "report.html"
    drill("report", id, "after-action", "--html", "--out", str(page))
    assert "S performed with some challenges" in page.read_text(encoding="utf-8")
    drill("summary", id, "Good.")
    drill("close", id)
    assert drill("list", "--state", "closed")["drills"][0]["id"] == id


def test_the_calendar_is_written_to_a_file(drill: Terminal, tmp_path: Path) -> None:
    planned(drill)
    drill("ical", "--out", str(tmp_path / "drills.ics"))
    assert b"BEGIN:VEVENT" in (tmp_path / "drills.ics").read_bytes()
    code, told = drill.said("ical", "--out", str(tmp_path / "none" / "drills.ics"))
    assert (code, "cannot be written" in told) == (1, True)


@pytest.mark.parametrize(
    "words",
    [("show", "D99"), ("release", "D99", "1"), ("report", "D99", "plan"), ("clock", "D99"), ("action-free",)],
)
def test_what_is_not_there_is_said_and_never_a_traceback(drill: Terminal, words: tuple[str, ...]) -> None:
    code, told = drill.said(*words)
    assert code in (1, 2)
    assert "Traceback" not in told


def test_options_may_stand_before_the_words(room: DutyRoom, capsys: pytest.CaptureFixture[str]) -> None:
    room.store.close()
    assert run(["--json", "--store", str(room.store.folder), "drill", "list"]) == 0
    assert json.loads(capsys.readouterr().out)["drills"] == []


def test_the_store_holds_what_the_words_did(drill: Terminal) -> None:
    planned(drill)
    with JournalStore.open(drill.folder) as store:
        assert {entry.terminal for entry in store.entries(after=1)} == {"T1"}


@pytest.mark.parametrize("words", [("list",), ("due",), ("plan-year", "2026"), ("ical",)])
def test_a_unit_that_does_not_exist_is_no_unit_without_drills(drill: Terminal, words: tuple[str, ...]) -> None:
    code, told = drill.said(*words, "--unit", "U7")
    assert (code, told.strip()) == (1, "There is no unit U7. See: floodready unit list")


def test_a_drill_in_the_past_is_pointed_out(drill: Terminal) -> None:
    id = planned(drill)
    drill.clock("2026-05-13T01:00")
    assert "past" in [problem["code"] for problem in drill("check", id)["problems"]]


def test_material_comes_from_a_place_that_exists(drill: Terminal, room: DutyRoom) -> None:
    id = planned(drill)
    with JournalStore.open(room.store.folder, clock=room.clock) as store, store.transaction(room.act(), "setup") as tx:
        tx.add(Item(id="bag", name="Bag", unit="条"))
    code, told = drill.said("material", id, "bag", "W7", "5")
    assert code == 1
    assert told.startswith("There is no place W7.")


def test_materials_are_read_with_the_packs_of_the_drill_s_day(drill: Terminal, room: DutyRoom) -> None:
    id = planned(drill)
    packs = (
        Pack(name="包", numerator=10, since=date(2026, 1, 1)),
        Pack(name="包", numerator=25, since=date(2026, 5, 12)),
    )
    with JournalStore.open(room.store.folder, clock=room.clock) as store, store.transaction(room.act(), "setup") as tx:
        tx.add(Item(id="bag", name="Bag", unit="条", packs=packs))
        tx.add(Place(id="W1", name="Store"))
    told = drill("material", id, "bag", "W1", "2包")
    assert told["document"]["materials"][0]["quantity"] == 50, "of the day on which they move, not of today"
