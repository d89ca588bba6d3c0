"""What runs against a clock in the season: decisions owed on warnings, started actions, reports due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.season.models import FloodWarning
from floodready.season.models_level import StartedAction
from floodready.season.models_report import Report
from floodready.season.situation import reports_for
from floodready.season.warning_clock import awaits_decision, decide_by

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

Clocked = FloodWarning | StartedAction | Report
AHEAD = timedelta(hours=12)
"""Reports due so soon are shown before they are late."""
BEHIND = timedelta(hours=24)
"""A report missed longer ago is in the log and in the season report."""


def running(
    view: View, unit: str, at: datetime, zone: ZoneInfo, ahead: timedelta = AHEAD
) -> Iterator[tuple[datetime, Clocked]]:
    """Give whatever a unit owes at an instant, each with the UTC instant by which it must be done; in no order.

    Reports are among them from `ahead` before they are due (the due instant itself excluded) to BEHIND after it.
    """
    for warning in view.find(FloodWarning, unit=unit):
        limit = decide_by(warning)
        if limit is not None and awaits_decision(warning) and warning.received_at <= at:
            yield limit, warning
    for action in view.find(StartedAction, unit=unit):
        if action.open:
            yield action.due_at, action
    for report in reports_for(view, unit, at - BEHIND, at + ahead, zone):
        if report.sent_at is None:
            yield report.due_at, report
