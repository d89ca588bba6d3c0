"""Balances are folds of movements: what came in minus what went out, for every lot and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from floodready.materials.models import Movement


class Spot(NamedTuple):
    """One lot in one place."""

    lot: str
    place: str


class Step(NamedTuple):
    """A change of one spot's balance at an instant, in smallest units."""

    at: datetime
    change: int


def fold(movements: Iterable[Movement]) -> dict[Spot, int]:
    """Give the balance of every spot, virtual places included; spots at zero are left out.

    Over all places the balances of a lot sum to zero: every movement takes from one place what it gives another.
    """
    held: defaultdict[Spot, int] = defaultdict(int)
    for movement in movements:
        held[Spot(movement.lot, movement.source)] -= movement.quantity
        held[Spot(movement.lot, movement.target)] += movement.quantity
    return {spot: quantity for spot, quantity in held.items() if quantity}


def change_at(movement: Movement, place: str) -> int:
    """Give what a movement changes at a place: positive in, negative out, 0 for others."""
    return movement.quantity * ((movement.target == place) - (movement.source == place))


def steps(movements: Iterable[Movement], place: str) -> list[Step]:
    """Give the changes of one place in the order in which goods moved; equal instants keep the journal's order."""
    found = [Step(movement.occurred_at, change) for movement in movements if (change := change_at(movement, place))]
    return sorted(found, key=lambda step: step.at)


def first_shortfall(history: Iterable[Step], added: Iterable[Step]) -> Step | None:
    """Find where a back-dated change makes a balance negative that was not so before, or more so.

    Gives the first such instant with the balance it would leave; None where every later balance holds. Balances are
    looked at once all changes of an instant are in.
    """
    late = list(added)
    moments: defaultdict[datetime, list[int]] = defaultdict(lambda: [0, 0])
    for step in history:
        moments[step.at][0] += step.change
    for step in late:
        moments[step.at][1] += step.change
    before = extra = 0
    for at in sorted(moments):
        before += moments[at][0]
        extra += moments[at][1]
        if extra < 0 and before + extra < 0:
            return Step(at, before + extra)
    return None
