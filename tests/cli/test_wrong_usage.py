"""What is typed wrong is answered in a sentence of the reader's language, with what is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from floodready.cli.app import run
from floodready.cli.exit_codes import ExitCode
from floodready.language import use_language
from floodready.store.journal_store import JournalStore


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("what-if X", "“X” is none of these: IV, III, II, I, none"),
        ("level declare V --authority me", "“V” is none of these: IV, III, II, I."),
        ("level declare", "What is missing: level, --authority"),
        ("status --at", "A value is missing after --at"),
        ("status --colour", "Not understood here: --colour"),
        ("season list anlan", "Not understood here: anlan. See: floodready season list --help"),
        ("brief weekly", "“weekly” is none of these: shift, daily, season, inspection"),
        ("duty gaps --days x", "“x” is not a whole number from 1 to 36600."),
        ("duty gaps --days 99999999999", "“99999999999” is not a whole number from 1 to 36600."),
        ("duty log --hours 99999999999", "is not a whole number from 1 to 878400."),
        ("drill year 99999", "“99999” is not a whole number from 1900 to 2199."),
        ("wall --seconds nan", "“nan” is not a whole number from 1 to 86400."),
        ("drill settings --minutes abc", "“abc” is not a whole number"),
        ("status --colour --lang zh_CN", "此处无法识别：--colour。"),
        ("duty gaps --days abc --lang zh_CN", "“abc”不是 1 至 36600 之间的整数。"),
        ("duty timeline --days -3", "“-3” is not a whole number from 1 to 36600."),
        ("demo --scale -1", "“-1” is not a whole number from 1 to"),
        ("journal --last 0", "“0” is not a whole number from 1 to"),
        ("duty check --nobody --whom li", "--whom does not go with --nobody"),
        ("duty check --rings 3", "Say who answered: --whom; or that nobody did: --nobody."),
        ("duty check --nobody --whom li --absent", "--whom does not go with --nobody"),
        ("unit list --jso", "Not understood here: --jso."),
        ("unit list --lan zh", "Not understood here: --lan zh."),
        ("hazard statistics 0 --month 1", "“0” is not a whole number from 1900 to 2199."),
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


@pytest.mark.parametrize("typed", ["status --at", "forecast --at", "who --at", "what-if III --at"])
@pytest.mark.parametrize("far", ["9999-12-31T23:59", "0001-01-01", "2201-01-01"])
def test_a_time_that_no_reckoning_reaches_is_refused(
    typed: str, far: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    JournalStore.create(tmp_path / "store").close()
    assert run([*typed.split(), far, "--store", str(tmp_path / "store"), "--lang", "en"]) == ExitCode.USAGE
    assert f"{far}: is too far away" in (told := capsys.readouterr().err) or f"“{far}” is not a time" in told
