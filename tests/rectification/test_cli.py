"""Hazards, tasks and campaigns by command: a whole loop, as words are typed."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from floodready.cli.app import run
from floodready.organisation.models import Chain, Person, Phone
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, status_of
from floodready.readiness.rectification_lines import lines
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, State
from tests.rectification.conftest import DEADLINE, START, ZONE, Office
from tests.rectification.test_deadlines import add


@pytest.fixture
def speak(office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("FLOODREADY_STORE", str(office.store.folder))
    monkeypatch.setenv("FLOODREADY_NOW", START.isoformat())
    monkeypatch.setenv("FLOODREADY_LANG", "en")

    def spoken(*words: str, by: str = "leader", code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*words, "--json", "--as", by, "--terminal", "T1"]) == code
        return json.loads(capsys.readouterr().out)

    return spoken


def test_a_hazard_goes_through_the_whole_loop_by_command(speak: Any) -> None:
    number = speak("hazard", "open", "County", "Seepage at the toe", "--place", "Dike 3", by="officer")["document"][
        "id"
    ]
    speak("hazard", "grade", number, "general", "item 4")
    refused = speak("hazard", "accept", number, "--place", "x", "--conclusion", "x", "--evidence", "x", code=1)
    assert "Possible: grade, assign" in refused["error"]["sentence"]
    speak("hazard", "assign", number, "rectifier", DEADLINE.isoformat())
    speak("hazard", "begin", number, by="rectifier")
    speak("hazard", "progress", number, "half", by="rectifier")
    speak("hazard", "submit", number, "grouted", by="rectifier")
    speak("hazard", "accept", number, "--place", "Dike 3", "--conclusion", "sound", "--evidence", "photo")
    sheet = speak("hazard", "show", number)["record"]
    assert sheet["record"]["state"] == "closed"
    assert len(speak("hazard", "who-knew", number)["moments"]) == 8
    figures = speak("hazard", "statistics", "2026", "--month", "3", "--by", "source")
    assert figures["total"]["closed"] == 1
    assert [row["id"] for row in speak("hazard", "list", "--state", "closed")["records"]] == [number]


def test_a_major_hazard_is_assigned_with_its_fixes_and_parts_typed(speak: Any) -> None:
    number = speak("hazard", "open", "County", "Crack")["document"]["id"]
    speak("hazard", "grade", number, "major", "direct item 1")
    assign = ("hazard", "assign", number, "rectifier", DEADLINE.isoformat())
    assert set(speak(*assign, code=1)["error"]["fields"]) == {"fixes", "plan"}
    fixes = ("responsibility=Li", "measures=grout", "money=500000", "time_limit=May", "contingency=plan 7")
    parts = ("goal=dry", "method=grout", "money_and_goods=20 t", "people=team 2", "time=May", "safety=watch")
    words = [*(w for fix in fixes for w in ("--fix", fix)), *(w for part in parts for w in ("--part", part))]
    assert speak(*assign, *words)["document"]["fixes"]["money"] == 500000
    assert speak(*assign, "--fix", "nothing=x", code=2)["error"]["code"] == "usage"


def test_the_meetings_order_becomes_tasks_in_a_campaign_with_evidence(speak: Any) -> None:
    speak("campaign", "open", "special", "Special action", "--unit", "County", "--stage",
          "self-check=2026-01-01/2026-03-31", "--milestone", "lists complete=2026-03-15")  # fmt: skip
    for measure in ("duty system", "drills", "materials"):
        speak("task", "open", "County", "Mobilisation", measure, "--owner", "rectifier", "--required", "2026-05-01",
              "--measure", measure, "--campaign", "special")  # fmt: skip
    assert [row["measure"] for row in speak("task", "evidence")["evidence"]] == ["duty system", "drills", "materials"]
    assert len(speak("task", "list")["records"]) == 3
    speak("campaign", "reached", "special", "lists complete")
    assert speak("campaign", "show", "special")["progress"][0]["found"] == 3
    begun = speak("task", "begin", "County-2026-0001", by="rectifier")
    assert begun["document"]["state"] == "rectifying"


def test_an_incident_names_the_hazard_or_its_absence(speak: Any) -> None:
    speak("hazard", "accident", "County", "2026-03-01 08:00", "Breach")
    (row,) = speak("hazard", "accidents")["accidents"]
    assert row["cause"] == "not found"


@pytest.mark.parametrize("words", [("hazard", "list"), ("task", "list"), ("campaign", "list"), ("hazard", "accidents")])
def test_lists_are_tables_and_plain_lines_too(
    speak: Any, office: Office, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    office.brought_to(State.SUBMITTED)
    assert run(list(words)) == 0
    assert run([*words, "--plain"]) == 0
    assert not capsys.readouterr().err


def test_readiness_sees_deadlines_and_broken_chains(office: Office) -> None:
    office.brought_to(State.RECTIFYING, Grade.MAJOR)
    office.brought_to(State.CLOSED)
    (line,) = lines(Surroundings(office.store, START, ZONE))
    assert status_of(line, START).colour is Colour.GREEN
    for days, colour in ((89, Colour.AMBER), (92, Colour.RED)):
        office.on(START.date())
        office.later(days=days)
        assert status_of(line, office.clock.now()).colour is colour


def test_criteria_come_from_a_file_and_suggest_with_their_source(speak: Any, tmp_path: Path) -> None:
    file = tmp_path / "criteria.json"
    file.write_bytes(files("floodready.demo").joinpath("data", "hazard-criteria.json").read_bytes())
    shown = speak("hazard", "import-criteria", str(file), by="planner", code=4)
    assert [one["id"] for one in shown["criteria"]] == ["reservoir", "irrigation"]
    speak("hazard", "import-criteria", str(file), "--yes", by="planner")
    assert speak("hazard", "import-criteria", str(file))["done"] == "Nothing new: nothing was written."
    reservoir, irrigation = speak("hazard", "criteria")["criteria"]
    assert (reservoir["basic_needed"], reservoir["physical_needed"]) == (3, 3)
    assert (irrigation["basic_needed"], irrigation["physical_needed"]) == (3, 2)
    suggested = speak("hazard", "suggest", "irrigation", "B1", "B2", "B3", "P1", "P2")["suggestion"]
    assert suggested["grade"] == "major"
    assert "list in force" in suggested["source"]
    file.write_text('{"criteria": [{"id": "x", "direct": [{}]}]}')
    assert "cannot be read" in speak("hazard", "import-criteria", str(file), code=1)["error"]["sentence"]


def test_statistics_and_ledger_are_written_where_a_file_is_named(speak: Any, office: Office, tmp_path: Path) -> None:
    office.brought_to(State.CLOSED)
    speak("hazard", "statistics", "2026", "--quarter", "1", "--out", str(tmp_path / "q1.xlsx"))
    speak("hazard", "export", str(tmp_path / "ledger.csv"))
    assert (tmp_path / "q1.xlsx").stat().st_size > 1000
    staged = speak("hazard", "import", str(tmp_path / "ledger.csv"), "--unit", "County")
    assert [row["outcome"] for row in staged["rows"]] == ["closed"]


def test_a_campaign_is_changed_and_its_lists_are_filled_by_command(speak: Any, office: Office) -> None:
    speak("campaign", "open", "c", "Special action", "--unit", "County", "--stage", "self-check=2026-01-01/2026-03-31")
    speak("campaign", "change", "c", "--scope", "dikes", "--responsibility", "Li", "--measure", "grout",
          "--milestone", "lists=2026-03-01")  # fmt: skip
    number = office.found().id
    speak("campaign", "put", "c", number)
    shown = speak("campaign", "show", "c")
    assert (shown["campaign"]["name"], shown["campaign"]["scope"]) == ("Special action", "dikes")
    assert ([row["id"] for row in shown["issues"]], shown["total"]["found"]) == ([number], 1)
    assert speak("campaign", "reached", "c", "lists", "--on", "2026-03-02")["document"]["milestones"][0]["reached_on"]
    changed = speak("campaign", "change", "c", "--milestone", "lists=2026-03-05", "--milestone", "closed=2026-06-01")
    kept = [(one["name"], one["due_on"], one.get("reached_on")) for one in changed["document"]["milestones"]]
    assert kept == [("lists", "2026-03-05", "2026-03-02"), ("closed", "2026-06-01", None)]
    assert speak("campaign", "put", "c", number, "--off")["document"]["campaign"] is None
    refused = speak("campaign", "change", "c", "--unit", "Nowhere", code=1)
    assert "Nowhere" in refused["error"]["sentence"]


def test_a_leader_asks_the_journal_who_did_what_when(
    speak: Any, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.brought_to(State.GRADED)
    office.later(hours=2)
    office.found(description="Crack")

    def asked(*words: str) -> list[str]:
        return [entry["person"] for entry in speak("journal", *words)["entries"]]

    assert asked("--last", "3", "--at", "2026-03-02T12:00") == ["officer", "leader", "officer"]
    assert asked("--by", "leader", "--at", "2026-03-02T12:00") == ["leader"]
    assert asked("--since", "2026-03-02T10:00", "--at", "2026-03-02T12:00") == ["officer"]
    for since, at, told in (
        ("soon", "2026-03-03", "is not a time"),
        ("2026-03-04", "2026-03-03", "begins after it ends"),
    ):
        assert told in speak("journal", "--since", since, "--at", at, code=2)["error"]["sentence"]
    assert "no person Li Wei" in speak("journal", "--by", "Li Wei", code=1)["error"]["sentence"]
    capsys.readouterr()
    assert run(["journal", "--last", "1", "--plain", "--at", "2026-03-02T12:00"]) == 0
    assert "Officer" in capsys.readouterr().out


def test_every_field_that_is_wrong_is_told_at_once(
    speak: Any, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    number = office.brought_to(State.GRADED, Grade.MAJOR).id
    del speak
    assert run(["hazard", "assign", number, "rectifier", "2026-06-01", "--as", "leader", "--terminal", "T1"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.index("Five fixes (--fix): ") < told.index("; Six-part plan (--part): ")


def test_a_task_is_measured_by_the_lines_of_its_unit_and_those_below(speak: Any) -> None:
    words = ("--owner", "rectifier", "--required", "2026-05-01", "--measure", "duty system")
    for unit in ("City", "County"):
        speak("post", "add", "Duty", "--id", f"{unit}-duty", "--unit", unit, "--kind", "duty officer", by="admin")
        speak("task", "open", unit, "Mobilisation", "duty", *words)
    city, county = speak("task", "evidence")["evidence"]
    assert {line["unit"] for line in city["evidence"]} == {"City", "County"}
    assert {line["unit_name"] for line in county["evidence"]} == {"East County"}


def test_a_stage_or_milestone_written_wrong_is_told_how_it_is_written(speak: Any) -> None:
    opening = ("campaign", "open", "c", "Special action", "--unit", "County", "--stage")
    for wrong in ("foo=2026-01-01/2026-03-31", "self-check=2026-01-01", "self-check=/2026-01-01"):
        assert "is not a stage. Write self-check=" in speak(*opening, wrong, code=2)["error"]["sentence"]
    speak(*opening, "self-check=2026-01-01/2026-03-31")
    for wrong in ("lists", "lists=", "=2026-03-01"):
        told = speak("campaign", "change", "c", "--milestone", wrong, code=2)["error"]["sentence"]
        assert "is not a milestone. Write lists complete=" in told
    told = speak("campaign", "reached", "c", "nothing", code=1)["error"]["sentence"]
    assert "See: floodready campaign show c" in told


def test_the_meetings_order_is_one_word(speak: Any) -> None:
    words = ("task", "order", "County", "Video meeting", "--required", "2026-05-01")
    assert "needs an owner" in speak(*words, code=1)["error"]["sentence"]
    made = speak(*words, "--duty-system", "rectifier", "--drills", "officer", "--materials", "checker")["document"]
    assert [one["order"]["measure"] for one in made] == ["duty system", "drills", "materials"]
    evidence = speak("task", "evidence")["evidence"]
    assert [(one["ready"], one["lines"], one["evidence"]) for one in evidence] == [(0, 0, [])] * 3


def test_an_incident_is_linked_later_and_its_cause_follows(speak: Any, office: Office) -> None:
    number = office.brought_to(State.ASSIGNED).id
    incident = speak("hazard", "accident", "County", "2026-03-02 09:00", "Breach")["document"]["id"]
    assert speak("hazard", "link-accident", incident, number)["document"]["finding"] == number
    assert speak("hazard", "accidents")["accidents"][0]["cause"] == "found, and its time limit still ran"
    speak("hazard", "link-accident", incident)
    assert speak("hazard", "accidents")["accidents"][0]["cause"] == "not found"
    assert "no accident" in speak("hazard", "link-accident", "I-9", code=1)["error"]["sentence"]


def test_the_offices_figures_are_shown_and_set_by_command(speak: Any) -> None:
    assert speak("hazard", "settings")["settings"]["extension_working_days"] == 15
    speak("hazard", "settings", "--extension-working-days", "20", "--urge-days", "10")
    held = speak("hazard", "settings")["settings"]
    assert (held["extension_working_days"], held["urge_days"], held["amber_days"]) == (20, 10, 3)


def test_a_dead_link_above_an_open_record_is_an_error_on_the_board(office: Office, speak: Any) -> None:
    made = office.brought_to(State.ASSIGNED)
    office.brought_to(State.CLOSED)
    for change, cause in (
        ({"active": False}, "has left"),
        ({"phones": ()}, "has no phone"),
    ):
        add(office, office.known(Person, "regulator").changed(**change))
        (line,) = lines(Surroundings(office.store, START, ZONE))
        status = status_of(line, START)
        assert (status.colour, status.line.opens) == (Colour.RED, (Finding.table, made.id))
        assert cause in str(status.cause)
        assert status.act is not None
        add(office, office.known(Person, "regulator").changed(active=True, phones=(Phone(number="1"),)))
    add(office, office.known(Chain, "County").changed(city_leader=None))
    told = json.dumps(speak("status", "--all", code=0))
    assert "nobody is named" in told
    # Escalation goes past the dead link, and each step is in the journal with who took it.
    for person in ("regulator", "leader", "city-planner"):
        speak("hazard", "escalate", made.id, "silence")
        assert speak("hazard", "show", made.id)["record"]["record"]["escalations"][-1]["person"] == person
    assert "no living link" in speak("hazard", "escalate", made.id, "silence", code=1)["error"]["sentence"]
    steps = [m for m in speak("hazard", "who-knew", made.id)["moments"] if m["command"] == "rectification.escalate"]
    assert [(m["person"], str(m["how"])) for m in steps if str(m["how"]) == "named"] == [
        ("regulator", "named"), ("city-planner", "named")
    ]  # fmt: skip
