from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from floodready.json_text import _Parser, read_json, write_json

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**63), 2**63 - 1) | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
)


def _a_little(text: bytes | memoryview) -> object:
    parser = _Parser()
    held = sys.modules.pop("orjson")
    try:
        return parser.read(text)
    finally:
        sys.modules["orjson"] = held


@given(VALUES)
def test_both_parsers_read_what_was_written_alike(value: object) -> None:
    text = write_json(value)
    assert _a_little(text) == _a_little(memoryview(text)) == orjson.loads(text) == read_json(text)


NO_JSON = [b"", b"{", b"{}x", b"NaN", b"[Infinity]", b"[-Infinity]", b'"\n"', b'"\xff"', b"[1,]", b"01"]


@pytest.mark.parametrize("text", [*NO_JSON, b"\xef\xbb\xbf{}", pytest.param(b"[" * 100_000, id="deep")])
@pytest.mark.parametrize("read", [_a_little, orjson.loads])
def test_both_parsers_refuse_what_is_no_json(text: bytes, read: Callable[[bytes], object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(text)


def test_orjson_is_loaded_when_much_was_read_and_not_before() -> None:
    work = """
import sys
from floodready.json_text import read_json
text = b"[" + b"1," * 300_000 + b"1]"
read_json(text)
print("orjson" in sys.modules, end=" ")
read_json(text)
print("orjson" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True, check=True)
    assert told.stdout == "False True\n"


def test_numbers_keep_their_kind() -> None:
    assert [type(one) for one in _a_little(json.dumps([1, 1.0, True, None]).encode())] == [int, float, bool, type(None)]  # type: ignore[attr-defined] # a list was written
