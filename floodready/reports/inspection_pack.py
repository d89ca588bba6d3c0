"""The inspection pack: every readiness line with its arithmetic and evidence, registers, and the journal's proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time, start_of
from floodready.drills.views_year import STANDING, obligation_rows, owed_rows
from floodready.duty.views import timeline_rows
from floodready.exchange.paper import Block, Facts, Heading, Paper, Paragraph, Table, Text
from floodready.language import say, say_as, verbatim
from floodready.materials.views_due import places_due
from floodready.readiness.line import LineStatus
from floodready.rectification.views import finding_rows, light_told, state_told
from floodready.reports.asked import Asked, answer_blocks, nothing
from floodready.reports.asked import state_told as line_told
from floodready.reports.season_stock import counts_table

if TYPE_CHECKING:
    from floodready.store.verify import Report as Proof

BACK = timedelta(days=365)
"""So far back drills and counts are evidence."""


def inspection_pack(asked: Asked, prove: Callable[[], Proof]) -> Paper:
    """Make the pack; `prove` verifies the store, which takes as long as the journal is."""
    return Paper(
        say("Inspection pack: {unit}, {time}", unit=asked.unit.name, time=local_time(asked.at, asked.zone)),
        [
            *answer_blocks(asked),
            Heading(say("The journal")),
            *_journal(asked, prove()),
            Heading(say("Readiness lines")),
            *_lines(asked),
            Heading(say("Duty tables of the month")),
            *_duty(asked),
            Heading(say("Drills")),
            *_drills(asked),
            Heading(say("Hazards and tasks")),
            *_findings(asked),
            Heading(say("Counts")),
            *_counts(asked),
        ],
        landscape=True,
    )


def _journal(asked: Asked, proof: Proof) -> list[Block]:
    last = next(iter(asked.store.entries_backwards(before=asked.view.seq + 1)), None)
    pairs: list[tuple[Text, Text]] = [
        (say("Last entry"), str(last.seq) if last is not None else say("none")),
        (say("Written"), local_time(last.at, asked.zone) if last is not None else ""),
        (say("Hash of the chain up to it"), last.hash if last is not None else ""),
        (say_as("of the journal", "Proof"), proof.sentence),
        *((say("Problem"), problem) for problem in proof.problems),
        *((say("Note"), note) for note in proof.notes),
    ]
    how = say("Every figure here follows from the entries up to this one. Prove it: floodready verify; "
              "floodready journal {seq} --json", seq=asked.view.seq)  # fmt: skip
    return [Facts(pairs), Paragraph(how)]


def _lines(asked: Asked) -> Iterator[Block]:
    statuses = [status for unit in asked.answer.units for status in unit.lines() if status.line.unit in asked.units]
    if not statuses:
        yield Paragraph(say("No readiness line is known yet."))
    for status in sorted(statuses, key=lambda one: (-one.colour.severity, one.line.importance, one.line.id)):
        yield Heading(say("{subject} ({unit})", subject=status.line.subject,
                          unit=asked.unit_names.get(status.line.unit, status.line.unit)), 3)  # fmt: skip
        yield Facts(_line(asked, status))


def _line(asked: Asked, status: LineStatus) -> list[tuple[Text, Text]]:
    line = status.line
    opens = verbatim("/".join(line.opens)) if line.opens is not None else verbatim("—")
    return [
        (say("State"), line_told(status)),
        (say("Cause"), status.cause),
        (say("Next"), status.act or ""),
        (say("Turns by itself"), local_time(status.until, asked.zone) if status.until is not None else ""),
        (say("Class and capability"), say("{importance}, {capability}", importance=line.importance.value,
                                          capability=line.capability.word)),
        *((say("Evidence"), sentence) for sentence in line.explanation),
        (say("Line"), line.id),
        (say("Speaks of"), opens),
    ]  # fmt: skip


def _duty(asked: Asked) -> list[Block]:
    today = local_day(asked.at, asked.zone)
    first = today.replace(day=1)
    start, end = start_of(first, asked.zone), start_of((first + timedelta(32)).replace(day=1), asked.zone)
    blocks: list[Block] = []
    for unit in asked.duty_units:
        rows = [
            (local_time(row.start, asked.zone), local_time(row.end, asked.zone), row.post_name, row.name,
             nothing(row.phone), row.why)
            for row in timeline_rows(asked.view, unit.id, start, end, asked.zone)
        ]  # fmt: skip
        heads = (say("Begins at"), say("Until"), say("Post"), say("Person"), say("Phone"), say("By"))
        blocks.append(Heading(say("{unit}, {month}", unit=unit.name, month=f"{first:%Y-%m}"), 3))
        blocks.append(Table(heads, rows) if rows else Paragraph(say("Nobody stands in the rota.")))
    return blocks or [Paragraph(say("No unit keeps a roster."))]


def _drills(asked: Asked) -> list[Block]:
    rules = [row for row in obligation_rows(asked.view, asked.at, asked.zone) if row.unit in asked.units]
    today = local_day(asked.at, asked.zone)
    owed = [
        row
        for row in owed_rows(asked.view, today - BACK, today + BACK, asked.at, asked.zone)
        if row.unit in asked.units
    ]
    if not rules and not owed:
        return [Paragraph(say("No drill is owed."))]
    rule_heads = (say("Unit"), say("Contingency plan"), say("Rule"), say("Source"))
    heads = (say("Due"), say("Unit"), say("Contingency plan"), say("State"), say("Drill"), say("On"))
    return [
        Table(rule_heads, [(row.unit_name, row.plan, row.rule, nothing(row.source)) for row in rules]),
        Table(
            heads,
            [
                (str(row.due_on), row.unit_name, row.plan, STANDING[row.standing], nothing(row.drill),
                 str(row.drill_on or "—"))
                for row in owed
            ],
        ),
    ]  # fmt: skip


def _findings(asked: Asked) -> list[Block]:
    rows = [row for row in finding_rows(asked.view, asked.at, asked.zone) if row.unit in asked.units]
    if not rows:
        return [Paragraph(say("No hazard and no task is recorded."))]
    heads = (say("No."), say("Unit"), say("What"), say("Place"), say("Grade"), say("State"), say("Responsible"),
             say("Deadline"), say("Deadline light"))  # fmt: skip
    told = [
        (row.id, row.unit_name, row.description, nothing(row.place), row.grade.word if row.grade else "—",
         state_told(row), nothing(row.responsible), str(row.deadline_on or "—"),
         say("{mark} {word}", mark=row.light.mark, word=light_told(row)))
        for row in rows
    ]  # fmt: skip
    return [Table(heads, told)]


def _counts(asked: Asked) -> list[Block]:
    due = [row for row in places_due(asked.view, asked.at, asked.zone) if asked.holds_any([row.place])]
    heads = (say("Place"), say("Lots"), say("never counted"), say("Last counted"), say("Next count by"))
    told = [
        (row.name, str(row.lots), str(row.never_counted), str(row.last_on or "—"), str(row.due_on or say("now")))
        for row in due
    ]
    blocks: list[Block] = [Table(heads, told)] if told else [Paragraph(say("No place holds stock."))]
    return [*blocks, *counts_table(asked, asked.at - BACK, asked.at)]
