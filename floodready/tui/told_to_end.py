"""Running the screens so that whoever ends the program from outside gets a terminal as it was before.

Without this a signal ends the program where it stands: the terminal stays without echo, on the other screen, and what
was typed in the last second is lost.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from textual.app import App

R = TypeVar("R")
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
"""Told to end, interrupted. Not SIGHUP: there is no terminal any more, and Textual's writing to it never comes back.

A cut line ends the program where it stands, as the system does by itself: the draft is there, the lock is free.
"""


def run_until_left(app: App[R], leave: Callable[[int], Any] | None = None) -> R | None:
    """Run an app and give its answer. A signal has it left by `leave`, with the exit code of a shell: 128 + signal."""
    leaving = leave or (lambda code: app.exit(return_code=code))

    async def run() -> R | None:
        _hear(leaving)
        return await app.run_async()

    return asyncio.run(run())


def _hear(leave: Callable[[int], Any]) -> None:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        with suppress(NotImplementedError):  # Windows: a closed window ends the program at once
            loop.add_signal_handler(number, partial(leave, 128 + number))
