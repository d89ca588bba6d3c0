"""Where there is no store the program asks what to begin with, and makes nothing before it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.cli import shell
from floodready.cli.app import run
from floodready.cli.exit_codes import ExitCode
from floodready.language import use_language
from floodready.store.journal_store import JournalStore
from floodready.tui import start
from floodready.tui.first_start import FirstStart
from floodready.tui.screens.no_store import Beginning
from tests.tui.conftest import text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]

FOLDER = Path("/srv/floodready/store")


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("enter",), Beginning(zone="Asia/Shanghai")),
        (("ctrl+s",), Beginning(zone="Asia/Shanghai")),
        (("ctrl+u", *"UTC", "enter"), Beginning(zone="UTC")),
        (("tab", "enter"), Beginning(zone="Asia/Shanghai")),
        (("tab", "tab", "enter"), Beginning(zone=None)),
        (("tab", "tab", "tab", "enter"), None),
        (("escape",), None),
        (("ctrl+q",), None),
    ],
)
async def test_what_to_begin_with_is_chosen_by_keys(keys: tuple[str, ...], answer: Beginning | None) -> None:
    app = FirstStart(FOLDER)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
    assert app.return_value == answer


async def test_a_zone_that_is_none_stays_to_be_mended_and_both_languages_are_spoken(frame: SnapshotAssertion) -> None:
    app = FirstStart(FOLDER)
    try:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("ctrl+u", *"Asia", "enter")
            assert "There is no time zone Asia" in text(app)
            async for size in at_each_size(pilot, lambda pilot: pilot.pause()):
                assert drawn(app) == frame(name=size)
            await pilot.press("f3", "f1")
            assert "此处的按键" in text(app)
            await pilot.press("escape", "ctrl+u", *"UTC", "enter")
        assert app.return_value == Beginning(zone="UTC")
    finally:
        use_language("en")


def test_a_store_is_made_in_the_zone_chosen_and_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, str]] = []

    def note(store: JournalStore, **_: Any) -> int:
        opened.append((store.folder, str(store.zone)))
        return 0

    monkeypatch.setattr(shell, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(start, "open_screens", note)
    monkeypatch.setattr(start, "ask_what_to_begin_with", lambda folder: Beginning(zone="UTC"))
    folder = tmp_path / "new" / "store"
    assert run(["--store", str(folder)]) == ExitCode.DONE
    assert opened == [(folder, "UTC")]


def test_whoever_leaves_has_made_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(start, "ask_what_to_begin_with", lambda folder: None)
    assert run(["--store", str(tmp_path / "store")]) == ExitCode.DONE
    assert not (tmp_path / "store").exists()


def test_without_a_terminal_a_sentence_says_how_to_get_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", str(tmp_path / "store"), "--lang", "en"]) == ExitCode.STORE
    assert "There is no store in" in capsys.readouterr().err


def test_a_folder_that_the_disk_refuses_is_named_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    for words in (["--store", str(file)], ["setup", "--unit", "a", "--unit-name", "A", "--admin", "b",
                                           "--admin-name", "B", "--store", str(file / "store")]):  # fmt: skip
        assert run([*words, "--lang", "en"]) == ExitCode.STORE
        told = capsys.readouterr().err
        assert str(file) in told
        assert "what stands above it is not a folder" in told
