"""A window that asks for which unit something is shown."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from floodready.language import say
from floodready.organisation.models import Unit
from floodready.organisation.tree import in_order
from floodready.tui.nothing_there import NO_UNIT
from floodready.tui.screens.dialog import Dialog
from floodready.tui.widgets.virtual_table import Column, VirtualTable

Row = tuple[int, Unit]
COLUMNS: tuple[Column[Row], ...] = (
    Column(id="unit", heading=say("Unit"), cell=lambda row: "  " * row[0] + row[1].name, width=30, grow=2),
    Column(id="kind", heading=say("Kind"), cell=lambda row: row[1].kind.word, width=20, grow=1),
)


class ChooseUnit(Dialog[str]):
    """The tree of units; Enter takes the one under the cursor."""

    AUTO_FOCUS = "VirtualTable"
    DEFAULT_CSS = "ChooseUnit VirtualTable { height: 14; }"

    def __init__(self, units: Sequence[Unit], now: Unit) -> None:
        super().__init__(say("Which unit?"))
        self._units, self._now = units, now

    def body(self) -> ComposeResult:
        yield VirtualTable(COLUMNS, lambda row: row[1].id, empty=NO_UNIT)

    def on_mount(self) -> None:
        table = self.query_one(VirtualTable)
        table.show_rows(list(in_order(self._units)))
        table.go_to(self._now.id)

    @on(VirtualTable.Opened)
    def take(self, opened: VirtualTable.Opened) -> None:
        """Leave with the unit."""
        self.dismiss(opened.row[1].id)
