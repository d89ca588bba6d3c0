"""The file CURRENT: which generation of the journal counts, in which format; swapped in one step."""

from __future__ import annotations

from pathlib import Path

from floodready.frozen import defaults_of, frozen
from floodready.json_text import read_json, write_json
from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import Disk, replace_file

FORMAT = 2
"""The format of the store's files that this program writes; an older one is upgraded, a newer one refused."""

ALIKE = frozenset({1, 2})
"""Formats whose lines are alike, so that a backup of one is restored as the other."""

NAME = "CURRENT"


@frozen
class Current:
    """What the file says. `store` tells stores apart, `zone` is where the duty room's clocks hang."""

    format: int
    generation: str
    store: str
    zone: str

    @property
    def following(self) -> str:
        """The name of the generation that would come next."""
        return generation_name(int(self.generation.removeprefix("gen-")) + 1)


def generation_name(number: int) -> str:
    """Name the folder of a generation."""
    return f"gen-{number:04}"


def read_current(disk: Disk, folder: Path) -> Current:
    """Read which generation counts. Raises StoreProblem where there is no store, or none that can be read."""
    try:
        return Current(**read_json(disk.read(folder / NAME)))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise no_store(folder) from error
    except OSError as error:
        from floodready.os_reasons import reason_of  # most reading needs no excuse

        raise StoreProblem(
            say(
                "{file} cannot be read: {reason}.",
                file=verbatim(str(folder / NAME)),
                reason=reason_of(error),
            )
        ) from error
    except (TypeError, ValueError) as error:
        raise StoreProblem(
            say(
                "{file} does not say which journal counts. Put a backup in its place: floodready restore BACKUP",
                file=verbatim(str(folder / NAME)),
            )
        ) from error


def require_format(current: Current, folder: Path) -> None:
    """Refuse a store that this program cannot read. Raises StoreProblem."""
    if current.format > FORMAT:
        raise StoreProblem(
            say(
                "{folder} was written by a newer floodready (format {theirs}; this one knows {ours}). "
                "Install the newer program here too.",
                folder=verbatim(str(folder)),
                theirs=current.format,
                ours=FORMAT,
            )
        )
    if current.format < FORMAT:
        raise StoreProblem(
            say(
                "{folder} is in the older format {theirs}. Bring it up to {ours} (a backup is made first): "
                "floodready upgrade",
                folder=verbatim(str(folder)),
                theirs=current.format,
                ours=FORMAT,
            )
        )


def write_current(disk: Disk, folder: Path, current: Current) -> None:
    """Make a generation the one that counts, in one step. Raises OSError."""
    told = {name: getattr(current, name) for name in defaults_of(Current)}
    replace_file(disk, folder / NAME, write_json(told) + b"\n")


def no_store(folder: Path) -> StoreProblem:
    """Make the error for a folder without a store."""
    return StoreProblem(
        say(
            "There is no store in {folder}. Make one: floodready setup; or look around first: floodready demo",
            folder=verbatim(str(folder)),
        )
    )


def gone(folder: Path) -> StoreProblem:
    """Make the error for a store that was there and is no more, while a program shows it."""
    return StoreProblem(
        say(
            "The store in {folder} is gone: somebody moved or deleted it. What was confirmed until then was "
            "on disk there. Put the folder back, or restore a backup: floodready restore BACKUP",
            folder=verbatim(str(folder)),
        )
    )
