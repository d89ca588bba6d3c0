from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floodready.refusal import Invalid, NotAllowed, Refused
from floodready.season.commands import change_settings, decide_warning, declare_level, lift_warning, record_warning
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Hazard, WarningColour
from floodready.season.models_level import Declaration
from floodready.season.situation import situation
from floodready.season.warning_clock import awaits_decision, decide_by, decided_late_by, in_effect
from tests.season.conftest import MORNING, ZONE, Room


def warn(room: Room, colour: WarningColour = WarningColour.RED, **more: Any) -> FloodWarning:
    return record_warning(
        room.store,
        room.by("li"),
        **{
            "unit": "anlan",
            "hazard": Hazard.RAIN,
            "colour": colour,
            "issuer": "市气象台",
            "area": "全市",
            "issued_at": MORNING - timedelta(minutes=5),
            **more,
        },
    )


def awaiting(room: Room) -> list[str]:
    found = situation(room.store, "anlan", room.clock.instant, ZONE).warnings
    return [warning.id for warning in found if awaits_decision(warning)]


@pytest.mark.parametrize(
    ("colour", "clock"),
    [(WarningColour.BLUE, None), (WarningColour.YELLOW, None), (WarningColour.ORANGE, 30), (WarningColour.RED, 30)],
)
def test_orange_and_red_start_the_decision_clock(room: Room, colour: WarningColour, clock: int | None) -> None:
    limit = decide_by(warn(room, colour))
    assert limit == (None if clock is None else MORNING + timedelta(minutes=clock))


def test_the_minutes_are_a_setting_of_the_unit_and_a_running_clock_keeps_its_own(room: Room) -> None:
    first = warn(room)
    change_settings(room.store, room.by("qian"), unit="anlan", decide_within_minutes=10)
    second = warn(room)
    assert (first.decide_within_minutes, second.decide_within_minutes) == (30, 10)
    kept = room.store.get(FloodWarning, first.id)
    assert kept is not None
    assert kept.decide_within_minutes == 30


def test_deciding_to_raise_declares_the_level(room: Room) -> None:
    red = warn(room)
    room.later(minutes=12)
    decided = decide_warning(
        room.store, room.by("li"), warning=red.id, level=Level.III, why="red and rising", authority="Commander Zhang"
    )
    assert decided.decision is not None
    assert decided.decision.decided_at == MORNING + timedelta(minutes=12)
    (declaration,) = room.store.all(Declaration)
    assert (declaration.level, declaration.warning, declaration.authority) == (Level.III, red.id, "Commander Zhang")
    assert next(room.store.entries_backwards()).command == "season.decide_warning"
    assert awaiting(room) == []
    assert decided_late_by(decided, room.clock.instant) == timedelta()


def test_not_raising_needs_its_reason_and_a_decision_is_made_once(room: Room) -> None:
    red = warn(room)
    with pytest.raises(Refused, match="Say why"):
        decide_warning(room.store, room.by("li"), warning=red.id, level=None, why="")
    decide_warning(room.store, room.by("li"), warning=red.id, level=None, why="rain has passed, rivers low")
    with pytest.raises(Refused, match="decided already by Li: no response level, “rain has passed, rivers low”"):
        decide_warning(room.store, room.by("li"), warning=red.id, level=Level.I, why="after all")
    with pytest.raises(NotAllowed):
        decide_warning(room.store, room.by("qian"), warning=red.id, level=None, why="x")


def test_a_level_that_is_no_higher_is_no_raise(room: Room) -> None:
    declare_level(room.store, room.by("li"), unit="anlan", level=Level.III, authority="Zhang", reason="rising")
    red = warn(room)
    with pytest.raises(Refused, match="level III is in force already"):
        decide_warning(room.store, room.by("li"), warning=red.id, level=Level.IV, why="x")


def test_a_warning_that_ran_out_or_was_replaced_undecided_still_owes_its_decision(room: Room) -> None:
    first = warn(room, WarningColour.ORANGE, valid_until_at=MORNING + timedelta(minutes=10))
    room.later(minutes=20)
    second = warn(room, issued_at=room.clock.instant, replaces=first.id)
    assert awaiting(room) == [first.id, second.id]
    replaced = room.store.get(FloodWarning, first.id)
    assert replaced is not None
    assert not in_effect(replaced, room.clock.instant)
    room.later(minutes=15)
    assert decided_late_by(replaced, room.clock.instant) == timedelta(minutes=5)
    with pytest.raises(Refused, match="lifted already"):
        lift_warning(room.store, room.by("li"), warning=first.id)


def test_a_warning_that_came_late_runs_from_when_it_came(room: Room) -> None:
    late = warn(room, issued_at=MORNING - timedelta(hours=2))
    assert decide_by(late) == MORNING + timedelta(minutes=30)
    with pytest.raises(Invalid, match="Issued at"):
        warn(room, issued_at=MORNING + timedelta(minutes=1))
    with pytest.raises(Refused, match="future"):
        warn(room, received_at=MORNING + timedelta(minutes=1))
    with pytest.raises(Refused, match="no warning A0"):
        lift_warning(room.store, room.by("li"), warning="A0")


def test_a_lifted_warning_without_demand_is_gone_from_the_situation(room: Room) -> None:
    blue = warn(room, WarningColour.BLUE)
    assert len(situation(room.store, "anlan", MORNING, ZONE).warnings) == 1
    lift_warning(room.store, room.by("li"), warning=blue.id)
    assert situation(room.store, "anlan", MORNING, ZONE).warnings == ()


def test_a_warning_holds_from_the_instant_it_was_issued_to_the_one_at_which_it_ends(room: Room) -> None:
    issued = MORNING - timedelta(minutes=5)
    warning = warn(room, valid_until_at=MORNING + timedelta(hours=3))
    asked = (
        issued - timedelta(seconds=1),
        issued,
        MORNING + timedelta(hours=3, seconds=-1),
        MORNING + timedelta(hours=3),
    )
    assert [in_effect(warning, at) for at in asked] == [False, True, True, False]
    lifted = warning.changed(lifted_at=MORNING + timedelta(hours=1))
    assert [in_effect(lifted, MORNING + timedelta(minutes=minute)) for minute in (59, 60)] == [True, False]


def test_how_late_a_decision_is_is_counted_to_now_while_it_is_owed_and_then_stands(room: Room) -> None:
    red = warn(room)
    limit = decide_by(red)
    assert limit is not None
    assert decided_late_by(red, limit) == timedelta(0)
    assert decided_late_by(red, limit + timedelta(minutes=7)) == timedelta(minutes=7)
    assert decided_late_by(warn(room, WarningColour.BLUE), limit + timedelta(days=1)) == timedelta(0)
    room.later(minutes=40)
    decide_warning(room.store, room.by("li"), warning=red.id, level=None, why="watch")
    kept = room.store.get(FloodWarning, red.id)
    assert kept is not None
    assert decided_late_by(kept, limit + timedelta(days=1)) == timedelta(minutes=10)
