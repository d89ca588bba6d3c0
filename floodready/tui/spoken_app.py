"""What our apps share that knows no store: the look, the key help, a change of language and of colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.command import CommandPalette

from floodready.language import LANGUAGES, current_language, say, use_language
from floodready.tui.theme import PALETTES, PlainScrollBar, dress
from floodready.tui.widgets.key_line import keys_here

R = TypeVar("R")


class SpokenApp(App[R]):
    """An app in our look that speaks our languages."""

    CSS_PATH = "base.tcss"
    TITLE = "floodready"

    def __init__(self, theme: str) -> None:
        super().__init__()
        dress(self, theme)
        self.on_choice: Callable[[str, str], None] = lambda _name, _value: None
        """Told each setting that a person changes here, as (name, value), so that it can be kept."""

    def on_load(self) -> None:
        """Draw scrollbars from blank cells."""
        PlainScrollBar.install()

    def action_keys_here(self) -> None:
        from floodready.tui.screens.keys_help import KeysHelp

        if isinstance(self.screen, KeysHelp):
            return
        keys: dict[str, list[str]] = {}
        for shown, active in self.screen.active_bindings.items():
            keys.setdefault(active.binding.id or "", []).append(shown)
        here = [(key, keys[key.id]) for key, _ in keys_here(self.screen)]
        self.push_screen(KeysHelp(here, getattr(self.screen, "HELP_WORDS", None)))

    def action_command_palette(self) -> None:
        """Open the palette; Textual's own asks in English only."""
        if not isinstance(self.screen, CommandPalette):
            asked = str(say("Type a command to look for …"))
            self.push_screen(CommandPalette(placeholder=asked, id="--command-palette"))

    def action_next_language(self) -> None:
        codes = list(LANGUAGES)
        self.speak(codes[(codes.index(current_language()) + 1) % len(codes)])

    def speak(self, language: str) -> None:
        """Switch the language: every sentence on every screen is drawn anew; nothing typed is lost."""
        use_language(language)
        self.on_choice("language", language)
        for stack in self._screen_stacks.values():
            for screen in stack:
                for node in (*screen.walk_children(), screen):
                    retranslate = getattr(node, "retranslate", None)
                    if retranslate is not None:
                        retranslate()
                    node.refresh(layout=True)

    def action_next_theme(self) -> None:
        names = [palette.name for palette in PALETTES]
        place = names.index(self.theme) if self.theme in names else -1
        self.wear(names[(place + 1) % len(names)])

    def wear(self, theme: str) -> None:
        """Switch the colours."""
        self.theme = theme
        self.on_choice("theme", theme)
