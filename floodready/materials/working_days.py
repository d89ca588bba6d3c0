"""Working days, Monday to Friday: terms of acceptance and filing. Public holidays are not known to this rule."""

from __future__ import annotations

from datetime import date, timedelta


def after_working_days(day: date, number: int) -> date:
    """Give the day that lies so many working days after a day."""
    while number > 0:
        day += timedelta(1)
        if day.weekday() < 5:
            number -= 1
    return day
