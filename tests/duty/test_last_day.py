"""Who leaves the office counts to the end of the last day: in the rota, in call rounds, at a check of the post."""

from __future__ import annotations

from datetime import date

import pytest

from floodready.duty.commands_log import begin_call_round, check_post, record_call
from floodready.duty.leaving import duties_left
from floodready.duty.models_shift import CallAnswer
from floodready.duty.roster import candidates, plan_of
from floodready.duty.views import who_is_on
from floodready.organisation.commands import retire_person
from floodready.organisation.models import Person
from floodready.refusal import Refused
from floodready.season.views import call_out_told
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at

TODAY, TOMORROW = date(2026, 7, 1), date(2026, 7, 2)


@pytest.fixture
def left(room: Room) -> Room:
    """Ding, who stands duty today until tomorrow at 8, leaves at the end of today."""
    ding = room.store.get(Person, "ding")
    assert ding is not None
    retire_person(room.store, room.by("he"), ding, on=TODAY)
    return room


def on(room: Room, text: str) -> set[str]:
    return {row.person for row in who_is_on(room.store, "U", at(text), SHANGHAI)}


def test_who_leaves_is_on_duty_to_midnight(left: Room) -> None:
    assert "ding" in on(left, "2026-07-01 23:59")
    assert "ding" not in on(left, "2026-07-02 00:00")
    assert plan_of(left.store, "U", SHANGHAI).left == {"ding": at("2026-07-02 00:00")}


def test_no_new_duty_is_offered(left: Room) -> None:
    found = candidates(left.store, "U", "officer", at("2026-07-01 12:00"), at("2026-07-01 13:00"), SHANGHAI)
    assert "ding" not in {one.person for one in found}


def test_who_leaves_is_in_the_round_of_the_last_day_and_is_called(left: Room) -> None:
    begun = begin_call_round(left.store, left.by("bo"), unit="U", today=TODAY)
    assert "ding" in begun.people
    number = left.store.get(Person, "ding").phones[0].number  # type: ignore[union-attr] # the fixture has it
    called = record_call(
        left.store, left.by("bo"), begun, person="ding", number=number, answer=CallAnswer.REACHED, today=TODAY
    )
    assert called.calls[0].answer is CallAnswer.REACHED
    left.later("2026-07-02 10:00")
    assert "ding" not in begin_call_round(left.store, left.by("bo"), unit="U", today=TOMORROW).people
    with pytest.raises(Refused, match="Ding has left"):
        begin_call_round(left.store, left.by("bo"), unit="U", today=TOMORROW, people=("ding",))


def test_a_round_waits_for_who_leaves_to_the_end_of_the_last_day(left: Room) -> None:
    begun = begin_call_round(left.store, left.by("bo"), unit="U", today=TODAY, people=("an", "ding"))
    one = record_call(
        left.store, left.by("bo"), begun, person="an", number="", answer=CallAnswer.NO_ANSWER, today=TODAY
    )
    assert one.finished_at is None
    again = record_call(
        left.store, left.by("bo"), one, person="an", number="", answer=CallAnswer.NO_ANSWER, today=TOMORROW
    )
    assert again.finished_at is not None


def test_who_leaves_is_called_out_to_the_end_of_the_last_day(left: Room) -> None:
    (told,) = call_out_told(left.store, ["ding"], TODAY)
    assert str(told).startswith("Ding: 139 ")
    (told,) = call_out_told(left.store, ["ding"], TOMORROW)
    assert str(told) == "! Ding: is not on the staff list any more"


def test_a_check_of_the_post_is_answered_by_who_leaves_today(left: Room) -> None:
    check = {"unit": "U", "method": "telephone", "on_site": True, "whom": "ding", "zone": SHANGHAI}
    assert not check_post(left.store, left.by("bo"), **check).missed  # type: ignore[arg-type] # the command's types
    left.later("2026-07-02 00:00")
    with pytest.raises(Refused, match="Ding has left"):
        check_post(left.store, left.by("bo"), **check)  # type: ignore[arg-type] # the command's own types


def test_only_turns_after_the_last_day_are_told_to_stand_empty(room: Room) -> None:
    told = duties_left(room.store, "hao", at("2026-07-01 10:00"), date(2026, 8, 2), SHANGHAI)
    assert told is None
    told = duties_left(room.store, "hao", at("2026-07-01 10:00"), date(2026, 7, 25), SHANGHAI)
    assert str(told).startswith("3 turns of the next month stand empty now")
