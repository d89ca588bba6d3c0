"""The files of drafts: one for each form that is typed in, readable by its owner only, held by a lock while it lives.

A file is lines of JSON, each a whole draft; the last whole line counts, so that whoever dies while writing leaves the
line before. The lock tells a draft that its program left behind from one that somebody types in another window.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from floodready.tui.drafts import KEPT_FOR, Draft, is_old, last_written, written

_LONGEST = 1 << 16
"""Bytes of lines after which another file is begun."""
_ENDING = ".draft"


class DraftFile:
    """One draft, of one form that is open. Its file is made when something is typed. Used by one thread at a time."""

    def __init__(self, folder: Path, form: str) -> None:
        self._folder = folder
        self._form = form
        self._path: Path | None = None
        self._number: int | None = None
        self._length = 0

    def take(self, fits: Callable[[Draft], bool]) -> Draft | None:
        """Take over the newest fitting draft that a program left behind; None where there is none.

        Raises OSError where the folder cannot be read.
        """
        left = _left_behind(self._folder, self._form)
        fitting = [(found, held) for held in left if (found := held.draft()) is not None and fits(found)]
        newest = max(fitting, key=lambda pair: pair[0].typed_at, default=None)
        for held in left:
            if newest is None or held is not newest[1]:
                held.let_go()
        if newest is None:
            return None
        found, held = newest
        self._path, self._number, self._length = held.path, held.number, held.length
        return found

    def write(self, draft: Draft, *, sync: bool) -> None:
        """Put what is typed now behind what was; `sync` waits until it outlives the power. Raises OSError."""
        if self._number is None:
            self._begin()
        elif self._length > _LONGEST:
            self._begin_another(draft)
            return
        self._append(draft, sync=sync)

    def _append(self, draft: Draft, *, sync: bool) -> None:
        assert self._number is not None
        line = written(draft)
        done = os.write(self._number, line)
        self._length += done
        if done < len(line):  # the disk is full now: the line broke off
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if sync:
            os.fsync(self._number)

    def _begin_another(self, draft: Draft) -> None:
        """Go on in a new file; the old one stays until the draft is on disk there, whatever happens meanwhile."""
        old = self._path, self._number, self._length
        try:
            self._begin()
            self._append(draft, sync=True)
        except OSError:
            if self._number != old[1]:
                self.remove()
            self._path, self._number, self._length = old
            raise
        path, number, _ = old
        assert path is not None
        assert number is not None
        with suppress(OSError):
            path.unlink()
        os.close(number)

    def remove(self) -> None:
        """Take the draft away: it was recorded, or thrown away."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()
        self.let_go()

    def let_go(self) -> None:
        """Leave the draft for whoever opens the form again."""
        if self._number is not None:
            os.close(self._number)
        self._path = self._number = None
        self._length = 0

    def _begin(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{self._form}.{os.urandom(6).hex()}{_ENDING}"
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        if not _locked(number):
            os.close(number)
            raise BlockingIOError
        self._path, self._number, self._length = path, number, 0


def remove_old(folder: Path, now: datetime) -> None:
    """Take away what is too old to help anybody, of all forms, and what nobody can read. Nothing is raised."""
    with suppress(OSError):
        for held in _left_behind(folder, ""):
            found = held.draft()
            old = is_old(found, now) if found is not None else held.age() >= KEPT_FOR.total_seconds()
            if old:
                with suppress(OSError):
                    held.path.unlink()
            held.let_go()


class _Held:
    """A draft file without an owner, locked to look at it."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self.number = number
        self.length = os.fstat(number).st_size

    def draft(self) -> Draft | None:
        os.lseek(self.number, 0, os.SEEK_SET)
        return last_written(os.read(self.number, self.length))

    def age(self) -> float:
        """Seconds since it was written."""
        return time.time() - os.fstat(self.number).st_mtime

    def let_go(self) -> None:
        os.close(self.number)


def _left_behind(folder: Path, form: str) -> list[_Held]:
    """Give the drafts whose program has ended, locked. Raises OSError where the folder cannot be read."""
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    held = []
    for path in paths:
        if path.name.startswith(form) and path.suffix == _ENDING:
            try:
                number = os.open(path, os.O_RDWR | os.O_APPEND)
            except OSError:  # gone meanwhile, or another person's
                continue
            if _locked(number) and _is_still(path, number):
                held.append(_Held(path, number))
            else:
                os.close(number)
    return held


def _is_still(path: Path, number: int) -> bool:
    """Tell whether the name still means the file that is held: its owner may just have taken it away."""
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except OSError:
        return False


def _locked(number: int) -> bool:
    import portalocker

    try:
        portalocker.lock(number, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except (BlockingIOError, portalocker.exceptions.LockException):
        return False
    return True
