from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from floodready.command import undo_entry
from floodready.duty.commands import (
    add_temporary_rota,
    change_settings,
    enter_leave,
    override,
    publish_rota,
    withdraw_override,
)
from floodready.duty.commands_shift import begin_handover
from floodready.duty.commands_swap import answer_swap, approve_swap, ask_swap, withdraw_swap
from floodready.duty.coverage import GapReason, gaps
from floodready.duty.handover import first_unsigned
from floodready.duty.models import DutySettings, Leg, LevelNeed, OverrideKind, Rota, Rotation, Swap, SwapState
from floodready.duty.plan import Plan
from floodready.duty.resolver import on_duty, timeline
from floodready.duty.roster import candidates, leader_presence, plan_of
from floodready.organisation.commands import add_post, add_unit, change_post, retire_person
from floodready.organisation.models import Person, Post, PostKind, UnitKind
from floodready.refusal import Invalid, NotAllowed, Refused, Superseded
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation


def plan(room: Room) -> Plan:
    return plan_of(room.store, "U", SHANGHAI)


def who(room: Room, moment: str) -> list[str]:
    return [span.person for span in on_duty(plan(room), at(moment))]


def publish(room: Room, since: str, *rotations: Rotation) -> Rota:
    return publish_rota(room.store, room.by("pan"), unit="U", since_at=at(since), rotations=rotations)


def leg(giver: str, taker: str, start: str, end: str, post: str = "officer") -> Leg:
    return Leg(post=post, giver=giver, taker=taker, from_at=at(start), until_at=at(end))


def ask(room: Room, *legs: Leg, by: str = "geng") -> Swap:
    return ask_swap(room.store, room.by(by), unit="U", legs=legs, asked_by=by, zone=SHANGHAI)


GENG_TO_LU = leg("geng", "lu", "2026-07-08 08:00", "2026-07-09 08:00")


def test_a_rota_says_who_is_on(room: Room) -> None:
    assert who(room, "2026-07-01 10:00") == ["an", "ding", "fang"]
    assert gaps(plan(room), at("2026-07-01 08:00"), at("2026-10-01 08:00")) == []


def test_a_rota_cannot_change_the_past(room: Room) -> None:
    with pytest.raises(Refused, match="past"):
        publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-01 09:00"))


def test_an_edit_holds_from_its_instant_and_undoing_it_restores_what_was(room: Room) -> None:
    before = timeline(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00"))
    new = (rotation("leader", "cui an"), rotation("officer", "ding+fang geng+hao"))
    publish(room, "2026-07-05 08:00", *new)
    after = timeline(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00"))
    cut = at("2026-07-05 08:00")
    assert [s for s in before.spans if s.end <= cut] == [s for s in after.spans if s.end <= cut]
    assert before.spans != after.spans
    undo_entry(room.store, room.by("pan"), next(room.store.entries_backwards()))
    assert timeline(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00")) == before


def test_unknown_people_and_posts_are_refused(room: Room) -> None:
    for wrong, rotations in (("nobody", rotation("leader", "nobody")), ("driver", rotation("driver", "an"))):
        with pytest.raises(Refused, match=wrong):
            publish(room, "2026-07-05 08:00", rotations)
    post = room.store.get(Post, "officer")
    assert post is not None
    change_post(room.store, room.by("he"), post, active=False)
    with pytest.raises(Refused, match="Duty officer is retired"):
        publish(room, "2026-07-05 08:00", rotation("officer", "an"))


def test_now_as_somebody_types_it_is_now(room: Room) -> None:
    """The form stands at the minute and is confirmed some seconds later."""
    room.clock.instant = at("2026-07-01 10:00") + timedelta(seconds=40)
    made = publish(
        room, "2026-07-01 10:00", rotation("leader", "bo"), rotation("officer", "ding+fang geng+hao jia+kong")
    )
    assert made.since_at == room.clock.instant
    assert who(room, "2026-07-01 10:00")[0] == "an", "what is past stays"


def test_no_handover_is_due_where_all_go_on_as_before(room: Room) -> None:
    """The rota is edited around those on duty: only its names and numbers change at 12:00."""
    edited = (
        rotation("leader", "an bo cui", name="L"),
        rotation("officer", "ding+fang geng+hao jia+kong", name="O", first_on=date(2026, 6, 28)),
    )
    publish(room, "2026-07-01 12:00", *edited)
    assert first_unsigned(plan(room), ()) == at("2026-07-02 08:00")
    room.later("2026-07-01 13:00")
    with pytest.raises(Refused, match="hands over at 2026-07-02 08:00"):
        begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)


def test_a_post_of_another_unit_is_refused(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="V", name="County", kind=UnitKind.COUNTY, parent="U")
    add_post(room.store, room.by("he"), id="v-officer", name="County officer", unit="V", kind=PostKind.OFFICER)
    with pytest.raises(Refused, match="County officer is a post of County"):
        publish(room, "2026-07-05 08:00", rotation("v-officer", "ding"))


def test_somebody_who_left_keeps_the_place_when_the_rota_is_edited(room: Room) -> None:
    """Else nothing of the rota could be changed until that one rotation is: the place is a gap with its reason."""
    geng = room.store.get(Person, "geng")
    assert geng is not None
    retire_person(room.store, room.by("he"), geng, on=date(2026, 7, 3))
    since = at("2026-07-05 08:00")
    edited = (rotation("leader", "an cui bo"), rotation("officer", "ding+fang geng+hao jia+kong"))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=since, rotations=edited)
    gap = next(gap for gap in gaps(plan(room), since, at("2026-07-09 08:00")) if gap.post == "officer")
    assert (gap.reason, gap.people) == (GapReason.LEFT, ("geng",))
    with pytest.raises(Refused, match="Geng has left"):
        add_temporary_rota(
            room.store, room.by("pan"), unit="U", name="t", levels=("IV",), rotations=(rotation("officer", "geng"),)
        )


def test_who_leaves_in_the_midst_of_a_shift_stood_it_until_the_end_of_the_last_day(room: Room) -> None:
    """What was stood in the morning of that day stays; from midnight the seat is a gap with the reason."""
    ding = room.store.get(Person, "ding")
    assert ding is not None
    room.later("2026-07-01 15:00")
    retire_person(room.store, room.by("he"), ding, on=date(2026, 7, 1))
    assert "ding" in who(room, "2026-07-01 09:00")
    found = [gap for gap in gaps(plan(room), at("2026-07-01 08:00"), at("2026-07-04 08:00")) if gap.post == "officer"]
    assert [(gap.start, gap.end, gap.people) for gap in found] == [
        (at("2026-07-02 00:00"), at("2026-07-02 08:00"), ("ding",))
    ]


def test_only_levels_that_can_be_declared_are_taken(room: Room) -> None:
    with pytest.raises(Invalid, match="IV, III, II or I"):
        add_temporary_rota(
            room.store, room.by("pan"), unit="U", name="t", levels=("iv",), rotations=(rotation("officer", "lu"),)
        )
    with pytest.raises(Invalid, match="IV, III, II or I"):
        change_settings(
            room.store, room.by("pan"), unit="U", level_needs=(LevelNeed(level="V", post="officer", needed=3),)
        )


def test_the_same_person_twice_in_a_group_is_refused(room: Room) -> None:
    with pytest.raises(Invalid, match="twice in one group"):
        publish(room, "2026-07-05 08:00", rotation("officer", "ding+ding"))


def test_nobody_unknown_is_taken_off(room: Room) -> None:
    with pytest.raises(Refused, match="no person dang"):
        override(
            room.store, room.by("pan"), unit="U", post="officer", kind=OverrideKind.REMOVE, person="dang",
            from_at=at("2026-07-05 08:00"), until_at=at("2026-07-06 08:00"), zone=SHANGHAI,
        )  # fmt: skip


def test_a_duty_officer_may_not_plan(room: Room) -> None:
    with pytest.raises(NotAllowed):
        publish_rota(room.store, room.by("ding"), unit="U", since_at=at("2026-07-05 08:00"))


def test_a_rota_published_meanwhile_is_not_overwritten(room: Room) -> None:
    seen = (room.rota(),)
    mine = publish_rota(
        room.store, room.by("pan"), unit="U", since_at=at("2026-07-05 08:00"), rotations=seen[0].rotations, seen=seen
    )
    with pytest.raises(Superseded, match="Pan published") as refused:
        publish_rota(room.store, room.by("an"), unit="U", since_at=at("2026-07-04 08:00"), seen=seen)
    assert refused.value.person == "pan"
    assert mine in set(room.store.all(Rota))
    undo_entry(room.store, room.by("pan"), list(room.store.entries())[-1])
    publish_rota(room.store, room.by("an"), unit="U", since_at=at("2026-07-04 08:00"), seen=seen)
    with pytest.raises(Superseded, match=r"An removed|An published"):
        publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-03 08:00"), seen=(*seen, mine))


def test_figures_changed_meanwhile_are_not_overwritten(room: Room) -> None:
    held = room.store.get(DutySettings, "U")
    assert held is not None
    change_settings(room.store, room.by("pan"), unit="U", rest_hours=12, seen=held)
    with pytest.raises(Superseded, match="Pan changed"):
        change_settings(room.store, room.by("an"), unit="U", rest_hours=48, seen=held)


def test_a_swap_is_asked_agreed_and_approved_before_it_moves_anybody(room: Room) -> None:
    swap = ask(room, GENG_TO_LU)
    assert "geng" in who(room, "2026-07-08 12:00")
    agreed = answer_swap(room.store, room.by("lu"), swap, agree=True, zone=SHANGHAI)
    assert agreed.state is SwapState.AGREED
    assert "geng" in who(room, "2026-07-08 12:00")
    approve_swap(room.store, room.by("an"), agreed, zone=SHANGHAI)
    assert who(room, "2026-07-08 12:00") == ["bo", "hao", "lu"]


def test_only_the_one_asked_agrees(room: Room) -> None:
    swap = ask(room, GENG_TO_LU)
    with pytest.raises(NotAllowed):
        answer_swap(room.store, room.by("hao"), swap, agree=True, zone=SHANGHAI)


def test_where_swaps_are_only_reported_agreement_is_enough(room: Room) -> None:
    held = room.store.get(DutySettings, "U")
    assert held is not None
    from floodready.duty.commands import change_settings

    change_settings(room.store, room.by("pan"), unit="U", swaps_need_approval=False)
    swap = answer_swap(room.store, room.by("lu"), ask(room, GENG_TO_LU), agree=True, zone=SHANGHAI)
    assert swap.state is SwapState.EFFECTIVE


def test_a_swap_that_leaves_too_little_rest_is_refused_with_the_hours(room: Room) -> None:
    with pytest.raises(Refused, match="0 h of rest"):
        ask(room, leg("geng", "ding", "2026-07-08 08:00", "2026-07-09 08:00"))


def test_an_exchange_is_judged_by_what_both_stand_afterwards(room: Room) -> None:
    gives = leg("geng", "jia", "2026-07-08 08:00", "2026-07-09 08:00")
    takes = leg("jia", "geng", "2026-07-09 08:00", "2026-07-10 08:00")
    swap = answer_swap(room.store, room.by("jia"), ask(room, gives, takes), agree=True, zone=SHANGHAI)
    approve_swap(room.store, room.by("an"), swap, zone=SHANGHAI)
    assert who(room, "2026-07-08 12:00") == ["bo", "hao", "jia"]
    assert who(room, "2026-07-09 12:00") == ["cui", "geng", "kong"]


def test_nobody_takes_over_the_turn_that_they_stand_anyhow(room: Room) -> None:
    with pytest.raises(Refused, match=r"Hao stands this post then already\. Ask somebody else"):
        ask(room, leg("geng", "hao", "2026-07-08 08:00", "2026-07-09 08:00"))
    with pytest.raises(Refused, match="Hao stands this post then already"):
        ask(room, leg("geng", "hao", "2026-07-08 20:00", "2026-07-09 08:00"))


def test_a_swap_of_somebody_not_on_duty_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match=r"not on duty.*one of their turns"):
        ask(room, leg("geng", "jia", "2026-07-09 08:00", "2026-07-10 08:00"))


def test_a_swap_of_a_post_that_is_none_says_so(room: Room) -> None:
    with pytest.raises(Refused, match=r"no post.*driver"):
        ask(room, leg("geng", "lu", "2026-07-08 08:00", "2026-07-09 08:00", post="driver"))


def test_a_withdrawn_swap_moves_nobody_and_one_answered_twice_is_refused(room: Room) -> None:
    swap = ask(room, GENG_TO_LU)
    withdrawn = withdraw_swap(room.store, room.by("geng"), swap)
    with pytest.raises(Refused, match="withdrawn"):
        answer_swap(room.store, room.by("lu"), withdrawn, agree=True, zone=SHANGHAI)
    with pytest.raises((Refused, Superseded)):
        answer_swap(room.store, room.by("lu"), swap, agree=True, zone=SHANGHAI)


def test_leave_is_a_gap_with_candidates_until_it_is_filled(room: Room) -> None:
    start, end = at("2026-07-04 08:00"), at("2026-07-05 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    (gap,) = gaps(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00"))
    assert (gap.start, gap.end, gap.people) == (start, end, ("ding",))
    offered = [one.person for one in candidates(room.store, "U", "officer", start, end, SHANGHAI)]
    assert "fang" not in offered, "stands that turn already"
    assert "ding" not in offered, "is on leave"
    assert "jia" not in offered, "comes off duty that morning"
    assert "an" not in offered, "is not an officer"
    assert offered == ["lu", "pan"]
    filled: dict[str, Any] = {"unit": "U", "post": "officer", "from_at": start, "until_at": end, "zone": SHANGHAI}
    made = override(room.store, room.by("pan"), kind=OverrideKind.ADD, by="lu", **filled)
    assert gaps(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00")) == []
    withdraw_override(room.store, room.by("pan"), made)
    assert len(gaps(plan(room), at("2026-07-01 08:00"), at("2026-07-20 08:00"))) == 1


def test_leave_that_ends_before_it_begins_is_not_called_past(room: Room) -> None:
    with pytest.raises(Invalid) as refused:
        enter_leave(
            room.store,
            room.by("ding"),
            person="ding",
            from_at=at("2026-07-04 08:00"),
            until_at=at("2020-07-04 08:00"),
        )
    assert set(refused.value.problems) == {"until_at"}


def test_others_leave_is_for_planners(room: Room) -> None:
    with pytest.raises(NotAllowed):
        enter_leave(
            room.store,
            room.by("ding"),
            person="fang",
            from_at=at("2026-07-04 08:00"),
            until_at=at("2026-07-05 08:00"),
        )


def test_rest_is_set_aside_only_with_a_reason(room: Room) -> None:
    asked: dict[str, Any] = {
        "unit": "U",
        "post": "officer",
        "kind": OverrideKind.ADD,
        "by": "jia",
        "from_at": at("2026-07-04 08:00"),
        "until_at": at("2026-07-05 08:00"),
        "zone": SHANGHAI,
    }
    with pytest.raises(Refused):
        override(room.store, room.by("pan"), despite=True, **asked)
    override(room.store, room.by("pan", "flood peak"), despite=True, **asked)
    assert "jia" in who(room, "2026-07-04 12:00")


def test_the_past_stays_as_it_was_known(room: Room) -> None:
    asked_at = room.clock.instant
    room.later("2026-07-02 09:00")
    new = (rotation("leader", "cui"), rotation("officer", "ding+fang"))
    publish(room, "2026-07-03 08:00", *new)
    known_then = plan_of(room.store.past(asked_at), "U", SHANGHAI)
    assert [s.person for s in on_duty(known_then, at("2026-07-04 10:00"))] == ["an", "ding", "fang"]
    assert who(room, "2026-07-04 10:00") == ["cui", "ding", "fang"]


def test_out_of_the_main_season_the_leader_may_be_reachable_only(room: Room) -> None:
    presence = leader_presence(room.store, "U", room.clock.instant, SHANGHAI)
    assert not presence.on_site


def test_a_swap_that_nobody_agreed_to_in_time_has_lapsed(room: Room) -> None:
    swap = ask(room, GENG_TO_LU)
    begins = swap.legs[0].from_at
    assert str(swap.state_word(begins)) == "asked"
    assert str(swap.state_word(begins + timedelta(minutes=1))) == "lapsed"
    room.clock.instant = begins + timedelta(minutes=1)
    with pytest.raises(Refused, match="begun or is over"):
        answer_swap(room.store, room.by("lu"), swap, agree=True, zone=SHANGHAI)
    assert withdraw_swap(room.store, room.by("geng"), swap).state is SwapState.WITHDRAWN
