"""What goes wrong outside, and the one defined answer to each."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from floodready.clock import FixedClock
from floodready.refusal import Refused, StoreProblem
from floodready.store import network_share
from floodready.store.backup import back_up
from floodready.store.current import FORMAT, read_current, write_current
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from floodready.store.lock import PortableLock
from floodready.store.segments import without_room
from floodready.store.verify import verify
from tests.store.failing_disk import FOLDER, fails, simulated
from tests.store.papers import CLOCK, Paper, by, first_segment, ids, write


def test_after_a_failed_sync_the_store_is_read_again_from_what_the_disk_holds() -> None:
    disk, store = simulated("a")
    disk.fault = fails("sync", errno.EIO)
    with pytest.raises(StoreProblem, match="Nothing was accepted"):
        write(store, "b")
    # The disk lost the line, and the cache that showed it is dropped: the command is done, not answered from memory.
    write(store, "b")
    assert ids(store) == ["a", "b"]
    assert store.seq == 2
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as again:
        assert ids(again) == ["a", "b"]
    assert verify(FOLDER, disk=disk).whole


def test_after_a_failed_sync_reading_shows_only_what_the_disk_holds() -> None:
    disk, store = simulated("a")
    disk.fault = fails("sync", errno.EIO)
    with pytest.raises(StoreProblem):
        write(store, "b")
    store.refresh()
    assert ids(store) == ["a"]


def test_another_thread_s_line_is_not_confirmed_on_a_file_whose_sync_failed() -> None:
    disk, store = simulated("a")
    disk.fault = fails("sync", errno.EIO)
    with pytest.raises(StoreProblem), store.transaction(by(), "test.write") as tx:
        tx.put(Paper(id="b", name="b"))
    with pytest.raises(StoreProblem):
        store.journal.sync_now(store.journal.end, store.seq)


def test_a_read_only_folder_is_read_and_writing_is_refused_with_a_sentence() -> None:
    disk, store = simulated("a")
    store.close()
    disk.fault = fails("open", errno.EROFS, times=99)
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as store:
        assert ids(store) == ["a"]
        assert store.refresh() == ()
        with pytest.raises(StoreProblem, match="read-only"):
            write(store, "b")
        assert ids(store) == ["a"]


@pytest.mark.parametrize("wrote_before", [True, False])
def test_a_folder_that_was_moved_away_is_told_as_that_by_whoever_writes(
    store: JournalStore, *, wrote_before: bool
) -> None:
    if wrote_before:
        write(store, "a")
    away = store.folder.with_name("away")
    store.folder.rename(away)
    with pytest.raises(StoreProblem, match=r"is gone: somebody moved or deleted it\..*Put the folder back"):
        write(store, "b")
    away.rename(store.folder)
    write(store, "c")
    assert ids(store)[-1] == "c"


def test_a_backup_in_a_folder_that_is_read_only_names_the_file_and_another_way() -> None:
    disk, store = simulated("a")
    disk.fault = fails("mkdir", errno.EROFS, name="backups")
    with pytest.raises(StoreProblem, match=r"/srv/store/backups/.*\.backup cannot be written.*floodready backup FILE"):
        back_up(store)


def test_an_entry_on_disk_is_confirmed_though_the_sync_of_upkeep_fails() -> None:
    disk, store = simulated(limits=Limits(lines_between_snapshots=1))
    write(store, "a")
    synced = [0]

    def second(what: str, path: Path) -> int | None:
        if what == "sync" and path.suffix == ".jsonl":
            synced[0] += 1
            if synced[0] > 1:
                raise OSError(errno.EIO, "Input/output error")
        return None

    disk.fault = second
    write(store, "b")
    assert synced[0] > 1
    disk.fault = None
    write(store, "c")
    assert ids(store) == ["a", "b", "c"]


def test_a_torn_last_line_is_put_aside_and_told(tmp_path: Path) -> None:
    with JournalStore.create(tmp_path / "store", clock=CLOCK) as store:
        write(store, "a")
        write(store, "b")
    path = first_segment(tmp_path / "store")
    text = without_room(path.read_bytes())
    path.write_bytes(text[:-20])
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        assert ids(store) == ["a"]
        assert store.notices == []
        assert verify(store.folder).whole
        assert len(verify(store.folder).notes) == 1
        write(store, "c")
        assert ids(store) == ["a", "c"]
        assert "put aside" in str(store.notices[0])
        second = text.splitlines(keepends=True)[1]
        assert (store.folder / "torn-2.bin").read_bytes() == second[:-20]


def test_a_reader_passes_over_a_line_that_is_just_being_written(store: JournalStore, other: JournalStore) -> None:
    write(store, "a")
    path = first_segment(store.folder)
    whole = without_room(path.read_bytes())
    write(store, "b")
    line = without_room(path.read_bytes())[len(whole) :]
    path.write_bytes(whole + line[:100])
    assert [entry.seq for entry in other.refresh()] == [1]
    path.write_bytes(whole + line)
    assert [entry.seq for entry in other.refresh()] == [2]


def test_a_line_that_another_program_lost_in_a_failed_sync_is_forgotten(
    store: JournalStore, other: JournalStore
) -> None:
    write(store, "a")
    path = first_segment(store.folder)
    before = path.read_bytes()
    write(store, "lost")
    other.refresh()
    assert ids(other) == ["a", "lost"]
    path.write_bytes(before)
    other.refresh()
    assert ids(other) == ["a"]
    with JournalStore.open(store.folder, clock=CLOCK) as third:
        write(third, "b")
    store.refresh()
    assert ids(store) == ["a", "b"]


def test_damage_behind_a_hole_stops_writing(tmp_path: Path) -> None:
    with JournalStore.create(tmp_path / "store", clock=CLOCK) as store:
        for name in "abcd":
            write(store, name)
    path = first_segment(tmp_path / "store")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"\0" * len(lines[1]) + b"".join(lines[2:]))
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        assert ids(store) == ["a"]
        assert "line 2" in str(store.damage)
        with pytest.raises(StoreProblem, match="line 2"):
            write(store, "e")
    assert not verify(tmp_path / "store").whole


def damage(path: Path, line: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(b"li", b"lu", 1)
    path.write_bytes(b"".join(lines))


def test_damage_in_the_middle_stops_writing_names_the_line_and_is_read_up_to(tmp_path: Path) -> None:
    with JournalStore.create(tmp_path / "store", clock=CLOCK) as store:
        for name in "abcd":
            write(store, name)
    path = first_segment(tmp_path / "store")
    damage(path, 2)
    before = path.read_bytes()
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        assert ids(store) == ["a"]
        assert "line 2" in str(store.damage)
        with pytest.raises(StoreProblem, match=r"000000000001\.jsonl, line 2,.*floodready verify.*floodready restore"):
            write(store, "e")
        assert ids(store) == ["a"]
    assert path.read_bytes() == before
    report = verify(tmp_path / "store")
    assert not report.whole
    assert "line 2" in str(report.problems[0])


def test_damage_before_the_lines_of_programs_of_one_line_each_is_no_torn_end(tmp_path: Path) -> None:
    JournalStore.create(tmp_path / "store", clock=CLOCK).close()
    for name in ("a", "b", "c", "d", "e"):  # as the command line does: open, write one line, leave
        with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
            write(store, name)
    (path,) = (tmp_path / "store").glob("gen-*/*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"b"', b'"B"'))
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store, pytest.raises(StoreProblem, match="line 2"):
        write(store, "f")
    assert not list((tmp_path / "store").glob("torn-*")), "c and d were confirmed: nobody puts them aside"


def test_damage_in_a_closed_segment_stops_writing_too(tmp_path: Path) -> None:
    small = Limits(segment_bytes=500)
    with JournalStore.create(tmp_path / "store", clock=CLOCK, limits=small) as store:
        for name in "abcdef":
            write(store, name)
    damage(first_segment(tmp_path / "store"), 1)
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        assert ids(store) == []
        with pytest.raises(StoreProblem, match=r"000000000001\.jsonl, line 1,"):
            write(store, "g")
    assert not verify(tmp_path / "store").whole


def test_damage_behind_the_snapshot_in_a_segment_closed_since_is_named_by_its_line(tmp_path: Path) -> None:
    small = Limits(segment_bytes=1500)
    with JournalStore.create(tmp_path / "store", clock=CLOCK, limits=small) as store:
        for name in "ab":
            write(store, name)
        store.keep_up()
        for name in "cdefgh":
            write(store, name)
    closed = first_segment(tmp_path / "store")
    damage(closed, 4)
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        assert ids(store) == ["a", "b", "c"]
        with pytest.raises(StoreProblem, match=r"000000000001\.jsonl, line 4,"):
            write(store, "i")


def test_a_compressed_segment_that_is_damaged_is_named(tmp_path: Path) -> None:
    small = Limits(segment_bytes=500)
    with JournalStore.create(tmp_path / "store", clock=CLOCK, limits=small) as store:
        for name in "abcdef":
            write(store, name)
        store.keep_up()
    packed = first_segment(tmp_path / "store").with_suffix(".jsonl.gz")
    packed.write_bytes(packed.read_bytes()[:-30])
    assert "000000000001.jsonl.gz" in str(verify(tmp_path / "store").problems[0])


def test_a_store_deleted_under_a_running_program_is_told(store: JournalStore) -> None:
    write(store, "a")
    shutil.rmtree(store.folder)
    with pytest.raises(StoreProblem, match="is gone"):
        store.refresh()
    with pytest.raises(StoreProblem, match="is gone"):
        write(store, "b")


def test_another_store_put_in_the_folder_s_place_is_noticed(store: JournalStore) -> None:
    write(store, "a")
    shutil.rmtree(store.folder)
    with JournalStore.create(store.folder, clock=CLOCK) as another:
        write(another, "x")
        write(store, "y")
        assert ids(store) == ["x", "y"]
        another.refresh()
        assert ids(another) == ["x", "y"]


def test_a_clock_set_back_keeps_time_standing_and_what_the_clock_said_is_kept(store: JournalStore) -> None:
    clock = store.clock
    assert isinstance(clock, FixedClock)
    write(store, "a")
    clock.instant -= timedelta(hours=2)
    write(store, "b")
    first, second = map(orjson.loads, without_room(first_segment(store.folder).read_bytes()).splitlines())
    assert second["at"] == first["at"]
    assert second["clock"] == "2026-06-30T22:00:00.000000Z"
    assert "clock" not in first


def test_a_newer_program_s_store_is_refused(store: JournalStore) -> None:
    write(store, "a")
    newer = replace(read_current(RealDisk(), store.folder), format=FORMAT + 1)
    write_current(RealDisk(), store.folder, newer)
    with pytest.raises(StoreProblem, match="newer floodready"):
        JournalStore.open(store.folder)
    with pytest.raises(StoreProblem, match="newer floodready"):
        write(store, "b")


def test_an_older_program_s_store_asks_for_the_upgrade(store: JournalStore) -> None:
    older = replace(read_current(RealDisk(), store.folder), format=FORMAT - 1)
    write_current(RealDisk(), store.folder, older)
    with pytest.raises(StoreProblem, match="floodready upgrade"):
        JournalStore.open(store.folder)


def test_a_folder_without_a_store_or_with_a_spoiled_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="There is no store"):
        JournalStore.open(tmp_path / "none")
    (tmp_path / "CURRENT").write_text("{")
    with pytest.raises(StoreProblem, match="floodready restore"):
        JournalStore.open(tmp_path)
    with pytest.raises(StoreProblem, match="not empty"):
        JournalStore.create(tmp_path)


def test_a_store_is_not_made_where_a_file_stands(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreProblem, match=r"cannot be made in .*notes\.txt"):
        JournalStore.create(place)
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_lock_held_too_long_names_who_holds_it(store: JournalStore) -> None:
    lock = PortableLock(store.folder / "lock", 0o600)
    lock.acquire(0)
    store.limits = Limits(patience=0)
    with pytest.raises(StoreProblem, match=str(os.getpid())):
        write(store, "a")
    lock.release()
    write(store, "a")
    lock.close()


@pytest.mark.parametrize(("group", "folder_mode", "file_mode"), [(False, 0o700, 0o600), (True, 0o750, 0o640)])
def test_folder_and_files_are_private(tmp_path: Path, group: bool, folder_mode: int, file_mode: int) -> None:
    with JournalStore.create(tmp_path / "store", clock=CLOCK, group=group) as store:
        write(store, "a")
    with JournalStore.open(tmp_path / "store", clock=CLOCK) as store:
        store.keep_up()
    for path in [tmp_path / "store", *(tmp_path / "store").rglob("*")]:
        if path.name in ("lock", "upkeep"):
            continue
        assert stat.S_IMODE(path.stat().st_mode) == (folder_mode if path.is_dir() else file_mode), path


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    class Mount:
        mountpoint, fstype, opts = str(tmp_path), "nfs4", "rw"

    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [Mount])
    with pytest.raises(StoreProblem, match="network share"):
        JournalStore.create(tmp_path / "store")
    monkeypatch.setattr(Mount, "fstype", "ext4")
    network_share.require_local(tmp_path / "store")


def test_a_failing_upkeep_does_not_fail_the_transaction() -> None:
    disk, store = simulated("a", limits=Limits(lines_between_snapshots=1))
    disk.fault = fails("write", errno.ENOSPC, name="store.json")
    write(store, "b")
    write(store, "c")
    assert ids(store) == ["a", "b", "c"]


def test_a_program_that_holds_another_s_refusal_leaves_the_lock_free(store: JournalStore, other: JournalStore) -> None:
    write(store, "a")
    write(other, "b")
    with pytest.raises(Refused):
        other.run(by(), "test.write", lambda tx: tx.add(Paper(id="a", name="a")), Paper)
    write(store, "c")
    assert ids(store) == ["a", "b", "c"]
