"""Whatever may be written can be written from the screens."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import floodready

ROOT = Path(floodready.__file__).parent

WITHOUT_A_SCREEN = {
    "duty.withdraw_leave": "duty's `withdraw` finds it by the kind of what is withdrawn",
    "duty.withdraw_override": "as above",
    "duty.withdraw_temporary_rota": "as above",
    "duty.withdraw_wish": "as above",
    "materials.issue": "the screens issue by an order of one line or more, which holds it",
    "organisation.hand_over": "wrapped by `hand_over`, which answers a wrong PIN",
    "organisation.set_pin": "wrapped by `set_pin`, which answers a wrong PIN",
    "organisation.sign_in": "wrapped by `sign_in`, which answers a wrong PIN",
}
"""Commands whose function no screen names, and how a screen reaches them nevertheless."""


def declared() -> Iterator[tuple[str, str]]:
    """Give every command with the function that makes it."""
    for file in ROOT.rglob("commands*.py"):
        functions = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))
        for function in functions:
            for mark in function.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "command":
                    yield ast.literal_eval(mark.args[0]), function.name


def names_used(face: str) -> set[str]:
    """Give every name that the screens (`tui`) or the command line (`cli`) use."""
    found = set()
    for file in (ROOT / face).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                    found.add(name)
    return found


def test_every_command_is_reached_from_a_screen() -> None:
    named, commands = names_used("tui"), dict(declared())
    assert len(commands) > 100
    assert sorted(name for name, made_by in commands.items() if made_by not in named) == sorted(WITHOUT_A_SCREEN)
