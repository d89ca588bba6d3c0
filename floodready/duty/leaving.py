"""What a person who leaves the office leaves behind in the rotas: the duty they stand now, the turns to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import end_of, local_time
from floodready.duty.models import Rota
from floodready.duty.views import SpanRow, timeline_rows
from floodready.language import Sentence, say_many, verbatim
from floodready.organisation.lookup import unit_name
from floodready.store.contract import View

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_AHEAD = timedelta(days=31)


def duties_left(view: View, person: str, at: datetime, last_day: date, zone: ZoneInfo) -> Sentence | None:
    """Say what a person still stands from an instant on, in all units, a month ahead; None for nothing.

    Asked before the person is taken off the list: then the turns that end after `last_day` are gaps. A duty that has
    begun counts to the end of the last day, though whoever left can sign no handover any more: so it is said at once,
    not first by the gap.
    """
    spans = [
        span
        for unit in sorted({rota.unit for rota in view.all(Rota)})
        for span in timeline_rows(view, unit, at - timedelta(days=2), at + _AHEAD, zone)
        if span.person == person and span.end > at
    ]
    now = next((span for span in spans if span.start <= at), None)
    over = end_of(last_day, zone)
    ahead = sum(span.start > at and span.end > over for span in spans)
    if now is not None:
        return _on_duty(view, now, ahead, zone)
    if not ahead:
        return None
    return say_many(
        "{count} turn of the next month stands empty now. See: floodready duty gaps",
        "{count} turns of the next month stand empty now. See: floodready duty gaps",
        ahead,
    )


def _on_duty(view: View, now: SpanRow, ahead: int, zone: ZoneInfo) -> Sentence:
    told = {
        "name": verbatim(now.name),
        "post": verbatim(now.post_name),
        "unit": verbatim(unit_name(view, now.unit)),
        "end": local_time(now.end, zone),
    }
    return say_many(
        "! {name} stands duty now as {post} of {unit}, until {end}: replace them (floodready duty change). {count} "
        "turn of the next month stands empty too: floodready duty gaps",
        "! {name} stands duty now as {post} of {unit}, until {end}: replace them (floodready duty change). {count} "
        "turns of the next month stand empty too: floodready duty gaps",
        ahead,
        **told,
    )
