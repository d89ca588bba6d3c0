from __future__ import annotations

from datetime import date, timedelta

from floodready.drills.closing import (
    ActionFacts,
    close_by,
    last_of_plan,
    missing_for_closing,
    reminder,
    unanswered,
    weaknesses,
)
from floodready.drills.models import DrillState, Settings
from floodready.drills.run_models import Answer, Evaluation, Finding, FollowUp
from tests.drills.scenes import START, drill, observation

HELD = drill(state=DrillState.HELD)
WEAK = observation("B1", finding=Finding.WEAKNESS, inject="I1", text="Radio on the wrong channel")
WRITTEN = Evaluation(id="D1", text="It went well.", written_by="P1", written_at=START)
FILED = WRITTEN.changed(summary="Filed.", filed_by="P1", filed_at=START)
SETTINGS = Settings(id="drills")


def test_everything_that_keeps_a_drill_open_is_named_at_once() -> None:
    missing = [str(reason) for reason in missing_for_closing(HELD, None, [WEAK], {})]
    assert missing == [
        "the evaluation is not written",
        "weakness B1 has no corrective action with an owner and a date: Radio on the wrong channel",
        "the summary is not filed",
    ]


def test_an_action_needs_both_an_owner_and_a_date() -> None:
    half = ActionFacts(record="H1", owner="P5", due_on=None)
    assert len(missing_for_closing(HELD, FILED, [WEAK], {"B1": half})) == 1
    whole = ActionFacts(record="H1", owner="P5", due_on=date(2026, 6, 1))
    assert missing_for_closing(HELD, FILED, [WEAK], {"B1": whole}) == []


def test_a_drill_that_is_still_running_cannot_be_closed() -> None:
    assert missing_for_closing(drill(state=DrillState.RUNNING), FILED, [], {})


def test_a_replaced_weakness_needs_no_action() -> None:
    better = observation("B2", inject="I1", replaces="B1")
    assert weaknesses([WEAK, better]) == []


def test_the_reminder_counts_the_days_of_the_setting() -> None:
    held_on = date(2026, 5, 12)
    assert close_by(held_on, SETTINGS) == date(2026, 8, 10)
    assert "within 1 day (HSEEP)" in str(reminder(HELD, held_on, date(2026, 8, 9), SETTINGS))
    assert "should have been closed 2 days ago" in str(reminder(HELD, held_on, date(2026, 8, 12), SETTINGS))
    assert reminder(drill(state=DrillState.CLOSED), held_on, date(2027, 1, 1), SETTINGS) is None


def test_the_last_drill_of_the_plan_is_the_one_begun_last_whatever_was_planned() -> None:
    following = drill(id="D9", starts_at=START - timedelta(days=30))
    older = drill(id="D0", state=DrillState.CLOSED, starts_at=START + timedelta(days=9))
    other_plan = drill(id="D3", state=DrillState.HELD, plan="Dam")
    not_held = drill(id="D4", state=DrillState.CANCELLED)
    begun = [
        (START - timedelta(days=9), older),
        (START, HELD),
        (START + timedelta(days=9), other_plan),
        (START + timedelta(days=9), not_held),
    ]
    assert last_of_plan(following, begun) == HELD, "held before the day on which it comes to begin"
    assert last_of_plan(HELD, begun, began=START) == older
    assert last_of_plan(older, begun, began=START - timedelta(days=9)) is None


def test_the_next_drill_asks_for_every_action_of_the_last() -> None:
    answer = FollowUp(id="D9/B1", drill="D9", observation="B1", answer=Answer.IMPLEMENTED, by="P1")
    assert unanswered(["B1", "B2"], [answer]) == ["B2"]


def test_an_open_action_whose_owner_has_left_keeps_the_drill_open() -> None:
    left = ActionFacts(record="H1", owner="P5", owner_left=True, due_on=date(2026, 6, 1))
    (missing,) = missing_for_closing(HELD, FILED, iter([WEAK]), {"B1": left})
    assert str(missing) == "the owner of H1 has left: give it another one in the rectification list"
    mended = ActionFacts(record="H1", owner="P5", owner_left=True, due_on=date(2026, 6, 1), closed=True)
    assert missing_for_closing(HELD, FILED, [WEAK], {"B1": mended}) == []


def test_on_the_last_day_of_the_setting_a_drill_is_still_in_time_to_be_closed() -> None:
    held_on = date(2026, 5, 12)
    assert "within 0 days" in str(reminder(HELD, held_on, date(2026, 8, 10), SETTINGS))
    assert "1 day ago" in str(reminder(HELD, held_on, date(2026, 8, 11), SETTINGS))


def test_weaknesses_stand_in_the_order_in_which_they_were_seen() -> None:
    later, first = (
        observation(id, finding=Finding.WEAKNESS, seen_at=START + timedelta(minutes=minutes))
        for id, minutes in (("B1", 5), ("B2", 1))
    )
    strength = observation("B3", finding=Finding.STRENGTH)
    assert weaknesses([later, strength, first]) == [first, later]
