"""TinyDB on the journal: `JournalDB` is a TinyDB, durable and safe for many programs at once.

    db = JournalDB(folder)
    with db.acting(Act(person="li", terminal="T1", reason="delivery")):
        db.table("season.stations").update({"name": "Huayuankou"}, Query().id == "HYK")

Each writing call is one transaction of the store; reading takes in what others wrote first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.store.tinydb_table import JournalTable
from floodready.store.transaction import JournalTransaction

Tables = dict[str, dict[str, Any]]


class JournalStorage(Storage):
    """A TinyDB storage that is a store: its folder is made where it is missing."""

    def __init__(self, store: JournalStore | Path | str) -> None:
        self._own = not isinstance(store, JournalStore)
        self.store = store if isinstance(store, JournalStore) else _opened(Path(store))
        self._act: Act | None = None
        self._open: JournalTransaction | None = None

    def read(self) -> Tables | None:
        """Give a copy of all tables; None for a store in which nothing was ever written."""
        self.store.refresh()
        names = self.store.table_names()
        return {name: {id: copied(raw) for id, raw in self.store.raw_items(name)} for name in names} or None

    def write(self, data: Tables) -> None:
        """Make the store hold exactly these tables; what differs is one transaction."""
        with self.transaction("tinydb.write") as tx:
            for name in self.store.table_names():
                if name not in data:
                    tx.drop_table(name)
            for name, documents in data.items():
                tx.make_table(name)
                present = dict(self.store.raw_items(name))
                wanted = {str(id): copied(dict(document)) for id, document in documents.items()}
                for id in present.keys() - wanted.keys():
                    tx.write_raw(name, id, None)
                for id, document in wanted.items():
                    if present.get(id) != document:
                        tx.write_raw(name, id, document)

    def close(self) -> None:
        """Close the store, if it was opened here."""
        if self._own:
            self.store.close()

    @contextmanager
    def acting(self, act: Act) -> Iterator[None]:
        """Say who acts; all writing calls inside are theirs. A command id counts for one call only."""
        before, self._act = self._act, act
        try:
            yield
        finally:
            self._act = before

    @contextmanager
    def transaction(self, command: str) -> Iterator[JournalTransaction]:
        """Begin a transaction, or join the one that a calling method began."""
        if self._open is not None:
            yield self._open
            return
        act = self._act or Act(person=SYSTEM, terminal=SYSTEM)
        with self.store.transaction(act, command) as tx:
            self._open = tx
            try:
                yield tx
            finally:
                self._open = None


class JournalDB(TinyDB):
    """A TinyDB whose documents live in a store. Any other TinyDB storage or middleware works as it does in TinyDB."""

    default_storage_class = JournalStorage  # type: ignore[assignment] # TinyDB's own type is too narrow
    table_class = JournalTable

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not isinstance(self.storage, JournalStorage):
            self.table_class = Table  # type: ignore[assignment] # a middleware sees whole tables only

    @contextmanager
    def acting(self, act: Act) -> Iterator[None]:
        """Say who acts in the writing calls inside."""
        storage = self.storage
        assert isinstance(storage, JournalStorage), "only a journal knows who acts"
        with storage.acting(act):
            yield

    def tables(self) -> set[str]:
        """Give the names of all tables."""
        if not isinstance(self.storage, JournalStorage):
            return super().tables()
        self.storage.store.refresh()
        return set(self.storage.store.table_names())

    def drop_table(self, name: str) -> None:
        """Take a table away with its documents; the journal keeps them."""
        if not isinstance(self.storage, JournalStorage):
            super().drop_table(name)
            return
        self._tables.pop(name, None)
        with self.storage.transaction("tinydb.drop_table") as tx:
            tx.drop_table(name)


def copied(raw: Any) -> Any:
    """Make a JSON value of its own from a document. Raises TypeError for what JSON cannot hold."""
    return orjson.loads(orjson.dumps(raw, option=orjson.OPT_NON_STR_KEYS))


def _opened(folder: Path) -> JournalStore:
    if not folder.exists():
        return JournalStore.create(folder)
    return JournalStore.open(folder)
