"""Deadlines over the holidays of 2026, lights, the supervision list, what a major hazard needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from floodready.document import Document, problems_of
from floodready.organisation.chain import Link
from floodready.organisation.models import Chain, Person, Phone
from floodready.rectification import commands
from floodready.rectification.deadlines import (
    days_overdue,
    is_supervised,
    last_day_to_ask,
    progress_due_on,
    require_asked_in_time,
)
from floodready.rectification.escalation import chain_errors, next_step
from floodready.rectification.grading import Criteria, Criterion, suggest
from floodready.rectification.lights import Light, light
from floodready.rectification.merging import can_take_in, would_lose
from floodready.rectification.models import (
    Escalation,
    Finding,
    FiveFixes,
    Listing,
    MeetingOrder,
    RectificationSettings,
    Round,
    SixParts,
)
from floodready.rectification.preparation import missing_fixes, missing_parts
from floodready.rectification.separation import require_other_checker
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.views import escalated_rows, finding_rows, finding_sheet, light_told, my_rows
from floodready.rectification.views_sheet import sheet_lines
from floodready.refusal import Invalid, Refused
from floodready.season.models import Season
from floodready.store.contract import SYSTEM, Act
from floodready.workdays import DayCalendar
from tests.rectification.conftest import DEADLINE, FIXES, PLAN, START, TODAY, ZONE, Office

SETTINGS = RectificationSettings()


def record(**fields: object) -> Finding:
    given = {"id": "C-2026-0001", "unit": "C", "source": Source.PATROL, "found_on": TODAY, "found_by": "Li",
             "opened_at": START, "opened_by": "li", "description": "wet", **fields}  # fmt: skip
    return Finding(**given)  # type: ignore[arg-type] # fields of the record's own types


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        # Spring Festival 2026: free 15 to 23 February, 14 and 28 February worked.
        (date(2026, 3, 6), date(2026, 2, 9)),
        # Mid-autumn and National Day 2026: free 25 to 27 September and 1 to 7 October; 20/9, 10/10 worked.
        (date(2026, 10, 12), date(2026, 9, 15)),
        # An ordinary time: three weeks.
        (date(2026, 7, 31), date(2026, 7, 10)),
    ],
)
def test_fifteen_working_days_go_around_holidays_and_make_up_days(deadline: date, last: date) -> None:
    assert last_day_to_ask(deadline, SETTINGS, DayCalendar()) == last


def test_an_extension_asked_a_day_too_late_is_refused_with_the_last_day(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    last = last_day_to_ask(DEADLINE, SETTINGS, DayCalendar())
    office.on(last + timedelta(days=1))
    ask = {"finding": made.id, "until": DEADLINE + timedelta(days=30), "reason": "rain", "zone": ZONE}
    with pytest.raises(Refused, match=f"by {last}"):
        commands.ask_extension(office.store, office.act("rectifier"), **ask)  # type: ignore[arg-type] # one mapping holds fields of several types


def test_a_granted_extension_moves_the_deadline_and_a_refused_one_does_not(office: Office) -> None:
    for granted in (True, False):
        made = office.brought_to(State.RECTIFYING)
        until = DEADLINE + timedelta(days=30)
        commands.ask_extension(
            office.store, office.act("officer"), finding=made.id, until=until, reason="rain", zone=ZONE
        )
        answer = commands.grant_extension if granted else commands.refuse_extension
        made = answer(office.store, office.act("leader"), finding=made.id, zone=ZONE, answer="as asked")
        assert made.deadline_on == (until if granted else DEADLINE)
        assert made.extensions[0].granted is granted


def test_whoever_asked_does_not_grant(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    until = DEADLINE + timedelta(days=9)
    commands.ask_extension(office.store, office.act("leader"), finding=made.id, until=until, reason="x", zone=ZONE)
    with pytest.raises(Refused, match="cannot answer it"):
        commands.grant_extension(office.store, office.act("leader"), finding=made.id, zone=ZONE)


def test_overdue_stands_on_the_supervision_list_by_the_date_alone(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    assert not is_supervised(made, DEADLINE)
    assert is_supervised(made, DEADLINE + timedelta(days=1))
    office.on(DEADLINE + timedelta(days=2))
    assert [row.id for row in escalated_rows(office.store, office.clock.now(), ZONE)] == [made.id]


def test_a_closed_record_keeps_the_days_it_was_late() -> None:
    closed = record(state=State.CLOSED, deadline_on=date(2026, 3, 10), closed_on=date(2026, 3, 13))
    assert days_overdue(closed, date(2026, 12, 1)) == 3


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(days=7, seconds=1), Light.GREEN),
        (timedelta(days=7), Light.URGED),
        (timedelta(days=3), Light.AMBER),
        (timedelta(hours=24, seconds=1), Light.AMBER),
        (timedelta(hours=24), Light.RED),
        (timedelta(seconds=1), Light.RED),
        (timedelta(0), Light.OVERDUE),
    ],
)
def test_lights_change_to_the_second(before: timedelta, expected: Light) -> None:
    end = datetime(2026, 6, 1, 16, tzinfo=UTC)  # midnight in Shanghai after 1 June
    assert light(record(deadline_on=DEADLINE), end - before, SETTINGS, ZONE) is expected


def test_a_listed_record_reports_at_least_quarterly(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    made = commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    assert progress_due_on(made, SETTINGS, ZONE) == date(2026, 6, 2)
    office.on(date(2026, 5, 31))
    made = commands.report_progress(office.store, office.act("rectifier"), finding=made.id, text="half")
    assert progress_due_on(made, SETTINGS, ZONE) == date(2026, 8, 31)


def test_the_day_of_a_progress_report_is_the_duty_rooms_own(office: Office) -> None:
    office.clock.instant = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 3 March, 01:00 in Shanghai
    made = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    made = commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    office.clock.instant = datetime(2026, 3, 30, 17, tzinfo=UTC)  # 31 March, 01:00 in Shanghai
    made = commands.report_progress(office.store, office.act("rectifier"), finding=made.id, text="half")
    assert progress_due_on(made, SETTINGS, ZONE) == date(2026, 6, 30)
    early = made.changed(progress=(replace(made.progress[0], at=datetime(2026, 3, 2, 17, tzinfo=UTC)),))
    assert progress_due_on(early, SETTINGS, ZONE) == date(2026, 6, 3)


def test_a_major_hazard_is_not_assigned_without_fixes_and_plan(office: Office) -> None:
    made = office.brought_to(State.GRADED, Grade.MAJOR)
    assign = {"finding": made.id, "responsible": "rectifier", "deadline_on": DEADLINE, "zone": ZONE}
    with pytest.raises(Invalid) as refused:
        commands.assign(office.store, office.act(), **assign)  # type: ignore[arg-type] # one mapping holds fields of several types
    assert set(refused.value.problems) == {"fixes", "plan"}
    made = commands.assign(office.store, office.act(), **assign, fixes=FIXES, plan=PLAN)  # type: ignore[arg-type] # one mapping holds fields of several types
    assert made.state is State.ASSIGNED


@pytest.mark.parametrize("name", FiveFixes.__dataclass_fields__)
def test_each_of_the_five_fixes_is_missed_by_name(name: str) -> None:
    unsettled: Any = {name: None if name == "money" else ""}
    assert len(missing_fixes(replace(FIXES, **unsettled))) == 1


@pytest.mark.parametrize("name", SixParts.__dataclass_fields__)
def test_each_of_the_six_parts_is_missed_by_name(name: str) -> None:
    assert len(missing_parts(replace(PLAN, **{name: ""}))) == 1


def test_in_season_a_major_hazard_needs_interim_protection(office: Office) -> None:
    season = Season(id="S", name="Flood", unit="City", starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 30))
    add(office, season)
    made = office.brought_to(State.GRADED, Grade.MAJOR)
    with pytest.raises(Invalid) as refused:
        commands.assign(office.store, office.act(), finding=made.id, responsible="rectifier", deadline_on=DEADLINE,
                        zone=ZONE, fixes=FIXES, plan=PLAN)  # fmt: skip
    assert set(refused.value.problems) == {"interim"}


def test_an_open_record_on_a_dead_link_has_a_fault(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    assert not finding_sheet(office.store, made, START, ZONE).faults
    regulator = office.store.get(Person, "regulator")
    chain = office.store.get(Chain, "County")
    assert regulator is not None
    assert chain is not None
    add(office, regulator.changed(active=False))
    (fault,) = finding_sheet(office.store, made, START, ZONE).faults
    assert "Regulator has left" in str(fault)


def test_what_a_higher_office_listed_stands_with_the_escalated_and_overdue(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    assert not escalated_rows(office.store, START, ZONE)
    commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    assert [row.id for row in escalated_rows(office.store, START, ZONE)] == [made.id]


def test_an_ended_record_has_no_light_but_says_whether_it_was_in_time(office: Office) -> None:
    merged = office.brought_to(State.MERGED)
    closed = office.brought_to(State.SUBMITTED)
    open_one = office.brought_to(State.ASSIGNED)
    office.on(DEADLINE + timedelta(days=2))
    office.accept(closed.id)
    told = {row.id: str(light_told(row)) for row in finding_rows(office.store, office.clock.now(), ZONE)}
    assert (told[merged.id], told[closed.id], told[open_one.id]) == ("–", "2 days late", "overdue")


def test_a_merged_record_keeps_its_deadline_and_no_judgement(office: Office) -> None:
    made, other = office.brought_to(State.ASSIGNED), office.found()
    made = commands.merge(office.store, office.act(), finding=made.id, into=other.id)
    sheet = finding_sheet(office.store, made, START, ZONE)
    (told,) = [str(line) for head, line in sheet_lines(sheet, ZONE) if str(head) == "Deadline"]
    assert told == str(DEADLINE)


def test_my_items_are_those_i_rectify_follow_or_was_told_of(office: Office) -> None:
    mine = office.brought_to(State.ASSIGNED)
    task = office.task(followers=("planner",))
    assert {row.id for row in my_rows(office.store, START, ZONE, "rectifier")} == {mine.id, task.id}
    assert [row.id for row in my_rows(office.store, START, ZONE, "planner")] == [task.id]


def test_one_direct_item_or_the_whole_comprehensive_rule_makes_a_hazard_major() -> None:
    items = [Criterion(code=f"{kind}{n}", text=f"sample {kind}{n}") for kind in "bp" for n in range(1, 5)]
    criteria = Criteria(id="reservoir", name="Reservoirs", source="form only, to be filled from the published list",
                        direct=(Criterion(code="d1", text="sample"),), basic=tuple(items[:4]),
                        physical=tuple(items[4:]), basic_needed=3, physical_needed=3)  # fmt: skip
    assert suggest(criteria, {"d1"}).grade is Grade.MAJOR
    assert suggest(criteria, {"b1", "b2", "b3", "p1", "p2", "p3"}).grade is Grade.MAJOR
    assert suggest(criteria, {"b1", "b2", "b3", "b4", "p1", "p2"}).grade is Grade.GENERAL
    assert suggest(criteria, {"unknown"}).grade is Grade.GENERAL


def add(office: Office, document: Document) -> None:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.put(document)


def test_a_merged_record_is_never_overdue_and_a_closed_one_on_no_supervision_list() -> None:
    late = DEADLINE + timedelta(days=9)
    assert days_overdue(record(deadline_on=DEADLINE), late) == 9
    assert days_overdue(record(state=State.MERGED, merged_into="C-2026-0002", deadline_on=DEADLINE), late) == 0
    assert days_overdue(record(deadline_on=DEADLINE), DEADLINE - timedelta(days=5)) == 0
    closed = record(state=State.CLOSED, deadline_on=DEADLINE, closed_on=late)
    assert not is_supervised(closed, late)


@pytest.mark.parametrize(
    ("listed", "due"),
    [
        (date(2026, 3, 2), date(2026, 6, 2)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 9, 30), date(2026, 12, 30)),
        (date(2026, 10, 15), date(2027, 1, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_progress_is_due_after_the_months_of_the_setting_over_the_turn_of_the_year_too(listed: date, due: date) -> None:
    one = Listing(office="City", listed_by="city-leader", listed_on=listed)
    assert progress_due_on(record(listings=(one,)), SETTINGS, ZONE) == due
    assert progress_due_on(record(listings=(replace(one, ended_on=listed),)), SETTINGS, ZONE) is None


def test_an_extension_leads_to_a_later_day_and_is_in_time_on_the_last_day_to_ask() -> None:
    last = last_day_to_ask(DEADLINE, SETTINGS, DayCalendar())
    after = DEADLINE + timedelta(days=1)
    require_asked_in_time(record(deadline_on=DEADLINE), last, after, SETTINGS, DayCalendar())
    for deadline, until in ((DEADLINE, DEADLINE), (None, after)):
        with pytest.raises(Refused, match="must lie after"):
            require_asked_in_time(record(deadline_on=deadline), last, until, SETTINGS, DayCalendar())


def test_only_another_open_hazard_takes_one_in_and_a_lesser_one_would_lose_a_majors_plan() -> None:
    one, other = record(), record(id="C-2026-0002")
    order = MeetingOrder(meeting="Special action", required_on=DEADLINE)
    assert can_take_in(other, one)
    assert not can_take_in(one, one)
    assert not can_take_in(other.changed(order=order), one)
    assert not can_take_in(other.changed(state=State.CLOSED, closed_on=TODAY), one)
    major = one.changed(grade=Grade.MAJOR)
    assert [would_lose(into, major) for into in (other, other.changed(grade=Grade.MAJOR))] == [True, False]
    assert not would_lose(other, one)


def test_escalation_climbs_on_from_the_link_that_was_reached_in_the_same_chain() -> None:
    people = {id: Person(id=id, name=id, unit="C", phones=(Phone(number="1390"),)) for id in "abcdefg"}
    county = Chain(id="C", responsible="a", regulator="b", county="c", city_leader="d", supervision="e")
    city = Chain(id="City", responsible="f", regulator="b", county="g", city_leader="d", supervision="e")

    def climbed(*steps: Escalation) -> tuple[str, str | None] | None:
        found = next_step(record(responsible="a", escalations=steps), [county, city], people)
        return None if found is None else (found.person.id, found.unit)

    def told(link: Link, person: str, unit: str | None = None) -> Escalation:
        return Escalation(link=link, person=person, at=START, by="li", unit=unit)

    assert climbed() == ("b", None)
    to_county = (told(Link.REGULATOR, "b"), told(Link.COUNTY, "c"))
    assert climbed(*to_county) == ("d", None)
    own = (*to_county, told(Link.CITY_LEADER, "d"), told(Link.SUPERVISION, "e"))
    assert climbed(*own) == ("f", "City"), "the own chain is climbed: the one above goes on from its first link"
    above = (*own, told(Link.RESPONSIBLE, "f", "City"))
    assert climbed(*above) == ("g", "City"), "b was told before"
    assert climbed(*above, told(Link.COUNTY, "g", "City")) is None


def test_a_closed_record_has_no_faults_in_its_chain() -> None:
    assert len(chain_errors(record(), None, {})) == 5
    assert chain_errors(record(state=State.CLOSED, closed_on=TODAY), None, {}) == []


def test_criteria_need_their_published_list_and_each_code_once() -> None:
    item = Criterion(code="d1", text="sample")
    named = {"id": "r", "name": "Reservoirs", "source": "the list", "direct": (item,)}
    assert not problems_of(Criteria, named)
    assert set(problems_of(Criteria, {**named, "source": ""})) == {"source"}
    assert set(problems_of(Criteria, {**named, "direct": (item, item)})) == {"direct"}


def test_criteria_without_a_comprehensive_rule_make_nothing_major_by_it() -> None:
    items = (Criterion(code="b1", text="sample"),)
    criteria = Criteria(id="r", name="Reservoirs", source="the list", basic=items)
    assert suggest(criteria, {"b1"}).grade is Grade.GENERAL


def test_whoever_answers_for_the_work_or_handed_it_in_does_not_re_check_it() -> None:
    handed_in = Round(number=1, submitted_by="bo", submitted_at=START, result="done")
    made = record(responsible="an", rounds=(handed_in,))
    for person in ("an", "bo"):
        with pytest.raises(Refused, match="may not re-check"):
            require_other_checker(made, person, "C", {})
    require_other_checker(made, "cui", "C", {})
    listed = made.changed(listings=(Listing(office="City", listed_by="x", listed_on=TODAY),))
    with pytest.raises(Refused, match="listed by City"):
        require_other_checker(listed, "cui", "C", {})
    require_other_checker(listed, "cui", "City", {})
