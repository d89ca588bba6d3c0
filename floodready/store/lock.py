"""The writer's lock: one writer at a time over all processes, let go by the system when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem

PATIENCE_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.00005, 0.002


class WriterLock:
    """An OS lock on a file; inside one process threads wait for each other as well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = Lock()
        self._file: IO[bytes] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises StoreProblem where somebody keeps it too long or the folder cannot be written."""
        import portalocker

        with self._threads:
            file = self._opened()
            end = time.monotonic() + PATIENCE_SECONDS
            pause = _FIRST_PAUSE
            while True:
                try:
                    portalocker.lock(file, portalocker.LOCK_EX | portalocker.LOCK_NB)
                    break
                except (portalocker.AlreadyLocked, portalocker.LockException) as error:
                    if time.monotonic() > end:
                        raise self._busy() from error
                time.sleep(pause)
                pause = min(pause * 1.5, _LONGEST_PAUSE)
            try:
                self._sign(file)
                yield
            finally:
                portalocker.unlock(file)

    def close(self) -> None:
        """Close the lock's file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            try:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise StoreProblem(
                    say(
                        "The store in {folder} can be read but not written ({problem}). Ask for the right to write in "
                        "that folder; reading goes on.",
                        folder=verbatim(str(self._path.parent)),
                        problem=verbatim(error.strerror or str(error)),
                    )
                ) from error
            self._file = os.fdopen(handle, "r+b", buffering=0)
        return self._file

    def _sign(self, file: IO[bytes]) -> None:
        file.seek(0)
        file.write(f"{os.getpid():<20d}".encode())

    def _busy(self) -> StoreProblem:
        holder = self._path.read_bytes()[:20].decode(errors="replace").strip()
        return StoreProblem(
            say(
                "Another program (process {holder}) has been writing to the store for more than {seconds} s. Nothing "
                "was saved. Wait and do it again; if that process hangs, end it.",
                holder=verbatim(holder or "?"),
                seconds=int(PATIENCE_SECONDS),
            )
        )
