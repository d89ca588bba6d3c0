from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from floodready.exchange.written_times import read_day, read_time
from floodready.refusal import Refused

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        "2021-09-20 08:30",
        "2021/9/20 8:30",
        "2021.9.20 8:30:00",
        "2021年9月20日8时30分",
        "２０２１-09-20T08:30",
        "20210920 8:30",
    ],
)
def test_the_ways_in_which_offices_write_a_time(text: str) -> None:
    assert read_time(text, ZONE) == (datetime(2021, 9, 20, 0, 30, tzinfo=UTC), True)


def test_a_day_alone_is_its_morning_reading() -> None:
    assert read_time("2021-09-21", ZONE) == (datetime(2021, 9, 21, 0, 0, tzinfo=UTC), False)
    assert read_time("2021年9月21日9时", ZONE)[0] == datetime(2021, 9, 21, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2013", "21-9-20", "2021-13-01", "2021-02-30", "2021-09-20 25:00", "20/9/2021"])
def test_what_would_have_to_be_guessed_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="year first"):
        read_time(text, ZONE)
    with pytest.raises(Refused, match="year first"):
        read_day(text)


def test_a_day() -> None:
    assert read_day("2021年1月1日") == read_day("20210101") == date(2021, 1, 1)
