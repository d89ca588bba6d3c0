"""The journal of one generation: lines are appended, read as others append them, and synced.

Nothing here knows what the lines mean, beyond their numbers and hashes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import Disk, Handle
from floodready.store.line import FIRST_HASH, Facts, read_line, write_line

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place between two lines: the segment, the bytes before it there, and the last line's number, hash and instant."""

    segment: str
    offset: int
    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A line that is not as it was written."""

    path: Path
    seq: int
    offset: int


def segment_name(first_seq: int) -> str:
    """Name the segment whose first line has this number."""
    return f"{first_seq:012}.jsonl"


class Journal:
    """One process's hold on the journal: up to where it has read, and the open end to which it appends."""

    def __init__(self, disk: Disk, folder: Path, start: Position | None, *, writable: bool) -> None:
        self._disk = disk
        self.folder = folder
        self._writable = writable
        self.position = start or Position(segment=segment_name(1), offset=0, seq=0, hash=FIRST_HASH, at="")
        self.damage: Damage | None = None
        self.left_over = False
        self.synced = 0
        self._handle = self._open(self.position.segment)

    @property
    def path(self) -> Path:
        """The file to which lines are now appended."""
        return self.folder / self.position.segment

    def close(self) -> None:
        """Let go of the file."""
        self._handle.close()

    def new_lines(self) -> list[Facts]:
        """Read the whole lines that were added since, by whomever; stop at the first that is damaged."""
        position = self.position
        size = self._handle.size()
        if size == position.offset:
            self.left_over = False
            return []
        if size < position.offset:
            raise Shortened
        found: list[Facts] = []
        offset, seq, last_hash, at = position.offset, position.seq, position.hash, position.at
        for line, end in lines_from(self._handle, position.offset, size):
            facts = read_line(line)
            if facts is None or facts["prev"] != last_hash or facts["seq"] != seq + 1:
                self.damage = Damage(path=self.path, seq=seq + 1, offset=offset)
                break
            offset, seq, last_hash, at = end, facts["seq"], facts["hash"], facts["at"]
            found.append(facts)
        else:
            self.damage = None
        self.left_over = offset < size
        self.position = Position(segment=position.segment, offset=offset, seq=seq, hash=last_hash, at=at)
        return found

    def append(self, facts: Facts) -> Facts:
        """Write the next line at the end; only under the writer's lock, with all lines read. Raises StoreProblem.

        A line that does not fit is taken back whole.
        """
        position = self.position
        facts["prev"] = position.hash
        line, digest = write_line(facts)
        try:
            taken = self._handle.append(line)
            while taken < len(line):
                taken += self._handle.append(line[taken:])
        except OSError as error:
            self._handle.truncate(position.offset)
            raise self._cannot_write(error) from error
        facts["hash"] = digest
        self.position = Position(
            segment=position.segment,
            offset=position.offset + len(line),
            seq=facts["seq"],
            hash=digest,
            at=facts["at"],
        )
        return facts

    def sync(self, seq: int) -> None:
        """Wait until the line with this number is on disk. Raises StoreProblem."""
        if self.synced >= seq:
            return
        covered = self.position.seq
        try:
            self._handle.sync()
        except OSError as error:
            raise self._cannot_write(error) from error
        self.synced = max(self.synced, covered)

    def lines(self, after: int, until: int) -> Iterator[Facts]:
        """Give the lines after one number, up to and with another."""
        for facts in self._lines_of(self.position.segment):
            if facts["seq"] > until:
                return
            if facts["seq"] > after:
                yield facts

    def lines_backwards(self, before: int) -> Iterator[Facts]:
        """Give the lines before a number, newest first."""
        yield from reversed([facts for facts in self._lines_of(self.position.segment) if facts["seq"] < before])

    def _lines_of(self, segment: str) -> Iterator[Facts]:
        handle = self._disk.open(self.folder / segment)
        try:
            for line, _ in lines_from(handle, 0, handle.size()):
                facts = read_line(line)
                if facts is None or facts["seq"] > self.position.seq:
                    return
                yield facts
        finally:
            handle.close()

    def _open(self, segment: str) -> Handle:
        return self._disk.open(self.folder / segment, write=self._writable, create=self._writable)

    def _cannot_write(self, error: OSError) -> StoreProblem:
        return StoreProblem(
            say(
                "{file} cannot be written: {reason}. Nothing was accepted. Make room or repair the disk, then try again.",
                file=verbatim(str(self.path)),
                reason=verbatim(error.strerror or str(error)),
            )
        )


class Shortened(Exception):
    """The journal is shorter than what was read of it: lines that nobody had accepted were taken back."""


def lines_from(handle: Handle, offset: int, size: int) -> Iterator[tuple[bytes, int]]:
    """Give the whole lines of a file from a place on, each without its end and with the place behind it."""
    rest = b""
    while offset < size:
        chunk = handle.read(offset, min(_CHUNK, size - offset))
        if not chunk:
            return
        start = offset - len(rest)
        offset += len(chunk)
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            start += len(line) + 1
            yield line, start


def facts_of(**facts: Any) -> Facts:
    """Put the facts of a line in their order."""
    return facts
