"""A roster saved and read, and the true ends with which a gap is told, however far off they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.duty.models import DutySettings, Leave, PostNeed
from floodready.duty.plan import ENDLESS, Plan
from floodready.readiness import duty_ahead
from floodready.readiness.duty_ahead import AHEAD, Roster, SavedRoster, roster_from
from floodready.readiness.line import BEGINNING
from tests.duty.rosters import at, plan, rota, rotation, season
from tests.duty.test_invariants import START, overrides, plans

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


def saved(roster: Roster) -> dict[str, Any]:
    raw: dict[str, Any] = orjson.loads(orjson.dumps(roster.to_json()))
    return raw


def facts(roster: Roster) -> tuple[Any, ...]:
    return roster.since, roster.plan, roster.pieces, roster.gaps, roster.near


@settings(max_examples=25)
@given(plans(), plans(), st.booleans(), st.data())
def test_a_saved_roster_reads_as_it_was_and_is_taken_over_rightly_by_any_other_plan(
    known: Plan, other: Plan, only_departures: bool, data: st.DataObject
) -> None:
    since = START - timedelta(days=data.draw(st.integers(0, 20)))
    roster = roster_from(known, since, {})
    assert facts(SavedRoster(saved(roster), known.zone)) == facts(roster)
    if only_departures:
        other = replace(known, leaves=other.leaves, overrides=(*known.overrides[1:], data.draw(overrides(7))))
    taken_over = roster_from(other, since, {"roster/U": saved(roster)})
    assert facts(taken_over)[2:] == facts(roster_from(other, since, {}))[2:]


@pytest.mark.parametrize(("leaves", "resolved"), [((), 0), ((Leave(id="L1", person="A", from_at=at("2026-07-25 08:00"),
                                                                   until_at=at("2026-08-02 08:00")),), 2)])  # fmt: skip
def test_only_the_pieces_a_leave_falls_into_are_resolved_after_a_start(
    monkeypatch: pytest.MonkeyPatch, leaves: tuple[Leave, ...], resolved: int
) -> None:
    before = plan(rota(rotation()))
    remembered: dict[str, Any] = {"roster/U": saved(roster_from(before, SINCE, {}))}
    asked: list[datetime] = []
    resolve = duty_ahead._piece

    def noting(known: Plan, start: datetime, end: datetime) -> duty_ahead.Piece:
        asked.append(start)
        return resolve(known, start, end)

    monkeypatch.setattr(duty_ahead, "_piece", noting)
    roster_from(replace(before, leaves=leaves), SINCE, remembered)
    assert len(asked) == resolved
