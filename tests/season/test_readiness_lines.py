"""What the season's lines say of a unit, rule by rule and at their edges."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from floodready.organisation.commands import add_unit, change_unit
from floodready.organisation.models import Unit, UnitKind
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, LineStatus, status_of
from floodready.readiness.season_lines import parts
from floodready.season.commands import (
    add_reading,
    add_season,
    add_station,
    change_settings,
    change_station,
    decide_warning,
    declare_level,
    lower_level,
    record_warning,
    send_report,
)
from floodready.season.level import Level
from floodready.season.models import Hazard, Mark, Station, StationKind, Threshold, WarningColour
from floodready.season.models_report import ReportRule, Trigger
from tests.readiness.asked import lines_of
from tests.season.conftest import MORNING, ZONE, Room

MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def status(room: Room, line: str, at: datetime, asked_at: datetime | None = None) -> LineStatus:
    """Give a line at an instant, as it is known at that instant or at another."""
    around = Surroundings(room.store, asked_at or at, ZONE)
    (found,) = [made for made in lines_of(parts, around) if made.id == f"season/{line}/anlan"]
    return status_of(found, at)


def said(room: Room, line: str, at: datetime, asked_at: datetime | None = None) -> tuple[Colour, str]:
    found = status(room, line, at, asked_at)
    return found.colour, str(found.cause)


def names(room: Room, unit: str = "anlan") -> set[str]:
    around = Surroundings(room.store, room.clock.instant, ZONE)
    return {line.id.split("/")[1] for line in lines_of(parts, around) if line.unit == unit}


def a_season(room: Room, unit: str = "anlan") -> None:
    add_season(
        room.store, room.by("qian"), unit=unit, name="Summer", starts_on=date(2026, 7, 2), ends_on=date(2026, 7, 10)
    )  # fmt: skip


def read(room: Room, value: int, at: datetime = MORNING, station: str = "hyk") -> None:
    room.clock.instant = max(room.clock.instant, at)
    add_reading(room.store, room.by("li"), station=station, measured_at=at, value=value * 1000, confirmed=True)


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def test_a_unit_has_the_lines_of_what_it_has(room: Room) -> None:
    assert names(room) == {"stations", "level"}
    assert names(room, "heyang") == set()
    a_season(room, "heyang")
    assert names(room, "heyang") == {"reports"}
    warned(room)
    assert names(room) == {"stations", "level", "warnings"}
    hyk = room.store.get(Station, "hyk")
    assert hyk is not None
    change_station(room.store, room.by("qian"), hyk, active=False)
    assert names(room) == {"warnings"}
    heyang = room.store.get(Unit, "heyang")
    assert heyang is not None
    change_unit(room.store, room.by("he"), heyang, active=False)
    assert names(room, "heyang") == set()
    add_unit(room.store, room.by("he"), id="linze", name="Linze county", kind=UnitKind.COUNTY, parent="anlan")
    a_season(room, "linze")
    assert names(room, "linze") == {"reports"}, "a unit no longer in use hides none after it"


def test_a_station_that_never_spoke_is_not_known_within_the_season_only(room: Room) -> None:
    a_season(room)
    silent = "Huayuankou has no reading of the last 24 h"
    assert said(room, "stations", local("07-02 00:00") - MOMENT)[0] is Colour.GREEN
    assert said(room, "stations", local("07-02 00:00")) == (Colour.GREY, silent)
    assert said(room, "stations", local("07-11 00:00") - MOMENT) == (Colour.GREY, silent)
    assert said(room, "stations", local("07-11 00:00"))[0] is Colour.GREEN
    act = status(room, "stations", local("07-03 00:00")).act
    assert str(act) == "get the reading of Huayuankou and log it"


def test_only_stations_in_use_with_a_level_threshold_owe_a_reading(room: Room) -> None:
    a_season(room)
    warning, four = Threshold(mark=Mark.WARNING, value=1000), Threshold(mark=Mark.IV, value=2000)
    of_county: dict[str, Any] = {"unit": "heyang", "kind": StationKind.DISCHARGE}
    for id, thresholds in (("a", ()), ("b", (warning,)), ("c", (warning, four)), ("d", (four,))):
        add_station(room.store, room.by("qian"), id=id, name=id.upper(), thresholds=thresholds, **of_county)
    d = room.store.get(Station, "d")
    assert d is not None
    change_station(room.store, room.by("qian"), d, active=False)
    around = Surroundings(room.store, MORNING, ZONE)
    (line,) = [made for made in lines_of(parts, around) if made.id == "season/stations/heyang"]
    assert [str(signal.cause) for signal in line.signals] == ["C has no reading of the last 24 h"]
    assert line.opens == ("season.stations", "a")
    told = [str(sentence) for sentence in line.explanation[1:]]
    assert told == ["A: no reading yet", "B: no reading yet", "C: no reading yet"]


def test_a_reading_after_one_season_leaves_the_next_to_be_read_for(room: Room) -> None:
    a_season(room)
    add_season(
        room.store, room.by("qian"), unit="anlan", name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30)
    )
    read(room, 100, local("07-10 23:00"))
    assert said(room, "stations", local("07-10 23:30"))[0] is Colour.GREEN
    assert said(room, "stations", local("09-01 00:00"), local("07-10 23:30"))[0] is Colour.GREY


def test_a_reading_speaks_for_its_station_for_the_hours_that_the_office_set(room: Room) -> None:
    a_season(room)
    change_settings(room.store, room.by("qian"), unit="anlan", reading_counts_hours=6)
    at = local("07-03 08:00")
    read(room, 100, at)
    assert said(room, "stations", at + 6 * HOUR - MOMENT)[0] is Colour.GREEN
    assert said(room, "stations", at + 6 * HOUR)[0] is Colour.GREY
    explained = [str(told) for told in status(room, "stations", at).line.explanation]
    assert explained[0] == "In season a reading speaks for its station for 6 h (setting)."
    assert explained[1] == "Huayuankou: last read 100 m³/s at 2026-07-03 08:00"
    read(room, 100, local("07-10 23:00"))
    assert said(room, "stations", local("07-10 23:59"))[0] is Colour.GREEN
    assert status(room, "stations", local("07-10 23:59")).until is None, "the season ends before the reading is old"


def test_a_reading_that_meets_a_level_is_red_until_the_level_is_declared_or_the_reading_is_old(room: Room) -> None:
    read(room, 6000)
    met = f"Huayuankou 6,000 m³/s meets {Level.III.word} (6,000 m³/s), and the level is not declared"
    assert said(room, "level", MORNING) == (Colour.RED, met)
    assert str(status(room, "level", MORNING).act) == f"declare {Level.III.word} or record why not"
    assert said(room, "level", MORNING + DAY - MOMENT, MORNING)[0] is Colour.RED
    assert said(room, "level", MORNING + DAY, MORNING)[0] is Colour.GREEN
    assert said(room, "level", MORNING + DAY + MOMENT, MORNING)[1] == str(
        status(room, "level", MORNING + DAY + MOMENT).cause
    )
    words: dict[str, Any] = {"unit": "anlan", "authority": "Zhang", "reason": "x"}
    declare_level(room.store, room.by("li"), level=Level.IV, **words)
    assert said(room, "level", MORNING)[0] is Colour.RED, "III is asked for, IV holds"
    declare_level(room.store, room.by("li"), level=Level.III, starts_at=room.later(minutes=1), **words)
    found = status(room, "level", room.clock.instant)
    assert found.colour is Colour.GREEN
    assert any("In force" in str(told) and "Zhang" in str(told) for told in found.line.explanation)
    silent = MORNING + DAY + MOMENT
    ended = f"no level is suggested, but 1 station is not known; {Level.III.word} is in force until it is ended"
    assert said(room, "level", silent, room.clock.instant) == (Colour.GREEN, ended)
    lower_level(room.store, room.by("li"), level=None, starts_at=room.later(minutes=1), **words)
    assert said(room, "level", room.clock.instant)[0] is Colour.RED


def warned(room: Room, colour: WarningColour = WarningColour.RED) -> str:
    made = record_warning(
        room.store, room.by("li"), unit="anlan", hazard=Hazard.RAIN, colour=colour, issuer="市气象台", area="全市",
        issued_at=MORNING, received_at=MORNING,
    )  # fmt: skip
    return made.id


def test_a_warning_awaits_its_decision_and_is_red_once_that_is_due(room: Room) -> None:
    yellow = warned(room, WarningColour.YELLOW)
    assert said(room, "warnings", MORNING)[0] is Colour.GREEN
    red = warned(room)
    due = MORNING + timedelta(minutes=30)
    assert said(room, "warnings", MORNING - MOMENT, MORNING)[0] is Colour.GREEN
    assert said(room, "warnings", MORNING)[0] is Colour.AMBER
    assert "awaits a decision by 2026-07-01 08:30" in said(room, "warnings", due - MOMENT)[1]
    found = status(room, "warnings", due)
    assert (found.colour, "was due at 2026-07-01 08:30" in str(found.cause)) == (Colour.RED, True)
    assert found.line.opens == ("season.warnings", red)
    told = [str(sentence) for sentence in found.line.explanation[1:]]
    assert [sentence.rsplit(": ", 1)[1] for sentence in told] == ["decided, or none is demanded", "not decided"]
    decide_warning(room.store, room.by("li"), warning=red, level=None, why="the rain passes by")
    assert said(room, "warnings", due)[0] is Colour.GREEN
    assert yellow != red


def test_a_daily_report_is_late_from_its_time_for_a_day_unless_it_is_sent(room: Room) -> None:
    a_season(room)
    due = local("07-02 16:00")
    assert said(room, "reports", due - MOMENT)[0] is Colour.GREEN
    late = "Units' daily report was due at 2026-07-02 16:00"
    assert status(room, "reports", due).line.opens == ("season.reports", "anlan/units@2026-07-02T08:00Z")
    forgotten = status(room, "reports", local("07-03 16:30"))
    assert forgotten.line.opens == ("season.reports", "anlan/units@2026-07-03T08:00Z"), "a day is over"
    assert said(room, "reports", due) == (Colour.RED, late)
    assert said(room, "reports", local("07-03 15:59")) == (Colour.RED, late)
    ahead = "the reports due from 2026-07-02 16:00 on are still to be sent"
    assert said(room, "reports", due, MORNING) == (Colour.RED, ahead), "known before, and told once for all days"
    assert said(room, "reports", local("07-11 16:00") - MOMENT, MORNING) == (Colour.RED, ahead)
    assert said(room, "reports", local("07-11 16:00"), MORNING)[0] is Colour.GREEN
    next_ones = "the reports due from 2026-07-03 16:00 on are still to be sent"
    assert said(room, "reports", local("07-03 16:00"), due) == (Colour.RED, next_ones), "not those late already"
    room.clock.instant = due
    send_report(room.store, room.by("li"), unit="anlan", rule="units", due_at=due)
    assert said(room, "reports", due + HOUR)[0] is Colour.GREEN


def test_reports_farther_apart_than_a_day_are_told_each_by_itself(room: Room) -> None:
    for first in (2, 5):
        add_season(
            room.store, room.by("qian"), unit="anlan", name=f"S{first}", starts_on=date(2026, 7, first),
            ends_on=date(2026, 7, first),
        )  # fmt: skip
    told = [said(room, "reports", local(text), MORNING) for text in ("07-02 16:00", "07-03 16:00", "07-05 16:00")]
    assert [colour for colour, _ in told] == [Colour.RED, Colour.GREEN, Colour.RED]
    assert told[2][1] == "the reports due from 2026-07-05 16:00 on are still to be sent"


def test_a_late_report_names_whom_it_goes_to(room: Room) -> None:
    a_season(room)
    rule = ReportRule(code="d", name="Daily", to="city", trigger=Trigger.DAILY, at=local("07-02 07:00").time())
    change_settings(room.store, room.by("qian"), unit="anlan", reports=(rule,))
    found = status(room, "reports", local("07-02 07:00"))
    assert str(found.cause) == "Daily to city was due at 2026-07-02 07:00"
    assert str(found.act) == "send “Daily” and record it"


@pytest.mark.parametrize("hours", [0, 5, 15, 23])
def test_what_is_asked_once_on_a_day_is_true_for_all_of_it(room: Room, hours: int) -> None:
    a_season(room)
    read(room, 6000, local("07-03 00:00"))
    at = local("07-03 00:00") + hours * HOUR
    for line in ("stations", "level"):
        assert said(room, line, at, local("07-03 00:00")) == said(room, line, at)
