"""Readiness over a season, by looking back: what the board would have said at 08:00 of some days, as known then."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from floodready.clock import local_day, local_time, wall_instant
from floodready.exchange.paper import Block, Facts, Paragraph, Table
from floodready.language import say, say_many
from floodready.readiness.assembly import readiness
from floodready.readiness.headline import headline, progress
from floodready.readiness.line import Colour, worst
from floodready.reports.asked import Asked

LOOKS = 12
"""Each look folds the journal up to its day: so many are asked for, spread evenly, and the paper says so."""
_EIGHT = time(8)


def readiness_blocks(asked: Asked, since: datetime, until: datetime) -> list[Block]:
    """Give the looks at [since, until) with their colours and sentences, and from when on there is anything to see."""
    first = next(iter(asked.store.entries(until=1)), None)
    days = _mornings(asked, max(since, first.at) if first is not None else until, until)
    if not days:
        return [Paragraph(say("The journal holds nothing of this time."))]
    looks = days[:: -(-len(days) // LOOKS)]
    seen = [(at, asked.in_answer(readiness(asked.store.past(at), at, asked.zone))) for at in looks]
    colours = [worst((unit.colour for unit in units), default=Colour.GREY) for _, units in seen]
    counted = Counter(colours)
    told = say_many(
        "Looked at {looks} of {count} morning at 08:00, evenly spread, each as it was known then. The journal begins "
        "on {day}.",
        "Looked at {looks} of {count} mornings at 08:00, evenly spread, each as it was known then. The journal begins "
        "on {day}.",
        len(days),
        looks=len(looks),
        day=str(local_day(first.at, asked.zone)) if first is not None else "—",
    )
    rows = [
        (
            local_time(at, asked.zone),
            say("{mark} {word}", mark=colour.mark, word=colour.word),
            say("{percent} %", percent=progress(status for unit in units for status in unit.lines())),
            headline(units),
        )
        for (at, units), colour in zip(seen, colours, strict=True)
    ]
    return [
        Paragraph(told),
        Facts([(colour.word, str(counted[colour])) for colour in Colour]),
        Table((say("Time"), say("State"), say("Progress"), say("Headline")), rows),
    ]


def _mornings(asked: Asked, since: datetime, until: datetime) -> list[datetime]:
    day, last = local_day(since, asked.zone), local_day(until, asked.zone)
    found = [wall_instant(day + timedelta(count), _EIGHT, asked.zone) for count in range((last - day).days + 1)]
    return [at for at in found if since <= at < until]
