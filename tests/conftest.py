from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from floodready.language import use_language

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free; a container often has far less."""

# Where a container forbids bytecode, every worker and every start of the command line would compile everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is no failure, and what passed once passes again. `--hypothesis-profile explore` tries new examples.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("suite")


def pytest_configure() -> None:
    # What a sync promises is proved on a simulated disk; the other tests need not wait for a real one.
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "soak" not in config.getoption("markexpr"):
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="a long run: make soak"))


def pytest_collection_finish() -> None:
    # A fifth of the processor went to searching the modules and the collected tests for garbage again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    # Each worker imports and collects everything, 3 to 6 processor seconds; one more than cores fills what waits leave.
    return 1 + (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give every test the same terminal: English, colours, all signs, and a cursor that does not blink into a frame."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    use_language("en")
    if "textual" in sys.modules:
        from textual.widgets import Input

        from floodready.tui.theme import use_ascii

        monkeypatch.setattr(Input.cursor_blink, "_default", False)
        use_ascii(False)
    yield
    use_language("en")
