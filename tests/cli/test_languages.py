"""A language that is not there is never taken for English in silence."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Type
from tests.cli.test_status import Line, line

__all__ = ["line"]

THERE_ARE = "There are: en (English), zh_CN (简体中文)"


@pytest.mark.parametrize("words", ["status --lang fr", "--lang=fr status", "unit list --lang fr"])
def test_an_unknown_language_is_refused_with_those_there_are(words: str, type_: Type) -> None:
    answer = type_(*words.split())
    assert (answer.code, answer.out, answer.err) == (2, "", f"There is no language “fr”. {THERE_ARE}\n")
    assert json.loads(type_(*words.split(), "--json").out)["error"]["code"] == "usage"


@pytest.mark.parametrize(("code", "told"), [("zh", "代码"), ("zh-CN", "代码"), ("en_US.UTF-8", "Code"), ("EN", "Code")])
def test_a_language_may_be_named_as_systems_do(code: str, told: str, type_: Type) -> None:
    assert type_("unit", "list", "--lang", code).out.startswith(told)


def test_an_unknown_language_of_the_environment_is_told_and_english_spoken(line: Line) -> None:
    for _ in range(2):
        answer = line("status", FLOODREADY_LANG="fr")
        assert (answer.returncode, answer.stderr) == (
            0,
            f"FLOODREADY_LANG names no language there is: “fr”. {THERE_ARE}\n",
        )
        assert answer.stdout.startswith("WATCH")
    assert line("status", "--lang", "fr").returncode == 2
    assert line("status", FLOODREADY_LANG="", LC_ALL="fr_FR.UTF-8").stderr == ""
