"""The filter of a list: opened by `/`, applied as one types, shown as a chip as long as it hides rows."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from floodready.language import say, verbatim
from floodready.tui.keys import Group, bind
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import Words


class FilterField(Input):
    """The typed filter; Enter and the arrows go back to the list, Esc clears."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("filter.done", "enter,down", "done", say("to the list"), say("Go on in the filtered list."),
             group=Group.ENTRY),
        bind("filter.clear", "escape", "clear", say("clear"), say("Show all rows again."), group=Group.ENTRY),
    ]  # fmt: skip

    def action_done(self) -> None:
        self.query_ancestor(FilterLine).leave()

    def action_clear(self) -> None:
        self.query_ancestor(FilterLine).clear()

    def on_key(self, event: events.Key) -> None:
        # Stock Input takes Enter as a submission before the binding sees it.
        if event.key == "enter":
            event.prevent_default().stop()
            self.action_done()


class FilterLine(Horizontal):
    """One line above the key line; out of sight while there is no filter."""

    DEFAULT_CSS = """
    FilterLine { dock: bottom; height: 1; display: none; background: $surface; margin: 0 0 1 0;
        &.-open { display: block; }
        Words { width: auto; padding: 0 1; color: $background; background: $tone-watch; text-style: bold; }
        FilterField { width: 1fr; border: none; height: 1; background: $surface; padding: 0 1;
            &:focus { border: none; background: $panel; } }
        #filter-count { width: 18; text-align: right; background: $surface; color: $tone-muted; text-style: none; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Words(say("filter"))
        yield FilterField(id="filter", compact=True)
        yield Words(id="filter-count")

    def open(self, table: VirtualTable[Any]) -> None:
        """Let the person type a filter for a table."""
        self._table = table
        self.add_class("-open")
        self.query_one(FilterField).focus()
        table.expect_filter()
        self._tell()

    def show(self, table: VirtualTable[Any], text: str) -> None:
        """Filter a table by a text that was typed elsewhere."""
        self._table = table
        self.query_one(FilterField).value = text
        table.filter_by(text, self._tell)
        self.leave()

    @property
    def filtering(self) -> bool:
        """Whether rows are hidden."""
        return self.has_class("-open")

    def leave(self) -> None:
        """Go on in the list; the chip stays while a filter is on."""
        self.set_class(bool(self._table.filter), "-open")
        self._table.focus()

    def clear(self) -> None:
        """Show all rows again."""
        self.query_one(FilterField).value = ""
        self._table.filter_by("")
        self.leave()

    @on(Input.Changed, "#filter")
    def apply(self, changed: Input.Changed) -> None:
        """Filter as one types."""
        if hasattr(self, "_table") and changed.value != self._table.filter:
            self._table.filter_by(changed.value, self._tell)

    def _tell(self) -> None:
        shown, all = self._table.shown_count, self._table.row_count
        self.query_one("#filter-count", Words).say(verbatim(f"{shown} / {all}"))
