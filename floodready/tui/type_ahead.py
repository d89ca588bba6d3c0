"""Keys that come faster than the screens: each waits until the one before it is wholly taken, and none is lost.

Textual hands a key to what has the focus when the key arrives. A hand (or a scanner) that goes on typing while a form
is still being opened, or while its last act is being written to disk, would otherwise type into the screen before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget

LOOK_AGAIN = 0.01
"""Seconds after which a screen that could not take keys is asked again."""
GIVE_UP = 5.0
"""Seconds after which a widget that does not answer, as one that is being removed, no longer holds up the keys."""


class TypeAhead:
    """The keys of one app, in the order in which they came."""

    def __init__(self, front: Callable[[], Screen[Any]], give: Callable[[Key], Awaitable[None]]) -> None:
        """`front` gives the screen in front; `give` hands a key to what has the focus."""
        self._front = front
        self._give = give
        self._keys: deque[Key] = deque()
        self._following: asyncio.Task[None] | None = None

    async def take(self, key: Key) -> None:
        """Hand a key on at once where nothing is before it, else when its turn comes."""
        if self._following is not None or not _takes(self._front(), key):
            self._keys.append(key)
        else:
            target = self._focus()
            await self._give(key)
            self._follow(target)
        if self._following is None:
            self._follow(None)

    async def all_taken(self) -> None:
        """Wait until no key waits."""
        if self._following is not None:
            await asyncio.wait([self._following])

    def _follow(self, target: Widget | None) -> None:
        self._following = asyncio.create_task(self._go_on(target))

    async def _go_on(self, target: Widget | None) -> None:
        try:
            if target is not None:
                await _passed(target)
            while self._keys:
                while not _takes(self._front(), self._keys[0]):  # noqa: ASYNC110 # many things end a wait
                    # Looked at now and then: what a screen waits for has many forms, and keys wait seldom and shortly.
                    await asyncio.sleep(LOOK_AGAIN)
                target = self._focus()
                await self._give(self._keys.popleft())
                await _passed(target)
        finally:
            self._following = None

    def _focus(self) -> Widget:
        front = self._front()
        return front.focused or front


def plain_space(key: Key) -> Key:
    """Give a plain space for the wide one of a Chinese input method, which no field takes and no key is bound to."""
    return Key("space", " ") if key.character == "\u3000" else key


def _takes(screen: Screen[Any], key: Key) -> bool:
    """Tell whether a screen stands, and does not wait for the disk; some keys it may hear while it waits."""
    waits = getattr(screen, "is_waiting", False) and key.key not in getattr(screen, "HEARD_WAITING", ())
    return screen.is_mounted and not waits


async def _passed(target: Widget) -> None:
    """Wait until a widget, and all that it may have handed its last key on to up to the app, have taken it."""
    for node in list(target.ancestors_with_self):
        if node.is_running:
            passed = asyncio.Event()
            if node.call_later(passed.set):
                try:
                    await asyncio.wait_for(passed.wait(), GIVE_UP)
                except TimeoutError:
                    return
