"""Days and times behind options are read as the forms read them; what was guessed at is told again."""

from __future__ import annotations

import json

import pytest

from floodready.cli.exit_codes import ExitCode
from tests.cli.conftest import Type


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0830", "2026-09-20T00:30:00"),
        ("yesterday 20:00", "2026-09-19T12:00:00"),
        ("-2h", "2026-09-20T00:30:00"),
        ("now-30m", "2026-09-20T02:00:00"),
        ("昨天20:00", "2026-09-19T12:00:00"),
        ("2026-09-19", "2026-09-18T16:00:00"),
        ("2026-09-19T08:00", "2026-09-19T00:00:00"),
    ],
)
def test_at_takes_what_forms_take(typed: str, meant: str, type_: Type) -> None:
    answer = type_("who", "--at", typed, "--json")
    assert json.loads(answer.out)["at"].startswith(meant), answer.err
    assert ("is read as" in answer.err) == (not typed.startswith("2026"))


def test_a_time_that_looks_like_the_year_is_told_too(type_: Type) -> None:
    answer = type_("who", "--at", "2026", "--json")
    assert json.loads(answer.out)["at"].startswith("2026-09-20T12:26:00")
    assert answer.err == "“2026” is read as 2026-09-20 20:26.\n"


def test_every_instant_option_takes_them(type_: Type) -> None:
    assert type_("reading", "add", "huayuankou", "3700", "--measured", "0830", "--as", "li").code == 0
    assert "2026-09-20 08:30" in type_("reading", "list", "huayuankou").out
    assert type_("journal", "--since", "-2h").code == 0
    assert type_("duty", "log", "--add", "x", "--kind", "note", "--time", "now-30m", "--as", "li").code == 0
    assert type_("hazard", "accident", "heyang", "yesterday 20:00", "slide", "--as", "zhou").code == 0
    assert type_("reading", "add", "huayuankou", "3701", "--measured", "-1h", "--as", "li").code == 0


def test_days_are_read_against_today_in_the_duty_room(type_: Type) -> None:
    answer = type_("forecast", "--until", "+3d", "--json")
    assert answer.err == "“+3d” is read as 2026-09-23.\n"
    assert json.loads(answer.out)["days"][-1]["on"] == "2026-09-23"


def test_a_reading_of_a_day_is_that_of_its_morning(type_: Type) -> None:
    assert type_("reading", "add", "huayuankou", "3700", "--measured", "2026-09-18", "--as", "li").code == 0
    assert "2026-09-18 08:00" in type_("reading", "list", "huayuankou").out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ("who", "--at", "-30m"),
            "“-30m” is not a time. Write 2026-07-01T08:00, 0830, yesterday 20:00, fri 14:00, -2h",
        ),
        (("journal", "--since", "soon"), "“soon” is not a time."),
        (("duty", "ical", "--sent-at", ""), "“” is not a time."),
        (("duty", "log", "--add", "x", "--time", "", "--as", "li"), "“” is not a time."),
        (("duty", "print", "x.html", "--month", ""), "“” is not a month. Write 2026-07"),
        (("forecast", "--until", "soon"), "“soon” is not a day. Write 2026-07-01, 0701, +3d, fri or today"),
        (("duty", "settings", "--night-begins", "25:00", "--as", "zhou"), "“25:00” is not a time of day."),
    ],
)
def test_what_is_no_time_is_refused_with_what_is(typed: tuple[str, ...], told: str, type_: Type) -> None:
    answer = type_(*typed)
    assert (answer.code, told in answer.err) == (ExitCode.USAGE, True), answer.err


def test_a_fixed_clock_that_is_no_time_is_named(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOODREADY_NOW", "0830")
    assert type_("who").err.startswith("FLOODREADY_NOW holds no time: “0830”.")
