from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

from floodready.duty.coverage import GapReason, gaps
from floodready.duty.models import (
    Leave,
    Leg,
    Override,
    OverrideKind,
    StoodDuty,
    Swap,
    SwapState,
    TemporaryRota,
)
from floodready.duty.plan import LevelWindow, Plan
from floodready.duty.resolver import on_duty, timeline
from floodready.duty.why import Cause
from tests.duty.rosters import at, plan, rota, rotation

START, END = at("2026-07-01 08:00"), at("2026-07-07 08:00")


def who(known: Plan, moment: str | datetime, post: str = "leader") -> list[str]:
    instant = at(moment) if isinstance(moment, str) else moment
    return [span.person for span in on_duty(known, instant) if span.post == post]


def override(kind: OverrideKind, person: str | None, by: str | None, **more: Any) -> Override:
    fields: dict[str, Any] = {"id": "O1", "from_at": START, "until_at": END, "made_at": START, **more}
    return Override(unit="U", post="leader", kind=kind, person=person, by=by, **fields)


def swap(id: str, giver: str, taker: str, minute: int, start: datetime = START, end: datetime = END) -> Swap:
    leg = Leg(post="leader", giver=giver, taker=taker, from_at=start, until_at=end)
    return Swap(
        id=id,
        unit="U",
        legs=(leg,),
        asked_by=giver,
        other=taker,
        asked_at=START + timedelta(minutes=minute),
        state=SwapState.EFFECTIVE,
    )


def test_each_span_says_its_rotation_and_turn() -> None:
    found = timeline(plan(rota(rotation())), START, START + timedelta(days=2)).spans
    assert [(s.person, s.why.cause, s.why.number) for s in found] == [
        ("A", Cause.ROTATION, 0),
        ("B", Cause.ROTATION, 1),
    ]


def test_replacing_somebody_who_is_not_on_duty_has_no_effect_and_is_named() -> None:
    replaced = override(OverrideKind.REPLACE, "Z", "B")
    known = plan(rota(rotation()), overrides=(replaced,))
    line = timeline(known, START, END)
    assert line.without_effect == ("O1",)
    assert [s.person for s in line.spans] == ["A", "B", "C", "A", "B", "C"]


def test_an_override_changes_only_the_turns_of_the_person_it_names() -> None:
    known = plan(rota(rotation()), overrides=(override(OverrideKind.REPLACE, "A", "X"),))
    assert [s.person for s in timeline(known, START, END).spans] == ["X", "B", "C", "X", "B", "C"]


def test_swaps_of_swaps_do_not_depend_on_the_order_in_which_they_are_stored() -> None:
    first, second = swap("S1", "A", "B2", 1), swap("S2", "B2", "C2", 2)
    for order in permutations((first, second)):
        assert who(plan(rota(rotation()), swaps=order), "2026-07-01 12:00") == ["C2"]
    later_first = swap("S1", "B2", "C2", 1), swap("S2", "A", "B2", 2)
    assert who(plan(rota(rotation()), swaps=later_first), "2026-07-01 12:00") == ["C2"]


def test_undoing_swaps_in_any_order_restores_the_rotation() -> None:
    chain = [swap("S1", "A", "X", 1), swap("S2", "X", "Y", 2), swap("S3", "Y", "A", 3)]
    assert who(plan(rota(rotation()), swaps=tuple(chain)), "2026-07-01 12:00") == ["A"]
    for order in permutations(chain):
        left = list(order)
        while left:
            left.pop()
            who(plan(rota(rotation()), swaps=tuple(left)), "2026-07-01 12:00")
        assert who(plan(rota(rotation()), swaps=tuple(left)), "2026-07-01 12:00") == ["A"]
    without_first = plan(rota(rotation()), swaps=(chain[1], chain[2]))
    assert who(without_first, "2026-07-01 12:00") == ["A"], "a swap that rests on an undone one moves nobody"


def test_a_part_of_a_turn_can_be_swapped() -> None:
    noon, evening = at("2026-07-01 12:00"), at("2026-07-01 18:00")
    known = plan(rota(rotation()), swaps=(swap("S1", "A", "X", 1, noon, evening),))
    found = timeline(known, START, at("2026-07-02 08:00")).spans
    assert [(s.person, s.end - s.start) for s in found] == [
        ("A", timedelta(hours=4)),
        ("X", timedelta(hours=6)),
        ("A", timedelta(hours=14)),
    ]


def test_leave_leaves_a_gap_with_its_reason_and_a_replacement_fills_it() -> None:
    leave = Leave(id="L1", person="B", from_at=at("2026-07-02 00:00"), until_at=at("2026-07-03 00:00"))
    known = plan(rota(rotation()), leaves=(leave,))
    (gap,) = gaps(known, START, END)
    assert (gap.start, gap.end) == (at("2026-07-02 08:00"), at("2026-07-03 00:00"))
    assert (gap.reason, gap.people) == (GapReason.LEAVE, ("B",))
    filled = plan(rota(rotation()), leaves=(leave,), overrides=(override(OverrideKind.REPLACE, "B", "D"),))
    assert gaps(filled, START, END) == []


def test_who_leaves_mid_rotation_leaves_the_past_and_the_order_of_others_untouched() -> None:
    known = plan(rota(rotation()), left={"B": at("2026-07-04 00:00")})
    line = timeline(known, START, END)
    assert [s.person for s in line.spans] == ["A", "B", "C", "A", "C"]
    (gap,) = gaps(known, START, END)
    assert (gap.start, gap.reason, gap.people) == (at("2026-07-05 08:00"), GapReason.LEFT, ("B",))


def test_a_new_rota_applies_from_its_instant_and_never_before() -> None:
    edited = rota(rotation(people="X Y"), since="2026-07-03 08:00", id="R2")
    people = [s.person for s in timeline(plan(rota(rotation()), edited), START, at("2026-07-05 08:00")).spans]
    assert people == ["A", "B", "X", "Y"]


def test_a_temporary_rota_stands_above_overrides_for_as_long_as_its_level_holds() -> None:
    temporary = TemporaryRota(id="T1", unit="U", name="level III", levels=("III",), rotations=(rotation(people="V"),))
    level = LevelWindow(level="III", start=at("2026-07-02 12:00"), end=at("2026-07-03 12:00"))
    known = plan(
        rota(rotation()),
        temporary=(temporary,),
        levels=(level,),
        overrides=(override(OverrideKind.REPLACE, "B", "X"),),
    )
    line = timeline(known, START, at("2026-07-04 08:00"))
    assert [(s.person, s.why.cause) for s in line.spans] == [
        ("A", Cause.ROTATION),
        ("X", Cause.OVERRIDE),
        ("V", Cause.LEVEL),
        ("V", Cause.LEVEL),
        ("C", Cause.ROTATION),
    ]


def test_a_rota_beside_the_regular_one_adds_its_people() -> None:
    added = TemporaryRota(
        id="T1", unit="U", name="more", levels=("IV",), rotations=(rotation(people="V"),), beside=True
    )
    known = plan(rota(rotation()), temporary=(added,), levels=(LevelWindow(level="IV", start=START),))
    assert who(known, "2026-07-01 12:00") == ["A", "V"]


def test_recorded_duty_stands_whatever_is_planned_later() -> None:
    stood = StoodDuty(
        id="D1", unit="U", post="leader", person="Q", from_at=START, until_at=at("2026-07-02 08:00"), handover="H1"
    )
    known = plan(rota(rotation(people="X Y Z")), stood=(stood,))
    assert [s.person for s in timeline(known, START, at("2026-07-03 08:00")).spans] == ["Q", "Y"]


def test_an_empty_plan_is_one_gap_of_the_whole_horizon() -> None:
    (gap,) = gaps(plan(), START, END)
    assert (gap.start, gap.end, gap.reason) == (START, END, GapReason.NO_ROTA)


def test_after_the_rotas_end_the_gap_says_since_when() -> None:
    ended = rota(rotation(), until="2026-07-03 08:00")
    (gap,) = gaps(plan(ended), START, END)
    assert (gap.reason, gap.since, gap.start) == (GapReason.ROTA_ENDED, at("2026-07-03 08:00"), at("2026-07-03 08:00"))
