"""Typing a filter over 100,000 lots: how long each key keeps the loop, and until its rows are shown.

The peer is a plain `needle in text` over the same folded texts, in one go: what no filter can undercut by much.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from statistics import median

from benchmarks.lots import LOTS, Frames, Ours
from floodready.text import folded
from floodready.tui.screens.materials.stock import COLUMNS
from floodready.tui.widgets.filter_line import FilterField, FilterLine
from floodready.tui.widgets.virtual_table import VirtualTable

TYPED = ("jacket", "编织袋", "bzd", "l9997")


class Longest:
    """The longest time in which the loop took no turn."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._last = time.perf_counter()
        self._handle = asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds, self._last = max(self.seconds, now - self._last), now
        self._handle = asyncio.get_running_loop().call_soon(self._turn)

    def stop(self) -> None:
        self._handle.cancel()


async def typing() -> tuple[float, float, list[float], list[float]]:
    """Give seconds: reading all rows once, the longest hold of the loop meanwhile; then a key to frame, and to rows."""
    app = Ours()
    to_frame, to_rows, arranged = [], [], asyncio.Event()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        table, line = app.query_one(VirtualTable), app.query_one(FilterLine)
        arrange = table._arrange

        def seen(before: int | None) -> None:
            arrange(before)
            arranged.set()

        table._arrange = seen  # type: ignore[method-assign] # the moment at which the rows are found
        began, watched = time.perf_counter(), Longest()
        line.open(table)
        await app.workers.wait_for_complete()
        watched.stop()
        reading = time.perf_counter() - began
        frames, field = Frames(app), app.query_one(FilterField)
        for typed in TYPED:
            for key in typed:
                await pilot.pause()
                arranged.clear()
                began = time.perf_counter()
                to_frame.append(await frames.until_drawn(partial(app.simulate_key, key)))
                await asyncio.wait_for(arranged.wait(), 5)
                to_rows.append(time.perf_counter() - began)
                assert table.filter == field.value, (table.filter, field.value)
            line.clear()
            line.open(table)
            await pilot.pause()
    return reading, watched.seconds, to_frame, to_rows


def main() -> None:
    reading, held, to_frame, to_rows = asyncio.run(typing())
    texts = [folded("\x00".join(str(column.cell(row)) for column in COLUMNS)) for row in Ours().rows]
    began = time.perf_counter()
    assert [place for place, text in enumerate(texts) if "life" in text]
    plain = time.perf_counter() - began
    print(
        f"reading {LOTS:,} lots once, between frames   {reading * 1000:.0f} ms; loop held {held * 1000:.0f} ms at most"
    )
    print(f"a key to the next frame    {median(to_frame) * 1000:.1f} ms median, {max(to_frame) * 1000:.1f} worst")
    print(
        f"a key to its rows          {median(to_rows) * 1000:.1f} ms median, {max(to_rows) * 1000:.1f} worst (aim: 50)"
    )
    print(f"peer, `in` over all texts  {plain * 1000:.1f} ms; ratio {median(to_rows) / plain:.2f}")


if __name__ == "__main__":
    main()
