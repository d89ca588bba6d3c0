"""What people type for days, times and instants, without guessing: what cannot be understood is refused.

Forms and options read the same words here. A day, a time or an instant is understood against the present one, which is
an argument.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from floodready.clock import in_utc, wall_instant
from floodready.horizon import too_far
from floodready.text import folded

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WEEKDAYS = (
    ("mon", "monday", "周一", "星期一"),
    ("tue", "tuesday", "周二", "星期二"),
    ("wed", "wednesday", "周三", "星期三"),
    ("thu", "thursday", "周四", "星期四"),
    ("fri", "friday", "周五", "星期五"),
    ("sat", "saturday", "周六", "星期六"),
    ("sun", "sunday", "周日", "周天", "星期日", "星期天"),
)
_NAMED = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "yesterday": -1, "昨天": -1, "后天": 2, "前天": -2}
_RELATIVE = re.compile(r"([+-])(\d{1,4})([dwmy天日周月年]?)")
_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2})")
_NOW = ("now", "现在")
_SPAN_UNITS = {
    **dict.fromkeys(("h", "hour", "hours", "小时", "时"), "hours"),
    **dict.fromkeys(("m", "min", "minute", "minutes", "分钟", "分"), "minutes"),
    **dict.fromkeys(("d", "day", "days"), "days"),
}
_SPAN = re.compile(
    rf"(?P<now>{'|'.join(_NOW)})? ?(?P<sign>[+-]) ?(?P<number>\d{{1,6}}) ?(?P<unit>{'|'.join(_SPAN_UNITS)})"
)
_GLUED = re.compile(r"(?<=\S)([日天])(?=\d)")
"""Where a day in Chinese ends and a time begins, without a space between them."""
_TIME = re.compile(r"(\d{1,2})[:.时点](\d{2})分?|(\d{2})(\d{2})|(\d{1,2})[时点]?")


def understood_day(text: str, today: date) -> date | None:
    """Read a day: `2026-07-01`, `0701`, `7/1`, `+3d`, `-2w`, `+1m`, `fri` (the next one), `today`, `明天`, `7月1日`.

    A month and day without a year means the nearest such day, before or after today. None where it is no day.
    """
    typed = folded(text)
    if typed in _NAMED:
        return today + timedelta(_NAMED[typed])
    for weekday, names in enumerate(_WEEKDAYS):
        if typed in names:
            return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
    try:
        return _relative(typed, today) or _full(typed) or _month_day(typed, today)
    except (ValueError, OverflowError):
        return None


def understood_time(text: str) -> time | None:
    """Read a time of day: `08:00`, `8.30`, `0830`, `8`, `8时30分`.

    `24:00` is none: the day ends at 00:00 of the next.
    """
    found = _TIME.fullmatch(folded(text))
    if found is None:
        return None
    hour = int(found[1] or found[3] or found[5])
    minute = int(found[2] or found[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def understood_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | date | None:
    """Read an instant (UTC): a time of today, a day and a time, or so long before or after `now`.

    `0830`, `yesterday 20:00`, `昨天20:00`, `fri 14:00`, `0701 8`, `7月1日8时30分`, `-2h`, `now-30m`, ISO 8601 also
    with a zone. A day alone is given as that day: the caller knows what it means there. So is a day that is too
    far away (`horizon.too_far` words it), whatever time stands behind it. In a repeated hour the first is meant. None
    where it is none of these, and for what may be two things: `-30m` is 30 months among days, and minutes behind `now`.
    """
    typed = folded(text)
    if typed in _NOW:
        return in_utc(now)
    try:
        if (span := _span(typed)) is not None:
            return _near(in_utc(now) + span)
        if (written := _written(typed, zone)) is not None:
            return written
        today = now.astimezone(zone).date()
        *before, last = (_GLUED.sub(r"\1 ", typed)).split()
        if not before:
            clock = understood_time(last)
            return understood_day_alone(last, today) if clock is None else wall_instant(today, clock, zone)
        day, clock = understood_day(before[0], today), _clock(last)
        if len(before) > 1 or day is None or clock is None:
            return None
        return _near(wall_instant(day, clock, zone)) if too_far(day) is None else day
    except (ValueError, OverflowError):
        return None


def understood_day_alone(text: str, today: date) -> date | None:
    """Read a day where a time might stand as well: `-30m` may be months or minutes, and is refused."""
    return None if re.fullmatch(r"[+-]\d+m", folded(text)) else understood_day(text, today)


def _span(text: str) -> timedelta | None:
    found = _SPAN.fullmatch(text)
    if found is None or (found["unit"] in ("m", "d") and not found["now"]):
        return None
    length = timedelta(**{_SPAN_UNITS[found["unit"]]: int(found["number"])})
    return -length if found["sign"] == "-" else length


def _written(text: str, zone: ZoneInfo) -> datetime | date | None:
    """Read ISO 8601, which begins with the year."""
    if re.match(r"\d{4}-?\d\d", text) is None or len(text) < len("20260701"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if too_far(found.date()) is not None:
        return found.date()
    return in_utc(found if found.tzinfo is not None else found.replace(tzinfo=zone))


def _near(found: datetime) -> datetime | date:
    return found if too_far(found.date()) is None else found.date()


def _clock(text: str) -> time | None:
    """Read a time of day behind a day: there seconds may stand too, as programs write them."""
    if (found := understood_time(text)) is not None:
        return found
    try:
        found = time.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is None else None


def _relative(text: str, today: date) -> date | None:
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return None
    number = int(found[2]) * (1 if found[1] == "+" else -1)
    match found[3]:
        case "m" | "月":
            return _months_on(today, number)
        case "y" | "年":
            return _months_on(today, 12 * number)
        case "w" | "周":
            return today + timedelta(weeks=number)
        case _:
            return today + timedelta(number)


def _months_on(day: date, months: int) -> date:
    """Give the same day some months on; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def _full(text: str) -> date | None:
    found = _FULL.fullmatch(text)
    return date(*(int(part) for part in found.groups() if part)) if found else None


def _month_day(text: str, today: date) -> date | None:
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = (int(part) for part in found.groups() if part)
    near = [_day(today.year + years, month, day) for years in (-1, 0, 1)]
    return min((one for one in near if one), key=lambda one: abs(one - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
