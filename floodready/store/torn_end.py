"""What stands unreadable after the last whole line: damage, where somebody was told of it, or a torn end put aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from floodready.language import Sentence, say_many, verbatim
from floodready.store.disk import Disk, write_file
from floodready.store.line import confirmed_by, read_line
from floodready.store.segments import damaged, first_seq_of

if TYPE_CHECKING:
    from floodready.refusal import StoreProblem
    from floodready.store.history import Position


def damage_in(path: Path, position: Position, unread: bytes) -> StoreProblem | None:
    """Tell whether somebody was told that the first of these unreadable lines, in the file at `path`, is on disk.

    `position` is that of the last whole line before them.
    """
    seq = position.seq + 1
    first, *following = unread.split(b"\n")
    following_on = read_line(first)
    if following_on is not None and following_on["prev"] == position.hash:
        return None
    later = [facts for line in following if (facts := read_line(line)) is not None]
    if max((confirmed_by(facts) for facts in later), default=0) < seq:
        return None
    return damaged(path, seq - first_seq_of(position.segment) + 1)


def put_aside(disk: Disk, folder: Path, seq: int, torn: bytes) -> Sentence:
    """Keep a torn end in a file of the store's folder, named for the line it would have been; gives what is told."""
    aside = folder / f"torn-{seq}.bin"
    write_file(disk, aside, torn)
    disk.sync_folder(folder)
    return say_many(
        "The end of the journal ({count} byte, never confirmed to anybody) was torn; it was put aside in {file}.",
        "The end of the journal ({count} bytes, never confirmed to anybody) was torn; it was put aside in {file}.",
        len(torn),
        file=verbatim(str(aside)),
    )
