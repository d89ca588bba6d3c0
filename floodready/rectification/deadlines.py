"""Deadlines: overdue, supervised, extension asked in time, progress due. Days are the duty room's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.language import say, say_many
from floodready.rectification.models import Finding, RectificationSettings
from floodready.refusal import Refused
from floodready.workdays import DayCalendar, add_working_days

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def days_overdue(finding: Finding, on: date) -> int:
    """Count the calendar days by which a record is, or was when it closed, later than its deadline; 0 for none."""
    if finding.deadline_on is None or finding.merged_into is not None:
        return 0
    return max(0, ((finding.closed_on or on) - finding.deadline_on).days)


def is_supervised(finding: Finding, on: date) -> bool:
    """Tell whether a record stands on the supervision list (督办清单): overdue and open.

    It follows from the date alone, so no job has to run for it (design, rule 5).
    """
    return finding.is_open and days_overdue(finding, on) > 0


def last_day_to_ask(deadline: date, settings: RectificationSettings, calendar: DayCalendar) -> date:
    """Give the last day on which an extension may still be asked: so many working days before the deadline."""
    return add_working_days(deadline, -settings.extension_working_days, calendar)


def require_asked_in_time(
    finding: Finding, on: date, until: date, settings: RectificationSettings, calendar: DayCalendar
) -> None:
    """Refuse an extension that is asked too late or leads nowhere. Raises Refused."""
    deadline = finding.deadline_on
    if deadline is None or until <= deadline:
        raise Refused(say("The new deadline {until} must lie after the present one, {deadline}.", until=until,
                          deadline=deadline))  # fmt: skip
    # Counting forward gives another day where the deadline is a holiday; the day that is told is the rule.
    last = last_day_to_ask(deadline, settings, calendar)
    if on > last:
        raise Refused(
            say_many(
                "An extension must be asked for {count} working day before the deadline {deadline}: by {last}. Today "
                "is {today}. Escalate it instead.",
                "An extension must be asked for {count} working days before the deadline {deadline}: by {last}. Today "
                "is {today}. Escalate it instead.",
                settings.extension_working_days,
                deadline=deadline,
                last=last,
                today=on,
            )
        )


def progress_due_on(finding: Finding, settings: RectificationSettings, zone: ZoneInfo) -> date | None:
    """Give the day, in `zone`, by which a listed record must report progress next; None where it is not listed.

    Rule: listed hazards report at least quarterly (design, rule 5).
    """
    if finding.listing is None:
        return None
    last = max([finding.listing.listed_on, *(local_day(report.at, zone) for report in finding.progress)])
    return _months_later(last, settings.listed_progress_months)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    first_after = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = date.fromordinal(first_after.toordinal() - 1)
    return min(last, last.replace(day=min(day.day, last.day)))
