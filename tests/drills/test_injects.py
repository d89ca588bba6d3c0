from __future__ import annotations

from datetime import timedelta

import pytest

from floodready.drills.injects import (
    in_order,
    moved,
    next_number,
    renumbered,
    require_approved,
    require_approver,
    require_free_number,
    require_move,
    scenario_instant,
    shifted,
    unwatched,
)
from floodready.drills.models import Inject, InjectKind, InjectStatus
from floodready.refusal import Invalid, Refused
from tests.drills.scenes import START, drill, inject

SCRIPT = [inject(1, 0), inject(2, 10), inject(3, 20), inject(4, 30)]


def applied(script: list[Inject], offsets: dict[str, int]) -> list[Inject]:
    return in_order(line.changed(offset=offsets.get(line.id, line.offset)) for line in script)


def test_a_moved_line_changes_places_and_the_times_stay() -> None:
    after = applied(SCRIPT, moved(SCRIPT, SCRIPT[3], 1))
    assert [line.number for line in after] == [1, 4, 2, 3]
    assert [line.offset for line in after] == [0, 600, 1200, 1800]


def test_a_line_moved_beyond_the_end_is_the_last() -> None:
    assert [line.number for line in applied(SCRIPT, moved(SCRIPT, SCRIPT[0], 99))] == [2, 3, 4, 1]


def test_shifting_moves_every_line_from_a_time_on() -> None:
    after = applied(SCRIPT, shifted(SCRIPT, from_offset=1200, seconds=300))
    assert [line.offset for line in after] == [0, 600, 1500, 2100]


def test_shifting_never_overtakes_a_line_that_stays() -> None:
    with pytest.raises(Refused, match=r"Inject 3 would come 60 s too early\. Shift by 600 s at most"):
        shifted(SCRIPT, from_offset=1200, seconds=-660)
    with pytest.raises(Refused, match="too early"):
        shifted(SCRIPT, from_offset=0, seconds=-1)


def test_numbers_are_unique_and_follow_the_order_when_asked() -> None:
    assert next_number(SCRIPT) == 5
    with pytest.raises(Refused, match="already has an inject 3"):
        require_free_number(3, SCRIPT, drill())
    assert renumbered([inject(7, 0), inject(2, 5), inject(3, 9)]) == {"I7": 1}


def test_nobody_approves_a_line_of_their_own() -> None:
    with pytest.raises(Refused, match="You wrote inject 1 yourself"):
        require_approver(inject(1, approver=None), "P1")
    require_approver(inject(1, approver=None), "P2")
    with pytest.raises(Invalid):
        inject(1).changed(approver="P1")


def test_a_drill_does_not_start_with_lines_that_nobody_approved() -> None:
    with pytest.raises(Refused, match="Not approved yet: inject 2, 5"):
        require_approved([inject(5, approver=None), inject(1), inject(2, approver=None)], drill())
    require_approved(SCRIPT, drill())


def test_a_scripted_drill_needs_a_script_and_a_scriptless_one_does_not() -> None:
    with pytest.raises(Refused, match="no injects"):
        require_approved([], drill())
    require_approved([], drill(scripted=False))


@pytest.mark.parametrize(
    ("kind", "now", "wanted", "sentence"),
    [
        (InjectKind.INJECT, InjectStatus.APPROVED, InjectStatus.DONE, "released, deferred, missed"),
        (InjectKind.EXPECTED, InjectStatus.APPROVED, InjectStatus.RELEASED, "done, deferred, missed"),
        (InjectKind.INJECT, InjectStatus.RELEASED, InjectStatus.DEFERRED, "done, missed"),
        (InjectKind.INJECT, InjectStatus.DONE, InjectStatus.MISSED, "nothing more"),
        (InjectKind.INJECT, InjectStatus.DRAFT, InjectStatus.RELEASED, "nothing more"),
    ],
)
def test_an_illegal_move_is_refused_with_the_legal_ones_named(
    kind: InjectKind, now: InjectStatus, wanted: InjectStatus, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        require_move(4, kind, now, wanted)
    assert all(part in str(refused.value) for part in sentence.split(", "))


def test_a_missed_line_may_still_be_done_late() -> None:
    require_move(4, InjectKind.INJECT, InjectStatus.MISSED, InjectStatus.DONE)


def test_a_line_whose_evaluator_is_not_of_the_drill_is_named() -> None:
    assert [line.number for line in unwatched([inject(1, evaluator="P2"), inject(2, evaluator="P4")], drill())] == [2]


def test_a_number_that_is_free_is_taken_and_one_that_is_not_is_refused() -> None:
    require_free_number(5, SCRIPT, drill())
    with pytest.raises(Refused, match="already has an inject 4"):
        require_free_number(4, SCRIPT, drill())


def test_lines_may_be_shifted_up_to_the_one_that_stays_and_no_further() -> None:
    assert [line.offset for line in applied(SCRIPT, shifted(SCRIPT, 1200, -600))] == [0, 600, 600, 1200]
    with pytest.raises(Refused, match="1 s too early"):
        shifted(SCRIPT, 1200, -601)
    assert shifted(SCRIPT, 1200, 0) == shifted(SCRIPT, 1801, 60) == {}


def test_the_time_of_the_scenario_runs_from_the_last_line_before_it_that_says_its_own() -> None:
    script = [
        inject(1, 0),
        inject(2, 10, scenario_at=START + timedelta(hours=5)),
        inject(3, 10),
        inject(4, 20, scenario_at=START + timedelta(hours=9), kind=InjectKind.CONTINGENCY),
        inject(5, 30),
    ]
    told = [scenario_instant(drill(), script, line) - START for line in script]
    minutes = [0, 5 * 60, 5 * 60, 9 * 60, 5 * 60 + 20]
    assert told == [timedelta(minutes=n) for n in minutes]


def test_only_lines_whose_time_changes_are_moved() -> None:
    assert moved(SCRIPT, SCRIPT[2], 1) == {"I3": 600, "I2": 1200}
    assert moved(SCRIPT, SCRIPT[2], 2) == {}
