from __future__ import annotations

import pytest

from floodready.drills.quick_entry import QuickLine, understood_line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("10 Water rises", QuickLine(600, "Water rises")),
        ("12:30 Dike leaks > duty officer", QuickLine(750, "Dike leaks", "duty officer")),
        ("1:00:00 Breach > all = leave = now", QuickLine(3600, "Breach", "all", "leave = now")),
        ("Phones fail = use radio", QuickLine(1200, "Phones fail", "", "use radio")),
        ("１２：３０ 堤防渗水 ＞ 值班员 ＝ 上报", QuickLine(750, "堤防渗水", "值班员", "上报")),
        ("300 people cut off", QuickLine(18000, "people cut off")),
    ],
)
def test_a_typed_line_is_understood(typed: str, line: QuickLine) -> None:
    assert understood_line(typed, last_offset=900) == line


def test_the_first_line_without_a_time_comes_at_the_start() -> None:
    assert understood_line("Begin", None) == QuickLine(0, "Begin")


@pytest.mark.parametrize("typed", ["", "  ", "10", "10:30  ", "> duty officer", "25:99 Dike leaks", "1:60:00 Breach"])
def test_a_line_that_says_nothing_or_whose_time_is_none_is_not_taken(typed: str) -> None:
    assert understood_line(typed, None) is None
