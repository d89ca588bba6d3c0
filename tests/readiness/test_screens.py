"""A person at the board: explains, overrides, looks ahead, supposes a level, opens the pre-season checklist."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from floodready.clock import FixedClock
from floodready.language import use_language
from floodready.organisation.models import PostKind
from floodready.readiness.models import Override
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, Source, State
from floodready.season.level import Level
from floodready.season.models_level import LevelAction, LevelRow, LevelTable, Staffing
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.board import BoardScreen
from floodready.tui.screens.readiness.checklist import ChecklistScreen
from floodready.tui.screens.readiness.explain import ExplainScreen, open_explanation
from floodready.tui.screens.readiness.forecast import ForecastScreen
from floodready.tui.screens.readiness.tree import TreeScreen
from floodready.tui.screens.readiness.what_if import WhatIfScreen
from floodready.tui.widgets.key_line import fits
from tests.tui.conftest import NOW, SlowStore, app, clock, press, settle, shows, store, text
from tests.tui.frames import SMALL, Svg, at_each_size, drawn

__all__ = ["app", "clock", "store"]
BEHIND: dict[str, type[Screen[Any]]] = {
    "t": TreeScreen,
    "f": ForecastScreen,
    "w": WhatIfScreen,
    "c": ChecklistScreen,
    "e": ExplainScreen,
}


@pytest.fixture(autouse=True)
def _an_office(store: SlowStore) -> None:
    row = LevelRow(
        level=Level.III,
        staffing=(Staffing(post=PostKind.OFFICER, people=4),),
        bulletins=(time(8), time(14), time(20)),
        forward_stock_percent=(30, 50),
        actions=(LevelAction(name="Report upward", within_minutes=60),),
    )
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
        tx.put(LevelTable(id="city", rows=(row,), source="plan 4.2"))
        for place, day in enumerate((date(2026, 7, 9), date(2026, 8, 20))):
            tx.put(Finding(id=f"zhongmu-2025-000{place}", unit="zhongmu", source=Source.PATROL, found_by="wang",
                           found_on=date(2026, 6, 20), opened_at=NOW, opened_by="wang", description="seepage 渗水",
                           state=State.ASSIGNED, grade=Grade.MAJOR, responsible="wang", deadline_on=day,
                           interim="sandbags"))  # fmt: skip


@pytest.mark.parametrize("key", ["t", "f", "w", "c"])
async def test_behind_the_board(app: FloodreadyApp, snapshot: SnapshotAssertion, key: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, key)
        assert shows(app, BEHIND[key])
        async for size in at_each_size(pilot):
            assert drawn(app) == snapshot.use_extension(Svg)(name=size)


async def test_an_explanation(app: FloodreadyApp, snapshot: SnapshotAssertion) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ExplainScreen("rectification/zhongmu-2025-0000/zhongmu"))
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == snapshot.use_extension(Svg)(name=size)


@pytest.mark.parametrize("behind", ["", "t"], ids=["board", "tree"])
async def test_a_unit_is_explained_by_the_line_that_makes_it_what_it_is(app: FloodreadyApp, behind: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        board = app.screen
        assert isinstance(board, BoardScreen)
        assert board.facts is not None
        await press(pilot, *behind, "home", "e")
        told = app.screen
        assert isinstance(told, ExplainScreen)
        assert told.facts is not None
        assert told.facts.told.status.line.id == board.facts.answer.wrong[0].line.id


async def test_where_every_line_is_in_order_explain_says_so(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        open_explanation(app, None)
        await settle(pilot)
        assert isinstance(app.screen, BoardScreen)
        assert [told.message for told in app._notifications] == ["Every line here is in order; “a” shows them all."]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_key_lines_fit_80_columns_and_nothing_is_wider(app: FloodreadyApp, language: str) -> None:
    use_language(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j")
        for key, screen in BEHIND.items():
            await press(pilot, key)
            assert shows(app, screen)
            assert fits(app.screen), key
            assert not [node for node in app.screen.query("*") if node.region.right > 80]
            await press(pilot, "escape")


async def test_a_leader_overrides_from_the_explanation_and_both_values_stand_on_the_board(
    app: FloodreadyApp, store: SlowStore
) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        app.push_screen(ExplainScreen("organisation/chain/city"))
        await settle(pilot)
        assert "nobody is named as responsible" in text(app)
        await press(pilot, "o")
        await press(pilot, *"READY", "tab", *"by phone", "tab", "tab", *"Wang", "ctrl+s")
        assert [one.second for one in store.all(Override)] == ["wang"]
        assert "READY: 李伟 Li Wei and Wang Fang set it to READY (by phone)" in text(app)
        await press(pilot, "escape")
        assert shows(app, BoardScreen)
        assert "READY*" in text(app)
        assert "1 override holds" in text(app)
        await press(pilot, "z", "tab", "enter")
        assert list(store.all(Override)) == []
        assert "READY*" not in text(app)


async def test_supposing_a_level_declares_nothing(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "w")
        assert "Supposed: level IV. In force: no response level." in text(app)
        await press(pilot, "right")
        assert "Supposed: level III" in text(app)
        assert "3 bulletins a day: 08:00, 14:00, 20:00" in text(app)
        before = store.seq
        await press(pilot, "left", "left")
        assert "Supposed: no response level" in text(app)
        assert store.seq == before


async def test_the_checklist_becomes_records_and_a_second_one_has_nothing_new(
    app: FloodreadyApp, store: SlowStore
) -> None:
    already = {one.id for one in store.all(Finding)}
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "c")
        assert "new" in text(app)
        await press(pilot, "n", "ctrl+s")
        made = [one for one in store.all(Finding) if one.id not in already]
        assert made
        assert all(one.campaign == "pre-season-2026" for one in made)
        assert "0 of them without a record" in text(app)


async def test_a_past_moment_is_shown_as_it_was_known_and_clearly_marked(
    app: FloodreadyApp, store: SlowStore, clock: FixedClock
) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        past = clock.now()
        clock.instant = past.replace(hour=past.hour + 2)
        with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
            found = next(store.all(Finding))
            tx.put(found.changed(deadline_on=date(2026, 6, 30)))
        app.show_as_of(past)
        await settle(pilot)
        shown = text(app)
        app.show_as_of(None)
        await settle(pilot)
        assert "2025-0000, overdue" not in shown
        assert "2025-0000, overdue" in text(app)
        assert "as known on 2026-07-01 08:30" in shown
