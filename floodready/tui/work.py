"""Starting work beside the screen's loop, in one way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Generator
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

from floodready.refusal import FloodreadyError

T = TypeVar("T")
_TURN = 0.006
"""Seconds of slices between two turns of the loop: well below a frame."""


async def between_frames(slices: Generator[None, None, T]) -> T:
    """Do work that comes in slices on the loop, giving way often; gives what the slices return."""
    began = time.perf_counter()
    while True:
        try:
            next(slices)
        except StopIteration as end:
            done: T = end.value
            return done
        if time.perf_counter() - began > _TURN:
            await asyncio.sleep(0)
            began = time.perf_counter()


def start(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = True) -> None:
    """Start work that belongs to a node and ends with it; an exclusive one takes the place of its group's last.

    The function is handed over, not a coroutine: one that is overtaken before it began would be left unawaited.
    What stands in its way (a store that is gone, a rule) is told in a window.
    """

    async def told() -> None:
        try:
            await work()
        except FloodreadyError as error:
            tell = getattr(node.app, "tell_refusal", None)
            if tell is None:
                raise
            tell(error)

    _: Worker[None] = node.run_worker(told, group=group, exclusive=exclusive)
