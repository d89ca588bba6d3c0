"""Running the screens so that whoever ends the program from outside gets a terminal as it was before.

Without this a signal ends the program where it stands: the terminal stays without echo, on the other screen, and what
was typed in the last second is lost.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from textual.app import App

R = TypeVar("R")
_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")
"""Told to end, interrupted, the line cut; a system has not all of them."""


def run_until_left(app: App[R], leave: Callable[[int], Any] | None = None) -> R | None:
    """Run an app and give its answer. A signal has it left by `leave`, with the exit code of a shell: 128 + signal."""
    leaving = leave or (lambda code: app.exit(return_code=code))

    async def run() -> R | None:
        _hear(leaving)
        return await app.run_async()

    return asyncio.run(run())


def _hear(leave: Callable[[int], Any]) -> None:
    loop = asyncio.get_running_loop()
    for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
        with suppress(NotImplementedError):  # Windows: a closed window ends the program at once
            loop.add_signal_handler(number, partial(_end, number, leave))


def _end(number: int, leave: Callable[[int], Any]) -> None:
    if number == getattr(signal, "SIGHUP", None):
        _put_nothing_in_the_terminals_place()
    leave(128 + number)


def _put_nothing_in_the_terminals_place() -> None:
    """Have reading and writing go on without a terminal: it is gone, and to fail at it would hold up the leaving."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with suppress(OSError):
            os.dup2(nothing, stream)
    os.close(nothing)
