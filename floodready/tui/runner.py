"""The seam to the disk: every write and every reading of the store happens on one thread, never on the screen's loop.

Writes run in the order in which they were submitted; none is cancelled, overtaken or left without an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from floodready.refusal import FloodreadyError
from floodready.tui.messages import CommandAccepted, CommandRefused

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from floodready.language import Sentence

T = TypeVar("T")


class CommandRunner:
    """Runs commands one after the other and sends each answer to whoever asked."""

    def __init__(self, otherwise: MessagePump, moved: Callable[[], None]) -> None:
        """`otherwise` gets the answers whose sender has been closed; `moved` is called after each command."""
        self._otherwise = otherwise
        self._moved = moved
        self._queue: asyncio.Queue[tuple[MessagePump, Callable[[], Sentence | None]]] = asyncio.Queue()
        # The store is used by this one thread only: a reader never meets a half-applied transaction.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._unanswered = 0

    @property
    def unanswered(self) -> int:
        """Commands submitted whose answer has not come yet."""
        return self._unanswered

    def submit(self, sender: MessagePump, command: Callable[[], Sentence | None]) -> None:
        """Queue a command. It runs in the store's thread and gives the receipt; it must touch no widget."""
        self._unanswered += 1
        self._queue.put_nowait((sender, command))

    async def read(self, question: Callable[[], T]) -> T:
        """Read the store in its own thread. Raises what the question raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    async def serve(self) -> None:
        """Answer commands until cancelled. The app starts this once."""
        while True:
            sender, command = await self._queue.get()
            try:
                await self._answer(sender, command)
            finally:
                self._unanswered -= 1
                self._queue.task_done()

    async def drained(self) -> None:
        """Wait until every submitted command has its answer."""
        await self._queue.join()

    def close(self) -> None:
        """Give the thread back; questions still waiting are finished first."""
        self._thread.shutdown(wait=True)

    async def _answer(self, sender: MessagePump, command: Callable[[], Sentence | None]) -> None:
        outcome: CommandAccepted | CommandRefused
        try:
            outcome = CommandAccepted(await self.read(command))
        except FloodreadyError as error:
            outcome = CommandRefused(error)
        if not sender.post_message(outcome):  # its screen has been closed
            self._otherwise.post_message(outcome)
        # Of a refused one too: what somebody else did first is shown at once, for whoever looks again.
        self._moved()
