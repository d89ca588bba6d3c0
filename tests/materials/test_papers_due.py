"""Papers and their clocks: verbal orders, filing, the acceptance of deliveries; and places due for a count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.materials.count_due import CountCause, CountDue, next_count
from floodready.materials.models import MaterialSettings
from floodready.materials.models_papers import Delivery
from floodready.materials.views_due import PaperTask, papers_due, places_due
from floodready.refusal import Refused
from floodready.season.models import Season
from floodready.tui.screens.clocks import clock_notes
from tests.materials.conftest import ZONE, Room

WHO = {"receiver": "r", "receiver_contact": "1", "sender_contact": "2", "approver": "a"}


def tasks(room: Room) -> list[tuple[PaperTask, str]]:
    room.store.refresh()
    return [(row.task, row.due_at.isoformat()) for row in papers_due(room.store, ZONE)]


def test_a_verbal_order_is_completed_within_48_hours_and_its_paper_filed_within_two_working_days(room: Room) -> None:
    room.receive("BAG", 100, opening=True)
    paper = room.issue("BAG", 10)
    assert tasks(room) == [(PaperTask.COMPLETE, "2026-07-03T01:00:00+00:00")]
    with pytest.raises(Refused, match="not complete"):
        room.do("file_paper", zone=ZONE, paper=paper.id)
    with pytest.raises(Refused, match="Receiver's contact"):
        room.do("complete_paper", paper=paper.id, **{**WHO, "receiver_contact": ""})
    room.do("complete_paper", paper=paper.id, **WHO)
    assert tasks(room) == [(PaperTask.FILE, "2026-07-03T16:00:00+00:00")]
    for day in (date(2026, 6, 30), date(2026, 7, 2)):
        with pytest.raises(Refused, match="between 2026-07-01 and 2026-07-01"):
            room.do("file_paper", zone=ZONE, paper=paper.id, filed_on=day)
    assert room.do("file_paper", zone=ZONE, paper=paper.id).filed_on == date(2026, 7, 1)
    assert tasks(room) == []
    with pytest.raises(Refused, match="was filed on"):
        room.do("file_paper", zone=ZONE, paper=paper.id)


def test_a_delivery_is_checked_in_quantity_spec_and_quality_and_reported_in_five_working_days(room: Room) -> None:
    room.receive("BAG", 100)
    (delivery,) = room.store.all(Delivery)
    (row,) = papers_due(room.store, ZONE)
    assert (row.task, row.told, row.missing) == (PaperTask.REPORT, "100 条", ("spec_checked", "quality_checked"))
    assert row.due_at == datetime(2026, 7, 8, 16, tzinfo=UTC)
    with pytest.raises(Refused, match="Still to be checked: Spec, Quality"):
        room.do("accept_delivery", zone=ZONE, delivery=delivery.id, reported=True)
    room.do("accept_delivery", zone=ZONE, delivery=delivery.id, spec_checked=True, note="5 of 100 weighed")
    done = room.do("accept_delivery", zone=ZONE, delivery=delivery.id, quality_checked=True, reported=True)
    assert (done.unchecked(), done.note, done.reported_on) == ((), "5 of 100 weighed", date(2026, 7, 1))
    assert tasks(room) == []
    with pytest.raises(Refused, match="was reported on"):
        room.do("accept_delivery", zone=ZONE, delivery=delivery.id, note="more")


def test_an_opening_balance_is_no_delivery_and_both_clocks_may_be_switched_off(room: Room) -> None:
    settings = MaterialSettings(acceptance_working_days=None, filing_working_days=None)
    room.do("set_figures", settings=settings)
    room.receive("RING", 5, opening=True)
    assert room.store.count(Delivery) == 0
    room.receive("BAG", 100)
    room.issue("BAG", 10, **WHO)
    assert tasks(room) == []
    assert room.store.get(MaterialSettings, "materials") == settings


def test_the_board_shows_the_clocks_and_how_many_places_are_overdue(room: Room) -> None:
    room.receive("BAG", 100)
    room.issue("BAG", 10, **WHO)
    told = [(str(note.text), note.due_at) for note in clock_notes(room.store, room.clock.now(), ZONE)]
    assert told[0][0].startswith("! file the issue paper P")
    assert told[1][0].startswith("! report the acceptance A")
    assert told[2] == ("1 place is overdue for a count", None)


def test_a_place_is_due_a_month_after_its_oldest_lot_was_counted(room: Room) -> None:
    bags = room.receive("BAG", 100)
    (row,) = places_due(room.store, room.clock.now(), ZONE)
    assert (row.place, row.never_counted, row.due_on, row.overdue) == ("EAST", 1, None, True)
    session = room.do("open_count", name="July", places=("EAST",))
    room.count(session.id, bags.id, "100")
    room.do("post_count", zone=ZONE, session=session.id, reasons={})
    (row,) = places_due(room.store, room.clock.now(), ZONE)
    assert (row.due_on, row.cause, row.overdue) == (date(2026, 8, 1), CountCause.INTERVAL, False)
    (row,) = places_due(room.store, room.clock.now() + timedelta(days=32), ZONE)
    assert row.overdue
    room.issue("BAG", 10, occurred_at=room.clock.now() + timedelta(minutes=1))
    (row,) = places_due(room.store, room.clock.now(), ZONE)
    assert row.last_on == date(2026, 7, 1), "only counts move “last really counted”"


def test_an_office_with_longer_intervals_still_counts_before_the_season(room: Room) -> None:
    bags = room.receive("BAG", 100)
    session = room.do("open_count", name="July", places=("EAST",))
    room.count(session.id, bags.id, "100")
    room.do("post_count", zone=ZONE, session=session.id, reasons={})
    room.do("set_figures", settings=MaterialSettings(count_days=365))
    season = Season(id="S", unit="HQ", name="flood", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 1))
    with room.store.transaction(room.act(), "demo.build") as tx:
        tx.put(season)
    (row,) = places_due(room.store, room.clock.now(), ZONE)
    assert (row.due_on, row.cause) == (date(2026, 8, 31), CountCause.SEASON)


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(1, 400), st.lists(DAYS, max_size=3), st.one_of(st.none(), st.integers(1, 100)))
def test_a_count_is_never_due_later_than_the_interval_and_a_later_count_never_falls_due_earlier(
    last: date, interval: int, starts: list[date], before: int | None
) -> None:
    due = next_count(last, interval, starts, before)
    assert due.due_on is not None
    assert due.due_on <= last + timedelta(interval)
    later = next_count(last + timedelta(1), interval, starts, before)
    assert later.due_on is not None
    assert later.due_on >= due.due_on


def test_what_was_never_counted_is_due_at_once() -> None:
    due = next_count(None, 31, [], 31)
    assert due == CountDue(due_on=None, cause=CountCause.NEVER)
    assert due.overdue(date(2026, 7, 1))
