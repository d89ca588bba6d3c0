"""Stock over a season: what came, went, was used up and lost of each item, and the counts that were posted."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from floodready.clock import local_time
from floodready.exchange.paper import Block, Paragraph, Table
from floodready.language import say, say_as
from floodready.materials.models import Item, Movement, MovementKind
from floodready.materials.models_counting import CountLine, CountSession, SessionState
from floodready.materials.projections import Balances
from floodready.materials.views import told
from floodready.reports.asked import Asked

_COLUMNS = (
    (say("Received"), (MovementKind.RECEIPT, MovementKind.OPENING)),
    (say_as("stock", "Issued"), (MovementKind.ISSUE, MovementKind.EMERGENCY)),
    (say("Returned"), (MovementKind.RETURN,)),
    (say("Used up"), (MovementKind.CONSUMED,)),
    (say("Lost"), (MovementKind.LOST,)),
    (say("Condemned"), (MovementKind.CONDEMNED,)),
)


def stock_blocks(asked: Asked, since: datetime, until: datetime) -> list[Block]:
    """Give what happened to stock in [since, until), by the time at which it happened."""
    return [*_moved(asked, since, until), *counts_table(asked, since, until)]


def _moved(asked: Asked, since: datetime, until: datetime) -> list[Block]:
    sums: dict[str, dict[MovementKind, int]] = defaultdict(lambda: defaultdict(int))
    movements = [one for one in asked.view.all(Movement) if since <= one.occurred_at < until]
    reversed_ones = asked.view.projection(Balances).reversed
    for one in movements:
        # A movement taken back, be it after the season, and what takes it back are no use of stock.
        counts = one.id not in reversed_ones and one.kind is not MovementKind.REVERSAL
        if counts and asked.holds_any((one.source, one.target)):
            sums[one.item][one.kind] += one.quantity
    rows = []
    for item in asked.view.all(Item):
        held = sums.get(item.id, {})
        figures = [sum(held.get(kind, 0) for kind in kinds) for _, kinds in _COLUMNS]
        if any(figures):
            rows.append((item.name, *(told(item, figure) if figure else "—" for figure in figures)))
    if not rows:
        return [Paragraph(say("Nothing moved."))]
    return [Table((say("Item"), *(head for head, _ in _COLUMNS)), rows)]


def counts_table(asked: Asked, since: datetime, until: datetime) -> list[Block]:
    """Give the counts posted in [since, until)."""
    rows = []
    for session in asked.view.all(CountSession):
        posted = session.posted_at if session.state is SessionState.POSTED else None
        if posted is not None and since <= posted < until and asked.holds_any(session.places):
            lines = list(asked.view.find(CountLine, session=session.id))
            off = sum(1 for line in lines if line.variance)
            rows.append(
                (
                    local_time(posted, asked.zone),
                    session.name,
                    str(len(lines)),
                    str(off),
                    asked.name_of(session.posted_by),
                )
            )
    if not rows:
        return [Paragraph(say("No count was posted."))]
    heads = (say("Posted"), say("Count"), say("Lots counted"), say("of them with a variance"), say("By"))
    return [Table(heads, rows)]
