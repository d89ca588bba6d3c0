"""Facts that cross screens."""

from __future__ import annotations

from textual.message import Message

from floodready.frozen import frozen_in_order
from floodready.language import Sentence
from floodready.refusal import FloodreadyError
from floodready.store.contract import Entry


class CommandAccepted(Message, bubble=False):
    """A command is on disk."""

    def __init__(self, receipt: Sentence | None) -> None:
        super().__init__()
        self.receipt = receipt


class CommandRefused(Message, bubble=False):
    """A command was refused, by a rule or by the disk; nothing was written."""

    def __init__(self, error: FloodreadyError) -> None:
        super().__init__()
        self.error = error


@frozen_in_order
class JournalMoved:
    """The journal has new entries, whoever wrote them; the payload of the app's signal of this name."""

    entries: tuple[Entry, ...]

    def touches(self, tables: frozenset[str]) -> bool:
        """Tell whether any document of these tables changed; a name ending in a dot stands for a whole pillar."""
        return any(
            change.table in tables or f"{change.table.partition('.')[0]}." in tables
            for entry in self.entries
            for change in entry.changes
        )
