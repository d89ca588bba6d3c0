"""Who sits where after swaps and overrides, for one piece of time of one post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from floodready.duty.models import Override, OverrideKind
from floodready.duty.why import Cause, Why
from floodready.frozen import frozen_in_order, replace


@frozen_in_order
class Seat:
    """One person on a post, for a piece of time in which nothing begins or ends."""

    person: str
    why: Why


class LegInForce(NamedTuple):
    """One handover of an effective swap: from its giver to its taker, half-open [start, end), UTC."""

    asked_at: datetime
    swap: str
    start: datetime
    end: datetime
    giver: str
    taker: str
    over: str | None


def swapped(seats: list[Seat], legs: list[LegInForce]) -> list[Seat]:
    """Let each leg move the seat of its giver to its taker, until no leg that is left finds its giver on duty.

    The legs are in the order in which they were asked; a leg asked before the one it rests on is tried again after it.
    """
    left = list(legs)
    moved = True
    while moved and left:
        moved = False
        for leg in list(left):
            place = next((n for n, seat in enumerate(seats) if seat.person == leg.giver), None)
            if place is not None:
                why = seats[place].why
                changed = replace(why, cause=Cause.SWAP, changed_by=(*why.changed_by, leg.swap))
                seats[place] = Seat(leg.taker, changed)
                left.remove(leg)
                moved = True
    return seats


def overridden(seats: list[Seat], overrides: Iterable[Override], used: set[str]) -> tuple[list[Seat], list[str]]:
    """Let each override do its work in the order given; gives the seats and who was taken off.

    Adds to `used` the ids of those that had an effect.
    """
    removed: list[str] = []
    for override in overrides:
        place = next((n for n, seat in enumerate(seats) if seat.person == override.person), None)
        if override.kind is OverrideKind.ADD and override.by is not None:
            if any(seat.person == override.by for seat in seats):
                continue
            seats.append(Seat(override.by, Why(Cause.OVERRIDE, override.id, 0, (override.id,))))
        elif place is None:
            continue
        elif override.kind is OverrideKind.REPLACE and override.by is not None:
            why = seats[place].why
            changed = replace(why, cause=Cause.OVERRIDE, changed_by=(*why.changed_by, override.id))
            seats[place] = Seat(override.by, changed)
        else:
            removed.append(seats.pop(place).person)
        used.add(override.id)
    return seats, removed
