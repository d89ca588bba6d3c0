from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.typed_quantity import read_quantity, unit_factors

BAGS = unit_factors("条", {"包": Fraction(50)})
KILOGRAMS = unit_factors("kg")


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("1230", 1230),
        ("1,230", 1230),
        ("12*50+30", 630),
        ("12x50+30", 630),
        ("12×50", 600),
        ("3包+20", 170),
        ("１２００条", 1200),
        ("35.9万条", 359_000),
        ("3千", 3000),
        ("0", 0),
        ("1 200", 1200),
        (" 1200\t", 1200),
        ("3 包 + 20", 170),
        ("12 x 50", 600),
        ("3百条", 300),
        ("1,234,567", 1_234_567),
        ("5（条）", 5),
    ],
)
def test_a_sum_is_read_as_a_stock_checker_types_it(typed: str, pieces: int) -> None:
    assert read_quantity(typed, 0, BAGS) == pieces


@pytest.mark.parametrize(
    "typed",
    ["约500", "若干", "", "12a", "-5", "5箱", "abc", "1.5", "1+", "*3", "1,5", "1,23", "12,34,567", "12 50", "1\t2"],
)
def test_what_is_no_exact_number_of_the_item_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_quantity(typed, 0, BAGS)


def test_tonnes_are_a_thousand_kilograms_and_grams_need_the_scale() -> None:
    assert read_quantity("1吨", 3, KILOGRAMS) == 1_000_000
    assert read_quantity("2.85 kg", 3, KILOGRAMS) == 2850
    assert read_quantity("3千米", 0, unit_factors("米")) == 3000
    assert read_quantity("1.5吨", 0, KILOGRAMS) == 1500


def test_cubic_metres_are_read_with_their_digit() -> None:
    stones = unit_factors("m³")
    assert read_quantity("120m³", 3, stones) == read_quantity("120 m3", 3, stones) == 120_000
    with pytest.raises(Refused):
        read_quantity("120m2", 3, stones)


def test_diesel_a_tenth_of_a_litre_three_times_is_exactly_three_tenths() -> None:
    litres = unit_factors("L")
    assert 3 * read_quantity("0.1", 3, litres) - read_quantity("0.3", 3, litres) == 0


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_what_is_written_is_read_back_the_same(quantity: int, scale: int) -> None:
    written = write_quantity(abs(quantity), scale)
    assert read_quantity(written, scale, unit_factors("kg")) == abs(quantity)
