"""The moves of one record through the loop: grade, assign, rectify, submit, re-check, merge."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.organisation.lookup import require_person, unit_name
from floodready.organisation.models import Person
from floodready.rectification.concern import require_concerned
from floodready.rectification.escalation import next_step
from floodready.rectification.merging import can_take_in, same_hands, would_lose
from floodready.rectification.models import Escalation, Finding, FiveFixes, Progress, Round, SixParts
from floodready.rectification.moving import begin_move, make_move, take_back, unit_of
from floodready.rectification.preparation import missing_for_assignment
from floodready.rectification.reading import (
    chains_above,
    in_season,
    names_in,
    refuse_problems,
    settings_of,
    the_finding,
    units_above,
)
from floodready.rectification.separation import require_other_checker
from floodready.rectification.states import Grade
from floodready.rectification.transitions import MoveName
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("rectification.grade", undo=take_back(MoveName.GRADE))
def grade(tx: Transaction, *, finding: str, grade: Grade, basis: str, seen: Finding | None = None) -> Finding:
    """Grade a hazard; the person who acts decides and is named. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.GRADE, seen)
    if not basis.strip():
        raise Refused(say("Name the criterion by which {id} is graded.", id=verbatim(finding)))
    return make_move(tx, record, MoveName.GRADE, grade=grade, basis=basis, graded_by=tx.act.person)


@command("rectification.assign", undo=take_back(MoveName.ASSIGN))
def assign(
    tx: Transaction,
    *,
    finding: str,
    responsible: str,
    deadline_on: date,
    zone: ZoneInfo,
    measures: str = "",
    fixes: FiveFixes | None = None,
    plan: SixParts | None = None,
    interim: str = "",
    seen: Finding | None = None,
) -> Finding:
    """Assign a graded hazard. Raises Invalid naming what a major one lacks, Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.ASSIGN, seen)
    require_person(tx, responsible)
    today = local_day(tx.now, zone)
    if deadline_on < today:
        past = say("The deadline {day} is past. Set one from {today} on.", day=deadline_on, today=today)
        refuse_problems([("deadline_on", past)], record)
    given = {
        "responsible": responsible,
        "deadline_on": deadline_on,
        "measures": measures or record.measures,
        "fixes": fixes or record.fixes,
        "plan": plan or record.plan,
        "interim": interim or record.interim,
    }
    wanted = record.changed(**given)
    refuse_problems(missing_for_assignment(wanted, in_season=in_season(tx, record.unit, today)), record)
    return make_move(tx, record, MoveName.ASSIGN, **given)


@command("rectification.begin", undo=take_back(MoveName.BEGIN))
def begin(tx: Transaction, *, finding: str, seen: Finding | None = None) -> Finding:
    """Begin rectifying. Raises Refused, NotAllowed, Superseded."""
    return make_move(tx, begin_move(tx, finding, MoveName.BEGIN, seen), MoveName.BEGIN)


@command("rectification.report_progress", undo=take_back(MoveName.REPORT_PROGRESS))
def report_progress(tx: Transaction, *, finding: str, text: str) -> Finding:
    """Report progress. Raises Refused, NotAllowed."""
    record = begin_move(tx, finding, MoveName.REPORT_PROGRESS)
    _say_something(text)
    report = Progress(at=tx.now, by=tx.act.person, text=text)
    return make_move(tx, record, MoveName.REPORT_PROGRESS, progress=(*record.progress, report))


@command("rectification.protect", undo=take_back(MoveName.PROTECT))
def protect(tx: Transaction, *, finding: str, interim: str, seen: Finding | None = None) -> Finding:
    """Record the interim protection while a hazard is open. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.PROTECT, seen)
    _say_something(interim)
    return make_move(tx, record, MoveName.PROTECT, interim=interim)


@command("rectification.submit", undo=take_back(MoveName.SUBMIT))
def submit(tx: Transaction, *, finding: str, result: str, seen: Finding | None = None) -> Finding:
    """Submit the work for re-check, saying what was done. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.SUBMIT, seen)
    _say_something(result)
    turn = Round(number=record.round, submitted_by=tx.act.person, submitted_at=tx.now, result=result)
    return make_move(tx, record, MoveName.SUBMIT, rounds=(*record.rounds, turn))


@command(
    "rectification.accept",
    irreversible=say("A closed record stays closed. If the hazard came back, reopen it: it gets a record of its own."),
)
def accept(
    tx: Transaction,
    *,
    finding: str,
    on: date,
    place: str,
    conclusion: str,
    evidence: str,
    zone: ZoneInfo,
    seen: Finding | None = None,
) -> Finding:
    """Accept the work and close the record; a listing that holds ends with it.

    Raises Refused for the person who rectified, another office than the listing one, missing place, conclusion or
    evidence, a day before the submission or in the future; NotAllowed, Superseded.
    """
    record = begin_move(tx, finding, MoveName.ACCEPT, seen)
    require_other_checker(record, tx.act.person, unit_of(tx), names_in(tx, record, tx.act.person))
    if not (place.strip() and conclusion.strip() and evidence.strip()):
        raise Refused(say("Acceptance needs its place, its conclusion and its evidence."))
    submitted = local_day(record.rounds[-1].submitted_at, zone)
    if not submitted <= on <= local_day(tx.now, zone):
        raise Refused(say("The day of acceptance lies between the submission, {day}, and today.", day=submitted))
    turn = _checked(record, tx, passed=True, place=place, conclusion=conclusion, evidence=evidence)
    listings = record.listings
    if record.listing is not None:
        listings = (*listings[:-1], replace(record.listing, ended_on=on))
    return make_move(tx, record, MoveName.ACCEPT, rounds=(*record.rounds[:-1], turn), closed_on=on, listings=listings)


@command("rectification.reject", undo=take_back(MoveName.REJECT))
def reject(
    tx: Transaction, *, finding: str, conclusion: str, place: str = "", evidence: str = "", seen: Finding | None = None
) -> Finding:
    """Reject the work at re-check: a new round under the same number; after two failed ones it climbs the chain.

    Where nobody of the unit's chain is left above, it climbs the chain of the unit above.

    Raises Refused for the person who rectified or another office than the listing one; NotAllowed, Superseded.
    """
    record = begin_move(tx, finding, MoveName.REJECT, seen)
    require_other_checker(record, tx.act.person, unit_of(tx), names_in(tx, record, tx.act.person))
    _say_something(conclusion)
    turn = _checked(record, tx, passed=False, place=place, conclusion=conclusion, evidence=evidence)
    rounds = (*record.rounds[:-1], turn)
    escalations = record.escalations
    failed = sum(one.passed is False for one in rounds)
    if failed >= settings_of(tx).failed_before_escalation:
        step = _step_up(tx, record, "")
        escalations = (*escalations, step) if step is not None else escalations
    return make_move(tx, record, MoveName.REJECT, rounds=rounds, escalations=escalations)


@command("rectification.escalate", undo=take_back(MoveName.ESCALATE))
def escalate(tx: Transaction, *, finding: str, cause: str, seen: Finding | None = None) -> Finding:
    """Climb one living link of the chain of responsibility, then of those of the units above.

    Raises Refused where nobody is left above; NotAllowed, Superseded.
    """
    record = begin_move(tx, finding, MoveName.ESCALATE, seen)
    _say_something(cause)
    step = _step_up(tx, record, cause)
    if step is None:
        raise Refused(
            say(
                "The chain of responsibility of {unit} has no living link above, nor has one of a unit above it. "
                "Name people with phones in them.",
                unit=verbatim(unit_name(tx, record.unit)),
            )
        )
    return make_move(tx, record, MoveName.ESCALATE, escalations=(*record.escalations, step))


@command("rectification.merge", undo=take_back(MoveName.MERGE))
def merge(tx: Transaction, *, finding: str, into: str, seen: Finding | None = None) -> Finding:
    """Merge a record into another open one, which carries on alone.

    A major hazard goes into a major one only: merged into a lower grade, its five fixes, its plan and its place among
    the major ones would be lost without a decision. A hazard of one unit goes into none of another that does not stand
    above it: it would leave the tables and the chain of responsibility of its own. Raises Refused, NotAllowed,
    Superseded.
    """
    record = begin_move(tx, finding, MoveName.MERGE, seen)
    other = the_finding(tx, into)
    if not can_take_in(other, record):
        raise Refused(say("{id} cannot take another record in: choose another open hazard.", id=verbatim(into)))
    if not same_hands(other, record, units_above(tx, record.unit)):
        raise Refused(
            say(
                "{id} is a record of {unit}, {into} one of {other}: merged into it, {unit} would no longer answer for "
                "its hazard. Merge within one unit or into a unit above it, or close each by itself.",
                id=verbatim(record.id),
                unit=verbatim(unit_name(tx, record.unit)),
                into=verbatim(other.id),
                other=verbatim(unit_name(tx, other.unit)),
            )
        )
    require_concerned(tx, other, tx.act.person)
    if would_lose(other, record):
        raise Refused(
            say(
                "{id} is a major hazard and {into} is not: merged into it, its fixes and its plan would be lost. "
                "Instead, merge {into} into it.",
                id=verbatim(record.id),
                into=verbatim(other.id),
            )
        )
    return make_move(tx, record, MoveName.MERGE, merged_into=other.id)


def _say_something(text: str) -> None:
    if not text.strip():
        raise Refused(say("Say what was done, found or ordered: the text is empty."))


def _checked(record: Finding, tx: Transaction, **said: object) -> Round:
    return replace(record.rounds[-1], checked_by=tx.act.person, checked_at=tx.now, **said)


def _step_up(tx: Transaction, record: Finding, cause: str) -> Escalation | None:
    step = next_step(record, chains_above(tx, record.unit), {person.id: person for person in tx.all(Person)})
    if step is None:
        return None
    return Escalation(link=step.link, person=step.person.id, at=tx.now, by=tx.act.person, cause=cause, unit=step.unit)
