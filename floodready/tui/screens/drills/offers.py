"""Planned drills that a response level speaks against: for the board, until somebody postpones or keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.drills import reading
from floodready.drills.models import Drill
from floodready.language import say
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone


def postpone_notes(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Offer to postpone each drill that begins soon under a response level: to be decided now."""
    for drill, offer in reading.to_postpone(view, at):
        text = say("{time} {offer}", time=local_time(drill.starts_at, zone), offer=offer)
        yield Note(text=text, tone=Tone.WATCH, opens=(Drill.table, drill.id), due_at=at)
