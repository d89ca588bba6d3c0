"""Every touch of the disk, behind one small class, so that tests can fail and cut any of them.

Nothing else of the store writes, syncs, renames, truncates or deletes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Protocol


class FileState(NamedTuple):
    """What one `stat` of an open file tells."""

    size: int
    links: int
    """0 when the file was deleted under the program (or replaced)."""


class AppendFile(Protocol):
    """An open file that only grows, but for a torn end that is cut off."""

    def state(self) -> FileState:
        """Tell size and links."""
        ...

    def read(self, offset: int) -> bytes:
        """Read from an offset to the end."""
        ...

    def read_part(self, offset: int, size: int) -> bytes:
        """Read up to so many bytes from an offset."""
        ...

    def append(self, data: bytes) -> None:
        """Write at the end, whole. Raises OSError; a part may then stand there."""
        ...

    def sync(self) -> None:
        """Wait until everything written so far is on the disk. Raises OSError; then nobody knows what is."""
        ...

    def truncate(self, size: int) -> None:
        """Cut the file to a size."""
        ...

    def forget_cached(self) -> None:
        """Drop what the system remembers of the file, so that the next read comes from the disk."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Disk(Protocol):
    """The operations that the store needs of a file system."""

    def open_append(self, path: Path, *, create: bool, writable: bool = True) -> AppendFile:
        """Open a file for appending and reading. Raises FileNotFoundError, PermissionError, OSError."""
        ...

    def read(self, path: Path) -> bytes:
        """Read a whole file. Raises FileNotFoundError."""
        ...

    def write_whole(self, path: Path, data: bytes) -> None:
        """Write a new file and sync it; a file of that name is overwritten."""
        ...

    def rename(self, source: Path, target: Path) -> None:
        """Put one file in another's place, atomically."""
        ...

    def unlink(self, path: Path) -> None:
        """Delete a file; one that is gone already is no error."""
        ...

    def make_folder(self, path: Path) -> None:
        """Make a private folder; one that stands already is no error."""
        ...

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        ...

    def names(self, folder: Path) -> list[str]:
        """List the names in a folder, sorted; none for a folder that does not exist."""
        ...


class RealDisk:
    """The file system of this machine. Files are private to their owner."""

    def open_append(self, path: Path, *, create: bool, writable: bool = True) -> AppendFile:
        """Open a file for appending and reading."""
        flags = (os.O_RDWR | os.O_APPEND) if writable else os.O_RDONLY
        return _RealFile(os.open(path, flags | (os.O_CREAT if create else 0) | getattr(os, "O_BINARY", 0), 0o600))

    def read(self, path: Path) -> bytes:
        """Read a whole file."""
        return path.read_bytes()

    def write_whole(self, path: Path, data: bytes) -> None:
        """Write a new file and sync it."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            _write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Put one file in another's place, atomically."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Delete a file."""
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Make a private folder."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk; Windows does that by itself."""
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def names(self, folder: Path) -> list[str]:
        """List the names in a folder, sorted."""
        try:
            return sorted(path.name for path in folder.iterdir())
        except FileNotFoundError:
            return []


class _RealFile:
    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._sync = getattr(os, "fdatasync", os.fsync)

    def state(self) -> FileState:
        found = os.fstat(self._handle)
        return FileState(found.st_size, found.st_nlink)

    def read(self, offset: int) -> bytes:
        os.lseek(self._handle, offset, os.SEEK_SET)
        pieces = []
        while piece := os.read(self._handle, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)

    def read_part(self, offset: int, size: int) -> bytes:
        os.lseek(self._handle, offset, os.SEEK_SET)
        pieces = []
        while size and (piece := os.read(self._handle, size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def append(self, data: bytes) -> None:
        _write_all(self._handle, data)

    def sync(self) -> None:
        self._sync(self._handle)

    def truncate(self, size: int) -> None:
        os.ftruncate(self._handle, size)

    def forget_cached(self) -> None:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._handle, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        os.close(self._handle)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def replace_file(disk: Disk, path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all: temp file, sync, rename, sync of the folder."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        disk.write_whole(temporary, data)
        disk.rename(temporary, path)
    except OSError:
        disk.unlink(temporary)
        raise
    disk.sync_folder(path.parent)
