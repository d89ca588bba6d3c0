"""Which commands a form's function calls, so that who may not call them is told before anything is typed.

The permission stands on the command and nowhere else. A form is a function that calls a command, so the command is
read from that function: a form of tomorrow is asked without a word of its own.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from types import CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from floodready.command import Command, check_permission
from floodready.organisation.permissions import Permission, permitted
from floodready.store.contract import View

_EMPTY = CellType()
"""The cell of a name that has no value yet."""
CALLED = "floodready.tui.screens."
"""Functions of the screens are followed, and those beside the commands; others only read and word."""


def check_may(
    view: View, person: str, do: Callable[..., Any], may: Permission | None, leads_to: Callable[..., Any] | None = None
) -> None:
    """Refuse a person who may call none of the commands that `do` calls; `may` is for one that asks for it itself.

    `leads_to` is the command, or a function that calls it, for which the form only gathers what a later screen needs.
    In the store's thread only: it loads the commands. Raises NotAllowed.
    """
    called = commands_called(do) if leads_to is None else commands_called(do) | commands_called(leads_to)
    wanted = {may} if may is not None else {command.may for command in called}
    if None in wanted or not wanted:
        check_permission(view, person, None)
        return
    in_order = [permission for permission in Permission if permission in wanted]
    check_permission(view, person, next((one for one in in_order if _has(view, person, one)), in_order[0]))


def commands_called(do: Callable[..., Any]) -> set[Command[Any, Any]]:
    """Give the commands that a function may call, itself or by other functions of the screens."""
    found: set[Command[Any, Any]] = set()
    seen: set[int] = set()
    ahead: list[object] = [do]
    while ahead:
        value = ahead.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Command):
            found.add(value)
        else:
            ahead += _named_in(value)
    return found


def _has(view: View, person: str, permission: Permission) -> bool:
    from floodready.organisation.models import Person

    known = view.get(Person, person)
    return known is not None and permitted(known.roles, permission)


def _named_in(value: object) -> Iterator[object]:
    match value:
        case partial():
            yield from (value.func, *value.args, *value.keywords.values())
        case MethodType():
            yield from (value.__func__, *_of_object(value.__self__, value.__func__.__code__))
        case FunctionType() if _is_followed(value.__module__):
            held = tuple(cell.cell_contents for cell in value.__closure__ or () if cell != _EMPTY)
            for code in _with_inner(value.__code__):
                yield from _of_code(code, value.__globals__, held)
                for one in held:
                    yield from _of_object(one, code)
        case dict():
            # A table of commands, one for each move.
            yield from (one for one in value.values() if isinstance(one, Command))


def _is_followed(module: str) -> bool:
    return module.startswith(CALLED) or module.rpartition(".")[2].startswith("commands")


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _with_inner(constant)


def _of_code(code: CodeType, known: Mapping[str, object], held: tuple[object, ...]) -> Iterator[object]:
    """Give what a code names: what its module knows, what it imports itself, and what is behind the dots of modules.

    `held` is what it has from the function it was made in.
    """
    named = [*held, *(known[name] for name in code.co_names if name in known)]
    module: ModuleType | None = None
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME" and str(step.argval).startswith("floodready"):
            module = import_module(str(step.argval))
        elif step.opname == "IMPORT_NAME":
            module = None
        elif step.opname == "IMPORT_FROM" and module is not None:
            named.append(getattr(module, str(step.argval), None))
    for one in named:
        if isinstance(one, ModuleType) and one.__name__.startswith("floodready"):
            yield from (getattr(one, name) for name in code.co_names if hasattr(one, name))
        else:
            yield one


def _of_object(value: object, code: CodeType) -> Iterator[object]:
    """Give the methods of a screen that a code names behind `self.`."""
    if type(value).__module__.startswith(CALLED):
        yield from (getattr(type(value), name) for name in code.co_names if hasattr(type(value), name))
