"""100,000 lots as the stock screen shows them, in our table and, some of them, in Textual's own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from floodready.language import say
from floodready.materials.models import Holder
from floodready.materials.views import StockRow
from floodready.tui.screens.materials.stock import COLUMNS
from floodready.tui.theme import PALETTES
from floodready.tui.widgets.filter_line import FilterLine
from floodready.tui.widgets.virtual_table import VirtualTable

LOTS = 100_000
THEIRS = 2_000
NAMES = ("编织袋 woven bag", "救生衣 life jacket", "冲锋舟 assault boat", "水泵 pump", "块石 rip-rap", "铅丝 wire")


def lots() -> list[StockRow]:
    holders = list(Holder)
    return [
        StockRow(
            item=f"I{number % 60}",
            name=NAMES[number % 6],
            spec=f"{number % 7 * 10} kg",
            place=f"P{number % 400}",
            place_told=say("{store}, bay {bay}", store=f"East Store {number % 40}", bay=number % 10),
            lot=f"L{number}",
            holder=holders[number % len(holders)],
            quantity=number * 7 % 5000,
            told=f"{number * 7 % 5000:,} 条",
            life=say("to {day}", day=f"20{26 + number % 5}-07-{1 + number % 28:02}"),
            worry=say("expired") if number % 50 == 0 else None,
            counted_at=None,
        )
        for number in range(LOTS)
    ]


class Ours(App[None]):
    """The stock screen's columns in our table, with the filter below."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(PALETTES[0].theme())
        self.theme = PALETTES[0].name
        self.rows = lots()

    def compose(self) -> ComposeResult:
        yield VirtualTable(COLUMNS, lambda row: f"{row.lot}@{row.place}", empty=say("Nothing has to be done."))
        yield FilterLine()

    def on_mount(self) -> None:
        self.query_one(VirtualTable).show_rows(self.rows)


class Theirs(App[None]):
    """The first lots in Textual's."""

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*(column.id for column in COLUMNS))
        table.add_rows([[str(column.cell(row)) for column in COLUMNS] for row in lots()[:THEIRS]])


class Frames:
    """Tells when the next frame goes to the terminal."""

    def __init__(self, app: App[None]) -> None:
        self._drawn = asyncio.Event()
        display: Any = app._display

        def seen(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            self._drawn.set()

        app._display = seen  # type: ignore[method-assign] # the moment at which a frame goes to the terminal

    async def until_drawn(self, act: Callable[[], object]) -> float:
        """Do something and give the seconds until the next frame is drawn."""
        self._drawn.clear()
        began = time.perf_counter()
        act()
        await asyncio.wait_for(self._drawn.wait(), 5)
        return time.perf_counter() - began
