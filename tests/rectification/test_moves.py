"""Every move, legal and illegal, by every role: generated from the table, and held to a list written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from floodready.language import say
from floodready.organisation.models import Chain, Person
from floodready.organisation.permissions import Role, permitted
from floodready.rectification import commands
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.transitions import (
    MOVES,
    Move,
    MoveName,
    legal_moves,
    move_named,
    permission_for,
)
from floodready.rectification.views import finding_sheet, made_told
from floodready.rectification.views_sheet import sheet_lines
from floodready.refusal import NotAllowed, Refused, Superseded, existing
from floodready.store.contract import SYSTEM, Act
from tests.rectification.conftest import DEADLINE, FIXES, PLAN, TODAY, ZONE, Office

ACTORS = {
    Role.VIEWER: "viewer",
    Role.STOCK_CHECKER: "checker",
    Role.DUTY_OFFICER: "officer",
    Role.PLANNER: "planner",
    Role.LEADER: "leader",
    Role.ADMINISTRATOR: "admin",
}
UNTIL = DEADLINE.replace(month=9)


def words_of(move: MoveName, office: Office) -> dict[str, Any]:
    """What a person would type for a move."""
    match move:
        case MoveName.GRADE:
            return {"grade": Grade.MAJOR, "basis": "item 1"}
        case MoveName.ASSIGN:
            return {"responsible": "rectifier", "deadline_on": DEADLINE, "zone": ZONE, "fixes": FIXES, "plan": PLAN,
                    "interim": "watch"}  # fmt: skip
        case MoveName.REPORT_PROGRESS:
            return {"text": "half done"}
        case MoveName.PROTECT:
            return {"interim": "sandbags"}
        case MoveName.SUBMIT:
            return {"result": "done"}
        case MoveName.ACCEPT:
            return {"on": TODAY, "place": "Dike 3", "conclusion": "sound", "evidence": "photo", "zone": ZONE}
        case MoveName.REJECT:
            return {"conclusion": "still wet"}
        case MoveName.ASK_EXTENSION:
            return {"until": UNTIL, "reason": "rain", "zone": ZONE}
        case MoveName.GRANT_EXTENSION | MoveName.REFUSE_EXTENSION:
            return {"answer": "no more", "zone": ZONE}
        case MoveName.LIST | MoveName.DELIST:
            return {"zone": ZONE}
        case MoveName.ESCALATE:
            return {"cause": "nobody answers"}
        case MoveName.MERGE:
            return {"into": office.found().id}
        case MoveName.REOPEN:
            return {"description": "wet again", "found_on": TODAY, "zone": ZONE}
        case _:
            return {}


COMMANDS = {
    MoveName.GRADE: commands.grade, MoveName.ASSIGN: commands.assign, MoveName.BEGIN: commands.begin,
    MoveName.REPORT_PROGRESS: commands.report_progress, MoveName.PROTECT: commands.protect,
    MoveName.SUBMIT: commands.submit, MoveName.ACCEPT: commands.accept, MoveName.REJECT: commands.reject,
    MoveName.ASK_EXTENSION: commands.ask_extension, MoveName.GRANT_EXTENSION: commands.grant_extension,
    MoveName.REFUSE_EXTENSION: commands.refuse_extension, MoveName.LIST: commands.list_up,
    MoveName.DELIST: commands.delist, MoveName.HAND_UP: commands.hand_up, MoveName.ESCALATE: commands.escalate,
    MoveName.MERGE: commands.merge, MoveName.REOPEN: commands.reopen,
}  # fmt: skip


def make(office: Office, move: MoveName, id: str, person: str) -> Finding:
    command: Any = COMMANDS[move]
    made: Finding = command(office.store, office.act(person), finding=id, **words_of(move, office))
    return made


def prepared(office: Office, move: Move, state: State) -> Finding:
    """A record in a state that holds what the move needs of the record itself."""
    grade = Grade.MAJOR if {"major", "listed"} & set(move.needs) else Grade.GENERAL
    made = office.brought_to(state, grade)
    if "asked extension" in move.needs and state in move.frm:
        made = commands.ask_extension(
            office.store, office.act("rectifier"), finding=made.id, until=UNTIL, reason="rain", zone=ZONE
        )
    if "listed" in move.needs and state in move.frm:
        made = commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    return made


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name.value)
def test_every_state_lets_exactly_the_moves_of_the_table_by_exactly_their_roles(
    office: Office, move: Move, role: Role
) -> None:
    for state in State:
        record = prepared(office, move, state)
        person = "city-leader" if role is Role.LEADER and {"listed", "office above"} & set(move.needs) else ACTORS[role]
        if not permitted((role,), move.may):
            with pytest.raises(NotAllowed):
                make(office, move.name, record.id, person)
        elif state not in move.frm:
            with pytest.raises(Refused, match="not possible"):
                make(office, move.name, record.id, person)
        else:
            made = make(office, move.name, record.id, person)
            expected = state if move.to is None else move.to
            assert made.state is (State.FOUND if move.name is MoveName.REOPEN else expected)
            continue
        assert office.store.get(Finding, record.id) == record


def task_in(office: Office, state: State) -> Finding:
    """A meeting task in one of the states that it can come to."""
    made = office.task()
    for step in (State.RECTIFYING, State.SUBMITTED, State.CLOSED):
        if list(State).index(step) <= list(State).index(state):
            made = office.step(made, step)
    return made


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name.value)
def test_a_meeting_task_lets_exactly_the_moves_of_its_column_by_exactly_their_roles(
    office: Office, move: Move, role: Role
) -> None:
    for state in (State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.CLOSED):
        task = task_in(office, state)
        if "asked extension" in move.needs and state in move.frm:
            ask = {"finding": task.id, "until": UNTIL, "reason": "rain", "zone": ZONE}
            task = commands.ask_extension(office.store, office.act("rectifier"), **ask)  # type: ignore[arg-type] # one mapping holds fields of several types
        permission = permission_for(move, task)
        if not permitted((role,), permission or move.may):
            with pytest.raises(NotAllowed):
                make(office, move.name, task.id, ACTORS[role])
        elif permission is None or state not in move.frm:
            with pytest.raises(Refused, match="not possible"):
                make(office, move.name, task.id, ACTORS[role])
        else:
            made = make(office, move.name, task.id, ACTORS[role])
            assert made.state is (move.to or state)


def test_a_move_writes_only_the_fields_its_row_names(office: Office) -> None:
    for move in MOVES:
        if move.name is MoveName.REOPEN:
            continue
        before = prepared(office, move, min(move.frm, key=list(State).index))
        after = make(office, move.name, before.id, "city-leader")
        changed = {name for name in Finding.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}
        assert changed <= {*move.writes, *(["state"] if move.to else [])}, move.name


FORBIDDEN: list[tuple[State, MoveName]] = [
    (State.FOUND, MoveName.ASSIGN), (State.FOUND, MoveName.BEGIN), (State.FOUND, MoveName.SUBMIT),
    (State.FOUND, MoveName.ACCEPT), (State.FOUND, MoveName.LIST), (State.FOUND, MoveName.HAND_UP),
    (State.GRADED, MoveName.BEGIN), (State.GRADED, MoveName.SUBMIT), (State.GRADED, MoveName.ACCEPT),
    (State.GRADED, MoveName.ASK_EXTENSION), (State.ASSIGNED, MoveName.GRADE), (State.ASSIGNED, MoveName.SUBMIT),
    (State.ASSIGNED, MoveName.ACCEPT), (State.RECTIFYING, MoveName.ACCEPT), (State.RECTIFYING, MoveName.REJECT),
    (State.RECTIFYING, MoveName.ASSIGN), (State.SUBMITTED, MoveName.MERGE), (State.SUBMITTED, MoveName.SUBMIT),
    (State.SUBMITTED, MoveName.ASK_EXTENSION), (State.SUBMITTED, MoveName.REPORT_PROGRESS),
    *((State.CLOSED, move) for move in MoveName if move is not MoveName.REOPEN),
    *((State.MERGED, move) for move in MoveName),
]  # fmt: skip


@pytest.mark.parametrize("grade", Grade)
def test_what_must_never_happen_is_refused_to_whoever_may_do_most(office: Office, grade: Grade) -> None:
    """The list is written by hand, so a wrong row of the table does not make its own test right."""
    records = {state: office.brought_to(state, grade) for state in State}
    for state, move in FORBIDDEN:
        assert state not in move_named(move).frm
        with pytest.raises(Refused):
            make(office, move, records[state].id, "city-leader")
        assert office.store.get(Finding, records[state].id) == records[state]


NEVER_BY: dict[Role, list[MoveName]] = {
    Role.VIEWER: list(MoveName),
    Role.STOCK_CHECKER: [move for move in MoveName if move is not MoveName.REOPEN],
    Role.DUTY_OFFICER: [
        MoveName.GRADE, MoveName.ASSIGN, MoveName.ACCEPT, MoveName.REJECT, MoveName.GRANT_EXTENSION,
        MoveName.REFUSE_EXTENSION, MoveName.LIST, MoveName.DELIST, MoveName.HAND_UP, MoveName.ESCALATE, MoveName.MERGE,
    ],
    Role.PLANNER: [
        MoveName.GRANT_EXTENSION, MoveName.REFUSE_EXTENSION, MoveName.LIST, MoveName.DELIST, MoveName.HAND_UP
    ],
    Role.ADMINISTRATOR: [
        MoveName.GRANT_EXTENSION, MoveName.REFUSE_EXTENSION, MoveName.LIST, MoveName.DELIST, MoveName.HAND_UP
    ],
}  # fmt: skip
"""Written by hand: what each role never does to a hazard."""


@pytest.mark.parametrize("role", NEVER_BY)
def test_what_a_role_must_never_do_it_may_not(office: Office, role: Role) -> None:
    for name in NEVER_BY[role]:
        move = move_named(name)
        record = prepared(office, move, min(move.frm, key=list(State).index))
        with pytest.raises(NotAllowed):
            make(office, name, record.id, ACTORS[role])


def test_an_illegal_move_names_the_legal_ones(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    with pytest.raises(Refused) as refused:
        office.accept(made.id)
    assert "report progress, put interim protection, submit for re-check" in str(refused.value)


def test_whoever_rectified_does_not_close(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    commands.submit(office.store, office.act("leader"), finding=made.id, result="done")
    with pytest.raises(Refused, match="Leader rectified"):
        office.accept(made.id, by="leader")
    assert office.accept(made.id, by="planner").state is State.CLOSED


def test_a_listed_record_is_rechecked_by_the_office_that_listed_it(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED, Grade.MAJOR)
    commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    with pytest.raises(Refused, match="listed by City headquarters"):
        office.accept(made.id, by="planner")
    closed = office.accept(made.id, by="city-planner")
    assert closed.listing is None
    assert closed.listings[0].ended_on == TODAY


def test_only_an_office_above_lists(office: Office) -> None:
    made = office.brought_to(State.GRADED, Grade.MAJOR)
    with pytest.raises(Refused, match="Only an office above East County"):
        commands.list_up(office.store, office.act("leader"), finding=made.id, zone=ZONE)


def test_a_rejected_record_keeps_its_number_and_begins_a_new_round(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED)
    again = commands.reject(office.store, office.act("leader"), finding=made.id, conclusion="wet")
    assert (again.id, again.round, again.state) == (made.id, 2, State.RECTIFYING)


def test_who_escalates_is_told_whom_to_call(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    made = commands.escalate(office.store, office.act("planner"), finding=made.id, cause="no money")
    told = str(made_told(office.store, move_named(MoveName.ESCALATE), made))
    assert told == f"{made.id} climbed to Regulator (industry regulator, 1390-regulator). Tell them; it is assigned."


def test_two_failed_rechecks_climb_the_chain(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED)
    made = commands.reject(office.store, office.act("planner"), finding=made.id, conclusion="wet")
    assert not made.escalations
    office.step(made, State.SUBMITTED)
    made = commands.reject(office.store, office.act("planner"), finding=made.id, conclusion="still wet")
    # The responsible link is the rectifier, who knows; the next living one is told.
    assert [step.person for step in made.escalations] == ["regulator"]
    told = str(made_told(office.store, move_named(MoveName.REJECT), made))
    whom = "Regulator (industry regulator, 1390-regulator)"
    assert told == f"{made.id} is rectifying; 2 re-checks failed, and it climbed to {whom}."


def test_where_nobody_of_the_chain_stands_two_failed_rechecks_climb_the_chain_of_the_unit_above(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED)
    gone = ("regulator", "city-leader", "city-planner")
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        for person in gone:
            tx.put(existing(tx.get(Person, person), say("nobody")).changed(active=False))
        tx.put(Chain(id="County", responsible="rectifier", regulator="regulator", city_leader="city-leader"))
        tx.put(
            Chain(id="City", responsible="city-planner", regulator="rectifier", county="admin", supervision="leader")
        )
    for told in ([], ["admin"], ["admin", "leader"]):
        made = commands.reject(office.store, office.act("planner"), finding=made.id, conclusion="wet")
        assert [(step.person, step.unit) for step in made.escalations] == [(person, "City") for person in told]
        receipt = str(made_told(office.store, move_named(MoveName.REJECT), made))
        assert ("climbed to" in receipt, " of City headquarters" in receipt) == (bool(told), bool(told))
        made = office.step(made, State.SUBMITTED)
    sheet = finding_sheet(office.store, made, office.clock.now(), ZONE)
    told = [str(line) for head, line in sheet_lines(sheet, ZONE) if str(head) == "Escalated"]
    assert "to Admin (county or district leader of City headquarters)" in told[0]
    with pytest.raises(Refused, match="no living link above"):
        commands.escalate(office.store, office.act("leader"), finding=made.id, cause="silence")


def test_whoever_was_told_is_not_told_again_at_another_link(office: Office) -> None:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.put(
            Chain(id="County", responsible="rectifier", regulator="leader", county="leader", city_leader="city-leader")
        )
    made = office.brought_to(State.ASSIGNED)
    for person in ("leader", "city-leader"):
        made = commands.escalate(office.store, office.act("leader"), finding=made.id, cause="silence")
        assert made.escalations[-1].person == person


def test_a_major_hazard_is_not_merged_into_one_of_lower_grade(office: Office) -> None:
    major = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    for state in (State.FOUND, State.GRADED):
        lower = office.brought_to(state)
        with pytest.raises(Refused, match=f"{major.id} is a major hazard.*merge {lower.id} into it"):
            commands.merge(office.store, office.act("leader"), finding=major.id, into=lower.id)
        merged = commands.merge(office.store, office.act("leader"), finding=lower.id, into=major.id)
        assert merged.merged_into == major.id
    other = office.brought_to(State.GRADED, Grade.MAJOR)
    assert commands.merge(office.store, office.act("leader"), finding=other.id, into=major.id).state is State.MERGED


def test_escalation_climbs_link_by_link_and_ends(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    for person in ("regulator", "leader", "city-leader", "city-planner"):
        made = commands.escalate(office.store, office.act("leader"), finding=made.id, cause="silence")
        assert made.escalations[-1].person == person
    with pytest.raises(Refused, match="of East County has no living link"):
        commands.escalate(office.store, office.act("leader"), finding=made.id, cause="silence")


def test_two_terminals_move_one_record_and_the_second_is_told(office: Office) -> None:
    seen = office.brought_to(State.ASSIGNED)
    with type(office.store).open(office.store.folder, clock=office.clock) as other:
        commands.begin(other, office.act("rectifier"), finding=seen.id, seen=seen)
    with pytest.raises(Superseded, match="Rectifier changed"):
        commands.begin(office.store, office.act("officer"), finding=seen.id, seen=seen)
    with pytest.raises(Refused, match="not possible now"):
        commands.begin(office.store, office.act("officer"), finding=seen.id)


def test_a_record_that_came_back_is_a_new_one_linked_to_the_closed_one(office: Office) -> None:
    closed = office.brought_to(State.CLOSED)
    again = commands.reopen(
        office.store, office.act("officer"), finding=closed.id, description="wet", found_on=TODAY, zone=ZONE
    )
    assert (again.came_back_from, again.state) == (closed.id, State.FOUND)
    assert again.id != closed.id
    assert office.store.get(Finding, closed.id) == closed


def test_a_number_is_never_used_again(office: Office) -> None:
    from floodready.command import undo_entry

    first = office.found()
    undo_entry(office.store, office.act("officer"), next(office.store.entries_backwards()))
    assert office.store.get(Finding, first.id) is None
    second = office.found(source=Source.REPORT)
    assert (first.id, second.id) == ("County-2026-0001", "County-2026-0002")


def test_a_move_is_taken_back_by_those_who_may_make_it_and_a_closing_by_nobody(office: Office) -> None:
    from floodready.command import undo_entry

    made = office.brought_to(State.RECTIFYING)
    entry = next(office.store.entries_backwards())
    with pytest.raises(NotAllowed):
        undo_entry(office.store, office.act("viewer"), entry)
    undo_entry(office.store, office.act("officer"), entry)
    assert office.known(Finding, made.id).state is State.ASSIGNED
    office.brought_to(State.CLOSED)
    with pytest.raises(Refused, match="stays closed"):
        undo_entry(office.store, office.act("leader"), next(office.store.entries_backwards()))


def test_legal_moves_leave_out_what_the_record_does_not_hold(office: Office) -> None:
    names = {move.name for move in legal_moves(office.brought_to(State.RECTIFYING))}
    assert not names & {MoveName.GRANT_EXTENSION, MoveName.REFUSE_EXTENSION, MoveName.LIST, MoveName.DELIST}
