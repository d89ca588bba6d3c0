from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document

from floodready.store.contract import SYSTEM
from floodready.store.journal_store import JournalStore
from floodready.store.tinydb_storage import JournalDB, JournalStorage
from tests.store.papers import Paper, by


def test_tinydb_s_query_works_on_the_pillars_documents(store: JournalStore) -> None:
    with store.transaction(by(), "test.write") as tx:
        tx.put(Paper(id="P1", name="plan", sheets=3))
        tx.put(Paper(id="P2", name="map"))
    db = JournalDB(store)
    (found,) = db.table("papers").search(Query().sheets > 2)
    assert (str(found.doc_id), found["name"]) == ("P1", "plan")
    db.table("papers").update({"sheets": 4}, where("name") == "plan")
    assert store.get(Paper, "P1") == Paper(id="P1", name="plan", sheets=4)
    assert db.tables() == {"papers"}


def test_every_writing_call_is_one_entry_by_who_acts(store: JournalStore) -> None:
    db = JournalDB(store)
    with db.acting(by("wang", reason="delivery")):
        db.table("t").insert_multiple([{"a": 1}, {"a": 2}])
        db.table("t").upsert({"a": 3}, where("a") == 9)
    db.table("t").remove(where("a") == 1)
    assert [(entry.person, entry.reason, len(entry.changes)) for entry in store.entries()] == [
        ("wang", "delivery", 2),
        ("wang", "delivery", 1),
        (SYSTEM, "", 1),
    ]


def test_results_are_the_callers_own(store: JournalStore) -> None:
    table = JournalDB(store).table("t")
    table.insert({"list": [1], "kind": "x"})
    for result in (*table.search(where("kind") == "x"), *table.all(), *table.get(doc_ids=[1])):
        result["list"].append(2)
    assert table.search(where("kind") == "x") == table.all() == [{"list": [1], "kind": "x"}]


def test_what_is_inserted_is_the_stores_own(store: JournalStore) -> None:
    table = JournalDB(store).table("t")
    mine = {"list": [1]}
    table.insert(mine)
    mine["list"].append(2)
    assert table.all() == [{"list": [1]}]


def test_another_program_s_writing_is_seen_by_reading_and_by_the_query_cache(
    store: JournalStore, other: JournalStore
) -> None:
    mine, theirs = JournalDB(store).table("t"), JournalDB(other).table("t")
    mine.insert({"a": 1})
    assert len(theirs.search(where("a") == 1)) == 1
    assert theirs.insert({"a": 1}) == 2
    assert len(mine.search(where("a") == 1)) == 2
    assert mine.insert({"a": 1}) == 3
    assert [document.doc_id for document in theirs] == [1, 2, 3]


def test_a_failing_updater_leaves_nothing(store: JournalStore) -> None:
    table = JournalDB(store).table("t")
    table.insert_multiple([{"a": 1}, {}])

    def spoil(document: Any) -> None:
        document["a"] += 1

    with pytest.raises(KeyError):
        table.update(spoil)
    assert table.all() == [{"a": 1}, {}]
    assert store.seq == 1


def test_a_dropped_table_is_gone_for_other_programs_too(store: JournalStore, other: JournalStore) -> None:
    db = JournalDB(store)
    db.table("t").insert({"a": 1})
    db.table("empty", persist_empty=True)
    assert JournalDB(other).tables() == {"t", "empty"}
    db.drop_table("t")
    assert JournalDB(other).tables() == db.tables() == {"empty"}
    db.drop_tables()
    assert JournalDB(other).tables() == set()


def test_a_given_number_is_kept_and_a_taken_one_refused(store: JournalStore) -> None:
    table = JournalDB(store).table("t")
    table.insert(Document({"a": 1}, doc_id=7))
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({"a": 1}, doc_id=7))
    assert table.insert({"a": 2}) == 8


def test_a_caching_middleware_writes_whole_tables_when_it_is_closed(tmp_path: Path) -> None:
    caching = CachingMiddleware(JournalStorage)  # type: ignore[no-untyped-call] # TinyDB declares no types here
    with JournalDB(tmp_path / "store", storage=caching) as db:
        db.insert({"a": 1})
    with JournalDB(tmp_path / "store") as db:
        assert db.all() == [{"a": 1}]
        assert isinstance(db, TinyDB)
