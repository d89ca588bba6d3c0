"""What a unit owes against a clock at an instant, and how it stands then."""

from __future__ import annotations

from datetime import date, timedelta

from floodready.season.commands import (
    add_reading,
    add_season,
    add_station,
    change_station,
    declare_level,
    finish_action,
    record_warning,
    send_report,
    set_level_table,
)
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Hazard, Mark, Station, StationKind, Threshold, WarningColour
from floodready.season.models_level import LevelAction, LevelRow, StartedAction
from floodready.season.models_report import Report
from floodready.season.running import AHEAD, BEHIND, running
from floodready.season.situation import declaration_for, reports_for, situation, stations_for, warning_windows
from tests.season.conftest import MORNING, ZONE, Room

HOUR = timedelta(hours=1)


def warn(room: Room, colour: WarningColour) -> FloodWarning:
    return record_warning(
        room.store, room.by("li"), unit="anlan", hazard=Hazard.RAIN, colour=colour, issuer="x", area="y",
        issued_at=room.clock.instant,
    )  # fmt: skip


def test_a_decision_is_owed_from_the_instant_a_warning_reached_the_room(room: Room) -> None:
    red = warn(room, WarningColour.RED)
    warn(room, WarningColour.BLUE)
    assert list(running(room.store, "anlan", MORNING - timedelta(seconds=1), ZONE)) == []
    assert list(running(room.store, "anlan", MORNING, ZONE)) == [(MORNING + timedelta(minutes=30), red)]
    assert list(running(room.store, "heyang", MORNING, ZONE)) == []
    shown = [situation(room.store, "anlan", MORNING + offset, ZONE).warnings for offset in (-HOUR, timedelta(0))]
    assert [len(warnings) for warnings in shown] == [0, 2]


def test_an_action_runs_until_it_is_done_and_a_report_from_twelve_hours_before_to_a_day_after(room: Room) -> None:
    rows = (LevelRow(level=Level.IV, actions=(LevelAction(name="Report upward", within_minutes=60),)),)
    set_level_table(room.store, room.by("qian"), unit="anlan", rows=rows, source="the plan")
    declare_level(room.store, room.by("li"), unit="anlan", level=Level.IV, authority="Zhang", reason="x")
    assert [at for at, _ in running(room.store, "anlan", MORNING, ZONE)] == [MORNING + HOUR]
    first = date(2026, 7, 1)
    add_season(room.store, room.by("qian"), unit="anlan", name="Summer", starts_on=first, ends_on=first)
    due = MORNING + 8 * HOUR  # the daily report, at 16:00

    def has_report(offset: timedelta) -> bool:
        return any(isinstance(one, Report) for _, one in running(room.store, "anlan", due + offset, ZONE))

    second = timedelta(seconds=1)
    asked = (-AHEAD - second, -AHEAD, -AHEAD + second, timedelta(0), BEHIND, BEHIND + second)
    assert [has_report(offset) for offset in asked] == [False, False, True, True, True, False]
    send_report(room.store, room.by("li"), unit="anlan", rule="units", due_at=due)
    assert not has_report(timedelta(0))
    (kept,) = reports_for(room.store, "anlan", due, due + second, ZONE)
    assert kept.sent_at is not None
    assert reports_for(room.store, "anlan", due - HOUR, due, ZONE) == []
    assert reports_for(room.store, "anlan", due + second, due + HOUR, ZONE) == []


def test_a_unit_looks_at_stations_in_use_of_its_own_and_of_the_units_above(room: Room) -> None:
    marks = (Threshold(mark=Mark.WARNING, value=41_720),)
    add_station(
        room.store, room.by("qian"), id="low", name="Low", unit="heyang", kind=StationKind.WATER_LEVEL, thresholds=marks
    )
    assert [station.id for station in stations_for(room.store, "anlan")] == ["hyk"]
    assert sorted(station.id for station in stations_for(room.store, "heyang")) == ["hyk", "low"]
    station = room.store.get(Station, "hyk")
    assert station is not None
    change_station(room.store, room.by("qian"), station, active=False)
    assert [station.id for station in stations_for(room.store, "heyang")] == ["low"]


def test_a_station_exactly_at_its_warning_value_has_reached_it(room: Room) -> None:
    for id, value in (("at", 41_720), ("below", 41_719), ("silent", None)):
        marks = (Threshold(mark=Mark.WARNING, value=41_720),)
        add_station(
            room.store, room.by("qian"), id=id, name=id, unit="anlan", kind=StationKind.WATER_LEVEL, thresholds=marks
        )
        if value is not None:
            add_reading(room.store, room.by("li"), station=id, measured_at=MORNING, value=value)
    found = situation(room.store, "anlan", MORNING, ZONE)
    assert [station.id for station in found.at_or_above_warning] == ["at"]
    assert situation(room.store, "anlan", MORNING - HOUR, ZONE).at_or_above_warning == ()
    until = MORNING + HOUR
    assert warning_windows(room.store, "anlan", MORNING + timedelta(minutes=5), until, ZONE) == [(MORNING, until)]
    assert warning_windows(room.store, "anlan", MORNING, until, ZONE) == [(MORNING, until)]


def test_of_the_levels_of_a_unit_and_those_above_the_highest_holds(room: Room) -> None:
    declare_level(room.store, room.by("li"), unit="anlan", level=Level.III, authority="Zhang", reason="x")
    assert declaration_for(room.store, "heyang", MORNING - HOUR) is None
    for unit in ("anlan", "heyang"):
        held = declaration_for(room.store, unit, MORNING)
        assert held is not None
        assert held.level is Level.III


def test_what_is_done_runs_no_more(room: Room) -> None:
    rows = (LevelRow(level=Level.IV, actions=(LevelAction(name="Report upward", within_minutes=60),)),)
    set_level_table(room.store, room.by("qian"), unit="anlan", rows=rows, source="the plan")
    declare_level(room.store, room.by("li"), unit="anlan", level=Level.IV, authority="Zhang", reason="x")
    ((_, action),) = running(room.store, "anlan", MORNING, ZONE)
    assert isinstance(action, StartedAction)
    finish_action(room.store, room.by("li"), action=action.id)
    assert list(running(room.store, "anlan", MORNING, ZONE)) == []
