"""The stock checker's day, sentence by sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from floodready.exchange.count_sheet import sheet_rows, write_count_sheet
from floodready.materials.commands_counting import AddOrReplace, Posted
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.count_reading import counted_lines
from floodready.materials.counting import Verdict, units_typed
from floodready.materials.models import Item, MovementKind, Pack
from floodready.materials.models_counting import CountLine, CountSession, Observation, UnresolvedCode, VarianceReason
from floodready.materials.projections import Balances
from floodready.refusal import Refused, Superseded
from floodready.tui.screens.materials.count_table import count_rows
from tests.materials.conftest import MINUTE, ZONE, Room


def opened(room: Room, *places: str, **facts: Any) -> str:
    found: str = room.do("open_count", name="spring", places=places or ("EAST",), **facts).id
    return found


def post(room: Room, session: str, *, why: dict[str, VarianceReason] | None = None, **facts: Any) -> Posted:
    found: Posted = room.do("post_count", zone=ZONE, session=session, reasons=why or {}, **facts)
    return found


def test_a_blind_sheet_has_numbered_lines_and_no_book_figure_and_an_open_one_has_it(room: Room, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    room.receive("BAG", 120)
    for blind, heads in ((True, 9), (False, 10)):
        session = room.do("open_count", name="spring", places=("EAST",), blind=blind)
        (row,) = sheet_rows(room.store, session)
        assert (row.number, row.code, row.book) == (1, "BAG", "" if blind else "120")
        write_count_sheet(tmp_path / "sheet.xlsx", room.store, session, overwrite=True)
        rows = list(load_workbook(tmp_path / "sheet.xlsx").worksheets[0].iter_rows(values_only=True))
        assert session.id in str(rows[0][0])
        assert len([cell for cell in rows[1] if cell]) == heads
        assert rows[2][-1] is None, "the box is empty"


def test_the_sheet_follows_the_walking_order_and_takes_in_all_places_below(room: Room) -> None:
    from floodready.materials.models import Place

    for order, bay in ((2, "B1"), (1, "B2")):
        room.do("put_place", place=Place(id=bay, name=bay, parent="EAST", walking_order=order))
        room.receive("BAG", 10, bay)
    session = room.do("open_count", name="spring", places=("EAST",))
    assert [line.place for line in session.sheet] == ["B2", "B1"]


def test_an_equal_count_is_stored_and_renews_last_counted(room: Room) -> None:
    lot = room.receive("BAG", 100)
    session = opened(room)
    room.count(session, lot.id, "100")
    assert post(room, session).equal == 1
    (line,) = room.store.all(CountLine)
    assert (line.variance, line.counted_at) == (0, room.clock.now())
    assert room.store.projection(Balances).counted[lot.id]["EAST"][1] == line.id
    assert len(room.movements()) == 1


def test_zero_is_a_count_and_blank_is_none(room: Room) -> None:
    lot, other = room.receive("BAG", 100), room.receive("RING", 5)
    session = opened(room)
    room.count(session, lot.id, "0")
    room.count(session, other.id, "")
    post(room, session, why={lot.id: VarianceReason.THEFT}, blanks_stay_uncounted=True)
    assert (room.held(lot.id), room.held(lot.id, "loss"), room.held(other.id)) == (0, 100, 5)
    assert [line.lot for line in room.store.all(CountLine)] == [lot.id]


def test_the_variance_is_against_the_book_as_of_the_counting_moment_with_late_papers(room: Room) -> None:
    room.at("08:00")
    lot = room.receive("BAG", 1000)
    session = opened(room)
    room.at("10:00")
    room.count(session, lot.id, "900")
    room.at("10:10")
    nine = room.clock.now() - timedelta(minutes=70)
    room.issue("BAG", 100, occurred_at=nine)  # moved before the count, keyed after it: the count shows it
    room.issue("BAG", 50)  # moved after the count: the count cannot show it
    posted = post(room, session)
    assert (posted.equal, posted.different) == (1, 0)
    assert room.held(lot.id) == 850


def test_an_issue_of_the_very_instant_of_the_count_counts_by_the_journal(room: Room) -> None:
    room.at("08:00")
    lot = room.receive("BAG", 1000)
    session = opened(room)
    room.at("10:00")
    room.count(session, lot.id, "1000")
    room.issue("BAG", 100)
    posted = post(room, session)
    assert (posted.equal, posted.different) == (1, 0)
    assert room.held(lot.id) == 900


def test_the_same_lot_counted_in_two_places_after_a_move_has_no_variance(room: Room) -> None:
    lot = room.receive("BAG", 100)
    session = opened(room, "EAST", "WEST")
    room.count(session, lot.id, "100")
    room.clock.instant += MINUTE
    ordered = room.do("order_transfer", zone=ZONE, source="EAST", target="WEST",
                      lines=(Asked(lot=lot.id, quantity=100),))  # fmt: skip
    room.do("ship_transfer", zone=ZONE, transfer=ordered.id)
    room.do("receive_transfer", zone=ZONE, transfer=ordered.id, arrived=(Arrived(lot=lot.id, received=100),))
    room.clock.instant += MINUTE
    room.count(session, lot.id, "100", place="WEST")
    posted = post(room, session)
    assert (posted.equal, posted.different, posted.moved) == (2, 0, 0)
    assert (room.held(lot.id), room.held(lot.id, "WEST")) == (0, 100)


def test_the_same_tag_scanned_twice_asks_and_breaks_nothing(room: Room) -> None:
    lot = room.receive("BAG", 100)
    session = opened(room)
    room.count(session, lot.id, "40")
    with pytest.raises(AddOrReplace, match=r"Type \+60 to add"):
        room.count(session, lot.id, "60")
    room.count(session, lot.id, "60", replaces=True)
    found = room.store.get(CountSession, session)
    assert found is not None
    (line,) = counted_lines(room.store, found)
    assert line.settlement.figure is not None
    assert line.settlement.figure.counted == 60


def test_a_lot_that_is_not_on_the_list_is_taken_as_found(room: Room) -> None:
    session = opened(room)
    lot = room.receive("BAG", 30, "WEST")
    room.issue("BAG", 30, "WEST")
    room.clock.instant += MINUTE
    room.count(session, lot.id, "7")
    post(room, session, why={lot.id: VarianceReason.NOT_BOOKED})
    assert (room.held(lot.id), room.held(lot.id, "found")) == (7, -7)


def test_a_find_in_the_wrong_place_is_offered_as_a_transfer_and_may_be_a_loss_and_a_find(room: Room) -> None:
    lot = room.receive("BAG", 100)
    for as_moves, moved, lost in ((True, 1, 0), (False, 0, 40)):
        session = opened(room, "EAST", "WEST")
        held, there = room.held(lot.id), room.held(lot.id, "WEST")
        entered = room.count(session, lot.id, str(there + 40), place="WEST")
        assert entered.booked_at == (("EAST",) if not there else ())
        room.count(session, lot.id, str(held - 40))
        why = {lot.id: VarianceReason.UNKNOWN}
        assert post(room, session, why=why, finds_as_moves=as_moves).moved == moved
        assert room.held(lot.id, "loss") == lost
        room.clock.instant += MINUTE
    assert (room.held(lot.id), room.held(lot.id, "WEST")) == (20, 80)


def test_an_unknown_code_is_kept_for_afterwards_and_the_next_scan_goes_on(room: Room) -> None:
    lot = room.receive("BAG", 100)
    session = opened(room)
    assert room.count(session, "NO-SUCH-TAG", "12").unresolved is not None
    assert room.count(session, lot.id, "100").observation is not None
    (kept,) = room.store.all(UnresolvedCode)
    assert (kept.code, kept.typed, kept.place) == ("NO-SUCH-TAG", "12", "EAST")
    assert post(room, session).unresolved == 1


def test_a_label_an_id_and_the_code_of_the_only_lot_here_are_the_same_line(room: Room) -> None:
    from floodready.exchange.labels import payload

    lot = room.receive("BAG", 100)
    session = opened(room)
    for code in (payload("lot", lot.id), lot.id, "BAG"):
        room.count(session, code, "100", replaces=True)
    assert {seen.lot for seen in room.store.all(Observation)} == {lot.id}
    room.receive("BAG", 5)
    assert room.count(session, "BAG", "5").unresolved is not None, "two lots here: the code does not say which"


def test_sums_packs_additions_and_damaged_pieces_are_kept_as_typed(room: Room) -> None:
    bag = room.store.get(Item, "BAG")
    assert bag is not None
    room.do("put_item", item=bag.changed(packs=(Pack(name="包", numerator=50),)))
    lot = room.receive("BAG", 200)
    session = opened(room)
    for typed in ("3包+20", "+12*2", "+12x1", "+４d"):
        room.count(session, lot.id, typed)
    seen = list(room.store.all(Observation))
    assert [(one.counted, one.damaged, one.typed, one.unit_typed) for one in seen] == [
        (170, 0, "3包+20", "包"), (24, 0, "+12*2", ""), (12, 0, "+12x1", ""), (4, 4, "+４d", "")
    ]  # fmt: skip
    held = room.store.get(CountSession, session)
    assert held is not None
    shown = count_rows(room.store, held)[0]
    assert (shown.counted, str(shown.state)) == ("210", "counted, 4 damaged")
    post(room, session, why={lot.id: VarianceReason.COUNTING_ERROR})
    assert (room.held(lot.id), room.held(lot.id, "quarantine/EAST")) == (206, 4)
    assert room.movements()[-2].kind is MovementKind.COUNT


def test_what_is_no_number_stops_before_anything_is_stored(room: Room) -> None:
    lot = room.receive("BAG", 200)
    session = opened(room)
    for typed in ("约500", "-5", "1.5", "d", "4箱"):
        with pytest.raises(Refused):
            room.count(session, lot.id, typed)
    assert room.store.count(Observation) == 0


def test_leaving_and_coming_back_loses_nothing(room: Room) -> None:
    from floodready.store.journal_store import JournalStore

    lot = room.receive("BAG", 200)
    session = opened(room)
    room.count(session, lot.id, "150")
    with JournalStore.open(room.store.folder, clock=room.clock) as again:
        (seen,) = again.all(Observation)
        assert (seen.session, seen.counted, seen.seen_seq) == (session, 150, room.store.seq - 1)


def test_a_difference_needs_one_of_the_coded_reasons(room: Room) -> None:
    lot = room.receive("BAG", 200)
    session = opened(room)
    room.count(session, lot.id, "150")
    with pytest.raises(Refused, match="Give a reason"):
        post(room, session)
    post(room, session, why={lot.id: VarianceReason.NATURAL})
    (line,) = room.store.all(CountLine)
    assert line.reason is VarianceReason.NATURAL


def test_two_who_agree_need_no_third_and_the_later_figure_with_its_position_holds(room: Room) -> None:
    lot = room.receive("JACKET", 60)
    session = opened(room)
    room.count(session, lot.id, "60", by="wang")
    with pytest.raises(Refused, match=rf"must count: {lot.id} \(East store\)"):
        post(room, session)
    room.clock.instant += MINUTE
    room.count(session, lot.id, "60", by="zhao")
    found = next(iter(room.store.all(Observation)))
    assert found.attempt == 1
    with pytest.raises(Refused, match="Wang and Zhao have both counted this"):
        room.count(session, lot.id, "61", by="zhao")
    assert post(room, session).equal == 1
    (line,) = room.store.all(CountLine)
    assert (line.counters, line.counted_at) == (("wang", "zhao"), room.clock.now())


def test_a_count_that_is_given_up_changes_no_balance_and_takes_no_more_entries(room: Room) -> None:
    lot = room.receive("BAG", 200)
    session = opened(room)
    room.count(session, lot.id, "150")
    room.do("cancel_count", session=session)
    assert room.held(lot.id) == 200
    with pytest.raises(Refused, match="no open count"):
        room.count(session, lot.id, "150")
    with pytest.raises(Refused, match="no open count"):
        post(room, session)


def test_a_late_paper_that_happened_after_the_count_is_entered_with_its_right_time(room: Room) -> None:
    room.at("08:00")
    lot = room.receive("BAG", 1000)
    room.at("10:00")
    session = opened(room)
    room.count(session, lot.id, "1000")
    post(room, session)
    room.at("11:00")
    nine = room.clock.now() - timedelta(hours=2)
    with pytest.raises(Refused, match="it happened after the count"):
        room.issue("BAG", 100, lot=lot.id, occurred_at=nine)
    room.issue("BAG", 100, lot=lot.id, occurred_at=nine + timedelta(minutes=90))
    assert room.held(lot.id) == 900


@pytest.mark.parametrize(("typed", "units"), [("3包+20", "包"), ("12*50+30", ""), ("12x50", ""), ("2 kg", "kg"),
                                              ("1吨+3公斤", "吨 公斤"), ("4d", "")])  # fmt: skip
def test_the_unit_words_are_kept_as_evidence(typed: str, units: str) -> None:
    assert units_typed(typed) == units


def test_the_verdicts_of_a_line(room: Room) -> None:
    lot = room.receive("JACKET", 60)
    found = room.do("open_count", name="spring", places=("EAST",))
    verdicts = [counted_lines(room.store, found)[0].settlement.verdict]
    for by, typed in (("wang", "60"), ("zhao", "59"), ("sun", "60")):
        room.count(found.id, lot.id, typed, by=by)
        verdicts.append(counted_lines(room.store, found)[0].settlement.verdict)
    assert verdicts == [Verdict.UNCOUNTED, Verdict.SECOND, Verdict.THIRD, Verdict.SETTLED]


def test_of_two_who_begin_the_same_count_at_once_the_second_is_told_of_the_first(room: Room) -> None:
    first = opened(room, "EAST")
    with pytest.raises(Superseded, match=r"system began count “spring” of the same places at .* Go on with that one"):
        room.do("open_count", name="spring", places=("EAST",))
    assert [one.id for one in room.store.all(CountSession)] == [first]
    room.do("open_count", name="class A again", places=("EAST",))
