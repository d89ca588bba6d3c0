"""The shift brief: one page for whoever takes over. What stands, who is on, what runs, what is next, what changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from floodready.clock import local_time
from floodready.duty.models_shift import Handover
from floodready.exchange.paper import Block, Heading, Paper, Paragraph, Table
from floodready.language import say, say_many
from floodready.reports.asked import Asked, answer_blocks
from floodready.reports.changes import changes_told, entries_between
from floodready.reports.tables import acts_table, clocks_table, duty_table, level_facts, more, stations_table

ROWS = 8
"""A table of the page holds so many rows; what does not fit is counted."""
WITHOUT_HANDOVER = timedelta(hours=24)
"""What is told of the past where no handover was ever signed."""


def shift_brief(asked: Asked) -> Paper:
    """Make the page."""
    return Paper(
        say("Shift brief: {unit}, {time}", unit=asked.unit.name, time=local_time(asked.at, asked.zone)),
        [
            *answer_blocks(asked),
            Heading(say("Level and water")),
            level_facts(asked),
            *stations_table(asked, ROWS),
            Heading(say("Who is on duty")),
            *duty_table(asked),
            Heading(say("Clocks running")),
            *clocks_table(asked, ROWS),
            Heading(say("What to do next")),
            *acts_table(asked, ROWS),
            Heading(say("What changed")),
            *_changes(asked),
        ],
    )


def last_handover(asked: Asked) -> datetime | None:
    """Give the instant of the unit's last handover that both sides signed, UTC; None where there is none."""
    signed = [held.completed_at for held in asked.view.find(Handover, unit=asked.unit.id) if held.completed_at]
    return max((at for at in signed if at <= asked.at), default=None)


def _changes(asked: Asked) -> list[Block]:
    handed = last_handover(asked)
    since = handed or asked.at - WITHOUT_HANDOVER
    told, silent = changes_told(asked, entries_between(asked, since))
    if handed is not None:
        opening = say("Since the handover of {time}:", time=local_time(handed, asked.zone))
    else:
        opening = say("No handover was ever signed; since {time}:", time=local_time(since, asked.zone))
    blocks: list[Block] = [Paragraph(opening)]
    if told:
        kept = sorted(told, key=lambda row: (row.matters, row.at))[-2 * ROWS :]
        kept.sort(key=lambda row: row.at)
        rows = [(local_time(row.at, asked.zone), row.by, row.what) for row in kept]
        blocks += [Table((say("Entered"), say("By"), say("What")), rows), *more(len(told), 2 * ROWS)]
    if silent:
        blocks.append(
            Paragraph(
                say_many(
                    "{count} other entry stands in the journal.", "{count} other entries stand in the journal.", silent
                )
            )
        )
    return blocks if told or silent else [*blocks, Paragraph(say("Nothing was entered."))]
