from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from floodready.command import undo_entry
from floodready.duty.call_round import round_rows
from floodready.duty.commands import override, publish_rota
from floodready.duty.commands_log import (
    accept_explanation,
    begin_call_round,
    change_follow_up,
    check_post,
    explain_check,
    finish_follow_up,
    record_call,
    write_log,
)
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.handover import first_unsigned, loose_ends, open_items
from floodready.duty.handover_told import handover_told
from floodready.duty.models import OverrideKind, StoodDuty
from floodready.duty.models_shift import CallAnswer, CallRound, FollowUp, FollowUpState, LogEntry, LogKind, PostCheck
from floodready.duty.resolver import timeline
from floodready.duty.roster import leader_presence, plan_of
from floodready.duty.why import Cause
from floodready.organisation.commands import add_unit, change_person, retire_person
from floodready.organisation.models import Chain, Person, Phone, UnitKind
from floodready.rectification.models import Finding
from floodready.rectification.states import State
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.season.commands import add_reading, add_station
from floodready.season.models import StationKind
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation


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


def test_both_sides_sign_at_two_terminals_at_once(room: Room) -> None:
    """Each has the handover before it as it was begun; neither signature undoes the other."""
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    done = sign_handover(room.store, room.by("geng"), begun, outgoing=False, zone=SHANGHAI)
    assert (done.signed_out_by, done.signed_in_by) == ("ding", "geng")
    assert {duty.person for duty in room.store.all(StoodDuty)} == {"an", "ding", "fang"}


def test_who_works_on_at_another_terminal_is_told_who_has_signed_meanwhile(room: Room) -> None:
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    signed = sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    with pytest.raises(Refused, match=r"Ding has signed for this side already, 2026-07-02 08:05\."):
        sign_handover(room.store, room.by("fang"), begun, outgoing=True, zone=SHANGHAI)
    with pytest.raises(Refused, match=r"sides\. One of these signs for the other: Bo, Geng, Hao\."):
        sign_handover(room.store, room.by("ding"), signed, outgoing=False, zone=SHANGHAI)
    sign_handover(room.store, room.by("geng"), signed, outgoing=False, zone=SHANGHAI)
    with pytest.raises(Refused, match=r"Geng has signed for this side already"):
        sign_handover(room.store, room.by("ding"), signed, outgoing=False, zone=SHANGHAI)


def test_the_log_only_grows(room: Room) -> None:
    first = write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="The gate is open")
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.NOTE, content="The gate is shut", corrects=first.id)
    assert [entry.content for entry in room.store.all(LogEntry)] == ["The gate is open", "The gate is shut"]
    with pytest.raises(Refused, match="no log line"):
        write_log(room.store, room.by("ding"), unit="U", kind=LogKind.NOTE, content="x", corrects="D9999")


def test_a_line_of_another_unit_is_not_corrected(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="V", name="County", kind=UnitKind.COUNTY, parent="U")
    first = write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="The gate is open")
    with pytest.raises(Refused, match="no log line"):
        write_log(room.store, room.by("ding"), unit="V", kind=LogKind.NOTE, content="x", corrects=first.id)


def hand_over(room: Room, out: str = "ding", to: str = "geng") -> None:
    begun = begin_handover(room.store, room.by(out), unit="U", zone=SHANGHAI)
    signed = sign_handover(room.store, room.by(out), begun, outgoing=True, zone=SHANGHAI)
    sign_handover(room.store, room.by(to), signed, outgoing=False, zone=SHANGHAI)


def test_the_log_of_a_shift_that_is_handed_over_takes_corrections_only(room: Room) -> None:
    first = write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="The gate is open")
    room.later("2026-07-02 08:05")
    night, morning = at("2026-07-02 03:00"), at("2026-07-02 08:02")
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="late", at=night)
    hand_over(room)
    with pytest.raises(Refused, match="closed"):
        write_log(room.store, room.by("geng"), unit="U", kind=LogKind.CALL, content="too late", at=night)
    write_log(room.store, room.by("geng"), unit="U", kind=LogKind.CALL, content="shut", at=night, corrects=first.id)
    write_log(room.store, room.by("geng"), unit="U", kind=LogKind.CALL, content="of the new shift", at=morning)
    with pytest.raises(Refused, match="not come yet"):
        write_log(room.store, room.by("geng"), unit="U", kind=LogKind.CALL, content="x", at=at("2026-07-02 08:06"))
    assert len(list(room.store.all(LogEntry))) == 4


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"owner": "geng"}, "what is still to be done"),
        ({"due_at": at("2026-07-01 12:00")}, "what is still to be done"),
        ({"major": True}, "A major danger stays open"),
        ({"follow_up": "Send it", "due_at": at("2026-06-01 12:00")}, "before it happened"),
        ({"handler": "nobody"}, "no person nobody"),
    ],
)
def test_nothing_that_was_typed_is_dropped_in_silence(room: Room, more: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        write_log(room.store, room.by("ding"), unit="U", kind=LogKind.DANGER, content="Seepage", **more)
    assert not list(room.store.all(LogEntry))


def test_a_line_with_its_result_is_closed_by_it(room: Room) -> None:
    line = write_log(
        room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Asks for the level", handler="ding",
        instruction="Tell them hourly", result="Told",
    )  # fmt: skip
    assert (line.instruction, line.handler, line.closed_at) == ("Tell them hourly", "ding", room.clock.instant)


def test_what_is_done_is_done_once(room: Room) -> None:
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Pump asked for", follow_up="Send it")
    (item,) = open_items(room.store, "U")
    done = finish_follow_up(room.store, room.by("ding"), item, result="Sent with van 3")
    with pytest.raises(Refused, match="done already"):
        finish_follow_up(room.store, room.by("ding"), done, result="Sent with van 4")
    with pytest.raises(Refused, match="done already"):
        change_follow_up(room.store, room.by("ding"), done, owner="geng")


def test_an_item_of_somebody_who_left_lacks_its_owner(room: Room) -> None:
    write_log(
        room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Pump asked for", follow_up="Send it",
        owner="lu", due_at=at("2026-07-02 12:00"),
    )  # fmt: skip
    assert not loose_ends(room.store, "U")
    lu = room.store.get(Person, "lu")
    assert lu is not None
    retire_person(room.store, room.by("he"), lu, on=date(2026, 7, 1))
    assert [item.owner for item in loose_ends(room.store, "U")] == ["lu"]


def test_only_the_shift_signs_unless_somebody_else_says_why(room: Room) -> None:
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    with pytest.raises(Refused, match=r"Jia is not on that shift. One of them signs: An, Ding, Fang"):
        sign_handover(room.store, room.by("jia"), begun, outgoing=True, zone=SHANGHAI)
    signed = sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    with pytest.raises(Refused, match="Ding has signed for this side already, 2026-07-02 08:05"):
        sign_handover(room.store, room.by("fang"), signed, outgoing=True, zone=SHANGHAI)
    with pytest.raises(Refused, match=r"The handover of 2026-07-02 08:00 is open already\. To sign: the incoming side"):
        begin_handover(room.store, room.by("fang"), unit="U", zone=SHANGHAI)
    with pytest.raises(Refused, match="Fang is not on that shift"):
        sign_handover(room.store, room.by("fang"), signed, outgoing=False, zone=SHANGHAI)
    done = sign_handover(room.store, room.by("jia", "Geng is ill"), signed, outgoing=False, zone=SHANGHAI)
    assert done.completed_at is not None
    with pytest.raises(Refused, match="next hands over at 2026-07-03 08:00"):
        begin_handover(room.store, room.by("geng"), unit="U", zone=SHANGHAI)


def test_the_last_figure_of_each_station_is_read_out_at_the_handover(room: Room) -> None:
    add_station(room.store, room.by("he"), id="hyk", name="Huayuankou", unit="U", kind=StationKind.DISCHARGE)
    read = room.clock.instant
    add_reading(room.store, room.by("ding"), station="hyk", measured_at=read, value=4_250_000)
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    assert [figure.text for figure in begun.figures] == ["4,250 m³/s (2026-07-01 10:00)"]
    told = [str(sentence) for sentence in handover_told(room.store, begun, SHANGHAI)]
    assert "Huayuankou: 4,250 m³/s (2026-07-01 10:00)" in told


def test_a_round_is_finished_though_somebody_left_in_the_midst_of_it(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an", "ding"))
    ding = room.store.get(Person, "ding")
    assert ding is not None
    retire_person(room.store, room.by("he"), ding, on=date(2026, 6, 30))
    done = record_call(
        room.store, room.by("bo"), begun, person="an", number="", answer=CallAnswer.NO_ANSWER, today=date(2026, 7, 1)
    )
    assert done.finished_at == room.clock.instant


def test_who_does_not_answer_is_called_under_the_next_number(room: Room) -> None:
    an = room.store.get(Person, "an")
    assert an is not None
    numbers = [an.phones[0].number, "0371 22"]
    change_person(room.store, room.by("he"), an, phones=(*an.phones, Phone(number="0371 22")))
    held = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an",))

    def call(held: CallRound, answer: CallAnswer) -> CallRound:
        (row,) = round_rows(room.store, held)
        return record_call(
            room.store, room.by("bo"), held, person="an", number=row.number, answer=answer, today=date(2026, 7, 1)
        )

    def row(held: CallRound) -> tuple[str, str]:
        (found,) = round_rows(room.store, held)
        return found.number, str(found.told or "")

    assert row(held) == (numbers[0], "")
    held = call(held, CallAnswer.NO_ANSWER)
    assert row(held) == (numbers[1], "no answer; 1 number to try")
    silent = call(held, CallAnswer.WRONG_NUMBER)
    assert row(silent) == (numbers[0], "wrong number"), "all were tried: begin at the first again"
    assert row(call(silent, CallAnswer.REACHED)) == (numbers[0], "reached")


def test_nobody_is_reached_under_a_number_that_is_not_theirs(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an",))
    with pytest.raises(Refused, match="An has no number 110"):
        record_call(
            room.store, room.by("bo"), begun, person="an", number="110", answer=CallAnswer.REACHED,
            today=date(2026, 7, 1),
        )  # fmt: skip


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


def test_an_accepted_explanation_closes_the_record_that_asked_for_it(room: Room) -> None:
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    with pytest.raises(Refused, match="not explained yet"):
        accept_explanation(room.store, room.by("cui"), check, zone=SHANGHAI)
    explained = explain_check(room.store, room.by("ding"), check, explanation="The line was cut")
    (record,) = room.store.all(Finding)
    assert (record.state, record.progress[-1].text, record.progress[-1].by) == (
        State.FOUND,
        "The line was cut",
        "ding",
    )
    with pytest.raises(NotAllowed):
        accept_explanation(room.store, room.by("fang"), explained, zone=SHANGHAI)
    accepted = accept_explanation(room.store, room.by("cui"), explained, zone=SHANGHAI)
    assert accepted.accepted_by == "cui"
    (record,) = room.store.all(Finding)
    (turn,) = record.rounds
    assert (record.state, record.closed_on) == (State.CLOSED, date(2026, 7, 1))
    assert (turn.submitted_by, turn.result, turn.checked_by) == ("ding", "The line was cut", "cui")
    assert "explanation" in turn.conclusion
    with pytest.raises(Refused, match="accepted"):
        explain_check(room.store, room.by("ding"), accepted, explanation="It was not")
    with pytest.raises(Refused, match="accepted"):
        accept_explanation(room.store, room.by("bo"), accepted, zone=SHANGHAI)


def test_whoever_explained_does_not_accept_it(room: Room) -> None:
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    explained = explain_check(room.store, room.by("an"), check, explanation="The line was cut")
    with pytest.raises(Refused, match="Another person"):
        accept_explanation(room.store, room.by("an"), explained, zone=SHANGHAI)


def test_the_head_who_owes_the_explanation_does_not_accept_it(room: Room) -> None:
    with room.store.transaction(room.by("he"), "chain") as tx:
        tx.put(Chain(id="U", responsible="an"))
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    explained = explain_check(room.store, room.by("ding"), check, explanation="The line was cut")
    with pytest.raises(Refused, match="An owes this explanation"):
        accept_explanation(room.store, room.by("an"), explained, zone=SHANGHAI)


def test_taking_the_acceptance_back_opens_the_record_again(room: Room) -> None:
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    explained = explain_check(room.store, room.by("an"), check, explanation="The line was cut")
    accept_explanation(room.store, room.by("cui"), explained, zone=SHANGHAI)
    undo_entry(room.store, room.by("cui"), list(room.store.entries())[-1])
    (record,) = room.store.all(Finding)
    assert (record.state, record.rounds) == (State.FOUND, ())
    held = room.store.get(PostCheck, check.id)
    assert held is not None
    assert held.accepted_by is None


def test_a_reached_number_is_verified_by_the_call_round(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an", "ding"))
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


def test_a_rota_changed_in_the_midst_of_a_turn_hands_over_at_its_hours_only(room: Room) -> None:
    room.later("2026-07-01 14:00")
    rotations = (rotation("leader", "bo cui an"), rotation("officer", "geng+hao jia+kong ding+fang"))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=room.clock.instant, rotations=rotations)
    assert first_unsigned(plan_of(room.store, "U", SHANGHAI), ()) == at("2026-07-02 08:00")
    with pytest.raises(Refused, match="It hands over at 2026-07-02 08:00"):
        begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)

    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("geng"), unit="U", zone=SHANGHAI)
    assert (begun.shift_from_at, begun.due_at) == (at("2026-07-01 08:00"), at("2026-07-02 08:00"))
    assert begun.outgoing == ("an", "bo", "ding", "fang", "geng", "hao"), "whoever stood a part of it goes through it"
    signed = sign_handover(room.store, room.by("geng"), begun, outgoing=True, zone=SHANGHAI)
    sign_handover(room.store, room.by("jia"), signed, outgoing=False, zone=SHANGHAI)
    stood = {(duty.person, duty.from_at, duty.until_at) for duty in room.store.all(StoodDuty)}
    assert ("an", at("2026-07-01 08:00"), at("2026-07-01 14:00")) in stood
    assert ("bo", at("2026-07-01 14:00"), at("2026-07-02 08:00")) in stood


def test_whoever_steps_in_for_some_hours_makes_no_handover_of_them(room: Room) -> None:
    override(room.store, room.by("pan", "dentist"), unit="U", post="officer", kind=OverrideKind.REPLACE, person="ding",
             by="lu", from_at=at("2026-07-01 14:00"), until_at=at("2026-07-01 17:00"), zone=SHANGHAI)  # fmt: skip
    assert first_unsigned(plan_of(room.store, "U", SHANGHAI), ()) == at("2026-07-02 08:00")


def test_two_callers_of_one_round_divide_it_between_them(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an", "ding"))
    today = date(2026, 7, 1)
    for caller, person in (("bo", "an"), ("ding", "ding")):
        both = record_call(
            room.store, room.by(caller), begun, person=person, number="", answer=CallAnswer.NO_ANSWER, today=today
        )
    assert [call.person for call in both.calls] == ["an", "ding"]
    assert both.finished_at is not None


def test_who_called_somebody_that_a_colleague_has_just_called_is_told(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), people=("an", "ding"))
    today = date(2026, 7, 1)
    first = record_call(
        room.store, room.by("bo"), begun, person="an", number="", answer=CallAnswer.NO_ANSWER, today=today
    )
    with pytest.raises(Superseded, match=r"Bo noted at 2026-07-01 \d\d:\d\d that An was called: no answer"):
        record_call(
            room.store, room.by("ding"), begun, person="an", number="", answer=CallAnswer.WRONG_NUMBER, today=today
        )
    again = record_call(
        room.store, room.by("ding"), first, person="an", number="", answer=CallAnswer.WRONG_NUMBER, today=today
    )
    assert len(again.calls) == 2, "called once more on purpose"


def test_of_two_who_begin_a_round_at_once_the_second_is_told_of_the_first(room: Room) -> None:
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1), seen=())
    with pytest.raises(Superseded, match=rf"Bo began call round {begun.id} at"):
        begin_call_round(room.store, room.by("ding"), unit="U", today=date(2026, 7, 1), seen=())
    assert room.store.count(CallRound) == 1
    begin_call_round(room.store, room.by("ding"), unit="U", today=date(2026, 7, 1), seen=(begun,))


def test_open_items_stand_in_the_order_in_which_they_are_due_and_those_without_a_time_last(room: Room) -> None:
    for task, due in (("c", None), ("b", at("2026-07-03 12:00")), ("a", at("2026-07-02 12:00"))):
        write_log(
            room.store, room.by("ding"), unit="U", kind=LogKind.DANGER, content="x", follow_up=task, owner="geng",
            due_at=due,
        )  # fmt: skip
    assert [item.task for item in open_items(room.store, "U")] == ["a", "b", "c"]
    assert [item.task for item in loose_ends(room.store, "U")] == ["c"]


def test_an_open_item_without_a_state_is_a_loose_end_and_those_due_at_once_stand_by_their_number(room: Room) -> None:
    for task in ("a", "b"):
        write_log(
            room.store, room.by("ding"), unit="U", kind=LogKind.DANGER, content="x", follow_up=task, owner="geng",
            due_at=at("2026-07-02 12:00"),
        )  # fmt: skip
    first, second = sorted(room.store.all(FollowUp), key=lambda item: item.id)
    assert open_items(room.store, "U") == [first, second]
    assert loose_ends(room.store, "U") == []
    with room.store.transaction(room.by("ding"), "test") as tx:
        tx.put(first.changed(state=None))
    assert [item.id for item in loose_ends(room.store, "U")] == [first.id]
