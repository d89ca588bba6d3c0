"""Screens as they are drawn, kept as SVG and compared: the two sizes that every screen is held to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot

from tests.tui.conftest import settle

SMALL, LARGE = (80, 24), (140, 40)


class Svg(SingleFileSnapshotExtension):
    """One file for each frame, to be looked at in a browser."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def frame(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The frame kept for this test."""
    return snapshot.use_extension(Svg)


def drawn(app: Any) -> str:
    """Draw what the screen shows now."""
    return str(app.export_screenshot(simplify=True))


async def at_each_size(
    pilot: Pilot[Any], settled: Callable[[Pilot[Any]], Awaitable[None]] = settle
) -> AsyncIterator[str]:
    """Go on in the small terminal, then pull the window larger; give the size's name each time."""
    for width, height in (SMALL, LARGE):
        if pilot.app.size != (width, height):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
        yield f"{width}x{height}"
