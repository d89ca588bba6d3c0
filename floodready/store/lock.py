"""The writer's lock: held by one process at a time, over all programs that use the store."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from floodready.language import Sentence, say, verbatim
from floodready.refusal import StoreProblem

_EAGER = 0.0005
"""Seconds of trying again and again: a commit holds the lock for about 0.0001, so that this mostly succeeds."""
_PAUSE, _LONGEST_PAUSE = 0.002, 0.05
"""Seconds without trying, longer after a long wait: of many programs few try at a time, and the others get done."""
_let_others = getattr(os, "sched_yield", None) or partial(time.sleep, 0)


class PortableLock:
    """A lock on a file, by the means of the operating system: it is free again when its holder dies."""

    def __init__(self, path: Path, mode: int) -> None:
        import portalocker

        self._path = path.absolute()
        number = self._number = os.open(path, os.O_RDWR | os.O_CREAT, mode)
        take = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        call: Any = getattr(portalocker.portalocker, "LOCKER", None)
        self._take: Callable[[], object] = lambda: portalocker.lock(number, take)
        self._give_back: Callable[[], object] = lambda: portalocker.unlock(number)
        if os.name == "posix" and callable(call):
            # The library's wrapping of the call costs ten times the call, on every commit.
            taking, giving = int(take), int(portalocker.LockFlags.UNBLOCK)
            self._take = lambda: call(number, taking)
            self._give_back = lambda: call(number, giving)
        self._refusals = (BlockingIOError, portalocker.exceptions.LockException)

    def acquire(self, patience: float, meanwhile: Callable[[], object] | None = None) -> None:
        """Take the lock. Raises StoreProblem, naming who holds it, after `patience` seconds.

        While it waits it does what is useful meanwhile.
        """
        began = eager_since = time.monotonic()
        while True:
            try:
                self._take()
                break
            except self._refusals as error:
                now = time.monotonic()
                waited = now - began
                if waited >= patience:
                    raise StoreProblem(self._held_too_long(patience)) from error
                if now - eager_since < _EAGER:
                    _let_others()
                else:
                    time.sleep(min(_PAUSE + waited / 10, _LONGEST_PAUSE))
                    eager_since = time.monotonic()
                if meanwhile is not None:
                    meanwhile()

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
