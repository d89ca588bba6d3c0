"""How an owed drill stands, asked at the edges of its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floodready.drills.models import DrillState, Occurrence, Settings
from floodready.drills.owed import Standing, planned_standing, standing_of, to_be_planned
from floodready.drills.planning import ends_at
from tests.drills.scenes import at, drill

SETTINGS = Settings(id="drills", due_soon_days=30)
DUE_ON = date(2026, 6, 1)
OWED = Occurrence(id="O1@2026-06-01", obligation="O1", scheduled_on=DUE_ON, due_on=DUE_ON)


@pytest.mark.parametrize(
    ("days_before", "standing"),
    [(31, Standing.LATER), (30, Standing.DUE), (0, Standing.DUE), (-1, Standing.OVERDUE)],
)
def test_an_unplanned_drill_is_due_soon_from_the_setting_on_and_overdue_after_its_day(
    days_before: int, standing: Standing
) -> None:
    today = DUE_ON - timedelta(days_before)
    assert standing_of(OWED, None, at(0), today, SETTINGS) is standing
    cancelled = drill(state=DrillState.CANCELLED)
    assert standing_of(OWED, cancelled, at(0), today, SETTINGS) is standing, "a cancelled drill is none"


def test_a_drill_is_missed_at_the_instant_of_its_end_and_one_that_was_begun_is_not() -> None:
    planned, begun = drill(), drill(state=DrillState.RUNNING)
    end = ends_at(planned)
    assert planned_standing(planned, end - timedelta(seconds=1)) is Standing.PLANNED
    assert planned_standing(planned, end) is Standing.MISSED
    assert planned_standing(begun, end) is Standing.PLANNED


@pytest.mark.parametrize(("evaluated", "standing"), [(False, Standing.HELD), (True, Standing.DONE)])
def test_a_drill_that_was_held_is_not_overdue_however_late_it_is(evaluated: bool, standing: Standing) -> None:
    for state in (DrillState.HELD, DrillState.CLOSED):
        held = drill(state=state)
        assert standing_of(OWED, held, at(0), date(2027, 1, 1), SETTINGS, evaluated=evaluated) is standing


def test_a_years_plan_looks_for_days_of_what_is_due_by_its_end_and_has_no_drill() -> None:
    assert to_be_planned(None, OWED, 2026)
    assert to_be_planned(None, OWED, 2027), "what is left over from the year before is due still"
    assert not to_be_planned(None, OWED, 2025)
    assert to_be_planned(drill(state=DrillState.CANCELLED), OWED, 2026)
    assert not to_be_planned(drill(), OWED, 2026)
