"""What the screens of one drill share: they know it by its id."""

from __future__ import annotations

from typing import TypeVar

from floodready.tui.screens.pillar_screen import PillarScreen

F = TypeVar("F")


class OfDrillScreen(PillarScreen[F]):
    """A screen of one drill."""

    def __init__(self, drill: str) -> None:
        super().__init__()
        self._drill = drill
