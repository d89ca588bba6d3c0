from __future__ import annotations

import json
from datetime import time
from typing import Any

import pytest

from floodready.cli.app import run
from floodready.codec import encode
from floodready.duty.commands import publish_rota
from floodready.duty.models import TemporaryRota
from floodready.organisation.commands import add_post, add_unit
from floodready.organisation.models import PostKind, UnitKind
from tests.duty.conftest import Room
from tests.duty.rosters import at, rota, rotation


@pytest.fixture
def speak(room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("FLOODREADY_STORE", str(room.store.folder))
    monkeypatch.setenv("FLOODREADY_NOW", "2026-07-01T02:00:00Z")

    def spoken(*words: str, by: str = "pan") -> tuple[int, str]:
        code = run([*words, "--as", by])
        told = capsys.readouterr()
        return code, told.out + told.err

    return spoken


def test_who_is_on_is_told_with_phones_and_the_reason(speak: Any) -> None:
    code, told = speak("who")
    assert code == 0
    assert all(name in told for name in ("An", "Ding", "Fang", "139 0000", "turn 1", "2026-07-02 08:00"))


@pytest.mark.parametrize("at", ["2026-07-02T08:00", "2026-07-02T00:00Z", "2026-07-01T19:00-05:00", "2026-07-02 08:00"])
def test_who_at_a_time_to_come_as_json(speak: Any, at: str) -> None:
    code, told = speak("who", "--at", at, "--json")
    assert code == 0
    assert [row["person"] for row in json.loads(told)["on_duty"]] == ["bo", "geng", "hao"]


def test_leave_shows_the_gap_and_gaps_name_candidates(speak: Any) -> None:
    code, told = speak("duty", "leave", "ding", "--from", "2026-07-04T08:00", "--until", "2026-07-05T08:00")
    assert code == 0
    assert "Ding is on leave" in told
    code, told = speak("duty", "gaps", "--candidates")
    assert code == 0
    assert "lu, pan" in told


def test_a_swap_by_words_only(speak: Any) -> None:
    when = ("--from", "2026-07-08T08:00", "--until", "2026-07-09T08:00")
    code, told = speak("duty", "swap", "lu", "--post", "officer", *when, "--json", by="geng")
    assert code == 0
    swap = json.loads(told)["document"]["id"]
    assert speak("duty", "agree", swap, by="hao")[0] == 1
    assert speak("duty", "agree", swap, by="lu")[0] == 0
    assert speak("duty", "approve", swap, by="an")[0] == 0
    assert "Lu" in speak("who", "--at", "2026-07-08T12:00", "--plain")[1]


def test_a_season_asked_for_by_days_begins_and_ends_when_the_post_hands_over(speak: Any) -> None:
    when = ("--from", "2026-07-10", "--until", "2026-07-12", "--plain-proposal", "--yes")
    code, told = speak("duty", "generate", "--post", "leader", *when)
    assert code == 0
    assert "in force from 2026-07-10 08:00" in told
    spans = json.loads(speak("duty", "timeline", "--at", "2026-07-11T07:59", "--days", "2", "--json")[1])["spans"]
    assert ("2026-07-11T00:00", "2026-07-12T00:00") in {(row["start"][:16], row["end"][:16]) for row in spans}


def test_an_explanation_is_accepted_by_words(speak: Any) -> None:
    code, told = speak("duty", "check", "--method", "telephone", "--nobody", "--json", by="bo")
    assert code == 0
    check = json.loads(told)["document"]["id"]
    assert speak("duty", "explain", check, "road flooded", by="an")[0] == 0
    assert speak("duty", "accept-explanation", check, by="an")[0] == 1
    code, told = speak("duty", "accept-explanation", check, by="cui")
    assert code == 0
    assert "the record that asked for it is closed" in told
    assert "Cui" in speak("duty", "checks")[1]


def test_a_check_says_who_answered_or_that_nobody_did(speak: Any) -> None:
    """Nothing is recorded of a bare word, nor of one that says both: a miss asks the unit's head to explain it."""
    for told in ((), ("--nobody", "--whom", "an"), ("--nobody", "--whom", "an", "--absent")):
        assert speak("duty", "check", *told, by="bo")[0] == 2
    assert json.loads(speak("duty", "checks", "--json")[1])["checks"] == []


def test_an_exchange_of_two_turns_is_one_swap_by_words(speak: Any) -> None:
    """Both give a turn: asked, agreed and approved once, and told with both."""
    gives = ("--from", "2026-07-08T08:00", "--until", "2026-07-09T08:00")
    takes = ("--back-from", "2026-07-09T08:00", "--back-until", "2026-07-10T08:00")
    code, told = speak("duty", "swap", "jia", "--post", "officer", *gives, *takes, by="geng")
    assert code == 0
    assert "Geng → Jia" in told
    assert "in return Jia → Geng, Duty officer, 2026-07-09 08:00 to 2026-07-10 08:00" in told
    swap = told.split()[1].rstrip(":")
    assert speak("duty", "agree", swap, by="jia")[0] == 0
    assert speak("duty", "approve", swap, by="an")[0] == 0
    assert "Jia" in speak("who", "--at", "2026-07-08T12:00", "--plain")[1]
    assert "Geng" in speak("who", "--at", "2026-07-09T12:00", "--plain")[1]


def test_a_turn_in_return_needs_both_its_times(speak: Any) -> None:
    when = ("--from", "2026-07-08T08:00", "--until", "2026-07-09T08:00", "--back-from", "2026-07-09T08:00")
    code, told = speak("duty", "swap", "jia", "--post", "officer", *when, by="geng")
    assert code == 2
    assert "--back-from and --back-until" in told


def test_log_follow_up_and_handover_by_words_only(room: Room, speak: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = speak("duty", "log", "--add", "Seepage", "--kind", "danger", "--follow-up", "Report up", by="ding")
    assert code == 0
    monkeypatch.setenv("FLOODREADY_NOW", "2026-07-02T00:05:00Z")
    assert "Seepage" in speak("duty", "log")[1]
    assert "An, Ding, Fang → Bo, Geng, Hao" in speak("duty", "handover", by="ding")[1]
    code, told = speak("duty", "sign", "out", by="ding")
    assert (code, "Report up" in told) == (1, True)
    (item,) = json.loads(speak("duty", "follow-ups", "--json")[1])["follow_ups"]
    assert speak("duty", "assign", item["id"], "--owner", "geng", "--due", "2026-07-02T12:00", by="ding")[0] == 0
    assert speak("duty", "sign", "out", by="ding")[0] == 0
    code, told = speak("duty", "sign", "in", by="geng")
    assert (code, "closed" in told) == (0, True)


def test_a_rota_file_shows_the_difference_before_it_is_published(speak: Any, tmp_path: Any) -> None:
    file = tmp_path / "rota.json"
    raw = encode(rota(rotation("leader", "cui"), rotation("officer", "ding+fang"), since="2026-07-02 08:00"))
    file.write_text(json.dumps(raw), encoding="utf-8")
    code, told = speak("duty", "publish", str(file))
    assert (code, "Nothing is written yet" in told, "Bo" in told) == (4, True, True)
    assert "Bo" in speak("who", "--at", "2026-07-02T09:00", "--plain")[1]
    assert speak("duty", "publish", str(file), "--yes")[0] == 0
    assert "Cui" in speak("who", "--at", "2026-07-02T09:00", "--plain")[1]


def test_a_file_that_is_no_rota_is_refused(speak: Any, tmp_path: Any) -> None:
    file = tmp_path / "rota.json"
    file.write_text("[1]", encoding="utf-8")
    code, told = speak("duty", "publish", str(file))
    assert (code, "holds no rota" in told) == (1, True)
    file.write_text('{"rotations": [\n{"name" "x"}]}', encoding="utf-8")
    code, told = speak("duty", "publish", str(file))
    assert (code, "no JSON from line 2, character 9 on" in told) == (1, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_rota_file_is_read_in_the_encodings_of_all_imports(speak: Any, tmp_path: Any, encoding: str) -> None:
    file = tmp_path / "rota.json"
    file.write_text('{"夜班": 1}', encoding)
    code, told = speak("duty", "publish", str(file))
    assert (code, "not known here: 夜班" in told) == (1, True)
    file.write_bytes(b'{"\xff": 1}')
    code, told = speak("duty", "publish", str(file))
    assert (code, "neither UTF-8 nor GB18030" in told, "codec" in told) == (1, True, False)


def test_fairness_timeline_ical_and_checks_answer(speak: Any) -> None:
    assert "spread" in speak("duty", "fairness", "--at", "2026-08-01T08:00")[1]
    assert "turn 4" in speak("duty", "timeline")[1]
    assert "BEGIN:VCALENDAR" in speak("duty", "ical")[1]
    assert "missed" in speak("duty", "check", "--absent", by="bo")[1]


def test_a_season_is_proposed_beside_its_bounds_and_published_when_told(speak: Any) -> None:
    when = ("--post", "leader", "--from", "2026-07-06T08:00", "--until", "2026-07-27T08:00", "--plain-proposal")
    code, told = speak("duty", "generate", *when)
    assert (code, "spread of weekend" in told, "Nothing is written yet" in told) == (4, True, True)
    assert speak("duty", "generate", *when, "--yes")[0] == 0
    assert "No gap" in speak("duty", "gaps", "--days", "20")[1]


def test_the_rota_is_proved_for_good(speak: Any) -> None:
    code, told = speak("duty", "prove")
    assert (code, "for good" in told, "21 days" in told) == (0, True, True)


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_the_month_is_written(speak: Any, tmp_path: Any, ending: str) -> None:
    file = tmp_path / f"july.{ending}"
    assert speak("duty", "print", str(file), "--month", "2026-07")[0] == 0
    assert file.stat().st_size > 1000
    assert speak("duty", "print", str(tmp_path / "july.pdf"))[0] == 2


def test_a_temporary_rota_without_times_hands_over_when_its_post_does(speak: Any, room: Room) -> None:
    late = [rotation(one.post, "an bo", times=(time(9),)) if one.post == "leader" else one
            for one in room.rota().rotations]  # fmt: skip
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), rotations=tuple(late))
    words = ("duty", "temporary", "crest", "--post", "leader", "--groups", "cui")
    assert speak(*words, "--from", "2026-07-08T09:00", "--until", "2026-07-09T09:00")[0] == 0
    room.store.refresh()
    (made,) = room.store.all(TemporaryRota)
    assert made.rotations[0].times == (time(9),)


def test_what_is_arranged_is_listed_and_taken_back_by_words_only(speak: Any) -> None:
    when = ("--from", "2026-07-08T08:00", "--until", "2026-07-09T08:00")
    assert speak("duty", "temporary", "crest", "--post", "officer", "--groups", "lu+pan", "--level", "III")[0] == 0
    assert speak("duty", "change", "--post", "officer", "--on", "lu", *when)[0] == 0
    assert speak("duty", "wish", "2026-07-20", "--who", "lu")[0] == 0
    assert speak("duty", "day", "2026-07-10", "holiday", "--note", "town festival")[0] == 0
    code, told = speak("duty", "plan", "--json")
    assert "An, Bo, Cui at 08:00" in told  # by their names, not their codes
    rows = {row["kind"]: row["id"] for row in json.loads(told)["arranged"]}
    assert (code, set(rows)) == (0, {"rotation", "temporary rota", "change of duty", "wish", "day corrected"})
    for kind in ("temporary rota", "change of duty", "wish"):
        assert speak("duty", "take-back", rows[kind])[0] == 0
    left = {row["kind"] for row in json.loads(speak("duty", "plan", "--json")[1])["arranged"]}
    assert left == {"rotation", "day corrected"}
    assert speak("duty", "take-back", "nothing")[0] == 1


def test_the_figures_are_shown_and_set_by_words_only(speak: Any) -> None:
    code, told = speak("duty", "figures", "--rest-hours", "36", "--need", "officer=3", "--level-need", "III:officer=4")
    assert (code, "36 h" in told, "under level III" in told) == (0, True, True)
    figures = json.loads(speak("duty", "figures", "--json")[1])["settings"]
    assert figures["needs"] == [{"post": "officer", "needed": 3}]
    assert speak("duty", "figures", "--need", "officer")[0] == 2


def test_gaps_and_timeline_under_a_level_before_it_is_declared(speak: Any) -> None:
    assert speak("duty", "figures", "--level-need", "III:officer=3")[0] == 0
    assert "No gap" in speak("duty", "gaps")[1]
    assert "1 more person" in speak("duty", "gaps", "--level", "III")[1]
    assert speak("duty", "temporary", "crest", "--post", "officer", "--groups", "lu", "--level", "III")[0] == 0
    assert "No gap" in speak("duty", "gaps", "--level", "III", "--days", "1")[1]
    assert "response level: crest" in speak("duty", "timeline", "--level", "III")[1]
    assert "crest" not in speak("duty", "timeline")[1]


def test_a_missed_check_is_explained_and_a_round_is_called_by_words_only(speak: Any) -> None:
    check = json.loads(speak("duty", "check", "--absent", "--json", by="bo")[1])["document"]["id"]
    assert speak("duty", "explain", check, "Line was cut", by="ding")[0] == 0
    assert "Line was cut" in speak("duty", "checks")[1]
    assert speak("duty", "called", "ding", "reached", by="bo")[0] == 1, "no round yet"
    assert speak("duty", "round", "--new", "--only", "ding", by="bo")[0] == 0
    code, told = speak("duty", "called", "ding", "reached", "--json", by="bo")
    assert (code, json.loads(told)["document"]["finished_at"] is not None) == (0, True)
    assert "reached" in speak("duty", "round")[1]


def test_replacing_somebody_who_is_not_on_duty_is_entered_with_a_warning(speak: Any) -> None:
    when = ("--post", "officer", "--from", "2026-07-04T08:00", "--until", "2026-07-05T08:00")
    assert "is in force" in speak("duty", "change", "--off", "ding", "--on", "lu", *when)[1]
    code, told = speak("duty", "change", "--off", "geng", "--on", "pan", *when)
    assert (code, "has no effect: Geng is not on duty then" in told) == (0, True)
    assert "Geng → Pan (has no effect)" in speak("duty", "plan")[1]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("duty", "gaps", "--days", "99999999"), 2, "whole number from 1"),
        (("duty", "timeline", "--days", "-3"), 2, "whole number from 1"),
        (("duty", "log", "--hours", "99999999999"), 2, "whole number from 1"),
        (("who", "--unit", "X"), 1, "no unit X"),
        (("duty", "ical", "--of", "nobody"), 1, "no person nobody"),
        (("duty", "ical", "--post", "driver"), 1, "no post driver"),
        (("duty", "figures", "--night-begins", ","), 2, "not a time of day"),
        (("duty", "figures", "--night-begins", "17:00+08:00"), 2, "not a time of day"),
        (("duty", "figures", "--rest-hours", "99999999"), 1, "744 or less"),
        (("duty", "figures", "--level-need", "V:officer=3"), 1, "IV, III, II or I"),
        (("duty", "temporary", "t", "--post", "officer", "--groups", "lu", "--level", "IV", "--times", "8 9:00+08:00"),
         1, "no times of day"),
        (("duty", "temporary", "t", "--post", "officer", "--groups", "lu", "--level", "IV", "--times", "08:00:30"),
         1, "no times of day"),
        (("duty", "generate", "--post", "driver", "--from", "2026-07-05", "--until", "2026-07-09"),
         1, "no post driver"),
        (("duty", "generate", "--post", "leader", "--from", "2026-07-05", "--until", "2026-07-09", "--seats", "0"),
         2, "not a whole number from 1"),
        (("duty", "log", "--add", "x", "--owner", "lu"), 1, "still to be done"),
        (("duty", "log", "--add", "x", "--time", "2026-07-01T10:01"), 1, "not come yet"),
        (("duty", "check", "--whom", "nobody"), 1, "no person nobody"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_in_a_sentence(speak: Any, words: tuple[str, ...], code: int, said: str) -> None:
    given, told = speak(*words, by="an" if words[1] in ("log", "check") else "pan")
    assert (given, said in told) == (code, True), told


def test_a_line_of_the_log_holds_all_that_the_paper_form_has(speak: Any) -> None:
    told = (
        "--kind",
        "call",
        "--from-unit",
        "East",
        "--instruction",
        "Open gate 3",
        "--handler",
        "ding",
        "--result",
        "Open",
    )
    assert speak("duty", "log", "--add", "May we open?", "--time", "2026-07-01T09:40", *told, by="ding")[0] == 0
    (line,) = json.loads(speak("duty", "log", "--json")[1])["lines"]
    assert (line["at"], line["closed_at"]) == ("2026-07-01T01:40:00.000000Z", "2026-07-01T01:40:00.000000Z")
    shown = speak("duty", "log")[1]
    assert all(word in shown for word in ("09:40", "Open gate 3", "Ding", "Open"))


def test_the_posts_are_shared_out_apart(speak: Any) -> None:
    """Three leaders stand 10 days each, six officers too; no spread arises between a leader and an idle officer."""
    code, told = speak("duty", "fairness", "--at", "2026-07-31T08:00", "--days", "30", "--json")
    posts = {held["post"]: held["classes"] for held in json.loads(told)["posts"]}
    assert (code, list(posts)) == (0, ["leader", "officer"])
    assert {person for one in posts["leader"] for person in one["shares"]} == {"an", "bo", "cui"}
    assert all({"lu", "pan"} <= set(one["shares"]) for one in posts["officer"]), "idle officers are counted"
    assert (
        "Leader in charge  spread / bound" in speak("duty", "fairness", "--at", "2026-07-31T08:00", "--days", "30")[1]
    )


def test_leave_is_entered_once_where_several_units_keep_duty(room: Room, speak: Any) -> None:
    """The unit need not be named: leave is a person's, and its gaps are shown wherever it leaves them."""
    add_unit(room.store, room.by("he"), id="V", name="County", kind=UnitKind.COUNTY, parent="U")
    add_post(room.store, room.by("he"), id="v-officer", name="County officer", unit="V", kind=PostKind.OFFICER)
    code, told = speak("duty", "leave", "ding", "--from", "2026-07-04T08:00", "--until", "2026-07-05T08:00")
    assert (code, "Ding is on leave" in told) == (0, True)
    assert speak("duty", "leave", "ding", "--unit", "X", "--from", "2026-07-14", "--until", "2026-07-15")[0] == 1
    arranged = json.loads(speak("duty", "plan", "--unit", "U", "--json")[1])["arranged"]
    assert sum(row["id"].startswith("L") for row in arranged) == 1


def test_a_season_is_proposed_after_the_rota_has_ended(room: Room, speak: Any) -> None:
    """The table of June ended with June; the proposal for July must not end there too."""
    publish_rota(
        room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), until_at=at("2026-07-03 08:00"),
        rotations=(rotation("leader", "an"),),
    )  # fmt: skip
    when = ("--post", "leader", "--from", "2026-07-06T08:00", "--until", "2026-07-09T08:00", "--plain-proposal")
    assert speak("duty", "generate", *when, "--yes")[0] == 0
    assert "duty table" in speak("who", "--at", "2026-07-06T12:00", "--plain")[1]


def test_one_person_on_two_posts_at_once_is_told_with_the_gaps(room: Room, speak: Any) -> None:
    code, told = speak("duty", "gaps", "--json")
    assert (code, json.loads(told)["conflicts"]) == (0, [])
    add = ("duty", "change", "--on", "an", "--post", "officer", "--from", "2026-07-04T08:00", "--until")
    assert speak(*add, "2026-07-04T20:00", "--despite", "--reason", "flood")[0] == 0
    (found,) = json.loads(speak("duty", "gaps", "--json")[1])["conflicts"]
    assert (found["person"], found["start"]) == ("an", "2026-07-04T00:00:00.000000Z")
    told = speak("duty", "gaps")[1]
    assert "An stands in several places at once, 2026-07-04 08:00 to 2026-07-04 20:00: " in told
    assert "Leader in charge (安澜), Duty officer (安澜)" in told


def test_whoever_leaves_in_the_middle_of_their_duty_leaves_a_warning_behind(speak: Any) -> None:
    code, told = speak("person", "retire", "ding", by="he")
    assert code == 0
    assert "! Ding stands duty now as Duty officer of 安澜, until 2026-07-02 08:00: replace them" in told
    assert "10 turns of the next month stand empty too" in told
    code, told = speak("person", "retire", "bo", by="he")
    assert code == 0
    assert "stands duty now" not in told
    assert "turns of the next month stand empty now. See: floodready duty gaps" in told
    code, told = speak("person", "retire", "lu", by="he")
    assert told.strip() == "Retired: Lu (lu)."


def test_whoever_acts_by_a_code_that_nobody_has_is_told_where_the_codes_stand(speak: Any) -> None:
    code, told = speak("duty", "log", "--add", "x", by="ghost")
    assert code == 1
    assert "There is no person ghost. See: floodready person list" in told


def test_who_comes_next_is_told_with_who_is_on(speak: Any) -> None:
    code, told = speak("who")
    assert code == 0
    assert told.splitlines()[-3:] == [
        "Next from 2026-07-02 08:00, U: Bo, Leader in charge",
        "Next from 2026-07-02 08:00, U: Geng, Duty officer",
        "Next from 2026-07-02 08:00, U: Hao, Duty officer",
    ]
    assert [row["person"] for row in json.loads(speak("who", "--json")[1])["next"]] == ["bo", "geng", "hao"]
