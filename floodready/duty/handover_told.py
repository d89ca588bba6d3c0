"""What is gone through at a handover, worded: who goes and comes, open items, the log, the stations, who must sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.handover import first_unsigned, open_items
from floodready.duty.models_shift import Handover
from floodready.duty.roster import plan_of
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


def handover_state(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Sentence | None:
    """Say how the handover stands at an instant: who must sign it, that it is due, or when it is next.

    None where no rota goes on and none is open.
    """
    handovers = list(view.find(Handover, unit=unit))
    held = next((one for one in handovers if one.completed_at is None), None)
    if held is not None:
        return _who_signs(view, held, zone)
    due = first_unsigned(plan_of(view, unit, zone), handovers)
    if due is None:
        return None
    time = verbatim(local_time(due, zone))
    if due <= at:
        return say("The handover of {time} is due and not begun.", time=time)
    return say("The next handover is at {time}.", time=time)


def _who_signs(view: View, held: Handover, zone: ZoneInfo) -> Sentence:
    time = verbatim(local_time(held.due_at, zone))
    if held.signed_out_by is None:
        return say("The handover of {time} waits for one of the outgoing side to sign: {names}.",
                   time=time, names=verbatim(_names(view, held.outgoing)))  # fmt: skip
    return say("The handover of {time} waits for one of the incoming side to sign: {names}. {person} has signed.",
               time=time, names=verbatim(_names(view, held.incoming)),
               person=verbatim(person_name(view, held.signed_out_by)))  # fmt: skip


def _names(view: View, people: tuple[str, ...]) -> str:
    return ", ".join(person_name(view, person) for person in people) or "–"
