"""A gap is told with its true ends, however long ago it began and however far ahead it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from floodready.duty.models import DutySettings, PostNeed
from floodready.duty.plan import ENDLESS, Plan
from floodready.readiness.duty_ahead import AHEAD, roster_from
from floodready.readiness.line import BEGINNING
from tests.duty.rosters import at, plan, rota, rotation, season

SINCE = at("2026-07-10 00:00")
IN_SEASON = DutySettings(id="U", needs=(PostNeed(post="leader", needed=1),))


def ends(found: Plan) -> list[tuple[datetime, datetime]]:
    return [(gap.start, gap.end) for gap in roster_from(found, SINCE).gaps]


def test_a_gap_that_outlasts_what_is_looked_ahead_ends_with_its_season() -> None:
    long_season = season("2026-05-01 00:00", "2027-12-01 00:00")
    assert long_season.end - SINCE > AHEAD
    assert ends(plan(settings=IN_SEASON, seasons=(long_season,))) == [(long_season.start, long_season.end)]


def test_a_gap_without_season_and_rota_has_neither_beginning_nor_end() -> None:
    assert ends(plan()) == [(BEGINNING, ENDLESS)]


def test_a_gap_that_begins_with_the_rota_s_end_has_no_end() -> None:
    ending = rota(rotation(), until="2026-08-01 08:00")
    assert ends(plan(ending)) == [(at("2026-08-01 08:00"), ENDLESS)]


def test_a_gap_reads_alike_on_each_day_that_it_lasts() -> None:
    found = plan(settings=IN_SEASON, seasons=(season("2026-05-01 00:00", "2027-12-01 00:00"),))
    told = {
        (gap.start, gap.end) for days in range(0, 300, 30) for gap in roster_from(found, SINCE + timedelta(days)).gaps
    }
    assert len(told) == 1
