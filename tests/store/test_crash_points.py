"""The machine dies at every single operation on the disk, in every way in which unsynced data can be lost.

After each: what was accepted is all there, what was not is wholly there or wholly absent, `verify` finds nothing, and
the store takes new transactions.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from floodready.refusal import StoreProblem
from floodready.store.attachments import put_attached
from floodready.store.backup import back_up, restore
from floodready.store.current import FORMAT, read_current, write_current
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from floodready.store.transaction import JournalTransaction
from floodready.store.upgrade import upgrade
from floodready.store.verify import verify
from tests.store.papers import CLOCK, Paper, SheetCount, Stamp, by
from tests.store.simulated_disk import Inode, PowerFailure, SimulatedDisk

FOLDER = Path("/srv/store")
TORN = (0.0, 0.02, 0.5, 0.98)
PLAIN = Limits(room_bytes=1000)
SMALL = Limits(segment_bytes=1500, room_bytes=700, lines_between_snapshots=3)


class Ledger:
    """What the outside world knows: which transactions were tried, and which it was told are on disk."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.accepted: list[str] = []

    def write(self, store: JournalStore, name: str) -> None:
        """Write a paper and its stamp in one transaction."""
        self.tried.append(name)
        with store.transaction(by(), "test.write") as tx:
            tx.put(Paper(id=name, name=name, sheets=1))
            tx.put(Stamp(id=name, text="x" * 100))
        self.accepted.append(name)

    def check(self, disk: SimulatedDisk, limits: Limits) -> None:
        if not disk.exists(FOLDER / "CURRENT"):
            assert not self.accepted
            return
        with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=limits) as store:
            self.compare(store)
            assert store.projection(SheetCount).sheets.get("front", 0) == store.count(Paper)
            self.write(store, "after")
            self.compare(store)
        report = verify(FOLDER, disk=disk)
        assert report.problems == []
        self.tried.remove("after")
        self.accepted.remove("after")

    def compare(self, store: JournalStore) -> None:
        papers, stamps = {paper.id for paper in store.all(Paper)}, {stamp.id for stamp in store.all(Stamp)}
        assert papers == stamps
        assert set(self.accepted) <= papers <= set(self.tried)


Act = Callable[[SimulatedDisk, Ledger], None]


def nothing_before(disk: SimulatedDisk, ledger: Ledger) -> None:
    disk.make_folder(FOLDER.parent)
    disk.sync_folder(Path("/"))


def some_papers(disk: SimulatedDisk, ledger: Ledger, limits: Limits = PLAIN) -> None:
    nothing_before(disk, ledger)
    with JournalStore.create(FOLDER, clock=CLOCK, disk=disk, limits=limits) as store:
        for name in ("a", "b"):
            ledger.write(store, name)


def create_and_commit(disk: SimulatedDisk, ledger: Ledger) -> None:
    with JournalStore.create(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        for name in ("a", "b", "c"):
            ledger.write(store, name)


def commit_from_two_programs(disk: SimulatedDisk, ledger: Ledger) -> None:
    with (
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as one,
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as two,
    ):
        for name in ("c", "d", "e"):
            ledger.write(one, name)
            ledger.write(two, f"{name}2")


def commit_while_another_is_not_synced(disk: SimulatedDisk, ledger: Ledger) -> None:
    """One line is written but its sync not yet asked for; another program's line follows and is synced."""
    with (
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as one,
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as two,
    ):
        confirm = one._confirm

        def after_another(tx: JournalTransaction) -> None:
            ledger.write(two, "d")
            confirm(tx)

        one._confirm = after_another  # type: ignore[method-assign] # another writer comes between
        ledger.write(one, "c")


def change_segments_while_another_is_not_synced(disk: SimulatedDisk, ledger: Ledger) -> None:
    """The line that is not synced is the last of its segment, and then the last that a snapshot stands on."""
    with (
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=SMALL) as one,
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=SMALL) as two,
    ):
        confirm = one._confirm

        def after_others(tx: JournalTransaction) -> None:
            if "i" in ledger.tried:
                two.refresh()
                two.keep_up()
            else:
                ledger.write(two, f"{ledger.tried[-1]}2")
            confirm(tx)

        one._confirm = after_others  # type: ignore[method-assign] # another writer comes between
        for name in "cdeijk":
            ledger.write(one, name)


def snapshot(disk: SimulatedDisk, ledger: Ledger) -> None:
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        store.projection(SheetCount)
        ledger.write(store, "c")
        store.keep_up()
        ledger.write(store, "d")
        store.keep_up()


def change_segments(disk: SimulatedDisk, ledger: Ledger) -> None:
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=SMALL) as store:
        store.projection(SheetCount)
        for name in "cdefghi":
            ledger.write(store, name)


def change_segments_under_a_reader(disk: SimulatedDisk, ledger: Ledger) -> None:
    with (
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=SMALL) as store,
        JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=SMALL) as reader,
    ):
        for name in "cdefghi":
            ledger.write(store, name)
            reader.refresh()
            ledger.compare(reader)


def restore_a_backup(disk: SimulatedDisk, ledger: Ledger) -> None:
    """What was accepted after the backup may be there or not, as the swap came or not; what the backup holds must."""
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        kept = back_up(store)
        ledger.tried.append("later")
        with store.transaction(by(), "test.write") as tx:
            tx.put(Paper(id="later", name="later", sheets=1))
            tx.put(Stamp(id="later", text="later"))
    restore(FOLDER, kept.path, by(), clock=CLOCK, disk=disk)
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        ledger.write(store, "c")


def papers_with_a_photo(disk: SimulatedDisk, ledger: Ledger) -> None:
    some_papers(disk, ledger)
    photo(disk, ledger, "photo")


def photo(disk: SimulatedDisk, ledger: Ledger, name: str) -> None:
    """Attach a file as a command does: first the file, then the document that names it."""
    digest = sha256(name.encode()).hexdigest()
    put_attached(disk, FOLDER, digest, name.encode())
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as store:
        ledger.tried.append(name)
        with store.transaction(by(), "test.attach") as tx:
            tx.put(Paper(id=name, name=name, sheets=1))
            tx.put(Stamp(id=name, text=name))
            tx.write_raw("photos", name, {"id": name, "sha256": digest})
        ledger.accepted.append(name)


def attach_photos(disk: SimulatedDisk, ledger: Ledger) -> None:
    photo(disk, ledger, "one")
    photo(disk, ledger, "two")


def restore_with_photos_over_a_spoiled_store(disk: SimulatedDisk, ledger: Ledger) -> None:
    """Until the swap nothing can be opened, as before; after it everything that the backup holds is there."""
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as store:
        kept = back_up(store, FOLDER.parent / "kept.backup")
    for path in [path for path in disk.files if path.parent.name == "attachments" or path.name == "CURRENT"]:
        disk.files[path] = disk.files_on_disk[path] = Inode(b"spoiled", b"spoiled")
    restore(FOLDER, kept.path, by(), clock=CLOCK, disk=disk)
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk) as store:
        ledger.write(store, "c")


def upgrade_from_an_older_format(disk: SimulatedDisk, ledger: Ledger) -> None:
    upgrade(FOLDER, clock=CLOCK, disk=disk, steps={FORMAT - 1: lambda facts: facts})
    with JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        ledger.write(store, "c")


def older_papers(disk: SimulatedDisk, ledger: Ledger) -> None:
    some_papers(disk, ledger)
    current = read_current(disk, FOLDER)
    write_current(
        disk, FOLDER, type(current)(format=FORMAT - 1, generation="gen-0001", store=current.store, zone=current.zone)
    )


SCENES: dict[str, tuple[Act, Act, Limits]] = {
    "create and commit": (nothing_before, create_and_commit, PLAIN),
    "commit from two programs": (some_papers, commit_from_two_programs, PLAIN),
    "commit while another is not synced": (some_papers, commit_while_another_is_not_synced, PLAIN),
    "change segments while another is not synced": (some_papers, change_segments_while_another_is_not_synced, SMALL),
    "snapshot": (some_papers, snapshot, PLAIN),
    "change segments": (some_papers, change_segments, SMALL),
    "change segments under a reader": (some_papers, change_segments_under_a_reader, SMALL),
    "restore": (some_papers, restore_a_backup, PLAIN),
    "attach": (some_papers, attach_photos, PLAIN),
    "restore with photos": (papers_with_a_photo, restore_a_backup, PLAIN),
    "restore over a spoiled store": (papers_with_a_photo, restore_with_photos_over_a_spoiled_store, PLAIN),
    "upgrade": (older_papers, upgrade_from_an_older_format, PLAIN),
}


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_accepted_is_lost_wherever_the_machine_dies(scene: str) -> None:
    before, act, limits = SCENES[scene]
    disk, ledger = SimulatedDisk(), Ledger()
    before(disk, ledger)
    first = len(disk.steps)
    act(disk, ledger)
    kinds = {what for what, _ in disk.steps[first:]}
    assert {"write", "sync"} <= kinds
    for dies_at in range(first, len(disk.steps)):
        for torn in TORN if disk.steps[dies_at][0] == "write" else (0.0,):
            check_death(scene, dies_at, torn)
    check_end(disk, ledger, limits)


def check_death(scene: str, dies_at: int, torn: float) -> None:
    before, act, limits = SCENES[scene]
    disk, ledger = SimulatedDisk(), Ledger()
    before(disk, ledger)
    disk.dies_at, disk.torn = dies_at, torn
    with pytest.raises(PowerFailure):
        act(disk, ledger)
    for how, found in disk.after_failure():
        try:
            if scene == "restore over a spoiled store" and is_spoiled(found):
                restore(FOLDER, FOLDER.parent / "kept.backup", by(), clock=CLOCK, disk=found)
            if scene == "upgrade":
                upgrade(FOLDER, clock=CLOCK, disk=found, steps={FORMAT - 1: lambda facts: facts})
            ledger.check(found, limits)
        except (AssertionError, StoreProblem) as error:
            raise AssertionError(f"{scene}: died at {disk.steps[dies_at]} ({dies_at}, torn {torn}); {how}") from error


def is_spoiled(disk: SimulatedDisk) -> bool:
    return disk.exists(FOLDER / "CURRENT") and disk.read(FOLDER / "CURRENT") == b"spoiled"


def check_end(disk: SimulatedDisk, ledger: Ledger, limits: Limits) -> None:
    for _, found in disk.after_failure():
        ledger.check(found, limits)


def test_a_second_death_while_a_torn_end_is_put_aside_loses_nothing() -> None:
    disk, ledger = SimulatedDisk(), Ledger()
    some_papers(disk, ledger)
    disk.dies_at, disk.torn = len(disk.steps), 0.5
    with pytest.raises(PowerFailure), JournalStore.open(FOLDER, clock=CLOCK, disk=disk, limits=PLAIN) as store:
        ledger.write(store, "c")
    survived = 0
    for _, torn in disk.after_failure():
        files = {path: inode.now for path, inode in torn.files.items()}
        for dies_at in range(50):
            again = SimulatedDisk.holding(torn.folders, files)
            again.dies_at = dies_at
            try:
                with JournalStore.open(FOLDER, clock=CLOCK, disk=again, limits=PLAIN) as store:
                    ledger.write(store, "d")
            except PowerFailure:
                pass
            else:
                ledger.accepted.remove("d")
                survived += 1
                break
            for _, found in again.after_failure():
                ledger.check(found, PLAIN)
    assert survived, "in none was the torn end put aside to the end"
