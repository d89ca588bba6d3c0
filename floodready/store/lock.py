"""The writer's lock: held by one process at a time, over all programs that use the store."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem


@contextlib.contextmanager
def file_lock(path: Path, *, patience: float, mode: int) -> Iterator[None]:
    """Hold the lock on a file, which stays. Raises StoreProblem, naming who holds it, after `patience` seconds."""
    import portalocker

    with open(os.open(path, os.O_RDWR | os.O_CREAT, mode), "r+b", buffering=0) as file:
        flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        until = time.monotonic() + patience
        pause = 0.00005
        while True:
            try:
                portalocker.lock(file, flags)
                break
            except portalocker.exceptions.LockException as error:
                if time.monotonic() > until:
                    raise _held_too_long(path, patience) from error
                time.sleep(pause)
                pause = min(pause * 1.5, 0.01)
        try:
            yield
        finally:
            portalocker.unlock(file)


def _held_too_long(path: Path, patience: float) -> StoreProblem:
    return StoreProblem(
        say(
            "Another program has been writing to {folder} for {seconds} seconds. Wait for it or end it, then try again.",
            folder=verbatim(str(path.parent)),
            seconds=int(patience),
        )
    )
