from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.store.many_processes import FEW, kill_writers, prove, run_together

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the workload forks and kills")


def test_many_programs_at_once_fit_one_order(tmp_path: Path) -> None:
    kinds = prove(tmp_path / "store", run_together(tmp_path / "store", 3, 120, FEW))
    assert all(kinds.values())


def test_killed_writers_lose_nothing_accepted(tmp_path: Path) -> None:
    assert kill_writers(tmp_path / "store", kills=8, seed=1, limits=FEW) > 0
