"""Key press to frame in a table of 100,000 lots: median over 200 presses, against Textual's own DataTable of 2,000."""

from __future__ import annotations

import asyncio
from functools import partial
from statistics import median

from textual.app import App
from textual.widget import Widget
from textual.widgets import DataTable

from benchmarks.lots import LOTS, THEIRS, Frames, Ours, Theirs
from floodready.tui.widgets.virtual_table import VirtualTable

PRESSES = 200


async def presses(app: App[None], kind: type[Widget]) -> list[float]:
    """Give the seconds from each key press to the next drawn frame."""
    taken: list[float] = []
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        app.query_one(kind).focus()
        await pilot.pause()
        frames = Frames(app)
        for place in range(PRESSES):
            key = "pagedown" if place % 5 == 0 else "down"
            taken.append(await frames.until_drawn(partial(app.simulate_key, key)))
            await pilot.pause()
    return taken


def main() -> None:
    ours = asyncio.run(presses(Ours(), VirtualTable))
    theirs = asyncio.run(presses(Theirs(), DataTable))
    print(f"VirtualTable, {LOTS:,} lots   {median(ours) * 1000:.1f} ms median, {max(ours) * 1000:.1f} worst (aim: 16)")
    print(f"DataTable, {THEIRS:,} lots       {median(theirs) * 1000:.1f} ms median")
    print(f"ratio                        {median(ours) / median(theirs):.2f}")


if __name__ == "__main__":
    main()
