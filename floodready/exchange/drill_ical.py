"""Drills and due days as an iCalendar file that other calendar programs import.

A drill keeps its UID for good; a cancelled one is sent as CANCELLED, a postponed one with its new time and a higher
sequence. What is owed and not planned stands as a whole-day entry with an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.drills.models import Drill, DrillState
from floodready.drills.owed import Standing
from floodready.drills.planning import ends_at
from floodready.drills.views_year import OwedRow
from floodready.drills.words import DRILL_STATE, FORM, ROLE, reason_words
from floodready.language import Sentence, say

if TYPE_CHECKING:
    from icalendar import Component, Event

REMIND_DAYS = (30, 7)
"""Days before a due day at which the calendar reminds."""


def calendar(
    drills: Iterable[Drill],
    owed: Iterable[OwedRow],
    now: datetime,
    names: Mapping[str, str],
    units: Mapping[str, str],
    changes: Mapping[str, int],
) -> bytes:
    """Write a calendar of drills and of what is owed without a drill.

    `names` are people's names by id, `units` those of units; `changes` say how often each drill was written, which
    raises its sequence.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//floodready//drills//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", str(say("Drills")))
    for drill in drills:
        made.add_component(_drill_event(drill, now, names, units, changes.get(drill.id, 0)))
    for row in owed:
        if row.standing in (Standing.DUE, Standing.LATER, Standing.OVERDUE) and row.drill is None:
            made.add_component(_due_event(row, now))
    written: bytes = made.to_ical()
    return written


def _drill_event(
    drill: Drill, now: datetime, names: Mapping[str, str], units: Mapping[str, str], sequence: int
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"drill-{drill.id}@floodready")
    event.add("dtstamp", now)
    event.add("sequence", sequence)
    event.add("dtstart", drill.starts_at)
    event.add("dtend", ends_at(drill))
    event.add("summary", drill.name)
    event.add("status", "CANCELLED" if drill.state is DrillState.CANCELLED else "CONFIRMED")
    if drill.place:
        event.add("location", drill.place)
    event.add("description", "\n".join(str(line) for line in _description(drill, names, units)))
    if drill.state is DrillState.PLANNED:
        event.add_component(_alarm(timedelta(days=-1), drill.name))
    return event


def _description(drill: Drill, names: Mapping[str, str], units: Mapping[str, str]) -> Iterable[Sentence]:
    unit = units.get(drill.unit, drill.unit)
    yield say("Unit {unit}, plan {plan}, {form}", unit=unit, plan=drill.plan, form=FORM[drill.form])
    yield reason_words(drill) or DRILL_STATE[drill.state]
    for participant in drill.participants:
        name = names.get(participant.person, participant.person)
        yield say("{role}: {person}", role=ROLE[participant.role], person=name)


def _due_event(row: OwedRow, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    title = str(say("Drill due: {plan} ({unit})", plan=row.plan, unit=row.unit_name))
    event.add("uid", f"due-{row.obligation}-{row.scheduled_on.isoformat()}@floodready")
    event.add("dtstamp", now)
    event.add("dtstart", row.due_on)
    event.add("dtend", row.due_on + timedelta(1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", title)
    event.add("description", row.source)
    for days in REMIND_DAYS:
        event.add_component(_alarm(timedelta(days=-days), title))
    return event


def _alarm(before: timedelta, text: str) -> Component:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", text)
    return alarm
