"""What is typed doubled, empty, half, into closed streams or at the wrong time does nothing in silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Type

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("unit add X --kind county --kind county --as admin", 2, "--kind is given twice. Give it once."),
        ("--as li unit add X --as admin", 2, "--as is given twice. Give it once."),
        ("unit add X --at 2026-01-01 --as admin", 2, "--at only asks what was or will be"),
        ("unit list --at=", 2, "“” is not a time."),
        ("unit list --store=", 2, "--store names no folder."),
        ("status --store=", 2, "--store names no folder."),
        ("drill move D1 abc 1", 2, "“abc” is not a whole number."),
        ("stock add-set S set bag", 2, "Write ITEM=PER_SET, not “bag”."),
        ("stock arrived T1 L1", 2, "Write LOT=RECEIVED, not “L1”."),
        ("duty check --as li", 2, "Say who answered: --whom; or that nobody did: --nobody."),
        (
            "duty check --whom li --nobody --as li",
            2,
            "--nobody does not go with --whom. See: floodready duty check --help",
        ),
        ("unit add X --id anlan --kind county --as admin", 1, "“anlan” is already taken. Choose another."),
        ("sign-in 李伟", 1, "“李伟” is a name. Give its code: li"),
        ("unit add X --kind county --as 李伟", 1, "“李伟” is a name. Give its code: li"),
        ("duty leave 李伟 --from 2026-09-30 --until 2026-10-01 --as zhou", 1, "“李伟” is a name. Give its code: li"),
        ("person change 李伟 --name X --as admin", 1, "“李伟” is a name. Give its code: li"),
        ("unit change 河阳县防汛办 --name X --as admin", 1, "“河阳县防汛办” is a name. Give its code: heyang"),
        ("hazard list --unit 河阳县防汛办", 1, "“河阳县防汛办” is a name. Give its code: heyang"),
        ("journal --by nobody", 1, "There is no person nobody. See: floodready person list"),
        ("unit retire nowhere --as admin", 1, "There is no unit nowhere. See: floodready unit list"),
        ("works change nowhere --as admin", 1, "There are no works nowhere. See: floodready works list"),
        ("person retire nobody --as admin", 1, "There is no person nobody. See: floodready person list"),
        ("warning lift W0 --as zhou", 1, "There is no warning W0. See: floodready warning list"),
        ("reading correct R0 1 --as li", 1, "There is no reading R0. See: floodready reading list STATION"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(typed: str, code: int, told: str, type_: Type) -> None:
    before = json.loads(type_("journal", "--json", "--last", "1").out)
    answer = type_(*typed.split())
    assert (answer.code, told in answer.err) == (code, True), answer
    assert json.loads(type_("journal", "--json", "--last", "1").out) == before


def test_the_figures_for_drills_are_shown_and_set(type_: Type) -> None:
    assert "--minutes            120\n" in type_("drill", "settings").out
    assert type_("drill", "settings", "--minutes", "90", "--as", "qian").out == "The figures for drills are set.\n"
    assert "--minutes            90\n" in type_("drill", "settings").out


@pytest.mark.parametrize(
    "typed", ["completion bash", "drill ical", "duty ical", "brief shift", "journal", "duty print {file}"]
)
def test_what_is_asked_for_as_json_is_json(typed: str, type_: Type, tmp_path: Path) -> None:
    assert json.loads(type_(*typed.format(file=tmp_path / "a.html").split(), "--json").out)["format"] == 1


@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [
        ("status", ">&-", 0),
        ("unit list", ">&-", 0),
        ("unit list --json", ">&-", 0),
        ("nonsense", "2>&-", 2),
        ("person pin li --as admin", "<&-", 1),
    ],
)
def test_a_closed_stream_is_no_accident(words: str, closed: str, code: int, made_demo: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m floodready {words} {closed}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "FLOODREADY_STORE": str(made_demo), "FLOODREADY_NOW": "2026-09-20T02:30:00Z",
             "FLOODREADY_LANG": "en"},
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert closed != "2>&-" or done.stdout == ""


def test_two_dashes_before_the_word_change_nothing(type_: Type) -> None:
    assert type_("--", "unit", "list") == type_("unit", "list")
