"""Whoever is told that there is no such thing is told how to see what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import floodready
from floodready.cli.app import run
from floodready.missing import _NOT_THERE, not_there

SAID = re.compile(r'"(There (?:is|are) no [^"{]*\{[^"]*)"')
WAYS = ("floodready ", "There are: ", "Did you mean: ", "the nearest is ", "the last is ", "Write one like ")
NO_LIST = {"There is no unit above {unit}."}
"""It says what stands where, not that a code is wrong."""


@pytest.mark.parametrize("what", _NOT_THERE)
def test_the_word_that_is_named_is_one(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = str(not_there(what, "X9"))
    assert "X9" in told
    words = re.findall(r"floodready ([a-z -]+)", told)
    assert words
    for word in words:
        with pytest.raises(SystemExit) as left:
            run([*(part for part in word.split() if not part.startswith("--")), "--help"])
        assert left.value.code == 0, word
        capsys.readouterr()


def test_every_sentence_of_that_kind_names_a_way() -> None:
    said = [
        (path.name, sentence)
        for path in Path(floodready.__file__).parent.rglob("*.py")
        for sentence in SAID.findall(path.read_text())
    ]
    assert len(said) > 40
    assert [one for one in said if not any(way in one[1] for way in WAYS) and one[1] not in NO_LIST] == [
        ("missing.py", "There is no {id} here.")
    ]
