"""The cases that the design says the engine must hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from floodready.materials.availability import suggest
from floodready.materials.commands_incident import Outcome
from floodready.materials.commands_stock import Late
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.incident_account import accounts
from floodready.materials.ledger import Stock
from floodready.materials.models import Movement, Reservation
from floodready.materials.models_counting import VarianceReason
from floodready.materials.models_papers import Discrepancy, TransferState
from floodready.materials.totals import Measured, per_unit, total
from floodready.refusal import NotAllowed, Refused
from floodready.typed_quantity import read_quantity, unit_factors
from tests.materials.conftest import MINUTE, ZONE, Room

TODAY = date(2026, 7, 1)


def test_expired_is_never_suggested_and_the_first_to_expire_goes_first(room: Room) -> None:
    room.receive("BAG", 500, until=TODAY - timedelta(1))
    soon = room.receive("BAG", 300, until=TODAY + timedelta(10))
    later = room.receive("BAG", 900, until=TODAY + timedelta(90))
    candidates = Stock(room.store, ZONE).candidates("BAG", {"EAST"}, room.clock.now())
    assert [(pick.lot.id, pick.quantity) for pick in suggest(candidates, 400)] == [(soon.id, 300), (later.id, 100)]
    room.issue("BAG", 400)
    assert (room.held(soon.id), room.held(later.id)) == (0, 800)


def test_three_tenths_of_diesel_out_leave_exactly_nothing(room: Room) -> None:
    tenth = read_quantity("0.1", 3, unit_factors("L"))
    for _ in range(3):
        room.receive("DIESEL", tenth)
    room.issue("DIESEL", read_quantity("0.3", 3, unit_factors("L")))
    assert room.available("DIESEL") == 0
    with pytest.raises(Refused):
        read_quantity("1.5", 0, unit_factors("艘"))


def test_the_last_fifty_bags_go_to_one_terminal_only(terminals: tuple[Room, Room]) -> None:
    first, second = terminals
    first.receive("BAG", 50)
    incident = first.do("open_incident", name="Dike", id="I-07")
    first.issue("BAG", 50, to_incident=incident.id)
    first.clock.instant += timedelta(seconds=1)
    with pytest.raises(Refused) as refused:
        second.issue("BAG", 50, to_incident=incident.id)
    assert "0 left, 50 issued 1 s ago by Li to incident Dike" in str(refused.value)
    assert sum(movement.target == "incident/I-07" for movement in first.movements()) == 1


def counted_900(room: Room) -> tuple[str, str]:
    """09:00 a hundred leave on paper; 10:00 counted 900 against 1,000 and posted; then it is 11:00."""
    room.at("08:00")
    lot = room.receive("BAG", 1000)
    room.at("10:00")
    session = room.do("open_count", name="July", places=("EAST",))
    room.count(session.id, lot.id, "900")
    room.do("post_count", zone=ZONE, session=session.id, reasons={lot.id: VarianceReason.UNKNOWN})
    assert room.held(lot.id) == 900
    room.at("11:00")
    return lot.id, session.id


def test_a_late_paper_that_the_count_already_shows_leaves_what_was_counted(room: Room) -> None:
    lot, _ = counted_900(room)
    nine = datetime(2026, 7, 1, 1, tzinfo=UTC)
    with pytest.raises(Refused, match="counted in East store after that"):
        room.issue("BAG", 100, lot=lot, occurred_at=nine)
    room.issue("BAG", 100, lot=lot, occurred_at=nine, late=Late.COUNT_SHOWS_IT)
    assert room.held(lot) == 900
    assert room.held(lot, "loss") == 0
    assert room.held(lot, "consumed") == 100


def test_an_issue_between_counting_and_posting_is_no_variance(room: Room) -> None:
    lot = room.receive("BAG", 1000)
    room.at("10:00")
    session = room.do("open_count", name="July", places=("EAST",))
    room.count(session.id, lot.id, "1000")
    room.at("10:05")
    room.issue("BAG", 100)
    room.at("10:20")
    posted = room.do("post_count", zone=ZONE, session=session.id, reasons={})
    assert (posted.equal, posted.different) == (1, 0)
    assert room.held(lot.id) == 900


def test_a_short_and_damaged_transfer_stays_open_until_it_is_closed_with_a_reason(room: Room) -> None:
    lot = room.receive("BAG", 100)
    transfer = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                       lines=(Asked(lot=lot.id, quantity=100),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=transfer.id)
    with pytest.raises(Refused, match="reason"):
        room.do("receive_transfer", zone=ZONE, transfer=transfer.id, arrived=(Arrived(lot=lot.id, received=95),))
    came = Arrived(lot=lot.id, received=95, damaged=3, reason="wet in the rain")
    transfer = room.do("receive_transfer", zone=ZONE, transfer=transfer.id, arrived=(came,))
    assert transfer.state is TransferState.PART_RECEIVED
    assert room.available("BAG", "WEST") == 92
    assert room.held(lot.id, "quarantine/WEST") == 3
    assert room.held(lot.id, f"transit/{transfer.id}") == 5
    with pytest.raises(Refused, match="part has been received"):
        room.do("cancel_transfer", zone=ZONE, transfer=transfer.id)
    with pytest.raises(Refused, match="did not arrive"):
        room.do("settle_transfer", reason="", zone=ZONE, transfer=transfer.id, returned=False)
    transfer = room.do("settle_transfer", reason="fell off", zone=ZONE, transfer=transfer.id, returned=False)
    assert transfer.state is TransferState.CLOSED
    assert room.held(lot.id, f"transit/{transfer.id}") == 0


def test_cancelling_before_receipt_brings_everything_back(room: Room) -> None:
    lot = room.receive("BAG", 100)
    transfer = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                       lines=(Asked(lot=lot.id, quantity=60),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=transfer.id)
    assert room.held(lot.id) == 40
    room.do("cancel_transfer", zone=ZONE, transfer=transfer.id)
    assert room.held(lot.id) == 100


def test_an_incident_closes_only_when_every_jacket_is_accounted_for(room: Room) -> None:
    lot = room.receive("JACKET", 60)
    incident = room.do("open_incident", name="Dike", id="I-07")
    room.issue("JACKET", 60, to_incident=incident.id)
    room.do("account_for", zone=ZONE, incident_id="I-07", place="EAST",
            outcomes=(Outcome(lot=lot.id, good=50, damaged=6),))  # fmt: skip
    with pytest.raises(Refused, match=f"{lot.id} 4"):
        room.do("close_incident", incident_id="I-07")
    room.do("account_for", zone=ZONE, incident_id="I-07", place="EAST", outcomes=(Outcome(lot=lot.id, lost=4),))
    account = accounts(room.store.find(Movement, lot=lot.id), "I-07")[lot.id]
    assert (account.issued, account.good, account.damaged, account.lost, account.open) == (60, 50, 6, 4, 0)
    room.do("close_incident", incident_id="I-07")
    assert room.available("JACKET") == 50
    assert room.held(lot.id, "quarantine/EAST") == 6


def test_unlike_units_are_never_added(room: Room) -> None:
    from floodready.materials.models import Item

    bag, wire = Item(id="B", name="bag", unit="条"), Item(id="W", name="wire", unit="kg", scale=3)
    with pytest.raises(Refused, match="cannot be added"):
        total([Measured(bag, 5), Measured(wire, 2850)])
    assert per_unit([Measured(bag, 5), Measured(wire, 2850), Measured(bag, 1)]) == {"条": (6, 0), "kg": (2850, 3)}


def test_an_emergency_issue_goes_out_in_full_and_opens_a_discrepancy_until_counted(room: Room) -> None:
    lot = room.receive("BAG", 30)
    paper = room.issue("BAG", 50, emergency=True, by="li")
    assert room.held(lot.id) == -20
    assert paper.due_at - paper.issued_at == timedelta(hours=48)
    (open_one,) = room.store.all(Discrepancy)
    assert (open_one.short, open_one.closed_at) == (20, None)
    room.clock.instant += MINUTE
    session = room.do("open_count", name="after", places=("EAST",))
    room.count(session.id, lot.id, "5")
    room.do("post_count", zone=ZONE, session=session.id, reasons={lot.id: VarianceReason.NOT_BOOKED})
    assert room.held(lot.id) == 5
    (closed,) = room.store.all(Discrepancy)
    assert closed.closed_by == session.id


def test_a_back_dated_issue_that_makes_a_later_day_negative_is_refused_naming_the_day(room: Room) -> None:
    room.receive("BAG", 50)
    room.clock.instant += timedelta(days=2)
    room.receive("BAG", 50)
    with pytest.raises(Refused, match="2026-06-30"):
        room.issue("BAG", 10, lot=room.movements()[0].lot, occurred_at=datetime(2026, 6, 30, tzinfo=UTC))


def test_a_reversal_happens_once_and_not_after_the_goods_moved_on(room: Room) -> None:
    lot = room.receive("BAG", 50)
    (received,) = room.movements()
    room.issue("BAG", 30)
    with pytest.raises(Refused, match=r"moved on: East store holds 20 of .* at .*consumed 30"):
        room.do("reverse_movement", zone=ZONE, movement=received.id)
    issued = room.movements()[-1]
    room.do("reverse_movement", zone=ZONE, movement=issued.id)
    assert room.held(lot.id) == 50
    with pytest.raises(Refused, match="reversed already"):
        room.do("reverse_movement", zone=ZONE, movement=issued.id)


def test_picking_otherwise_needs_a_reason_and_is_marked(room: Room) -> None:
    room.receive("BAG", 50, until=TODAY + timedelta(10))
    later = room.receive("BAG", 50, until=TODAY + timedelta(90))
    with pytest.raises(Refused, match="First expired goes first"):
        room.issue("BAG", 10, lot=later.id, reason="")
    room.issue("BAG", 10, lot=later.id, reason="the lower shelf is under water")
    assert room.movements()[-1].picked_otherwise


def test_class_a_is_counted_by_two_and_posted_by_another(room: Room) -> None:
    lot = room.receive("JACKET", 60)
    session = room.do("open_count", name="spring", places=("EAST",))
    room.count(session.id, lot.id, "58", by="wang")
    with pytest.raises(Refused, match="Another person"):
        room.do("post_count", zone=ZONE, session=session.id, reasons={})
    room.count(session.id, lot.id, "59", by="zhao")
    with pytest.raises(Refused, match="Another person"):
        room.do("post_count", zone=ZONE, session=session.id, reasons={})
    with pytest.raises(Refused, match="third person"):
        room.count(session.id, lot.id, "59", by="wang")
    room.count(session.id, lot.id, "58", by="sun")
    reasons = {lot.id: VarianceReason.THEFT}
    with pytest.raises(NotAllowed):
        room.do("post_count", zone=ZONE, session=session.id, reasons=reasons, by="sun")
    room.do("post_count", zone=ZONE, session=session.id, reasons=reasons, by="zhou")
    assert room.held(lot.id) == 58


def test_strange_codes_and_finds_elsewhere_do_not_break_the_scanning(room: Room) -> None:
    lot = room.receive("BAG", 100)
    session = room.do("open_count", name="spring", places=("EAST", "WEST"))
    strange = room.count(session.id, "???", "5")
    assert strange.unresolved is not None
    assert strange.observation is None
    room.count(session.id, lot.id, "60")
    assert room.count(session.id, lot.id, "40", place="WEST").booked_at == ("EAST",)
    posted = room.do("post_count", zone=ZONE, session=session.id, reasons={})
    assert (posted.moved, posted.unresolved) == (1, 1)
    assert (room.held(lot.id), room.held(lot.id, "WEST"), room.held(lot.id, "loss")) == (60, 40, 0)


def test_blanks_stay_uncounted_and_a_second_plain_entry_asks(room: Room) -> None:
    lot = room.receive("BAG", 100)
    other = room.receive("RING", 7)
    session = room.do("open_count", name="spring", places=("EAST",))
    room.count(session.id, lot.id, "40")
    room.count(session.id, lot.id, "+50")
    with pytest.raises(Refused, match="90 were counted"):
        room.count(session.id, lot.id, "100")
    room.count(session.id, lot.id, "+10d")
    room.count(session.id, other.id, "")
    with pytest.raises(Refused, match="1 line is uncounted"):
        room.do("post_count", zone=ZONE, session=session.id, reasons={})
    posted = room.do("post_count", zone=ZONE, session=session.id, reasons={}, blanks_stay_uncounted=True)
    assert (posted.equal, posted.uncounted) == (1, 1)
    assert (room.held(lot.id), room.held(lot.id, "quarantine/EAST"), room.held(other.id)) == (90, 10, 7)


def test_undo_of_an_issue_brings_the_goods_back_and_deletes_nothing(room: Room) -> None:
    from floodready.command import undo_entry

    lot = room.receive("BAG", 100)
    room.issue("BAG", 30)
    before = len(room.movements())
    undo_entry(room.store, room.act(), next(iter(room.store.entries_backwards())))
    assert room.held(lot.id) == 100
    assert len(room.movements()) == before + 1


def test_reserved_stock_is_there_but_not_available(room: Room) -> None:
    room.receive("BAG", 100)
    (kept,) = room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=80, purpose="drill")
    assert room.available("BAG") == 20
    with pytest.raises(Refused, match="reserved 80"):
        room.issue("BAG", 30)
    room.do("release_stock", reservation=kept)
    room.issue("BAG", 30)


def test_reserved_stock_is_neither_shipped_nor_condemned_nor_taken_back_but_may_be_set_apart(room: Room) -> None:
    lot = room.receive("BAG", 100)
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=80, purpose="drill")
    ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                      lines=(Asked(lot=lot.id, quantity=30),))  # fmt: skip
    with pytest.raises(Refused, match="has 20 free"):
        room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    with pytest.raises(Refused, match="has 20 free"):
        room.do("condemn_stock", zone=ZONE, lot=lot.id, place="EAST", quantity=30)
    with pytest.raises(Refused, match="has 20 free"):
        room.do("reverse_movement", zone=ZONE, movement=room.movements()[0].id)
    room.do("set_apart", zone=ZONE, lot=lot.id, place="EAST", quantity=30)
    assert room.available("BAG") == 0
    (cut,) = room.store.all(Reservation)
    assert (cut.quantity, cut.released_at) == (70, None)


def test_an_emergency_and_a_count_cut_reservations_to_what_is_there_the_youngest_first(room: Room) -> None:
    lot = room.receive("BAG", 100)
    for quantity in (40, 50):
        room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=quantity, purpose="drill")
    room.issue("BAG", 30, emergency=True)
    assert [(one.quantity, one.released_at) for one in room.store.all(Reservation)] == [(40, None), (30, None)]
    room.clock.instant += MINUTE
    session = room.do("open_count", name="after", places=("EAST",))
    room.count(session.id, lot.id, "35")
    room.do("post_count", zone=ZONE, session=session.id, reasons={lot.id: VarianceReason.UNKNOWN})
    first, second = room.store.all(Reservation)
    assert (first.quantity, second.released_at) == (35, room.clock.now())
    assert room.available("BAG") == 0
