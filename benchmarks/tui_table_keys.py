"""Key press to frame in a table of 100,000 rows: median over 200 presses, against Textual's own DataTable of 2,000."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from statistics import median
from typing import Any

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import DataTable

from floodready.language import say
from floodready.tui.theme import PALETTES
from floodready.tui.widgets.virtual_table import Column, VirtualTable

ROWS = 100_000
PRESSES = 200


def shown(place: int, row: int) -> str:
    return f"编织袋 {row} {place}"


class Ours(App[None]):
    """Eight columns of our table."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(PALETTES[0].theme())
        self.theme = PALETTES[0].name

    def compose(self) -> ComposeResult:
        columns: list[Column[int]] = [
            Column(id=f"c{place}", heading=say("Name"), cell=partial(shown, place), width=12, grow=1)
            for place in range(8)
        ]
        yield VirtualTable(columns, str, empty=say("Nothing has to be done."))

    def on_mount(self) -> None:
        self.query_one(VirtualTable).show_rows(range(ROWS))


class Theirs(App[None]):
    """The same in Textual's."""

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*(f"c{place}" for place in range(8)))
        table.add_rows([[f"编织袋 {row} {place}" for place in range(8)] for row in range(2_000)])


async def presses(app: App[None], kind: type[Widget]) -> list[float]:
    """Give the seconds from each key press to the next drawn frame."""
    taken: list[float] = []
    drawn = asyncio.Event()
    display: Any = app._display

    def seen(screen: Any, renderable: Any) -> None:
        display(screen, renderable)
        drawn.set()

    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        app.query_one(kind).focus()
        await pilot.pause()
        app._display = seen  # type: ignore[method-assign] # the moment at which a frame goes to the terminal
        for place in range(PRESSES):
            drawn.clear()
            start = time.perf_counter()
            app.simulate_key("pagedown" if place % 5 == 0 else "down")
            await asyncio.wait_for(drawn.wait(), 5)
            taken.append(time.perf_counter() - start)
            await pilot.pause()
    return taken


def main() -> None:
    ours = asyncio.run(presses(Ours(), VirtualTable))
    theirs = asyncio.run(presses(Theirs(), DataTable))
    print(
        f"VirtualTable, {ROWS:,} rows   {median(ours) * 1000:.1f} ms median, {max(ours) * 1000:.1f} ms worst (aim: 16)"
    )
    print(f"DataTable, 2,000 rows         {median(theirs) * 1000:.1f} ms median")
    print(f"ratio                         {median(ours) / median(theirs):.2f}")
    app = Ours()

    async def filtering() -> list[float]:
        """Give the seconds until a filter's rows are shown: typed first, and one letter on."""
        taken = []
        async with app.run_test(size=(140, 40)):
            for typed in ("999", "9999"):
                start, shown = time.perf_counter(), asyncio.Event()
                app.query_one(VirtualTable).filter_by(typed, shown.set)
                await shown.wait()
                taken.append(time.perf_counter() - start)
        return taken

    first, next_one = asyncio.run(filtering())
    print(f"filter of {ROWS:,} rows       {first * 1000:.0f} ms first (between frames), {next_one * 1000:.0f} ms next")


if __name__ == "__main__":
    main()
