"""The last line of every screen: the keys that work here, as many as fit, and the key that shows them all."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from floodready.tui.keys import TABLE, Key, display, footer_name


class KeyLine(Widget):
    """Never wider than the screen: what does not fit is behind `?`."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground; padding: 0 1; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> RenderResult:
        room = self.content_size.width
        more = self._entry(*_more(self.screen))
        made: list[Content] = []
        used = more.cell_length
        for key, shown in keys_here(self.screen):
            entry = self._entry(key, shown)
            if not key.shown or used + entry.cell_length + 2 > room:
                continue
            made.append(entry)
            used += entry.cell_length + 2
        return Content("  ").join([*made, more])

    def _entry(self, key: Key, shown: str) -> Content:
        click = Style.from_meta({"@click": f"app.simulate_key({shown!r})"})
        return Content.assemble(
            Content.styled(str(footer_name(key, shown)), Style(bold=True) + click),
            Content.styled(f" {key.words}", click),
        )


def keys_here(screen: Screen[Any]) -> list[tuple[Key, str]]:
    """Give what keys do on a screen now, each with the key it is on; the nearest to the cursor first.

    While a field has the focus, the keys that would only type a character are left out.
    """
    typing = screen.focused is not None and screen.focused.check_consume_key("a", "a")
    found: dict[str, tuple[Key, str]] = {}
    for shown, active in screen.active_bindings.items():
        key = TABLE.get(active.binding.id or "")
        if key is None or not active.enabled or (typing and types_a_character(shown)):
            continue
        found.setdefault(key.id, (key, shown))
    order = {id: place for place, id in enumerate(found)}
    return sorted(found.values(), key=lambda pair: (_reach(pair[0].id), order[pair[0].id]))


def every_key_here(screen: Screen[Any]) -> list[tuple[Key, ActiveBinding]]:
    """Give what could be done on a screen whatever has the focus, each once: for the palette."""
    found: dict[str, tuple[Key, ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        key = TABLE.get(active.binding.id or "")
        if key is not None and active.enabled:
            found.setdefault(key.id, (key, active))
    return sorted(found.values(), key=lambda pair: _reach(pair[0].id))


def types_a_character(key: str) -> bool:
    """Tell whether a key puts a character into a field."""
    # Textual knows no character of keys that are not named as Unicode names them: `slash`, `minus`.
    character = key_to_character(key) or display(key)
    return len(character) == 1 and character.isprintable()


def fits(screen: Screen[Any]) -> bool:
    """Tell whether the key line of a screen is no wider than its room."""
    line = screen.query_one(KeyLine)
    drawn = line.render()
    return isinstance(drawn, Content) and cell_len(drawn.plain) <= line.content_size.width


def _more(screen: Screen[Any]) -> tuple[Key, str]:
    here = (pair for pair in keys_here(screen) if pair[0].id in ("app.help", "dialog.help"))
    return next(here, (TABLE["app.help"], "f1"))


def _reach(id: str) -> int:
    """Keys of this very screen first, then those of lists, of all screens, of the program."""
    return {"list": 1, "screen": 2, "app": 3}.get(id.partition(".")[0], 0)
