"""Who may not do what a form is for is told by the permission of its command, which is read from its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CellType, CodeType, FunctionType

import floodready
from floodready.organisation.permissions import Permission
from floodready.tui.acts_of_forms import commands_called
from tests.tui.test_commands_have_screens import declared

SCREENS = Path(floodready.__file__).parent / "tui" / "screens"


def functions_of_forms() -> Iterator[tuple[str, FunctionType, set[str]]]:
    """Give what every form does, as it is compiled, with the names it uses; nothing is in its closure."""
    for file in sorted(SCREENS.rglob("*.py")):
        module = import_module(".".join(("floodready", *file.relative_to(SCREENS.parents[1]).with_suffix("").parts)))
        source = file.read_text("utf-8")
        named = {
            node.lineno: {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef) and node.name == "do"
        }
        for code in _with_inner(compile(source, str(file), "exec")):
            if code.co_name == "do" and code.co_firstlineno in named:
                closure = tuple(CellType(None) for _ in code.co_freevars)
                made = FunctionType(code, vars(module), "do", None, closure)
                made.__module__ = module.__name__
                yield f"{file.name}:{code.co_firstlineno}", made, named[code.co_firstlineno]


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _with_inner(constant)


def test_every_command_that_a_form_names_is_found() -> None:
    # A command that is overlooked would refuse a person who may do it: none may be missing.
    names: dict[str, set[str]] = {}
    for name, function in declared():
        names.setdefault(function, set()).add(name)
    forms = list(functions_of_forms())
    assert len(forms) > 90
    for place, do, used in forms:
        found = {command.name for command in commands_called(do)}
        for function in used & names.keys():
            held = "commands" in do.__code__.co_freevars
            assert held or not _is_command(do, function) or names[function] & found, (place, function)


def _is_command(do: FunctionType, name: str) -> bool:
    """Tell a command from a local of the same name; what is in the closure is not known here."""
    code = do.__code__
    return name in code.co_names and name not in (*code.co_varnames, *code.co_freevars)


def test_what_is_held_by_a_closure_counts_too() -> None:
    from floodready.duty import commands
    from floodready.season.commands import declare_level

    def do() -> object:
        return (commands.override, declare_level)

    do.__module__ = "floodready.tui.screens.duty.forms"
    assert {command.may for command in commands_called(do)} == {Permission.DUTY_PLAN, Permission.LEVEL_DECLARE}


def test_a_name_that_has_no_value_yet_is_passed_over() -> None:
    def do() -> object:
        return later

    do.__module__ = "floodready.tui.screens.form"
    assert commands_called(do) == set()
    later = do
    assert later is do
