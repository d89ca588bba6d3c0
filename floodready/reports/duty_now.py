"""What is asked in the duty room at any minute: who is on duty, who comes next, and what must be done now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.duty.handover import loose_ends
from floodready.duty.handover_told import handover_state
from floodready.duty.models import Swap, SwapState
from floodready.duty.models_shift import FollowUp, PostCheck
from floodready.duty.views import SpanRow, follow_up_cause, gap_rows, next_shift, swap_sentence, who_is_on
from floodready.language import Sentence, say, say_many, verbatim
from floodready.reports.clocks import Urgency, running_clocks

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

CLOCKS = 6
"""So many clocks are told; further ones are counted."""


def duty_now(view: View, unit: str, at: datetime, zone: ZoneInfo, person: str | None = None) -> list[Sentence]:
    """Give the answer for a unit at an instant, UTC, line by line; `person` is who asks, for what waits for them."""
    on, coming = who_is_on(view, unit, at, zone), next_shift(view, unit, at, zone)
    told = [say("On duty now:"), *_indented(_shift(on, zone) or [say("nobody")])]
    if coming:
        begins = verbatim(local_time(coming[0].start, zone))
        told += [say("Next, from {time}:", time=begins), *_indented(_shift(coming, zone))]
    else:
        told.append(say("Nobody comes next: no rota goes on."))
    to_do = _indented(_to_do(view, unit, at, zone, person))
    state = handover_state(view, unit, at, zone)
    return [
        *told,
        *([] if state is None else [state]),
        *([say("To do now:"), *to_do] if to_do else [say("Nothing else must be done now.")]),
    ]


def _indented(told: Iterable[Sentence]) -> list[Sentence]:
    return [verbatim(f"  {line}") for line in told]


def _shift(rows: Sequence[SpanRow], zone: ZoneInfo) -> list[Sentence]:
    """Say who stands which post until when, with the number to call, one person a line."""
    return [
        say(
            "{post}, until {time}: {person}",
            post=verbatim(row.post_name),
            time=verbatim(local_time(row.end, zone)),
            person=verbatim(f"{row.name} {row.phone}".rstrip()),
        )
        for row in rows
    ]


def _to_do(view: View, unit: str, at: datetime, zone: ZoneInfo, person: str | None) -> Iterator[Sentence]:
    """Say what is wrong now or runs out soon, what waits for who asks first."""
    for swap in view.find(Swap, unit=unit):
        if swap.state is SwapState.ASKED and swap.other == person and not swap.has_lapsed(at):
            yield say("answer swap {swap}: {what}", swap=swap.id, what=swap_sentence(view, swap, zone))
    for gap in gap_rows(view, unit, at, at + timedelta(seconds=1), zone):
        yield say("fill the gap: {post}, {count} missing, {cause}", post=verbatim(gap.post_name), count=gap.missing,
                  cause=gap.cause)  # fmt: skip
    for item in loose_ends(view, unit):
        yield follow_up_cause(item, zone)
    yield from _clocks(view, unit, at, zone)
    for check in view.find(PostCheck, unit=unit):
        if check.missed and check.explained_by is None:
            yield say("explain the missed post check {check}", check=check.id)


def _clocks(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Sentence]:
    loose = {item.id for item in loose_ends(view, unit)}
    running = [
        clock
        for clock in running_clocks(view, at, zone)
        if clock.unit in (unit, None) and clock.urgency is not Urgency.LATER
        if clock.opens[0] != FollowUp.table or clock.opens[1] not in loose
    ]
    for clock in running[:CLOCKS]:
        yield say("{left}: {what}", left=clock.left(at), what=clock.what)
    if len(running) > CLOCKS:
        more = len(running) - CLOCKS
        yield say_many("{count} more clock on the board", "{count} more clocks on the board", more)
