"""Instants as people type them: understood against the present one, or refused, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.typed_time import understood_moment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 7, 1, 8, 30, tzinfo=ZONE)
"""A Wednesday."""


def local(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", NOW),
        ("现在", NOW),
        ("0830", local(7, 1, 8, 30)),
        ("8", local(7, 1, 8)),
        ("８：３０", local(7, 1, 8, 30)),
        ("yesterday 20:00", local(6, 30, 20)),
        ("昨天20:00", local(6, 30, 20)),
        ("前天 8时", local(6, 29, 8)),
        ("fri 14:00", local(7, 3, 14)),
        ("0701 8", local(7, 1, 8)),
        ("7月1日8时30分", local(7, 1, 8, 30)),
        ("2026年7月1日8时30分", local(7, 1, 8, 30)),
        ("-1d 20:00", local(6, 30, 20)),
        ("-2h", local(7, 1, 6, 30)),
        ("+90min", local(7, 1, 10)),
        ("now-30m", local(7, 1, 8)),
        ("now - 30 m", local(7, 1, 8)),
        ("now+1d", local(7, 2, 8, 30)),
        ("现在-30分钟", local(7, 1, 8)),
        ("2026-07-01T08:00", local(7, 1, 8)),
        ("2026-07-01 08:00:05", local(7, 1, 8, 0, 5)),
        ("2026/7/1 08:00:05", local(7, 1, 8, 0, 5)),
        ("2026-07-01T00:00Z", datetime(2026, 7, 1, tzinfo=UTC)),
        ("2026-07-01T00:00+08:00", local(7, 1, 0)),
        ("2026-07-01", date(2026, 7, 1)),
        ("20260701", date(2026, 7, 1)),
        ("yesterday", date(2026, 6, 30)),
        ("-3d", date(2026, 6, 28)),
        ("9999-12-31T23:59", date(9999, 12, 31)),
        ("0001-01-01", date(1, 1, 1)),
        ("-30m", None),
        ("24:00", None),
        ("fri", date(2026, 7, 3)),
        ("fri fri 8", None),
        ("8 fri", None),
        ("25:00", None),
        ("2026-02-30", None),
        ("2026-02-30 8", None),
        ("soon", None),
        ("", None),
        (" ", None),
        ("now-999999d", None),
    ],
)
def test_an_instant_is_understood_or_refused(typed: str, meant: datetime | date | None) -> None:
    found = understood_moment(typed, NOW, ZONE)
    assert (found, isinstance(found, datetime)) == (meant, isinstance(meant, datetime))


@given(st.text(max_size=16) | st.from_regex(r"\A(now)?[-+]\d{1,7}[a-z]{0,3}\Z"), st.datetimes(timezones=st.just(UTC)))
def test_no_text_breaks_the_reading_of_an_instant(text: str, now: datetime) -> None:
    understood_moment(text, now, ZONE)
