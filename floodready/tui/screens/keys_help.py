"""`?`: every key that works where one is, grouped, as it is set now."""

from __future__ import annotations

from itertools import groupby

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import VerticalScroll
from textual.keys import key_to_character
from textual.widget import Widget

from floodready.language import Sentence, say
from floodready.tui.keys import Group, Key, display
from floodready.tui.screens.dialog import Notice
from floodready.tui.widgets.words import Words


class KeyList(Widget):
    """Keys with their sentences under the headings of their groups."""

    DEFAULT_CSS = """
    KeyList { height: auto; }
    """

    def __init__(self, keys: list[tuple[Key, list[str]]]) -> None:
        super().__init__()
        order = list(Group)
        self.keys = sorted(keys, key=lambda pair: order.index(pair[0].group))
        """What is told, in the order in which it stands."""

    def render(self) -> RenderResult:
        lines = Table.grid(padding=(0, 2, 0, 0))
        for group, keys in groupby(self.keys, key=lambda pair: pair[0].group):
            if lines.row_count:
                lines.add_row()
            lines.add_row(Text(str(group.value), "bold"))
            for key, shown in keys:
                # What an input method sends in place of a key works, but nobody looks for it.
                typed = [one for one in shown if (key_to_character(one) or one).isascii()]
                names = " ".join(dict.fromkeys(map(display, typed)))
                lines.add_row(Text(f"  {names}", "bold", no_wrap=True), Text(str(key.help)))
        return lines


class KeysHelp(Notice):
    """The keys of the screen below."""

    DEFAULT_CSS = """
    /* Not 100%: the title stands in the same window, and the last keys could not be scrolled into sight. */
    KeysHelp VerticalScroll { max-height: 70vh; height: auto; }
    KeysHelp #notice { margin-bottom: 1; }
    """

    def __init__(self, keys: list[tuple[Key, list[str]]], purpose: Sentence | None) -> None:
        super().__init__(say("Keys here"), *([purpose] if purpose else []))
        self._keys = keys

    def body(self) -> ComposeResult:
        # One scroll for all: two would each need the focus, and the keys below could not be reached.
        with VerticalScroll():
            if self._lines:
                yield Words(*self._lines, id="notice")
            yield KeyList(self._keys)
