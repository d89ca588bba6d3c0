"""Attached files: copied into the store's folder under their hash, so that nothing can be put in their place."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from floodready.language import say, verbatim
from floodready.refusal import Refused, StoreProblem
from floodready.text import one_line

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is no photo or paper."""
_FOLDER = "attachments"


@dataclass(frozen=True, slots=True, kw_only=True)
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
                problem=verbatim(error.strerror or str(error)))
        ) from error  # fmt: skip
    digest = hashlib.sha256(data).hexdigest()
    try:
        _write(folder / _FOLDER, digest, data)
    except OSError as error:
        raise StoreProblem(
            say("{file} cannot be kept in the store ({problem}). Nothing was attached.", file=verbatim(source.name),
                problem=verbatim(error.strerror or str(error)))
        ) from error  # fmt: skip
    return Kept(name=one_line(source.name)[:120] or digest, size=len(data), sha256=digest)


def path_of(folder: Path, sha256: str) -> Path:
    """Tell where an attached file lies."""
    return folder / _FOLDER / sha256


def is_whole(folder: Path, kept: Kept) -> bool:
    """Tell whether an attached file is there and still has its hash."""
    try:
        return hashlib.sha256(path_of(folder, kept.sha256).read_bytes()).hexdigest() == kept.sha256
    except OSError:
        return False


def _write(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if (folder / name).exists() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == name:
        return
    temporary = folder / f".{uuid4().hex}"
    try:
        with temporary.open("xb") as file:
            temporary.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / name)
    finally:
        temporary.unlink(missing_ok=True)
