"""What holds whatever planners do: random plans and edits, judged by plain counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.duty.coverage import gaps
from floodready.duty.fairness import fairness
from floodready.duty.models import Group, Leave, Leg, Override, OverrideKind, Swap, SwapState, TemporaryRota
from floodready.duty.plan import Plan
from floodready.duty.resolver import Lack, Timeline, on_duty, timeline
from floodready.workdays import DayCalendar
from tests.duty.rosters import SHANGHAI, at, plan, rota, rotation

START = at("2026-07-01 08:00")
END = START + timedelta(days=8)
HOURS = st.integers(0, 8 * 24)
PEOPLE = st.sampled_from("ABCDE")


def moment(hours: int) -> datetime:
    return START + timedelta(hours=hours)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[datetime, datetime]:
    low, high = sorted((draw(HOURS), draw(HOURS)))
    return moment(low), moment(high + 1)


@st.composite
def overrides(draw: st.DrawFn, number: int) -> Override:
    kind = draw(st.sampled_from(list(OverrideKind)))
    person, by = draw(PEOPLE), draw(PEOPLE)
    low, high = draw(stretches())
    return Override(
        id=f"O{number}",
        unit="U",
        post="leader",
        kind=kind,
        from_at=low,
        until_at=high,
        person=None if kind is OverrideKind.ADD else person,
        by=None if kind is OverrideKind.REMOVE else by,
        made_at=START + timedelta(seconds=number),
    )


@st.composite
def swaps(draw: st.DrawFn, number: int) -> Swap:
    giver = draw(PEOPLE)
    taker = draw(PEOPLE.filter(lambda one: one != giver))
    low, high = draw(stretches())
    leg = Leg(post="leader", giver=giver, taker=taker, from_at=low, until_at=high)
    return Swap(
        id=f"S{number}",
        unit="U",
        legs=(leg,),
        asked_by=giver,
        other=taker,
        asked_at=START + timedelta(seconds=number),
        state=SwapState.EFFECTIVE,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    leaves = []
    for number in range(draw(st.integers(0, 2))):
        low, high = draw(stretches())
        leaves.append(Leave(id=f"L{number}", person=draw(PEOPLE), from_at=low, until_at=high))
    temporary: tuple[TemporaryRota, ...] = ()
    if draw(st.booleans()):
        low, high = draw(stretches())
        made = rotation("leader", "V W")
        temporary = (
            TemporaryRota(
                id="T1", unit="U", name="t", from_at=low, until_at=high, rotations=(made,), beside=draw(st.booleans())
            ),
        )
    return plan(
        rota(rotation("leader", draw(st.sampled_from(["A B C", "A+B C+D", "A"]))), since="2026-07-01 08:00"),
        needs={"leader": draw(st.integers(1, 2))},
        overrides=tuple(draw(overrides(number)) for number in range(draw(st.integers(0, 3)))),
        swaps=tuple(draw(swaps(number)) for number in range(draw(st.integers(0, 3)))),
        leaves=tuple(leaves),
        temporary=temporary,
    )


WITH_A_VACANT_TURN = plan(
    rota(
        rotation(
            "leader", "A B", groups=(Group(people=("A",)), Group(people=()), Group(people=()), Group(people=("B", "C")))
        ),
        rotation("officer", "D E F"),
    )
)


@settings(max_examples=60)
@given(plans())
def test_now_the_timeline_and_the_gaps_agree_around_every_boundary(known: Plan) -> None:
    line = timeline(known, START, END)
    found = gaps(known, START, END, line)
    need = known.settings.needs[0].needed
    edges = {s.start for s in line.spans} | {s.end for s in line.spans} | {gap.start for gap in found}
    for edge in edges:
        for offset in (-1, 0, 1):
            asked = edge + timedelta(seconds=offset)
            if not START <= asked < END:
                continue
            there = {span.person for span in line.at(asked)}
            assert {span.person for span in on_duty(known, asked)} == there
            assert any(gap.start <= asked < gap.end for gap in found) == (len(there) < need)


@settings(max_examples=60)
@given(st.one_of(plans(), st.just(WITH_A_VACANT_TURN)), stretches())
def test_an_override_without_effect_leaves_every_span_and_every_absence_as_it_is(
    known: Plan, when: tuple[datetime, datetime]
) -> None:
    idle = Override(id="O9", unit="U", post="leader", kind=OverrideKind.REMOVE, person="Z", from_at=when[0],
                    until_at=when[1], made_at=START)  # fmt: skip
    plain, beside = (timeline(one, START, END) for one in (known, replace(known, overrides=(*known.overrides, idle))))
    assert (beside.spans, beside.absences) == (plain.spans, plain.absences)
    assert set(beside.without_effect) == {*plain.without_effect, "O9"}


@settings(max_examples=60)
@given(st.one_of(plans(), st.just(WITH_A_VACANT_TURN)), HOURS)
def test_a_time_asked_for_in_two_parts_has_who_stands_in_the_whole(known: Plan, hours: int) -> None:
    split = moment(hours)
    whole, parts = timeline(known, START, END), (timeline(known, START, split), timeline(known, split, END))
    held = [(s.start, s.end) for s in whole.spans] + [(one.start, one.end) for one in whole.absences]
    for low, high in held:
        for edge in (low, high - timedelta(seconds=1)):
            part = parts[edge >= split]
            assert {(s.post, s.person, s.why) for s in part.at(edge)} == {
                (s.post, s.person, s.why) for s in whole.at(edge)
            }
            assert missing(part, edge) == missing(whole, edge)


def missing(line: Timeline, at: datetime) -> set[tuple[str, str, Lack]]:
    return {(one.post, one.person, one.lack) for one in line.absences if one.start <= at < one.end}


@settings(max_examples=60)
@given(plans(), st.randoms())
def test_the_order_of_storing_means_nothing(known: Plan, chance: Random) -> None:
    mixed = replace(
        known,
        overrides=tuple(sorted(known.overrides, key=lambda _: chance.random())),
        swaps=tuple(sorted(known.swaps, key=lambda _: chance.random())),
        leaves=tuple(reversed(known.leaves)),
    )
    assert timeline(mixed, START, END) == timeline(known, START, END)


@settings(max_examples=60)
@given(plans(), st.data())
def test_doing_and_undoing_changes_nothing(known: Plan, data: st.DataObject) -> None:
    added = data.draw(swaps(9))
    done = replace(known, swaps=(*known.swaps, added))
    undone = replace(known, swaps=(*known.swaps, replace(added, state=SwapState.WITHDRAWN)))
    timeline(done, START, END)
    assert timeline(undone, START, END) == timeline(known, START, END)


@settings(max_examples=60)
@given(plans())
def test_hours_over_people_are_the_hours_of_the_spans_and_no_person_stands_a_post_twice(known: Plan) -> None:
    line = timeline(known, START, END)
    shares = fairness(line.spans, [], SHANGHAI, DayCalendar(), known.settings)
    told = sum(share.seconds for spread in shares for _, share in spread.shares)
    assert told == sum((span.end - span.start).total_seconds() for span in line.spans)
    by_person: dict[str, list[tuple[datetime, datetime]]] = {}
    for span in line.spans:
        by_person.setdefault(span.person, []).append((span.start, span.end))
    for stood in by_person.values():
        stood.sort()
        assert all(one[1] <= two[0] for one, two in pairwise(stood))


@settings(max_examples=40)
@given(plans(), HOURS, HOURS)
def test_a_part_of_the_timeline_is_the_timeline_of_the_part(known: Plan, one: int, other: int) -> None:
    low, high = sorted((one, other))
    whole = timeline(known, START, END)
    part = timeline(known, moment(low), moment(high))
    for hours in range(low, high):
        asked = moment(hours)
        assert {span.person for span in part.at(asked)} == {span.person for span in whole.at(asked)}
