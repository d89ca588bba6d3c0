"""The clocks of the season that are running: decisions owed, actions, reports due. For the board and its screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Unit
from floodready.season.declarations import in_force
from floodready.season.level import level_word, rank
from floodready.season.models import FloodWarning
from floodready.season.models_level import Declaration, StartedAction
from floodready.season.models_report import Report
from floodready.season.situation import reports_for
from floodready.season.warning_clock import awaits_decision, decide_by
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone

AHEAD = timedelta(hours=12)
"""Reports due so soon are shown before they are late."""
BEHIND = timedelta(hours=24)
"""A report missed longer ago is in the log, not on the board."""
SOON = timedelta(minutes=30)
ALWAYS = datetime.min.replace(tzinfo=UTC)


def season_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give every decision that is owed, every open action and every report that is due or late, of all units."""
    for warning in view.all(FloodWarning):
        if warning.received_at <= at and awaits_decision(warning) and (limit := decide_by(warning)):
            yield _note(_decision(warning), limit, at, (FloodWarning.table, warning.id))
    for action in view.all(StartedAction):
        if action.open:
            yield _note(action_told(action), action.due_at, at, (StartedAction.table, action.id))
    for unit in view.all(Unit):
        for report in reports_for(view, unit.id, at - BEHIND, at + AHEAD, zone):
            if report.sent_at is None:
                yield _note(_report(report, unit), report.due_at, at, (Report.table, report.id))


def levels_in_force(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Tell which declared levels hold now, the highest first."""
    held = [(unit, in_force(view.find(Declaration, unit=unit.id), at)) for unit in view.all(Unit)]
    found = [(unit, declared) for unit, declared in held if declared is not None]
    for unit, declared in sorted(found, key=lambda pair: -rank(pair[1].level)):
        text = say("! {level} since {time}: {unit}", level=level_word(declared.level),
                   time=local_time(declared.starts_at, zone)[5:], unit=verbatim(unit.name))  # fmt: skip
        # Before every clock: it is why they run.
        yield Note(text=text, tone=Tone.WATCH, opens=(Declaration.table, declared.id), due_at=ALWAYS)


def action_told(action: StartedAction) -> Sentence:
    """Say what a level demands to be done, and by whom where that is set."""
    if not action.who:
        return verbatim(action.name)
    return say("{action}: {who}", action=verbatim(action.name), who=verbatim(action.who))


def remaining(due_at: datetime, at: datetime) -> Sentence:
    """Say how much time is left, or how late it is."""
    minutes = abs(int((due_at - at).total_seconds())) // 60
    length = verbatim(f"{minutes // 60}:{minutes % 60:02d}")
    return say("late by {length}", length=length) if due_at < at else say("in {length}", length=length)


def _note(what: Sentence, due_at: datetime, at: datetime, opens: tuple[str, str]) -> Note:
    tone = Tone.BAD if due_at < at else Tone.WATCH if due_at - at <= SOON else None
    mark = verbatim("!" if tone else " ")
    text = say("{mark} {left}: {what}", mark=mark, left=remaining(due_at, at), what=what)
    return Note(text=text, tone=tone, opens=opens, due_at=due_at)


def _decision(warning: FloodWarning) -> Sentence:
    return say("decide on {colour} ({hazard}, {area})", colour=warning.colour.word, hazard=warning.hazard.word,
               area=verbatim(warning.area))  # fmt: skip


def _report(report: Report, unit: Unit) -> Sentence:
    return say("{unit}: {report}", report=report.told, unit=verbatim(unit.name))
