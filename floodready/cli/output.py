"""Answers on stdout: a table sized in terminal cells, plain lines, or one JSON document. Talk belongs on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from floodready.codec import encode
from floodready.frozen import is_dataclass
from floodready.language import Sentence

FORMAT = 1
"""The version of the JSON answers: raised when a key changes its meaning or goes."""


def print_json(answer: Mapping[str, Any]) -> None:
    """Print one JSON document: keys are stable, instants ISO 8601 in UTC, quantities in smallest units."""
    import orjson

    text = orjson.dumps({"format": FORMAT, **jsonable(answer)}, option=orjson.OPT_INDENT_2).decode()
    sys.stdout.write((text if _is_utf_8(sys.stdout) else "".join(map(_escaped, text))) + "\n")


def _is_utf_8(stream: Any) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "") == "utf8"


def _escaped(character: str) -> str:
    """Write a character as JSON does for outputs that cannot carry it: a question mark would be another name."""
    if character.isascii():
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))


def jsonable(value: Any) -> Any:
    """Give the JSON form of an answer; sentences are told in the language now chosen."""
    if isinstance(value, Sentence):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): jsonable(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(item) for item in value]
    if is_dataclass(type(value)):
        from dataclasses import fields  # loads much that lines for people have no need of

        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    return encode(value)


def print_rows(heads: Sequence[Sentence], rows: Iterable[Sequence[object]], *, plain: bool = False) -> None:
    """Print rows under their heads: aligned columns, or with `plain` one tab between fields and no heads."""
    told = [[_cell(value) for value in row] for row in rows]
    if plain:
        for row in told:
            print("\t".join(row))
        return
    titles = [str(head) for head in heads]
    widths = [max(cells(row[place]) for row in [titles, *told]) for place in range(len(titles))]
    for row in [titles, ["-" * width for width in widths], *told]:
        print("  ".join(cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())


def cells(text: str) -> int:
    """Count the terminal cells of one line of text: Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("\n", " ").replace("\t", " ")
