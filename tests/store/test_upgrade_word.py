from __future__ import annotations

from dataclasses import replace

import pytest

from floodready.cli.app import run
from floodready.store.current import read_current, write_current
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore


def test_upgrading_by_command_says_what_was_done_or_cannot_be(
    store: JournalStore, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["upgrade", "--store", str(store.folder), "--lang", "en"]
    assert run(words) == 0
    assert "already" in capsys.readouterr().out
    write_current(RealDisk(), store.folder, replace(read_current(RealDisk(), store.folder), format=1))
    assert run(words) == 0
    assert "brought up" in capsys.readouterr().out
    write_current(RealDisk(), store.folder, replace(read_current(RealDisk(), store.folder), format=0))
    assert run(words) == 3
    assert "older format" in capsys.readouterr().err
