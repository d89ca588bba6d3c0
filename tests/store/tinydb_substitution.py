"""A pytest plugin that puts our classes in TinyDB's place before TinyDB's own tests are imported."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import tinydb
import tinydb.database
import tinydb.storages

from floodready.store.tinydb_storage import JournalDB, JournalStorage


class JournalInFolder(JournalStorage):
    """In place of JSONStorage. How JSON is written is not ours to choose: `ensure_ascii` is taken and passed over."""

    def __init__(self, path: Path | str, *, ensure_ascii: bool = True) -> None:
        super().__init__(path)


class TemporaryJournal(JournalStorage):
    """In place of MemoryStorage: a store of its own that nobody finds again."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="floodready-tinydb-", ignore_cleanup_errors=True)
        super().__init__(Path(self._folder.name) / "store")


class TinyDB(JournalDB):
    """`TinyDB(path)` as the tests write it; the name is a part of what they compare."""

    default_storage_class = JournalInFolder  # type: ignore[assignment] # a storage of the same kind


def pytest_configure(config: Any) -> None:
    for module in (tinydb, tinydb.database, tinydb.storages):
        for name, substitute in (
            ("TinyDB", TinyDB),
            ("JSONStorage", JournalInFolder),
            ("MemoryStorage", TemporaryJournal),
        ):
            if hasattr(module, name):
                setattr(module, name, substitute)


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    left_out = {f"tests/{test}" for test in os.environ["LEFT_OUT"].split()}
    gone = [item for item in items if item.nodeid.partition("[")[0] in left_out]
    config.hook.pytest_deselected(items=gone)
    items[:] = [item for item in items if item not in gone]
