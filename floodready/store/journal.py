"""The journal of one generation: segments of lines; appending, reading the new end, and mending a torn end.

A segment is named by its first transaction. The active one grows; a closed one ends with a line that names the next,
and may be compressed. This module knows bytes, lines and hashes, no documents.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import AppendFile, Disk, FileState, replace_file
from floodready.store.line import NO_HASH, BrokenLine, Line, read_line, write_closing

SEGMENT_LIMIT = 16 * 1024 * 1024
"""Bytes after which the active segment is closed."""


class Position(NamedTuple):
    """A place between two lines: where reading goes on."""

    segment: str
    offset: int
    seq: int
    hash: str


START = Position("000000000001.jsonl", 0, 0, NO_HASH)


class Damage(NamedTuple):
    """A line that is not whole."""

    segment: str
    line: int
    offset: int
    seq: int
    """The transaction that should stand there."""


class Journal:
    """The lines of a generation, from a position on."""

    def __init__(self, folder: Path, disk: Disk, position: Position = START, *, writable: bool) -> None:
        self.folder = folder
        self.position = position
        self.damage: Damage | None = None
        """The first line that could not be read; nothing is written while it stands."""
        self._disk = disk
        self._writable = writable
        self._file: AppendFile | None = None
        self._file_name = ""
        self._synced = position.seq
        self._failed = False
        self._sync_lock = Lock()

    def close(self) -> None:
        """Close the open segment."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def read_new(self) -> list[Line]:
        """Read the transactions that were appended since; one `stat` when there are none.

        A last line that is not finished yet is left for later. Raises StoreProblem where the journal is gone.
        """
        found: list[Line] = []
        while self.damage is None:
            file = self._active()
            if file is None:
                break
            state = file.state()
            if state.links == 0 and not self._closed_on_disk():
                raise gone(self.folder)
            if state.size <= self.position.offset:
                break
            moved = self._take(file.read(self.position.offset), found)
            if not moved:
                break
        return found

    def append(self, line: bytes, seq: int, hash: str) -> None:
        """Append one line at the position; call it only under the writer's lock, with everything read.

        Raises StoreProblem (full disk, no permission): then the line is not there.
        """
        self._refuse_if_unfit()
        file = self._active(create=True)
        if file is None:
            raise gone(self.folder)
        try:
            file.append(line)
        except OSError as error:
            self._cut(file, self.position.offset)
            raise StoreProblem(
                say(
                    "The disk did not take the entry ({problem}); nothing was saved. Free some space or mend the "
                    "folder {folder}, then do it again.",
                    problem=verbatim(error.strerror or str(error)),
                    folder=verbatim(str(self.folder)),
                )
            ) from error
        self.position = Position(self.position.segment, self.position.offset + len(line), seq, hash)

    def sync(self, seq: int) -> None:
        """Wait until transaction `seq` is on the disk. One sync covers all lines before it, whoever wrote them.

        Raises StoreProblem; this journal is then finished: nobody knows what the disk holds until it is read again.
        """
        with self._sync_lock:
            if self._synced >= seq:
                return
            file, covered = self._file, self.position.seq
            if file is None or self._failed:
                raise _unconfirmed()
            try:
                file.sync()
            except OSError as error:
                self._failed = True
                file.forget_cached()
                raise _unconfirmed() from error
            self._synced = covered

    @property
    def synced(self) -> int:
        """The last transaction that this process knows to be on disk."""
        return self._synced

    def begin_segment_if_due(self) -> None:
        """Close the active segment where it is large, and begin the next; call it under the writer's lock."""
        if self.position.offset < SEGMENT_LIMIT:
            return
        self._refuse_if_unfit()
        file = self._active()
        if file is None:
            return
        following = f"{self.position.seq + 1:012d}.jsonl"
        closing = write_closing(self.position.seq, following, self.position.hash, self._synced)
        self.append(closing, self.position.seq, read_line(closing[:-1]).hash)
        self.sync(self.position.seq) if self._synced < self.position.seq else file.sync()
        self._go_to(following)
        self._active(create=True)
        self._disk.sync_folder(self.folder)

    def mend_torn_end(self) -> Damage | None:
        """Set aside an end that was never accepted, so that writing can go on; call it under the writer's lock.

        Gives what was set aside, or None. An end was never accepted where no later line claims to know it synced.
        Raises StoreProblem for damage anywhere else.
        """
        file = self._active()
        if file is None:
            return None
        rest = file.read(self.position.offset)
        if not rest:
            return None
        torn = self.damage or Damage(self.position.segment, self._line_number(), self.position.offset, self._next_seq())
        if any(line.synced >= torn.seq for line in _whole_lines(rest)):
            raise damaged(torn)
        aside = self.folder / f"torn-{torn.seq:012d}-{len(rest)}.bin"
        replace_file(self._disk, aside, rest)
        self._cut(file, self.position.offset)
        file.sync()
        self.damage = None
        return torn

    def lines(self, after: int = 0) -> Iterator[Line]:
        """Read the transactions after a sequence number from the disk, in order, up to this journal's position.

        Raises StoreProblem at the first damaged line.
        """
        for name in self._segments_from(after):
            raw = self.segment_bytes(name)
            for number, piece in enumerate(raw.split(b"\n"), start=1):
                if not piece:
                    continue
                try:
                    line = read_line(piece)
                except (BrokenLine, ValueError) as error:
                    if self.position.segment == name:
                        return
                    raise damaged(Damage(name, number, 0, 0)) from error
                if line.closes is not None or line.seq <= after:
                    continue
                if line.seq > self.position.seq:
                    return
                yield line

    def segment_bytes(self, name: str) -> bytes:
        """Read a whole segment, compressed or not. Raises StoreProblem where it is gone."""
        try:
            return self._disk.read(self.folder / name)
        except FileNotFoundError:
            pass
        try:
            return gzip.decompress(self._disk.read(self.folder / f"{name}.gz"))
        except (FileNotFoundError, OSError, EOFError) as error:
            raise damaged(Damage(name, 1, 0, 0)) from error

    def segments(self) -> list[str]:
        """Name the segments, oldest first."""
        names = {name.removesuffix(".gz") for name in self._disk.names(self.folder)}
        return sorted(name for name in names if name.endswith(".jsonl"))

    def compress_closed(self) -> None:
        """Compress the segments that are closed. A crash leaves one form or both, never none."""
        names = self._disk.names(self.folder)
        for name in names:
            if name.endswith(".jsonl") and name < self.position.segment:
                if f"{name}.gz" not in names:
                    packed = gzip.compress(self._disk.read(self.folder / name), mtime=0)
                    replace_file(self._disk, self.folder / f"{name}.gz", packed)
                self._disk.unlink(self.folder / name)

    def _take(self, data: bytes, found: list[Line]) -> bool:
        """Take lines from bytes at the position; True where the segment ended and the next may hold more."""
        start = 0
        while (end := data.find(b"\n", start)) >= 0:
            try:
                line = read_line(data[start:end])
                if line.prev != self.position.hash:
                    raise BrokenLine
            except (BrokenLine, ValueError):
                self.damage = Damage(self.position.segment, self._line_number(), self.position.offset, self._next_seq())
                return False
            offset = self.position.offset + end + 1 - start
            self.position = Position(self.position.segment, offset, line.seq, line.hash)
            start = end + 1
            if line.closes is not None:
                self._go_to(line.closes)
                return True
            found.append(line)
        return False

    def _active(self, *, create: bool = False) -> AppendFile | None:
        name = self.position.segment
        if self._file is None or self._file_name != name:
            self.close()
            try:
                self._file = self._disk.open_append(self.folder / name, create=create, writable=self._writable)
            except FileNotFoundError:
                return self._unpacked(name)
            self._file_name = name
        return self._file

    def _unpacked(self, name: str) -> AppendFile | None:
        if f"{name}.gz" in self._disk.names(self.folder):
            self._file, self._file_name = _Unpacked(self.segment_bytes(name)), name
            return self._file
        return None

    def _go_to(self, segment: str) -> None:
        self.position = Position(segment, 0, self.position.seq, self.position.hash)

    def _closed_on_disk(self) -> bool:
        return f"{self.position.segment}.gz" in self._disk.names(self.folder)

    def _refuse_if_unfit(self) -> None:
        if self._failed:
            raise _unconfirmed()
        if self.damage is not None:
            raise damaged(self.damage)

    def _cut(self, file: AppendFile, size: int) -> None:
        try:
            file.truncate(size)
        except OSError as error:
            self._failed = True
            raise _unconfirmed() from error

    def _next_seq(self) -> int:
        return self.position.seq + 1

    def _line_number(self) -> int:
        before = self._disk.read(self.folder / self.position.segment)[: self.position.offset]
        return before.count(b"\n") + 1

    def _segments_from(self, after: int) -> list[str]:
        names = self.segments()
        first = max((place for place, name in enumerate(names) if int(name[:12]) <= after + 1), default=0)
        return names[first:]


class _Unpacked:
    """A closed segment that was compressed while it was still to be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def state(self) -> FileState:
        return FileState(len(self._data), 1)

    def read(self, offset: int) -> bytes:
        return self._data[offset:]

    def read_part(self, offset: int, size: int) -> bytes:
        return self._data[offset : offset + size]

    def append(self, data: bytes) -> None:  # noqa: ARG002 - the protocol's
        raise AssertionError("a closed segment is never written")

    def sync(self) -> None:
        return

    def truncate(self, size: int) -> None:  # noqa: ARG002 - the protocol's
        raise AssertionError("a closed segment is never cut")

    def forget_cached(self) -> None:
        return

    def close(self) -> None:
        self._data = b""


def damaged(damage: Damage) -> StoreProblem:
    """Make the error for a line that is not whole and is not the torn end."""
    return StoreProblem(
        say(
            "Line {line} of {segment} in the journal is damaged. Nothing is written until it is mended. "
            "See what is whole: floodready verify; go back to a backup: floodready restore",
            line=damage.line,
            segment=verbatim(damage.segment),
        )
    )


def _whole_lines(data: bytes) -> Iterator[Line]:
    for piece in data.split(b"\n"):
        try:
            yield read_line(piece)
        except (BrokenLine, ValueError):
            continue


def gone(folder: Path) -> StoreProblem:
    """Make the error for a store that was taken away under a running program."""
    return StoreProblem(
        say(
            "The store in {folder} was deleted or moved while the program ran. Nothing was saved. Put it back, or "
            "restore a backup (floodready restore), then start anew.",
            folder=verbatim(str(folder)),
        )
    )


def _unconfirmed() -> StoreProblem:
    return StoreProblem(
        say(
            "The disk did not confirm the last entry; it may or may not be kept. Start the program anew, look in the "
            "journal, and do it again if it is not there."
        )
    )
