from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from floodready.clock import FixedClock
from floodready.store.journal_store import JournalStore


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 7, 1, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[JournalStore]:
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        yield store


@pytest.fixture
def other(store: JournalStore, clock: FixedClock) -> Iterator[JournalStore]:
    """The same store, opened a second time, as another program would."""
    with JournalStore.open(store.folder, clock=clock) as other:
        yield other
