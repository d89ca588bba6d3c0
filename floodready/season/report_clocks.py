"""Report clocks: when each report is due, and how late it was or is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from floodready.clock import start_of, wall_instant, write_instant
from floodready.frozen import frozen_in_order
from floodready.season.declarations import LevelWindow
from floodready.season.level_table import effects
from floodready.season.models_level import LevelTable
from floodready.season.models_report import Report, ReportRule, SeasonSettings, Trigger
from floodready.season.seasons import Window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_FOREVER = datetime.max.replace(tzinfo=UTC)


def report_id(unit: str, rule: str, due_at: datetime) -> str:
    """Name the report of a unit by clock and due time, so that it can be sent only once."""
    return f"{unit}/{rule}@{write_instant(due_at)[:16]}Z"


def expected(
    unit: str,
    settings: SeasonSettings,
    *,
    in_season: Sequence[Window],
    above_warning: Sequence[Window],
    levels: Sequence[LevelWindow],
    table: LevelTable | None,
    zone: ZoneInfo,
    since: datetime,
    until: datetime,
) -> list[Report]:
    """Give every report that comes by the clock, due in [since, until), by due time; event reports are not among them.

    Daily ones are due while the unit is in season, or a station stands at or above its warning value; bulletins while
    a level is in force, at the times of the unit's table (IV 08:00 and 20:00, III with 14:00, …). What begins exactly
    at a due time owes nothing yet.
    """
    grounds = _Grounds(tuple(in_season), tuple(above_warning), tuple(levels), table)
    return list(_expected(unit, settings, grounds, zone, since, until))


@frozen_in_order
class _Grounds:
    """What makes reports due: the windows of season, warning value and level, and the unit's level table."""

    in_season: tuple[Window, ...]
    above_warning: tuple[Window, ...]
    levels: tuple[LevelWindow, ...]
    table: LevelTable | None


@lru_cache(maxsize=64)
def _expected(
    unit: str, settings: SeasonSettings, grounds: _Grounds, zone: ZoneInfo, since: datetime, until: datetime
) -> tuple[Report, ...]:
    # Kept, because a year of reports is asked for after every reading, and few readings change when reports are due.
    found: list[Report] = []
    for rule in settings.reports:
        for due_at in _dues(_stretches(rule, grounds), zone, since, until):
            id = report_id(unit, rule.code, due_at)
            found.append(Report(id=id, unit=unit, rule=rule.code, name=rule.name, to=rule.to, due_at=due_at))
    return tuple(sorted(found, key=lambda report: (report.due_at, report.id)))


def event_reports(
    unit: str, settings: SeasonSettings, event: str, about: str, known_at: datetime, codes: Iterable[str] | None = None
) -> list[Report]:
    """Give the reports an event demands, by due time: those of the named clocks, or of every clock of events.

    `event` is the event's id: each event has its own reports.
    """
    wanted = None if codes is None else set(codes)
    found = []
    for rule in settings.reports:
        if rule.trigger is not Trigger.EVENT or (wanted is not None and rule.code not in wanted):
            continue
        due_at = known_at + timedelta(minutes=rule.within_minutes or 0)
        found.append(
            Report(
                id=f"{unit}/{rule.code}@{event}",
                unit=unit,
                rule=rule.code,
                name=rule.name,
                to=rule.to,
                event=event,
                about=about,
                started_at=known_at,
                due_at=due_at,
            )
        )
    return sorted(found, key=lambda report: report.due_at)


def late_by(report: Report, at: datetime) -> timedelta:
    """Give how late a report was sent, or is by now while it is not; zero where it is in time."""
    return max((report.sent_at or at) - report.due_at, timedelta())


def reading_late_by(settings: SeasonSettings, *, key: bool, measured_at: datetime, recorded_at: datetime) -> timedelta:
    """Give how much later than the clock of station data a reading reached the duty room; zero without a clock."""
    trigger = Trigger.KEY_READING if key else Trigger.READING
    limits = [rule.within_minutes for rule in settings.reports if rule.trigger is trigger and rule.within_minutes]
    if not limits:
        return timedelta()
    return max(recorded_at - measured_at - timedelta(minutes=min(limits)), timedelta())


def with_sent(expected_ones: Iterable[Report], kept: Mapping[str, Report]) -> list[Report]:
    """Put what is kept (sent, or started by an event) in the place of what is expected; by due time."""
    merged = {report.id: report for report in expected_ones} | dict(kept)
    return sorted(merged.values(), key=lambda report: (report.due_at, report.id))


@frozen_in_order
class _Stretch:
    since: datetime
    until: datetime
    times: tuple[time, ...]


def _stretches(rule: ReportRule, grounds: _Grounds) -> list[_Stretch]:
    """Give the stretches in which a clock runs, with its times of day; none for a clock of events."""
    if rule.trigger is Trigger.BULLETIN:
        return [
            _Stretch(w.since, w.until or _FOREVER, effects(grounds.table, w.level).bulletins) for w in grounds.levels
        ]
    if rule.at is None or not rule.trigger.timed:
        return []
    windows = grounds.in_season if rule.trigger is Trigger.DAILY else grounds.above_warning
    return [_Stretch(start, end, (rule.at,)) for start, end in windows]


def _dues(stretches: Iterable[_Stretch], zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the times of the stretches in [since, until), each once."""
    seen: set[datetime] = set()
    for stretch in stretches:
        end = min(stretch.until, until)
        for due_at in _times(stretch, zone, max(stretch.since, since), end):
            if due_at > stretch.since and due_at not in seen:
                seen.add(due_at)
                yield due_at


def _times(stretch: _Stretch, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Give the times of day of a stretch, as instants in [start, end)."""
    day = start.astimezone(zone).date()
    while start < end and start_of(day, zone) < end:
        for at in stretch.times:
            instant = wall_instant(day, at, zone)
            if start <= instant < end:
                yield instant
        day += timedelta(days=1)
