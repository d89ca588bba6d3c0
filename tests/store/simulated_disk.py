"""A disk in memory that counts its operations, dies at a chosen one, then holds what a real one might still hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

Done = tuple[str, int, bytes]
"""What was done to a file: the operation, the place or length, and what was written there."""
Held = tuple[frozenset[Path], frozenset[tuple[Path, bytes]]]
"""What stands on a disk: its folders, and each file's content by its path."""


class PowerFailure(BaseException):
    """The machine stops here; no `except Exception` sees it."""


@dataclass
class Inode:
    """A file's content now and on disk, and what was done to it since it was last synced."""

    now: bytes = b""
    on_disk: bytes = b""
    since: list[Done] = field(default_factory=list)

    def do(self, what: Done) -> None:
        self.now = done(self.now, what)
        self.since.append(what)

    def sync(self) -> None:
        self.on_disk, self.since = self.now, []


def done(content: bytes, what: Done) -> bytes:
    name, place, data = what
    match name:
        case "truncate":
            return content[:place].ljust(place, b"\0")
        case "make room":
            return content.ljust(place, b"\0")
        case _:
            return content[:place].ljust(place, b"\0") + data + content[place + len(data) :]


class SimulatedHandle:
    def __init__(self, disk: SimulatedDisk, inode: Inode, path: Path, *, write: bool) -> None:
        self._disk, self._inode, self._path, self._write = disk, inode, path, write

    def size(self) -> int:
        return len(self._inode.now)

    def in_place(self) -> bool:
        return self._disk.files.get(self._path) is self._inode

    def read(self, offset: int, length: int) -> bytes:
        return self._inode.now[offset : offset + length]

    def write(self, offset: int, data: bytes) -> int:
        assert self._write

        def half(cut: int) -> None:
            self._inode.do(("write", offset, data[:cut]))

        data = data[: self._disk.step("write", self._path, len(data), half)]
        self._inode.do(("write", offset, data))
        return len(data)

    def make_room(self, size: int) -> None:
        assert self._write
        self._disk.step("make room", self._path)
        self._inode.do(("make room", size, b""))

    def truncate(self, size: int) -> None:
        assert self._write
        self._disk.step("truncate", self._path)
        self._inode.do(("truncate", size, b""))

    def sync(self) -> None:
        self._disk.step("sync", self._path)
        self._inode.sync()

    def forget_cache(self) -> None:
        # What a failed sync left in the cache only is gone.
        self._inode.now, self._inode.since = self._inode.on_disk, []

    def close(self) -> None:
        pass


class NoLock:
    def acquire(self, patience: float, meanwhile: Callable[[], object] | None = None) -> None:
        pass

    def release(self) -> None:
        pass

    def close(self) -> None:
        pass


class SimulatedDisk:
    """Files by path; folders are names too. `fault(what, path)` may raise OSError or give how much a write takes."""

    def __init__(self) -> None:
        self.files: dict[Path, Inode] = {}
        self.files_on_disk: dict[Path, Inode] = {}
        self.folders: set[Path] = {Path("/")}
        self.folders_on_disk: set[Path] = {Path("/")}
        self.steps: list[tuple[str, str]] = []
        self.dies_at: int | None = None
        self.torn: float = 0.0
        self.fault: Callable[[str, Path], int | None] | None = None

    def step(self, what: str, path: Path, length: int = 0, half: Callable[[int], None] | None = None) -> int:
        """Count an operation that changes something; gives how many bytes of a write are taken."""
        self.steps.append((what, path.name))
        if self.dies_at is not None and len(self.steps) > self.dies_at:
            if half is not None and self.torn:
                half(max(1, min(length - 1, round(length * self.torn))))
            raise PowerFailure
        taken = self.fault(what, path) if self.fault is not None else None
        return length if taken is None else taken

    def open(self, path: Path, *, write: bool = False, create: bool = False) -> SimulatedHandle:
        if path not in self.files:
            if not create:
                raise FileNotFoundError(2, "No such file or directory", str(path))
            assert path.parent in self.folders, path
            self.step("create", path)
            self.files[path] = Inode()
        elif write and self.fault is not None:
            self.fault("open", path)
        return SimulatedHandle(self, self.files[path], path, write=write)

    def read(self, path: Path) -> bytes:
        return self.open(path).read(0, 1 << 40)

    def identity(self, path: Path) -> object:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return id(self.files[path])

    def state_of_names(self, folder: Path) -> object:
        return None

    def exists(self, path: Path) -> bool:
        return path in self.files or path in self.folders

    def names(self, folder: Path) -> list[str]:
        return sorted(path.name for path in [*self.files, *self.folders] if path.parent == folder and path != folder)

    def make_folder(self, path: Path) -> None:
        for made in (*reversed(path.parents), path):
            if made not in self.folders:
                self.step("mkdir", made)
                self.folders.add(made)

    def rename(self, source: Path, target: Path) -> None:
        self.step("rename", target)
        self.files[target] = self.files.pop(source)

    def unlink(self, path: Path) -> None:
        self.step("unlink", path)
        del self.files[path]

    def sync_folder(self, path: Path) -> None:
        self.step("sync folder", path)
        kept = {known: inode for known, inode in self.files_on_disk.items() if known.parent != path}
        self.files_on_disk = kept | {known: inode for known, inode in self.files.items() if known.parent == path}
        self.folders_on_disk = {known for known in self.folders_on_disk if known.parent != path or known == path} | {
            known for known in self.folders if known.parent == path
        }

    def lock(self, path: Path) -> NoLock:
        return NoLock()

    def require_local(self, folder: Path) -> None:
        pass

    def after_failure(self) -> Iterator[tuple[str, SimulatedDisk]]:
        """Give every disk that may be found when the machine starts again, each once with all that may have left it so.

        Where nothing was unsynced most of the ways end in one disk, and what it holds says all that a start can see.
        """
        found: dict[Hashable, tuple[list[str], SimulatedDisk]] = {}
        for names, files, known in (
            ("names synced", self.files_on_disk, self.folders_on_disk),
            ("names written", self.files, self.folders),
        ):
            folders = frozenset(folder for folder in known if known.issuperset(folder.parents))
            standing = {path: inode for path, inode in files.items() if path.parent in folders}
            for way, content in WAYS.items():
                held = {path: content(inode) for path, inode in standing.items()}
                key = folders, frozenset(held.items())
                if key not in found:
                    found[key] = [], SimulatedDisk.holding(folders, held)
                found[key][0].append(f"{names}, {way}")
        for ways, disk in found.values():
            yield " or ".join(ways), disk

    @classmethod
    def holding(cls, folders: Iterable[Path], files: Mapping[Path, bytes]) -> SimulatedDisk:
        """Give a disk with these folders and files, all of it synced."""
        disk = cls()
        disk.folders, disk.folders_on_disk = set(folders), set(folders)
        disk.files = {path: Inode(held, held) for path, held in files.items()}
        disk.files_on_disk = dict(disk.files)
        return disk


def _without_last(inode: Inode) -> bytes:
    return _all_done(inode.on_disk, inode.since[:-1])


def _without_first(inode: Inode) -> bytes:
    """One page reached the disk, the one before it did not."""
    first = next((what for what in inode.since if what[2]), None)
    return _all_done(inode.on_disk, [what for what in inode.since if what is not first])


def _without_first_half(inode: Inode) -> bytes:
    found = list(inode.since)
    for number, (name, place, data) in enumerate(found):
        if data:
            half = len(data) // 2
            found[number] = (name, place + half, data[half:])
            break
    return _all_done(inode.on_disk, found)


def _cut_to(part: float) -> Callable[[Inode], bytes]:
    def cut(inode: Inode) -> bytes:
        left = round(sum(len(data) for _, _, data in inode.since) * part)
        kept: list[Done] = []
        for name, place, data in inode.since:
            if data and not left:
                break
            kept.append((name, place, data[:left]))
            left -= len(data[:left])
        return _all_done(inode.on_disk, kept)

    return cut


def _all_done(content: bytes, since: list[Done]) -> bytes:
    for what in since:
        content = done(content, what)
    return content


WAYS: dict[str, Callable[[Inode], bytes]] = {
    "unsynced content lost": attrgetter("on_disk"),
    "all content kept": attrgetter("now"),
    "last write lost": _without_last,
    "first write lost": _without_first,
    "first half of the first write lost": _without_first_half,
    **{f"{part} of what was unsynced": _cut_to(part) for part in (0.02, 0.5, 0.98)},
}
"""What a file may hold after the machine died, by what was lost of it."""
