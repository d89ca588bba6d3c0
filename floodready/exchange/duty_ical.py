"""Duty as iCalendar files: of one person, one post or a whole unit. Clients update by the stable UID of seat and start.

A turn that was sent before and is no longer planned is sent once more as CANCELLED, so that calendars drop it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from floodready.duty.resolver import Span
from floodready.duty.roster import plan_of
from floodready.duty.views import LOOK, post_name, why_sentence
from floodready.duty.whole_turns import whole_turns
from floodready.frozen import frozen
from floodready.language import say
from floodready.organisation.lookup import person_name
from floodready.store.contract import View

if TYPE_CHECKING:
    from icalendar import Event

_ALARM = timedelta(hours=-2)


@frozen
class Wanted:
    """Which duty goes into the calendar: a unit's, or of it one post's or one person's.

    All turns that touch [start, end), UTC, are meant, each from its own first to its own last minute.
    """

    unit: str
    start: datetime
    end: datetime
    post: str | None = None
    person: str | None = None


def calendar_text(view: View, wanted: Wanted, at: datetime, zone: ZoneInfo, earlier: View | None = None) -> str:
    """Write the calendar as it stands at `at`.

    With `earlier`, what was sent from that view and is no longer planned is CANCELLED.
    Instants are written in UTC, which every client shows in its own zone.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//floodready//duty//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    spans = _spans(view, wanted, at, zone)
    written = {uid(wanted.unit, span) for span in spans}
    for span in spans:
        calendar.add_component(_event(view, wanted.unit, span, at, cancelled=False))
    if earlier is not None:
        for span in _spans(earlier, wanted, at, zone):
            if uid(wanted.unit, span) not in written:
                calendar.add_component(_event(earlier, wanted.unit, span, at, cancelled=True))
    text: bytes = calendar.to_ical()
    return text.decode()


def uid(unit: str, span: Span) -> str:
    """Give the stable UID of a seat's turn: unit, post, person and start. An extended turn keeps it."""
    return f"{unit}-{span.post}-{span.person}-{span.start:%Y%m%dT%H%M%SZ}@floodready"


def _spans(view: View, wanted: Wanted, at: datetime, zone: ZoneInfo) -> list[Span]:
    """Give the turns that touch the stretch asked for, whole: one cut where the stretch begins would change its UID."""
    spans = whole_turns(plan_of(view, wanted.unit, zone), wanted.start - LOOK, wanted.end + LOOK, at)
    return [
        span
        for span in spans
        if span.start < wanted.end
        and span.end > wanted.start
        and wanted.post in (None, span.post)
        and wanted.person in (None, span.person)
    ]


def _event(view: View, unit: str, span: Span, at: datetime, *, cancelled: bool) -> Event:
    from icalendar import Alarm, Event

    title = say("Duty: {post} — {person}", post=post_name(view, span.post), person=person_name(view, span.person))
    event = Event()
    event.add("uid", uid(unit, span))
    event.add("dtstamp", at)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("summary", str(title))
    event.add("description", str(why_sentence(span.why)))
    # A later sending must win over an earlier one: seconds since the calendar's own beginning only grow.
    event.add("sequence", int(at.timestamp()) % 2**31)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", str(title))
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
    return event
