"""Leaving the screens: what is typed in open forms is written for the next start, before the screens go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.screen import Screen

from floodready.tui.screens.draft_line import DraftLine


def write_drafts(screens: Iterable[Screen[Any]]) -> None:
    """Have what is typed in the forms among these screens written now, not only when its second is over."""
    for screen in screens:
        for line in screen.query(DraftLine):
            line.write()
