"""What is too far away to be meant is refused, and within the bounds every sum of a day and a span is a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready import horizon
from floodready.document import Document, Within, build
from floodready.drills.models import Cadence, Drill
from floodready.duty.models import DutySettings
from floodready.refusal import Invalid

SPANS = {"Months": 31 * 24 * 60, "Weeks": 7 * 24 * 60, "Days": 24 * 60, "Hours": 60, "Minutes": 1}


def test_a_day_is_within_reach_or_the_way_out_is_told() -> None:
    assert horizon.too_far(date(2026, 7, 1)) is None
    assert horizon.too_far(horizon.LAST_DAY) is None
    for far in (date.max, date.min):
        assert "type a day from 1900 to 2199" in str(horizon.too_far(far))


@given(st.dates(horizon.FIRST_DAY, horizon.LAST_DAY), st.sampled_from(sorted(SPANS)), st.sampled_from([-1, 1]))
def test_every_day_and_the_longest_span_make_a_day(day: date, span: str, sign: int) -> None:
    bound: Within = get_args(getattr(horizon, span))[1]
    longest = timedelta(minutes=bound.limits["le"] * SPANS[span])
    assert date.min < day + sign * longest < date.max


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Drill, {"id": "D", "unit": "u", "plan": "p", "name": "n", "starts_at": datetime(2026, 7, 1, tzinfo=UTC),
                 "minutes": 999_999_999_999}),
        (DutySettings, {"id": "u", "rest_hours": 10**9}),
        (DutySettings, {"id": "u", "most_in_row": 10**9}),
    ],
)  # fmt: skip
def test_a_figure_that_no_date_could_bear_is_refused_by_its_document(
    kind: type[Document], values: dict[str, object]
) -> None:
    with pytest.raises(Invalid, match="or less"):
        build(kind, values)


def test_a_rhythm_of_a_hundred_years_is_the_longest() -> None:
    assert Cadence(anchor_on=date(2026, 7, 1)).months == 12
    bound: Within = get_args(horizon.Months)[1]
    assert bound.limits["le"] == 1200
