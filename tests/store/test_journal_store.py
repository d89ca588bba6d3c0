from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from floodready.clock import FixedClock, read_instant
from floodready.refusal import Invalid, Refused, Superseded
from floodready.store.contract import Store, Transaction
from floodready.store.journal_store import JournalStore
from floodready.store.line import entry_of
from floodready.store.projections import fold
from floodready.store.undo import restore_before_images
from floodready.store.view import TablesView
from tests.store.papers import Paper, SheetCount, Shelf, Stamp, by


def write(store: Store, id: str, **fields: object) -> Paper:
    with store.transaction(by(), "test.write") as tx:
        return tx.put(Paper(id=id, **{"name": id, **fields}))  # type: ignore[arg-type] # fields of the document's own types


def paper(store: Store, id: str) -> Paper:
    found = store.get(Paper, id)
    assert found is not None
    return found


def test_what_was_written_is_there_after_opening_again(store: JournalStore, other: JournalStore) -> None:
    write(store, "a", sheets=3, filed_at=datetime(2026, 6, 1, tzinfo=UTC))
    other.refresh()
    assert (
        other.get(Paper, "a")
        == store.get(Paper, "a")
        == Paper(id="a", name="a", sheets=3, filed_at=datetime(2026, 6, 1, tzinfo=UTC))
    )
    with JournalStore.open(store.folder) as again:
        assert [paper.id for paper in again.all(Paper)] == ["a"]
        assert again.seq == 1


def test_documents_come_in_the_order_in_which_they_were_first_written(store: JournalStore) -> None:
    for id in "cab":
        write(store, id)
    write(store, "a", sheets=1)
    assert [paper.id for paper in store.all(Paper)] == ["c", "a", "b"]
    assert store.count(Paper) == 3


def test_find_looks_up_by_index_and_by_field_and_knows_defaults(store: JournalStore) -> None:
    write(store, "a")
    write(store, "b", shelf=Shelf.BACK, sheets=2)
    write(store, "c", sheets=2)
    assert [paper.id for paper in store.find(Paper, shelf=Shelf.FRONT)] == ["a", "c"]
    assert [paper.id for paper in store.find(Paper, sheets=2)] == ["b", "c"]
    assert [paper.id for paper in store.find(Paper, shelf=Shelf.BACK, sheets=0)] == []
    write(store, "a", shelf=Shelf.BACK)
    assert [paper.id for paper in store.find(Paper, shelf=Shelf.FRONT)] == ["c"]
    assert [paper.id for paper in store.find(Paper, shelf=Shelf.BACK)] == ["a", "b"]


def test_a_transaction_sees_its_own_writes_and_others_do_not(store: JournalStore) -> None:
    write(store, "a")
    write(store, "gone")
    with store.transaction(by(), "test.many") as tx:
        tx.put(Paper(id="b", name="b", shelf=Shelf.BACK))
        tx.change(paper(store, "a"), sheets=7)
        tx.remove(paper(store, "gone"))
        assert tx.get(Paper, "gone") is None
        assert [paper.id for paper in tx.all(Paper)] == ["a", "b"]
        assert tx.count(Paper) == 2
        assert [paper.id for paper in tx.find(Paper, sheets=7)] == ["a"]
        assert [paper.id for paper in tx.find(Paper, shelf=Shelf.BACK)] == ["b"]
        assert store.count(Paper) == 2
        assert store.get(Paper, "b") is None
    assert [paper.id for paper in store.all(Paper)] == ["a", "b"]


def test_an_error_inside_leaves_nothing(store: JournalStore) -> None:
    def body(tx: Transaction) -> None:
        tx.put(Paper(id="a", name="a"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.run(by(), "test.fails", body, None)
    assert (store.seq, store.count(Paper)) == (0, 0)


def test_an_invalid_document_is_refused(store: JournalStore) -> None:
    with pytest.raises(Invalid) as refusal:
        write(store, "a", sheets=-1)
    assert "sheets" in refusal.value.problems


def test_a_taken_id_is_refused(store: JournalStore) -> None:
    write(store, "a")
    with pytest.raises(Refused, match="already taken"), store.transaction(by(), "test.add") as tx:
        tx.add(Paper(id="a", name="another"))


def test_a_stale_edit_is_refused_with_who_changed_what(store: JournalStore, other: JournalStore) -> None:
    write(store, "a", sheets=1)
    other.refresh()
    seen = other.get(Paper, "a")
    assert seen is not None
    with store.transaction(by("wang"), "test.edit") as tx:
        tx.change(seen, sheets=2)
    with pytest.raises(Superseded) as refusal, other.transaction(by("zhao"), "test.edit") as tx:
        tx.change(seen, name="other")
    assert str(refusal.value).startswith("wang changed “a” at 2026-07-01 08:00 (test.edit): sheets.")
    with store.transaction(by("wang"), "test.drop") as tx:
        tx.remove(paper(store, "a"))
    with pytest.raises(Superseded, match="wang removed “a”"), other.transaction(by("zhao"), "test.edit") as tx:
        tx.remove(seen)


def test_ids_are_made_from_the_transaction_s_number(store: JournalStore) -> None:
    write(store, "a")
    with store.transaction(by(), "test.ids") as tx:
        assert [tx.new_id("M"), tx.new_id("M"), tx.new_id("L")] == ["M2", "M2-2", "L2"]


def test_time_never_runs_backwards(store: JournalStore, clock: FixedClock) -> None:
    write(store, "a")
    clock.instant -= timedelta(hours=1)
    write(store, "b")
    first, second = store.entries()
    assert second.at == first.at
    with store.transaction(by(), "test.now") as tx:
        assert tx.now == first.at


def test_the_same_command_id_gives_the_first_answer(store: JournalStore, other: JournalStore) -> None:
    def body(tx: Transaction) -> Paper:
        return tx.add(Paper(id=tx.new_id("P"), name="once"))

    first = store.run(by(command_id="x"), "test.once", body, Paper)
    assert other.run(by(command_id="x"), "test.once", body, Paper) == first
    assert other.count(Paper) == 1
    with pytest.raises(Refused, match="command id"):
        other.run(by(command_id="x"), "test.other", body, Paper)
    with pytest.raises(Refused, match="li did this already"):
        other.run(by("wang", command_id="x"), "test.once", body, Paper)
    assert other.count(Paper) == 1


def test_refresh_gives_what_others_wrote(store: JournalStore, other: JournalStore) -> None:
    write(store, "a")
    assert [entry.seq for entry in other.refresh()] == [1]
    assert other.refresh() == ()
    write(store, "b")
    write(other, "c")
    assert [entry.seq for entry in other.refresh()] == [2]


def test_entries_and_history_tell_before_and_after(store: JournalStore) -> None:
    write(store, "a")
    write(store, "b")
    write(store, "a", sheets=5)
    assert [entry.seq for entry in store.entries(after=1)] == [2, 3]
    assert [entry.seq for entry in store.entries(until=2)] == [1, 2]
    assert [entry.seq for entry in store.entries_backwards()] == [3, 2, 1]
    assert [entry.seq for entry in store.entries_backwards(before=3)] == [2, 1]
    history = list(store.history("papers", "a"))
    assert [entry.seq for entry in history] == [1, 3]
    (change,) = history[1].changes
    assert (change.before, change.after) == ({"id": "a", "name": "a"}, {"id": "a", "name": "a", "sheets": 5})


def test_projections_follow_every_change_of_every_process(store: JournalStore, other: JournalStore) -> None:
    write(store, "a", sheets=5)
    assert other.projection(SheetCount).sheets == {}
    other.refresh()
    assert other.projection(SheetCount).sheets == {"front": 5}
    write(store, "a", sheets=2, shelf=Shelf.BACK)
    with store.transaction(by(), "test.stamp") as tx:
        tx.put(Stamp(id="s", text="approved"))
        assert tx.projection(SheetCount).sheets == {"front": 0, "back": 2}
    other.refresh()
    assert other.projection(SheetCount).sheets == store.projection(SheetCount).sheets == {"front": 0, "back": 2}


def test_the_past_is_as_it_was_known_then(store: JournalStore, clock: FixedClock) -> None:
    write(store, "a", sheets=5)
    then = clock.instant
    clock.instant += timedelta(hours=1)
    write(store, "a", sheets=6)
    past = store.past(then)
    assert past.get(Paper, "a") == Paper(id="a", name="a", sheets=5)
    assert past.projection(SheetCount).sheets == {"front": 5}
    assert past.seq == 1
    assert store.past(then - timedelta(days=1)).count(Paper) == 0


def random_transactions(store: JournalStore, clock: FixedClock, chance: Random, count: int) -> None:
    for number in range(count):
        clock.instant += timedelta(minutes=chance.choice((0, 0, 5)))
        with store.transaction(by(), "test.random") as tx:
            for _ in range(chance.randint(1, 3)):
                kind: type[Paper | Stamp] = chance.choice((Paper, Stamp)) if number > count * 0.7 else Paper
                known = tx.get(kind, id := chance.choice("abcdef"))
                if known is not None and chance.random() < 0.3:
                    tx.remove(known)
                elif kind is Paper:
                    tx.put(Paper(id=id, name=id, sheets=chance.randint(0, 9), shelf=chance.choice(list(Shelf))))
                else:
                    tx.put(Stamp(id=id, text=str(chance.randint(0, 9))))


@pytest.mark.parametrize("seed", range(8))
def test_every_past_instant_is_the_fold_of_its_lines_whether_told_from_the_start_or_the_snapshot(
    store: JournalStore, clock: FixedClock, seed: int
) -> None:
    chance = Random(seed)
    random_transactions(store, clock, chance, 25)
    store.projection(SheetCount)
    store.keep_up()
    random_transactions(store, clock, chance, chance.choice((0, 10)))
    folded, count = TablesView(), SheetCount()
    lines = list(store.journal.lines(0, store.seq))
    for facts, following in zip(lines, [*lines[1:], None], strict=True):
        folded._take_change(facts)
        fold(count, [entry_of(facts)])
        if following is not None and following["at"] == facts["at"]:
            continue
        past = store.past(read_instant(facts["at"]))
        assert past.seq == facts["seq"]
        assert list(past.all(Paper)) == list(folded.all(Paper))
        assert list(past.all(Stamp)) == list(folded.all(Stamp))
        holding = {kind.table for kind in (Paper, Stamp) if folded.count(kind)}
        assert holding <= set(past.table_names()) <= set(folded.table_names())
        assert past.projection(SheetCount).sheets == count.sheets
        assert list(past.find(Paper, shelf=Shelf.BACK)) == list(folded.find(Paper, shelf=Shelf.BACK))


def test_undo_puts_back_what_was_unless_somebody_moved_on(store: JournalStore) -> None:
    write(store, "a", sheets=1)
    write(store, "a", sheets=2)
    (created, edited) = store.entries()
    with pytest.raises(Superseded), store.transaction(by(), "undo") as tx:
        restore_before_images(tx, created)
    with store.transaction(by(), "undo") as tx:
        restore_before_images(tx, edited)
        assert tx.get(Paper, "a") == Paper(id="a", name="a", sheets=1)
    assert store.get(Paper, "a") == Paper(id="a", name="a", sheets=1)
