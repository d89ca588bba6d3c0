"""The duty log, follow-ups, post checks and call rounds: everything a shift writes down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.codec import encode
from floodready.command import command, who_wrote
from floodready.duty.models_shift import (
    CallAnswer,
    CallRound,
    Direction,
    FollowUp,
    FollowUpState,
    Handover,
    LogEntry,
    LogKind,
    PostCheck,
    RoundCall,
)
from floodready.duty.roster import settings_of
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.commands import verify_phone
from floodready.organisation.lookup import person_name, require_person, require_serving, require_unit
from floodready.organisation.models import Chain, Person
from floodready.organisation.permissions import Permission
from floodready.rectification.commands import open_finding
from floodready.rectification.explained import close_explained, note_explanation
from floodready.rectification.states import Source
from floodready.refusal import Refused, Superseded
from floodready.store.contract import Transaction
from floodready.workdays import DayCorrection, add_working_days, calendar_with

_ADDED_LINE = say("A line of the duty log stays. Add a line that corrects it.")


@command("duty.log", may=Permission.DUTY_LOG, irreversible=_ADDED_LINE)
def write_log(
    tx: Transaction,
    /,
    *,
    unit: str,
    kind: LogKind,
    content: str,
    at: datetime | None = None,
    follow_up: str = "",
    owner: str | None = None,
    due_at: datetime | None = None,
    **more: Any,
) -> LogEntry:
    """Add a line to the duty log; with `follow_up` it leaves an open item that goes from shift to shift.

    `at` is when it happened, UTC; left out it is now. A line with a result that leaves nothing to do is closed by it.
    Raises Refused for unknown units, people or lines, for times that have not come or lie in a shift that is handed
    over (but for a correction), for a major danger without what is still to be done, and for an owner or due time of
    nothing; Invalid.
    """
    require_unit(tx, unit)
    happened = tx.now if at is None else at
    _require_time(tx, unit, happened, more.get("corrects"))
    _require_task(follow_up, happened, owner, due_at, is_major=bool(more.get("major")))
    if more.get("handler") is not None:
        require_person(tx, more["handler"])
    entry = tx.add(
        LogEntry(
            id=tx.new_id("D"),
            unit=unit,
            kind=kind,
            at=happened,
            content=content,
            written_by=tx.act.person,
            written_at=tx.now,
            closed_at=happened if more.get("result") and not follow_up else None,
            **{"direction": Direction.IN, **more},
        )
    )
    if follow_up:
        _leave_open(tx, entry, follow_up, owner, due_at)
    return entry


def _leave_open(tx: Transaction, entry: LogEntry, task: str, owner: str | None, due_at: datetime | None) -> None:
    """Add what a line leaves to be done. Raises Refused for an unknown person, Invalid."""
    if owner is not None:
        require_person(tx, owner)
    tx.add(
        FollowUp(
            id=tx.new_id("F"),
            unit=entry.unit,
            entry=entry.id,
            task=task,
            owner=owner,
            due_at=due_at,
            major=entry.major,
        )
    )


def _require_time(tx: Transaction, unit: str, happened: datetime, corrects: str | None) -> None:
    """Keep the log of a shift that is handed over as both sides signed it: to it corrections are added, no more."""
    if happened > tx.now:
        raise Refused(say("The log tells what has happened. That time has not come yet."))
    if corrects is not None:
        line = tx.get(LogEntry, corrects)
        if line is None or line.unit != unit:
            raise Refused(not_there("duty.log", corrects))
        return
    signed = [held.due_at for held in tx.find(Handover, unit=unit) if held.completed_at is not None]
    if signed and happened < max(signed):
        raise Refused(
            say("The log of that shift is closed. Correct one of its lines, or log it as of now and say when it was.")
        )


def _require_task(task: str, happened: datetime, owner: str | None, due_at: datetime | None, *, is_major: bool) -> None:
    if not task and is_major:
        raise Refused(say("A major danger stays open until it is dealt with. Say what is still to be done."))
    if not task and (owner is not None or due_at is not None):
        raise Refused(say("Say what is still to be done, or leave out owner and due time."))
    if due_at is not None and due_at < happened.replace(second=0, microsecond=0):  # people type whole minutes
        raise Refused(say("It would be due before it happened. Give a later time."))


@command("duty.change_follow_up", may=Permission.DUTY_LOG)
def change_follow_up(
    tx: Transaction,
    seen: FollowUp,
    /,
    *,
    owner: str | None = None,
    due_at: datetime | None = None,
    waiting: bool = False,
) -> FollowUp:
    """Give an open item its owner, due time and state.

    Raises Refused for unknown people and for one that is done, Superseded.
    """
    _require_open(seen)
    if owner is not None:
        require_person(tx, owner)
    state = FollowUpState.WAITING if waiting else FollowUpState.OPEN
    return tx.change(seen, owner=owner or seen.owner, due_at=due_at or seen.due_at, state=state)


@command("duty.finish_follow_up", may=Permission.DUTY_LOG)
def finish_follow_up(tx: Transaction, seen: FollowUp, /, *, result: str) -> FollowUp:
    """Close an open item with its result. Raises Refused without one and where it is done already, Superseded."""
    _require_open(seen)
    if not result.strip():
        raise Refused(say("Say what came of it."))
    return tx.change(seen, state=FollowUpState.DONE, done_at=tx.now, result=result)


def _require_open(item: FollowUp) -> None:
    if item.state is FollowUpState.DONE:
        raise Refused(say("“{task}” is done already. If more is to be done, log a further line.", task=item.task))


@command("duty.check_post", may=Permission.DUTY_CHECK)
def check_post(
    tx: Transaction,
    *,
    unit: str,
    method: str,
    on_site: bool,
    zone: ZoneInfo,
    whom: str | None = None,
    rings: int | None = None,
    forwarded: bool = False,
    note: str = "",
) -> PostCheck:
    """Record a check of a post. A miss opens a record for the unit's head: the written explanation.

    Missed is: nobody answered, more rings than the setting, not on site, or the line forwarded to a mobile. Raises
    Refused for an unknown unit or person, Invalid.
    """
    require_unit(tx, unit)
    if whom is not None:
        require_serving(tx, whom, local_day(tx.now, zone))
    limit = settings_of(tx, unit).post_check_rings
    missed = whom is None or not on_site or forwarded or (rings is not None and rings > limit)
    check = tx.add(
        PostCheck(
            id=tx.new_id("Q"),
            unit=unit,
            at=tx.now,
            method=method,
            whom=whom,
            rings=rings,
            on_site=on_site,
            forwarded=forwarded,
            missed=missed,
            checked_by=tx.act.person,
            note=note,
        )
    )
    if missed:
        _ask_for_explanation(tx, check, zone)
    return check


@command("duty.explain_check", may=Permission.DUTY_LOG)
def explain_check(tx: Transaction, seen: PostCheck, /, *, explanation: str) -> PostCheck:
    """Answer a missed post check in writing; the record that asks for it tells the answer.

    Raises Refused where nothing is to be explained or the explanation is accepted already, Superseded.
    """
    if not seen.missed:
        raise Refused(say("This check found the post manned. There is nothing to explain."))
    if not explanation.strip():
        raise Refused(say("Write the explanation."))
    _require_unaccepted(tx, seen)
    note_explanation(tx, seen.unit, seen.reference, explanation)
    return tx.change(seen, explanation=explanation, explained_by=tx.act.person, explained_at=tx.now)


@command("duty.accept_explanation", may=Permission.HAZARD_ACCEPT)
def accept_explanation(tx: Transaction, seen: PostCheck, /, *, zone: ZoneInfo) -> PostCheck:
    """Accept the explanation of a missed check, and close the record that asked for it.

    As with every record, whoever closes is not whoever answered (design of rectification, rule 4). Raises NotAllowed,
    Refused where nothing is explained or it is accepted already, and for whoever explained or must explain; Superseded.
    """
    if seen.explained_by is None or seen.explained_at is None:
        raise Refused(say("This check is not explained yet. The explanation comes first, in writing."))
    _require_unaccepted(tx, seen)
    if seen.explained_by == tx.act.person:
        raise Refused(say("You explained this check yourself. Another person accepts the explanation."))
    close_explained(
        tx, seen.unit, seen.reference, text=seen.explanation, by=seen.explained_by, at=seen.explained_at,
        today=local_day(tx.now, zone),
    )  # fmt: skip
    return tx.change(seen, accepted_by=tx.act.person, accepted_at=tx.now)


def _require_unaccepted(tx: Transaction, check: PostCheck) -> None:
    if check.accepted_by is not None:
        by = verbatim(person_name(tx, check.accepted_by))
        raise Refused(say("The explanation was accepted by {person}. Log a line where more is to be said.", person=by))


@command("duty.begin_call_round", may=Permission.DUTY_CHECK)
def begin_call_round(
    tx: Transaction, *, unit: str, today: date, people: tuple[str, ...] = (), seen: tuple[CallRound, ...] | None = None
) -> CallRound:
    """Begin a communication check over a unit's people who serve today, or over those named.

    `today` is by the local calendar; a last day counts. `seen` is the last round that was known, empty for none: two
    who begin one at once make one round. Raises Superseded where another was begun since, Refused for unknown units
    and people.
    """
    require_unit(tx, unit)
    last = max(tx.find(CallRound, unit=unit), key=lambda held: held.begun_at, default=None)
    if seen is not None and last is not None and last.id not in {held.id for held in seen}:
        facts = who_wrote(tx, last)
        raise Superseded(
            say("{person} began call round {id} at {time}. No second one was begun; go on with that.", id=last.id,
                **facts),
            str(facts["person"]),
        )  # fmt: skip
    named = people or tuple(person.id for person in tx.find(Person, unit=unit) if person.serves_on(today))
    for person in named:
        require_serving(tx, person, today)
    return tx.add(CallRound(id=tx.new_id("V"), unit=unit, begun_at=tx.now, people=named))


@command("duty.record_call", may=Permission.DUTY_CHECK)
def record_call(
    tx: Transaction, seen: CallRound, /, *, person: str, number: str, answer: CallAnswer, today: date
) -> CallRound:
    """Record how a test call ended; a number that reached somebody active is verified by it.

    The last call of the round finishes it. Several people may share a round: what others noted since it was `seen`
    stays. Who left the office since the round began is waited for to the end of the last day, by the local calendar.
    Raises Refused for people not in the round or not serving `today`, or reached under a number that they do not have;
    Superseded where somebody else has just noted a call to the same person.
    """
    held = tx.get(CallRound, seen.id) or tx.change(seen)  # refuses: somebody took it back
    _require_uncalled(tx, held, seen, person)
    if person not in held.people:
        raise Refused(say("{person} is not in this round.", person=verbatim(person_name(tx, person))))
    if answer is CallAnswer.REACHED and number:
        reached = require_serving(tx, person, today)
        if reached.active:  # on the last day somebody is reached whose numbers stay as they are
            verify_phone.within(tx, person=person, number=number, on=today)
    calls = (*held.calls, RoundCall(person=person, number=number, answer=answer, at=tx.now))
    there = {id for id in held.people if (one := tx.get(Person, id)) is not None and one.serves_on(today)}
    is_done = {call.person for call in calls} >= there
    return tx.change(held, calls=calls, finished_at=held.finished_at or (tx.now if is_done else None))


def _require_uncalled(tx: Transaction, held: CallRound, seen: CallRound, person: str) -> None:
    """Refuse to note a call to whom somebody else has called since the round was seen."""
    since = [call for call in held.calls[len(seen.calls) :] if call.person == person]
    if not since:
        return
    if since[-1] is not held.calls[-1]:
        raise tx.superseded(CallRound.table, held.id, encode(seen))
    facts = who_wrote(tx, held)
    raise Superseded(
        say(
            "{person} noted at {time} that {called} was called: {answer}. Nothing more was noted; note it again if you "
            "called too.",
            called=person_name(tx, person),
            answer=since[-1].answer.word,
            **facts,
        ),
        str(facts["person"]),
    )


def _ask_for_explanation(tx: Transaction, check: PostCheck, zone: ZoneInfo) -> None:
    """Open the record that the unit's head answers, due on the next working day."""
    chain = tx.get(Chain, check.unit)
    today = local_day(check.at, zone)
    open_finding.within(
        tx,
        unit=check.unit,
        source=Source.POST_CHECK,
        source_ref=check.reference,
        description=str(say("Post check missed: explain in writing.")),
        found_on=today,
        zone=zone,
        responsible=chain.responsible if chain is not None else None,
        deadline_on=add_working_days(today, 1, calendar_with(tx.all(DayCorrection))),
    )
