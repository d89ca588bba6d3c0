"""What stands behind the duty lines: the rule, the rotas that hold, the last signature, check and call.

Nothing here depends on the instant asked about, so that a kept line stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.models import Rota
from floodready.duty.models_shift import CallAnswer, CallRound, Handover, PostCheck
from floodready.duty.plan import ENDLESS, Plan
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Person
from floodready.organisation.phones import first_phone
from floodready.readiness.line import Evidence
from floodready.store.contract import View

TOLD = 3
"""So many of the last rotas, checks and handovers are told."""


def rotas_told(plan: Plan, zone: ZoneInfo) -> Iterator[Sentence]:
    """Tell the last rotas, with how many people each names, and from when to when it holds."""
    for rota, start, end in plan.rotas_in_order()[-TOLD:]:
        rotating = {person for rotation in rota.rotations for group in rotation.groups for person in group.people}
        people = rotating.union(*(turn.people for turn in rota.turns))
        told = {"id": verbatim(rota.id), "start": verbatim(local_time(start, zone))}
        if end == ENDLESS:
            yield say_many(
                "Rota {id}, {count} person, holds from {start} on.",
                "Rota {id}, {count} people, holds from {start} on.",
                len(people),
                **told,
            )
        else:
            yield say_many(
                "Rota {id}, {count} person, holds from {start} to {end}.",
                "Rota {id}, {count} people, holds from {start} to {end}.",
                len(people),
                end=verbatim(local_time(end, zone)),
                **told,
            )


def rotas_of(plan: Plan) -> Evidence:
    """Name the last rotas and the unit's figures of duty as documents."""
    rotas = [(Rota.table, rota.id) for rota, _, _ in reversed(plan.rotas_in_order()[-TOLD:])]
    return (*rotas, (plan.settings.table, plan.settings.id))


def handovers_told(view: View, plan: Plan, handovers: Iterable[Handover], zone: ZoneInfo) -> Iterator[Sentence]:
    """Tell the rule and the last handover that both sides signed."""
    yield say_many(
        "Both sides sign every change of duty; {count} minute after it the line warns (duty settings of the unit).",
        "Both sides sign every change of duty; {count} minutes after it the line warns (duty settings of the unit).",
        plan.settings.handover_late_minutes,
    )
    signed = [(done, one) for one in handovers if (done := one.completed_at) is not None]
    if not signed:
        yield say("No handover was ever signed by both sides.")
        return
    done, last = max(signed, key=lambda pair: (pair[0], pair[1].id))
    yield say_many(
        "Last signed: the handover of {due}, by {outgoing} and {incoming}, at {time}; {count} line of the log.",
        "Last signed: the handover of {due}, by {outgoing} and {incoming}, at {time}; {count} lines of the log.",
        last.entries,
        due=verbatim(local_time(last.due_at, zone)),
        time=verbatim(local_time(done, zone)),
        outgoing=verbatim(person_name(view, last.signed_out_by or "")),
        incoming=verbatim(person_name(view, last.signed_in_by or "")),
    )


def handovers_of(handovers: Iterable[Handover]) -> Evidence:
    """Name the last handovers as documents."""
    newest = sorted(handovers, key=lambda one: (one.due_at, one.id), reverse=True)
    return tuple((Handover.table, one.id) for one in newest[:TOLD])


def checks_told(view: View, checks: Iterable[PostCheck], zone: ZoneInfo) -> Iterator[Sentence]:
    """Tell the rule and the last checks, the newest first, each with what was found."""
    yield say("A missed check stays open until the head of the unit explains it in writing.")
    newest = _newest(checks)
    if not newest:
        yield say("No post check is on record.")
    for check in newest:
        yield say(
            "Check of {time}, {method}, by {person}: {found}.", time=verbatim(local_time(check.at, zone)),
            method=verbatim(check.method), person=verbatim(person_name(view, check.checked_by)), found=_found(check),
        )  # fmt: skip


def _found(check: PostCheck) -> Sentence:
    if not check.missed:
        return say("manned")
    if check.explanation:
        return say("missed, explained: {text}", text=verbatim(check.explanation))
    return say("missed, not explained")


def checks_of(checks: Iterable[PostCheck]) -> Evidence:
    """Name the last checks as documents."""
    return tuple((PostCheck.table, check.id) for check in _newest(checks))


def _newest(checks: Iterable[PostCheck]) -> list[PostCheck]:
    return sorted(checks, key=lambda check: (check.at, check.id), reverse=True)[:TOLD]


def phones_told(
    view: View, people: Mapping[str, object], limit: int, rounds: Iterable[CallRound], zone: ZoneInfo
) -> Iterator[Sentence]:
    """Tell the rule, each phone of who stands duty with the day of its last call, and the last round of calls."""
    yield say_many(
        "The first number of everyone on duty must have been reached within {count} day.",
        "The first number of everyone on duty must have been reached within {count} days.",
        limit,
    )
    for id in people:
        person = view.get(Person, id)
        phone = first_phone(person) if person is not None else None
        if person is None or phone is None:
            continue
        told = {"person": verbatim(person.name), "number": verbatim(phone.number)}
        if phone.verified_on is None:
            yield say("{person}, {number}: never reached.", **told)
        else:
            yield say("{person}, {number}: last reached on {day}.", day=verbatim(phone.verified_on.isoformat()), **told)
    last = last_round(rounds)
    if last is not None:
        reached = sum(call.answer is CallAnswer.REACHED for call in last.calls)
        yield say("Last round of calls, {time}: {reached} of {count} reached.", reached=reached,
                  count=len(last.people), time=verbatim(local_time(last.begun_at, zone)))  # fmt: skip


def last_round(rounds: Iterable[CallRound]) -> CallRound | None:
    """Give the round of calls begun last; None where none was."""
    return max(rounds, key=_begun, default=None)


def _begun(held: CallRound) -> tuple[datetime, str]:
    return held.begun_at, held.id


def calls_of(people: Mapping[str, object], last: CallRound | None) -> Evidence:
    """Name the last round of calls and the people as documents; a round's calls are entries on the people too."""
    found = [(CallRound.table, last.id)] if last is not None else []
    return (*found, *((Person.table, id) for id in list(people)[:TOLD]))
