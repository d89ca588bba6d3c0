"""What stands behind the season's lines: the last readings, declarations and decisions, and the last report sent.

Nothing here depends on the instant asked about but the readings that have come by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.readiness.line import Evidence
from floodready.season.models import FloodWarning, Reading, reading_id
from floodready.season.models_level import Declaration
from floodready.season.models_report import Report
from floodready.season.thresholds import Point

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

TOLD = 3
"""So many of the last readings, declarations, warnings and reports are named."""


def readings_of(latest: Mapping[str, Point]) -> Evidence:
    """Name the newest of the stations' last readings as documents."""
    newest = sorted(latest.items(), key=lambda held: (held[1][0], held[0]), reverse=True)
    return tuple((Reading.table, reading_id(station, measured_at)) for station, (measured_at, _) in newest[:TOLD])


def declarations_of(in_force: Declaration | None, own: Iterable[Declaration]) -> Evidence:
    """Name the declaration in force, which may be a higher unit's, and the unit's own last ones as documents."""
    newest = sorted(own, key=lambda one: (one.starts_at, one.id), reverse=True)[:TOLD]
    found = [*([in_force] if in_force is not None else []), *newest]
    return tuple(dict.fromkeys((Declaration.table, one.id) for one in found))


def warnings_of(warnings: Iterable[FloodWarning]) -> Evidence:
    """Name the last warnings as documents."""
    newest = sorted(warnings, key=lambda one: (one.received_at, one.id), reverse=True)
    return tuple((FloodWarning.table, one.id) for one in newest[:TOLD])


def reports_of(reports: Iterable[Report]) -> Evidence:
    """Name the last reports that were sent or that an event has started as documents."""
    newest = sorted(reports, key=lambda one: (one.sent_at or one.due_at, one.id), reverse=True)
    return tuple((Report.table, one.id) for one in newest[:TOLD])


def sent_told(reports: Iterable[Report], zone: ZoneInfo) -> Iterator[Sentence]:
    """Tell which report was sent last, with its due time."""
    sent = [(report.sent_at, report) for report in reports if report.sent_at is not None]
    if not sent:
        yield say("No report was ever recorded as sent.")
        return
    at, last = max(sent, key=lambda held: (held[0], held[1].id))
    yield say("Last sent: {report} at {time}, due {due}.", report=last.told, time=verbatim(local_time(at, zone)),
              due=verbatim(local_time(last.due_at, zone)))  # fmt: skip
