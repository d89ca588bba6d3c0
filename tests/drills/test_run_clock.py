from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.codec import decode, encode
from floodready.drills.models import InjectKind, InjectStatus
from floodready.drills.run_clock import (
    elapsed,
    expected_at,
    next_up,
    paused,
    read_span,
    slots,
    with_pause,
    without_pause,
    written_clock,
)
from floodready.drills.run_models import Delivery, Pause, Run
from floodready.refusal import Refused
from tests.drills.scenes import START, at, inject, run

TWICE_PAUSED = run(pauses=(Pause(from_at=at(10), until_at=at(15)), Pause(from_at=at(20), until_at=at(50))))


def test_drill_time_stands_still_in_pauses() -> None:
    minutes = {
        moment: elapsed(TWICE_PAUSED, at(moment)) / timedelta(minutes=1) for moment in (0, 10, 12, 15, 20, 35, 51)
    }
    assert minutes == {0: 0, 10: 10, 12: 10, 15: 10, 20: 15, 35: 15, 51: 16}


def test_before_its_start_and_after_its_end_the_clock_does_not_run() -> None:
    over = run(finished_at=at(60))
    assert elapsed(over, at(-5)) == timedelta()
    assert elapsed(over, at(500)) == timedelta(hours=1)


def test_later_injects_shift_by_the_pauses_and_earlier_ones_stay() -> None:
    assert expected_at(TWICE_PAUSED, 5 * 60, at(60)) == at(5)
    assert expected_at(TWICE_PAUSED, 10 * 60, at(60)) == at(10)
    assert expected_at(TWICE_PAUSED, 12 * 60, at(60)) == at(17)
    assert expected_at(TWICE_PAUSED, 20 * 60, at(60)) == at(55)


def test_while_the_clock_stands_the_rest_moves_on_with_every_minute() -> None:
    standing = run(pauses=(Pause(from_at=at(10)),))
    assert expected_at(standing, 15 * 60, at(11)) == at(16)
    assert expected_at(standing, 15 * 60, at(30)) == at(35)


def test_a_terminal_that_was_killed_comes_back_with_the_same_clock() -> None:
    read_again = decode(Run, encode(TWICE_PAUSED))
    assert elapsed(read_again, at(73)) == elapsed(TWICE_PAUSED, at(73)) == timedelta(minutes=38)


def test_a_clock_that_stands_cannot_be_paused_and_one_that_runs_cannot_be_resumed() -> None:
    standing = run().changed(pauses=with_pause(run(), at(5), "rain"))
    assert paused(standing, at(6)) == Pause(from_at=at(5), reason="rain")
    with pytest.raises(Refused, match="has been stopped since 0:05:00"):
        with_pause(standing, at(7))
    running = standing.changed(pauses=without_pause(standing, at(9)))
    assert paused(running, at(9)) is None
    with pytest.raises(Refused, match="running"):
        without_pause(running, at(10))


def test_a_run_that_is_over_has_no_clock_to_pause() -> None:
    with pytest.raises(Refused, match="Run 1 is over"):
        with_pause(run(finished_at=at(60)), at(61))


def test_the_next_line_is_the_first_pending_one_and_never_a_contingency() -> None:
    script = [inject(1, 5), inject(2, 10), inject(3, 8, kind=InjectKind.CONTINGENCY), inject(4, 15)]
    done = Delivery(id="R1/I1", run="R1", inject="I1", status=InjectStatus.DONE, released_at=at(6), by="P1")
    deferred = Delivery(id="R1/I2", run="R1", inject="I2", status=InjectStatus.DEFERRED, deferred_to=20 * 60, by="P1")
    seen = slots(run(), script, [done, deferred], at(7))
    following = next_up(seen)
    assert [slot.inject.number for slot in seen] == [1, 3, 4, 2]
    assert following is not None
    assert following.inject.number == 4
    assert seen[0].late_by == timedelta(minutes=1)
    assert (seen[3].expected_at, seen[3].planned_at) == (at(20), at(10))


def test_drill_time_is_written_to_the_second() -> None:
    assert written_clock(timedelta(hours=11, minutes=2, seconds=3.9)) == "11:02:03"
    assert written_clock(-timedelta(seconds=90)) == "-0:01:30"


@settings(max_examples=80)
@given(
    gaps=st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), max_size=6),
    offset=st.integers(0, 4000),
)
def test_at_the_instant_a_line_is_expected_drill_time_has_reached_it(gaps: list[tuple[int, int]], offset: int) -> None:
    moment, pauses = START, []
    for running, standing in gaps:
        begins = moment + timedelta(seconds=running)
        moment = begins + timedelta(seconds=standing)
        pauses.append(Pause(from_at=begins, until_at=moment))
    made = run(pauses=tuple(pauses))
    assert elapsed(made, expected_at(made, offset, moment)) == timedelta(seconds=offset)


def test_the_clock_stands_from_the_instant_of_a_pause_up_to_not_with_the_one_at_which_it_goes_on() -> None:
    asked = [(minute, paused(TWICE_PAUSED, at(minute))) for minute in (9.99, 10, 14.99, 15, 20, 50)]
    assert [minute for minute, pause in asked if pause is not None] == [10, 14.99, 20]
    standing = run(pauses=(Pause(from_at=at(10)),))
    assert paused(standing, at(9)) is None


def test_a_run_that_is_over_has_no_pause_to_end() -> None:
    with pytest.raises(Refused, match="Run 1 is over"):
        without_pause(run(pauses=(Pause(from_at=at(10)),), finished_at=at(60)), at(61))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10", 600),
        ("10:30", 630),
        ("1:10:30", 4230),
        ("90:00", 5400),
        ("0:59", 59),
        ("1:59:59", 7199),
        ("１０：３０", 630),
        ("25:60", None),
        ("1:60:00", None),
        ("1:00:60", None),
        ("1:2:3:4", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_span_is_minutes_alone_or_with_seconds_below_sixty(text: str, seconds: int | None) -> None:
    assert read_span(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00:00"), (59, "0:00:59"), (3599, "0:59:59"), (3600, "1:00:00"), (-1, "-0:00:01")]
)
def test_drill_time_is_written_with_its_hours(seconds: int, told: str) -> None:
    assert written_clock(timedelta(seconds=seconds)) == told
