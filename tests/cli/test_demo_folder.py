"""Where `floodready demo` makes its store, and that it never takes the office's own for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from floodready.store.journal_store import JournalStore
from tests.cli.conftest import Type


def test_the_demo_is_made_in_the_folder_that_the_environment_names(
    type_: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODREADY_STORE", str(tmp_path / "named"))
    made = type_("demo", "--build-only")
    assert made.code == 0
    assert str(tmp_path / "named") in made.out
    assert (tmp_path / "named" / "CURRENT").exists()
    assert type_("status").code == 0


def test_the_option_counts_before_the_environment(type_: Type, tmp_path: Path) -> None:
    assert type_("demo", "--build-only", "--store", str(tmp_path / "option")).code == 0
    assert (tmp_path / "option" / "CURRENT").exists()


def test_an_option_that_names_nothing_is_told_and_nothing_is_made(type_: Type) -> None:
    refused = type_("demo", "--build-only", "--store", "")
    assert (refused.code, refused.out) == (2, "")
    assert "names no folder" in refused.err


@pytest.mark.parametrize("words", [("--build-only",), ("--new", "--build-only"), ("--check",)])
def test_a_store_that_is_no_demo_is_neither_opened_as_one_nor_thrown_away(
    type_: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    office = tmp_path / "office"
    JournalStore.create(office).close()
    monkeypatch.setenv("FLOODREADY_STORE", str(office))
    refused = type_("demo", *words)
    assert refused.code == 1
    assert f"{office} is not a demo store; it is left as it is." in refused.err
    assert (office / "CURRENT").exists()


def test_a_demo_whose_throwing_away_was_stopped_half_way_is_made_anew(
    type_: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type_("demo", "--build-only").code == 0

    def stopped(folder: Path, *, ignore_errors: bool = False) -> None:
        (folder / "demo-store").unlink(missing_ok=True)
        if not ignore_errors:
            raise KeyboardInterrupt

    with monkeypatch.context() as half_way:
        half_way.setattr(shutil, "rmtree", stopped)
        assert type_("demo", "--new", "--build-only").code == 130
    assert type_("demo", "--new", "--build-only").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_a_folder_with_other_files_in_it_is_left_as_it_is(type_: Type, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "dike.jpg").write_bytes(b"")
    assert type_("demo", "--build-only", "--store", str(tmp_path / "photos")).code == 1
    assert type_("demo", "--build-only", "--store", str(tmp_path / "photos" / "dike.jpg")).code == 1
