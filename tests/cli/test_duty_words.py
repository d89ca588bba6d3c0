"""The words of duty as a tired hand types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Type


def test_who_could_fill_a_gap_is_told_only_where_it_is_asked(type_: Type) -> None:
    left = type_(*["duty", "leave", "li", "--from", "2026-09-23T08:00", "--until", "2026-09-24T08:00", "--as", "li"])
    assert left.out.splitlines()[1:] == [
        "值班员 duty officer, 2026-09-23 08:00 to 2026-09-24 08:00: 李伟 is on leave and not replaced",
        "Who could fill it: floodready duty gaps --candidates",
    ]
    assert "Could fill" not in type_("duty", "gaps").out, "an empty column would say that nobody could"
    assert type_("duty", "gaps", "--candidates").out.rstrip().endswith("tang")


def test_a_gap_that_nobody_could_fill_says_so(type_: Type) -> None:
    type_(*["duty", "leave", "chen", "--from", "2026-09-23T08:00", "--until", "2026-09-24T08:00", "--as", "chen"])
    assert type_("duty", "gaps", "--candidates").out.rstrip().endswith("nobody")


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_line_of_the_log_is_refused_not_taken_for_a_question(type_: Type, text: str) -> None:
    answer = type_("duty", "log", "--add", text, "--as", "li")
    assert (answer.code, answer.out) == (1, "")
    assert "Content" in answer.err


def test_a_season_is_proposed_with_as_many_people_as_the_post_needs(type_: Type) -> None:
    """Also outside the season, when the figures ask for nobody: half a roster would be proposed else."""
    asked = ["duty", "generate", "--post", "officer", "--from", "2027-02-01", "--until", "2027-02-08", "--as", "zhou"]
    told = json.loads(type_(*asked, "--plain-proposal", "--yes", "--json").out)
    assert {len(turn["people"]) for turn in told["document"]["turns"]} == {2}


def test_what_cannot_be_published_is_not_proposed_first(type_: Type) -> None:
    asked = ["duty", "generate", "--post", "officer", "--from", "2026-09-01", "--until", "2026-12-31", "--as", "zhou"]
    assert type_(*asked).err.strip() == "A rota cannot change the past. Let it begin now or later."


def test_the_table_of_a_month_comes_in_its_midst(type_: Type, tmp_path: Path) -> None:
    people = ("li wang", "zhao sun", "han feng")
    table = tmp_path / "september.csv"
    days = [f"2026-09-{day:02},{people[day % 3]}" for day in range(1, 31)]
    table.write_text("\n".join(["date,officer", *days]), encoding="utf-8")
    told = type_("duty", "import", str(table), "--as", "zhou")
    assert "2026-09-19" not in told.out, "what is past stays"
    assert "2026-09-20 10:30" in told.out
    told = type_("duty", "import", str(table), "--as", "zhou", "--yes")
    assert told.out.rstrip().endswith("is in force from 2026-09-20 10:30.")
    assert "No gap" in type_("duty", "gaps", "--days", "10").out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"groups": [{"people": ["li", "nobody"]}]}, "There is no person nobody. See: floodready person list"),
        ({"groups": [{"people": ["李伟"]}]}, "“李伟” is a name. Give its code: li"),
        ({"post": "gate"}, "There is no post gate. See: floodready post list"),
    ],
)
def test_a_rota_nobody_could_publish_shows_no_difference(
    type_: Type, tmp_path: Path, more: dict[str, object], told: str
) -> None:
    rota = tmp_path / "rota.json"
    one = {"name": "o", "post": "officer", "groups": [{"people": ["li"]}], "first_on": "2026-09-21", "times": ["08:00"]}
    rota.write_text(json.dumps({"since_at": "2026-09-21T00:00:00Z", "rotations": [{**one, **more}]}), encoding="utf-8")
    answer = type_("duty", "publish", str(rota), "--as", "zhou")
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err


def test_a_rota_that_changes_nobodys_duty_says_so(type_: Type, tmp_path: Path) -> None:
    held = json.loads(type_("duty", "plan", "--json").out)["arranged"][0]["document"]
    rota = tmp_path / "rota.json"
    rota.write_text(json.dumps({**held, "since_at": "2026-09-20T03:00:00Z"}), encoding="utf-8")
    told = type_("duty", "publish", str(rota), "--as", "zhou").out.splitlines()
    assert told[0] == "Nobody stands other duty than before."


def test_groups_written_as_bare_lists_are_refused_in_words_of_the_file(type_: Type, tmp_path: Path) -> None:
    rota = tmp_path / "rota.json"
    one = {"name": "o", "post": "officer", "groups": [["li", "wang"]], "first_on": "2026-09-21", "times": ["08:00"]}
    rota.write_text(json.dumps({"since_at": "2026-09-21T00:00:00Z", "rotations": [one]}), encoding="utf-8")
    told = type_("duty", "publish", str(rota), "--as", "zhou").err
    assert "a value in it is of another kind than is needed there" in told
    assert "attribute" not in told


def test_a_check_answered_by_somebody_off_duty_says_so(type_: Type) -> None:
    manned = type_("duty", "check", "--whom", "li", "--rings", "3", "--as", "chen")
    assert manned.out.strip().endswith(": the post is manned.")
    other = type_("duty", "check", "--whom", "tang", "--rings", "3", "--as", "chen")
    assert "the post is manned, but 唐勇, who answered, is not on duty now by the plan" in other.out


def test_the_log_shows_a_line_that_was_written_while_the_clock_was_behind(
    type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type_("duty", "log", "--add", "water at the toe", "--as", "li").code == 0
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-19T20:00:00Z")
    assert type_("duty", "log", "--add", "patrol sent", "--as", "li").code == 0
    told = type_("duty", "log").out
    assert "water at the toe" in told
    assert "patrol sent" in told
