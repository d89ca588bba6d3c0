"""The demo's store, built once: the papers and the wall only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from floodready.demo.build import build
from floodready.organisation.models import Terminal
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

NOW = datetime(2026, 9, 20, 2, 30, tzinfo=UTC)
"""10:30 in the duty room."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalStore]:
    """Read it only: every test of this folder shares it."""
    with build(tmp_path_factory.mktemp("reports") / "store", NOW) as made:
        with made.transaction(Act(person=SYSTEM, terminal="demo"), "set up") as tx:
            tx.put(Terminal(id="demo", person="li"))
        yield made
