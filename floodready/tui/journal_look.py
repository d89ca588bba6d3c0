"""Looking at the journal again and again: what others wrote, whether it is still the same, and what stands in its way.

Whoever shows a store looks every second. What keeps it from being read or written to is told once when it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from floodready.language import say
from floodready.os_reasons import refusal_of
from floodready.refusal import FloodreadyError

_ANOTHER = say(
    "The journal of this store is another one now: a backup was restored, or lines of which nobody was told were taken "
    "back. All is shown as it stands there."
)
if TYPE_CHECKING:
    from floodready.language import Sentence
    from floodready.store.contract import Entry
    from floodready.tui.room import Room


class Found(NamedTuple):
    """What one look at the journal brought."""

    entries: tuple[Entry, ...] = ()
    """What was entered since the last look, whoever did it."""
    is_another: bool = False
    """Whether another history stands there now, so that all is to be read anew."""
    trouble: Sentence | None = None
    """What keeps the journal from being read or written to."""
    to_know: tuple[Sentence, ...] = ()
    """What is to be told of that now: trouble when it comes, not while it stays."""
    is_mended: bool = False
    """Whether the trouble of the last look is over."""


class JournalLook:
    """The place up to which one screen has seen the journal."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._seq, self._head = 0, ""
        self._trouble: Sentence | None = None
        self._minute = ""

    def begin(self) -> None:
        """Take what stands there now as seen. In the store's thread only. Raises StoreProblem."""
        self._room.store.refresh()
        self._seq, self._head = self._room.store.seq, self._room.store.head

    async def look(self) -> Found:
        """Read on. Never raises for what a person, a file or the disk can cause: that is the trouble it tells."""
        try:
            found = await self._room.runner.read(self._read_on)
        except FloodreadyError as error:
            found = Found(trouble=error.sentence)
        except OSError as error:
            found = Found(trouble=refusal_of(error))
        before, self._trouble = self._trouble, found.trouble
        if found.trouble == before:
            return found
        if found.trouble is None:
            return found._replace(is_mended=True)
        return found._replace(to_know=(*found.to_know, found.trouble))

    def _read_on(self) -> Found:
        store = self._room.store
        store.refresh()
        minute = self._room.clock.now().isoformat(timespec="minutes")
        if minute != self._minute:
            self._minute = minute
            store.look_over()
        damage = store.damage
        trouble = damage.sentence if damage is not None else None
        if (store.seq, store.head) == (self._seq, self._head):
            return Found(trouble=trouble)
        since, known = self._seq, self._head
        self._seq, self._head = store.seq, store.head
        # The last entry seen is read once more: another history has another one there, or none.
        entries = tuple(store.entries(after=max(0, since - 1)))
        if since and (not entries or (entries[0].seq, entries[0].hash) != (since, known)):
            return Found(is_another=True, trouble=trouble, to_know=(_ANOTHER,))
        return Found(entries[1:] if since else entries, trouble=trouble)
