"""The files of a journal: one that grows, and before it those that are closed and compressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import Disk, Handle, replace_file
from floodready.store.line import Facts, read_line, write_line

_ENDING, _PACKED = ".jsonl", ".jsonl.gz"

FIRST_CHUNK, _LARGEST_CHUNK = 1 << 10, 1 << 20
"""Bytes read at once: mostly there is nothing new, or one line; each further reading takes eight times more."""
ROOM = b"\0"
"""What stands after the last line of the open segment: zeros that the disk has set aside for the lines to come."""


def segment_name(first_seq: int) -> str:
    """Name the segment whose first line has this number; names sort like numbers."""
    return f"{first_seq:012}{_ENDING}"


def first_seq_of(name: str) -> int:
    """Tell the number of a segment's first line."""
    return int(name.partition(".")[0])


def segment_names(disk: Disk, folder: Path) -> list[str]:
    """Give the segments of a generation, oldest first, each by its name before compression."""
    found = {name.removesuffix(".gz") for name in disk.names(folder) if name.endswith((_ENDING, _PACKED))}
    return sorted(found)


def read_segment(disk: Disk, folder: Path, name: str, offset: int = 0) -> bytes:
    """Read a segment from a place on, without the room after it, compressed or not. Raises StoreProblem."""
    path = folder / name
    try:
        handle = disk.open(path)
        try:
            return without_room(handle.read(offset, max(0, handle.size() - offset)))
        finally:
            handle.close()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unreadable(path, error) from error
    import gzip  # most answers need no closed segment

    packed = path.with_name(name + ".gz")
    try:
        return gzip.decompress(disk.read(packed))[offset:]
    except (OSError, EOFError) as error:
        raise unreadable(packed, error) from error


def without_room(data: bytes) -> bytes:
    """Give the bytes of a segment without the zeros at its end; where something stands behind zeros, everything."""
    end = data.find(ROOM)
    return data if end == -1 or data[end:] != ROOM * (len(data) - end) else data[:end]


def lines_from(handle: Handle, offset: int, read: bytes) -> Iterator[tuple[bytes, int]]:
    """Give the whole lines of a file from a place on, where `read` stands; each without its end, with the place behind.

    Ends where there is no line, but room.
    """
    chunk = FIRST_CHUNK
    while True:
        *whole, rest = read.split(b"\n")
        for line in whole:
            offset += len(line) + 1
            yield line, offset
        chunk = min(chunk * 8, _LARGEST_CHUNK)
        more = b"" if rest.startswith(ROOM) else handle.read(offset + len(rest), chunk)
        if not more:
            return
        read = rest + more


def closing_line(last: Facts, following: str) -> bytes:
    """Give the last line of a segment: no transaction, but the name of the segment that follows."""
    return write_line({**last, "closed": True, "next": following})[0]


def compress_closed(disk: Disk, folder: Path) -> None:
    """Compress every closed segment; a crash leaves it uncompressed or both ways, never neither. Raises OSError."""
    import gzip

    for name in segment_names(disk, folder)[:-1]:
        path = folder / name
        if not disk.exists(path):
            continue
        replace_file(disk, path.with_name(name + ".gz"), gzip.compress(without_room(disk.read(path)), 6, mtime=0))
        disk.unlink(path)


def lines_in(data: bytes, path: Path, before: int = 0) -> Iterator[Facts]:
    """Give the transactions of a segment's bytes; see `lines_as_written`."""
    return (facts for facts, _ in lines_as_written(data, path, before))


def lines_as_written(data: bytes, path: Path, before: int = 0) -> Iterator[tuple[Facts, bytes]]:
    """Give the transactions of a segment's bytes, parsed and as they stand; a last line without its end is left out.

    `before` counts the segment's lines ahead of these bytes. Raises StoreProblem, naming file and line, where one is
    not as it was written.
    """
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), before + 1):
        facts = read_line(line)
        if facts is None:
            raise damaged(path, number)
        if "closed" not in facts:
            yield facts, line


def damaged(path: Path, number: int) -> StoreProblem:
    """Make the error for a line that is not as it was written."""
    return StoreProblem(
        say(
            "{file}, line {number}, is not as it was written. Nothing more is written to this store. "
            "See what is whole: floodready verify; then put a backup in its place: floodready restore BACKUP",
            file=verbatim(str(path)),
            number=number,
        )
    )


def unreadable(path: Path, error: Exception) -> StoreProblem:
    """Make the error for a file of the store that is missing or cannot be read."""
    from floodready.os_reasons import reason_of  # most reading needs no excuse

    return StoreProblem(
        say(
            "{file} cannot be read: {reason}. See what is whole: floodready verify; then put a backup in its place: "
            "floodready restore BACKUP",
            file=verbatim(str(path)),
            reason=reason_of(error),
        )
    )


def seq_of(line: bytes) -> int:
    """Tell a line's number without parsing the rest; every line begins with it."""
    return int(line[7 : line.index(b",")])


def needle(table: str, id: str) -> bytes:
    """Give the bytes that stand in every line that touches a document."""
    import orjson

    return orjson.dumps([table, id])[:-1] + b","


def lines_with(data: bytes, wanted: bytes) -> list[bytes]:
    """Give the lines that contain some bytes, in order, without looking at the others."""
    found: list[bytes] = []
    hit = data.find(wanted)
    while hit != -1:
        start, end = data.rfind(b"\n", 0, hit) + 1, data.find(b"\n", hit)
        if end == -1:
            break
        found.append(data[start:end])
        hit = data.find(wanted, end)
    return found
