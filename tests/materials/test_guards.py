"""What a tired or hurried stock checker may try, and what must not come of it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.cli.app import run as spoken
from floodready.clock import length_told
from floodready.command import undo_entry
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.incident_rows import account_rows
from floodready.materials.models import Holder, Importance, Item, Pack, Place, Substitute
from floodready.materials.models_counting import UnresolvedCode, VarianceReason
from floodready.materials.models_equipment import QuotaRow, QuotaTable
from floodready.materials.models_papers import Transfer, TransferState
from floodready.materials.quota import Comparison, Need
from floodready.materials.replenishment import Cause
from floodready.materials.views import required_told, to_replenish
from floodready.materials.views_due import papers_due
from floodready.refusal import Invalid, Refused
from tests.materials.conftest import ZONE, Room


@pytest.mark.parametrize("place", ["supplier", "loss", "found", "opening", "transit/T1", "incident/I1", "nowhere"])
def test_nothing_is_set_apart_or_condemned_out_of_a_place_that_is_none(room: Room, place: str) -> None:
    lot = room.receive("BAG", 10)
    with pytest.raises(Refused, match="There is no place"):
        room.do("set_apart", zone=ZONE, lot=lot.id, place=place, quantity=1)
    with pytest.raises(Refused, match="There is no place"):
        room.do("condemn_stock", zone=ZONE, lot=lot.id, place=place, quantity=1)
    assert len(room.movements()) == 1


def test_what_is_set_apart_is_condemned_from_there(room: Room) -> None:
    lot = room.receive("BAG", 10)
    room.do("set_apart", zone=ZONE, lot=lot.id, place="EAST", quantity=4)
    room.do("condemn_stock", zone=ZONE, lot=lot.id, place="quarantine/EAST", quantity=4)
    assert (room.held(lot.id), room.held(lot.id, "quarantine/EAST")) == (6, 0)


def test_a_step_of_a_transfer_or_a_count_is_not_reversed_by_itself(room: Room) -> None:
    lot = room.receive("BAG", 10)
    sent = room.do("send_transfer", zone=ZONE, source="EAST", target="WEST", lines=(Asked(lot=lot.id, quantity=4),))
    with pytest.raises(Refused, match=f"is a step of transfer {sent.id}"):
        room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)
    room.do("cancel_transfer", zone=ZONE, transfer=sent.id)
    session = room.do("open_count", name="c", places=("EAST",))
    room.count(session.id, lot.id, "9")
    room.do("post_count", zone=ZONE, session=session.id, reasons={lot.id: VarianceReason.UNKNOWN})
    with pytest.raises(Refused, match=f"was posted by count {session.id}"):
        room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)


def test_a_transfer_is_ordered_and_shipped_whole_or_not_at_all(room: Room) -> None:
    lot = room.receive("BAG", 10)
    lines = (Asked(lot=lot.id, quantity=11),)
    with pytest.raises(Refused, match="not 11"):
        room.do("send_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
    assert list(room.store.all(Transfer)) == []


def test_settling_the_rest_gives_its_reason_to_the_lines_that_fell_short_alone(room: Room) -> None:
    first, second = room.receive("BAG", 10), room.receive("RING", 10)
    lines = (Asked(lot=first.id, quantity=5), Asked(lot=second.id, quantity=5))
    sent = room.do("send_transfer", zone=ZONE, source="EAST", target="WEST", lines=lines)
    came = (Arrived(lot=first.id, received=5),)
    room.do("receive_transfer", zone=ZONE, transfer=sent.id, arrived=came)
    done = room.do("settle_transfer", reason="fell off", zone=ZONE, transfer=sent.id, returned=False)
    assert [line.reason for line in done.lines] == ["", "fell off"]
    assert done.state is TransferState.CLOSED


def test_a_paper_whose_goods_all_came_back_by_reversal_waits_for_nobody(room: Room) -> None:
    room.receive("BAG", 10, opening=True)
    room.issue("BAG", 4)
    assert len(papers_due(room.store, ZONE)) == 1
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)
    assert papers_due(room.store, ZONE) == []


def test_a_paper_of_which_a_part_came_back_by_reversal_waits_for_the_rest_only(room: Room) -> None:
    room.receive("BAG", 60, opening=True, until=date(2027, 1, 1))
    room.receive("BAG", 60, opening=True, until=date(2027, 2, 1))
    incident = room.do("open_incident", name="Dike")
    paper = room.issue("BAG", 100, to_incident=incident.id)
    (first,) = [one for one in room.movements() if one.kind == "issue" and one.quantity == 60]
    room.do("reverse_movement", zone=ZONE, movement=first.id)
    assert [row.told for row in papers_due(room.store, ZONE)] == ["40 条"]
    room.do("complete_paper", paper=paper.id, receiver="r", receiver_contact="1", sender_contact="2", approver="a")
    assert [row.told for row in papers_due(room.store, ZONE)] == ["40 条"]
    assert [row.account.issued for row in account_rows(room.store, incident.id)] == [40]


def test_taking_an_issue_back_of_which_a_part_came_back_already_brings_the_rest(room: Room) -> None:
    room.receive("BAG", 60, opening=True, until=date(2027, 1, 1))
    room.receive("BAG", 60, opening=True, until=date(2027, 2, 1))
    room.issue("BAG", 100)
    (entry,) = room.store.entries(after=room.store.seq - 1)
    issued = [one for one in room.movements() if one.kind == "issue"]
    room.do("reverse_movement", zone=ZONE, movement=issued[0].id)
    undo_entry(room.store, room.act(), entry)
    assert room.available("BAG") == 120
    assert papers_due(room.store, ZONE) == []


def test_what_was_reversed_piece_by_piece_is_not_taken_back_once_more(room: Room) -> None:
    room.receive("BAG", 60, opening=True)
    room.issue("BAG", 10)
    (entry,) = room.store.entries(after=room.store.seq - 1)
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)
    with pytest.raises(Refused, match="was reversed already"):
        undo_entry(room.store, room.act(), entry)


def test_an_acceptance_reports_what_was_delivered_whatever_became_of_it(room: Room) -> None:
    lot = room.receive("BAG", 10)
    room.issue("BAG", 10, receiver="r", receiver_contact="1", sender_contact="2", approver="a")
    (told,) = [(row.told, row.place) for row in papers_due(room.store, ZONE) if row.id.startswith("A")]
    assert told == ("10 条", "EAST")
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[0].id)
    assert [row for row in papers_due(room.store, ZONE) if row.id.startswith("A")] == []
    assert room.held(lot.id) == 0


def test_a_refusal_names_who_took_the_last_from_this_very_place_and_when_in_words(room: Room) -> None:
    room.receive("BAG", 10)
    room.receive("BAG", 10, place="WEST")
    room.issue("BAG", 10, by="li")
    room.clock.instant += timedelta(hours=5)
    with pytest.raises(Refused, match=r"^0 left, 10 issued 5 h ago by Li"):
        room.issue("BAG", 1)
    with pytest.raises(Refused, match=r"^10 条 left, not 11"):
        room.issue("BAG", 11, place="WEST")
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[-1].id)
    with pytest.raises(Refused, match=r"^10 条 left, not 11"):
        room.issue("BAG", 11)


@given(st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_length_is_told_short_and_never_longer_than_it_was(length: timedelta) -> None:
    figure, unit = str(length_told(length)).split()
    size = {"s": 1, "min": 60, "h": 3600, "days": 86400}[unit]
    assert int(figure) * size <= length.total_seconds() < (int(figure) + 1) * size
    assert int(figure) < 120 or unit == "days"


def test_stock_is_kept_until_a_day_that_is_still_to_come(room: Room) -> None:
    room.receive("BAG", 10)
    with pytest.raises(Refused, match="2026-06-30 has passed"):
        room.do(
            "reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=1, purpose="p", until_on=date(2026, 6, 30)
        )
    room.do("reserve_stock", zone=ZONE, item="BAG", place="EAST", quantity=1, purpose="p", until_on=date(2026, 7, 1))


def test_a_lot_is_made_before_it_comes_and_usable_after_it_is_made(room: Room) -> None:
    with pytest.raises(Invalid, match="after the day it came in"):
        room.receive("BAG", 10, made_on=date(2026, 7, 2))
    with pytest.raises(Invalid, match="before the day it was made"):
        room.receive("BAG", 10, made_on=date(2026, 6, 2), until=date(2026, 6, 1))


def test_a_place_and_an_item_refer_to_what_there_is(room: Room) -> None:
    for place in (Place(id="P", name="p", unit="NOPE"), Place(id="P", name="p", custodian="nobody")):
        with pytest.raises(Refused, match="There is no"):
            room.do("put_place", place=place)
    with pytest.raises(Refused, match="There is no item NOPE"):
        room.do("put_item", item=Item(id="X", name="x", unit="条", substitutes=(Substitute(item="NOPE"),)))
    with pytest.raises(Refused, match="There is no person nobody"):
        room.do("open_count", name="c", places=("EAST",), people=("nobody",))


@pytest.mark.parametrize(("item", "kind"), [("NOPE", "dike section"), ("BAG", "dyke")])
def test_a_quota_row_that_would_count_for_nothing_is_refused(room: Room, item: str, kind: str) -> None:
    row = QuotaRow(works_kind=kind, item=item, base="1")
    table = QuotaTable(id="Q", name="q", source="s", clause="c", in_force_on=date(2026, 1, 1), rows=(row,))
    with pytest.raises(Refused):
        room.do("put_quotas", table=table)


@pytest.mark.parametrize(
    ("usable", "unsized", "short"), [(5, (), 5), (10, (), 0), (99, (), 0), (5, ("W",), 5), (10, ("W",), None)]
)
def test_works_without_a_size_never_make_a_quota_met(usable: int, unsized: tuple[str, ...], short: int | None) -> None:
    need = Need(item="BAG", quantity=10, works=("V",), without_size=unsized, source="s", clause="c")
    assert Comparison(item="BAG", need=need, usable=usable, by_holder={Holder.OWN: usable}).shortfall == short
    item = Item(id="BAG", name="b", unit="条")
    assert str(required_told(item, need)) == ("at least 10 条" if unsized else "10 条")
    assert str(required_told(item, None)) == "no quota"


def test_an_incident_s_number_is_given_once(room: Room) -> None:
    room.do("open_incident", name="dike", id="I1")
    with pytest.raises(Refused, match="I1 is the incident dike already"):
        room.do("open_incident", name="sluice", id="I1")


def test_a_count_takes_only_its_own_places_and_a_burst_of_codes_never_breaks_it(room: Room) -> None:
    lot = room.receive("BAG", 10)
    session = room.do("open_count", name="c", places=("EAST",))
    for code in (lot.id, "STRANGE"):
        with pytest.raises(Refused, match="West store is not in this count"):
            room.count(session.id, code, "1", place="WEST")
        with pytest.raises(Refused, match="There is no place W9"):
            room.count(session.id, code, "1", place="W9")
    room.count(session.id, "L1L2" * 200, "9" * 900)
    (kept,) = room.store.all(UnresolvedCode)
    assert (len(kept.code), len(kept.typed)) == (120, 400)


def test_a_fourth_counter_neither_sees_nor_replaces_the_third_one_s_figure(room: Room) -> None:
    lot = room.receive("JACKET", 10)
    session = room.do("open_count", name="c", places=("EAST",))
    for person, typed in (("wang", "9"), ("zhao", "8"), ("sun", "10")):
        room.count(session.id, lot.id, typed, by=person)
    for replaces in (False, True):
        with pytest.raises(Refused, match="Sun has done the third count"):
            room.count(session.id, lot.id, "7", by="li", replaces=replaces)
    with pytest.raises(Refused, match="10 were counted here already, by Sun"):
        room.count(session.id, lot.id, "7", by="sun")


def test_a_blind_count_hides_the_first_of_two_figures_and_tells_the_rest_in_the_ledger_unit(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    jacket, wire = room.receive("JACKET", 10), room.receive("WIRE", 2500)
    session = room.do("open_count", name="c", places=("EAST",))
    room.count(session.id, jacket.id, "9")
    room.count(session.id, wire.id, "2.5")
    words = ["--store", str(room.store.folder), "stock", "count-show", session.id]
    assert spoken(words) == 0
    shown = capsys.readouterr().out
    assert "9 件" not in shown
    assert "second count by another" in shown
    assert "2.5 kg" in shown
    room.count(session.id, jacket.id, "9", by="zhao")
    spoken([*words, "--json"])
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert {line["item"]: line["counted"] for line in lines} == {"JACKET": 9, "WIRE": 2500}


def test_a_late_paper_is_read_with_the_packs_of_its_own_day(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    packs = (Pack(name="包", numerator=50), Pack(name="包", numerator=100, since=date(2026, 6, 20)))
    bag = room.store.get(Item, "BAG")
    assert bag is not None
    room.do("put_item", item=bag.changed(packs=packs, importance=Importance.B))
    words = ["--store", str(room.store.folder), "--as", "li", "stock", "receive", "BAG", "EAST", "2包"]
    assert spoken([*words, "--when", "2026-06-19T08:00"]) == 0
    assert "Received 100 条" in capsys.readouterr().out
    assert spoken(words) == 0
    assert "Received 200 条" in capsys.readouterr().out


def test_words_name_what_is_missing_and_where_goods_went_as_people_say_it(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    lot = room.receive("BAG", 10)
    room.issue("BAG", 1)
    words = ["--store", str(room.store.folder), "--as", "li", "stock"]
    spoken([*words, "papers"])
    assert "Receiver, Receiver's contact, Our contact, Approved by" in capsys.readouterr().out
    spoken([*words, "deliveries"])
    assert "Spec, Quality" in capsys.readouterr().out
    spoken([*words, "set-apart", lot.id, "EAST", "2"])
    assert capsys.readouterr().out == "Moved 2 条 to quarantine East store.\n"
    assert spoken([*words, "label", "lot", "NOPE", "x.svg"]) == 1
    assert "There is no lot NOPE" in capsys.readouterr().err


def test_what_expires_in_a_far_store_is_replaced_too(room: Room) -> None:
    room.do("put_place", place=Place(id="FAR", name="Far store", unit="HQ", reach_hours=99))
    room.receive("BAG", 7, place="FAR", until=date(2026, 6, 30))
    found = to_replenish(room.store, "HQ", room.clock.now(), ZONE)
    assert [(row.item, row.cause, row.quantity) for row in found] == [("BAG", Cause.EXPIRED, 7)]


@pytest.mark.parametrize(
    "words", [("list", "--item", "X"), ("list", "--place", "X"), ("quota", "X"), ("replenish", "X")]
)
def test_an_empty_table_is_never_the_answer_to_a_slip(
    room: Room, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert spoken(["--store", str(room.store.folder), "stock", *words]) == 1
    assert "There is no" in capsys.readouterr().err
