"""A full disk takes an entry whole or not at all, and nothing half-written keeps it full."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from floodready.refusal import StoreProblem
from floodready.store.backup import back_up, restore
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore
from floodready.store.segments import without_room
from floodready.store.verify import verify
from tests.store.failing_disk import FOLDER, fails, simulated
from tests.store.papers import CLOCK, by, first_segment, ids, write
from tests.store.simulated_disk import SimulatedDisk


def test_a_full_disk_takes_nothing_and_nothing_is_left_of_the_line() -> None:
    disk, store = simulated("a")
    before = without_room(disk.files[first_segment(FOLDER)].now)
    disk.fault = fails("write", errno.ENOSPC)
    with pytest.raises(StoreProblem, match="Nothing was accepted"):
        write(store, "b")
    assert without_room(disk.files[first_segment(FOLDER)].now) == before
    write(store, "b")
    assert ids(store) == ["a", "b"]
    assert verify(FOLDER, disk=disk).whole


def test_a_line_that_fits_only_in_part_is_taken_back() -> None:
    disk, store = simulated("a")
    before = without_room(disk.files[first_segment(FOLDER)].now)
    taken = iter([40])

    def nearly_full(what: str, path: Path) -> int | None:
        if what == "write":
            for part in taken:
                return part
            raise OSError(errno.ENOSPC, "No space left on device")
        return None

    disk.fault = nearly_full
    with pytest.raises(StoreProblem, match="no space is left"):
        write(store, "b")
    assert without_room(disk.files[first_segment(FOLDER)].now) == before
    assert ids(store) == ["a"]


def test_a_line_that_is_taken_in_two_parts_is_whole() -> None:
    disk, store = simulated("a")
    parts = iter([40])
    disk.fault = lambda what, path: next(parts, None) if what == "write" else None
    write(store, "b")
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as again:
        assert ids(again) == ["a", "b"]


def test_a_part_that_cannot_even_be_taken_back_is_put_aside_by_the_next_writer() -> None:
    disk, store = simulated("a")
    parts = iter([40])

    def spoiled(what: str, path: Path) -> int | None:
        if what == "truncate" or (what == "write" and (part := next(parts, None)) is None):
            raise OSError(errno.EIO, "Input/output error")
        return part if what == "write" else None

    disk.fault = spoiled
    with pytest.raises(StoreProblem):
        write(store, "b")
    disk.fault = None
    write(store, "c")
    assert ids(store) == ["a", "c"]
    assert len(disk.files[FOLDER / "torn-2.bin"].now) == 40
    assert "put aside" in str(store.notices[0])
    assert verify(FOLDER, disk=disk).whole


@pytest.mark.parametrize("sets_aside", [True, False])
def test_room_that_the_disk_has_not_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sets_aside: bool
) -> None:
    handle = RealDisk().open(tmp_path / "file", write=True, create=True)
    handle.write(0, b"line")
    written = os.pwrite
    room = [600]

    def pwrite(number: int, data: bytes, offset: int) -> int:
        taken = data[: room[0]]
        room[0] -= len(taken)
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        return written(number, taken, offset)

    monkeypatch.setattr(os, "pwrite", pwrite)
    if not sets_aside:
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
    handle.make_room(500)
    assert (tmp_path / "file").read_bytes() == b"line" + bytes(496)
    with pytest.raises(OSError, match="full"):
        handle.make_room(1000)
    assert (tmp_path / "file").read_bytes() == b"line" + bytes(496)


def leave_no_room(disk: SimulatedDisk, name: str) -> None:
    """Let files whose names end so take a part of what is written to them and then no more."""
    taken = iter([40])

    def nearly_full(what: str, path: Path) -> int | None:
        if what == "write" and path.match(name):
            for part in taken:
                return part
            raise OSError(errno.ENOSPC, "No space left on device")
        return None

    disk.fault = nearly_full


def test_a_snapshot_that_does_not_fit_takes_no_room_from_the_next_entries() -> None:
    disk, store = simulated("a")
    leave_no_room(disk, "store.json.tmp")
    with pytest.raises(OSError, match="No space left"):
        store.keep_up()
    assert not disk.exists(FOLDER / "store.json.tmp")


def test_a_backup_that_does_not_fit_takes_no_room_from_the_next_entries() -> None:
    disk, store = simulated("a")
    leave_no_room(disk, "kept.backup.tmp")
    with pytest.raises(StoreProblem, match="no space is left"):
        back_up(store, FOLDER.parent / "kept.backup")
    assert not disk.exists(FOLDER.parent / "kept.backup.tmp")


@pytest.mark.parametrize("name", ["gen-0002/*.jsonl", "CURRENT.tmp"])
def test_a_backup_that_cannot_be_put_back_for_want_of_room_takes_none(name: str) -> None:
    disk, store = simulated("a")
    held = back_up(store, FOLDER.parent / "kept.backup")
    leave_no_room(disk, name)
    with pytest.raises(StoreProblem, match=r"no space is left on the disk\. The store is as it was"):
        restore(FOLDER, held.path, by(), clock=CLOCK, disk=disk)
    assert [path.parent.name for path in disk.files if path.suffix == ".jsonl"] == ["gen-0001"]
    assert not disk.exists(FOLDER / "CURRENT.tmp")
    disk.fault = None
    assert ids(store) == ["a"]
    assert restore(FOLDER, held.path, by(), clock=CLOCK, disk=disk).backup == held


def test_a_new_generation_stays_where_it_may_be_the_one_that_counts() -> None:
    disk, store = simulated("a")
    held = back_up(store, FOLDER.parent / "kept.backup")

    def fault(what: str, path: Path) -> int | None:
        if what == "sync folder" and disk.steps[-2] == ("rename", "CURRENT"):
            raise OSError(errno.EIO, "Input/output error")
        return None

    disk.fault = fault
    with pytest.raises(StoreProblem):
        restore(FOLDER, held.path, by(), clock=CLOCK, disk=disk)
    disk.fault = None
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as again:
        assert again.current.generation == "gen-0002"
        assert ids(again) == ["a"]


def test_a_restored_store_in_which_nothing_more_fits_is_told_as_restored() -> None:
    disk, store = simulated("a")
    held = back_up(store, FOLDER.parent / "kept.backup")
    written = [0]

    def full(what: str, path: Path) -> int | None:
        if what == "write" and path.parent.name == "gen-0002":
            written[0] += 1
            if written[0] > 1:
                raise OSError(errno.ENOSPC, "No space left on device")
        return None

    disk.fault = full
    with pytest.raises(StoreProblem, match=r"kept\.backup is put back and counts now.*no space is left on the disk"):
        restore(FOLDER, held.path, by(), clock=CLOCK, disk=disk)
    disk.fault = None
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as again:
        assert again.current.generation == "gen-0002"
        assert ids(again) == ["a"]
