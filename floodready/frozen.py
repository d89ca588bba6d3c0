"""Frozen dataclasses that are cheap to make: `dataclass` compiles seven functions a class; most starts use none.

`frozen` gives what `@dataclass(frozen=True, slots=True, kw_only=True)` gives. Comparing, hashing and printing are
written once here for all classes, and the constructor of a class is compiled when its first instance is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import cache
from typing import Any, NoReturn, TypeVar, dataclass_transform

AnyClass = TypeVar("AnyClass", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: AnyClass) -> AnyClass:
    """Make a class a frozen dataclass with slots, built by keywords only. Defaults are values, never factories."""
    own = vars(cls)
    made: AnyClass = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)  # type: ignore[assignment] # the same class, with slots
    for name, method in _METHODS.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init_once(self: Any, **values: Any) -> None:
    cls = type(self)
    cls.__init__ = _constructor(cls)
    self.__init__(**values)


def _constructor(cls: Any) -> Callable[..., None]:
    """Compile the constructor of a class, as `dataclass` would have."""
    held = fields(cls)
    surroundings = {f"_{one.name}": one.default for one in held if one.default is not MISSING}
    arguments = [one.name if one.default is MISSING else f"{one.name}=_{one.name}" for one in held]
    body = "".join(f"    _set(self, {one.name!r}, {one.name})\n" for one in held)
    source = f"def __init__(self, *, {', '.join(arguments)}):\n{body}"
    found: dict[str, Any] = {"_set": object.__setattr__, **surroundings}
    exec(source, found)  # made from field names only, like the standard library's
    made: Callable[..., None] = found["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _names(self: Any) -> tuple[str, ...]:
    return _names_of(self.__class__)


@cache
def _names_of(cls: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


def _state(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in _names(self)])


def _equal(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _state(self) == _state(other)


def _hash(self: Any) -> int:
    return hash(_state(self))


def _repr(self: Any) -> str:
    held = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self))
    return f"{type(self).__qualname__}({held})"


def _no_setting(self: Any, name: str, value: object) -> NoReturn:  # noqa: ARG001 # as Python calls it
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(self: Any, name: str) -> NoReturn:  # noqa: ARG001 # as Python calls it
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(_names(self), state, strict=True):
        object.__setattr__(self, name, value)


_METHODS: dict[str, Callable[..., Any]] = {
    "__init__": _init_once,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _no_setting,
    "__delattr__": _no_deleting,
    "__getstate__": _state,
    "__setstate__": _restore,
}
