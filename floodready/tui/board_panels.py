"""What stands on the board beside the lights. A pillar adds its lines to a panel by one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.store.contract import View
from floodready.tui.theme import Tone


@frozen
class Note:
    """One line of a panel."""

    text: Sentence
    tone: Tone | None = None
    opens: tuple[str, str] | None = None
    """Table and id of what it speaks of."""
    due_at: datetime | None = None
    """When its clock runs out, UTC; clocks are shown in this order."""


Source = Callable[[View, datetime, ZoneInfo], Iterator[Note]]

ON_DUTY: tuple[str, ...] = ("duty.on_duty:duty_notes",)
"""Each names `<module of tui.screens>:<function>` that tells who is on duty now, until when, and the next handover."""
CLOCKS: tuple[str, ...] = ("clocks:levels_in_force", "clocks:clock_notes")
"""The same for the levels in force and the clocks that run: the list of `reports/clocks.py`, as in the briefs."""


def notes(sources: tuple[str, ...], view: View, at: datetime, zone: ZoneInfo) -> list[Note]:
    """Ask all sources of a panel; what has a clock comes first, the nearest first."""
    found = [note for source in sources for note in _source(source)(view, at, zone)]
    return sorted(found, key=lambda note: (note.due_at is None, note.due_at or at))


def _source(name: str) -> Source:
    module, _, function = name.partition(":")
    source: Source = getattr(import_module(f"floodready.tui.screens.{module}"), function)
    return source
