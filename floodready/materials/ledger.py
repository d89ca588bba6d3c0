"""The fresh ledger under the writer's lock: committed balances and the movements of this transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.materials.availability import Availability, Candidate
from floodready.materials.balance import Spot, Step, change_at, first_shortfall, steps
from floodready.materials.expiry import is_expired
from floodready.materials.models import Item, Lot, MaterialSettings, Movement, MovementKind, Place, Reservation
from floodready.materials.models_papers import Discrepancy
from floodready.materials.places import ENDS, ORIGINS, is_virtual, place_told, quarantine
from floodready.materials.projections import Balances
from floodready.missing import not_there
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Transaction, View

_FREE_ONLY = frozenset({MovementKind.TRANSFER, MovementKind.CONDEMNED, MovementKind.REVERSAL})
"""What may not take reserved pieces away. Issues pick from what is free; damaged pieces are set apart even so, and an
emergency or a count takes what is gone: then the reservation is cut."""


class Stock:
    """What stands where, as one view knows it."""

    def __init__(self, view: View, zone: ZoneInfo) -> None:
        self.view = view
        self.zone = zone
        self._own: defaultdict[Spot, int] = defaultdict(int)
        self._own_lots: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._own_reversed: dict[str, str] = {}

    def held(self, lot: str, place: str) -> int:
        """Give the balance of a lot in a place, in smallest units."""
        return self.view.projection(Balances).held(lot, place) + self._own.get(Spot(lot, place), 0)

    def reversal_of(self, movement: str) -> str | None:
        """Give the movement that reversed another one; None while it stands."""
        return self._own_reversed.get(movement) or self.view.projection(Balances).reversed.get(movement)

    def spots(self, item: str) -> dict[Spot, int]:
        """Give the balances of an item that are not zero."""
        held = {Spot(lot, place): n for lot, place, n in self.view.projection(Balances).of_item(item)}
        for spot, change in self._own.items():
            if spot.lot in self._own_lots.get(item, ()):
                held[spot] = held.get(spot, 0) + change
        return {spot: quantity for spot, quantity in held.items() if quantity}

    def reserved(self, item: str, at: datetime) -> defaultdict[Spot, int]:
        """Give what is kept for something, by lot and place."""
        kept: defaultdict[Spot, int] = defaultdict(int)
        for held in self._binding(item, at):
            kept[Spot(held.lot, held.place)] += held.quantity
        return kept

    def _binding(self, item: str, at: datetime) -> list[Reservation]:
        today = local_day(at, self.zone)
        return [
            one for one in self.view.find(Reservation, item=item)
            if one.released_at is None and (one.until_on is None or today <= one.until_on)
        ]  # fmt: skip

    def candidates(self, item: str, places: Iterable[str], at: datetime) -> list[Candidate]:
        """Give the lots at some places that may be picked: not expired, not reserved away."""
        wanted, kept = set(places), self.reserved(item, at)
        found = []
        for spot, quantity in self.spots(item).items():
            lot = self.view.get(Lot, spot.lot)
            if lot is not None and spot.place in wanted and not is_expired(lot, at, self.zone):
                found.append(Candidate(lot, spot.place, quantity - kept[spot]))
        return found

    def availability(self, item: str, places: Iterable[str], at: datetime) -> Availability:
        """Give the arithmetic of what may be issued from some places."""
        wanted, kept = set(places), self.reserved(item, at)
        on_hand = expired = set_apart = reserved = 0
        for spot, quantity in self.spots(item).items():
            if spot.place in wanted:
                lot = self.view.get(Lot, spot.lot)
                gone = lot is not None and is_expired(lot, at, self.zone)
                on_hand += quantity
                expired += max(0, quantity) if gone else 0
                reserved += 0 if gone else kept[spot]
            elif spot.place in {quarantine(place) for place in wanted}:
                on_hand += quantity
                set_apart += quantity
        return Availability(on_hand=on_hand, reserved=reserved, quarantined=set_apart, expired=expired)


class Ledger(Stock):
    """Stock, and the one way in which movements are written."""

    view: Transaction

    def __init__(self, tx: Transaction, zone: ZoneInfo) -> None:
        super().__init__(tx, zone)
        self.tx = tx
        number, here = 1, self.position
        # A command that is part of another one must see what that one has moved already.
        while (own := tx.get(Movement, f"M{here}" if number == 1 else f"M{here}-{number}")) is not None:
            self._take(own)
            number += 1

    @property
    def position(self) -> int:
        """The journal position that this transaction gets: writers are alone, so it is the next one."""
        return self.tx.seq + 1

    @property
    def settings(self) -> MaterialSettings:
        """The office's figures, or the defaults."""
        return self.tx.get(MaterialSettings, "materials") or MaterialSettings()

    def post(
        self,
        lot: Lot,
        source: str,
        target: str,
        quantity: int,
        kind: MovementKind,
        *,
        occurred_at: datetime | None = None,
        beyond: bool = False,
        **facts: Any,
    ) -> Movement:
        """Write one movement.

        A real place or an account never gives more than it holds, now or at any later moment, unless `beyond` says
        that the goods are gone anyhow: then the balance goes below zero and a discrepancy opens. Raises Refused.
        """
        at = occurred_at or self.tx.now
        if at > self.tx.now + timedelta(minutes=5):
            raise Refused(say("This lies in the future. Type when the goods moved."))
        movement = Movement(
            id=self.tx.new_id("M"),
            item=lot.item,
            lot=lot.id,
            source=source,
            target=target,
            quantity=quantity,
            kind=kind,
            occurred_at=at,
            recorded_at=self.tx.now,
            seq=self.position,
            by=self.tx.act.person,
            **{"reason": self.tx.act.reason, **facts},
        )
        if gives_stock(source) and not beyond:
            self._refuse_short(movement)
        movement = self.tx.add(movement)
        self._take(movement)
        if gives_stock(source):
            self._cut_reservations(movement)
            if self.held(lot.id, source) < 0:
                self._open_discrepancy(movement)
        return movement

    def lot(self, id: str) -> Lot:
        """Give a lot. Raises Refused where there is none."""
        found = self.tx.get(Lot, id)
        if found is None:
            raise Refused(not_there("materials.lots", id))
        return found

    def item(self, id: str) -> Item:
        """Give an item. Raises Refused where there is none."""
        found = self.tx.get(Item, id)
        if found is None:
            raise Refused(not_there("materials.items", id))
        return found

    def real_place(self, id: str) -> Place:
        """Give a real place. Raises Refused where there is none, or the id is the ledger's own."""
        found = self.tx.get(Place, id)
        if found is None or is_virtual(id):
            raise Refused(not_there("materials.places", id))
        return found

    def _take(self, movement: Movement) -> None:
        self._own[Spot(movement.lot, movement.source)] -= movement.quantity
        self._own[Spot(movement.lot, movement.target)] += movement.quantity
        self._own_lots[movement.item][movement.lot] = None
        if movement.reverses is not None:
            self._own_reversed[movement.reverses] = movement.id

    def _refuse_short(self, movement: Movement) -> None:
        held = self.held(movement.lot, movement.source)
        if movement.kind in _FREE_ONLY:
            held -= self.reserved(movement.item, self.tx.now)[Spot(movement.lot, movement.source)]
        scale = self.item(movement.item).scale
        if held < movement.quantity:
            raise Refused(
                say(
                    "{place} has {held} free of lot {lot}, not {asked}. Take less, release what is reserved, or count "
                    "it.",
                    place=place_told(self.tx, movement.source),
                    held=write_quantity(held, scale),
                    lot=verbatim(movement.lot),
                    asked=write_quantity(movement.quantity, scale),
                )
            )
        if movement.occurred_at >= self.tx.now:
            return
        history = steps(self.tx.find(Movement, lot=movement.lot), movement.source)
        step = Step(movement.occurred_at, change_at(movement, movement.source))
        short = first_shortfall(history, [step])
        if short is not None:
            raise Refused(
                say(
                    "Dated back, this would leave {left} of lot {lot} in {place} on {day}. Check the time and the "
                    "papers of that day.",
                    left=write_quantity(short.change, scale),
                    lot=verbatim(movement.lot),
                    place=place_told(self.tx, movement.source),
                    day=verbatim(local_day(short.at, self.zone).isoformat()),
                )
            )

    def _cut_reservations(self, movement: Movement) -> None:
        """Let go of what reservations keep beyond what is left, the youngest first: nothing keeps what is not there."""
        spot = Spot(movement.lot, movement.source)
        over = self.reserved(movement.item, self.tx.now)[spot] - max(0, self.held(*spot))
        kept = [one for one in self._binding(movement.item, self.tx.now) if Spot(one.lot, one.place) == spot]
        for one in reversed(kept):
            if over >= one.quantity:
                self.tx.put(one.changed(released_at=self.tx.now))
            elif over > 0:
                self.tx.put(one.changed(quantity=one.quantity - over))
            over -= one.quantity

    def _open_discrepancy(self, movement: Movement) -> None:
        spot = Spot(movement.lot, movement.source)
        short = -self.held(*spot)
        for known in self.tx.find(Discrepancy, lot=spot.lot):
            if known.place == spot.place and known.closed_at is None:
                self.tx.put(replace(known, short=short))
                return
        self.tx.add(
            Discrepancy(
                id=self.tx.new_id("D"),
                item=movement.item,
                lot=spot.lot,
                place=spot.place,
                opened_at=self.tx.now,
                short=short,
            )
        )


def gives_stock(place: str) -> bool:
    """Tell whether a place can run short: real places and accounts can, where goods come from or end cannot."""
    return place not in ORIGINS | ENDS
