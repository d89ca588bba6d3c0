"""Attached files: copied into the store's folder under their hash, so that nothing can be put in their place.

A document names one by an object with its `sha256`, wherever in it that object stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from floodready.frozen import frozen
from floodready.language import say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused, StoreProblem
from floodready.store.disk import Disk, RealDisk, whole_or_gone, write_file
from floodready.text import one_line

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is no photo or paper."""
_FOLDER = "attachments"
_FIELD = "sha256"
_DIGITS = frozenset("0123456789abcdef")


@frozen
class Kept:
    """A file that lies in the store: its own name, its size in bytes, and its hash, under which it lies there."""

    name: str
    size: int
    sha256: str


def keep(folder: Path, source: Path) -> Kept:
    """Copy a file into the store's folder; the same content is kept once. Raises Refused, StoreProblem."""
    try:
        if source.stat().st_size > LARGEST:
            raise Refused(say("{file} is larger than 64 MB.", file=verbatim(str(source))))
        data = source.read_bytes()
    except OSError as error:
        raise Refused(
            say("{file} cannot be read ({problem}).", file=verbatim(str(source)),
                problem=reason_of(error))
        ) from error  # fmt: skip
    digest = hashlib.sha256(data).hexdigest()
    try:
        put_attached(RealDisk.like(folder), folder, digest, data)
    except OSError as error:
        raise StoreProblem(
            say("{file} cannot be kept in the store ({problem}). Nothing was attached.", file=verbatim(source.name),
                problem=reason_of(error))
        ) from error  # fmt: skip
    return Kept(name=one_line(source.name)[:120] or digest, size=len(data), sha256=digest)


def put_attached(disk: Disk, folder: Path, sha256: str, data: bytes) -> None:
    """Put a file under its hash, on disk when this returns; one that lies there whole stays. Raises OSError."""
    if attached(disk, folder, sha256) is not None:
        return
    disk.make_folder(folder / _FOLDER)
    temporary = folder / _FOLDER / f".{uuid4().hex}"
    with whole_or_gone(disk, temporary):
        write_file(disk, temporary, data)
        disk.rename(temporary, folder / _FOLDER / sha256)
    disk.sync_folder(folder / _FOLDER)
    disk.sync_folder(folder)


def attached(disk: Disk, folder: Path, sha256: str) -> bytes | None:
    """Give an attached file's content; None where it is missing or no longer has its hash."""
    try:
        data = disk.read(path_of(folder, sha256))
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def path_of(folder: Path, sha256: str) -> Path:
    """Tell where an attached file lies."""
    return folder / _FOLDER / sha256


def named_in(line: bytes, facts: Any) -> Iterator[tuple[str, str]]:
    """Give hash and own name of every file that a journal line (as written, and parsed) attaches."""
    if b'"sha256":"' in line:
        for _, _, _, after in facts["changes"]:
            yield from _named(after)


def _named(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        digest = value.get(_FIELD)
        # Only a hash may become part of a path, whatever a document says.
        if isinstance(digest, str) and len(digest) == 64 and set(digest) <= _DIGITS:
            yield digest, str(value.get("name", digest))
        for item in value.values():
            yield from _named(item)
