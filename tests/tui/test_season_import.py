"""Readings and stations from a file, on the season's screen: every row is seen before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.season.models import Reading, Station
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dialog import Confirm, Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.season_import import SeasonImportScreen
from tests.tui.conftest import SlowStore, held_at_each_telling, press, shows, stopped_half_way, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


async def test_readings_are_previewed_refused_while_one_row_is_wrong_then_written_and_undone(
    app: FloodreadyApp, store: SlowStore, tmp_path: Path, frame: SnapshotAssertion
) -> None:
    file, before = tmp_path / "r.csv", store.count(Reading)
    file.write_text("站名,时间,水位\n花园口 Huayuankou,2026-06-01 08:00,3010\nnowhere,2026-06-01 08:00,5\n", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "I", *str(file), "enter", "ctrl+s")
        assert shows(app, SeasonImportScreen)
        assert "1 new" in text(app)
        assert "There is no station nowhere" in text(app)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)
        await press(pilot, "w")
        assert shows(app, Notice)
        assert "One row is wrong" in text(app)
        assert store.count(Reading) == before
        file.write_text("站名,时间,水位\n花园口 Huayuankou,2026-06-01 08:00,3010\n", "utf-8")
        await press(pilot, "escape", "r", "w")
        assert store.count(Reading) == before + 1
        assert "there already" in text(app)
        assert "0 changes" in text(app)
        seq = store.seq
        await press(pilot, "w", "escape")
        assert store.seq == seq
        await press(pilot, "z", "tab", "enter")
        assert store.count(Reading) == before


async def test_a_doubtful_row_is_listed_and_asked_back_before_it_is_written(
    app: FloodreadyApp, store: SlowStore, tmp_path: Path
) -> None:
    file, before = tmp_path / "r.csv", store.count(Reading)
    file.write_text("站名,时间,水位\n花园口 Huayuankou,2026-06-01 08:00,301000\n", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "I", *str(file), "enter", "ctrl+s")
        assert "looks wrong" in text(app)
        await press(pilot, "w")
        assert shows(app, Confirm)
        assert "Row 2:" in text(app)
        await press(pilot, "enter")
        assert store.count(Reading) == before
        await press(pilot, "w", "tab", "enter")
    (made,) = [one for one in store.all(Reading) if one.value == 301_000_000]
    assert made.confirmed


async def test_stations_are_imported_into_the_unit_shown(app: FloodreadyApp, store: SlowStore, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text("站名,站码,类型,警戒水位\nJialu,jl,水位,75.5\n", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "I", *str(file), "enter", *"stat", "ctrl+s")
        await press(pilot, "w")
    made = store.get(Station, "jl")
    assert made is not None
    assert made.unit == "city"
    assert made.thresholds[0].value == 75_500


@pytest.mark.parametrize(
    ("keys", "heads", "row"),
    [
        ("", "站名,时间,水位", "花园口 Huayuankou,2026-06-01 08:00,3010"),
        ("stat", "站名,类型,警戒水位", "Jialu,水位,75.5"),
    ],
)
async def test_a_long_dry_run_shows_how_far_it_is_and_stops(
    app: FloodreadyApp,
    store: SlowStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keys: str,
    heads: str,
    row: str,
) -> None:
    file, seq = tmp_path / "r.csv", store.seq
    file.write_text("\n".join([heads, *[row] * 1200]), "utf-8")
    gate = held_at_each_telling(monkeypatch, SeasonImportScreen)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "I", *str(file), "enter", *keys)
        await stopped_half_way(pilot, "ctrl+s", gate)
        assert shows(app, SeasonImportScreen)
        await press(pilot, "w")
        assert store.seq == seq
        await press(pilot, "r")
        assert "1 new" in text(app)


async def test_a_file_that_is_not_there_is_refused_with_the_path_kept(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "I", *"/no/where.csv", "enter", "ctrl+s")
        assert shows(app, Form)
        assert "/no/where.csv" in text(app)
