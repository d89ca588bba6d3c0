"""The demo's what-if: level III turns what the published plan's words say it must, on figures named as made up."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from floodready.demo.build import CITY, build
from floodready.demo.works import MADE_UP
from floodready.duty.models import Rota
from floodready.organisation.models import PostKind, Works
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


def test_each_level_of_the_demo_asks_for_no_fewer_and_for_no_more_than_the_roster_has(tmp_path: Path) -> None:
    with build(tmp_path / "demo", NOW) as store:
        (rota,) = store.find(Rota, unit=CITY)
        table = store.get(LevelTable, CITY)
        assert table is not None
        there = {one.post: {p for group in one.groups for p in group.people} for one in rota.rotations}
        rows = sorted(table.rows, key=lambda row: row.level.rank)
        asked = [{need.post.value: need.people for need in row.staffing} for row in rows]
        assert [row.level for row in rows] == [Level.IV, Level.III, Level.II, Level.I]
        for lower, higher in pairwise(asked):
            assert all(higher[post] >= people for post, people in lower.items())
        assert asked[0] == {PostKind.LEADER.value: 1, PostKind.OFFICER.value: 2}, "as the rota itself has"
        assert asked[-1][PostKind.LEADER.value] <= len(there["leader"])
        assert asked[-1][PostKind.OFFICER.value] == len(there["officer"]), "all groups"
        assert [set(row.call_out) for row in rows] == [set(), *[there["leader"] | there["officer"]] * 3]
