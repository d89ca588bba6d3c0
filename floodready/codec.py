"""Documents to JSON values and back, by the types their fields declare.

Reading trusts the journal: what was accepted once was checked then, so nothing heavy is loaded to show it. Checking is
`document.checked`, at the border where documents come in.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from floodready.clock import read_instant, write_instant
from floodready.frozen import defaults_of, is_dataclass
from floodready.language import Sentence

T = TypeVar("T")


@cache
def type_hints(cls: Any) -> dict[str, Any]:
    """Give the declared types of a class's fields, resolved once."""
    return get_type_hints(cls, include_extras=True)


_Converter = Callable[[Any], Any]
_PLAIN = frozenset({str, int, bool, float})


@cache
def names_and_defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    """Give the fields of a class with the values they have where nothing is said, which `encode` leaves out."""
    return tuple(defaults_of(cls).items())


def encode(value: Any) -> Any:
    """Give a JSON value: instants and dates as ISO text, enums as values, documents as objects without empty fields."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Sentence):
        return value.to_json()
    if is_dataclass(type(value)):
        kind: Any = type(value)
        found: dict[str, Any] = {}
        for name, default in names_and_defaults(kind):
            held = getattr(value, name)
            if held != default:
                found[name] = held if type(held) in _PLAIN else encode(held)
        return found
    if isinstance(value, Mapping):
        return {str(encode(key)): encode(held) for key, held in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        items = sorted(value) if isinstance(value, frozenset | set) else value
        return [encode(item) for item in items]
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def decode(cls: type[T], raw: Mapping[str, Any]) -> T:
    """Build a document of class `cls` from what `encode` gave; unknown fields are refused with TypeError."""
    hashable: Any = cls
    converters = _converters(hashable)
    return cls(**{name: converters[name](held) if name in converters else held for name, held in raw.items()})


def decode_value(hint: Any, raw: Any) -> Any:
    """Read one value by its declared type."""
    converter = _converter(hint)
    return raw if converter is None else converter(raw)


@cache
def _converters(cls: Any) -> dict[str, _Converter]:
    found = ((name, _converter(hint)) for name, hint in type_hints(cls).items())
    return {name: converter for name, converter in found if converter is not None}


def _converter(hint: Any) -> _Converter | None:
    hint = getattr(hint, "__supertype__", hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _converter(args[0])
    if origin in (Union, types.UnionType):
        return _optional([_converter(arg) for arg in args if arg is not type(None)])
    if origin is tuple:
        return _sequence(tuple, _converter(args[0]))
    if origin is frozenset:
        return _sequence(frozenset, _converter(args[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_converter(args[0]), _converter(args[1]))
    if not isinstance(hint, type):
        return None
    if issubclass(hint, datetime):
        return read_instant
    if issubclass(hint, date | time):
        return hint.fromisoformat
    if issubclass(hint, Enum):
        return hint
    if hint is Sentence:
        return Sentence.from_json
    if is_dataclass(hint):
        return lambda raw: decode(hint, raw)
    return None


def _optional(converters: list[_Converter | None]) -> _Converter | None:
    real = [converter for converter in converters if converter is not None]
    if not real:
        return None
    only = real[0]
    return lambda raw: None if raw is None else only(raw)


def _sequence(kind: Callable[[Any], Any], inner: _Converter | None) -> _Converter:
    return kind if inner is None else lambda raw: kind(inner(item) for item in raw)


def _mapping(key: _Converter | None, inner: _Converter | None) -> _Converter | None:
    if key is None and inner is None:
        return None
    return lambda raw: {key(k) if key else k: inner(v) if inner else v for k, v in raw.items()}
