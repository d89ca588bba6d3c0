"""Making the folder of a new, empty store."""

from __future__ import annotations

from os import urandom
from pathlib import Path

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.current import FORMAT, Current, generation_name, write_current
from floodready.store.disk import Disk, write_file
from floodready.store.segments import segment_name


def make_store(disk: Disk, folder: Path, zone: str) -> None:
    """Make a store in a folder that is missing or empty; the file CURRENT, which makes it one, comes last.

    Raises StoreProblem.
    """
    disk.require_local(folder)
    generation = generation_name(1)
    try:
        if disk.names(folder):
            raise StoreProblem(
                say("{folder} is not empty. A store needs a folder of its own.", folder=verbatim(str(folder)))
            )
        disk.make_folder(folder)
        disk.make_folder(folder / generation)
        write_file(disk, folder / generation / segment_name(1), b"")
        disk.sync_folder(folder / generation)
        disk.sync_folder(folder.parent)
        write_current(disk, folder, Current(format=FORMAT, generation=generation, store=urandom(16).hex(), zone=zone))
    except OSError as error:
        from floodready.os_reasons import reason_of  # opening needs no excuse

        raise StoreProblem(
            say(
                "A store cannot be made in {folder}: {reason}.",
                folder=verbatim(str(folder)),
                reason=reason_of(error),
            )
        ) from error
