"""Until when a lot is usable: to the end of its last day in the store's time zone, and not a second longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from floodready.clock import end_of, local_day
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Item, Life, Lot
from floodready.workdays import day_of_month


def expires_at(lot: Lot, zone: ZoneInfo) -> datetime | None:
    """Give the first instant, UTC, at which a lot is no longer usable; None where no day is stated."""
    if lot.usable_until is None or lot.usable_until == date.max:
        return None
    return end_of(lot.usable_until, zone)


def is_expired(lot: Lot, at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a lot is past its last usable day. A lot of unknown life is not expired: it is listed as unknown."""
    end = expires_at(lot, zone)
    return end is not None and at >= end


def received_told(lot: Lot, told: str, at: datetime, zone: ZoneInfo) -> Sentence:
    """Say what came in as which lot; where its last usable day is past at `at`, that it counts for nothing."""
    if not is_expired(lot, at, zone):
        return say("Received {quantity} as lot {lot}.", quantity=verbatim(told), lot=lot.id)
    return say(
        "Received {quantity} as lot {lot}. It was usable until the end of {day}: it counts as expired. Where the day "
        "is wrong, undo this and receive it anew.",
        quantity=verbatim(told),
        lot=lot.id,
        day=verbatim(str(lot.usable_until)),
    )


def days_left(lot: Lot, at: datetime, zone: ZoneInfo) -> int | None:
    """Count the days to a lot's last usable day: 0 on that day, negative after it; None where no day is stated."""
    return None if lot.usable_until is None else (lot.usable_until - local_day(at, zone)).days


def warning_days(lot: Lot, at: datetime, zone: ZoneInfo, warn: Sequence[int]) -> int | None:
    """Give the tightest of the warning limits (in days ahead) that a lot has come within; None for none."""
    left = days_left(lot, at, zone)
    if left is None or left < 0:
        return None
    return min((limit for limit in warn if left <= limit), default=None)


def stated_life(item: Item, made_on: date | None) -> tuple[Life, date | None]:
    """Give the life of a new lot by its item's shelf life; unknown without a source or a day of making.

    A life of whole months ends on the same day of the last month, or on that month's last day.
    """
    if item.life_months is None or made_on is None:
        return Life.UNKNOWN, None
    months = made_on.month - 1 + item.life_months
    year, month = made_on.year + months // 12, months % 12 + 1
    return Life.DATED, day_of_month(year, month, made_on.day)
