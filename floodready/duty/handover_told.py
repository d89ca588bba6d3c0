"""What is gone through at a handover, worded: who goes and comes, open items, the log, the stations, who must sign."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.handover import open_items
from floodready.duty.models_shift import Handover
from floodready.duty.views import follow_up_cause
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.season.models import Station
from floodready.store.contract import View


def handover_told(view: View, handover: Handover, zone: ZoneInfo) -> Iterator[Sentence]:
    """Say what both sides go through, line by line; open items as they stand now, figures as they were read out."""
    yield say_many(
        "Handover {handover} of {time}: {outgoing} → {incoming}, {count} log line.",
        "Handover {handover} of {time}: {outgoing} → {incoming}, {count} log lines.",
        handover.entries,
        handover=handover.id,
        time=verbatim(local_time(handover.due_at, zone)),
        outgoing=verbatim(_names(view, handover.outgoing)),
        incoming=verbatim(_names(view, handover.incoming)),
    )
    items = open_items(view, handover.unit)
    yield say_many("{count} open item:", "{count} open items:", len(items)) if items else say("No item is open.")
    for item in items:
        yield verbatim(f"  {item.id}  {follow_up_cause(item, zone)}")
    for figure in handover.figures:
        station = view.get(Station, figure.station)
        name = station.name if station is not None else figure.station
        yield say("{station}: {figure}", station=verbatim(name), figure=verbatim(figure.text))
    if handover.remarks:
        yield say("Remarks: {text}", text=verbatim(handover.remarks))


def _names(view: View, people: tuple[str, ...]) -> str:
    return ", ".join(person_name(view, person) for person in people) or "–"
