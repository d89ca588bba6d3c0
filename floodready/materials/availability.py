"""What may be issued: on hand, less reserved, quarantined and expired; and which lots go first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from floodready.frozen import frozen
from floodready.materials.models import Lot


@frozen
class Availability:
    """One item's stock at some places, in smallest units. Quarantined pieces stand at virtual places of their own."""

    on_hand: int = 0
    reserved: int = 0
    quarantined: int = 0
    expired: int = 0

    @property
    def available(self) -> int:
        """On hand − reserved − quarantined − expired; negative where the books are short, never clamped."""
        return self.on_hand - self.reserved - self.quarantined - self.expired


class Candidate(NamedTuple):
    """A lot at a place that may be picked, and how much of it is free, in smallest units."""

    lot: Lot
    place: str
    free: int


class Pick(NamedTuple):
    """So much of this lot, from this place."""

    lot: Lot
    place: str
    quantity: int


def suggest(candidates: Iterable[Candidate], quantity: int) -> list[Pick]:
    """Suggest lots first expired first out; expired lots must not be among the candidates.

    The earliest last usable day goes first, lots without one go last, ties by day of receipt. Gives less than asked
    where there is not enough.
    """
    picks: list[Pick] = []
    for candidate in sorted(candidates, key=fefo_key):
        take = min(candidate.free, quantity)
        if take > 0:
            picks.append(Pick(candidate.lot, candidate.place, take))
            quantity -= take
    return picks


def fefo_key(candidate: Candidate) -> tuple[date, date, str, str]:
    """Order lots as they should leave."""
    lot = candidate.lot
    return (lot.usable_until or date.max, lot.in_stock_on, lot.id, candidate.place)


def follows_suggestion(candidates: Sequence[Candidate], picks: Sequence[Pick]) -> bool:
    """Tell whether picks take as much of every last usable day as first-expired-first-out would."""

    def by_day(chosen: Iterable[Pick]) -> dict[date, int]:
        taken: dict[date, int] = {}
        for pick in chosen:
            day = pick.lot.usable_until or date.max
            taken[day] = taken.get(day, 0) + pick.quantity
        return taken

    return by_day(picks) == by_day(suggest(candidates, sum(pick.quantity for pick in picks)))
