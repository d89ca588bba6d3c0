"""Snapshots, segments, saved projections and command ids, backups: all the same as the journal tells."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import orjson
import pytest
from tinydb import TinyDB, where

from floodready.language import use_language
from floodready.refusal import Refused, StoreProblem
from floodready.store.backup import back_up, read_backup, restore
from floodready.store.contract import HEAD, Transaction
from floodready.store.current import read_current, write_current
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from floodready.store.line import Facts
from floodready.store.segments import without_room
from floodready.store.tinydb_storage import JournalDB
from floodready.store.upgrade import STEPS, upgrade
from floodready.store.verify import Report, verify
from tests.store.papers import CLOCK, Paper, SheetCount, Shelf, Titles, by, ids

SMALL = Limits(segment_bytes=1000, lines_between_snapshots=5)


def write(store: JournalStore, *names: str, sheets: int = 1) -> None:
    for name in names:
        document = paper(name, sheets)
        store.run(by(command_id=name), "test.write", partial(put, document), Paper)


def write_again(store: JournalStore, names: str) -> None:
    for name in names:
        store.run(by(), "test.write", partial(put, paper(name, store.seq + 2)), Paper)


def put(document: Paper, tx: Transaction) -> Paper:
    return tx.put(document)


def paper(name: str, sheets: int = 1) -> Paper:
    return Paper(id=name, name=f"paper {name}", sheets=sheets)


def test_plain_tinydb_opens_the_snapshot(store: JournalStore) -> None:
    write(store, "a", "b")
    JournalDB(store).table("numbered").insert_multiple([{"x": 1}, {"x": 2}])
    JournalDB(store).table("numbered").remove(where("x") == 1)
    store.keep_up()
    with TinyDB(store.folder / "store.json") as plain:
        assert plain.tables() == {"papers", "numbered", "_snapshot"}
        (found,) = plain.table("papers").search(where("id") == "b")
        assert found["name"] == "paper b"
        assert [document.doc_id for document in plain.table("numbered")] == [2]


def test_opening_from_a_snapshot_is_the_same_as_from_the_journal(store: JournalStore) -> None:
    write(store, "c", "a", "b")
    store.keep_up()
    with store.transaction(by(), "test.more") as tx:
        tx.remove(paper("a"))
        tx.put(Paper(id="d", name="d", shelf=Shelf.BACK))
        tx.put(paper("c", 9))
    with JournalStore.open(store.folder, clock=CLOCK) as from_snapshot:
        assert from_snapshot.seq == store.seq
        assert list(from_snapshot.all(Paper)) == list(store.all(Paper))
        assert [paper.id for paper in from_snapshot.find(Paper, shelf=Shelf.BACK)] == ["d"]
        assert from_snapshot.count(Paper) == 3
    (store.folder / "store.json").unlink()
    with JournalStore.open(store.folder, clock=CLOCK) as from_journal:
        assert list(from_journal.all(Paper)) == list(store.all(Paper))


def test_what_changed_after_the_snapshot_is_found_though_the_table_is_first_asked_by_an_index(
    store: JournalStore,
) -> None:
    write(store, "a", "b")
    store.keep_up()
    with store.transaction(by(), "test.more") as tx:
        tx.put(Paper(id="a", name="a", shelf=Shelf.BACK))
        tx.remove(paper("b"))
    with JournalStore.open(store.folder, clock=CLOCK) as from_snapshot:
        assert [paper.id for paper in from_snapshot.find(Paper, shelf=Shelf.BACK)] == ["a"]


def test_a_spoiled_snapshot_is_passed_over_and_named_by_verify(store: JournalStore) -> None:
    write(store, "a", "b")
    store.keep_up()
    path = store.folder / "store.json"
    path.write_bytes(path.read_bytes().replace(b"paper a", b"paper x"))
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        assert again.get(Paper, "a") == paper("a")
    assert "store.json" in str(verify(store.folder).problems[0])
    path.write_bytes(b"{}")
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        assert ids(again) == ["a", "b"]


def test_segments_are_closed_compressed_and_read_all_the_same(tmp_path: Path) -> None:
    with (
        JournalStore.create(tmp_path / "store", clock=CLOCK, limits=SMALL) as store,
        JournalStore.open(tmp_path / "store", clock=CLOCK, limits=SMALL) as reader,
    ):
        for number in range(12):
            write(store, f"p{number}")
            assert [entry.seq for entry in reader.refresh()] == [number + 1]
        assert len(list((tmp_path / "store" / "gen-0001").glob("*.jsonl.gz"))) >= 3
        assert [entry.seq for entry in reader.entries(after=2, until=9)] == list(range(3, 10))
        assert [entry.seq for entry in reader.entries_backwards(before=4)] == [3, 2, 1]
        assert [entry.seq for entry in reader.history("papers", "p1")] == [2]
    with JournalStore.open(tmp_path / "store", clock=CLOCK, limits=SMALL) as again:
        assert len(ids(again)) == 12
        write(again, "p3")
        assert again.count(Paper) == 12
    assert verify(tmp_path / "store").whole


def test_room_is_set_aside_behind_the_lines_of_every_segment(tmp_path: Path) -> None:
    limits = Limits(segment_bytes=2000, room_bytes=600)
    with JournalStore.create(tmp_path / "roomy", clock=CLOCK, limits=limits) as store:
        for number in range(20):
            write(store, f"p{number}")
            assert store.journal.path.stat().st_size > store.journal.position.offset, store.journal.path.name
        assert store.journal.position.segment != "000000000001.jsonl"


def test_a_reader_that_slept_through_many_segments_wakes_up(tmp_path: Path) -> None:
    with (
        JournalStore.create(tmp_path / "store", clock=CLOCK, limits=SMALL) as store,
        JournalStore.open(tmp_path / "store", clock=CLOCK, limits=SMALL) as reader,
    ):
        write(store, *(f"p{number}" for number in range(20)))
        reader.refresh()
        assert ids(reader) == ids(store)


def test_command_ids_are_known_over_all_history(tmp_path: Path) -> None:
    with JournalStore.create(tmp_path / "store", clock=CLOCK, limits=SMALL) as store:
        write(store, *(f"p{number}" for number in range(12)))
    for spoil in (False, True):
        if spoil:
            (tmp_path / "store" / "projections" / "command-ids.bin").write_bytes(b"{}\n123")
        with JournalStore.open(tmp_path / "store", clock=CLOCK, limits=SMALL) as again:
            for number in (0, 5, 11):
                held = again.run(by(command_id=f"p{number}"), "test.write", lambda tx: tx.put(paper("never")), Paper)
                assert held == paper(f"p{number}")
            assert again.seq == 12


def test_saved_projections_are_taken_up_and_proved(store: JournalStore) -> None:
    write(store, "a", sheets=3)
    store.projection(SheetCount)
    store.keep_up()
    write(store, "b", sheets=4)
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        assert again.projection(SheetCount).sheets == {"front": 7}
    assert verify(store.folder).whole
    path = store.folder / "projections" / "sheet-count.json"
    saved = orjson.loads(path.read_bytes())
    path.write_bytes(orjson.dumps(saved | {"state": {"front": 99}}))
    assert "sheet-count.json" in str(verify(store.folder).problems[0])
    path.write_bytes(orjson.dumps(saved | {"version": 0, "state": {"front": 99}}))
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        assert again.projection(SheetCount).sheets == {"front": 7}


def test_long_texts_of_a_saved_projection_are_read_when_asked_for(store: JournalStore) -> None:
    write_again(store, "aba")
    told = store.projection(Titles).dump()
    store.keep_up()
    path = store.folder / "projections" / "titles.json"
    assert path.stat().st_size > len(orjson.dumps(told))
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        found = again.projection(Titles)
        assert [one.head for texts in found.texts.values() for one in texts if not isinstance(one, str)] == [
            text[:HEAD] for texts in told.values() for text in texts
        ]
        write_again(store, "c")
        store.keep_up()  # the file is another one now
        assert found.dump() == told
        again.refresh()
        assert again.projection(Titles).dump() == store.projection(Titles).dump() != told
    assert verify(store.folder).whole


@pytest.mark.parametrize("place", [-1, 20])
def test_a_saved_text_that_is_spoiled_is_made_from_the_journal(store: JournalStore, place: int) -> None:
    write_again(store, "aba")
    told = store.projection(Titles).dump()
    store.keep_up()
    write_again(store, "a")
    path = store.folder / "projections" / "titles.json"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        found = again.projection(Titles).dump()
        assert found == store.projection(Titles).dump()
        assert {id: texts[: len(told[id])] for id, texts in found.items()} == told
    assert "titles.json" in str(verify(store.folder).problems[0])


def test_a_projection_that_is_being_read_stands_still_while_another_thread_writes(store: JournalStore) -> None:
    write(store, "a", sheets=3)
    reading = store.projection(SheetCount)
    writer = threading.Thread(target=write, args=(store, "b"))
    writer.start()
    writer.join()
    assert reading.sheets == {"front": 3}
    assert store.projection(SheetCount).sheets == {"front": 4}


def test_threads_write_and_read_one_store(store: JournalStore) -> None:
    def work(name: str) -> None:
        for number in range(25):
            write(store, f"{name}{number}")
            assert store.projection(SheetCount).sheets["front"] >= number
            store.refresh()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count(Paper) == store.seq == 100
    assert verify(store.folder).whole


def test_a_backup_proves_itself_and_is_put_in_the_store_s_place(store: JournalStore, other: JournalStore) -> None:
    write(store, "a", "b")
    kept = back_up(store)
    assert (kept.transactions, kept.path.parent.name) == (2, "backups")
    write(store, "c")
    other.refresh()
    restore(store.folder, kept.path, by("wang", reason="c was wrong"), clock=CLOCK)
    other.refresh()
    store.refresh()
    assert ids(store) == ids(other) == ["a", "b"]
    last = next(store.entries_backwards())
    assert (last.seq, last.command, last.person, last.reason) == (3, "store.restore", "wang", "c was wrong")
    write(store, "d")
    other.refresh()
    assert ids(other) == ["a", "b", "d"]
    assert (store.folder / "gen-0001").exists()
    assert verify(store.folder).whole


def test_a_backup_makes_a_store_where_there_is_none(store: JournalStore, tmp_path: Path) -> None:
    write(store, "a")
    kept = back_up(store, tmp_path / "kept.backup")
    restore(tmp_path / "new", kept.path, by(), clock=CLOCK)
    with JournalStore.open(tmp_path / "new", clock=CLOCK) as new:
        assert ids(new) == ["a"]
        assert new.current.store == store.current.store
    with pytest.raises(Refused, match="there already"):
        back_up(store, tmp_path / "kept.backup")


def test_a_spoiled_backup_changes_nothing(store: JournalStore, tmp_path: Path) -> None:
    write(store, "a", "b")
    kept = back_up(store, tmp_path / "kept.backup").path
    whole = kept.read_bytes()
    for spoiled in (whole[:-9], whole[:60] + bytes([whole[60] ^ 1]) + whole[61:], b"", b"nonsense"):
        kept.write_bytes(spoiled)
        with pytest.raises(StoreProblem, match="not a whole backup"):
            read_backup(kept)
        with pytest.raises(StoreProblem, match="not a whole backup"):
            restore(store.folder, kept, by(), clock=CLOCK)
    store.refresh()
    assert ids(store) == ["a", "b"]


def test_an_older_format_is_rewritten_after_a_backup(store: JournalStore) -> None:
    def named(facts: Facts) -> Facts:
        return facts | {"person": facts["person"].upper()}

    write(store, "a", "b")
    current = read_current(RealDisk(), store.folder)
    older = type(current)(format=0, generation=current.generation, store=current.store, zone=current.zone)
    write_current(RealDisk(), store.folder, older)
    with pytest.raises(StoreProblem, match="older format"):
        upgrade(store.folder, clock=CLOCK)
    kept = upgrade(store.folder, clock=CLOCK, steps={0: named, **STEPS})
    assert kept is not None
    assert read_backup(kept).format == 0
    store.refresh()
    assert [entry.person for entry in store.entries()] == ["LI", "LI"]
    assert verify(store.folder).whole
    assert upgrade(store.folder, clock=CLOCK) is None


def test_a_store_of_the_first_format_is_brought_up_and_keeps_everything(store: JournalStore) -> None:
    write(store, "a", "b")
    path = store.folder / "gen-0001" / "000000000001.jsonl"
    path.write_bytes(without_room(path.read_bytes()))
    write_current(RealDisk(), store.folder, replace(read_current(RealDisk(), store.folder), format=1))
    kept = upgrade(store.folder, clock=CLOCK)
    assert kept is not None
    assert read_backup(kept).format == 1
    store.refresh()
    write(store, "c")
    assert ids(store) == ["a", "b", "c"]
    restore(store.folder, kept, by(), clock=CLOCK)
    store.refresh()
    assert ids(store) == ["a", "b"]
    assert verify(store.folder).whole


def test_verify_tells_what_is_there(store: JournalStore) -> None:
    write(store, "a", "b")
    report = verify(store.folder)
    assert (report.transactions, report.documents, report.whole) == (2, 2, True)
    assert str(report.sentence).startswith("The store is whole: 2 transactions, 2 documents")


def test_a_document_s_past_is_not_shared_with_the_present(store: JournalStore) -> None:
    def twice(tx: Transaction) -> int:
        tx.put(paper("a", 1))
        return tx.put(paper("a", 2)).sheets

    assert store.run(by(), "test.twice", twice, int) == 2
    (entry,) = store.entries()
    assert [(change.before, change.after and change.after["sheets"]) for change in entry.changes] == [(None, 2)]


def test_what_was_proved_is_counted_in_words_that_fit_the_number() -> None:
    assert str(Report(transactions=1, documents=1).sentence).startswith(
        "The store is whole: 1 transaction, 1 document,"
    )
    use_language("zh_CN")
    assert str(Report(transactions=1, documents=2).sentence).startswith("数据库完好：1 条记录，2 份文档，")
