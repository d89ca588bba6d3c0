"""The readiness lines of open records: what colours them, and what mends them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floodready.clock import end_of
from floodready.readiness.assembly import readiness
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, status_of
from floodready.readiness.rectification_lines import lines
from floodready.rectification.models import Progress
from floodready.rectification.states import Grade, Source, State
from tests.rectification.conftest import DEADLINE, START, ZONE, Office
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
