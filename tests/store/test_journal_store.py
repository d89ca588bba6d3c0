from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from tinydb import TinyDB

from floodready.clock import FixedClock
from floodready.document import Document, Name, Natural, record
from floodready.refusal import Invalid, Refused, StoreProblem, Superseded
from floodready.store.contract import Act, Change, Entry, Projection, Transaction
from floodready.store.journal_store import JournalStore
from floodready.store.undo import restore_before_images

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
ACT = Act(person="li", terminal="T1", reason="test")


@record
class Bag(Document):
    table = "bags"
    indexes = ("place",)

    place: Name
    pieces: Natural = 0


class Pieces(Projection):
    name = "pieces"
    tables: ClassVar[frozenset[str]] = frozenset({"bags"})

    def __init__(self) -> None:
        self.total = 0

    def apply(self, entry: Entry, change: Change) -> None:
        self.total += (change.after or {}).get("pieces", 0) - (change.before or {}).get("pieces", 0)

    def dump(self) -> Any:
        return self.total

    @classmethod
    def load(cls, dumped: Any) -> Pieces:
        made = cls()
        made.total = dumped
        return made


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[JournalStore]:
    with JournalStore.create(tmp_path / "store", clock=clock) as made:
        yield made


Opened = Callable[[Path], JournalStore]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Open a store as another program would; all are left at the end."""
    with ExitStack() as all_stores:
        yield lambda folder: all_stores.enter_context(JournalStore.open(folder))


def put(store: JournalStore, id: str, pieces: int, place: str = "East") -> Bag:
    with store.transaction(Act(person="li", terminal="T1"), "bags.put") as tx:
        return tx.put(Bag(id=id, place=place, pieces=pieces))


def test_what_was_accepted_is_there_when_the_store_is_opened_again(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 5)
    put(store, "B1", 7)
    again = opened(store.folder)
    assert again.get(Bag, "B1") == Bag(id="B1", place="East", pieces=7)
    assert (again.seq, again.hash) == (store.seq, store.hash)


def test_another_terminal_sees_the_new_state_when_it_refreshes(opened: Opened, store: JournalStore) -> None:
    other = opened(store.folder)
    put(store, "B1", 5)
    assert other.get(Bag, "B1") is None
    (entry,) = other.refresh()
    assert (entry.person, entry.command, entry.changes[0].id) == ("li", "bags.put", "B1")
    assert other.get(Bag, "B1") is not None
    assert other.refresh() == ()


def test_an_error_inside_a_transaction_leaves_nothing(opened: Opened, store: JournalStore) -> None:
    refused = pytest.raises(Invalid)
    with refused, store.transaction(ACT, "bags.put") as tx:
        tx.put(Bag(id="B1", place="East"))
        tx.put(Bag(id="B2", place="East", pieces=-1))
    assert (store.seq, store.get(Bag, "B1")) == (0, None)
    put(store, "B2", 1)
    assert opened(store.folder).seq == 1


def test_a_transaction_sees_its_own_writes(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 1)
    with store.transaction(ACT, "bags.put") as tx:
        tx.put(Bag(id="B2", place="East", pieces=2))
        tx.put(Bag(id="B1", place="West", pieces=1))
        assert {bag.id for bag in tx.find(Bag, place="East")} == {"B2"}
        assert (tx.count(Bag), store.count(Bag)) == (2, 1)
    assert {bag.id for bag in store.find(Bag, place="West")} == {"B1"}


def test_the_same_command_id_gives_the_first_answer_again(opened: Opened, store: JournalStore) -> None:
    act = Act(person="li", terminal="T1", command_id="once")

    def body(tx: Transaction) -> Bag:
        return tx.put(Bag(id=tx.new_id("B"), place="East", pieces=3))

    first = store.run(act, "bags.put", body, Bag)
    again = opened(store.folder).run(act, "bags.put", body, Bag)
    assert again == first
    assert store.refresh() == ()
    assert store.count(Bag) == 1


def test_a_stale_edit_is_refused_with_who_changed_what(opened: Opened, store: JournalStore) -> None:
    seen = put(store, "B1", 5)
    with store.transaction(Act(person="wang", terminal="T2"), "bags.put") as tx:
        tx.change(seen, pieces=6)
    told = pytest.raises(Superseded, match=r"B1 was changed meanwhile by wang \(pieces\)")
    with told, store.transaction(ACT, "bags.put") as tx:
        tx.change(seen, place="West")


def test_a_taken_id_is_refused(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 5)
    with pytest.raises(Refused, match="B1 is taken already"), store.transaction(ACT, "bags.add") as tx:
        tx.add(Bag(id="B1", place="East"))


def test_the_snapshot_is_plain_tinydb_json_and_opening_from_it_is_the_same(opened: Opened, store: JournalStore) -> None:
    for place in range(5):
        put(store, f'B"{place}\\', place)
    assert store.projection(Pieces).total == 10
    store.save_snapshot()
    put(store, "later", 1)
    with TinyDB(store.folder / "store.json") as plain:
        assert plain.tables() >= {"bags"}
    assert len(json.loads((store.folder / "store.json").read_text())["bags"]) == 5
    again = opened(store.folder)
    assert list(again.all(Bag)) == list(store.all(Bag))
    assert again.projection(Pieces).total == 11


def test_the_past_is_as_it_was_known_then(opened: Opened, store: JournalStore, clock: FixedClock) -> None:
    put(store, "B1", 5)
    clock.instant += timedelta(hours=1)
    put(store, "B1", 7)
    then = store.past(NOON + timedelta(minutes=59))
    found = then.get(Bag, "B1")
    assert found is not None
    assert (found.pieces, then.projection(Pieces).total, then.seq) == (5, 5, 1)


def test_a_clock_set_back_never_turns_the_journal_back(opened: Opened, store: JournalStore, clock: FixedClock) -> None:
    put(store, "B1", 5)
    clock.instant -= timedelta(days=1)
    put(store, "B2", 5)
    assert [entry.at for entry in store.entries()] == [NOON, NOON]


def test_history_undo_and_entries_backwards(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 5)
    put(store, "B2", 5)
    put(store, "B1", 6)
    assert [entry.seq for entry in store.history("bags", "B1")] == [1, 3]
    assert [entry.seq for entry in store.entries_backwards()] == [3, 2, 1]
    with store.transaction(ACT, "undo bags.put") as tx:
        restore_before_images(tx, next(store.entries(after=2)))
    found = store.get(Bag, "B1")
    assert found is not None
    assert found.pieces == 5


def test_undo_is_refused_where_the_document_has_moved_on(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 5)
    put(store, "B1", 6)
    with pytest.raises(Superseded, match="changed again since by li"), store.transaction(ACT, "undo") as tx:
        restore_before_images(tx, next(store.entries()))


def test_a_torn_last_line_is_set_aside_and_told(opened: Opened, store: JournalStore) -> None:
    put(store, "B1", 5)
    segment = next((store.folder / "gen-0001").glob("*.jsonl"))
    whole = segment.read_bytes()
    put(store, "B1", 6)
    torn = segment.read_bytes()[len(whole) : -10]
    segment.write_bytes(whole + torn)
    again = opened(store.folder)
    found = again.get(Bag, "B1")
    assert found is not None
    assert found.pieces == 5
    put(again, "B2", 1)
    assert again.torn is not None
    assert [path.read_bytes() for path in (store.folder / "gen-0001").glob("torn-*")] == [torn]
    assert opened(store.folder).seq == 2


def test_damage_in_the_middle_stops_writing_and_names_the_line(opened: Opened, store: JournalStore) -> None:
    for place in range(4):
        put(store, f"B{place}", 5)
    segment = next((store.folder / "gen-0001").glob("*.jsonl"))
    lines = segment.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b'"pieces":5', b'"pieces":6')
    segment.write_bytes(b"\n".join(lines))
    again = opened(store.folder)
    assert again.count(Bag) == 1
    with pytest.raises(StoreProblem, match=r"Line 2 of 000000000001.jsonl .* floodready verify"):
        put(again, "B9", 1)
    assert segment.read_bytes() == b"\n".join(lines)


def test_a_store_deleted_under_a_running_program_is_told(opened: Opened, store: JournalStore) -> None:
    import shutil

    put(store, "B1", 5)
    shutil.rmtree(store.folder)
    with pytest.raises(StoreProblem, match="deleted or moved"):
        store.refresh()


def test_a_newer_format_is_refused(opened: Opened, store: JournalStore) -> None:
    current = store.folder / "CURRENT"
    current.write_text(current.read_text().replace('"format":1', '"format":99'))
    with pytest.raises(StoreProblem, match="newer floodready"):
        opened(store.folder)


def test_large_journals_are_cut_into_compressed_segments(
    opened: Opened, store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("floodready.store.journal.SEGMENT_LIMIT", 1000)
    reader = opened(store.folder)
    for place in range(12):
        put(store, f"B{place}", place)
    assert len(reader.refresh()) == 12
    late = opened(store.folder)
    store.save_snapshot()
    put(store, "last", 1)
    names = sorted(path.name for path in (store.folder / "gen-0001").iterdir())
    assert [name for name in names if name.endswith(".jsonl")] == ["000000000010.jsonl", "000000000013.jsonl"]
    assert any(name.endswith(".gz") for name in names)
    assert len(late.refresh()) == len(reader.refresh()) == 1
    fresh = opened(store.folder)
    assert [entry.seq for entry in fresh.entries()] == list(range(1, 14))
    (store.folder / "store.json").unlink()
    assert list(opened(store.folder).all(Bag)) == list(store.all(Bag))
