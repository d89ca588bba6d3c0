"""`CURRENT`: which generation of the journal holds, and its format. Swapping it is a restore's one atomic step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import Disk, replace_file

FORMAT = 1
"""The version of the store's format: a newer one is refused, an older one upgraded after a backup."""
NAME = "CURRENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """What `CURRENT` says."""

    format: int
    generation: str
    store_id: str
    zone: str
    """The time zone of the duty room, an IANA name."""


def write_current(folder: Path, disk: Disk, current: Current) -> None:
    """Put `CURRENT` in place, whole or not at all."""
    fields = {name: getattr(current, name) for name in Current.__dataclass_fields__}
    replace_file(disk, folder / NAME, orjson.dumps(fields) + b"\n")


def read_current(folder: Path, disk: Disk) -> Current:
    """Read `CURRENT`. Raises StoreProblem where there is no store, or one of a newer program."""
    try:
        fields = orjson.loads(disk.read(folder / NAME))
    except FileNotFoundError as error:
        raise StoreProblem(
            say(
                "{folder} holds no store. Name the right folder with --store, or make one: floodready setup",
                folder=verbatim(str(folder)),
            )
        ) from error
    except (OSError, ValueError) as error:
        raise StoreProblem(
            say(
                "The file {file} cannot be read ({problem}). Mend its permissions, or restore a backup.",
                file=verbatim(str(folder / NAME)),
                problem=verbatim(str(error)),
            )
        ) from error
    if fields["format"] > FORMAT:
        raise StoreProblem(
            say(
                "This store was written by a newer floodready (format {theirs}; this one knows {ours}). Upgrade this "
                "program on this machine.",
                theirs=fields["format"],
                ours=FORMAT,
            )
        )
    return Current(**{name: fields[name] for name in Current.__dataclass_fields__})


def stamp(folder: Path) -> tuple[int, int]:
    """Give what changes whenever `CURRENT` is swapped. Raises FileNotFoundError where the store was deleted."""
    found = (folder / NAME).stat()
    return found.st_ino, found.st_mtime_ns
