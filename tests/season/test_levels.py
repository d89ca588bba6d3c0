from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.command import undo_entry
from floodready.organisation.models import PostKind
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.season.commands import declare_level, finish_action, lower_level, set_level_table
from floodready.season.declarations import change_of_level, in_force, level_windows
from floodready.season.level import Level, rank
from floodready.season.level_table import effects, spread_bulletins
from floodready.season.models_level import (
    Declaration,
    LeaderPlace,
    LevelAction,
    LevelRow,
    LevelTable,
    Staffing,
    StartedAction,
)
from floodready.season.situation import levels_for, situation
from tests.season.conftest import MORNING, ZONE, Room

ROWS = (
    LevelRow(
        level=Level.IV,
        staffing=(Staffing(post=PostKind.LEADER, people=1), Staffing(post=PostKind.OFFICER, people=2)),
        bulletins=(time(20), time(8)),
        actions=(LevelAction(name="Report upward", within_minutes=120),),
    ),
    LevelRow(
        level=Level.III,
        bulletins=(time(8), time(14), time(20)),
        forward_stock_percent=(30, 50),
        actions=(
            LevelAction(name="Report upward", within_minutes=60),
            LevelAction(name="Move stock forward", within_minutes=240),
        ),
    ),
    LevelRow(level=Level.I, leader=LeaderPlace.COMMANDER_ON_SITE, bulletins=spread_bulletins(12)),
)
TABLE = LevelTable(id="anlan", rows=ROWS, source="the plan")


def declare(room: Room, level: Level, at: datetime | None = None) -> Declaration:
    return declare_level(
        room.store, room.by("li"), unit="anlan", level=level, authority="Commander Zhang", reason="rising", starts_at=at
    )


def lower(room: Room, level: Level | None) -> Declaration:
    return lower_level(
        room.store, room.by("li"), unit="anlan", level=level, authority="Commander Zhang", reason="falling"
    )


def running(room: Room) -> dict[str, Level]:
    return {action.name: action.level for action in room.store.find(StartedAction, unit="anlan") if action.open}


@pytest.fixture
def planned(room: Room) -> Room:
    set_level_table(room.store, room.by("qian"), unit="anlan", rows=ROWS, source="the plan")
    return room


def test_a_level_demands_what_its_row_says() -> None:
    four, three = effects(TABLE, Level.IV), effects(TABLE, Level.III)
    assert four.staffing == {PostKind.LEADER: 1, PostKind.OFFICER: 2}
    assert four.bulletins == (time(8), time(20))
    assert three.bulletins == (time(8), time(14), time(20))
    assert three.forward_stock == (30, 50)
    assert (three.forward_need(100), three.forward_need(101), four.forward_need(101)) == (130, 132, 101)


def test_a_level_that_the_table_leaves_out_demands_what_the_next_lower_one_does() -> None:
    assert effects(TABLE, Level.II).bulletins == effects(TABLE, Level.III).bulletins
    assert effects(TABLE, None) == effects(None, None)
    assert effects(None, Level.I).bulletins == ()


def test_bulletins_by_number_are_spread_evenly_from_eight() -> None:
    assert spread_bulletins(6) == (time(0), time(4), time(8), time(12), time(16), time(20))
    assert len(spread_bulletins(12)) == 12
    assert time(8) in spread_bulletins(12)


@given(st.integers(1, 1440))
def test_spread_bulletins_are_as_many_as_asked_and_include_eight(per_day: int) -> None:
    times = spread_bulletins(per_day)
    assert len(set(times)) == per_day
    assert time(8) in times


def test_a_person_declares_with_authority_and_reason(room: Room) -> None:
    declared = declare(room, Level.IV)
    assert (declared.by, declared.authority, declared.starts_at) == ("li", "Commander Zhang", MORNING)
    with pytest.raises(Refused, match="Say why"):
        declare_level(room.store, room.by("li"), unit="anlan", level=Level.III, authority="Zhang", reason=" ")
    with pytest.raises(Refused, match="holds already"):
        declare(room, Level.IV)
    with pytest.raises(NotAllowed):
        declare_level(room.store, room.by("wu"), unit="anlan", level=Level.III, authority="Zhang", reason="x")


def test_a_level_declared_on_the_word_of_a_leader_is_entered_afterwards(room: Room) -> None:
    room.later(hours=1)
    declared = declare(room, Level.IV, MORNING)
    assert declared.starts_at == MORNING
    with pytest.raises(Refused, match="future"):
        declare(room, Level.III, room.clock.instant + timedelta(seconds=1))
    with pytest.raises(Refused, match="later than that"):
        declare(room, Level.III, MORNING - timedelta(seconds=1))


def test_declaring_starts_the_actions_with_their_clocks(planned: Room) -> None:
    declared = declare(planned, Level.IV)
    (action,) = planned.store.find(StartedAction, declaration=declared.id)
    assert action.due_at == MORNING + timedelta(minutes=120)


def test_raising_puts_the_tighter_clock_in_place_of_the_old_one(planned: Room) -> None:
    declare(planned, Level.IV)
    planned.later(minutes=30)
    declare(planned, Level.III)
    assert running(planned) == {"Report upward": Level.III, "Move stock forward": Level.III}
    tightest = {a.name: a.due_at for a in planned.store.find(StartedAction, unit="anlan") if a.open}
    assert tightest["Report upward"] == MORNING + timedelta(minutes=90)


def test_lowering_ends_what_the_higher_level_started(planned: Room) -> None:
    declare(planned, Level.III)
    planned.later(minutes=5)
    lower(planned, Level.IV)
    assert running(planned) == {}
    assert planned.store.count(StartedAction) == 2, "ended, not deleted"
    with pytest.raises(Refused, match="would not be lower"):
        lower(planned, Level.III)
    planned.later(minutes=5)
    assert lower(planned, None).level is None
    with pytest.raises(Refused, match="would not be lower"):
        lower(planned, None)
    levels = [(w.level, w.since, w.until) for w in levels_for(planned.store, "anlan")]
    assert levels == [
        (Level.III, MORNING, MORNING + timedelta(minutes=5)),
        (Level.IV, MORNING + timedelta(minutes=5), MORNING + timedelta(minutes=10)),
    ]


def test_an_action_is_done_once_and_one_that_ended_is_not_done(planned: Room) -> None:
    declare(planned, Level.III)
    first, second = planned.store.find(StartedAction, unit="anlan")
    assert finish_action(planned.store, planned.by("li"), action=first.id).done_by == "li"
    with pytest.raises(Refused, match=r"Li has recorded already that “.*” is done"):
        finish_action(planned.store, planned.by("li"), action=first.id)
    lower(planned, None)
    with pytest.raises(Refused, match="not open"):
        finish_action(planned.store, planned.by("li"), action=second.id)
    with pytest.raises(Refused, match="no action"):
        finish_action(planned.store, planned.by("li"), action="K0")


def test_a_declaration_taken_back_leaves_things_as_they_were(planned: Room) -> None:
    declare(planned, Level.IV)
    before = list(planned.store.all(Declaration)), list(planned.store.all(StartedAction))
    planned.later(minutes=1)
    declare(planned, Level.III)
    undo_entry(planned.store, planned.by("li"), next(planned.store.entries_backwards()))
    assert (list(planned.store.all(Declaration)), list(planned.store.all(StartedAction))) == before
    assert situation(planned.store, "anlan", planned.clock.instant, ZONE).level is Level.IV


def test_the_city_s_level_holds_for_its_counties_by_the_county_s_own_table(planned: Room) -> None:
    declare(planned, Level.III)
    assert situation(planned.store, "heyang", MORNING, ZONE).effects.bulletins == ROWS[1].bulletins
    rows = (LevelRow(level=Level.III, bulletins=(time(6),)),)
    set_level_table(planned.store, planned.by("qian"), unit="heyang", rows=rows, source="the county's plan")
    assert situation(planned.store, "heyang", MORNING, ZONE).effects.bulletins == (time(6),)
    declare_level(planned.store, planned.by("li"), unit="heyang", level=Level.IV, authority="Li", reason="local rain")
    assert situation(planned.store, "heyang", MORNING, ZONE).level is Level.III, "the higher of the two holds"


def test_a_table_needs_its_source(room: Room) -> None:
    with pytest.raises(Refused, match="must name its source"):
        set_level_table(room.store, room.by("qian"), unit="anlan", rows=ROWS, source="")


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from([*Level, None])), max_size=8), st.integers(-5, 400))
def test_at_every_instant_the_latest_declaration_holds(steps: list[tuple[int, Level | None]], minute: int) -> None:
    starts = MORNING
    made: list[Declaration] = []
    for place, (gap, level) in enumerate(steps):
        starts += timedelta(minutes=gap)
        if made:
            made[-1] = made[-1].changed(until_at=starts)
        made.append(
            Declaration(id=f"D{place}", unit="u", level=level, authority="a", reason="r", starts_at=starts, by="li")
        )
    at = MORNING + timedelta(minutes=minute)
    begun = [d for d in made if d.starts_at <= at]
    expected = begun[-1].level if begun else None
    held = in_force(reversed(made), at)
    assert (held.level if held else None) is expected
    windows = [w for w in level_windows(made) if w.since <= at and (w.until is None or at < w.until)]
    assert [w.level for w in windows] == ([expected] if expected else [])
    assert rank(expected) == sum(w.level.rank for w in windows)


def test_a_declaration_made_over_another_s_is_refused_and_tells_whose(planned: Room) -> None:
    nothing: tuple[Declaration, ...] = ()
    declare(planned, Level.II)
    with pytest.raises(Superseded, match=r"Li declared level II at 2026-07-01 08:00, after this was begun"):
        declare_level(planned.store, planned.by("li"), unit="anlan", level=Level.III, authority="Zhang", reason="rain",
                      seen=nothing)  # fmt: skip
    holds = in_force(planned.store.find(Declaration, unit="anlan"), planned.clock.instant)
    assert holds is not None
    assert holds.level is Level.II
    declare_level(planned.store, planned.by("li"), unit="anlan", level=Level.I, authority="Zhang", reason="rain",
                  seen=(holds,))  # fmt: skip


def test_a_level_raised_meanwhile_is_not_ended_by_whoever_meant_the_lower_one(planned: Room) -> None:
    seen = declare(planned, Level.IV)
    planned.later(minutes=1)
    declare(planned, Level.II)
    with pytest.raises(Superseded, match=r"Li declared level II at 2026-07-01 08:01"):
        lower_level(planned.store, planned.by("li"), unit="anlan", level=None, authority="Zhang", reason="over",
                    seen=(seen,))  # fmt: skip
    planned.later(minutes=1)
    lower(planned, None)
    with pytest.raises(Superseded, match=r"Li declared no response level at 2026-07-01 08:02"):
        lower_level(planned.store, planned.by("li"), unit="anlan", level=None, authority="Zhang", reason="over",
                    seen=(seen,))  # fmt: skip


def test_a_level_taken_back_meanwhile_is_not_ended(planned: Room) -> None:
    seen = declare(planned, Level.IV)
    undo_entry(planned.store, planned.by("li"), next(planned.store.entries_backwards()))
    with pytest.raises(Superseded, match=r"Li removed “D\d+” at"):
        lower_level(planned.store, planned.by("li"), unit="anlan", level=None, authority="Zhang", reason="over",
                    seen=(seen,))  # fmt: skip


def test_a_lower_level_is_not_declared_over_a_higher_one(planned: Room) -> None:
    declare(planned, Level.II)
    with pytest.raises(Refused, match=r"level II is in force, declared by Li\. level III would lower it"):
        declare(planned, Level.III)


def said(level: Level | None, hours: float, until: float | None = None) -> Declaration:
    end = None if until is None else MORNING + timedelta(hours=until)
    return Declaration(
        id=f"L{hours}", unit="u", level=level, authority="x", reason="x", by="li",
        starts_at=MORNING + timedelta(hours=hours), until_at=end,
    )  # fmt: skip


def test_of_declarations_that_have_begun_the_latest_holds_from_its_own_instant_on() -> None:
    first, second, none = said(Level.IV, 0), said(Level.II, 5), said(None, 9)
    for held in ([first, second, none], [none, second, first]):
        hours = [in_force(held, MORNING + timedelta(hours=n)) for n in (-1, 0, 5, 9)]
        assert hours == [None, first, second, None]
    assert in_force([said(Level.IV, 0, until=3)], MORNING + timedelta(hours=3)) is None


def test_a_change_of_level_starts_the_new_ones_actions_and_ends_those_of_the_same_name_or_of_higher_levels() -> None:
    def open_one(name: str, level: Level) -> StartedAction:
        return StartedAction(id=name, unit="u", declaration="L", level=level, name=name, due_at=MORNING)

    report, old = open_one("Report upward", Level.IV), open_one("Old", Level.IV)
    stock = open_one("Move stock forward", Level.III)
    raised = change_of_level(Level.IV, effects(TABLE, Level.III), [report, old])
    assert (raised.ended, raised.started) == ((report,), ROWS[1].actions)
    lowered = change_of_level(Level.III, effects(TABLE, Level.IV), [report, stock])
    assert (lowered.ended, lowered.started) == ((stock,), ())
    again = change_of_level(Level.III, effects(TABLE, Level.III), [report, stock])
    assert (again.ended, again.started) == ((), ())
