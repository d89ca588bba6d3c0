"""What makes opening short, done now and then after a commit, by one process at a time.

Snapshot, saved projections, saved command ids, compressed segments: none of it is needed to read the store right.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from floodready.refusal import StoreProblem
from floodready.store.disk import replace_file
from floodready.store.projections import FOLDER
from floodready.store.segments import compress_closed
from floodready.store.snapshot import write_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from floodready.store.history import Position
    from floodready.store.journal_store import JournalStore
    from floodready.store.tables import Stored

COMMAND_IDS = PurePath(FOLDER, "command-ids.bin")


class StateToSave(NamedTuple):
    """Everything as of one entry."""

    position: Position
    tables: Mapping[str, Mapping[str, Stored]]
    projections: Mapping[str, bytes]
    command_ids: bytes


def keep_up(store: JournalStore) -> None:
    """Save what makes opening short; another process that is just doing so is left to it.

    Raises OSError, and StoreProblem where what is to be saved cannot be synced.
    """
    lock = store.device.lock(store.folder / "upkeep")
    try:
        lock.acquire(0)
    except StoreProblem:
        lock.close()
        return
    try:
        state = store.state_to_save()
        generation = store.current.generation
        store.device.make_folder(store.folder / FOLDER)
        write_snapshot(store.device, store.folder, generation, state.position, state.tables)
        for name, dumped in state.projections.items():
            replace_file(store.device, store.folder / FOLDER / f"{name}.json", dumped)
        replace_file(store.device, store.folder / COMMAND_IDS, state.command_ids)
        compress_closed(store.device, store.folder / generation)
    finally:
        lock.release()
        lock.close()
