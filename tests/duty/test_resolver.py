from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

from floodready.duty.coverage import GapReason, gaps
from floodready.duty.models import (
    FixedTurn,
    Group,
    Leave,
    Leg,
    Override,
    OverrideKind,
    Rota,
    StoodDuty,
    Swap,
    SwapState,
    TemporaryRota,
)
from floodready.duty.plan import ENDLESS, LevelWindow, Plan
from floodready.duty.resolver import Lack, on_duty, timeline
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
    line = timeline(known, START, END)
    assert [s.person for s in line.spans] == ["X", "B", "C", "X", "B", "C"]
    assert line.without_effect == ()


def test_an_override_beside_the_stretch_asked_about_is_not_said_to_have_no_effect() -> None:
    def idle(**more: Any) -> tuple[str, ...]:
        nobody = override(OverrideKind.REPLACE, "Z", "B", **more)
        return timeline(plan(rota(rotation()), overrides=(nobody,)), START, END).without_effect

    day = timedelta(days=1)
    assert idle() == ("O1",)
    assert idle(withdrawn=True) == ()
    assert idle(from_at=START - day, until_at=START) == ()
    assert idle(from_at=END, until_at=END + day) == ()


def test_a_stretch_of_no_length_has_nobody() -> None:
    for end in (START, START - timedelta(days=1)):
        line = timeline(plan(rota(rotation())), START, end)
        assert (line.start, line.end, line.spans, line.absences) == (START, end, (), ())


def test_turns_by_hand_say_whether_a_table_a_temporary_rota_or_a_level_put_them_there() -> None:
    turn = FixedTurn(post="leader", people=("T",), from_at=START, until_at=END)
    table = Rota(id="R", unit="U", since_at=START, turns=(turn,))
    temporary = TemporaryRota(id="T1", unit="U", name="t", from_at=START, until_at=END, turns=(turn,))
    levelled = TemporaryRota(id="T2", unit="U", name="t", levels=("III",), turns=(turn,))
    held = (LevelWindow(level="III", start=START),)
    for known, cause, source in (
        (plan(table), Cause.TABLE, "R"),
        (plan(temporary=(temporary,)), Cause.TEMPORARY, "T1"),
        (plan(temporary=(levelled,), levels=held), Cause.LEVEL, "T2"),
    ):
        assert {(span.why.cause, span.why.source) for span in timeline(known, START, END).spans} == {(cause, source)}


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


def test_only_an_override_that_holds_in_the_stretch_and_was_not_withdrawn_is_named_as_idle() -> None:
    day = timedelta(days=1)
    idle = [
        override(OverrideKind.REPLACE, "Z", "B", id=id, from_at=start, until_at=end, withdrawn=withdrawn)
        for id, start, end, withdrawn in (
            ("O4", START, END, False),
            ("O3", START, END, True),
            ("O2", START - day, START, False),
            ("O1", END, END + day, False),
            ("O0", END - day, END, False),
        )
    ]
    assert timeline(plan(rota(rotation()), overrides=tuple(idle)), START, END).without_effect == ("O0", "O4")


def test_overrides_work_in_the_order_in_which_they_were_made() -> None:
    first = override(OverrideKind.REPLACE, "A", "X", id="O2")
    second = override(OverrideKind.REPLACE, "X", "Y", id="O1", made_at=START + timedelta(minutes=1))
    for order in permutations((first, second)):
        assert who(plan(rota(rotation()), overrides=order), "2026-07-01 12:00") == ["Y"]


def test_what_is_withdrawn_is_as_if_it_had_never_been() -> None:
    leave = Leave(id="L1", person="A", from_at=START, until_at=END, withdrawn=True)
    removed = override(OverrideKind.REMOVE, "A", None, withdrawn=True)
    named, asked = (TemporaryRota(id=f"T{n}", unit="U", name="t", from_at=START, until_at=END, withdrawn=gone,
                                  rotations=(rotation(people=who),), beside=True)
                    for n, (gone, who) in enumerate(((True, "V"), (False, "W"))))  # fmt: skip
    known = plan(rota(rotation()), leaves=(leave,), overrides=(removed,), temporary=(named, asked))
    assert who(known, "2026-07-01 12:00") == ["A", "W"]


def test_a_correction_of_a_temporary_rota_leaves_the_regular_one_alone_and_the_other_way_round() -> None:
    beside = TemporaryRota(
        id="T1", unit="U", name="t", from_at=START, until_at=END, rotations=(rotation(people="A"),), beside=True
    )
    over, under = (override(OverrideKind.REPLACE, "A", by, id=by, over=rota_id) for by, rota_id in
                   (("X", "T1"), ("Y", None)))  # fmt: skip
    assert sorted(who(plan(rota(rotation()), temporary=(beside,), overrides=(over,)), START)) == ["A", "X"]
    assert sorted(who(plan(rota(rotation()), temporary=(beside,), overrides=(over, under)), START)) == ["X", "Y"]
    swapped = replace(swap("S1", "A", "Z", 1), over="T1")
    assert sorted(who(plan(rota(rotation()), temporary=(beside,), swaps=(swapped,)), START)) == ["A", "Z"]


def test_of_a_rota_beside_and_one_in_the_place_of_the_regular_one_each_does_its_own() -> None:
    beside, instead = (TemporaryRota(id=id, unit="U", name="t", from_at=START, until_at=END, beside=beside,
                                     rotations=(rotation(people=who),))
                       for id, beside, who in (("T1", True, "V"), ("T2", False, "W")))  # fmt: skip
    for order in permutations((beside, instead)):
        found = on_duty(plan(rota(rotation()), temporary=order), START)
        assert [(span.person, span.why.cause) for span in found] == [("V", Cause.TEMPORARY), ("W", Cause.TEMPORARY)]


def test_a_turn_of_a_table_is_cut_to_the_time_in_which_its_rota_holds() -> None:
    noon, third = at("2026-07-01 12:00"), at("2026-07-03 08:00")
    turns = tuple(
        FixedTurn(post="leader", people=(who,), from_at=start, until_at=end)
        for who, start, end in (
            ("O", START - timedelta(days=9), noon),
            ("A", START, noon),
            ("B", noon, END),
            ("C", third, END),
        )
    )
    table = Rota(id="R1", unit="U", since_at=noon, until_at=third, turns=turns)
    found = timeline(plan(table), START, END).spans
    assert [(s.start, s.end, s.person, s.why.cause, s.why.number) for s in found] == [
        (noon, third, "B", Cause.TABLE, 2)
    ]


def test_recorded_duty_is_told_inside_the_stretch_alone() -> None:
    def stood(person: str, start: str, end: str) -> StoodDuty:
        return StoodDuty(
            id=person, unit="U", post="leader", person=person, from_at=at(start), until_at=at(end), handover="H1"
        )

    facts = (
        stood("P", "2026-06-29 08:00", "2026-07-01 08:00"),
        stood("Q", "2026-06-30 08:00", "2026-07-01 12:00"),
        stood("R", "2026-07-06 12:00", "2026-07-08 08:00"),
        stood("S", "2026-07-07 08:00", "2026-07-08 08:00"),
    )
    line = timeline(plan(rota(rotation()), stood=facts), START, END)
    assert [(s.start, s.end, s.person) for s in line.spans if s.why.cause is Cause.STOOD] == [
        (START, at("2026-07-01 12:00"), "Q"),
        (at("2026-07-06 12:00"), END, "R"),
    ]
    assert {s.person for s in line.spans} == {"A", "B", "C", "Q", "R"}


def test_an_absence_is_one_over_the_pieces_in_which_others_come_and_go() -> None:
    leave = Leave(id="L1", person="A", from_at=START, until_at=END)
    added = override(OverrideKind.ADD, None, "X", from_at=at("2026-07-01 12:00"), until_at=at("2026-07-01 18:00"))
    known = plan(rota(rotation()), leaves=(leave,), overrides=(added,))
    assert [(a.start, a.end, a.person, a.lack) for a in timeline(known, START, END).absences] == [
        (at(f"2026-07-0{day} 08:00"), at(f"2026-07-0{day + 1} 08:00"), "A", Lack.LEAVE) for day in (1, 4)
    ]


def test_of_two_rotas_that_begin_together_one_holds_and_no_rota_holds_for_no_time() -> None:
    first, second = rota(rotation()), rota(rotation(people="X"), id="R2")
    after = rota(rotation(people="Z"), since="2026-07-03 08:00", until="2026-07-03 08:00", id="R3")
    for order in permutations((first, second, after)):
        found = plan(*order).rotas_in_order()
        assert [(one.id, low, high) for one, low, high in found] == [("R2", START, at("2026-07-03 08:00"))]


def test_a_temporary_rota_stands_in_its_window_at_its_levels_or_in_what_both_have() -> None:
    noon, fourth = at("2026-07-02 12:00"), at("2026-07-04 12:00")
    levels = (LevelWindow(level="III", start=noon, end=fourth), LevelWindow(level="II", start=fourth))

    def windows(**fields: Any) -> list[tuple[datetime, datetime]]:
        made = TemporaryRota(id="T1", unit="U", name="t", **fields)
        known = plan(rota(rotation()), temporary=(made,), levels=levels)
        return [(low, high) for _, low, high in known.temporary_windows()]

    assert windows(from_at=START, until_at=END) == [(START, END)]
    assert windows(levels=("III",)) == [(noon, fourth)]
    assert windows(levels=("III", "II")) == [(noon, fourth), (fourth, ENDLESS)]
    assert windows(levels=("I",)) == []
    assert windows(levels=("III",), from_at=at("2026-07-03 08:00")) == [(at("2026-07-03 08:00"), fourth)]
    assert windows(levels=("II",), until_at=END) == [(fourth, END)]
    assert windows(levels=("III",), from_at=fourth) == []


def test_a_place_kept_empty_in_the_cycle_is_vacant() -> None:
    made = replace(rotation(), groups=(Group(people=("A",)), Group(people=())))
    line = timeline(plan(rota(made)), START, START + timedelta(days=2))
    assert [(a.start, a.end, a.lack) for a in line.absences] == [
        (START + timedelta(days=1), START + timedelta(days=2), Lack.VACANT)
    ]
