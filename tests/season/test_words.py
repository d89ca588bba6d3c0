"""The words of organisation and season as they are typed, on one store from set-up to hand-over."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floodready.cli.app import run

Say = Callable[..., str]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Type words at one terminal of one store; gives what was printed, and demands the exit code."""
    monkeypatch.setenv("FLOODREADY_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("FLOODREADY_TERMINAL", "desk")
    monkeypatch.setenv("FLOODREADY_NOW", "2026-07-01T00:00Z")
    monkeypatch.setenv("FLOODREADY_LANG", "en")

    def say(*words: str, code: int = 0, typing: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typing))
        assert run(words) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    say("setup", "--unit", "anlan", "--unit-name", "安澜市防指", "--admin", "he", "--admin-name", "何")
    say("sign-in", "he")
    return say


@pytest.fixture
def staffed(typed: Say) -> Say:
    typed("person", "add", "李 明", "--id", "li", "--unit", "anlan", "--role", "duty officer", "--phone", "138")
    typed("person", "pin", "li", typing="4071\n")
    typed("station", "add", "Huayuankou", "--id", "hyk", "--kind", "discharge", "--key")
    typed("station", "threshold", "hyk", "IV", "4000")
    return typed


def told(say: Say, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(say(*words, "--json"))
    return answer


def test_a_duty_officer_s_day(staffed: Say) -> None:
    assert "not signed in" not in staffed("hand-over", "li", typing="4071\n")
    assert told(staffed, "terminals")["terminals"][0]["person"] == "li"
    heard = staffed("reading", "add", "hyk", "4000", "--trend", "rising")
    assert "level IV is suggested" in heard
    assert "floodready level declare IV" in heard
    assert told(staffed, "level", "show")["level"] is None
    staffed("level", "declare", "IV", "--authority", "Commander Zhang", "--reason", "Huayuankou 4,000")
    shown = told(staffed, "level", "show")
    assert (shown["level"], shown["suggested"], shown["declaration"]["by"]) == ("IV", "IV", "li")
    assert "table" not in shown["declaration"]
    assert "Commander Zhang" in staffed("level", "history")
    staffed("level", "lower", "none", "--authority", "Commander Zhang", "--reason", "falling")
    assert "no response level" in staffed("level", "show")
    assert "level IV" in staffed("level", "history"), "what was declared stays in the history"
    staffed("sign-out")
    assert "Nobody is signed in" in staffed("sign-out", code=1)


def test_a_warning_shows_its_clock_and_its_decision(staffed: Say) -> None:
    staffed("sign-in", "li", typing="4071\n")
    heard = staffed("warning", "add", "red", "rainstorm", "--issuer", "气象台", "--area", "全市")
    assert "Decide by 2026-07-01 08:30" in heard
    (row,) = told(staffed, "warning", "list")["warnings"]
    assert row["awaits_decision"]
    staffed("warning", "decide", row["id"], "--why", "passes to the north")
    assert "not raised: passes to the north (李 明)" in staffed("warning", "list")
    staffed("warning", "lift", row["id"])
    assert "lifted" in staffed("warning", "list")


def test_an_event_s_reports_are_listed_sent_and_not_sent_twice(staffed: Say) -> None:
    staffed("sign-in", "li", typing="4071\n")
    assert "3 reports are due, the first by 2026-07-01 09:00" in staffed("report", "event", "管涌 K12+400")
    city = told(staffed, "report", "list")["reports"][0]
    staffed("report", "sent", city["id"], "--note", "by phone")
    assert "in time" in staffed("report", "list")
    assert "sent already" in staffed("report", "sent", city["id"], code=1)
    assert "danger-city" in staffed("report", "clocks")


def test_files_are_imported_after_a_dry_run(typed: Say, tmp_path: Path) -> None:
    stations, readings = tmp_path / "stations.csv", tmp_path / "readings.csv"
    stations.write_text("station,name_zh,kind,IV\nHuayuankou,花园口,discharge,4000\n", encoding="utf-8-sig")
    assert "new" in typed("station", "import", str(stations), "--dry-run")
    assert "Nothing is written yet" in typed("station", "import", str(stations), code=4)
    assert told(typed, "station", "list")["stations"] == []
    slip = stations.with_name("slip.csv")
    slip.write_text("station,kind,warnign\nHuayuankou,discharge,4000\n")
    assert "Not read: the columns warnign." in typed("station", "import", str(slip), "--dry-run")
    assert "1 station written" in typed("station", "import", str(stations), "--yes")
    assert "Nothing new" in typed("station", "import", str(stations), "--yes")
    readings.write_text("站名,时间,流量\n花园口,2026-06-30 08:00,3620\n花园口,2026-06-30 14:00,\n", encoding="gbk")
    assert "Readings: 1 added, 0 there already, 1 blank" in typed("reading", "import", str(readings), "--yes")
    assert "Nothing new" in typed("reading", "import", str(readings))
    readings.write_text("station,time,value\nhuayuankou,2026-06-30 08:00,9\n")
    assert "1 row is wrong" in typed("reading", "import", str(readings), code=1)
    readings.write_text("station,time,value\nhuayuankou,2026-06-30 09:00,36300\nhuayuankou,2026-06-30 10:00,3640\n")
    assert "more than twice its highest threshold" in typed("reading", "import", str(readings), "--dry-run")
    assert "--confirm" in typed("reading", "import", str(readings), "--yes", code=1)
    assert "Readings: 2 added" in typed("reading", "import", str(readings), "--confirm", "--yes")
    assert [row["confirmed"] for row in told(typed, "reading", "list", "huayuankou")["readings"]] == [True, True, False]
    typed("journal", "--undo", str(told(typed, "journal", "--last", "1")["entries"][0]["seq"]))
    seen = told(typed, "station", "show", "花园口")["readings"][0]
    assert "--confirm" in typed("reading", "correct", seen["id"], "36300", "--reason", "slip of the key", code=1)
    typed("reading", "correct", seen["id"], "3630", "--reason", "slip of the key")
    assert "3,620 m³/s" in typed("reading", "list", "huayuankou")
    assert "cannot be read" in typed("reading", "import", str(tmp_path / "none.csv"), code=1)


def test_seasons_and_level_tables(typed: Say, tmp_path: Path) -> None:
    typed("season", "add", "Summer", "--from", "2026-07-01", "--until", "2026-10-31",
          "--part", "late:2026-09-01:2026-10-31")  # fmt: skip
    assert "1 season added" in typed("season", "repeat", "2026", "2027")
    rows = told(typed, "season", "list")["seasons"]
    assert [row["starts_on"] for row in rows] == ["2026-07-01", "2027-07-01"]
    typed("season", "change", rows[1]["id"], "--main-from", "2027-07-16", "--main-until", "2027-08-15")
    typed("season", "remove", rows[1]["id"])
    assert "No level table" in typed("level", "applies", "IV", code=1)
    table = tmp_path / "levels.json"
    table.write_text('{"source": "the plan", "levels": {"IV": {"bulletins": ["08:00", "20:00"]}}}')
    typed("level", "import-table", str(table), code=4)
    typed("level", "import-table", str(table), "--yes")
    assert "Nothing new" in typed("level", "import-table", str(table))
    assert "2 bulletins a day: 08:00, 20:00" in typed("level", "applies", "IV")


def test_the_staff_list_is_kept(typed: Say) -> None:
    typed("unit", "add", "Heyang county", "--id", "heyang", "--parent", "anlan")
    typed("post", "add", "司机", "--id", "driver", "--unit", "anlan")
    typed("works", "add", "Dike 12+400", "--unit", "heyang", "--kind", "dike", "--size", "1200", "--size-unit", "m")
    typed("person", "add", "李 明", "--id", "li", "--unit", "heyang", "--phone", "duty room:0371")
    typed("person", "verify-phone", "li")
    typed("person", "change", "li", "--post", "driver", "--phone", "0371", "--phone", "138", "--title", "科长")
    (_, li) = told(typed, "person", "list")["people"]
    assert (li["phones"], li["verified"], li["old_phones"]) == (["0371", "138"], "2026-07-01", 1)
    assert "李 明" in typed("post", "list")
    assert "1,200 m" in typed("works", "list")
    assert "city leader: nobody is named" in typed("unit", "chain", "heyang", "--responsible", "li")
    assert "(2: " in typed("unit", "retire", "heyang", code=1)
    typed("person", "retire", "li")
    assert "has left" in typed("unit", "chain", "heyang")
    assert "level.declare" in typed("person", "roles", "--may", "level.declare")
    assert "not a kind of phone" in typed("person", "change", "he", "--phone", "drum:1", code=1)


def test_wrong_words_are_told_without_a_traceback(typed: Say) -> None:
    assert "is not a day" in typed("season", "add", "x", "--from", "soon", "--until", "later", code=2)
    assert "is not a part" in typed("season", "add", "x", "--from", "2026-07-01", "--until", "2026-07-02",
                                 "--part", "late", code=2)  # fmt: skip
    assert "no station" in typed("reading", "add", "nowhere", "1", code=1)
    assert "is not a time" in typed("warning", "add", "red", "rainstorm", "--issuer", "i", "--area", "a",
                                 "--issued", "20/9/2021", code=2)  # fmt: skip
    assert "set up already" in typed("setup", "--unit", "u", "--unit-name", "U", "--admin", "a",
                                     "--admin-name", "A", code=1)  # fmt: skip


def test_one_report_clock_is_set_changed_and_taken_away(staffed: Say) -> None:
    def clocks() -> dict[str, Any]:
        return {rule["code"]: rule for rule in told(staffed, "report", "clocks")["settings"]["reports"]}

    others = clocks()
    assert "--name" in staffed("report", "set-clock", "gate", "--within", "15", code=1)
    staffed("report", "set-clock", "gate", "--name", "Gate / 闸门", "--starts", "event", "--within", "15")
    staffed("report", "set-clock", "gate", "--to", "city")
    assert clocks()["gate"] == {**clocks()["gate"], "to": "city", "within_minutes": 15, "name": "Gate / 闸门"}
    assert {code: rule for code, rule in clocks().items() if code != "gate"} == others
    assert "time of day" in staffed("report", "set-clock", "units", "--daily-at", "25:00", code=2)
    staffed("report", "set-clock", "units", "--daily-at", "17:30")
    assert clocks()["units"]["at"].startswith("17:30")
    staffed("report", "remove-clock", "gate")
    assert "gate" not in clocks()
    assert "report clocks" in staffed("report", "remove-clock", "gate", code=1)


def test_what_was_written_is_changed_by_its_own_word(staffed: Say) -> None:
    staffed("works", "add", "North dike", "--id", "dike", "--unit", "anlan", "--kind", "dike")
    staffed("works", "change", "dike", "--size", "1200", "--size-unit", "m", "--note", "rebuilt")
    assert told(staffed, "works", "list")["works"][0]["size"] == "1,200 m"
    staffed("post", "add", "Driver", "--id", "driver", "--unit", "anlan")
    staffed("post", "change", "driver", "--name", "Boat driver")
    assert told(staffed, "post", "list")["posts"][0]["name"] == "Boat driver"
    staffed("station", "change", "hyk", "--river", "Yellow River", "--no-key")
    shown = told(staffed, "station", "show", "hyk")["station"]
    assert (shown["river"], shown["key"]) == ("Yellow River", False)
    staffed("station", "threshold", "hyk", "IV", "3500", "--from", "2026-08-01", "--until", "2026-08-31")
    held = [t for t in told(staffed, "station", "show", "hyk")["station"]["thresholds"] if t["mark"] == "IV"]
    assert [(t["value"], t["valid_from"], t["valid_until"]) for t in held] == [
        (4_000_000, None, "2026-07-31"),
        (3_500_000, "2026-08-01", "2026-08-31"),
    ]
    assert "90 days" in staffed("person", "settings")
    assert "30 days" in staffed("person", "settings", "--phone-verified-within", "30")
    staffed("person", "verify-phone", "li", "--on", "2026-06-30")
    staffed("person", "retire", "li", "--on", "2026-06-30")
    people = told(staffed, "person", "list", "--all")["people"]
    assert next(person for person in people if person["id"] == "li")["active"] is False
    assert staffed("person", "settings", "--phone-verified-within", "0", code=1)


def test_one_row_of_the_level_table_is_set_shown_and_taken_away(staffed: Say) -> None:
    assert "No level table" in staffed("level", "table", code=1)
    assert "must name its source" in staffed("level", "set-row", "IV", "--need", "officer=2", code=1)
    staffed("level", "set-row", "IV", "--need", "officer=2", "--need", "leader=1", "--bulletins", "20:00,08:00",
            "--source", "the plan, 4.2")  # fmt: skip
    staffed("level", "set-row", "III", "--stock-up", "20-30", "--agreement-within", "12", "--call-out", "li")
    staffed("level", "set-row", "IV", "--leader", "reachable", "--need", "leader=0")
    iv, iii = told(staffed, "level", "table")["rows"]
    assert [(need["post"], need["people"]) for need in iv["staffing"]] == [("duty officer", 2)]
    assert (iv["leader"], len(iv["bulletins"])) == ("reachable", 2), "what is not named stays"
    assert (iii["forward_stock_percent"], iii["call_out"]) == ([20, 30], ["li"])
    assert "no person nobody" in staffed("level", "set-row", "III", "--call-out", "nobody", code=1)
    assert "not a need" in staffed("level", "set-row", "III", "--need", "drummer=1", code=2)
    assert "not a percentage" in staffed("level", "set-row", "III", "--stock-up", "30-20", code=2)
    assert "no row of its own" in staffed("level", "set-action", "II", "Patrol", "--within", "30", code=1)
    staffed("level", "set-action", "III", "Patrol", "--within", "30", "--who", "county")
    staffed("level", "set-action", "III", "Patrol", "--within", "45")
    assert told(staffed, "level", "table")["rows"][1]["actions"] == [
        {"name": "Patrol", "within_minutes": 45, "who": "county"}
    ]
    staffed("level", "remove-action", "III", "Patrol")
    assert "no action" in staffed("level", "remove-action", "III", "Patrol", code=1)
    assert "20" in staffed("level", "table")
    staffed("level", "remove-row", "III")
    assert "no row for level III" in staffed("level", "remove-row", "III", code=1)
    assert told(staffed, "level", "remove-row", "IV")["document"] is None
    assert "No level table" in staffed("level", "table", code=1)


def test_a_unit_below_keeps_the_rows_it_follows_when_it_takes_one_away(staffed: Say) -> None:
    staffed("unit", "add", "Heyang county", "--id", "heyang", "--parent", "anlan")
    staffed("level", "set-row", "IV", "--need", "officer=1", "--source", "the city's plan")
    assert "Set another row" in staffed("level", "remove-row", "IV", "--unit", "heyang", code=1)
    staffed("level", "set-row", "III", "--need", "officer=2")
    assert "It is the table of 安澜市防指" in staffed("level", "table", "--unit", "heyang")
    staffed("level", "remove-row", "IV", "--unit", "heyang")
    assert [row["level"] for row in told(staffed, "level", "table", "--unit", "heyang")["rows"]] == ["III"]
    assert len(told(staffed, "level", "table")["rows"]) == 2, "the table above stays as it is"


def test_what_was_taken_out_of_use_comes_back(staffed: Say) -> None:
    staffed("unit", "add", "Heyang county", "--id", "heyang", "--parent", "anlan")
    staffed("works", "add", "North dike", "--id", "dike", "--unit", "anlan", "--kind", "dike")
    staffed("post", "add", "Driver", "--id", "driver", "--unit", "anlan")
    for word, id, listed in (("unit", "heyang", "units"), ("works", "dike", "works"), ("post", "driver", "posts"),
                             ("station", "hyk", "stations")):  # fmt: skip
        assert "in use" in staffed(word, "return", id, code=1)
        staffed(word, "retire", id)
        assert id not in {row["id"] for row in told(staffed, word, "list")[listed]}
        assert "retired" in staffed(word, "list", "--all")
        staffed(word, "return", id)
        assert id in {row["id"] for row in told(staffed, word, "list")[listed]}


def test_a_person_who_had_left_comes_back_and_numbers_come_and_go(staffed: Say) -> None:
    assert "has not left" in staffed("person", "return", "li", code=1)
    staffed("person", "retire", "li")
    assert "li" not in {row["id"] for row in told(staffed, "person", "list")["people"]}
    assert told(staffed, "person", "return", "li")["document"]["left_on"] is None
    staffed("person", "add-phone", "li", "duty room:0371", "--first")
    assert "already" in staffed("person", "add-phone", "li", "138", code=1)
    assert [
        phone["number"] for phone in told(staffed, "person", "remove-phone", "li", "138")["document"]["phones"]
    ] == ["0371"]
    assert "no number 138. Known: 0371" in staffed("person", "remove-phone", "li", "138", code=1)
