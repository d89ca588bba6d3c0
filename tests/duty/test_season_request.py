"""What the generator is asked for: turns at the post's hours, people, leave, wishes, history, the published rota."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from floodready.duty.commands import enter_leave, publish_rota, wish
from floodready.duty.fairness import TimeClass
from floodready.duty.models import TurnUnit
from floodready.duty.proposal import Request
from floodready.duty.season_request import request_of
from floodready.refusal import Refused
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation

START, UNTIL = at("2026-07-10 08:00"), at("2026-07-14 08:00")
DAY = timedelta(days=1)


def asked(room: Room, start: datetime = START, until: datetime = UNTIL, seats: int | None = None) -> Request:
    return request_of(room.store, "U", "officer", start, until, seats, SHANGHAI, room.clock.instant)


def test_turns_are_cut_at_the_post_s_hours_and_at_both_ends(room: Room) -> None:
    slots = asked(room, START - timedelta(hours=2)).slots
    assert [(slot.start, slot.end) for slot in slots] == [
        (START - timedelta(hours=2), START), *((START + n * DAY, START + (n + 1) * DAY) for n in range(4)),
    ]  # fmt: skip
    kinds = [slot.time_class for slot in slots[1:]]
    assert kinds == [TimeClass.ORDINARY, TimeClass.WEEKEND, TimeClass.WEEKEND, TimeClass.ORDINARY]


def test_turns_of_twelve_hours_stay_turns_of_twelve_hours(room: Room) -> None:
    hourly = rotation("officer", "ding+fang geng+hao jia+kong", unit=TurnUnit.HOURS, length=12)
    since = at("2026-07-02 08:00")
    publish_rota(
        room.store, room.by("pan"), unit="U", since_at=since, rotations=(rotation("leader", "an bo cui"), hourly)
    )
    slots = asked(room).slots
    assert [slot.end - slot.start for slot in slots] == [timedelta(hours=12)] * 8
    assert [slot.time_class for slot in slots[:2]] == [TimeClass.ORDINARY, TimeClass.NIGHT]


def test_people_seats_leave_and_wishes_are_those_of_the_post(room: Room) -> None:
    enter_leave(room.store, room.by("ding"), person="ding", from_at=START, until_at=START + DAY)
    wish(room.store, room.by("fang"), person="fang", on=date(2026, 7, 12))
    wish(room.store, room.by("an"), person="an", on=date(2026, 7, 12))
    found = asked(room)
    assert found.people == ("ding", "fang", "geng", "hao", "jia", "kong", "lu", "pan")
    assert (found.seats, found.rest) == (2, timedelta(hours=24))
    assert asked(room, seats=3).seats == 3
    assert found.wishes == {("fang", 2)}
    assert [found.may("ding", number) for number in range(4)] == [False, True, True, True]
    assert found.names["fang"] == "Fang"


def test_what_is_published_and_what_was_stood_last_season_are_known(room: Room) -> None:
    found = asked(room)
    pairs = [{"ding", "fang"}, {"geng", "hao"}, {"jia", "kong"}]
    assert [set(found.published[number]) for number in range(4)] == [pairs[(9 + number) % 3] for number in range(4)]
    # From 1 to 9 July each pair stood three turns; of the weekend of the 4th and 5th the first and the second one.
    counted = {person: sum(n for (who, _), n in found.history.items() if who == person) for person in found.people}
    assert counted == {**dict.fromkeys(["ding", "fang", "geng", "hao", "jia", "kong"], 3), "lu": 0, "pan": 0}
    assert {who for who, kind in found.history if kind is TimeClass.WEEKEND} == pairs[0] | pairs[1]


def test_a_season_that_began_and_another_unit_s_post_are_refused(room: Room) -> None:
    with pytest.raises(Refused, match="cannot change the past"):
        asked(room, at("2026-07-01 08:00"))
    with pytest.raises(Refused):
        request_of(room.store, "V", "officer", START, UNTIL, None, SHANGHAI, room.clock.instant)
