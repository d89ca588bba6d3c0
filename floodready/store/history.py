"""The lines of a journal that were taken in, read again: by number, forwards and backwards, or by document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from floodready.store.disk import Disk, Handle
from floodready.store.line import FIRST_HASH, Facts, read_line, seal
from floodready.store.segments import (
    damaged,
    first_seq_of,
    lines_with,
    needle,
    read_segment,
    segment_name,
    segment_names,
    seq_of,
)


class Position(NamedTuple):
    """A place between two lines: the segment and the bytes before it there; the last line's number, hash, instant."""

    segment: str = segment_name(1)
    offset: int = 0
    seq: int = 0
    hash: str = FIRST_HASH
    at: str = ""


class History:
    """What one process has read of a journal, up to a position."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self.folder = folder
        self.position = Position()

    def lines(self, after: int, until: int) -> Iterator[Facts]:
        """Give the lines after one number, up to and with another. Raises StoreProblem where one is damaged."""
        read = self.position
        names = self._segments(read)
        for name, following in zip(names, [*names[1:], None], strict=True):
            if following is not None and first_seq_of(following) <= after + 1:
                continue
            data = self._bytes_of(name, read)
            for number, line in enumerate(data.splitlines(), 1):
                seq = seq_of(line)
                if seq > until:
                    return
                if seq > after:
                    facts = self._checked(line, name, number)
                    if "closed" not in facts:
                        yield facts

    def lines_backwards(self, before: int) -> Iterator[Facts]:
        """Give the lines before a number, newest first. Raises StoreProblem where one is damaged."""
        read = self.position
        for name in reversed(self._segments(read)):
            if first_seq_of(name) >= before:
                continue
            lines = self._bytes_of(name, read).splitlines()
            for number in range(len(lines), 0, -1):
                if seq_of(lines[number - 1]) < before:
                    facts = self._checked(lines[number - 1], name, number)
                    if "closed" not in facts:
                        yield facts

    def lines_about(self, table: str, id: str, *, backwards: bool = False) -> Iterator[Facts]:
        """Give the lines that touch one document."""
        wanted = needle(table, id)
        read = self.position
        names = self._segments(read)
        for name in reversed(names) if backwards else names:
            lines = lines_with(self._bytes_of(name, read), wanted)
            for line in reversed(lines) if backwards else lines:
                facts = self._checked(line, name, 0)
                # The bytes may also stand in somebody's text.
                if any(change[0] == table and change[1] == id for change in facts["changes"]):
                    yield facts

    def _segments(self, read: Position) -> list[str]:
        return [name for name in segment_names(self._disk, self.folder) if name <= read.segment]

    def _bytes_of(self, name: str, read: Position) -> bytes:
        # By its name, not by the open file: another thread may just be beginning the next segment.
        data = read_segment(self._disk, self.folder, name)
        return data[: read.offset] if name == read.segment else data

    def _checked(self, line: bytes, name: str, number: int) -> Facts:
        facts = read_line(line)
        if facts is None:
            raise damaged(self.folder / name, number)
        return facts


def ends_at(handle: Handle, position: Position) -> bool:
    """Tell whether the last line before a place is the one that the position names."""
    if not position.offset:
        return True
    end = seal(position.hash)
    return handle.read(position.offset - len(end), len(end)) == end
