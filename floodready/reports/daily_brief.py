"""The daily brief: the last 24 hours and the next, for the leader and the units above."""

from __future__ import annotations

from collections.abc import Iterator

from floodready.clock import local_time
from floodready.duty.models_shift import LogEntry
from floodready.duty.views import log_of
from floodready.exchange.paper import Block, Heading, Paper, Paragraph, Table, Text
from floodready.language import say, say_as, say_many, verbatim
from floodready.readiness.line import Colour
from floodready.reports.asked import Asked, answer_blocks, lights_by_unit, nothing
from floodready.reports.changes import entries_between, highlights, movement_told, movements_in
from floodready.reports.tables import (
    DAY,
    acts_table,
    clocks_table,
    duty_table,
    level_facts,
    more,
    stations_table,
)
from floodready.season.level import level_word
from floodready.season.models_level import Declaration
from floodready.season.views import warning_rows

MOVES = 40
"""So many movements are told one by one."""


def daily_brief(asked: Asked) -> Paper:
    """Make the paper of the 24 hours up to the instant asked about."""
    return Paper(
        say("Daily brief: {unit}, {time}", unit=asked.unit.name, time=local_time(asked.at, asked.zone)),
        [
            *answer_blocks(asked),
            Heading(say("Lights by unit")),
            _lights(asked),
            Heading(say("Level and water")),
            level_facts(asked),
            *stations_table(asked),
            Heading(say("Warnings and decisions in 24 h")),
            *_warnings(asked),
            Heading(say("Who is on duty")),
            *duty_table(asked),
            Heading(say("From the duty log")),
            *_log(asked),
            Heading(say("Stock moves in 24 h")),
            *_moves(asked),
            Heading(say("Tasks due")),
            *clocks_table(asked),
            Heading(say("What to do next")),
            *acts_table(asked),
        ],
        landscape=True,
    )


def _lights(asked: Asked) -> Block:
    heads = (say("Unit"), say("State"), *(colour.word for colour in _ORDER))
    rows: list[tuple[Text, ...]] = []
    for depth, unit in lights_by_unit(asked.answer.units):
        if unit.unit in asked.units:
            state = say("{mark} {word}", mark=unit.colour.mark, word=unit.colour.word)
            sites = unit.counts()
            name = verbatim("　" * depth + asked.unit_names.get(unit.unit, unit.unit))
            rows.append((name, state, *(verbatim(str(sites[colour])) for colour in _ORDER)))
    return Table(heads, rows) if rows else Paragraph(say("No unit yet."))


_ORDER = (Colour.RED, Colour.GREY, Colour.AMBER, Colour.GREEN)


def _warnings(asked: Asked) -> list[Block]:
    rows = [row for unit in sorted(asked.units) for row in (*_received(asked, unit), *_declared(asked, unit))]
    if not rows:
        return [Paragraph(say("No warning came and no level was declared."))]
    heads = (say("Time"), say("Warning or level"), say("Area or authority"), say("State"), say("Decision or reason"))
    return [Table(heads, sorted(rows, key=lambda row: str(row[0])))]


def _received(asked: Asked, unit: str) -> Iterator[tuple[Text, ...]]:
    since = asked.at - DAY
    for row in warning_rows(asked.view, asked.at, unit=unit):
        if row.awaits_decision or max(row.issued_at, row.decide_by or row.issued_at) > since:
            yield local_time(row.issued_at, asked.zone), row.warning, row.area, row.state, row.decision


def _declared(asked: Asked, unit: str) -> Iterator[tuple[Text, ...]]:
    for made in asked.view.find(Declaration, unit=unit):
        if asked.at - DAY < made.starts_at <= asked.at:
            time, level = local_time(made.starts_at, asked.zone), level_word(made.level)
            yield time, level, made.authority, say("declared"), made.reason


def _log(asked: Asked) -> list[Block]:
    lines = [line for unit in sorted(asked.units) for line in log_of(asked.view, unit, asked.at - DAY)]
    told = list(highlights(lines))
    blocks: list[Block] = []
    if told:
        heads = (say("Time"), say("Kind"), say_as("sender", "From"), say("What"), say("Ordered"), say("Result"))
        blocks.append(Table(heads, [_line(line, asked) for line in told]))
    rest = len(lines) - len(told)
    if rest:
        blocks.append(
            Paragraph(say_many("{count} other line stands in the log.", "{count} other lines stand in the log.", rest))
        )
    return blocks or [Paragraph(say("The log has no line of this time."))]


def _line(line: LogEntry, asked: Asked) -> tuple[Text, ...]:
    kind = say("MAJOR DANGER, {kind}", kind=line.kind.word) if line.major else line.kind.word
    source = " ".join(part for part in (line.source_unit, line.source_person, line.phone) if part)
    return (local_time(line.at, asked.zone), kind, nothing(source), line.content, nothing(line.instruction),
            nothing(line.result))  # fmt: skip


def _moves(asked: Asked) -> list[Block]:
    moves = movements_in(asked, entries_between(asked, asked.at - DAY))
    if not moves:
        return [Paragraph(say("Nothing moved."))]
    rows = [
        (local_time(move.occurred_at, asked.zone), movement_told(asked, move), asked.name_of(move.by),
         nothing(move.reason))
        for move in moves[-MOVES:]
    ]  # fmt: skip
    return [Table((say("Time"), say("What"), say("By"), say("Reason")), rows), *more(len(moves), MOVES)]
