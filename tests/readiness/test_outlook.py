"""How far the forecast looks: to the end of the season that runs or comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floodready.clock import FixedClock
from floodready.readiness.outlook import LONGEST, WITHOUT_SEASON, outlook, season_end
from floodready.season.models import Season
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 7, 1)
LAST = date(2026, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    with JournalStore.create(tmp_path / "store", clock=FixedClock(datetime(2026, 7, 1, tzinfo=UTC))) as made:
        yield made


@pytest.fixture
def season(store: JournalStore) -> Callable[[str, date, date], None]:
    def add(name: str, starts_on: date, ends_on: date) -> None:
        with store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
            tx.put(Season(id=tx.new_id("F"), name=name, unit="U", starts_on=starts_on, ends_on=ends_on))

    return add


def test_of_the_seasons_that_run_it_is_the_one_that_ends_last(
    store: JournalStore, season: Callable[[str, date, date], None]
) -> None:
    season("summer", TODAY, LAST)
    season("early", date(2026, 5, 1), TODAY)
    season("next", LAST + timedelta(1), date(2027, 1, 1))
    day = timedelta(1)
    asked = [season_end(store, on)[1] for on in (TODAY - day, TODAY, TODAY + day, LAST, LAST + day)]
    assert asked == ["early", "summer", "summer", "summer", "next"]
    assert season_end(store, TODAY) == (LAST, "summer")


def test_where_none_runs_it_is_the_one_that_begins_first_and_where_none_comes_a_stretch_of_days(
    store: JournalStore, season: Callable[[str, date, date], None]
) -> None:
    assert season_end(store, TODAY) == (TODAY + WITHOUT_SEASON, "")
    season("past", date(2026, 1, 1), date(2026, 3, 1))
    assert season_end(store, TODAY) == (TODAY + WITHOUT_SEASON, "")
    season("autumn", date(2026, 9, 1), date(2026, 10, 31))
    season("late summer", date(2026, 8, 1), date(2026, 11, 30))
    assert season_end(store, TODAY) == (date(2026, 11, 30), "late summer")


def test_it_looks_no_further_than_the_pillars_know_their_lines(store: JournalStore) -> None:
    at = datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert outlook(store, at, ZONE, date(2030, 1, 1)).until == TODAY + LONGEST
    assert outlook(store, at, ZONE, LAST).until == LAST


def test_where_no_day_is_asked_for_it_looks_to_the_end_of_the_season(
    store: JournalStore, season: Callable[[str, date, date], None]
) -> None:
    season("summer", TODAY, LAST)
    found = outlook(store, datetime(2026, 7, 1, 1, tzinfo=UTC), ZONE)
    assert (found.until, found.season, found.days[-1].on) == (LAST, "summer", LAST)
    assert outlook(store, found.at, ZONE, TODAY).season == ""
