"""A store on a disk that fails where a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from tests.store.papers import CLOCK, write
from tests.store.simulated_disk import SimulatedDisk

FOLDER = Path("/srv/store")


def simulated(*names: str, limits: Limits | None = None) -> tuple[SimulatedDisk, JournalStore]:
    disk = SimulatedDisk()
    disk.make_folder(FOLDER.parent)
    store = JournalStore.create(FOLDER, clock=CLOCK, disk=disk, limits=limits)
    for name in names:
        write(store, name)
    return disk, store


def fails(what: str, problem: int, *, name: str = "", times: int = 1) -> Callable[[str, Path], int | None]:
    left = [times]

    def fault(done: str, path: Path) -> None:
        if done == what and path.name.startswith(name) and left[0]:
            left[0] -= 1
            raise OSError(problem, "as the test wants it")

    return fault
