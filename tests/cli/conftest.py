from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from floodready.cli.app import run
from floodready.language import use_language

Type = Callable[..., "Answer"]


class Answer(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo store; `type_` gives each test its own copy."""
    folder = tmp_path_factory.mktemp("cli") / "demo"
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("FLOODREADY_NOW", "2026-09-20T02:00:00Z")
        assert run(["demo", "--build-only", "--store", str(folder), "--lang", "en"]) == 0
    return folder


@pytest.fixture
def type_(
    made_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Type]:
    """Type words at a copy of the demo store, in English where nothing else is asked, within this process."""
    shutil.copytree(made_demo, tmp_path / "store")
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-20T02:30:00Z")
    monkeypatch.setenv("FLOODREADY_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("FLOODREADY_LANG", "en")

    def typed(*words: str) -> Answer:
        capsys.readouterr()
        code = run(words)
        told = capsys.readouterr()
        return Answer(int(code), told.out, told.err)

    yield typed
    use_language("en")
