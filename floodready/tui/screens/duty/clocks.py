"""What duty tells the board: who is on, and what is open with a due time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.handover import open_items
from floodready.duty.roster import units_with_duty
from floodready.duty.views import who_is_on
from floodready.language import say, verbatim
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.screens.clocks import remaining
from floodready.tui.theme import Tone

SOON = timedelta(hours=1)


def duty_notes(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Tell the board who is on duty now, until when, in every unit."""
    for unit in units_with_duty(view):
        for row in who_is_on(view, unit.id, at, zone):
            yield Note(
                text=say(
                    "{person} until {time}: {post}, {unit}",
                    person=verbatim(row.name),
                    time=verbatim(local_time(row.end, zone)[5:]),
                    post=verbatim(row.post_name),
                    unit=verbatim(unit.name),
                ),
                opens=("duty.rotas", unit.id),
            )


def duty_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Tell the board what is open with a due time."""
    del zone
    for unit in units_with_duty(view):
        for item in open_items(view, unit.id):
            if item.due_at is not None:
                tone = Tone.BAD if item.due_at < at else Tone.WATCH if item.due_at - at <= SOON else None
                yield Note(
                    text=say(
                        "{mark} {left}: {what}",
                        mark=verbatim("!" if tone else " "),
                        left=remaining(item.due_at, at),
                        what=verbatim(item.task),
                    ),
                    tone=tone,
                    opens=("duty.follow_ups", item.id),
                    due_at=item.due_at,
                )
