"""The demo's what-if: level III turns what the published plan's words say it must, on figures named as made up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from floodready.demo.build import CITY, build
from floodready.demo.works import MADE_UP
from floodready.organisation.models import Works
from floodready.readiness.what_if import what_if
from floodready.season.level import Level
from floodready.season.models_level import LevelTable

NOW = datetime(2026, 7, 20, 2, tzinfo=UTC)


def test_level_three_turns_a_post_and_forward_stock_in_the_demo(tmp_path: Path) -> None:
    with build(tmp_path / "demo", NOW) as store:
        turned = {
            str(one.after.line.subject): str(one.after.cause)
            for one in what_if(store, CITY, Level.III, NOW, store.zone).turned
        }
        assert turned["救生衣"] == "500 件 usable of 512 件 required"
        assert turned["应急灯"] == "100 盏 usable of 103 盏 required"
        assert "2 more people are needed" in next(cause for what, cause in turned.items() if "值班员" in what)
        assert not what_if(store, CITY, Level.IV, NOW, store.zone).turned
        table = store.get(LevelTable, CITY)
        assert table is not None
        assert MADE_UP in table.source
        assert {works.note for works in store.all(Works)} == {MADE_UP}
