from __future__ import annotations

from datetime import date

import pytest

from floodready.duty.commands_log import (
    begin_call_round,
    change_follow_up,
    check_post,
    explain_check,
    finish_follow_up,
    record_call,
    write_log,
)
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.handover import open_items
from floodready.duty.models import StoodDuty
from floodready.duty.models_shift import CallAnswer, FollowUpState, LogEntry, LogKind
from floodready.duty.resolver import timeline
from floodready.duty.roster import leader_presence, plan_of
from floodready.duty.why import Cause
from floodready.organisation.models import Person
from floodready.rectification.models import Finding
from floodready.refusal import Refused
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at


def test_a_night_with_one_open_item_handed_over(room: Room) -> None:
    write_log(
        room.store,
        room.by("ding"),
        unit="U",
        kind=LogKind.DANGER,
        content="Seepage at dike 12",
        major=True,
        follow_up="Report to the city",
    )
    assert leader_presence(room.store, "U", room.clock.instant, SHANGHAI).on_site
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    assert (begun.outgoing, begun.incoming, begun.entries) == (("an", "ding", "fang"), ("bo", "geng", "hao"), 1)
    with pytest.raises(Refused, match="Report to the city"):
        sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    (item,) = open_items(room.store, "U")
    change_follow_up(room.store, room.by("ding"), item, owner="geng", due_at=at("2026-07-02 12:00"))
    signed = sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    with pytest.raises(Refused, match="both sides"):
        sign_handover(room.store, room.by("ding"), signed, outgoing=False, zone=SHANGHAI)
    done = sign_handover(room.store, room.by("geng"), signed, outgoing=False, zone=SHANGHAI)
    assert done.completed_at == room.clock.instant
    assert {duty.person for duty in room.store.all(StoodDuty)} == {"an", "ding", "fang"}
    assert [entry.id for entry in open_items(room.store, "U")] == [item.id], "it stays open across shifts"


def test_who_stood_is_a_fact_after_the_handover(room: Room) -> None:
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    signed = sign_handover(room.store, room.by("fang"), begun, outgoing=True, zone=SHANGHAI)
    sign_handover(room.store, room.by("hao"), signed, outgoing=False, zone=SHANGHAI)
    line = timeline(plan_of(room.store, "U", SHANGHAI), at("2026-07-01 08:00"), at("2026-07-03 08:00"))
    assert {s.why.cause for s in line.spans if s.start < at("2026-07-02 08:00")} == {Cause.STOOD}
    with pytest.raises(Refused, match="already"):
        begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)


def test_the_log_only_grows(room: Room) -> None:
    first = write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="The gate is open")
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.NOTE, content="The gate is shut", corrects=first.id)
    assert [entry.content for entry in room.store.all(LogEntry)] == ["The gate is open", "The gate is shut"]
    with pytest.raises(Refused, match="no log line"):
        write_log(room.store, room.by("ding"), unit="U", kind=LogKind.NOTE, content="x", corrects="D9999")


def test_a_follow_up_is_closed_with_its_result(room: Room) -> None:
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Pump asked for", follow_up="Send it")
    (item,) = open_items(room.store, "U")
    with pytest.raises(Refused):
        finish_follow_up(room.store, room.by("ding"), item, result=" ")
    done = finish_follow_up(room.store, room.by("ding"), item, result="Sent with van 3")
    assert done.state is FollowUpState.DONE
    assert open_items(room.store, "U") == []


@pytest.mark.parametrize(
    ("whom", "rings", "on_site", "forwarded", "missed"),
    [
        ("ding", 5, True, False, False),
        ("ding", 6, True, False, True),
        ("ding", 2, False, False, True),
        ("ding", 2, True, True, True),
        (None, None, False, False, True),
    ],
)
def test_a_post_check_is_missed_by_the_rules(
    room: Room, whom: str | None, rings: int | None, on_site: bool, forwarded: bool, missed: bool
) -> None:
    check = check_post(
        room.store,
        room.by("bo"),
        unit="U",
        method="telephone",
        whom=whom,
        rings=rings,
        on_site=on_site,
        zone=SHANGHAI,
        forwarded=forwarded,
    )
    assert check.missed is missed


def test_a_miss_waits_for_a_written_explanation(room: Room) -> None:
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    (record,) = room.store.all(Finding)
    assert (record.source_ref, record.deadline_on) == (f"duty.post_checks/{check.id}", date(2026, 7, 2))
    assert explain_check(room.store, room.by("an"), check, explanation="The line was cut").explained_by == "an"


def test_a_reached_number_is_verified_by_the_call_round(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", people=("an", "ding"))
    an = room.store.get(Person, "an")
    assert an is not None
    today = at("2026-07-01 10:00").astimezone(SHANGHAI).date()
    one = record_call(
        room.store,
        room.by("bo"),
        begun,
        person="an",
        number=an.phones[0].number,
        answer=CallAnswer.REACHED,
        today=today,
    )
    assert one.finished_at is None
    with pytest.raises(Refused, match="Geng is not in this round"):
        record_call(room.store, room.by("bo"), one, person="geng", number="1", answer=CallAnswer.NO_ANSWER, today=today)
    called = room.store.get(Person, "an")
    assert called is not None
    assert called.phones[0].verified_on == today
    two = record_call(
        room.store, room.by("bo"), one, person="ding", number="1", answer=CallAnswer.NO_ANSWER, today=today
    )
    assert two.finished_at is not None


def test_before_the_first_hand_over_it_is_said_when_it_comes(room: Room) -> None:
    with pytest.raises(Refused, match="It hands over at 2026-07-02 08:00"):
        begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
