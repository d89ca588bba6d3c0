"""Whose business a record is: its unit, those above, its chain of responsibility, and whoever rectifies it."""

from __future__ import annotations

import pytest

from floodready.command import undo_entry
from floodready.organisation.models import Person, Terminal, Unit
from floodready.organisation.permissions import Role
from floodready.rectification import commands
from floodready.rectification.models import Finding
from floodready.rectification.standing import standing_on
from floodready.rectification.states import Grade, State
from floodready.rectification.statistics import By, month, table
from floodready.refusal import NotAllowed, Refused
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from tests.rectification.conftest import TODAY, ZONE, Office
from tests.tui.conftest import press, settle, shows, text


@pytest.fixture
def neighbour(office: Office) -> Office:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Unit(id="West", name="West County", parent="City"))
        tx.add(Person(id="far", name="Far", unit="West", roles=(Role.LEADER, Role.PLANNER)))
    return office


def graded(office: Office, by: str, made: Finding) -> Finding:
    return commands.grade(office.store, office.act(by), finding=made.id, grade=Grade.GENERAL, basis="item 3")


def test_a_leader_of_another_unit_decides_nothing_in_a_record(neighbour: Office) -> None:
    made = neighbour.found()
    with pytest.raises(NotAllowed, match=r"Far is of West County, and .* is a record of East County"):
        graded(neighbour, "far", made)
    assert graded(neighbour, "city-planner", made).graded_by == "city-planner", "the unit above answers too"
    with pytest.raises(NotAllowed, match="Far is of West County"):
        undo_entry(neighbour.store, neighbour.act("far"), next(neighbour.store.entries_backwards()))


def test_whoever_rectifies_or_stands_in_the_chain_is_concerned_wherever_they_serve(neighbour: Office) -> None:
    store, made = neighbour.store, neighbour.brought_to(State.ASSIGNED)
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.change(made, responsible="far")
    assert commands.begin(store, neighbour.act("far"), finding=made.id).state is State.RECTIFYING
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        rectifier = store.get(Person, "leader")
        assert rectifier is not None
        tx.change(rectifier, unit="West")
    assert graded(neighbour, "leader", neighbour.found()).state is State.GRADED, "county leader of the chain"


def test_whoever_sees_a_hazard_reports_it_and_that_it_came_back_wherever_they_serve(neighbour: Office) -> None:
    closed = neighbour.brought_to(State.CLOSED)
    again = commands.reopen(
        neighbour.store, neighbour.act("far"), finding=closed.id, description="wet again", found_on=TODAY, zone=ZONE
    )
    assert (again.unit, again.came_back_from) == ("County", closed.id)


def test_a_hazard_is_merged_within_its_unit_or_into_one_above_and_into_no_neighbours(neighbour: Office) -> None:
    made, beside, above = neighbour.found(), neighbour.found(unit="West"), neighbour.found(unit="City")
    merge, act = commands.merge, neighbour.act
    with pytest.raises(Refused, match="East County would no longer answer for its hazard"):
        merge(neighbour.store, act("city-planner"), finding=made.id, into=beside.id)
    with pytest.raises(Refused, match="City headquarters would no longer answer"):
        merge(neighbour.store, act("city-planner"), finding=above.id, into=made.id)
    with pytest.raises(NotAllowed, match="a record of City headquarters"):
        merge(neighbour.store, act("planner"), finding=made.id, into=above.id)
    done = merge(neighbour.store, act("city-planner"), finding=made.id, into=above.id)
    assert (done.state, done.merged_into) == (State.MERGED, above.id)


def test_the_closings_of_a_month_never_shrink(office: Office) -> None:
    closed = office.brought_to(State.CLOSED)
    with pytest.raises(Refused, match="stays closed"):
        undo_entry(office.store, office.act("leader"), next(office.store.entries_backwards()))
    march = month(2026, 3)
    commands.reopen(office.store, office.act(), finding=closed.id, description="wet", found_on=TODAY, zone=ZONE)
    now = office.clock.now()
    found = standing_on(office.store, office.store, march.last, now, ZONE)
    assert [(line.found, line.closed, line.open) for line in table(found, march, By.UNIT, TODAY)] == [(2, 1, 1)]


async def test_who_does_not_answer_for_a_record_is_told_when_the_form_opens(neighbour: Office) -> None:
    neighbour.found()
    with neighbour.store.transaction(Act(person=SYSTEM, terminal="T1"), "sign in") as tx:
        tx.put(Terminal(id="T1", person="far", since_at=tx.now))
    app = FloodreadyApp(neighbour.store, clock=neighbour.clock, zone=ZONE, terminal="T1")
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "enter")
        assert not shows(app, Form)
        assert "Far is of West County" in " ".join(text(app).split())
