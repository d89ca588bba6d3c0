"""Text of people is made safe once, at the border."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.text import alphabetical, folded, many_lines, one_line, shortened


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" dike 3 ", "dike 3"),
        ("dike  3", "dike 3"),
        ("dike\t3\n", "dike 3"),
        ("\x1b[31mred\x07", "[31mred"),
        ("堤\u3000防", "堤 防"),
        ("a\u202eb\u200f", "ab"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_line_has_no_controls_no_directions_and_single_spaces(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_many_lines_keep_their_breaks_and_lose_their_trailing_spaces() -> None:
    assert many_lines("\n\none  \r\n\n two\rthree\x00\n\n") == "one\n\n two\nthree"


@given(st.text())
def test_what_was_made_safe_once_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert many_lines(many_lines(text)) == many_lines(text)


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("abc def", 5, "abc…"), ("堤防", 1, "…")],
)
def test_a_shortened_text_has_so_many_characters_at_most_and_tells_that_there_is_more(
    text: str, length: int, short: str
) -> None:
    assert shortened(text, length) == short


def test_text_is_matched_without_regard_to_width_case_and_spaces() -> None:
    assert folded(" Ｄike  ３ ") == folded("DIKE 3") == "dike 3"


def test_names_stand_by_letter_by_sound_and_by_number() -> None:
    names = ["西库", "boat 2", "东库", "Boat 10", "12号闸", "3号闸", "安澜", "濮阳", "anchor"]
    assert sorted(names, key=alphabetical) == [
        "3号闸", "12号闸", "anchor", "boat 2", "Boat 10", "安澜", "东库", "西库", "濮阳",
    ]  # fmt: skip


@given(st.text(), st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_numbers_in_names_are_sorted_by_their_value(name: str, one: int, other: int) -> None:
    name += " "
    assert (alphabetical(f"{name}{one}") < alphabetical(f"{name}{other}")) == (one < other)
