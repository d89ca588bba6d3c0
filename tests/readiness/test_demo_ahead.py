"""The forecast of a day and `status --at` of it tell the same colours, line by line, all season long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from floodready.demo.build import build
from floodready.readiness.assembly import gather, readiness
from floodready.readiness.line import status_of

NOW = datetime(2026, 9, 20, 2, 30, tzinfo=UTC)
DAYS = range(1, 42, 4)
"""Days ahead that are asked about, to the season's end."""


def test_a_future_instant_is_told_alike_by_the_forecast_and_by_asking_for_it(tmp_path: Path) -> None:
    with build(tmp_path / "demo", NOW) as store:
        lines = gather(store, NOW, store.zone)
        for at in (NOW + timedelta(days) for days in DAYS):
            asked = readiness(store, at, store.zone)
            told = {status.line.id: status.computed for unit in asked.units for status in unit.lines()}
            assert told == {line.id: status_of(line, at).computed for line in lines}, at
