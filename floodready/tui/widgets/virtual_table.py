"""A table that draws only the lines in sight: 100,000 rows open at once.

Rows are any records; a column says how to read a cell from one. The cursor stays on its row when rows come and go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from floodready.language import Sentence, say, verbatim
from floodready.tui.by_sound import load
from floodready.tui.keys import Group, bind
from floodready.tui.nothing_there import nothing_told
from floodready.tui.theme import Tone
from floodready.tui.widgets.column import Column
from floodready.tui.widgets.column_widths import GAP, cut, fitted, laid_out
from floodready.tui.widgets.row_ranks import RowRanks
from floodready.tui.widgets.row_texts import RowTexts
from floodready.tui.work import between_frames, start

__all__ = ["Column", "VirtualTable"]

R = TypeVar("R")
AT_ONCE = 1000
"""So many rows are filtered and sorted on the spot; of more, slices between frames."""


class VirtualTable(ScrollView, Generic[R], can_focus=True):
    """Rows and columns with a cursor, a filter and a sort order."""

    DEFAULT_CSS = """
    VirtualTable { height: 1fr; width: 1fr; background: $background; color: $foreground; overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .virtual-table--heading { color: $tone-muted; text-style: bold; background: $surface; }
        & > .virtual-table--cursor { background: $panel; color: $foreground; }
        & > .virtual-table--empty { color: $tone-muted; }
        & > .virtual-table--good { color: $tone-good; }
        & > .virtual-table--watch { color: $tone-watch; }
        & > .virtual-table--bad { color: $tone-bad; text-style: bold; }
        & > .virtual-table--unknown { color: $tone-unknown; }
        & > .virtual-table--muted { color: $tone-muted; }
        & > .virtual-table--strong { text-style: bold; }
        &:focus > .virtual-table--cursor { background: $cursor; color: $cursor-text; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"virtual-table--{part}" for part in ("heading", "cursor", "empty", *(tone.value for tone in Tone))
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.down", "down,j", "cursor(1)", say("down"), say("One row down."), group=Group.LIST, shown=False),
        bind("list.up", "up,k", "cursor(-1)", say("up"), say("One row up."), group=Group.LIST, shown=False),
        bind("list.page_down", "pagedown,ctrl+d", "page(1)", say("page down"), say("One page down."),
             group=Group.LIST, shown=False),
        bind("list.page_up", "pageup,ctrl+u", "page(-1)", say("page up"), say("One page up."),
             group=Group.LIST, shown=False),
        bind("list.first", "home,g", "edge(0)", say("first"), say("To the first row."), group=Group.LIST, shown=False),
        bind("list.last", "end,G", "edge(1)", say("last"), say("To the last row."), group=Group.LIST, shown=False),
        bind("list.sort", "s", "sort", say("sort"), say("Sort by the next column; the heading shows by which."),
             group=Group.LIST),
        bind("list.turn", "S", "turn", say("turn order"), say("Turn the order round."), group=Group.LIST, shown=False),
        bind("list.open", "enter", "open", say("open"), say("Open what the row speaks of."), group=Group.LIST),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(0, repaint=False)
    """Place of the cursor among the rows that are shown."""

    class _OfRow(Message):
        def __init__(self, table: VirtualTable[Any], row: Any) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> VirtualTable[Any]:
            return self.table

    class Moved(_OfRow):
        """The cursor stands on another row, or on another version of it; None when no row is shown."""

    class Opened(_OfRow):
        """Enter, or a second click, on a row."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        *,
        empty: Sentence,
        first: Sentence | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`key` names a row for good; `empty` says that there are no rows at all, and `first` what to do about it.

        Where the past is shown nothing can be done: how to come back to now stands in the place of `first`.
        """
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self._key = key
        self._empty = empty
        self._first = first
        self._past = False
        self._instead: Sentence | None = None
        self._rows: Sequence[R] = ()
        self._shown: Sequence[int] = ()
        self._texts: RowTexts[R] = RowTexts(self.columns)
        self._fitting: Sequence[int] = ()
        """What the filter lets through, in the order in which the rows came."""
        self._ranks: RowRanks[R] = RowRanks(())
        self._coming = self._texts
        """The newest rows; those that are shown until the filter has gone through them."""
        self._filter = ""
        self._sort: str | None = None
        self._descending = False
        self._strips: LRUCache[tuple[int, bool, int], Strip] = LRUCache(400)
        self._layout: tuple[int, list[tuple[Column[R], int]]] | None = None

    # What is shown

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; the cursor stays on the row of its key, or near where it was."""
        self._filter_anew(RowTexts(self.columns, rows))

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Draw the rows that are shown next in these columns."""
        self.columns = tuple(columns)
        self._layout = None

    @property
    def row(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._shown[self.cursor]] if self.cursor < len(self._shown) else None

    @property
    def shown_count(self) -> int:
        """How many rows the filter lets through."""
        return len(self._shown)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def filter(self) -> str:
        """The filter as typed; empty for none."""
        return self._filter

    @property
    def order(self) -> tuple[str | None, bool]:
        """Id of the column it is sorted by (None: as given), and whether from the greatest down."""
        return self._sort, self._descending

    def filter_by(self, text: str, then: Callable[[], object] = lambda: None) -> None:
        """Keep only the rows that fit a filter; empty shows all. `then` is called when they are shown.

        Among many rows that is done between frames: typing goes on.
        """
        self._filter = text
        self._filter_anew(self._coming, then)

    def expect_filter(self) -> None:
        """Read the rows ahead between frames, and the sounds of Chinese: a filter is about to be typed."""
        start(self, partial(asyncio.to_thread, load), "sounds")
        if len(self._coming.rows) > AT_ONCE:
            start(self, partial(between_frames, self._coming.reading()), "filter")

    def sort_by(self, column: str | None, descending: bool = False) -> None:
        """Sort by a column; None gives the order in which the rows came."""
        before = self._index
        self._sort, self._descending = column, descending
        self._arrange(before)

    def go_to(self, key: str) -> bool:
        """Put the cursor on the row of a key; tells whether it is shown."""
        index = self._index_of(key)
        if index is None or index not in self._shown:
            return False
        self.cursor = self._shown.index(index)
        return True

    # Keys and mouse

    def action_cursor(self, by: int) -> None:
        self._move(self.cursor + by)

    def action_page(self, by: int) -> None:
        self._move(self.cursor + by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        self._move(end * (len(self._shown) - 1))

    def action_open(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Opened(self, row))

    def action_sort(self) -> None:
        order: list[str | None] = [None, *(column.id for column, _ in self._laid_out())]
        place = order.index(self._sort) if self._sort in order else 0
        self.sort_by(order[(place + 1) % len(order)])

    def action_turn(self) -> None:
        self.sort_by(self._sort, not self._descending)

    def on_click(self, event: events.Click) -> None:
        """Move: the first click goes to a row, the second opens it; a click on a heading sorts."""
        place = event.get_content_offset(self)
        if place is None:
            return
        if place.y == 0:
            self._sort_at(place.x)
            return
        row = self.scroll_offset.y + place.y - 1
        if row >= len(self._shown):
            return
        if row == self.cursor and event.chain > 1:
            self.action_open()
        self._move(row)

    def watch_cursor(self, before: int, cursor: int) -> None:
        self.post_message(self.Moved(self, self.row))
        self._keep_in_sight()
        self.refresh(*(self._line_at(place) for place in (before, cursor)))

    def on_resize(self) -> None:
        self._keep_in_sight()
        # The frame of the new size may be drawn before this, with lines of the old one.
        self.refresh()

    def retranslate(self) -> None:
        """Draw anew in the language now chosen; a filter is applied to the new words."""
        self._ranks = RowRanks(self._rows)
        self._layout = None
        self._filter_anew(self._coming)

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self._heading()
        place = self.scroll_offset.y + y - 1
        if place >= len(self._shown):
            if place == 0:
                return self._empty_line()
            return Strip.blank(self.size.width, self.rich_style)
        index, under_cursor = self._shown[place], place == self.cursor
        # With the width: a line may be drawn before the event that tells of a new size.
        at = (index, under_cursor, self.scrollable_size.width)
        if at not in self._strips:
            self._strips[at] = self._line(index, under_cursor)
        return self._strips[at]

    def _line(self, index: int, under_cursor: bool) -> Strip:
        row = self._rows[index]
        base = self.rich_style
        if under_cursor:
            base += self._part("cursor")
        segments = [Segment(" ", base)]
        for column, width in self._laid_out():
            tone = column.tone(row)
            style = base + self._part(tone, colour_only=under_cursor) if tone else base
            if under_cursor and self.has_focus and tone:
                style = base + Style(bold=True)
            segments += [Segment(fitted(str(column.cell(row)), width, column.right), style), Segment(" " * GAP, base)]
        return self._strip(segments, base)

    def _heading(self) -> Strip:
        style = self._part("heading")
        segments = [Segment(" ", style)]
        for column, width in self._laid_out():
            words = str(column.heading)
            if column.id == self._sort:
                words = f"{cut(words, width - 2)} {'v' if self._descending else '^'}"
            segments.append(Segment(fitted(words, width, column.right) + " " * GAP, style))
        return self._strip(segments, style)

    def say_instead(self, words: Sentence | None) -> None:
        """Say something else where there are no rows; None takes it back."""
        self._instead = words

    def say_past(self, past: bool) -> None:
        """Say whether rows are those of a past instant, where nothing can be made any more."""
        self._past = past

    def _empty_line(self) -> Strip:
        words = self._instead or self._empty
        if self._instead is None and self._first is not None:
            words = nothing_told(self._empty, self._first, past=self._past)
        if self._rows:
            words = say("No row fits the filter “{filter}”. Esc clears it.", filter=verbatim(self._filter))
        style = self.rich_style + self._part("empty")
        return self._strip([Segment(" " + cut(str(words), self.size.width - 2), style)], style)

    def _strip(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _part(self, name: str, colour_only: bool = False) -> Style:
        style = self.get_component_rich_style(f"virtual-table--{name}", partial=True)
        return Style(color=style.color, bold=style.bold) if colour_only else style

    def _laid_out(self) -> list[tuple[Column[R], int]]:
        room = self.scrollable_size.width - 1  # a scroll bar takes a cell of `size`
        if self._layout is None or self._layout[0] != room:
            self._layout = (room, laid_out(self.columns, self._rows, room))
        return self._layout[1]

    # Arranging

    def _filter_anew(self, texts: RowTexts[R], then: Callable[[], object] = lambda: None) -> None:
        self._coming = texts
        if self._filter and len(texts.rows) > AT_ONCE:
            start(self, partial(self._filter_between_frames, texts, self._filter, then), "filter")
        else:
            self._take(texts, texts.fitting(self._filter))
            then()

    async def _filter_between_frames(self, texts: RowTexts[R], filter: str, then: Callable[[], object]) -> None:
        self._take(texts, await between_frames(texts.finding(filter)))
        then()

    def _take(self, texts: RowTexts[R], fitting: Sequence[int]) -> None:
        key = None if texts is self._texts or self.row is None else self._key(self.row)
        before = self._index
        if texts is not self._texts:
            self._texts, self._rows, self._ranks = texts, texts.rows, RowRanks(texts.rows)
            self._layout = None
        self._fitting = fitting
        self._arrange(before if key is None else self._index_of(key))

    def _arrange(self, before: int | None) -> None:
        old_cursor = self.cursor
        self._shown = self._sorted(self._fitting)
        self._strips.clear()
        self.virtual_size = Size(self.size.width, len(self._shown) + 1)
        place = self._shown.index(before) if before is not None and before in self._shown else None
        wanted = old_cursor if place is None else place
        self.set_reactive(VirtualTable.cursor, max(0, min(wanted, len(self._shown) - 1)))
        self.post_message(self.Moved(self, self.row))
        self._keep_in_sight()
        self.refresh()

    def _sorted(self, shown: Sequence[int]) -> Sequence[int]:
        column = next((column for column in self.columns if column.id == self._sort), None)
        ranked = shown if column is None else self._ranks.sorted_by(column, shown)
        return ranked[::-1] if self._descending else ranked

    @property
    def _index(self) -> int | None:
        """Which of all rows the cursor stands on."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def _index_of(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self._rows) if self._key(row) == key), None)

    def _move(self, to: int) -> None:
        self.cursor = max(0, min(to, len(self._shown) - 1))

    def _keep_in_sight(self) -> None:
        height = self.size.height - 1
        if height < 1:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def _sort_at(self, x: int) -> None:
        start = 1
        for column, width in self._laid_out():
            if start <= x < start + width + GAP:
                self.sort_by(column.id, self._sort == column.id and not self._descending)
                return
            start += width + GAP

    def _line_at(self, place: int) -> Region:
        return Region(0, place + 1 - self.scroll_offset.y, self.size.width, 1)
