"""The one list of clocks: which run, whose they are, and how much each presses at its edges."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from floodready.clock import end_of
from floodready.duty.commands_log import write_log
from floodready.duty.models_shift import LogKind
from floodready.rectification.states import State
from floodready.reports.clocks import FOLLOW_UP_SOON, SOON, RunningClock, Urgency, running_clocks
from floodready.season.commands import (
    add_season,
    declare_level,
    finish_action,
    record_warning,
    send_report,
    set_level_table,
)
from floodready.season.level import Level
from floodready.season.models import Hazard, WarningColour
from floodready.season.models_level import LevelAction, LevelRow, StartedAction
from floodready.season.running import AHEAD, BEHIND
from tests.duty.conftest import Room as DutyRoom
from tests.duty.conftest import room as duty_room
from tests.duty.rosters import SHANGHAI, at
from tests.materials.conftest import Room as StoreRoom
from tests.materials.conftest import clock
from tests.materials.conftest import room as store_room
from tests.rectification.conftest import DEADLINE, Office, office
from tests.season.conftest import MORNING, ZONE
from tests.season.conftest import Room as SeasonRoom
from tests.season.conftest import room as season_room

__all__ = ["clock", "duty_room", "office", "season_room", "store_room"]

SECOND = timedelta(seconds=1)


def of_city(room: SeasonRoom, moment: datetime) -> list[RunningClock]:
    """Give the clocks of the city; the county below it owes the same reports."""
    return [one for one in running_clocks(room.store, moment, ZONE) if one.unit == "anlan"]


def told(clocks: list[RunningClock]) -> list[tuple[str, Urgency]]:
    return [(str(one.what), one.urgency) for one in clocks]


def around(due: datetime, soon: timedelta) -> list[tuple[datetime, Urgency]]:
    return [
        (due - soon - SECOND, Urgency.LATER), (due - soon, Urgency.SOON), (due, Urgency.SOON),
        (due + SECOND, Urgency.LATE),
    ]  # fmt: skip


def test_a_report_runs_from_half_a_day_before_it_is_due_to_a_day_after_unless_it_is_sent(
    season_room: SeasonRoom,
) -> None:
    store, by = season_room.store, season_room.by
    day = date(2026, 7, 2)
    add_season(store, by("qian"), unit="anlan", name="s", starts_on=day, ends_on=day)
    due = at("2026-07-02 16:00")
    name = "Units' daily report"
    for moment, urgency in around(due, SOON):
        (found,) = of_city(season_room, moment)
        assert (found.due_at, found.unit, str(found.what), found.urgency) == (due, "anlan", name, urgency)
    runs = [bool(of_city(season_room, moment)) for moment in (due - AHEAD, due - AHEAD + SECOND)]
    assert runs == [False, True]
    runs = [bool(of_city(season_room, moment)) for moment in (due + BEHIND, due + BEHIND + SECOND)]
    assert runs == [True, False]
    season_room.clock.instant = due
    send_report(store, by("li"), unit="anlan", rule="units", due_at=due)
    assert of_city(season_room, due) == []


def test_decisions_and_started_actions_run_until_they_are_done_however_late(season_room: SeasonRoom) -> None:
    store, by = season_room.store, season_room.by
    rows = (LevelRow(level=Level.IV, actions=(LevelAction(name="Call out", within_minutes=20, who="office"),)),)
    set_level_table(store, by("qian"), unit="anlan", rows=rows, source="plan")
    record_warning(
        store, by("li"), unit="anlan", hazard=Hazard.RAIN, colour=WarningColour.RED, issuer="x", area="全市",
        issued_at=MORNING, received_at=MORNING,
    )  # fmt: skip
    declare_level(store, by("li"), unit="anlan", level=Level.IV, authority="Zhang", reason="x")
    red = f"decide on {WarningColour.RED.word} ({Hazard.RAIN.word}, 全市)"
    assert told(running_clocks(store, MORNING, ZONE)) == [("Call out", Urgency.SOON), (red, Urgency.SOON)]
    late = running_clocks(store, MORNING + timedelta(days=9), ZONE)
    assert told(late) == [("Call out", Urgency.LATE), (red, Urgency.LATE)]
    assert [one.who for one in late] == ["office", ""]
    (action,) = store.all(StartedAction)
    finish_action(store, by("li"), action=action.id)
    assert told(running_clocks(store, MORNING, ZONE)) == [(red, Urgency.SOON)]


def test_what_a_shift_left_open_presses_an_hour_before(duty_room: DutyRoom) -> None:
    due = at("2026-07-02 12:00")
    for task, when in (("no time", None), ("ring the county", due)):
        write_log(
            duty_room.store, duty_room.by("ding"), unit="U", kind=LogKind.DANGER, content="x", follow_up=task,
            owner="geng", due_at=when,
        )  # fmt: skip
    for moment, urgency in around(due, FOLLOW_UP_SOON):
        (found,) = running_clocks(duty_room.store, moment, SHANGHAI)
        assert (str(found.what), found.unit, found.who, found.urgency) == ("ring the county", "U", "Geng", urgency)


@pytest.mark.parametrize(
    ("before", "urgency"),
    [
        (timedelta(days=7) + SECOND, None), (timedelta(days=7), Urgency.LATER), (timedelta(days=3), Urgency.SOON),
        (timedelta(hours=24) + SECOND, Urgency.SOON), (timedelta(hours=24), Urgency.LATE), (timedelta(), Urgency.LATE),
    ],
)  # fmt: skip
def test_a_deadline_presses_by_its_light(office: Office, before: timedelta, urgency: Urgency | None) -> None:
    office.brought_to(State.RECTIFYING)
    end = end_of(DEADLINE, ZONE)
    found = running_clocks(office.store, end - before, ZONE)
    assert [one.urgency for one in found] == ([] if urgency is None else [urgency])
    for one in found:
        assert (one.due_at, one.by_day, one.who, one.unit) == (end, True, "Rectifier", "County")


def test_a_paper_is_late_from_the_instant_at_which_it_is_due(store_room: StoreRoom) -> None:
    store_room.receive("BAG", 100, opening=True)
    paper = store_room.issue("BAG", 10)
    for moment, urgency in ((paper.due_at - SECOND, Urgency.SOON), (paper.due_at, Urgency.LATE)):
        (found,) = running_clocks(store_room.store, moment, ZONE)
        assert (found.due_at, found.urgency, found.by_day) == (paper.due_at, urgency, False)
        assert found.opens == ("materials.issue_papers", paper.id)


def test_the_nearest_clock_stands_first(office: Office) -> None:
    far = office.brought_to(State.RECTIFYING)
    near = office.task(required_on=DEADLINE - timedelta(1))
    found = running_clocks(office.store, end_of(DEADLINE, ZONE), ZONE)
    assert [one.opens[1] for one in found] == [near.id, far.id]
