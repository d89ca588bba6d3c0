"""The clocks that run, as lines of the board and the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.views_due import places_due
from floodready.organisation.lookup import unit_names
from floodready.organisation.models import Unit
from floodready.reports.clocks import RunningClock, Urgency, running_clocks
from floodready.season.declarations import in_force
from floodready.season.level import level_word, rank
from floodready.season.models_level import Declaration
from floodready.season.models_report import Report
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone

_TONES = {Urgency.LATE: Tone.BAD, Urgency.SOON: Tone.WATCH, Urgency.LATER: None}
_FIRST = datetime.min.replace(tzinfo=UTC)
"""Before every clock: a level in force is why they run."""


def clock_notes(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give every clock that runs in any unit, and how many places are overdue for a count."""
    names = unit_names(view)
    for clock in running_clocks(view, at, zone):
        tone = _TONES[clock.urgency]
        text = say("{mark} {what}", mark=verbatim("!" if tone else " "), what=_told(clock, at, names))
        yield Note(text=text, tone=tone, opens=clock.opens, due_at=clock.due_at)
    if overdue := sum(row.overdue for row in places_due(view, at, zone)):
        yield Note(text=say_many("{count} place is overdue for a count", "{count} places are overdue for a count",
                                 overdue), tone=Tone.WATCH)  # fmt: skip


def levels_in_force(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Tell which declared levels hold now, the highest first."""
    held = [(unit, in_force(view.find(Declaration, unit=unit.id), at)) for unit in view.all(Unit)]
    found = [(unit, declared) for unit, declared in held if declared is not None]
    for unit, declared in sorted(found, key=lambda pair: -rank(pair[1].level)):
        text = say("! {level} since {time}: {unit}", level=level_word(declared.level),
                   time=local_time(declared.starts_at, zone)[5:], unit=verbatim(unit.name))  # fmt: skip
        yield Note(text=text, tone=Tone.WATCH, opens=(Declaration.table, declared.id), due_at=_FIRST)


def _told(clock: RunningClock, at: datetime, names: dict[str, str]) -> Sentence:
    what = clock.what
    if clock.opens[0] == Report.table:  # every unit owes the same reports
        what = say("{unit}: {what}", unit=verbatim(names.get(clock.unit or "", "")), what=what)
    if clock.who:
        what = say("{what}: {who}", what=what, who=verbatim(clock.who))
    return what if clock.by_day else say("{left}: {what}", left=clock.left(at), what=what)
