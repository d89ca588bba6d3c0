"""A sentence of a screen that names a key names one of the screen's own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SCREENS = Path(__file__).parents[2] / "floodready" / "tui" / "screens"
ELSEWHERE = re.compile(r"^F\d+$|^ctrl\+")
"""Keys that every screen has."""
OF_ANOTHER = re.compile(r" on a (row of the stock|turn of the roster)")
"""Said of a key of the screen that the sentence names."""


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def texts(call: ast.Call) -> list[str]:
    return [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def with_keys() -> list[Path]:
    return [file for file in sorted(SCREENS.rglob("*.py")) if "bind(" in file.read_text("utf-8")]


@pytest.mark.parametrize("file", with_keys(), ids=lambda file: str(file.relative_to(SCREENS)))
def test_a_key_that_is_told_is_a_key_of_the_screen(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    keys = {key for call in calls(tree, "bind") for key in texts(call)[1].split(",")}
    for call in calls(tree, "say"):
        for text in texts(call):
            for found in re.finditer(r"\bPress (\S+) (to|for|on)\b", text):
                if not ELSEWHERE.match(found[1]) and not OF_ANOTHER.search(text):
                    assert found[1] in keys, text
