"""The record that asks for a written explanation: told the answer, and closed when it is accepted.

Such a record is no defect of works: it has no grade and no measures. What is owed is an answer, so the answer stands in
the place of the work, and its acceptance by another person in the place of the re-check.
"""

from __future__ import annotations

from datetime import date, datetime

from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.rectification.models import Finding, Progress, Round
from floodready.rectification.moving import unit_of
from floodready.rectification.reading import names_in
from floodready.rectification.separation import require_other_checker
from floodready.rectification.states import State
from floodready.refusal import Refused
from floodready.store.contract import Transaction


def note_explanation(tx: Transaction, unit: str, source_ref: str, text: str) -> Finding | None:
    """Note the answer in the open record that a document asked for it in; None where there is none any more."""
    record = _open_record(tx, unit, source_ref)
    if record is None:
        return None
    report = Progress(at=tx.now, by=tx.act.person, text=text)
    return tx.change(record, progress=(*record.progress, report))


def close_explained(
    tx: Transaction, unit: str, source_ref: str, *, text: str, by: str, at: datetime, today: date
) -> Finding | None:
    """Close the open record whose answer is accepted; None where there is none any more.

    `by` gave the answer at the instant `at`, UTC; `today` is the local day. Raises Refused for a person who may not
    re-check it (see `require_other_checker`).
    """
    record = _open_record(tx, unit, source_ref)
    if record is None:
        return None
    person = tx.act.person
    names = names_in(tx, record, person)
    if person == record.responsible:
        who = verbatim(names.get(person, person))
        raise Refused(say("{person} owes this explanation and does not accept it. Another person must.", person=who))
    answer = Round(number=record.round, submitted_by=by, submitted_at=at, result=text)
    answered = record.changed(rounds=(*record.rounds, answer))
    require_other_checker(answered, person, unit_of(tx), names)
    checked = replace(
        answer, checked_by=person, checked_at=tx.now, passed=True, conclusion=str(say("The explanation is accepted.")),
    )  # fmt: skip
    return tx.change(record, state=State.CLOSED, closed_on=today, rounds=(*record.rounds, checked))


def _open_record(tx: Transaction, unit: str, source_ref: str) -> Finding | None:
    return next((one for one in tx.find(Finding, unit=unit) if one.source_ref == source_ref and one.is_open), None)
