"""The check character of labels, held to a published example and to what the standard promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.materials.check_digit import ALPHABET, check_character, with_check, without_check

PAYLOADS = st.text(ALPHABET, min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("payload", "check"),
    [
        ("A1-2425G-ABC1234002", "M"),  # the example of the Global Release Identifier, ISO/IEC 7064 MOD 37,36
        ("A12425GABC1234002", "M"),
        ("0", "2"),
        ("Z9", "P"),
    ],
)
def test_the_check_character_is_that_of_the_standard_and_hyphens_do_not_count(payload: str, check: str) -> None:
    assert check_character(payload) == check


@given(PAYLOADS, st.data())
def test_any_one_wrong_character_is_caught(payload: str, data: st.DataObject) -> None:
    label = with_check(payload)
    assert without_check(label) == payload
    place = data.draw(st.integers(0, len(payload) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(payload[place], "")))
    assert without_check(payload[:place] + wrong + label[place + 1 :]) is None


@pytest.mark.parametrize("label", ["", "A", "-M", "A-", "a12425GABC1234002-M", "A12425GABC1234002M", "A B-1", "A-m"])
def test_what_is_no_label_says_nothing(label: str) -> None:
    assert without_check(label) is None
