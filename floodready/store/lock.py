"""The writer's lock: held by one process at a time, over all programs that use the store."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from floodready.language import Sentence, say, verbatim
from floodready.refusal import StoreProblem

_PAUSE, _LONG_PAUSE, _LONG_WAIT = 0.00005, 0.005, 0.1
"""Seconds between two tries: a commit holds the lock for less than a tenth of a millisecond. Longer after a long wait."""


class PortableLock:
    """A lock on a file, by the means of the operating system: it is free again when its holder dies."""

    def __init__(self, path: Path, mode: int) -> None:
        import portalocker

        take = int(portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        give_back = int(portalocker.LockFlags.UNBLOCK)
        # The library's wrapping of the call costs ten times the call, on every commit.
        call = getattr(portalocker.portalocker, "LOCKER", None)
        if os.name == "posix" and callable(call):
            self._take = lambda: call(self._number, take)
            self._give_back = lambda: call(self._number, give_back)
        else:
            self._take = lambda: portalocker.lock(self._number, portalocker.LockFlags(take))
            self._give_back = lambda: portalocker.unlock(self._number)
        self._refusals = (BlockingIOError, portalocker.exceptions.LockException)
        self._path = path.absolute()
        self._number = os.open(path, os.O_RDWR | os.O_CREAT, mode)

    def acquire(self, patience: float, meanwhile: Callable[[], object] | None = None) -> None:
        """Take the lock. Raises StoreProblem, naming who holds it, after `patience` seconds.

        While it waits it does what is useful meanwhile.
        """
        began = time.monotonic()
        while True:
            try:
                self._take()
                break
            except self._refusals as error:
                waited = time.monotonic() - began
                if waited >= patience:
                    raise StoreProblem(self._held_too_long(patience)) from error
                if meanwhile is not None:
                    meanwhile()
                time.sleep(_PAUSE if waited < _LONG_WAIT else _LONG_PAUSE)

    def release(self) -> None:
        """Give the lock back."""
        self._give_back()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._number)

    def _held_too_long(self, patience: float) -> Sentence:
        return say(
            "{folder} is being written to by another program ({holders}) for more than {seconds} s. "
            "Wait for it or end it, then try again.",
            folder=verbatim(str(self._path.parent)),
            holders=verbatim(", ".join(_programs_with(self._path)) or "?"),
            seconds=int(patience),
        )


def _programs_with(path: Path) -> list[str]:
    """Name the programs that have a file open, with number and user, as far as this user may see."""
    import psutil

    found: list[str] = []
    for program in psutil.process_iter(["name", "username", "open_files"]):
        held = program.info["open_files"] or ()
        if any(Path(file.path) == path for file in held):
            found.append(f"{program.info['name']} {program.pid}, {program.info['username']}")
    return found
