"""What the filter means: words that must all be there, `field:value` for one column, `!word` for what must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from floodready.text import folded


class Term(NamedTuple):
    """One word of a filter."""

    column: str | None
    """Id of the column it looks in; None for all."""
    needle: str
    """Folded."""
    wanted: bool


def understood(text: str, columns: Mapping[str, str]) -> tuple[Term, ...]:
    """Read a filter; `columns` gives each column's id by its id and by its heading, both folded.

    A word before a colon that names no column is a part of what is looked for (a time is `08:30`).
    """
    return tuple(_term(word, columns) for word in folded(text).split() if word.strip("!"))


def matches(terms: tuple[Term, ...], cell: Callable[[str | None], str]) -> bool:
    """Tell whether a row fits; `cell` gives the folded text of one column, or of the whole row for None."""
    return all((term.needle in cell(term.column)) == term.wanted for term in terms)


def _term(word: str, columns: Mapping[str, str]) -> Term:
    wanted = not word.startswith("!")
    word = word.lstrip("!")
    field, colon, value = word.partition(":")
    if colon and field in columns:
        return Term(columns[field], value, wanted)
    return Term(None, word, wanted)
