"""Every widget that knows no pillar, on one sheet."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from floodready.language import say, verbatim
from floodready.readiness.line import Colour
from floodready.tui.theme import PALETTES, PlainScrollBar
from floodready.tui.widgets.calendar_grid import CalendarGrid
from floodready.tui.widgets.fields import ChoiceField, DateField, QuantityField, TimeField
from floodready.tui.widgets.light import ReadinessLight
from floodready.tui.widgets.plot import Across, Plot
from floodready.tui.widgets.scan_field import ScanField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import ActButton

ZONE = ZoneInfo("Asia/Shanghai")


class WidgetSheet(App[None]):
    CSS_PATH = "../../floodready/tui/base.tcss"
    CSS = "VirtualTable { height: 6; } VerticalScroll { height: 100%; } CalendarGrid, Plot { height: 8; }"
    day = date(2026, 7, 1)

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(PALETTES[0].theme())
        self.theme = PALETTES[0].name
        PlainScrollBar.install()

    def compose(self) -> ComposeResult:
        columns: list[Column[tuple[str, int]]] = [
            Column(id="name", heading=say("Name"), cell=lambda row: row[0], width=20, grow=1),
            Column(id="number", heading=say("Number"), cell=lambda row: row[1], width=10, right=True),
        ]
        with VerticalScroll():
            for colour in Colour:
                yield ReadinessLight(colour)
            yield VirtualTable(columns, lambda row: row[0], empty=say("No readings yet."))
            yield QuantityField("n", say("Number"), unit=verbatim("t"), scale=1000, value=1500)
            yield DateField("d", say("Day"), today=self.day, value=self.day)
            yield TimeField("t", say("Time"), value=time(8, 30))
            yield ChoiceField("c", say("Kind"), [(1, verbatim("编织袋")), (2, verbatim("编织布"))], value=1)
            yield ScanField(say("Code"), hint=say("only where you have one"))
            yield Plot(ZONE)
            yield CalendarGrid(self.day)
            yield ActButton(say("Record"), id="act")

    def on_mount(self) -> None:
        rows = [("编织袋 woven bags", 12500), ("救生衣 life jackets", 60), ("a name that is far too long " * 4, 1)]
        self.query_one(VirtualTable).show_rows(rows)
        points = [(datetime(2026, 7, 1, hour, tzinfo=ZONE), 2000 + hour * 150) for hour in range(24)]
        self.query_one(Plot).draw(points, [Across(say("main season"), 4000)], "{:,}".format)
