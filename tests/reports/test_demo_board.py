from __future__ import annotations

from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.board import Light
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import Words
from tests.tui.conftest import press, settle, text


async def test_items_that_wait_for_one_quota_table_are_one_row_until_all_lines_are_asked_for(
    demo: JournalStore,
) -> None:
    app = FloodreadyApp(demo, clock=demo.clock, zone=demo.zone, terminal="demo")
    app.animation_level = "none"
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        lights = app.screen.query_one("#lights", VirtualTable)
        row = lights.row
        while not (isinstance(row, Light) and row.alike):
            await press(pilot, "j")
            assert lights.row is not row, "no row stands for several lines"
            row = lights.row
        assert f"and {len(row.alike)} more" in text(app)
        whole = "\n".join(str(said) for said in app.screen.query_one("#detail", Words).said)
        for status in row.alike:
            assert str(status.line.subject) in whole
        together = lights.row_count
        await press(pilot, "a")
        assert lights.row is not None
        assert lights.row.key == row.key
        assert not lights.row.alike
        assert lights.row_count >= together + len(row.alike)
