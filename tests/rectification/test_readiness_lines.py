"""The readiness lines of open records: what colours them, and what mends them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from floodready.clock import end_of, start_of
from floodready.organisation.models import Person, Works, WorksKind
from floodready.readiness.assembly import readiness
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Line, status_of
from floodready.readiness.rectification_lines import lines
from floodready.rectification.models import Listing, Progress, Round
from floodready.rectification.states import Grade, Source, State
from floodready.season.models import Season
from floodready.store.contract import SYSTEM, Act
from tests.rectification.conftest import DEADLINE, START, TODAY, ZONE, Office
from tests.rectification.test_deadlines import add


@pytest.mark.parametrize("kind", ["general", "major", "task"])
def test_whatever_is_past_its_deadline_is_red_and_only_a_major_hazard_makes_its_unit_so(
    office: Office, kind: str
) -> None:
    if kind == "task":
        office.task()
    else:
        office.brought_to(State.RECTIFYING, Grade(kind))
    (line,) = lines(Surroundings(office.store, START, ZONE))
    overdue = end_of(DEADLINE, ZONE)
    assert status_of(line, overdue - timedelta(seconds=1)).colour is Colour.AMBER
    assert status_of(line, overdue).colour is Colour.RED
    (city,) = readiness(office.store, overdue, ZONE).units
    (county,) = city.below
    held = {status.line.id: capability for site in county.sites for capability in site.capabilities
            for status in capability.lines}[line.id]  # fmt: skip
    assert (held.colour is Colour.RED) == (kind == "major")


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.GRADED, "grade and assign {id}"),
        (State.RECTIFYING, "finish {id}, or escalate it"),
        (State.SUBMITTED, "re-check {id}, or escalate it"),
    ],
)
def test_the_act_that_mends_an_overdue_record_is_the_next_of_its_loop(office: Office, state: State, act: str) -> None:
    made = office.brought_to(state, deadline_on=DEADLINE)
    (line,) = lines(Surroundings(office.store, START, ZONE))
    assert str(status_of(line, end_of(DEADLINE, ZONE)).act) == act.format(id=made.id)


def test_a_missed_check_is_mended_by_its_explanation_not_by_a_grade(office: Office) -> None:
    """Nobody grades it: what is owed is an answer, and then that another person accepts it."""
    made = office.found(source=Source.POST_CHECK, deadline_on=DEADLINE)

    def act() -> str:
        (line,) = lines(Surroundings(office.store, START, ZONE))
        return str(status_of(line, end_of(DEADLINE, ZONE)).act)

    assert act() == f"explain the missed check of {made.id} in writing"
    add(office, made.changed(progress=(Progress(at=START, by="officer", text="The line was cut"),)))
    assert act() == f"have the explanation of {made.id} accepted by another person"


def only(office: Office) -> Line:
    (line,) = lines(Surroundings(office.store, START, ZONE))
    return line


def told(line: Line) -> list[str]:
    return [str(sentence) for sentence in line.explanation]


def local(day: date) -> datetime:
    return start_of(day, ZONE)


def test_a_closed_record_has_no_line(office: Office) -> None:
    office.brought_to(State.CLOSED)
    assert list(lines(Surroundings(office.store, START, ZONE))) == []


@pytest.mark.parametrize(("grade", "importance"), [(Grade.GENERAL, Importance.B), (Grade.MAJOR, Importance.A)])
def test_a_hazard_weighs_by_its_grade_and_stands_at_its_works(
    office: Office, grade: Grade, importance: Importance
) -> None:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Works(id="dike", name="Dike", unit="County", kind=WorksKind.DIKE, size=1, size_unit="m"))
    made = office.brought_to(State.RECTIFYING, grade, works="dike")
    line = only(office)
    assert (line.importance, line.site, line.capability) == (importance, "dike", Capability.HOLD)
    assert str(line.subject) == f"hazard {made.id}: Seepage at the toe"
    assert str(line.good) == f"{State.RECTIFYING.word}, deadline {DEADLINE}"


def test_a_meeting_task_is_listed_alone_and_named_so(office: Office) -> None:
    made = office.task()
    line = only(office)
    assert (line.importance, line.site, line.capability) == (Importance.C, "", Capability.COMMAND)
    assert str(line.subject) == f"task {made.id}: Duty system"


def test_a_record_without_a_deadline_is_amber_until_it_is_assigned(office: Office) -> None:
    made = office.found()
    status = status_of(only(office), START)
    assert (status.colour, str(status.act)) == (Colour.AMBER, f"grade and assign {made.id}")
    assert str(status.cause) == f"{made.id} has no deadline: it is not assigned"
    assert str(only(office).good).endswith("deadline –")


def test_the_days_of_warning_before_the_deadline_are_amber(office: Office) -> None:
    office.brought_to(State.RECTIFYING)
    second = timedelta(seconds=1)
    warned = end_of(DEADLINE, ZONE) - timedelta(days=3)
    assert [status_of(only(office), at).colour for at in (warned - second, warned)] == [Colour.GREEN, Colour.AMBER]


def test_what_lies_behind_a_record_is_told_as_far_as_it_has_come(office: Office) -> None:
    made = office.found()
    assert told(only(office)) == [f"{Source.PATROL.word}, found on {TODAY}"]
    made = office.step(made, State.GRADED)
    assert told(only(office))[1:] == [f"Graded {Grade.GENERAL.word} by Leader: item 3"]
    made = office.step(made, State.ASSIGNED)
    answers = "Rectifier answers for it; it warns 3 days before its deadline (setting)."
    assert told(only(office))[2:] == [answers]
    reports = tuple(Progress(at=START, by=by, text=f"by {by}") for by in ("officer", "rectifier"))
    failed = [
        Round(number=n, submitted_by="rectifier", submitted_at=START, result="x", checked_by="leader", checked_at=START,
              passed=False)
        for n in (1, 2)
    ]  # fmt: skip
    add(office, made.changed(progress=reports, rounds=tuple(failed)))
    assert told(only(office))[3:] == [
        "Progress of 2026-03-02 09:00, by Rectifier: by rectifier",
        "2 re-checks failed.",
    ]


def test_a_listed_record_owes_progress_from_the_day_after_its_quarter(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING, deadline_on=None)
    add(
        office,
        made.changed(deadline_on=date(2027, 6, 1), listings=(Listing(office="City", listed_by="x", listed_on=TODAY),)),
    )
    due = date(2026, 6, 2)
    status = status_of(only(office), local(due + timedelta(1)))
    assert (status.colour, str(status.act)) == (Colour.AMBER, f"report the progress of {made.id}")
    assert status_of(only(office), local(due + timedelta(1)) - timedelta(seconds=1)).colour is Colour.GREEN


@pytest.mark.parametrize(
    ("grade", "interim", "colour"),
    [(Grade.MAJOR, "", Colour.RED), (Grade.MAJOR, "watched", Colour.GREEN), (Grade.GENERAL, "", Colour.GREEN)],
)
def test_a_major_hazard_without_interim_protection_is_red_in_the_season_only(
    office: Office, grade: Grade, interim: str, colour: Colour
) -> None:
    first, last = date(2026, 4, 15), date(2026, 4, 20)
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Season(id="S", unit="City", name="s", starts_on=first, ends_on=last))
    made = office.brought_to(State.RECTIFYING, grade)
    add(office, made.changed(interim=interim))
    second = timedelta(seconds=1)
    edges = (local(first) - second, local(first), local(last + timedelta(1)) - second, local(last + timedelta(1)))
    found = [status_of(only(office), at).colour for at in edges]
    assert found == [Colour.GREEN, colour, colour, Colour.GREEN]


def test_a_broken_chain_is_red_and_names_the_unit_whose_it_is(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    assert status_of(only(office), START).colour is Colour.GREEN
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.put(office.known(Person, "regulator").changed(phones=()))
    status = status_of(only(office), START)
    assert status.colour is Colour.RED
    assert str(status.cause).startswith(f"the chain above {made.id} is broken: ")
    assert str(status.act) == "name people with phones in the chain of East County"
