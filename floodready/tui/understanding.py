"""What people type for days, times and quantities, without guessing: what cannot be understood is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

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
_TIME = re.compile(r"(\d{1,2})[:.时点](\d{2})分?|(\d{2})(\d{2})|(\d{1,2})[时点]?")


def understood_day(text: str, today: date) -> date | None:
    """Read a day: `2026-07-01`, `0701`, `7/1`, `+3d`, `-2w`, `+1m`, `fri` (the next one), `today`, `明天`, `7月1日`.

    A month and day without a year means the nearest such day, before or after today. None where it is no day.
    """
    folded = _folded(text)
    if folded in _NAMED:
        return today + timedelta(_NAMED[folded])
    for weekday, names in enumerate(_WEEKDAYS):
        if folded in names:
            return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
    try:
        return _relative(folded, today) or _full(folded) or _month_day(folded, today)
    except (ValueError, OverflowError):
        return None


def understood_time(text: str) -> time | None:
    """Read a time of day: `08:00`, `8.30`, `0830`, `8`, `8时30分`.

    `24:00` is none: the day ends at 00:00 of the next.
    """
    found = _TIME.fullmatch(_folded(text))
    if found is None:
        return None
    hour = int(found[1] or found[3] or found[5])
    minute = int(found[2] or found[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def understood_quantity(text: str, scale: int) -> int | None:
    """Read a quantity in smallest units; `scale` of them make the one that is typed.

    Thousands may be set apart by commas or spaces. None where it is no number, or finer than the smallest unit.
    """
    plain = re.sub(r"(?<=\d)[, _](?=\d{3}(\D|$))", "", _folded(text))
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,9})?", plain):
        return None
    try:
        smallest = Decimal(plain) * scale
    except InvalidOperation:
        return None
    return int(smallest) if smallest == smallest.to_integral_value() else None


def written_quantity(smallest: int, scale: int) -> str:
    """Write a quantity of smallest units in the unit of which `scale` make one: `12,500` or `1.5`."""
    whole, rest = divmod(abs(smallest), scale)
    sign = "-" if smallest < 0 else ""
    if not rest:
        return f"{sign}{whole:,}"
    fraction = format((Decimal(rest) / Decimal(scale)).normalize(), "f").removeprefix("0")
    return f"{sign}{whole:,}{fraction}"


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


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
