"""Long runs, on request: `make soak`. Their figures stand in docs/figures.md."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.store.many_processes import FEW, kill_writers, prove, run_together

pytestmark = [pytest.mark.soak, pytest.mark.skipif(sys.platform == "win32", reason="the workload forks and kills")]


def test_eight_programs_with_two_thousand_commands_each_fit_one_order(tmp_path: Path) -> None:
    began = time.monotonic()
    told = run_together(tmp_path / "store", 8, 2000, FEW)
    seconds = time.monotonic() - began
    kinds = prove(tmp_path / "store", told)
    print(f"\n{len(told)} commands of 8 programs in {seconds:.0f} s: {kinds}; linearizable, verify clean")


def test_three_hundred_kills_lose_nothing_accepted(tmp_path: Path) -> None:
    accepted = kill_writers(tmp_path / "store", kills=300, seed=2, limits=FEW)
    print(f"\n300 kills of 2 writers: {accepted} transactions accepted, all there, verify clean")
