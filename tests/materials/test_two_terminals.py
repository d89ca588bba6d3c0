"""Random work on two interleaved terminals: never a lost or invented piece."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from floodready.clock import FixedClock
from floodready.command import undo_entry
from floodready.materials.balance import Spot, fold
from floodready.materials.commands_import import LedgerLine, NothingNew, import_ledger
from floodready.materials.commands_incident import Outcome
from floodready.materials.commands_stock import Late
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.ledger import Stock, gives_stock
from floodready.materials.models import Movement, Reservation
from floodready.materials.models_counting import VarianceReason
from floodready.materials.models_papers import Discrepancy, Transfer, TransferState
from floodready.materials.projections import Balances
from floodready.refusal import Refused
from floodready.store.journal_store import JournalStore
from tests.materials.conftest import NINE, ZONE, Room, furnish
from tests.store.simulated_disk import SimulatedDisk

TERMINALS = st.sampled_from([0, 1])
FEW = st.integers(1, 60)
PLACES = st.sampled_from(["EAST", "WEST"])
FOLDER = Path("/store")


@cache
def furnished() -> tuple[SimulatedDisk, list[str], int]:
    """A disk in memory with a duty room's store: its two lots, and the last entry that no sequence takes back."""
    disk, clock = SimulatedDisk(), FixedClock(NINE)
    with JournalStore.create(FOLDER, clock=clock, disk=disk) as store:
        furnish(store)
        room = Room(store, clock, "li")
        lots = [room.receive("BAG", 100, place).id for place in ("EAST", "WEST")]
        room.do("open_incident", name="Dike", id="I")
        return disk, lots, store.seq


class TwoTerminals(RuleBasedStateMachine):
    @initialize()
    def open_room(self) -> None:
        disk, self.lots, self.begins_at = deepcopy(furnished())
        self.clock = FixedClock(NINE)
        self.stack = ExitStack()
        first, second = (
            self.stack.enter_context(JournalStore.open(FOLDER, clock=self.clock, disk=disk)) for _ in range(2)
        )
        self.rooms = [Room(first, self.clock, "li"), Room(second, self.clock, "zhao", "T2")]
        self.session: str | None = None

    def attempt(self, terminal: int, command: str, **facts: Any) -> Any:
        self.clock.instant += timedelta(seconds=1)
        try:
            return self.rooms[terminal].do(command, **facts)
        except Refused:
            return None

    @rule(t=TERMINALS, place=PLACES, n=FEW, emergency=st.booleans(), back=st.integers(0, 90))
    def issue(self, t: int, place: str, n: int, emergency: bool, back: int) -> None:
        at = self.clock.now() - timedelta(seconds=back) if back > 60 else None
        self.attempt(t, "issue_stock", zone=ZONE, item="BAG", place=place, quantity=n, to_incident="I",
                     emergency=emergency, occurred_at=at)  # fmt: skip

    @rule(t=TERMINALS, n=FEW, lot=st.integers(0, 1), back=st.integers(1, 30))
    def late_paper(self, t: int, n: int, lot: int, back: int) -> None:
        self.attempt(t, "issue_stock", zone=ZONE, item="BAG", place=("EAST", "WEST")[lot], quantity=n,
                     lot=self.lots[lot], occurred_at=self.clock.now() - timedelta(seconds=back),
                     late=Late.COUNT_SHOWS_IT)  # fmt: skip

    @rule(t=TERMINALS, n=FEW, good=st.booleans(), lot=st.integers(0, 1))
    def come_back(self, t: int, n: int, good: bool, lot: int) -> None:
        outcome = Outcome(lot=self.lots[lot], **({"good": n} if good else {"lost": n}))
        self.attempt(t, "account_for", zone=ZONE, incident_id="I", place="EAST", outcomes=(outcome,))

    @rule(t=TERMINALS, n=FEW, lot=st.integers(0, 1))
    def ship(self, t: int, n: int, lot: int) -> None:
        lines = (Asked(lot=self.lots[lot], quantity=n),)
        ordered = self.attempt(t, "order_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
        self.attempt(1 - t, "ship_transfer", zone=ZONE, transfer=ordered.id)

    @rule(t=TERMINALS, n=FEW)
    def arrive(self, t: int, n: int) -> None:
        room = self.rooms[t]
        room.store.refresh()
        for found in list(room.store.all(Transfer)):
            if found.state in (TransferState.SHIPPED, TransferState.PART_RECEIVED):
                came = Arrived(lot=found.lines[0].lot, received=n, damaged=n // 3, reason="rain")
                self.attempt(t, "receive_transfer", zone=ZONE, transfer=found.id, arrived=(came,))
                return

    @rule(t=TERMINALS, which=st.integers(0, 1000))
    def reverse(self, t: int, which: int) -> None:
        known = self.rooms[t].movements()
        self.attempt(t, "reverse_movement", zone=ZONE, movement=known[which % len(known)].id)

    @rule(t=TERMINALS, returned=st.booleans())
    def give_a_transfer_up(self, t: int, returned: bool) -> None:
        room = self.rooms[t]
        room.store.refresh()
        for found in list(room.store.all(Transfer)):
            if found.state is TransferState.SHIPPED:
                self.attempt(t, "cancel_transfer", zone=ZONE, transfer=found.id)
                return
            if found.state is TransferState.PART_RECEIVED:
                self.attempt(t, "settle_transfer", zone=ZONE, transfer=found.id, returned=returned)
                return

    @rule(t=TERMINALS, n=FEW, lot=st.integers(0, 1), back=st.booleans(), gone=st.booleans())
    def set_apart(self, t: int, n: int, lot: int, back: bool, gone: bool) -> None:
        facts = {"zone": ZONE, "lot": self.lots[lot], "quantity": n}
        if gone:
            self.attempt(t, "condemn_stock", place="quarantine/EAST", **facts)
        else:
            self.attempt(t, "set_apart", place="EAST", back=back, **facts)

    @rule(t=TERMINALS, place=PLACES, n=FEW)
    def reserve(self, t: int, place: str, n: int) -> None:
        self.attempt(t, "reserve_stock", zone=ZONE, item="BAG", place=place, quantity=n, purpose="drill")

    @rule(t=TERMINALS, which=st.integers(0, 20))
    def release(self, t: int, which: int) -> None:
        room = self.rooms[t]
        room.store.refresh()
        known = list(room.store.all(Reservation))
        if known:
            self.attempt(t, "release_stock", reservation=known[which % len(known)].id)

    @rule(t=TERMINALS, n=FEW, row=st.integers(1, 3))
    def take_in_a_ledger(self, t: int, n: int, row: int) -> None:
        """Of three rows each comes in once; then the same again changes nothing, and another figure makes a count."""
        line = LedgerLine(row=row, key=f"row-{row}", item="BAG", name="编织袋", unit="条", place="EAST", quantity=n)
        room = self.rooms[t]
        room.store.refresh()
        entries = room.store.seq
        with suppress(NothingNew):
            import_ledger(room.store, room.act(), zone=ZONE, file_name="f", digest="d", place="EAST", lines=(line,))
            return
        assert room.store.seq == entries

    @rule(t=TERMINALS)
    def undo_the_last(self, t: int) -> None:
        room = self.rooms[t]
        room.store.refresh()
        last = next(iter(room.store.entries_backwards()))
        if last.command.startswith("materials.") and last.seq > self.begins_at:
            try:
                undo_entry(room.store, room.act(), last)
            except Refused:
                return

    @rule(t=TERMINALS, place=PLACES, n=st.integers(0, 120), lot=st.integers(0, 1))
    def count(self, t: int, place: str, n: int, lot: int) -> None:
        room = self.rooms[t]
        if self.session is None:
            opened = self.attempt(t, "open_count", name="count", places=("EAST", "WEST"))
            self.session = opened.id
        self.attempt(t, "observe", zone=ZONE, session=self.session, place=place, code=self.lots[lot], typed=str(n),
                     counted_at=self.clock.now(), seen_seq=room.store.seq, replaces=True)  # fmt: skip

    @precondition(lambda self: self.session is not None)
    @rule(t=TERMINALS)
    def post(self, t: int) -> None:
        reasons = dict.fromkeys(self.lots, VarianceReason.UNKNOWN)
        self.attempt(t, "post_count", zone=ZONE, session=self.session, reasons=reasons, blanks_stay_uncounted=True)
        self.session = None

    @invariant()
    def nothing_is_lost_or_invented(self) -> None:
        if not hasattr(self, "rooms"):
            return
        for room in self.rooms:
            room.store.refresh()
            folded = fold(room.store.all(Movement))
            balances = room.store.projection(Balances)
            kept = {Spot(lot, place): n for lot, places in balances.by_lot.items() for place, n in places.items()}
            assert kept == folded
            for lot in balances.by_lot:
                assert sum(balances.by_lot[lot].values()) == 0
            open_ones = {Spot(d.lot, d.place) for d in room.store.all(Discrepancy) if d.closed_at is None}
            short = {spot for spot, n in folded.items() if n < 0 and gives_stock(spot.place)}
            assert short <= open_ones
            for place in ("EAST", "WEST"):
                available = Stock(room.store, ZONE).availability("BAG", {place}, self.clock.now()).available
                assert available >= 0 or place in {spot.place for spot in open_ones}

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


IN_THE_SUITE = settings(max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck))
TestTwoTerminals = TwoTerminals.TestCase
TestTwoTerminals.settings = IN_THE_SUITE


@pytest.mark.soak
def test_two_thousand_sequences_lose_and_invent_nothing() -> None:
    run_state_machine_as_test(TwoTerminals, settings=settings(IN_THE_SUITE, max_examples=2000))
