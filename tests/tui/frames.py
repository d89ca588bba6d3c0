"""Screens as they are drawn, kept as SVG and compared: the two sizes that every screen is held to."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

SIZES = [(80, 24), (140, 40)]
each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
"""Draw in a small terminal and in a large one."""


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
