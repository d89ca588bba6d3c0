"""Leave as it is told to whoever enters it: the gaps that it leaves, and other leave that it overlaps."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.coverage import gaps
from floodready.duty.models import Leave
from floodready.duty.roster import plan_of, units_with_duty
from floodready.duty.views import GapRow, gap_row
from floodready.language import Sentence, say, say_many, verbatim
from floodready.store.contract import View


def leave_gaps(view: View, leave: Leave, zone: ZoneInfo) -> list[GapRow]:
    """Give the gaps of all units that a person's leave leaves while nobody replaces them."""
    return [
        gap_row(view, unit.id, gap, zone)
        for unit in units_with_duty(view)
        for gap in gaps(plan_of(view, unit.id, zone), leave.from_at, leave.until_at)
        if leave.person in gap.people
    ]


def leave_told(view: View, leave: Leave, zone: ZoneInfo) -> list[Sentence]:
    """Say that leave is entered, each gap with its times, and what it overlaps."""
    told = [say("Leave {leave} is entered.", leave=leave.id)]
    rows = leave_gaps(view, leave, zone)
    told += [
        say("{post}, {start} to {end}: {cause}", post=verbatim(row.post_name), cause=row.cause,
            start=verbatim(local_time(row.start, zone)), end=verbatim(local_time(row.end, zone)))
        for row in rows
    ]  # fmt: skip
    if not rows:
        told.append(say("It leaves no gap."))
    return [*told, *_overlaps(view, leave, zone)]


def leave_receipt(view: View, leave: Leave, zone: ZoneInfo) -> Sentence:
    """Say the same in one sentence, for a screen on which a key lists the gaps."""
    rows, overlaps = leave_gaps(view, leave, zone), _overlaps(view, leave, zone)
    if rows:
        told = say_many("Leave {leave} is entered. It leaves {count} gap; press a to see it.",
                        "Leave {leave} is entered. It leaves {count} gaps; press a to see them.", len(rows),
                        leave=leave.id)  # fmt: skip
    else:
        told = say("Leave {leave} is entered. It leaves no gap.", leave=leave.id)
    return say("{told} {overlap}", told=told, overlap=overlaps[0]) if overlaps else told


def _overlaps(view: View, leave: Leave, zone: ZoneInfo) -> list[Sentence]:
    return [
        say("It overlaps leave {leave}, {start} to {end}: who takes one back is still away for the other.",
            leave=other.id, start=verbatim(local_time(other.from_at, zone)),
            end=verbatim(local_time(other.until_at, zone)))
        for other in view.find(Leave, person=leave.person)
        if other.id != leave.id and not other.withdrawn
        and other.from_at < leave.until_at and other.until_at > leave.from_at
    ]  # fmt: skip
