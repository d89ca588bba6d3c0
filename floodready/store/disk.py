"""The disk as the store sees it: every write, sync, rename, truncate and unlink goes through here.

Tests put a simulated disk in its place, which loses what was not synced.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

_BINARY = getattr(os, "O_BINARY", 0)
_data_sync = getattr(os, "fdatasync", os.fsync)


_TIME_STEP = 100_000_000
"""Nanoseconds: file systems tell times in finer steps, but for FAT, whose two seconds a look now and then covers."""


class Handle(Protocol):
    """An open file that is read and written at any place."""

    def size(self) -> int:
        """Tell the present length in bytes. Costs one `fstat`."""
        ...

    def in_place(self) -> bool:
        """Tell whether its path still names this file: what is written to one that was replaced or deleted is lost."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """Read up to `length` bytes from a place."""
        ...

    def write(self, offset: int, data: bytes) -> int:
        """Write at a place in one call; gives how many bytes were taken, which a full disk makes fewer."""
        ...

    def make_room(self, size: int) -> None:
        """Fill the file with zeros up to a length, so that a sync need write neither a new length nor a new place.

        Raises OSError where the disk has not so much left; the file is then as it was.
        """
        ...

    def truncate(self, size: int) -> None:
        """Cut the file to a length."""
        ...

    def sync(self) -> None:
        """Wait until the content and the length are on disk."""
        ...

    def forget_cache(self) -> None:
        """Have the file read from the disk again: after a failed sync the cache may show what is not there."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class FileLock(Protocol):
    """A lock over all processes."""

    def acquire(self, patience: float, meanwhile: Callable[[], object] | None = None) -> None:
        """Take the lock. Raises StoreProblem, naming who holds it, after `patience` seconds.

        While it waits it does what is useful meanwhile.
        """
        ...

    def release(self) -> None:
        """Give the lock back."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Disk(Protocol):
    """Files and folders, with everything that can fail or be lost."""

    def open(self, path: Path, *, write: bool = False, create: bool = False) -> Handle:
        """Open a file; `create` makes it where it is missing. Raises OSError."""
        ...

    def read(self, path: Path) -> bytes:
        """Read a whole file. Raises OSError."""
        ...

    def identity(self, path: Path) -> object:
        """Give a value that changes when another file is put in this one's place. Raises FileNotFoundError."""
        ...

    def state_of_names(self, folder: Path) -> object:
        """Give a value that changes when a name in a folder is made, moved or taken away.

        None where one has changed so lately that a further change might not show, or the folder is gone.
        """
        ...

    def exists(self, path: Path) -> bool:
        """Tell whether a file or folder is there."""
        ...

    def names(self, folder: Path) -> list[str]:
        """Give the names in a folder, sorted; none where it is missing."""
        ...

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it; it may be there already."""
        ...

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in another's place, in one step."""
        ...

    def unlink(self, path: Path) -> None:
        """Take a file away."""
        ...

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on disk."""
        ...

    def lock(self, path: Path) -> FileLock:
        """Give the lock that a file stands for; it is not taken yet. Raises OSError."""
        ...

    def require_local(self, folder: Path) -> None:
        """Refuse a network share, where locks and syncs do not hold. Raises StoreProblem."""
        ...


def replace_file(disk: Disk, path: Path, content: bytes) -> None:
    """Put a whole new content in a file's place so that a crash leaves the old one or the new one. Raises OSError."""
    temporary = path.with_name(path.name + ".tmp")
    with whole_or_gone(disk, temporary):
        write_file(disk, temporary, content)
        disk.rename(temporary, path)
    disk.sync_folder(path.parent)


def put_file(disk: Disk, path: Path, content: bytes) -> None:
    """Put a whole new content in a file's place without waiting for the disk: for what may be lost. Raises OSError."""
    temporary = path.with_name(path.name + ".tmp")
    with whole_or_gone(disk, temporary):
        handle = disk.open(temporary, write=True, create=True)
        try:
            handle.truncate(0)
            write_all(handle, 0, content)
        finally:
            handle.close()
        disk.rename(temporary, path)


@contextmanager
def whole_or_gone(disk: Disk, path: Path) -> Iterator[None]:
    """Take a file away that could not be written whole and put in its place: it would keep a full disk full."""
    try:
        yield
    except BaseException:  # whoever stops the program wants no half a file either
        with suppress(OSError):
            if disk.exists(path):
                disk.unlink(path)
        raise


def write_file(disk: Disk, path: Path, content: bytes) -> None:
    """Write and sync a file's content; the folder is not synced. Raises OSError."""
    handle = disk.open(path, write=True, create=True)
    try:
        handle.truncate(0)
        write_all(handle, 0, content)
        handle.sync()
    finally:
        handle.close()


def write_all(handle: Handle, offset: int, content: bytes) -> int:
    """Write everything at a place; a disk that takes only a part is asked again and then says why.

    Gives the place behind it. Raises OSError.
    """
    end = offset + len(content)
    while offset < end:
        offset += handle.write(offset, content[offset - end :])
    return end


class RealHandle:
    """A file of the operating system; closed when nobody holds it: another thread may just be syncing it."""

    def __init__(self, number: int, path: Path) -> None:
        self._number = number
        self._path = str(path)
        self._file: tuple[int, int] | None = None

    def size(self) -> int:
        """Tell the present length in bytes."""
        return os.fstat(self._number).st_size

    def in_place(self) -> bool:
        """Tell whether its path still names this file. Costs one `stat`."""
        if self._file is None:
            here = os.fstat(self._number)
            self._file = (here.st_dev, here.st_ino)
        try:
            there = os.stat(self._path)  # noqa: PTH116 # half the cost of Path.stat, on every reading
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == self._file

    def read(self, offset: int, length: int) -> bytes:
        """Read up to `length` bytes from a place."""
        if hasattr(os, "pread"):
            return os.pread(self._number, length, offset)
        os.lseek(self._number, offset, os.SEEK_SET)
        return os.read(self._number, length)

    def write(self, offset: int, data: bytes) -> int:
        """Write at a place in one call."""
        if hasattr(os, "pwrite"):
            return os.pwrite(self._number, data, offset)
        os.lseek(self._number, offset, os.SEEK_SET)
        return os.write(self._number, data)

    def make_room(self, size: int) -> None:
        """Fill the file with zeros up to a length."""
        end = self.size()
        try:
            if hasattr(os, "posix_fallocate"):  # a disk that is too full says so at once
                os.posix_fallocate(self._number, 0, size)
            write_all(self, end, bytes(max(0, size - end)))
        except OSError:
            self.truncate(end)
            raise

    def truncate(self, size: int) -> None:
        """Cut the file to a length."""
        os.ftruncate(self._number, size)

    def sync(self) -> None:
        """Wait until the content and the length are on disk."""
        _data_sync(self._number)

    def forget_cache(self) -> None:
        """Ask the system to read the file from the disk again."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._number, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        """Close the file."""
        number, self._number = self._number, -1
        if number != -1:
            os.close(number)

    __del__ = close


class RealDisk:
    """The operating system's files. They are private to their owner, or with `group` readable by the group."""

    def __init__(self, *, group: bool = False) -> None:
        self.group = group

    @classmethod
    def like(cls, folder: Path) -> RealDisk:
        """Give a disk that makes files as open as a store's folder is."""
        try:
            return cls(group=bool(folder.stat().st_mode & 0o040))
        except OSError:
            return cls()

    def open(self, path: Path, *, write: bool = False, create: bool = False) -> RealHandle:
        """Open a file; `create` makes it where it is missing."""
        flags = (os.O_RDWR if write else os.O_RDONLY) | (os.O_CREAT if create else 0) | _BINARY
        return RealHandle(os.open(path, flags, 0o640 if self.group else 0o600), path)

    def read(self, path: Path) -> bytes:
        """Read a whole file."""
        return path.read_bytes()

    def identity(self, path: Path) -> object:
        """Give a value that changes when another file is put in this one's place."""
        found = os.stat(path)  # noqa: PTH116 # half the cost of Path.stat, on every reading
        return (found.st_ino, found.st_mtime_ns)

    def state_of_names(self, folder: Path) -> object:
        """Give the folder's own time of change, once it is older than the steps in which file systems tell time."""
        try:
            changed = os.stat(folder).st_mtime_ns  # noqa: PTH116 # half the cost of Path.stat, on every reading
        except FileNotFoundError:
            return None
        return changed if abs(time.time_ns() - changed) > _TIME_STEP else None

    def exists(self, path: Path) -> bool:
        """Tell whether a file or folder is there."""
        return path.exists()

    def names(self, folder: Path) -> list[str]:
        """Give the names in a folder, sorted; none where it is missing."""
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 # names, no paths
        except FileNotFoundError:
            return []

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o750 if self.group else 0o700, exist_ok=True)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in another's place, in one step."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Take a file away."""
        path.unlink()

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on disk; Windows does that by itself and cannot open folders."""
        if os.name == "nt":
            return
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def lock(self, path: Path) -> FileLock:
        """Give the lock that a file stands for."""
        from floodready.store.lock import PortableLock

        return PortableLock(path, 0o660 if self.group else 0o600)

    def require_local(self, folder: Path) -> None:
        """Refuse a network share."""
        from floodready.store.network_share import require_local

        require_local(folder)
