"""What happened between two instants, from the journal, worded for people: what matters by itself, the rest counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from floodready.clock import local_time
from floodready.codec import decode
from floodready.drills.models import Drill
from floodready.drills.words import DRILL_STATE
from floodready.duty.models import Leave, Swap, SwapState
from floodready.duty.models_shift import FollowUp, FollowUpState, Handover, LogEntry, LogKind
from floodready.duty.views import swap_sentence
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.models import Item, Movement
from floodready.materials.models_counting import CountSession, SessionState
from floodready.materials.places import place_told
from floodready.materials.views import told
from floodready.readiness.models import Override
from floodready.rectification.models import Finding
from floodready.season.level import level_word
from floodready.season.measure import shown
from floodready.season.models import FloodWarning, Reading, Station
from floodready.season.models_level import Declaration
from floodready.season.models_report import Report
from floodready.store.contract import Change, Entry

if TYPE_CHECKING:
    from floodready.reports.asked import Asked


@frozen
class Told:
    """One thing that happened."""

    at: datetime
    """When it was entered, UTC."""
    by: str
    """The person's name."""
    what: Sentence
    matters: bool = False
    """Whether it stays when a page has no room for everything."""


def entries_between(asked: Asked, since: datetime) -> list[Entry]:
    """Give the journal's entries after an instant and up to the one asked about, in order."""
    found = []
    for entry in asked.store.entries_backwards(before=asked.view.seq + 1):
        if entry.at <= since:
            break
        found.append(entry)
    return found[::-1]


def changes_told(asked: Asked, entries: list[Entry]) -> tuple[list[Told], int]:
    """Word what the entries did in the report's units, in order; beside it how many of them are not worded here.

    Readings are told once for each station, with the latest of them.
    """
    rows: list[Told] = []
    readings: dict[str, list[tuple[Entry, Reading]]] = {}
    silent = 0
    for entry in entries:
        speaks = False
        for change in entry.changes:
            if (change.after or {}).get("unit", asked.unit.id) not in asked.units:
                continue
            if change.table == Reading.table and change.after is not None:
                reading: Reading = _document(Reading, change)
                readings.setdefault(reading.station, []).append((entry, reading))
                speaks = True
            elif (what := _told(asked, change)) is not None:
                by = asked.name_of(entry.person)
                rows.append(Told(at=entry.at, by=by, what=what, matters=change.table in _MATTERS))
                speaks = True
        silent += not speaks
    rows += [_readings(asked, station, found) for station, found in readings.items()]
    return sorted(rows, key=lambda row: row.at), silent


def movements_in(asked: Asked, entries: list[Entry]) -> list[Movement]:
    """Give the movements of goods from or to the report's units that the entries wrote, in order."""
    moved = [
        _document(Movement, change)
        for entry in entries
        for change in entry.changes
        if change.table == Movement.table and change.before is None
    ]
    return [one for one in moved if asked.holds_any((one.source, one.target))]


def movement_told(asked: Asked, movement: Movement) -> Sentence:
    """Say what moved from where to where."""
    item = asked.view.get(Item, movement.item)
    return say(
        "{kind}: {quantity} of {item}, {source} to {target}",
        kind=movement.kind.word,
        quantity=told(item, movement.quantity) if item is not None else str(movement.quantity),
        item=verbatim(item.name if item is not None else movement.item),
        source=place_told(asked.view, movement.source),
        target=place_told(asked.view, movement.target),
    )


def _readings(asked: Asked, station_id: str, found: list[tuple[Entry, Reading]]) -> Told:
    station = asked.view.get(Station, station_id)
    entry, latest = max(found, key=lambda one: one[1].measured_at)
    what = say_many(
        "{count} reading of {station}, the latest {value} at {time}",
        "{count} readings of {station}, the latest {value} at {time}",
        len(found),
        station=verbatim(station.name if station is not None else station_id),
        value=verbatim(shown(latest.value, station.kind) if station is not None else str(latest.value)),
        time=local_time(latest.measured_at, asked.zone),
    )
    return Told(at=entry.at, by=asked.name_of(entry.person), what=what)


def _told(asked: Asked, change: Change) -> Sentence | None:
    teller = _TELLERS.get(change.table)
    return teller(asked, change) if teller is not None and change.after is not None else None


def _document(kind: type[Any], change: Change) -> Any:
    return decode(kind, {"id": change.id, **(change.after or {})})


def _turned(change: Change, field: str) -> bool:
    """Tell whether a field has another value than before; a new document's has."""
    return change.before is None or change.before.get(field) != (change.after or {}).get(field)


def _declaration(asked: Asked, change: Change) -> Sentence | None:
    made: Declaration = _document(Declaration, change)
    if change.before is not None:
        return None
    return say("{unit}: {level} declared by {authority}: {reason}", unit=asked.unit_names.get(made.unit, made.unit),
               level=level_word(made.level), authority=verbatim(made.authority),
               reason=verbatim(made.reason))  # fmt: skip


def _warning(_: Asked, change: Change) -> Sentence | None:
    held: FloodWarning = _document(FloodWarning, change)
    words = {"colour": held.colour.word, "hazard": held.hazard.word, "area": verbatim(held.area)}
    if change.before is None:
        return say("{colour} received: {hazard}, {area}", **words)
    if held.decision is not None and _turned(change, "decision"):
        decided = (
            say("raise to {level}", level=held.decision.level.word) if held.decision.level else say("do not raise")
        )
        return say("decided on {colour} ({hazard}, {area}): {decision}, {why}", decision=decided,
                   why=verbatim(held.decision.why), **words)  # fmt: skip
    return say("{colour} lifted: {hazard}, {area}", **words) if _turned(change, "lifted_at") else None


def _report(asked: Asked, change: Change) -> Sentence | None:
    held: Report = _document(Report, change)
    if held.sent_at is None:
        return say("report owed: {report}, by {time}", report=held.told, time=local_time(held.due_at, asked.zone))
    return say("report sent: {report}, due {time}", report=held.told, time=local_time(held.due_at, asked.zone))


def _log(_: Asked, change: Change) -> Sentence | None:
    held: LogEntry = _document(LogEntry, change)
    if held.major:
        return say("MAJOR DANGER, {kind}: {content}", kind=held.kind.word, content=verbatim(held.content))
    return say("{kind}: {content}", kind=held.kind.word, content=verbatim(held.content))


def _follow_up(_: Asked, change: Change) -> Sentence | None:
    held: FollowUp = _document(FollowUp, change)
    if held.state is FollowUpState.DONE and _turned(change, "state"):
        return say("follow-up done: {task}", task=verbatim(held.task))
    return say("follow-up opened: {task}", task=verbatim(held.task)) if change.before is None else None


def _handover(asked: Asked, change: Change) -> Sentence | None:
    held: Handover = _document(Handover, change)
    if held.completed_at is None:
        return None
    return say("handover signed by {outgoing} and {incoming}", outgoing=verbatim(asked.name_of(held.signed_out_by)),
               incoming=verbatim(asked.name_of(held.signed_in_by)))  # fmt: skip


def _swap(asked: Asked, change: Change) -> Sentence | None:
    held: Swap = _document(Swap, change)
    if not _turned(change, "state"):
        return None
    told_swap = swap_sentence(asked.view, held, asked.zone)
    if held.state is SwapState.EFFECTIVE:
        return say("swap in force: {swap}", swap=told_swap)
    return say("swap, {state}: {swap}", state=held.state.word, swap=told_swap)


def _leave(asked: Asked, change: Change) -> Sentence | None:
    held: Leave = _document(Leave, change)
    words = {"person": verbatim(asked.name_of(held.person)), "start": local_time(held.from_at, asked.zone),
             "end": local_time(held.until_at, asked.zone)}  # fmt: skip
    if held.withdrawn:
        return say("leave of {person} withdrawn: {start} to {end}", **words)
    return say("leave of {person}: {start} to {end}", **words)


def _movement(asked: Asked, change: Change) -> Sentence | None:
    held: Movement = _document(Movement, change)
    if change.before is not None or not asked.holds_any((held.source, held.target)):
        return None
    return movement_told(asked, held)


def _count(asked: Asked, change: Change) -> Sentence | None:
    held: CountSession = _document(CountSession, change)
    if not asked.holds_any(held.places):
        return None
    if held.state is SessionState.POSTED and _turned(change, "state"):
        return say("count posted: {name}", name=verbatim(held.name))
    return say("count opened: {name}", name=verbatim(held.name)) if change.before is None else None


def _finding(_: Asked, change: Change) -> Sentence | None:
    held: Finding = _document(Finding, change)
    words = {"id": verbatim(held.id), "what": verbatim(held.description), "state": held.state.word}
    if not _turned(change, "state"):
        return None
    if change.before is None and held.is_task:
        return say("{id}, new task: {what}", **words)
    return say("{id}, new hazard: {what}", **words) if change.before is None else say("{id}, {state}: {what}", **words)


def _drill(_: Asked, change: Change) -> Sentence | None:
    held: Drill = _document(Drill, change)
    if not _turned(change, "state"):
        return None
    return say("drill {drill}: {state}", drill=verbatim(held.name), state=DRILL_STATE[held.state])


def _override(asked: Asked, change: Change) -> Sentence | None:
    held: Override = _document(Override, change)
    if held.ended_at is not None:
        return say("override of {line} ended", line=verbatim(held.line))
    return say("override of {line} to {word} until {time}: {reason}", line=verbatim(held.line), word=held.colour.word,
               time=local_time(held.until_at, asked.zone), reason=verbatim(held.reason))  # fmt: skip


_TELLERS: Mapping[str, Callable[[Asked, Change], Sentence | None]] = {
    Declaration.table: _declaration,
    FloodWarning.table: _warning,
    Report.table: _report,
    LogEntry.table: _log,
    FollowUp.table: _follow_up,
    Handover.table: _handover,
    Swap.table: _swap,
    Leave.table: _leave,
    Movement.table: _movement,
    CountSession.table: _count,
    Finding.table: _finding,
    Drill.table: _drill,
    Override.table: _override,
}

_MATTERS = frozenset(
    kind.table for kind in (Declaration, FloodWarning, Report, LogEntry, FollowUp, Handover, Swap, Override)
)


def highlights(entries: list[LogEntry]) -> Iterator[LogEntry]:
    """Give the lines of the log that a leader wants to read: major dangers first, then danger reports and orders."""
    told_kinds = (LogKind.DANGER, LogKind.INSTRUCTION)
    wanted = [line for line in entries if line.major or line.kind in told_kinds or line.instruction]
    yield from sorted(wanted, key=lambda line: (not line.major, line.at, line.id))
