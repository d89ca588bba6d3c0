"""The decision clock of warnings: a new orange or red one demands a recorded decision within a setting of minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from floodready.season.models import FloodWarning


def in_effect(warning: FloodWarning, at: datetime) -> bool:
    """Tell whether a warning holds at an instant: issued, not run out, not lifted."""
    ends = [end for end in (warning.valid_until_at, warning.lifted_at) if end is not None]
    return warning.issued_at <= at and all(at < end for end in ends)


def decide_by(warning: FloodWarning) -> datetime | None:
    """Give the instant by which a decision must be recorded; None for colours that demand none.

    The clock starts when the warning reached the duty room, and goes on after the warning has run out or was lifted:
    not deciding is not a way to decide.
    """
    if warning.decide_within_minutes is None:
        return None
    return warning.received_at + timedelta(minutes=warning.decide_within_minutes)


def awaits_decision(warning: FloodWarning) -> bool:
    """Tell whether a decision is still owed."""
    return warning.decision is None and decide_by(warning) is not None


def decided_late_by(warning: FloodWarning, at: datetime) -> timedelta:
    """Give how late the decision was, or is by now while it is owed; zero where it is in time."""
    limit = decide_by(warning)
    if limit is None:
        return timedelta()
    return max((warning.decision.decided_at if warning.decision else at) - limit, timedelta())
