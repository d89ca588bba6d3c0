"""JSON text, read by the parser that is sooner done, the standard library's for a little, and written by orjson.

orjson reads several times as fast, but loading it loads `uuid`, `dataclasses` and `inspect` too, which takes as long as
starting Python does. A short process that reads a few hundred kilobytes is done before that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from json import JSONDecoder
from typing import Any, NoReturn

_MUCH = 1 << 20
"""Bytes; from here on loading orjson is won back."""


def read_json(text: bytes | memoryview) -> Any:
    """Read one JSON value. Raises ValueError for what is none, by the rules of RFC 8259: no NaN, no bare controls."""
    return _parser.read(text)


def write_json(value: Any) -> bytes:
    """Write a JSON value in one line. Raises TypeError for what has no JSON form."""
    return _writer.write(value)


class _Writer:
    """Loads orjson when something is written."""

    def __init__(self) -> None:
        self.write: Callable[[Any], bytes] = self._write_first

    def _write_first(self, value: Any) -> bytes:
        import orjson

        self.write = orjson.dumps
        return self.write(value)


class _Parser:
    """Counts what was read until it is much, or until somebody else has loaded orjson."""

    def __init__(self) -> None:
        self.read: Callable[[bytes | memoryview], Any] = self._read_a_little
        self._left = _MUCH

    def _read_a_little(self, text: bytes | memoryview) -> Any:
        self._left -= len(text)
        if self._left < 0 or "orjson" in sys.modules:
            import orjson

            self.read = orjson.loads
            return self.read(text)
        try:
            return _standard.decode(str(text, "utf-8"))
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_standard = JSONDecoder(parse_constant=_no_number)
_parser = _Parser()
_writer = _Writer()
