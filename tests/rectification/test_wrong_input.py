"""A clerk's slips are refused with a sentence that says what to do, and write nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from floodready.cli.app import run
from floodready.organisation.models import Chain
from floodready.rectification import commands
from floodready.rectification.deadlines import last_day_to_ask
from floodready.rectification.grading import Criteria, Criterion
from floodready.rectification.models import Finding, Incident, RectificationSettings
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.rectification.states import State
from floodready.rectification.statistics import month, require_begun
from floodready.rectification.transitions import MoveName, move_named
from floodready.rectification.views import made_told
from floodready.refusal import Invalid, Refused
from floodready.workdays import DayCalendar
from tests.rectification.conftest import DEADLINE, START, TODAY, ZONE, Office
from tests.rectification.test_deadlines import add


def test_a_task_is_not_planned_later_than_the_meeting_required(office: Office) -> None:
    with pytest.raises(Refused, match="later than the meeting required: 2026-06-01"):
        office.task(planned_on=DEADLINE + timedelta(days=1))
    assert office.task(planned_on=DEADLINE).deadline_on == DEADLINE


def test_works_that_do_not_exist_are_refused(office: Office) -> None:
    with pytest.raises(Refused, match="no works W9"):
        office.found(works="W9")


def test_a_closed_hazard_is_reopened_once_at_a_time(office: Office) -> None:
    closed = office.brought_to(State.CLOSED)
    store = office.store
    again = commands.reopen(
        store, office.act("officer"), finding=closed.id, description="wet again", found_on=TODAY, zone=ZONE
    )
    with pytest.raises(Refused, match=f"{again.id} is open"):
        commands.reopen(
            store, office.act("officer"), finding=closed.id, description="wet again", found_on=TODAY, zone=ZONE
        )
    commands.merge(store, office.act(), finding=again.id, into=office.found().id)
    assert commands.reopen(
        store, office.act("officer"), finding=closed.id, description="wet again", found_on=TODAY, zone=ZONE
    ).is_open


def test_nothing_is_found_or_comes_back_on_a_day_that_has_not_come(office: Office) -> None:
    closed = office.brought_to(State.CLOSED)
    office.clock.instant = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 3 March, 01:00 in Shanghai
    assert office.found(found_on=TODAY + timedelta(days=1)).is_open
    for later in (2, 40):
        day = TODAY + timedelta(days=later)
        with pytest.raises(Invalid, match=f"{day} has not come yet") as refused:
            office.found(found_on=day)
        assert set(refused.value.problems) == {"found_on"}
        with pytest.raises(Invalid, match="has not come yet"):
            commands.reopen(office.store, office.act("officer"), finding=closed.id, description="wet", found_on=day,
                            zone=ZONE)  # fmt: skip


def test_a_move_that_lacks_something_of_the_record_says_what(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    store, leader = office.store, office.act("city-leader")
    with pytest.raises(Refused, match=r"not possible, it is not a major hazard\. Possible: report progress"):
        commands.list_up(store, leader, finding=made.id, zone=ZONE)
    with pytest.raises(Refused, match="no extension has been asked for"):
        commands.grant_extension(store, leader, finding=made.id, zone=ZONE)
    with pytest.raises(Refused, match="it is not listed"):
        commands.delist(store, leader, finding=made.id, zone=ZONE)


def test_a_hazard_does_not_come_back_before_it_was_closed(office: Office) -> None:
    closed = office.brought_to(State.CLOSED)
    with pytest.raises(Refused, match="closed on 2026-03-02"):
        commands.reopen(office.store, office.act("officer"), finding=closed.id, description="wet",
                        found_on=TODAY - timedelta(days=1), zone=ZONE)  # fmt: skip
    assert [one.id for one in office.store.all(Finding)] == [closed.id]


def test_an_incident_says_something(office: Office) -> None:
    with pytest.raises(Invalid, match="What happened: must not be empty"):
        commands.record_incident(office.store, office.act(), unit="County", happened_at=START, description="")
    assert not list(office.store.all(Incident))


def campaign(due_on: date) -> Campaign:
    stage = Stage(kind=StageKind.MOBILISE, starts_on=date(2026, 2, 1), ends_on=date(2026, 4, 1))
    milestone = Milestone(name="lists", due_on=due_on)
    return Campaign(id="c", name="Special", units=("County",), stages=(stage,), milestones=(milestone,))


def test_a_milestone_is_not_due_before_its_campaign_begins(office: Office) -> None:
    with pytest.raises(Invalid, match="before the campaign begins"):
        commands.open_campaign(office.store, office.act(), campaign=campaign(date(2026, 1, 31)))


@pytest.mark.parametrize("on", [date(2026, 1, 31), TODAY + timedelta(days=1)])
def test_a_milestone_is_reached_between_the_campaigns_first_day_and_today(office: Office, on: date) -> None:
    commands.open_campaign(office.store, office.act(), campaign=campaign(TODAY))
    with pytest.raises(Refused, match="2026-02-01"):
        commands.reach_milestone(office.store, office.act(), campaign="c", milestone="lists", on=on, zone=ZONE)
    made = commands.reach_milestone(office.store, office.act(), campaign="c", milestone="lists", on=TODAY, zone=ZONE)
    assert made.milestones[0].reached_on == TODAY


def test_a_month_that_has_not_come_is_not_counted() -> None:
    require_begun(month(2026, 3), TODAY)
    with pytest.raises(Refused, match="2026-04-01 has not come yet"):
        require_begun(month(2026, 4), TODAY)


def test_escalation_never_arrives_at_whoever_must_rectify(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    chain = office.store.get(Chain, "County")
    assert chain is not None
    add(office, chain.changed(regulator="rectifier"))
    made = commands.escalate(office.store, office.act(), finding=made.id, cause="late")
    assert made.escalations[-1].person == "leader"


@pytest.mark.parametrize("deadline", [date(2026, 9, 30), date(2026, 10, 3), date(2026, 10, 10)])
def test_an_extension_asked_on_the_last_day_is_taken(office: Office, deadline: date) -> None:
    last = last_day_to_ask(deadline, RectificationSettings(), DayCalendar())
    made = office.brought_to(State.GRADED)
    commands.assign(office.store, office.act(), finding=made.id, responsible="rectifier", deadline_on=deadline,
                    zone=ZONE)  # fmt: skip

    def ask() -> Finding:
        return commands.ask_extension(office.store, office.act("rectifier"), finding=made.id, until=date(2026, 12, 1),
                                      reason="rain", zone=ZONE)  # fmt: skip

    office.on(last + timedelta(days=1))
    with pytest.raises(Refused, match=f"by {last}"):
        ask()
    office.on(last)
    made = ask()
    assert made.asked_extension is not None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("hazard", "list", "--unit", "Nowhere"), "There is no unit Nowhere."),
        (("hazard", "list", "--mine", "nobody"), "There is no person nobody."),
        (("hazard", "export", "x.csv", "--unit", "Nowhere"), "There is no unit Nowhere."),
        (("hazard", "criteria", "none"), "There are no criteria none."),
        (("hazard", "suggest", "sluice", "D1", "D8", "D9"), "sluice has no item D8, D9."),
        (("hazard", "statistics", "2026", "--month", "4"), "2026-04-01 has not come yet"),
    ],
)
def test_a_question_about_what_does_not_exist_is_refused(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...],
    sentence: str,
) -> None:  # fmt: skip
    direct = (Criterion(code="D1", text="The gate does not close"),)
    commands.put_criteria(office.store, office.act(), criteria=(
        Criteria(id="sluice", name="Sluices", source="List 3", direct=direct),))  # fmt: skip
    monkeypatch.setenv("FLOODREADY_STORE", str(office.store.folder))
    monkeypatch.setenv("FLOODREADY_NOW", START.isoformat())
    monkeypatch.setenv("FLOODREADY_LANG", "en")
    assert run([*words, "--as", "leader", "--terminal", "T1"]) != 0
    told = capsys.readouterr()
    assert sentence in told.out + told.err


def test_a_move_that_leaves_the_state_is_named_when_it_is_made(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    told = made_told(office.store, move_named(MoveName.REPORT_PROGRESS), made)
    assert str(told) == f"{made.id}: “report progress” is done; it is assigned."
    assert str(made_told(office.store, move_named(MoveName.BEGIN), made)) == f"{made.id} is assigned."
    assert str(made_told(office.store, move_named(MoveName.REOPEN), made)) == f"Opened: {made.id}. Next: grade it."


def test_criteria_lists_of_one_id_and_a_file_of_none_write_nothing(office: Office) -> None:
    one = Criteria(id="A", name="Dikes", source="list 1")
    for lists, said in (((one, one), "Two criteria lists are called A"), ((), "no criteria list")):
        with pytest.raises(Refused, match=said):
            commands.put_criteria(office.store, office.act("planner"), criteria=lists)
    assert not list(office.store.all(Criteria))
