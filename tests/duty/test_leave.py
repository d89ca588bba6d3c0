"""Leave as it is entered: what it leaves open is told with its times, and the same leave is not entered twice."""

from __future__ import annotations

import pytest

from floodready.duty.commands import enter_leave, override, withdraw_leave
from floodready.duty.coverage import gaps
from floodready.duty.leave_told import leave_receipt, leave_told
from floodready.duty.models import Leave, OverrideKind
from floodready.duty.roster import plan_of
from floodready.duty.views import gap_rows
from floodready.refusal import Refused
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at

START, END = "2026-07-04 08:00", "2026-07-05 08:00"


def away(room: Room, person: str, start: str = START, end: str = END) -> Leave:
    return enter_leave(room.store, room.by(person), person=person, from_at=at(start), until_at=at(end))


def told(room: Room, leave: Leave) -> list[str]:
    return [str(sentence) for sentence in leave_told(room.store, leave, SHANGHAI)]


def test_leave_tells_each_gap_with_its_times(room: Room) -> None:
    made = away(room, "ding", end="2026-07-08 00:00")
    receipt = str(leave_receipt(room.store, made, SHANGHAI))
    assert receipt == f"Leave {made.id} is entered. It leaves 2 gaps; press a to see them."
    assert told(room, made) == [
        f"Leave {made.id} is entered.",
        "Duty officer, 2026-07-04 08:00 to 2026-07-05 08:00: Ding is on leave and not replaced",
        "Duty officer, 2026-07-07 08:00 to 2026-07-08 00:00: Ding is on leave and not replaced",
    ]


def test_leave_off_duty_says_that_it_leaves_no_gap(room: Room) -> None:
    made = away(room, "lu")
    assert told(room, made) == [f"Leave {made.id} is entered.", "It leaves no gap."]


def test_two_on_leave_at_once_are_both_named(room: Room) -> None:
    away(room, "ding")
    second = away(room, "fang")
    (row,) = gap_rows(room.store, "U", at(START), at(END), SHANGHAI)
    assert (row.missing, str(row.cause)) == (2, "Ding, Fang are on leave and not all replaced")
    assert "Fang are on leave" in told(room, second)[1]


def test_the_gap_is_cut_where_the_second_goes_on_leave(room: Room) -> None:
    away(room, "ding")
    away(room, "fang", start="2026-07-04 20:00")
    found = gaps(plan_of(room.store, "U", SHANGHAI), at(START), at(END))
    assert [(gap.end, gap.missing, gap.people) for gap in found] == [
        (at("2026-07-04 20:00"), 1, ("ding",)),
        (at(END), 2, ("ding", "fang")),
    ]


def test_leave_of_the_leader_in_charge_is_told_and_filled(room: Room) -> None:
    made = away(room, "an")
    assert told(room, made)[1:] == [
        "Leader in charge, 2026-07-04 08:00 to 2026-07-05 08:00: An is on leave and not replaced"
    ]
    add = {"kind": OverrideKind.ADD, "from_at": at(START), "until_at": at(END), "zone": SHANGHAI}
    override(room.store, room.by("pan", "asked by phone"), unit="U", post="leader", by="cui", despite=True, **add)  # type: ignore[arg-type] # values of the command's own types
    assert told(room, made)[1:] == ["It leaves no gap."]


def test_the_same_leave_is_not_entered_twice(room: Room) -> None:
    first = away(room, "ding", end="2026-07-08 00:00")
    with pytest.raises(Refused, match=rf"Ding is on leave for all of that time already: {first.id}"):
        away(room, "ding")
    withdraw_leave(room.store, room.by("ding"), first)
    away(room, "ding")


def test_leave_that_overlaps_another_names_it(room: Room) -> None:
    first = away(room, "ding")
    second = away(room, "ding", start="2026-07-04 20:00", end="2026-07-06 08:00")
    assert told(room, second)[-1] == (
        f"It overlaps leave {first.id}, {START} to {END}: who takes one back is still away for the other."
    )
