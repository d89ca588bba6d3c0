from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.drills.quick_entry import STEP, QuickLine, understood_line
from floodready.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("10: Water rises", QuickLine(600, "Water rises")),
        ("10:Water rises", QuickLine(600, "Water rises")),
        ("12:30 Dike leaks > duty officer", QuickLine(750, "Dike leaks", "duty officer")),
        ("1:00:00 Breach > all = leave = now", QuickLine(3600, "Breach", "all", "leave = now")),
        ("+10 Water rises", QuickLine(1500, "Water rises")),
        ("+1:30 Water rises", QuickLine(990, "Water rises")),
        ("Phones fail = use radio", QuickLine(1200, "Phones fail", "", "use radio")),
        ("１２：３０ 堤防渗水 ＞ 值班员 ＝ 上报", QuickLine(750, "堤防渗水", "值班员", "上报")),
        ("12：30堤防渗水", QuickLine(750, "堤防渗水")),
        ("+5 300 people cut off", QuickLine(1200, "300 people cut off")),
        ("12: 300 people cut off", QuickLine(720, "300 people cut off")),
        ("300人被困", QuickLine(1200, "300人被困")),
        ("4020 m³/s at the gauge", QuickLine(1200, "4020 m³/s at the gauge")),
        ("12：30　管涌扩大，带出泥沙", QuickLine(750, "管涌扩大，带出泥沙")),
        ("1,200 people cut off", QuickLine(1200, "1,200 people cut off")),
    ],
)
def test_a_typed_line_is_understood(typed: str, line: QuickLine) -> None:
    assert understood_line(typed, last_offset=900) == line


def test_the_first_line_without_a_time_comes_at_the_start() -> None:
    assert understood_line("Begin", None) == QuickLine(0, "Begin")
    assert understood_line("+10 Water rises", None) == QuickLine(600, "Water rises")


@pytest.mark.parametrize("typed", ["", "  ", "10:", "10:30  ", "+10", "> duty officer", "12:30 > duty officer"])
def test_a_line_that_says_nothing_is_not_taken(typed: str) -> None:
    with pytest.raises(Refused, match="Type a time and a text"):
        understood_line(typed, None)


@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [
        ("300 people cut off", "300"),
        ("10 water rises", "10"),
        ("１０ 堤防渗水", "10"),
        ("10", "10"),
        ("10min water rises", "10min"),
        ("10' water rises", "10'"),
        ("10分 堤防渗水", "10分"),
        ("T+10 water rises", "T+10"),
        ("-5 water rises", "-5"),
        ("12.30 dike leaks", "12.30"),
        ("12；30 堤防渗水", "12;30"),
        ("12。30 堤防渗水", "12。30"),
    ],
)
def test_a_number_that_may_be_a_time_is_asked_about(typed: str, doubtful: str) -> None:
    with pytest.raises(Refused) as asked:
        understood_line(typed, 900)
    assert str(asked.value.sentence).startswith(f"Is “{doubtful}” a time, or part of the text?")


def test_the_question_names_both_answers_with_the_typed_number() -> None:
    with pytest.raises(Refused, match=r"Type 300: for the minute, or \+5 300 for text that comes 5 minutes after"):
        understood_line("300 people cut off", 900)


@pytest.mark.parametrize(
    "typed", ["25:99 Dike leaks", "1:60:00 Breach", "12:30:40:50 Breach", "12::30 Breach", "+1:99 x"]
)
def test_a_time_that_is_none_is_not_taken(typed: str) -> None:
    with pytest.raises(Refused, match="is not a drill time"):
        understood_line(typed, 900)


@given(st.integers(0, 999), st.text("ab 水0123456789:+-.", max_size=12))
def test_a_number_in_front_is_never_taken_for_a_time_without_its_mark(number: int, rest: str) -> None:
    try:
        line = understood_line(f"{number} {rest}", 900)
    except Refused:
        return
    assert line.offset == 900 + STEP
