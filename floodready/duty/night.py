"""Which turns are night duty: the one answer for rest, fairness and the generator."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.duty.models import DutySettings
from floodready.duty.turns import instant_of

_DAY = timedelta(days=1)


def is_night(start: datetime, end: datetime, settings: DutySettings, zone: ZoneInfo) -> bool:
    """Tell whether a turn [start, end), UTC, is a night: mostly in the night hours, and not half a day besides.

    When it begins does not matter: 00:00 to 08:00 is a night as much as 17:30 to 08:30. More than half of it lies in
    the unit's night hours, local, measured in true time; and it holds less than half of the hours between two nights,
    else it is a turn round the clock, even one that was taken over in the middle of the morning.
    """
    by_night = timedelta(0)
    day = start.astimezone(zone).date() - _DAY
    while day <= end.astimezone(zone).date():
        low, high = _night_of(day, settings, zone)
        by_night += max(timedelta(0), min(end, high) - max(start, low))
        day += _DAY
    by_day = end - start - by_night
    return by_night > by_day and 2 * by_day < _between_nights(settings)


def _night_of(day: date, settings: DutySettings, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the night hours that begin on a local day, UTC."""
    last = day if settings.night_ends > settings.night_begins else day + _DAY
    return instant_of(day, settings.night_begins, zone), instant_of(last, settings.night_ends, zone)


def _between_nights(settings: DutySettings) -> timedelta:
    """Give how long it is from the end of a night to the begin of the next, on a day without a clock change."""
    any_day = date(2000, 1, 1)
    length = datetime.combine(any_day, settings.night_begins) - datetime.combine(any_day, settings.night_ends)
    return length % _DAY
