from __future__ import annotations

from pathlib import Path

import pytest

from floodready.language import current_language, use_language
from floodready.refusal import WrongUsage
from floodready.tui import start
from floodready.tui.settings import Settings, keep_choice, read_settings
from floodready.tui.start import check_screens, made
from tests.tui.conftest import SlowStore


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_a_choice_is_kept_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    keep_choice(path, "theme", "floodready-light")
    path.write_text(path.read_text() + '[keys]\n"app.undo" = "u"\n')
    keep_choice(path, "language", "zh_CN")
    assert read_settings(path) == Settings(theme="floodready-light", language="zh_CN", keys={"app.undo": "u"})


@pytest.mark.parametrize(
    ("written", "told"),
    [("themee = 'x'", "theme"), ("language = 'fr'", "fr"), ("ascii = 1", "1"), ("theme", "settings.toml")],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(written)
    with pytest.raises(WrongUsage, match=told):
        read_settings(path)


def test_a_language_asked_for_goes_before_the_kept_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types --lang en wants English now, whatever the screens were left in."""
    path = tmp_path / "settings.toml"
    path.write_text('language = "zh_CN"')
    monkeypatch.delenv("FLOODREADY_LANG", raising=False)
    try:
        for asked, spoken in ((None, "zh_CN"), ("en", "en"), ("zh", "zh_CN")):
            use_language(asked)
            start._own_settings(path)
            assert current_language() == spoken
    finally:
        use_language("en")


def test_a_keymap_with_a_clash_and_an_unknown_theme_are_refused(store: SlowStore) -> None:
    with pytest.raises(WrongUsage, match=r"app\.quit"):
        made(store, "here", Settings(keys={"app.undo": "q"}))
    with pytest.raises(WrongUsage, match="floodready-dark"):
        made(store, "here", Settings(theme="pink"))


def test_the_board_can_be_drawn_without_a_terminal(store: SlowStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_screens(store, terminal="here") == 0
    assert "can be drawn" in capsys.readouterr().out
