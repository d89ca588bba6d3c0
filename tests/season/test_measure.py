from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.refusal import Refused
from floodready.season.measure import figure, read_value, shown
from floodready.season.models import StationKind


@pytest.mark.parametrize(
    ("text", "value"),
    [("4000", 4_000_000), ("4,000", 4_000_000), (" 41.72 ", 41_720), ("４１．７２", 41_720), ("-0.5", -500), ("0", 0)],
)
def test_values_as_people_type_them(text: str, value: int) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "high", "41.7215", "1_000", "nan", "inf", "1e99", "41.72 m", "=1+1"])
def test_what_is_no_value_or_would_be_rounded_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_value(text)


def test_values_as_people_read_them() -> None:
    assert shown(4_000_000, StationKind.DISCHARGE) == "4,000 m³/s"
    assert shown(12_500, StationKind.DISCHARGE) == "12.5 m³/s"
    assert shown(317_500, StationKind.RESERVOIR_LEVEL) == "317.50 m"
    assert shown(-20, StationKind.WATER_LEVEL) == "-0.02 m"


@given(st.integers(-(10**9), 10**9), st.sampled_from(StationKind))
def test_what_is_shown_reads_back(value: int, kind: StationKind) -> None:
    assert read_value(figure(value, kind)) == value
