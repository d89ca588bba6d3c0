"""The app that stands before the first store: one question, and it ends with the answer."""

from __future__ import annotations

from pathlib import Path

from floodready.tui.screens.no_store import Beginning, NoStore
from floodready.tui.spoken_app import SpokenApp
from floodready.tui.theme import DEFAULT_THEME


class FirstStart(SpokenApp[Beginning]):
    """Ends with what to begin with; with None where it was left."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: Path, theme: str = DEFAULT_THEME) -> None:
        super().__init__(theme)
        self._folder = folder

    def on_mount(self) -> None:
        """Ask."""
        self.push_screen(NoStore(self._folder), self.exit)
