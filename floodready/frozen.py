"""Frozen dataclasses that are cheap to make: `dataclass` compiles seven functions a class; most starts use none.

`frozen` gives what `@dataclass(frozen=True, slots=True, kw_only=True)` gives, `frozen_in_order` the same built by
position too. Comparing, hashing and printing are written once here for all classes; the constructor of a class is
compiled when some instances have been made, the standard library's own table of its fields when somebody asks for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import CodeType, MappingProxyType
from typing import Any, NoReturn, TypeVar, dataclass_transform

AnyClass = TypeVar("AnyClass", bound=type)
Defaults = dict[str, Any]
"""The fields of a class in order, with the values they have where nothing is said."""

REQUIRED: Any = object()
"""Stands for the default of a field that has none."""
Value = TypeVar("Value")


class _Fresh:
    """Stands for a default that is made for each instance."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def fresh(*, factory: Callable[[], Value]) -> Value:
    """Give the default of a field that each instance has for itself, made by calling `factory`."""
    made: Any = _Fresh(factory)
    return made  # type: ignore[no-any-return] # a field's default is declared by the type of its value


def is_fresh(default: Any) -> bool:
    """Tell whether a default of `defaults_of` is made for each instance."""
    return type(default) is _Fresh


EMPTY: Mapping[Any, Any] = MappingProxyType({})
"""A default for fields that hold mappings."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(fresh,))
def frozen(cls: AnyClass) -> AnyClass:
    """Make a class a frozen dataclass with slots, built by keywords only. Defaults are values, or `fresh`."""
    return _made(cls, by_position=False)


@dataclass_transform(frozen_default=True, field_specifiers=(fresh,))
def frozen_in_order(cls: AnyClass) -> AnyClass:
    """Make a class a frozen dataclass with slots, built by position or keywords. Defaults are values."""
    return _made(cls, by_position=True)


def _made(cls: AnyClass, *, by_position: bool) -> AnyClass:
    own = dict(vars(cls))
    bases = [fields for base in reversed(cls.__mro__) if isinstance(fields := vars(base).get(_FIELDS), _Fields)]
    inherited: Defaults = {name: default for fields in bases for name, default in fields.defaults.items()}
    hints: dict[str, str] = own.get("__annotations__", {})
    declared = {name: own.pop(name, REQUIRED) for name, hint in hints.items() if not hint.startswith("ClassVar")}
    for name in ("__dict__", "__weakref__"):
        own.pop(name, None)
    own["__slots__"] = tuple(name for name in declared if name not in inherited)
    own[_FIELDS] = fields = _Fields({**inherited, **declared}, by_position)
    own["__annotations__"] = annotations = _Annotations(hints)
    own["__match_args__"] = tuple(fields.defaults) if by_position else ()
    for name, method in _METHODS.items():
        own.setdefault(name, method)
    made: AnyClass = type(cls)(cls.__name__, cls.__bases__, own)
    made.__qualname__ = cls.__qualname__
    fields.owner = annotations.owner = made
    return made


class _Fields:
    """What `dataclasses` and pydantic ask a dataclass for; made when they ask."""

    owner: Any

    def __init__(self, defaults: Defaults, by_position: bool) -> None:
        self.defaults = defaults
        self.required = frozenset(name for name, default in defaults.items() if default is REQUIRED)
        self.by_position = by_position
        self.made = 0
        """Instances made before the constructor was compiled."""
        self._asked: dict[str, Any] = {}

    def __get__(self, instance: object, owner: type | None = None) -> dict[str, Any]:
        if not self._asked:
            hints: dict[str, Any] = {}
            for base in reversed(self.owner.__mro__):
                hints.update(dict(vars(base).get("__annotations__", {})))  # as written
            self._asked = {name: self._field(name, hints[name], default) for name, default in self.defaults.items()}
        return self._asked

    def _field(self, name: str, hint: Any, default: Any) -> Any:
        pattern = _pattern()
        made = object.__new__(type(pattern))
        for slot in pattern.__slots__:  # a quarter of what `copy` takes
            setattr(made, slot, getattr(pattern, slot))
        made.name, made.type, made.kw_only = name, hint, not self.by_position
        if is_fresh(default):
            made.default_factory = default.make
        elif default is not REQUIRED:
            made.default = default
        return made


@cache
def _pattern() -> Any:
    """Give a field as the standard library makes it: making each by `dataclass` would compile what nobody calls."""
    from dataclasses import dataclass, fields

    @dataclass
    class Pattern:
        """Has one field."""

        field: Any

    return fields(Pattern)[0]


class _Annotations(dict[str, Any]):
    """The annotations of a class as they are written; what they mean is looked up when somebody asks for the items.

    That is `typing.get_type_hints`, which would compile each text of each class by itself.
    """

    owner: type

    def items(self) -> Any:
        """Give each name with what its annotation means. Raises NameError."""
        names, own = vars(sys.modules[self.owner.__module__]), dict(vars(self.owner))
        return {name: _meaning(hint, names, own) for name, hint in super().items()}.items()


def _meaning(hint: Any, names: dict[str, Any], own: dict[str, Any]) -> Any:
    if not isinstance(hint, str):
        return hint
    # The names of the module stand before those of the class, as they do for `typing`.
    return names[hint] if hint in names else eval(_compiled(hint), own, names)


@cache
def _compiled(hint: str) -> CodeType:
    return compile(hint, "<annotation>", "eval")


_FIELDS = "__dataclass_fields__"


def is_dataclass(cls: type) -> bool:
    """Tell whether a class is one, made here or by the standard library, whose own question would make its table."""
    return any(_FIELDS in vars(base) for base in cls.__mro__)


def replace(instance: Value, **changes: Any) -> Value:
    """Give a copy of an instance of a frozen class with some fields changed. Raises TypeError for an unknown field."""
    cls: Any = type(instance)
    made: Value = cls(**{**{name: getattr(instance, name) for name in defaults_of(cls)}, **changes})
    return made


def defaults_of(cls: Any) -> Defaults:
    """Give the fields of a class that `frozen` made, with their defaults; REQUIRED stands where there is none."""
    return _fields_of(cls).defaults


def _fields_of(cls: Any) -> _Fields:
    found: _Fields | None = cls.__dict__.get(_FIELDS)
    return found or next(vars(base)[_FIELDS] for base in cls.__mro__ if _FIELDS in vars(base))


_FEW = 80
"""So many instances are made in less time than their constructor is compiled in."""


def _init_first(self: Any, *values: Any, **named: Any) -> None:
    """Fill one of the first instances of a class; the compiled constructor says what is wrong with the arguments."""
    cls = type(self)
    fields = _fields_of(cls)
    fields.made += 1
    given = {**dict(zip(fields.defaults, values, strict=False)), **named} if values and fields.by_position else named
    known = fields.defaults | given
    fits = len(given) == len(values) + len(named) and len(known) == len(fields.defaults)
    if fields.made > _FEW or not fits or not fields.required <= given.keys():
        cls.__init__ = _constructor(cls)
        cls.__init__(self, *values, **named)
        return
    for name, value in known.items():
        _set(self, name, value.make() if type(value) is _Fresh else value)


_set = object.__setattr__


def _constructor(cls: Any) -> Callable[..., None]:
    """Compile the constructor of a class, as `dataclass` would have."""
    fields = _fields_of(cls)
    surroundings = {f"_{name}": default for name, default in fields.defaults.items() if default is not REQUIRED}
    arguments = [name if f"_{name}" not in surroundings else f"{name}=_{name}" for name in fields.defaults]
    body = "".join(f"    _set(self, {name!r}, {_value(name, default)})\n" for name, default in fields.defaults.items())
    source = f"def __init__({', '.join(['self', *([] if fields.by_position else '*'), *arguments])}):\n{body}"
    found: dict[str, Any] = {"_set": _set, **surroundings}
    exec(source, found)  # made from field names only, like the standard library's
    made: Callable[..., None] = found["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _value(name: str, default: Any) -> str:
    return f"_{name}.make() if {name} is _{name} else {name}" if isinstance(default, _Fresh) else name


@cache
def _state_of(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = tuple(defaults_of(cls))
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _state(self: Any) -> tuple[Any, ...]:
    return _state_of(self.__class__)(self)


def _equal(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _state(self) == _state(other)


def _hash(self: Any) -> int:
    return hash(_state(self))


def _repr(self: Any) -> str:
    held = ", ".join(f"{name}={getattr(self, name)!r}" for name in defaults_of(type(self)))
    return f"{type(self).__qualname__}({held})"


def _no_setting(self: Any, name: str, value: object) -> NoReturn:  # noqa: ARG001 # as Python calls it
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(self: Any, name: str) -> NoReturn:  # noqa: ARG001 # as Python calls it
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(defaults_of(type(self)), state, strict=True):
        object.__setattr__(self, name, value)


_METHODS: dict[str, Callable[..., Any]] = {
    "__init__": _init_first,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _no_setting,
    "__delattr__": _no_deleting,
    "__getstate__": _state,
    "__setstate__": _restore,
}
