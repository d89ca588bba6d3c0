"""A slip of the finger is answered with what was meant."""

from __future__ import annotations

import pytest

from floodready.cli.exit_codes import ExitCode
from tests.cli.conftest import Type


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("stocks list", "There is no “stocks”. Did you mean: floodready stock? See: floodready --help"),
        ("stock lst", "There is no “lst”. Did you mean: floodready stock list? See: floodready stock --help"),
        ("status --plian", "Not understood here: --plian. Did you mean --plain? See: floodready status --help"),
        ("status --plian=x", "Not understood here: --plian=x. Did you mean --plain? See: floodready status --help"),
        ("stock xyz", "“xyz” is none of these: list, lot,"),
        ("status --xyzzy", "Not understood here: --xyzzy. See: floodready status --help"),
        ("stock lst --lang zh_CN", "没有“lst”。是否要写：floodready stock list？参见：floodready stock --help"),
    ],
)
def test_a_mistyped_word_or_option_proposes_the_nearest(typed: str, told: str, type_: Type) -> None:
    answer = type_(*typed.split())
    assert (answer.code, answer.err[: len(told)]) == (ExitCode.USAGE, told)
