"""`?` tells every key that works where one is, no other, whole, in both languages, on 80 × 24."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import floodready.tui
from floodready.language import LANGUAGES
from floodready.tui.app import FloodreadyApp
from floodready.tui.keys import TABLE
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.keys_help import KeyList, KeysHelp
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.wall import WallApp
from tests.tui.conftest import press, settle, text

NO_HELP = {WallApp}
"""A board for the wall: nobody sits before it."""
OF_TEXTUAL = {"ctrl+c", "super+c", "left", "right", "ctrl+pageup", "ctrl+pagedown"}
"""Keys of every Textual program beside ours: copying, and scrolling sideways where nothing is wider than the screen."""


def ours() -> Iterator[type[DOMNode]]:
    for found in pkgutil.walk_packages(floodready.tui.__path__, "floodready.tui."):
        import_module(found.name)
    yield from sorted({kind for kind in _below(DOMNode) if kind.__module__.startswith("floodready.tui")}, key=repr)


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for own in kind.__subclasses__():
        yield own
        yield from _below(own)


def test_every_key_of_every_screen_window_and_widget_is_in_the_table_of_the_help_and_does_something() -> None:
    seen = 0
    for kind in ours():
        for binding in () if kind in NO_HELP else kind.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id in TABLE, (kind, binding)
            place, name, _ = parse(binding.action)
            owners = {"app": [FloodreadyApp], "screen": list(_below(PillarScreen))}.get(place, [kind])
            assert any(hasattr(owner, f"action_{name}") for owner in owners), (kind, binding.id, binding.action)
            seen += 1
    assert seen > 200


def working(screen: Screen[Any]) -> set[str]:
    """Name the ids of the keys that work, and check that the others are Textual's own."""
    found = set()
    for pressed, active in screen.active_bindings.items():
        id = active.binding.id or ""
        assert id in TABLE or pressed in OF_TEXTUAL or not active.enabled, pressed
        if id in TABLE and active.enabled:
            found.add(id)
    return found


@pytest.mark.parametrize("id", [pillar.id for pillar in PILLARS])
async def test_the_help_of_a_screen_tells_every_key_that_works_and_no_other(app: FloodreadyApp, id: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = app.show_pillar(id)
        await settle(pilot)
        works = working(screen)
        for language in LANGUAGES:
            app.speak(language)
            await press(pilot, "question_mark")
            shown = app.screen
            assert isinstance(shown, KeysHelp)
            assert {key.id for key, _ in shown.query_one(KeyList).keys} == works
            assert not [node for node in shown.query("*") if node.region.right > 80]
            await press(pilot, "end")
            told = _letters(text(app))
            assert _letters(str(shown.query_one(KeyList).keys[-1][0].help)) in told, "the last key cannot be reached"
            await press(pilot, "escape")


def _letters(shown: str) -> str:
    return "".join(shown.split())
