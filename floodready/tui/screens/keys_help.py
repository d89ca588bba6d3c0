"""`?`: every key that works where one is, grouped, as it is set now."""

from __future__ import annotations

from itertools import groupby

from rich.cells import set_cell_size
from textual.app import ComposeResult, RenderResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from floodready.language import Sentence, say
from floodready.tui.keys import Group, Key, display
from floodready.tui.screens.dialog import Notice


class KeyList(Widget):
    """Keys with their sentences under the headings of their groups."""

    DEFAULT_CSS = """
    KeyList { height: auto; }
    """

    def __init__(self, keys: list[tuple[Key, list[str]]]) -> None:
        super().__init__()
        order = list(Group)
        self._keys = sorted(keys, key=lambda pair: order.index(pair[0].group))

    def render(self) -> RenderResult:
        lines: list[Content] = []
        for group, keys in groupby(self._keys, key=lambda pair: pair[0].group):
            lines += [Content(""), Content.styled(str(group.value), "bold")]
            for key, shown in keys:
                typed = [one for one in shown if one.isascii() and not one.startswith("fullwidth")]
                names = " ".join(dict.fromkeys(map(display, typed)))
                lines.append(
                    Content.assemble(Content.styled(set_cell_size(f"  {names}", 16), "bold"), Content(str(key.help)))
                )
        return Content("\n").join(lines[1:])


class KeysHelp(Notice):
    """The keys of the screen below."""

    DEFAULT_CSS = """
    KeysHelp VerticalScroll { max-height: 100%; height: auto; }
    """

    def __init__(self, keys: list[tuple[Key, list[str]]], purpose: Sentence | None) -> None:
        super().__init__(say("Keys here"), *([purpose] if purpose else []))
        self._keys = keys

    def body(self) -> ComposeResult:
        yield from super().body()
        with VerticalScroll():
            yield KeyList(self._keys)
