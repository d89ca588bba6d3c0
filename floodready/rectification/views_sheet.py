"""One record line by line, as a person reads it: facts, chain, clock, rounds, faults, next moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.rectification.transitions import listed
from floodready.rectification.views import FindingSheet, state_told

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Told = tuple[Sentence, Sentence | str]


def sheet_lines(sheet: FindingSheet, zone: ZoneInfo) -> list[Told]:
    """Give the lines of a record that say something."""
    lines = [*_facts(sheet), *_clock(sheet), *_history(sheet, zone)]
    return [(head, told) for head, told in lines if str(told)]


def _facts(sheet: FindingSheet) -> Iterator[Told]:
    row, record = sheet.row, sheet.record
    yield say("Case number"), verbatim(record.id)
    yield say("State"), state_told(row)
    if not record.is_task:
        yield say("Grade"), row.grade.word if row.grade else say("not yet graded")
    yield say("Basis"), verbatim(record.basis)
    yield say("Unit"), verbatim(row.unit_name)
    yield say("Comes from"), row.source.word
    yield say("Found"), verbatim(f"{record.found_on} {record.found_by}")
    yield say("Place"), verbatim(record.place)
    yield say("Description"), verbatim(record.description)
    yield say("Harm"), verbatim(record.harm)
    yield say("Responsible"), verbatim(row.responsible)
    yield say("Corrective measures"), verbatim(record.measures)
    yield say("Interim protection"), verbatim(record.interim)


def _clock(sheet: FindingSheet) -> Iterator[Told]:
    record = sheet.record
    if record.deadline_on is not None:
        yield say("Deadline"), say("{day}, {light}", day=record.deadline_on, light=sheet.row.light.word)
    if sheet.progress_due_on is not None:
        yield say("Progress due"), verbatim(str(sheet.progress_due_on))
    for fault in sheet.faults:
        yield say("Fault"), fault
    for link, person in sheet.chain:
        yield link, verbatim(person or "–")
    if record.is_open and sheet.next_link is not None:
        yield say("Next link above"), sheet.next_link
    if sheet.moves:
        yield say("Possible now"), listed([word for _, word in sheet.moves])


def _history(sheet: FindingSheet, zone: ZoneInfo) -> Iterator[Told]:
    record = sheet.record
    for turn in record.rounds:
        head = say("Round {number}", number=turn.number)
        yield head, say("{time} {person}: {result}", time=local_time(turn.submitted_at, zone),
                        person=turn.submitted_by, result=turn.result)  # fmt: skip
        if turn.checked_at is not None:
            told = (
                say("accepted by {person}: {conclusion}") if turn.passed else say("rejected by {person}: {conclusion}")
            )
            yield head, say(told.template, person=turn.checked_by, conclusion=turn.conclusion)
    for report in record.progress:
        yield say("Progress"), verbatim(f"{local_time(report.at, zone)} {report.by}: {report.text}")
    for asked in record.extensions:
        told = {None: say("waits for its answer"), True: say("granted"), False: say("refused")}[asked.granted]
        yield say("Extension"), say("until {day}, asked by {person}: {answer}", day=asked.until,
                                    person=asked.asked_by, answer=told)  # fmt: skip
    for step in record.escalations:
        cause = verbatim(step.cause) if step.cause else say("re-checks failed")
        yield say("Escalated"), say("{time} to {person} ({link}): {cause}", time=local_time(step.at, zone),
                                    person=step.person, link=step.link.word, cause=cause)  # fmt: skip
    for held in record.attachments:
        yield say("Attached"), say("{file}, {size} bytes, {hash}", file=held.name, size=held.size, hash=held.sha256)
