"""The file store.json: all documents at one place of the journal, so that opening need not fold it from the start.

It is plain TinyDB JSON: `TinyDB("store.json")` opens it. TinyDB numbers documents, so where the ids of a table are
codes, its keys here are plain numbers (the documents carry their ids themselves). The extra table `_snapshot` tells,
last of all, the place in the journal and where each table stands in the file: a table is read when it is first touched,
and one document's text is parsed when that document is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from floodready.frozen import frozen_in_order
from floodready.json_text import read_json, write_json
from floodready.store.disk import Disk, Handle, replace_file
from floodready.store.history import Position
from floodready.store.tables import Stored, Table, document_text

NAME = "store.json"
_HEADER = b'\n"1":'
_HEADER_REACH = 1 << 16


class Spoiled(Exception):
    """The snapshot is not as it was written; the journal tells the same."""


@frozen_in_order
class Snapshot:
    """An opened snapshot."""

    generation: str
    position: Position
    places: Mapping[str, Mapping[str, int]]
    """For each table: start and end of its documents and of its ids in the file, their number, and a check sum."""
    handle: Handle

    def documents(self, table: str) -> dict[str, Stored]:
        """Read a table's documents as text. Raises Spoiled."""
        place = self.places[table]
        text = self.handle.read(place["start"], place["end"] - place["start"])
        listed = self.handle.read(place["ids_start"], place["ids_end"] - place["ids_start"])
        if crc32(listed, crc32(text)) != place["check"]:
            raise Spoiled
        lines = text.split(b",\n") if text else []
        ids = read_json(listed)
        return dict(zip(ids, lines, strict=True))

    def close(self) -> None:
        """Let go of the file."""
        self.handle.close()


def open_snapshot(disk: Disk, folder: Path, generation: str) -> Snapshot | None:
    """Open the snapshot of a generation; None where there is none that fits or can be read."""
    try:
        handle = open_to_read(disk, folder / NAME)
    except OSError:
        return None
    try:
        size = handle.size()
        start = max(0, size - _HEADER_REACH)
        end = handle.read(start, size - start)
        header = read_json(end[end.rindex(_HEADER) + len(_HEADER) : -len(b"}}\n")])
        if header["generation"] != generation:
            raise Spoiled
        return Snapshot(generation, Position(**header["position"]), header["tables"], handle)
    except (ValueError, KeyError, TypeError, OSError, Spoiled):
        handle.close()
        return None


def open_to_read(disk: Disk, path: Path) -> Handle:
    """Open a file that may be replaced while it is read. Raises OSError."""
    handle = disk.open(path)
    # An open file could not be replaced there.
    return _InMemory(handle, handle.size()) if os.name == "nt" else handle


def write_snapshot(
    disk: Disk, folder: Path, generation: str, position: Position, tables: Mapping[str, Mapping[str, Stored]]
) -> None:
    """Write the documents as they are at a place of the journal that is on disk. Raises OSError."""
    parts: list[bytes] = [b"{\n"]
    length = 2
    places: dict[str, dict[str, int]] = {}

    def add(part: bytes) -> None:
        nonlocal length
        parts.append(part)
        length += len(part)

    for name, documents in tables.items():
        keys = documents if _numbered(documents) else range(1, len(documents) + 1)
        text = b",\n".join(
            [
                b'"%b":%b' % (str(key).encode(), document_text(held))
                for key, held in zip(keys, documents.values(), strict=True)
            ]
        )
        add(write_json(name) + b":{\n")
        places[name] = {"start": length, "end": length + len(text), "count": len(documents), "check": crc32(text)}
        add(text)
        add(b"\n},\n")
    add(b'"_snapshot":{\n')
    for number, (name, documents) in enumerate(tables.items(), 2):
        add(b'"%d":{"table":%b,"ids":' % (number, write_json(name)))
        listed = write_json(list(documents))
        check = crc32(listed, places[name]["check"])
        places[name] |= {"ids_start": length, "ids_end": length + len(listed), "check": check}
        add(listed)
        add(b"},\n")
    header = {"generation": generation, "position": position._asdict(), "tables": places}
    add(_HEADER[1:] + write_json(header) + b"}}\n")
    replace_file(disk, folder / NAME, b"".join(parts))


def lazy_table(snapshot: Snapshot, name: str, instead: Callable[[], dict[str, Stored]]) -> Table:
    """Give a table that is read when it is first touched, or made by `instead` where the snapshot is spoiled."""

    def load() -> dict[str, Stored]:
        try:
            return snapshot.documents(name)
        except (Spoiled, OSError, ValueError):
            return instead()

    return Table(load=load)


class _InMemory:
    """A file's content, kept in memory with the file closed."""

    def __init__(self, handle: Handle, size: int) -> None:
        self._content = handle.read(0, size)
        handle.close()

    def size(self) -> int:
        return len(self._content)

    def read(self, offset: int, length: int) -> bytes:
        return self._content[offset : offset + length]

    def close(self) -> None:
        self._content = b""

    def __getattr__(self, name: str) -> Any:
        raise OSError(f"a snapshot is only read, not {name}")


def _numbered(documents: Mapping[str, Stored]) -> bool:
    return all(id.isdecimal() and (id == "0" or id[0] != "0") for id in documents)
