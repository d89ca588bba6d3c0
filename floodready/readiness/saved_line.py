"""A line read from where it was saved: of most lines little is asked for, and only that is read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from floodready.clock import read_instant
from floodready.frozen import Defaults, defaults_of
from floodready.language import Sentence
from floodready.readiness.line import Capability, Colour, Good, Importance, Kind, Line, Signal

Raw = Mapping[str, Any]
"""A line or a part of one as `codec.encode` gives it."""
Reads = Mapping[str, Callable[[Any], Any]]


L = TypeVar("L", bound="_Late")


class _Late:
    """Reads a field when it is first asked for."""

    __slots__ = ()
    _raw: Raw
    _defaults: ClassVar[Defaults]
    _reads: ClassVar[Reads]
    """How each field is read that is not itself in JSON."""

    def __getattr__(self, name: str) -> Any:
        """Give what no slot holds yet."""
        if name not in self._defaults:
            raise AttributeError(name)
        held = self._raw.get(name)
        value = self._defaults[name] if held is None else self._reads[name](held) if name in self._reads else held
        object.__setattr__(self, name, value)
        return value


class _SavedSignal(_Late, Signal):
    __slots__ = ("_raw",)
    _defaults = defaults_of(Signal)
    _reads: ClassVar[Reads] = {
        "colour": Colour,
        "cause": Sentence.from_json,
        "act": Sentence.from_json,
        "since": read_instant,
        "until": read_instant,
    }


class _SavedLine(_Late, Line):
    __slots__ = ("_raw",)
    _defaults = defaults_of(Line)
    _reads: ClassVar[Reads] = {
        "capability": Capability,
        "importance": Importance,
        "kind": Kind,
        "subject": Sentence.from_json,
        "signals": lambda held: tuple([_late(_SavedSignal, signal) for signal in held]),
        "good": Sentence.from_json,
        "good_later": lambda held: tuple(map(_good, held)),
        "explanation": lambda held: tuple(map(Sentence.from_json, held)),
        "opens": tuple,
        "evidence": lambda held: tuple(map(tuple, held)),
    }


def saved_line(raw: Raw) -> Line:
    """Give a line that was saved; without overridings, which are put to it whenever it is asked about."""
    return _late(_SavedLine, raw)


def _late(cls: type[L], raw: Raw) -> L:
    made = object.__new__(cls)
    object.__setattr__(made, "_raw", raw)
    return made


def _good(raw: Raw) -> Good:
    return Good(since=read_instant(raw["since"]), told=Sentence.from_json(raw["told"]))
