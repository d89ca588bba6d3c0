"""`store.json`: the documents as plain TinyDB JSON, one a line, so that opening need not fold the whole journal.

It only makes opening faster; it can be deleted at any time. A first table, `_snapshot`, tells which position of the
journal it shows and where each table stands, so that a table nobody asks for is never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from floodready.store.disk import AppendFile, Disk, replace_file
from floodready.store.journal import Position
from floodready.store.tables import Table, Tables

NAME = "store.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Tables as of a position of the journal."""

    generation: str
    position: Position
    tables: Tables
    last_at: str
    """The instant of the last transaction, as the journal writes it; empty for none."""


def write_snapshot(folder: Path, disk: Disk, snapshot: Snapshot) -> None:
    """Put the snapshot in place, whole or not at all. Raises OSError."""
    blocks, contents, start = [], [], 0
    for name in snapshot.tables.names():
        docs = snapshot.tables[name].docs
        lines = b",\n".join(b"%b:%b" % (orjson.dumps(id), held) for id, held in docs.items())
        head = orjson.dumps(name) + b":{\n"
        block = head + lines + b"\n}"
        contents.append([name, start + len(head), len(lines), len(docs)])
        blocks.append(block)
        start += len(block) + 2
    told = {
        "generation": snapshot.generation,
        **snapshot.position._asdict(),
        "last_at": snapshot.last_at,
        "contents": contents,
    }
    header = b'{"_snapshot":{"1":' + orjson.dumps(told) + b"}"
    replace_file(disk, folder / NAME, header + b"".join(b",\n" + block for block in blocks) + b"\n}\n")


def read_snapshot(folder: Path, disk: Disk, generation: str) -> Snapshot | None:
    """Open the snapshot; tables are read when first asked for. None where there is none that can be used."""
    try:
        file = disk.open_append(folder / NAME, create=False, writable=False)
    except OSError:
        return None
    head = _header(file)
    if head is None or head[0].get("generation") != generation:
        file.close()
        return None
    told, length = head
    tables = {
        name: Table(partial(_documents, file, length + 2 + start, size), count)
        for name, start, size, count in told["contents"]
    }
    position = Position(*(told[field] for field in Position._fields))
    return Snapshot(generation=generation, position=position, tables=Tables(tables), last_at=told["last_at"])


def _header(file: AppendFile) -> tuple[dict, int] | None:  # type: ignore[type-arg] # JSON
    data = file.read_part(0, 1 << 16)
    end = data.find(b"\n")
    if end < 0:
        data = file.read(0)
        end = data.find(b"\n")
    line = data[:end].removesuffix(b",")
    try:
        return orjson.loads(line + b"}")["_snapshot"]["1"], len(line)
    except (ValueError, KeyError):
        return None


def _documents(file: AppendFile, start: int, size: int) -> dict[str, bytes]:
    found = {}
    for line in file.read_part(start, size).split(b"\n"):
        key, _, held = line.partition(b'":')
        if b"\\" in key:
            # An id with a quote or a backslash of its own: let JSON find where it ends.
            id = next(iter(orjson.loads(b"{" + line.removesuffix(b",") + b"}")))
            found[id] = line.removesuffix(b",")[len(orjson.dumps(id)) + 1 :]
        elif key:
            found[key[1:].decode()] = held.removesuffix(b",")
    return found
