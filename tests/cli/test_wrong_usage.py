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
        ("duty gaps --days abc", "“abc” is no whole number."),
        ("duty gaps --days abc --lang zh_CN", "“abc”不是整数。"),
        ("duty gaps --days 0", "“0” is no number of 1 or more."),
        ("duty timeline --days -3", "“-3” is no number of 1 or more."),
        ("demo --scale -1", "“-1” is no number of 0 or more."),
        ("journal --last 0", "“0” is no number of 1 or more."),
        ("journal --l 3", "“--l” may mean more than one option."),
        ("hazard statistics 0 --month 1", "“0” is no year from 1900 to 2199."),
        ("drill year 99999", "“99999” is no year from 1900 to 2199."),
        ("hazard statistics 2026 --month 1 --quarter 1", "--quarter does not go with --month"),
        ("hazard statistics 2026", "One of these is missing: --month --quarter"),
    ],
)
def test_wrong_usage_is_a_sentence(typed: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert run(typed.split()) == ExitCode.USAGE
    finally:
        use_language("en")
    assert told in capsys.readouterr().err
