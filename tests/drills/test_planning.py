from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.drills import surroundings
from floodready.drills.cadence import untouched_occurrence
from floodready.drills.models import (
    Cadence,
    Drill,
    DrillState,
    Form,
    Obligation,
    Occurrence,
    Participant,
    ReservedMaterial,
    Role,
    Settings,
)
from floodready.drills.planning import Busy, Engagement, Facts, in_drills, problems
from floodready.drills.year_plan import year_plan
from floodready.organisation.models import Person
from floodready.store.contract import SYSTEM, Act
from floodready.workdays import DayCalendar, DayKind
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import at, drill, inject

SETTINGS = Settings(id="drills")
TODAY = date(2026, 1, 5)
PUBLISHED = DayCalendar()
"""The published days alone."""


def codes(planned: Drill, facts: Facts, *injects: Any) -> list[str]:
    return [problem.code for problem in problems(planned, facts, injects)]


def test_a_well_planned_drill_has_nothing_in_its_way() -> None:
    assert codes(drill(), Facts()) == []


def test_a_participant_on_duty_on_leave_or_in_another_drill_is_named() -> None:
    other = drill(
        id="D2", name="Pump drill", starts_at=at(60), participants=(Participant(person="P1", role=Role.PLAYER),)
    )
    busy = (
        Busy(person="P4", kind=Engagement.DUTY, since=at(-60), until=at(1), what="duty officer"),
        Busy(person="P2", kind=Engagement.LEAVE, since=at(119), until=at(9000), what="family"),
        *in_drills([other, drill()], but="D1"),
    )
    found = problems(drill(), Facts(busy=busy, names={"P1": "Li Min"}))
    assert [problem.code for problem in found] == ["on-drill", "on-leave", "on-duty"]
    assert "Li Min is in another drill then: Pump drill" in str(found[0].sentence)
    assert all(problem.blocks for problem in found)


def test_a_duty_that_ends_as_the_drill_begins_is_no_conflict() -> None:
    busy = (
        Busy(person="P4", kind=Engagement.DUTY, since=at(-600), until=at(0)),
        Busy(person="P4", kind=Engagement.DUTY, since=at(120), until=at(999)),
    )
    assert codes(drill(), Facts(busy=busy)) == []


def test_materials_that_are_not_available_block_the_drill_and_reserved_ones_do_not() -> None:
    bags = ReservedMaterial(item="bag", place="W1", quantity=500)
    short = Facts(available={("bag", "W1"): 499})
    assert codes(drill(materials=(bags,)), short) == ["material-short"]
    assert codes(drill(materials=(bags,)), Facts()) == ["material-unknown"]
    named = Facts(available={("bag", "W1"): 499}, items={"bag": "Sand bag"}, places={"W1": "West store"})
    (problem,) = [one for one in problems(drill(materials=(bags,)), named) if one.code == "material-short"]
    assert str(problem.sentence) == "Sand bag at West store: 499 available, 500 needed. Name less, or another place."
    held = ReservedMaterial(item="bag", place="W1", quantity=500, reservations=("V1",))
    assert codes(drill(materials=(held,)), short) == []


def test_a_response_level_offers_to_postpone_and_the_season_warns_of_field_drills() -> None:
    field = drill(form=Form.FIELD, safety="life jackets")
    found = problems(field, Facts(in_season=True, level="III"))
    assert [problem.code for problem in found] == ["level", "season"]
    assert "Response level III is in force. Postpone" in str(found[0].sentence)
    assert codes(drill(), Facts(in_season=True)) == []


def test_a_drill_on_a_holiday_is_pointed_out() -> None:
    assert codes(drill(), Facts(on_holiday=True)) == ["holiday"]


def test_who_holds_a_drill_on_purpose_is_asked_again_only_under_another_level() -> None:
    kept = drill(kept_under="III")
    assert codes(kept, Facts(level="III")) == []
    assert codes(kept, Facts(level="II")) == ["level"]


def test_what_could_not_be_rated_or_is_not_safe_is_pointed_out() -> None:
    bare = drill(form=Form.FIELD, participants=(), objectives=())
    watched = inject(1, evaluator="P9")
    assert codes(bare, Facts(), watched) == ["no-director", "no-evaluator", "no-objective", "no-safety", "unwatched"]


def owed(unit: str, due: date, number: int = 1) -> tuple[Obligation, Occurrence]:
    obligation = Obligation(
        id=f"O{unit}{number}",
        unit=unit,
        plan="Dike breach",
        cadence=Cadence(anchor_on=due),
        source="art. 8",
        applies_from=due,
    )
    return obligation, untouched_occurrence(obligation, due)


def test_a_years_plan_is_spread_over_the_weeks_before_the_due_day() -> None:
    placed = year_plan([owed(f"U{n}", date(2026, 5, 15)) for n in range(12)], [], TODAY, SETTINGS, PUBLISHED)
    days = [one.on for one in placed if one.on is not None]
    assert len(days) == 12
    assert len({day.isocalendar()[:2] for day in days}) == 12
    assert all(day <= date(2026, 5, 15) and day.weekday() in SETTINGS.weekdays for day in days)


def test_a_unit_never_has_two_drills_in_a_week_while_another_week_is_free() -> None:
    standing = [("U1", date(2026, 5, 13))]
    placed = year_plan([owed("U1", date(2026, 5, 15), n) for n in range(5)], standing, TODAY, SETTINGS, PUBLISHED)
    weeks = Counter(one.on.isocalendar()[:2] for one in placed if one.on)
    assert max(weeks.values()) == 1
    assert date(2026, 5, 13).isocalendar()[:2] not in weeks


def test_no_drill_is_planned_on_a_holiday_or_on_a_day_that_the_office_takes_off() -> None:
    # 2026-10-01 to 10-07 is the National Day holiday; 09-30 is the only weekday before it in a one-week window.
    narrow = Settings(id="drills", spread_weeks=1)
    placed = year_plan([owed("U1", date(2026, 10, 6))], [], TODAY, narrow, PUBLISHED)
    assert placed[0].on == date(2026, 9, 30)
    closed = DayCalendar({date(2026, 9, 30): DayKind.HOLIDAY, date(2026, 9, 29): DayKind.HOLIDAY})
    refused = year_plan([owed("U1", date(2026, 10, 6))], [], TODAY, narrow, closed)
    assert refused[0].on is None
    assert "no free working day" in str(refused[0].why_not)


def test_an_overdue_drill_takes_the_first_free_day() -> None:
    assert year_plan([owed("U1", date(2025, 11, 1))], [], TODAY, SETTINGS, PUBLISHED)[0].on == date(2026, 1, 6)


def test_what_finds_no_day_says_why() -> None:
    tomorrow = TODAY + timedelta(1)
    placed = year_plan([owed("U1", tomorrow)], [("U1", tomorrow)], TODAY, SETTINGS, PUBLISHED)[0]
    assert placed.on is None
    assert "no free working day in the 12 weeks" in str(placed.why_not)


def test_cancelled_drills_engage_nobody() -> None:
    assert in_drills([drill(state=DrillState.CANCELLED)]) == []


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 360)), max_size=30))
def test_every_placed_drill_is_in_time_and_no_unit_has_two_on_a_day(wanted: list[tuple[str, int]]) -> None:
    pairs = [owed(unit, date(2026, 1, 8) + timedelta(days), n) for n, (unit, days) in enumerate(wanted)]
    placed = year_plan(pairs, [], TODAY, SETTINGS, PUBLISHED)
    assert len(placed) == len(pairs)
    days = [(one.obligation.unit, one.on) for one in placed if one.on]
    assert len(set(days)) == len(days)
    assert all(TODAY < one.on <= one.occurrence.due_on for one in placed if one.on)


def test_a_drill_whose_time_has_passed_unstarted_is_pointed_out() -> None:
    assert codes(drill(), Facts(at=at(119))) == []
    assert codes(drill(), Facts(at=at(120))) == ["past"]


def test_somebody_who_has_left_cannot_take_part() -> None:
    (problem,) = problems(drill(), Facts(gone=frozenset({"P3", "P8"}), names={"P3": "Zhao Lei"}))
    assert (problem.code, problem.blocks) == ("gone", True)
    assert str(problem.sentence) == "Zhao Lei has left. Choose somebody else."


def test_a_line_after_the_planned_end_is_pointed_out() -> None:
    assert codes(drill(minutes=60), Facts(), inject(1, 60), inject(2, 61)) == ["late"]


def test_missing_material_is_told_in_its_own_unit() -> None:
    oil = ReservedMaterial(item="oil", place="W1", quantity=1250)
    short = Facts(available={("oil", "W1"): 300}, scales={"oil": 2})
    assert "oil at W1: 3 available, 12.5 needed. Name less, or another place." in [
        str(one.sentence) for one in problems(drill(materials=(oil,)), short)
    ]


@pytest.mark.parametrize(("last", "gone"), [(date(2026, 5, 11), ["gone"]), (date(2026, 5, 12), [])])
def test_who_leaves_takes_part_to_the_end_of_the_last_day(room: DutyRoom, last: date, gone: list[str]) -> None:
    made = room.planned(0)
    player = room.store.get(Person, "P4")
    assert player is not None
    with room.store.transaction(Act(person=SYSTEM, terminal="T1"), "left") as tx:
        tx.change(player, active=False, left_on=last)
    found = problems(made, surroundings.facts(room.store, made, ZONE))
    assert [problem.code for problem in found if problem.blocks] == gone
