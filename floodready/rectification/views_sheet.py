"""One record line by line, as a person reads it: facts, chain, clock, rounds, faults, next moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import Sentence, listed, say, say_many, verbatim
from floodready.money import yuan_told
from floodready.rectification.preparation import FIX_WORDS, PART_WORDS
from floodready.rectification.views import FindingSheet, light_told, link_told, state_told

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.rectification.models import Finding

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
    yield say("Graded by"), verbatim(sheet.name(record.graded_by or ""))
    yield say("Unit"), verbatim(row.unit_name)
    yield say("Comes from"), row.source.word
    yield say("Found"), verbatim(f"{record.found_on} {sheet.name(record.found_by)}")
    yield say("Kind"), verbatim(record.kind)
    yield say("Place"), verbatim(record.place)
    yield say("Works"), verbatim(sheet.works_name)
    yield say("Description"), verbatim(record.description)
    yield say("Harm"), verbatim(record.harm)
    yield say("Responsible"), verbatim(row.responsible)
    yield say("Corrective measures"), verbatim(record.measures)
    yield say("Interim protection"), verbatim(record.interim)
    yield from _order(sheet)
    yield from _preparation(record)
    yield say("Campaign"), verbatim(sheet.campaign_name)
    yield say("Source document"), verbatim(record.source_ref)
    yield say("Came back from"), verbatim(record.came_back_from or "")
    yield say("Merged into"), verbatim(record.merged_into or "")
    yield say("Handed up to"), verbatim(sheet.office(record.held_by or ""))


def _order(sheet: FindingSheet) -> Iterator[Told]:
    order = sheet.record.order
    if order is not None:
        yield say("Meeting"), verbatim(f"{order.meeting} {order.item}".strip())
        yield say("Required by"), verbatim(str(order.required_on))
        yield say("Followers"), verbatim(", ".join(sheet.name(person) for person in order.followers))
        if order.measure is not None:
            yield say("Measured by the program"), order.measure.word


def _preparation(record: Finding) -> Iterator[Told]:
    """Give the five fixes and the six parts of the plan that say something."""
    for name, word in FIX_WORDS.items():
        given = getattr(record.fixes, name) if record.fixes is not None else None
        told = yuan_told(given) if isinstance(given, int) else verbatim(given or "")
        yield say("Fix: {name}", name=word), told
    for name, word in PART_WORDS.items():
        yield say("Plan: {name}", name=word), verbatim(getattr(record.plan, name) if record.plan is not None else "")


def _clock(sheet: FindingSheet) -> Iterator[Told]:
    record = sheet.record
    if record.deadline_on is not None and record.merged_into is not None:
        yield say("Deadline"), verbatim(str(record.deadline_on))
    elif record.deadline_on is not None:
        yield say("Deadline"), say("{day}, {light}", day=record.deadline_on, light=light_told(sheet.row))
    if record.closed_on is not None:
        yield say("Closed on"), verbatim(str(record.closed_on))
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
                        person=sheet.name(turn.submitted_by), result=turn.result)  # fmt: skip
        if turn.checked_at is not None:
            told = (
                say("accepted by {person}: {conclusion}") if turn.passed else say("rejected by {person}: {conclusion}")
            )
            yield head, say(told.template, person=sheet.name(turn.checked_by or ""), conclusion=turn.conclusion)
            yield say("Re-checked at"), verbatim(turn.place)
            yield say("Evidence"), verbatim(turn.evidence)
    for report in record.progress:
        yield say("Progress"), verbatim(f"{local_time(report.at, zone)} {sheet.name(report.by)}: {report.text}")
    for asked in record.extensions:
        told = {None: say("waits for its answer"), True: say("granted"), False: say("refused")}[asked.granted]
        yield say("Extension"), say("until {day}, asked by {person}: {answer}", day=asked.until,
                                    person=sheet.name(asked.asked_by), answer=told)  # fmt: skip
        yield say("Reason"), verbatim(asked.reason)
        if asked.answered_by is not None:
            yield say("Answer"), verbatim(f"{asked.answered_on} {sheet.name(asked.answered_by)} {asked.answer}".strip())
    for listing in record.listings:
        yield say("Listed"), verbatim(f"{listing.listed_on} – {listing.ended_on or ''} {sheet.office(listing.office)}")
    for step in record.escalations:
        cause = verbatim(step.cause) if step.cause else say("re-checks failed")
        yield say("Escalated"), say("{time} to {person} ({link}): {cause}", time=local_time(step.at, zone),
                                    person=sheet.name(step.person), cause=cause,
                                    link=link_told(step.link, sheet.office(step.unit or "")))  # fmt: skip
    for held in record.attachments:
        yield (
            say("Attached"),
            say_many(
                "{file}, {count} byte, {hash}",
                "{file}, {count} bytes, {hash}",
                held.size,
                file=held.name,
                hash=held.sha256,
            ),
        )
