"""Duty over a season: how much of what was needed was covered, where it was not, and how evenly it was shared."""

from __future__ import annotations

from datetime import datetime

from floodready.clock import local_time
from floodready.duty.coverage import needs_of, shortfalls
from floodready.duty.fairness import TimeClass
from floodready.duty.models_shift import Handover, PostCheck
from floodready.duty.resolver import timeline
from floodready.duty.roster import plan_of
from floodready.duty.views import fairness_of, gap_rows
from floodready.exchange.paper import Block, Facts, Heading, Paragraph, Table, Text
from floodready.language import say, verbatim
from floodready.organisation.models import Unit
from floodready.reports.asked import Asked

GAPS = 20
"""So many gaps are told one by one."""


def duty_blocks(asked: Asked, since: datetime, until: datetime) -> list[Block]:
    """Give coverage, handovers, post checks and shares in [since, until) for every unit that keeps a roster."""
    blocks = [block for unit in asked.duty_units for block in _unit(asked, unit, since, until)]
    return blocks or [Paragraph(say("No unit keeps a roster."))]


def _unit(asked: Asked, unit: Unit, since: datetime, until: datetime) -> list[Block]:
    handovers = [held for held in asked.view.find(Handover, unit=unit.id) if since <= held.due_at < until]
    checks = [check for check in asked.view.find(PostCheck, unit=unit.id) if since <= check.at < until]
    facts = Facts(
        [
            (say("Needed duty hours covered"), _covered(asked, unit, since, until)),
            (say("Handovers signed on both sides"), str(sum(held.completed_at is not None for held in handovers))),
            (say("Post checks"), say("{count}, {missed} missed", count=len(checks),
                                     missed=sum(check.missed for check in checks))),
        ]
    )  # fmt: skip
    return [Heading(verbatim(unit.name), 3), facts, *_gaps(asked, unit, since, until),
            *_shares(asked, unit, since, until)]  # fmt: skip


def _covered(asked: Asked, unit: Unit, since: datetime, until: datetime) -> str:
    plan = plan_of(asked.view, unit.id, asked.zone)
    spans = timeline(plan, since, until).spans
    needs = needs_of(plan, since, until)
    wanted = sum(int((need.end - need.start).total_seconds()) * need.count for need in needs)
    short = sum(
        int((gap.end - gap.start).total_seconds()) * gap.missing for need in needs for gap in shortfalls(spans, [need])
    )
    # Rounded down: 99.9 % covered is not covered.
    return f"{100 * (wanted - short) // wanted} %" if wanted else "—"


def _gaps(asked: Asked, unit: Unit, since: datetime, until: datetime) -> list[Block]:
    gaps = gap_rows(asked.view, unit.id, since, until, asked.zone)
    if not gaps:
        return [Paragraph(say("No duty gap."))]
    rows = [
        (gap.post_name, local_time(gap.start, asked.zone), local_time(gap.end, asked.zone), str(gap.missing), gap.cause)
        for gap in gaps[:GAPS]
    ]
    heads = (say("Post"), say("Begins at"), say("Until"), say("Missing"), say("Cause"))
    return [Paragraph(say("Duty gaps: {count}", count=len(gaps))), Table(heads, rows)]


def _shares(asked: Asked, unit: Unit, since: datetime, until: datetime) -> list[Block]:
    blocks: list[Block] = []
    for held in fairness_of(asked.view, unit.id, since, until, asked.zone):
        by_class = [dict(spread.shares) for spread in held.classes]
        rows: list[tuple[Text, ...]] = [
            (asked.name_of(person), *(str(shares[person].turns) for shares in by_class)) for person in held.people
        ]
        spreads = [say("{spread} (least possible {bound})", spread=one.spread, bound=one.bound) for one in held.classes]
        rows.append((say("Spread"), *spreads))
        heads = (say("Turns of: {post}", post=verbatim(held.post_name)), *(kind.word for kind in TimeClass))
        blocks.append(Table(heads, rows))
    return blocks
