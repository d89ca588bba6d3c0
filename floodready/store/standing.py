"""Whether the lines that somebody was told are on disk still stand there: asked while a program runs.

What a program has read stays right in its memory; here it notices that the files do not say the same any more.
"""

from __future__ import annotations

from collections.abc import Callable
from errno import ENOENT
from os import strerror
from pathlib import Path

from floodready.refusal import StoreProblem
from floodready.store.disk import Disk
from floodready.store.history import Position
from floodready.store.line import read_line
from floodready.store.segments import damaged, first_seq_of, read_segment, segment_names, unreadable
from floodready.store.snapshot import Snapshot, open_snapshot


def first_lost(disk: Disk, folder: Path, segment: str, until: int) -> StoreProblem | None:
    """Name the first line up to a number that is not as it was written, from the first of a segment on.

    None where all stand. What comes after `until` may be torn: nobody was told of it.
    """
    seq, digest, number, path = first_seq_of(segment) - 1, None, 0, folder / segment
    names = [name for name in segment_names(disk, folder) if name >= segment]
    if segment not in names:
        return unreadable(path, FileNotFoundError(ENOENT, strerror(ENOENT)))
    for name in names:
        path = folder / name
        try:
            data = read_segment(disk, folder, name)
        except StoreProblem as problem:
            return problem
        number = 0
        for number, line in enumerate(data.splitlines(), 1):
            if seq >= until:
                return None
            facts = read_line(line)
            if facts is None or (digest is not None and facts["prev"] != digest):
                return damaged(path, number)
            if "closed" in facts:
                break
            seq, digest = facts["seq"], facts["hash"]
        else:
            number += 1  # the line that should come next
            break
    return None if seq >= until else damaged(path, number)


def fitting_snapshot(
    disk: Disk, folder: Path, generation: str, reaches: Callable[[Position], bool]
) -> tuple[Snapshot | None, StoreProblem | None]:
    """Open the snapshot of a generation, if the journal `reaches` the place that it was taken at; else None.

    Where the journal does not, the second value names the first line that is lost: what a snapshot holds was on disk
    when it was written. Raises OSError.
    """
    found = open_snapshot(disk, folder, generation)
    if found is None or reaches(found.position):
        return found, None
    found.close()
    return None, first_lost(disk, folder / generation, found.position.segment, found.position.seq)


class Watch:
    """What the files of a generation were when they were last proved; only those written to since are read again."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = folder
        self._proved: dict[str, object] = {}

    def look_over(self, open_segment: str, until: int) -> StoreProblem | None:
        """Name the first line that is not as it was written, in the files that changed since this was last asked.

        `until` is the last line of the open segment that somebody was told is on disk. Costs one `stat` a segment
        where nothing changed. Closed segments are proved from the second time on: `floodready verify` proves all.
        """
        names, first = segment_names(self._disk, self._folder), not self._proved
        for name, following in zip(names, [*names[1:], None], strict=True):
            if name > open_segment:
                break
            state = self._state(name)
            if self._proved.get(name) == state and state is not None:
                continue
            if following is None or not first:
                last = until if name == open_segment else first_seq_of(following or name) - 1
                lost = first_lost(self._disk, self._folder, name, last)
                if lost is not None:
                    return lost
            self._proved[name] = state
        return None

    def _state(self, name: str) -> object:
        for path in (self._folder / name, self._folder / f"{name}.gz"):
            try:
                return self._disk.identity(path)
            except FileNotFoundError:
                continue
        return None
