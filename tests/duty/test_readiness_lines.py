from __future__ import annotations

from datetime import datetime, timedelta

from floodready.duty.commands import enter_leave
from floodready.duty.commands_log import check_post
from floodready.readiness.duty_lines import lines
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, colour_at
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at


def colours(room: Room, moment: datetime, asked_at: datetime | None = None) -> dict[str, Colour]:
    around = Surroundings(room.store, asked_at or moment, SHANGHAI)
    return {line.id: colour_at(line, moment) for line in lines(around)}


def test_a_gap_is_amber_for_a_week_before_and_red_while_it_lasts(room: Room) -> None:
    start, end = at("2026-07-13 08:00"), at("2026-07-14 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    officer = "duty/officer/U"
    assert colours(room, at("2026-07-06 07:59"))[officer] is Colour.GREEN
    assert colours(room, at("2026-07-06 08:00"))[officer] is Colour.AMBER
    assert colours(room, start)[officer] is Colour.RED
    assert colours(room, end)[officer] is Colour.GREEN


def test_the_forecast_of_a_moment_is_the_status_at_that_moment(room: Room) -> None:
    start, end = at("2026-07-13 08:00"), at("2026-07-14 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    for hours in range(0, 24 * 16, 29):
        moment = at("2026-07-01 10:00") + timedelta(hours=hours)
        assert colours(room, moment, at("2026-07-01 10:00")) == colours(room, moment)


def test_a_missed_handover_and_a_missed_check_are_amber(room: Room) -> None:
    assert colours(room, at("2026-07-02 08:29"))["duty/handover/U"] is Colour.GREEN
    assert colours(room, at("2026-07-02 08:30"))["duty/handover/U"] is Colour.AMBER
    check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    assert colours(room, at("2026-07-01 10:01"))["duty/checks/U"] is Colour.AMBER
