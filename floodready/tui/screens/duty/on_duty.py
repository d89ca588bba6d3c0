"""What duty tells the board: who is on now. Apart from the roster's screen, so that the board loads no forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.roster import units_with_duty
from floodready.duty.views import who_is_on
from floodready.language import say, verbatim
from floodready.store.contract import View
from floodready.tui.board_panels import Note


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
