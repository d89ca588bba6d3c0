"""The clocks that run, as lines of the board and the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.views_due import places_due
from floodready.organisation.models import Unit
from floodready.reports.clocks import RunningClock, Urgency, running_clocks
from floodready.season.models_report import Report
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone

_TONES = {Urgency.LATE: Tone.BAD, Urgency.SOON: Tone.WATCH, Urgency.LATER: None}


def clock_notes(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give every clock that runs in any unit, and how many places are overdue for a count."""
    names = {unit.id: unit.name for unit in view.all(Unit)}
    for clock in running_clocks(view, at, zone):
        tone = _TONES[clock.urgency]
        text = say("{mark} {what}", mark=verbatim("!" if tone else " "), what=_told(clock, at, names))
        yield Note(text=text, tone=tone, opens=clock.opens, due_at=clock.due_at)
    if overdue := sum(row.overdue for row in places_due(view, at, zone)):
        yield Note(text=say_many("{count} place is overdue for a count", "{count} places are overdue for a count",
                                 overdue), tone=Tone.WATCH)  # fmt: skip


def _told(clock: RunningClock, at: datetime, names: dict[str, str]) -> Sentence:
    what = clock.what
    if clock.opens[0] == Report.table:  # every unit owes the same reports
        what = say("{unit}: {what}", unit=verbatim(names.get(clock.unit or "", "")), what=what)
    if clock.who:
        what = say("{what}: {who}", what=what, who=verbatim(clock.who))
    return what if clock.by_day else say("{left}: {what}", left=clock.left(at), what=what)
