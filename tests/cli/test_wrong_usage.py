"""What is typed wrong is answered in a sentence of the reader's language, with what is possible."""

from __future__ import annotations

import pytest

from floodready.cli.app import run
from floodready.cli.exit_codes import ExitCode
from floodready.language import use_language


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("what-if X", "“X” is none of these: IV, III, II, I, none"),
        ("level declare V --authority me", "“V” is none of these: IV, III, II, I."),
        ("level declare", "What is missing: level, --authority"),
        ("status --at", "A value is missing behind --at"),
        ("status --colour", "Not understood here: --colour"),
        ("brief weekly", "“weekly” is none of these: shift, daily, season, inspection"),
        ("status --colour --lang zh_CN", "此处无法识别：--colour。"),
    ],
)
def test_wrong_usage_is_a_sentence(typed: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert run(typed.split()) == ExitCode.USAGE
    finally:
        use_language("en")
    assert told in capsys.readouterr().err
